//! The guard reads a text of any length piece by piece.

use model::{
    guard::{Kind, scan_kinds},
    refusal::{Refusal, Refusals},
};

/// Bytes that are read at once.
const PIECE: usize = 32 << 10;
/// Of a piece, what the next one begins with: what is looked for is shorter.
const OVERLAP: usize = 200;

#[derive(Default)]
pub struct Reading {
    text: Vec<u8>,
    found: Vec<Kind>,
    sure: bool,
}

impl Reading {
    /// Of one who is `sure` only what blocks is looked for.
    pub fn new(sure: bool) -> Self {
        Self { sure, ..Self::default() }
    }

    /// More of the text, in UTF-8 that may be cut anywhere.
    pub fn push(&mut self, text: &[u8]) {
        for part in text.chunks(PIECE) {
            self.text.extend_from_slice(part);
            if self.text.len() >= PIECE {
                self.scan();
                let mut from = self.text.len() - OVERLAP;
                while from < self.text.len() && self.text[from] & 0b1100_0000 == 0b1000_0000 {
                    from += 1;
                }
                self.text.drain(..from);
            }
        }
    }

    fn scan(&mut self) {
        let text = String::from_utf8_lossy(&self.text);
        for kind in scan_kinds(&text, self.sure) {
            if !self.found.contains(&kind) {
                self.found.push(kind);
            }
        }
    }

    /// One refusal for each kind of what was found, at `file`.
    pub fn end(mut self) -> Refusals {
        self.scan();
        self.found.sort_unstable();
        let told = self.found.into_iter().filter(|kind| kind.blocks() || !self.sure);
        Refusals(told.map(|kind| Refusal::of(kind.code()).at("file")).collect())
    }
}
