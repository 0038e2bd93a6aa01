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
    /// A passage that is looked for instead, and whether it was found.
    sought: Option<String>,
    there: bool,
}

impl Reading {
    /// Of one who is `sure` only what blocks is looked for.
    pub fn new(sure: bool) -> Self {
        Self { sure, ..Self::default() }
    }

    /// Looks for a passage and for nothing else; a break of a line is a space to it.
    pub fn seeking(passage: &str) -> Self {
        Self { sought: Some(plain(passage)), ..Self::default() }
    }

    /// More of the text, in UTF-8 that may be cut anywhere.
    pub fn push(&mut self, text: &[u8]) {
        for part in text.chunks(PIECE) {
            self.text.extend_from_slice(part);
            if self.text.len() >= PIECE {
                self.scan();
                let overlap = self.sought.as_ref().map_or(OVERLAP, |sought| 2 * sought.len() + OVERLAP);
                let mut from = self.text.len().saturating_sub(overlap);
                while from < self.text.len() && self.text[from] & 0b1100_0000 == 0b1000_0000 {
                    from += 1;
                }
                self.text.drain(..from);
            }
        }
    }

    fn scan(&mut self) {
        let text = String::from_utf8_lossy(&self.text);
        if let Some(sought) = &self.sought {
            self.there = self.there || plain(&text).contains(sought);
            return;
        }
        for kind in scan_kinds(&text, self.sure) {
            if !self.found.contains(&kind) {
                self.found.push(kind);
            }
        }
    }

    /// Whether the passage was there.
    pub fn found(mut self) -> bool {
        self.scan();
        self.there
    }

    /// One refusal for each kind of what was found, at `file`.
    pub fn end(mut self) -> Refusals {
        self.scan();
        self.found.sort_unstable();
        let told = self.found.into_iter().filter(|kind| kind.blocks() || !self.sure);
        Refusals(told.map(|kind| Refusal::of(kind.code()).at("file")).collect())
    }
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_found_across_pieces_and_lines() {
        for before in [0, PIECE - 5, PIECE, 3 * PIECE - 7] {
            let mut reading = Reading::seeking("Vardenis Pavardenis");
            for part in format!("{}Vardenis\n  Pavardenis.", "ą ".repeat(before / 3)).as_bytes().chunks(1_000) {
                reading.push(part);
            }
            assert!(reading.found(), "{before}");
        }
        let mut reading = Reading::seeking("Vardenis Pavardenis");
        reading.push("Vardenis ir Pavardenis".as_bytes());
        assert!(!reading.found());
    }
}
