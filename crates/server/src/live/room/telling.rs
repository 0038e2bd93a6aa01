//! When those who listen are told: of what is on disk, of who is here; and that the latter is written down.

use std::{pin::pin, sync::Arc, time::Duration};

use model::ids::PersonId;

use super::Task;
use crate::live::{
    journal::{Batch, Lost},
    outlet::Note,
    rooms::clock,
    store, wire,
};

/// How long what is on disk may wait for company while more commands are under way: listeners are then woken and written to once for
/// several batches. Whoever commanded is answered at once.
const GATHER: Duration = Duration::from_millis(5);

impl Task {
    /// Puts the batch on disk; listeners who wait for news meanwhile do so no longer than they may.
    pub(super) async fn commit(&mut self, batch: Batch) -> (Batch, Result<(), Lost>) {
        let rooms = Arc::clone(&self.rooms);
        let mut commit = pin!(rooms.journal.commit(batch));
        if let Some(since) = self.untold {
            tokio::select! {
                biased;
                answer = &mut commit => return answer,
                () = tokio::time::sleep_until(since + GATHER) => self.wake(),
            }
        }
        commit.await
    }

    /// Wakes the listeners, unless more will be on disk in a moment.
    pub(super) fn gather(&mut self) {
        if let Some(since) = self.untold
            && (self.inputs.is_empty() || clock() >= since + GATHER)
        {
            self.wake();
        }
    }

    pub(super) fn wake(&mut self) {
        self.untold = None;
        self.hall.wake();
    }

    pub(super) fn tell(&mut self) {
        let Some(telling) = self.presence.tell(clock()) else { return };
        if let Some(news) = &telling.news {
            self.hall.tell(&wire::frame(news));
        }
        if !telling.fresh.is_empty() {
            let all = wire::frame(&telling.all);
            for outlet in telling.fresh {
                outlet.leave(Note::Frame(all.clone()));
            }
        }
    }

    /// Once a minute: no guard drops under a kill, so this stands for the end of an interval.
    pub(super) async fn see(&mut self) {
        let now = clock();
        if now < self.seen_at + self.rooms.settings.seen_every || !self.counts() {
            return;
        }
        self.seen_at = now;
        let mut people: Vec<PersonId> = self.presence.connected().map(|(person, _)| *person).collect();
        let by_device = people.clone();
        people.extend(by_device.iter().flat_map(|host| self.ahead.seated(*host)).map(|who| who.id));
        let (db, session, at) = (self.rooms.db.clone(), self.hall.session, (self.rooms.given.now)());
        let seen = async move {
            let mut tx = db.write().await?;
            store::seen(&mut tx, session, &people, at).await?;
            tx.commit().await
        };
        if let Err(error) = seen.await {
            tracing::warn!(%session, %error, "who is here could not be written");
        }
    }
}
