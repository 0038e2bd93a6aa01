//! The bytes of lib0, version 1: numbers of 7 bits a byte, the lowest first, and texts with their length before them.

use crate::Wrong;

pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub fn byte(&mut self) -> Result<u8, Wrong> {
        let (first, rest) = self.rest.split_first().ok_or(Wrong::Unreadable)?;
        self.rest = rest;
        Ok(*first)
    }

    /// Up to 2^53 - 1, as JavaScript writes them.
    pub fn number(&mut self) -> Result<u64, Wrong> {
        let mut number = 0;
        for place in 0..8 {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << (7 * place);
            if byte & 0x80 == 0 {
                return if number <= crate::CLIENT_MAX { Ok(number) } else { Err(Wrong::Unreadable) };
            }
        }
        Err(Wrong::Unreadable)
    }

    /// A number that fits a clock or a length.
    pub fn small(&mut self) -> Result<u32, Wrong> {
        u32::try_from(self.number()?).map_err(|_| Wrong::Unreadable)
    }

    pub fn bytes(&mut self) -> Result<&'a [u8], Wrong> {
        let length = self.small()? as usize;
        let (bytes, rest) = self.rest.split_at_checked(length).ok_or(Wrong::Unreadable)?;
        self.rest = rest;
        Ok(bytes)
    }

    pub fn text(&mut self) -> Result<&'a str, Wrong> {
        std::str::from_utf8(self.bytes()?).map_err(|_| Wrong::Unreadable)
    }

    /// Nothing follows.
    pub fn end(&self) -> Result<(), Wrong> {
        if self.rest.is_empty() { Ok(()) } else { Err(Wrong::Unreadable) }
    }
}

pub fn number(out: &mut Vec<u8>, mut number: u64) {
    while number > 0x7f {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

pub fn bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    number(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}
