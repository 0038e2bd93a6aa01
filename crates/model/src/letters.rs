//! Small letters.
//!
//! On the server they are the standard library's. Its table of all the scripts of the world would be a twentieth of what the browser
//! downloads, so there only Latin, Greek and Cyrillic letters are made small: the client's guard warns early, and the server's decides.

/// The text in small letters.
pub fn lower(text: &str) -> String {
    let mut small = String::with_capacity(text.len());
    text.chars().for_each(|letter| push_lower(&mut small, letter));
    small
}

/// Adds the small form of a letter.
pub fn push_lower(text: &mut String, letter: char) {
    // Most letters are plain, and every frame of a live session comes through here.
    if letter.is_ascii() {
        return text.push(letter.to_ascii_lowercase());
    }
    #[cfg(not(target_arch = "wasm32"))]
    text.extend(letter.to_lowercase());
    #[cfg(target_arch = "wasm32")]
    text.push(small(letter));
}

/// A small letter without its Lithuanian mark, as people type it on a keyboard that has none; expects NFC.
pub const fn bare(letter: char) -> char {
    match letter {
        'ą' => 'a',
        'č' => 'c',
        'ę' | 'ė' => 'e',
        'į' => 'i',
        'š' => 's',
        'ų' | 'ū' => 'u',
        'ž' => 'z',
        other => other,
    }
}

/// By the order of the blocks of Unicode (15.1, `UnicodeData.txt`), in which capitals and small letters stand side by side or 32 apart.
#[cfg(any(test, target_arch = "wasm32"))]
fn small(letter: char) -> char {
    let code = u32::from(letter);
    let small = match code {
        0x41..=0x5A | 0xC0..=0xD6 | 0xD8..=0xDE | 0x391..=0x3A1 | 0x3A3..=0x3AB | 0x410..=0x42F => code + 32,
        0x400..=0x40F => code + 80,
        0x178 => 0xFF,
        0x100..=0x12F | 0x132..=0x137 | 0x14A..=0x177 | 0x460..=0x481 | 0x48A..=0x4BF | 0x4D0..=0x52F => code | 1,
        0x139..=0x148 | 0x179..=0x17E => code + code % 2,
        _ => code,
    };
    char::from_u32(small).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_makes_the_letters_of_europe_small_as_the_server_does() {
        let blocks =
            ('\0'..='\u{17f}').chain('\u{391}'..='\u{3c9}').chain('\u{400}'..='\u{4bf}').chain('\u{4d0}'..='\u{52f}');
        let mut capitals = 0;
        // The capital I with a dot becomes two characters, of which no word of the guard has the second.
        for letter in blocks.filter(|letter| *letter != 'İ') {
            let server = lower(&letter.to_string());
            assert_eq!(small(letter).to_string(), server, "{letter}");
            capitals += usize::from(server != letter.to_string());
        }
        assert!(capitals > 280, "{capitals}");
    }

    #[test]
    fn a_text_is_made_small() {
        assert_eq!(lower("ĄŽUOLAS Šaltinis 9A"), "ąžuolas šaltinis 9a");
    }
}
