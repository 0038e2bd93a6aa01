//! What is on disk is taken in, and now and then kept as the room that it makes.

use uuid::Uuid;

use super::Task;
use crate::live::tail::Entry;

impl Task {
    /// Into the hall, and for the snapshots.
    pub(super) fn take_in(&mut self, entries: &[Entry], erased: &[Uuid]) {
        self.hall.committed(entries, erased);
        self.snapshots.went_on(self.hall.seq(), !erased.is_empty(), || self.hall.room());
    }

    /// Keeps the room as it stood a while ago.
    pub(super) async fn keep(&mut self) {
        let head = self.hall.seq();
        if !self.behind && self.snapshots.is_due(head) {
            self.snapshots.write(&self.rooms.db, self.hall.session, head).await;
        }
    }
}
