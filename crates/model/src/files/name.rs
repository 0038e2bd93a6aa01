//! Names of files, which come from other people's computers.

use crate::{
    guard::is_invisible,
    refusal::{Code, Refusal},
    words::{is_forbidden, tidy},
};

/// In characters, the end that says what it is included. All of them take two bytes at most in UTF-8 for the letters of Europe, so that no system
/// finds such a name too long.
const LONGEST: usize = 120;

/// What Windows takes for a device, whatever follows after a dot.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// A name that is safe on every system and looks as it is: without folders, without marks that cannot be seen or turn the direction of writing
/// around, without what Windows takes for something else, and not too long; in NFC.
///
/// # Errors
/// `file.name` at `name` when nothing is left of it.
pub fn clean(raw: &str) -> Result<String, Refusal> {
    let last = raw.rsplit(['/', '\\']).next().unwrap_or_default();
    let mut plain = String::new();
    for c in tidy(last).chars() {
        match c {
            // A line break, a tab, an odd space.
            c if c.is_whitespace() => {
                if !plain.ends_with(' ') {
                    plain.push(' ');
                }
            }
            c if is_forbidden(c) || is_invisible(c) || matches!(c, '\u{2028}' | '\u{2029}') => {}
            '<' | '>' | ':' | '"' | '|' | '?' | '*' => plain.push('-'),
            c => plain.push(c),
        }
    }
    let plain = plain.trim_matches([' ', '.']);
    let (stem, extension) = plain.rsplit_once('.').unwrap_or((plain, ""));
    let stem = stem.trim_end_matches([' ', '.']);
    if stem.is_empty() || extension.is_empty() || extension.chars().count() > 10 {
        return Err(Refusal::of(Code::FileName).at("name"));
    }
    let room = LONGEST - extension.chars().count() - 1;
    let stem: String = stem.chars().take(room).collect();
    let stem = stem.trim_end_matches([' ', '.']);
    let mark = if is_device(stem) { "_" } else { "" };
    Ok(format!("{mark}{stem}.{extension}"))
}

fn is_device(stem: &str) -> bool {
    let first = stem.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let name = first.trim_end_matches(|c: char| c.is_ascii_digit());
    let numbered = first.len() == name.len() + 1;
    match DEVICES.iter().position(|device| *device == name) {
        Some(4..) => numbered,
        Some(_) => first.len() == name.len(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_leads_nowhere_and_looks_as_it_is() {
        for (raw, cleaned) in [
            ("Apklausa 7b.pdf", "Apklausa 7b.pdf"),
            ("../../etc/passwd.txt", "passwd.txt"),
            ("C:\\fakepath\\Planas.docx", "Planas.docx"),
            ("a\0b\u{7}.pdf", "ab.pdf"),
            ("sąskaita\u{202E}fdp.txt", "sąskaitafdp.txt"),
            ("a\u{200B}b\u{200F}.csv", "ab.csv"),
            ("  .. a \t\n b .. .pdf", "a b.pdf"),
            ("a<b>:\"c|?*.md", "a-b---c---.md"),
            ("CON.txt", "_CON.txt"),
            ("com1.x.txt", "_com1.x.txt"),
            ("komanda.txt", "komanda.txt"),
            ("S\u{30C}iaure\u{307}.odt", "Šiaurė.odt"),
            (".htaccess.txt", "htaccess.txt"),
        ] {
            assert_eq!(clean(raw).as_deref(), Ok(cleaned), "{raw:?}");
        }
        for nothing in ["", ".", "..", "/", "a/", "pdf", ".pdf", "\u{202E}.pdf", "../.pdf", "a.abcdefghijkl", "a. "] {
            assert_eq!(clean(nothing).unwrap_err().code, Code::FileName, "{nothing:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_end() {
        let cleaned = clean(&format!("{}.docx", "ž".repeat(300))).unwrap();
        assert_eq!(cleaned.chars().count(), LONGEST);
        assert!(cleaned.ends_with("ž.docx") && cleaned.len() <= 255);
    }

    proptest! {
        #[test]
        fn a_cleaned_name_is_clean(raw in "\\PC{0,30}[./\\\\ \u{202E}\0]{0,3}\\PC{0,9}(\\.pdf)?") {
            if let Ok(name) = clean(&raw) {
                prop_assert_eq!(clean(&name), Ok(name.clone()));
                let unsafe_mark = name.contains(['/', '\\', '\0', '\u{202E}']);
                prop_assert!(!unsafe_mark && !name.starts_with('.') && name.contains('.'));
            }
        }
    }
}
