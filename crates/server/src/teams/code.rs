//! Codes that people read to one another: twelve characters of Crockford's alphabet, 60 bits.

use crate::{app::random, auth::digest};

/// No I, L, O, U: they look or sound like others (D. Crockford, Base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A new code as it is written: `7K3M-9QXB-2T4W`.
pub fn new() -> String {
    let letter = |byte: u8| char::from(ALPHABET[usize::from(byte & 31)]);
    let letters: Vec<char> = random::<12>().into_iter().map(letter).collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// What is kept of a code, however it was typed: in small letters, with blanks or without dashes, with o for 0, i or l for 1.
pub fn kept(typed: &str) -> String {
    let read = |letter: char| match letter.to_ascii_uppercase() {
        'O' => Some('0'),
        'I' | 'L' => Some('1'),
        letter if letter.is_ascii_alphanumeric() => Some(letter),
        _ => None,
    };
    digest(&typed.chars().filter_map(read).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_known_however_it_is_typed() {
        let code = new();
        assert_eq!(code.len(), 14);
        assert_eq!(kept(&code), kept(&code.to_lowercase().replace('-', " ")));
        assert_eq!(kept("0123-4567-89AB"), kept("o i23456789ab"));
        assert_ne!(kept(&code), kept(&new()));
    }
}
