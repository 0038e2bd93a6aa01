//! Bytes as text (RFC 4648, section 4, with padding), for the database and for what a browser keeps.

use crate::Wrong;

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

pub fn encode(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0_u32, |group, byte| group << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let letter = LETTERS[(group >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

pub fn decode(text: &str) -> Result<Vec<u8>, Wrong> {
    let text = text.as_bytes();
    if !text.len().is_multiple_of(4) {
        return Err(Wrong::Unreadable);
    }
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    for (at, chunk) in text.chunks(4).enumerate() {
        let last = (at + 1) * 4 == text.len();
        let padding = if last { chunk.iter().rev().take_while(|letter| **letter == b'=').count() } else { 0 };
        if padding > 2 {
            return Err(Wrong::Unreadable);
        }
        let mut group = 0_u32;
        for letter in &chunk[..4 - padding] {
            let value = LETTERS.iter().position(|known| known == letter).ok_or(Wrong::Unreadable)?;
            group = group << 6 | value as u32;
        }
        group <<= 6 * padding;
        out.extend_from_slice(&group.to_be_bytes()[1..4 - padding]);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_that_of_the_rfc() {
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(encode(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn bytes_come_back_and_what_is_no_base64_is_refused() {
        for length in 0..70_u8 {
            let bytes: Vec<u8> = (0..length).map(|byte| byte.wrapping_mul(37)).collect();
            assert_eq!(decode(&encode(&bytes)).unwrap(), bytes);
        }
        for bad in ["a", "ab=c", "====", "ąąąą", "ab c"] {
            assert!(decode(bad).is_err(), "{bad}");
        }
    }
}
