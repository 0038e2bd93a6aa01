//! Nothing lost, nothing doubled, nothing out of order: what each seat of a room heard, against what was sent.

use std::cell::{Cell, RefCell};

use super::Stage;

/// A room as its seats see it.
pub struct Room {
    number: usize,
    heard: RefCell<Vec<Heard>>,
    begun_at: Cell<u64>,
    /// Commands acknowledged in this room, and the sum of the hashes of those sent.
    pub done: Cell<u64>,
    pub sent: Cell<u64>,
}

/// What one seat has heard since the load began.
#[derive(Clone, Copy, Default)]
struct Heard {
    seq: u64,
    /// Of all causes, in their order.
    order: u64,
    /// Of all causes, whatever their order.
    sum: u64,
}

impl Room {
    pub fn new(number: usize) -> Room {
        Room { number, heard: RefCell::default(), begun_at: Cell::new(0), done: Cell::new(0), sent: Cell::new(0) }
    }

    /// The seat's place in the tally.
    pub fn welcome(&self, seq: u64) -> usize {
        let mut heard = self.heard.borrow_mut();
        heard.push(Heard { seq, ..Heard::default() });
        heard.len() - 1
    }

    /// An event reached a seat: it must be the one after the last.
    pub(super) fn heard(&self, place: usize, seq: u64, cause: &[u8], stage: &Stage) {
        let one = &mut self.heard.borrow_mut()[place];
        if seq != one.seq + 1 {
            stage.fault(format!("room {}: {seq} came after {}", self.number, one.seq));
        }
        let hash = hash(cause);
        one.seq = seq;
        one.order = one.order.rotate_left(7).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ hash;
        one.sum = one.sum.wrapping_add(hash);
    }

    /// All are seated and it is quiet: from here on every seat must hear the same.
    pub(super) fn begin(&self, stage: &Stage) {
        let mut heard = self.heard.borrow_mut();
        let seq = heard.iter().map(|one| one.seq).max().unwrap_or(0);
        if heard.iter().any(|one| one.seq != seq) {
            stage.fault(format!("room {}: seats disagree before the load begins", self.number));
        }
        heard.fill(Heard { seq, ..Heard::default() });
        self.begun_at.set(seq);
        self.done.set(0);
        self.sent.set(0);
    }

    /// It is quiet again: every acknowledged command was heard by all, once, in the same order.
    pub(super) fn check(&self, stage: &Stage) {
        let heard = self.heard.borrow();
        let Some(first) = heard.first() else { return };
        if heard.iter().any(|one| (one.seq, one.order) != (first.seq, first.order)) {
            stage.fault(format!("room {}: seats heard different events", self.number));
        }
        if first.seq - self.begun_at.get() != self.done.get() || first.sum != self.sent.get() {
            let events = first.seq - self.begun_at.get();
            stage.fault(format!("room {}: {} commands acknowledged, {events} events", self.number, self.done.get()));
        }
    }
}

/// Of an id's 36 characters.
pub fn hash(id: &[u8]) -> u64 {
    id.chunks(8).fold(0, |hash: u64, chunk| {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        (hash.rotate_left(23) ^ u64::from_le_bytes(word)).wrapping_mul(0xff51_afd7_ed55_8ccd)
    })
}
