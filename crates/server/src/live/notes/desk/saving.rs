//! The way of updates to disk, and what is told once they are there.

use bytes::Bytes;
use model::{
    ids::*,
    refusal::{Code, Refusal},
    time::Millis,
};
use notes::{Message, base64, told::Told};

use super::{Broken, Desk, is_open};
use crate::notes::store::{self, Row};

/// Rows until one is put in place of them all.
const COMPACT: usize = 200;
/// Minutes of writing between two states that are kept.
const STATES_EVERY: i64 = 5;

/// An update that is in the text and not on disk yet.
pub struct Accepted {
    pub from: Option<ConnectionId>,
    /// The how manieth of its socket.
    pub count: u64,
    /// What was new in it; empty when nothing was.
    pub data: Vec<u8>,
}

impl Desk {
    pub(super) fn accept(&mut self, accepted: Accepted) {
        self.accepted.push(accepted);
    }

    /// Puts what was accepted on disk in one commit, and tells of it.
    pub(super) async fn flush(&mut self) -> Result<(), Broken> {
        if self.accepted.iter().any(|accepted| !accepted.data.is_empty()) && !self.save().await? {
            return Ok(());
        }
        for Accepted { from, count, data } in std::mem::take(&mut self.accepted) {
            if !data.is_empty() {
                let message: Bytes = Message::Update(&data).write().into();
                self.members
                    .values_mut()
                    .filter(|member| Some(member.id) != from)
                    .for_each(|member| member.tell(&message));
            }
            if let Some(member) = from.and_then(|from| self.members.get_mut(&from)) {
                member.told(&Told::Saved { updates: count });
            }
        }
        Ok(())
    }

    /// False when the session turned out to be closed; everything is told then.
    async fn save(&mut self) -> Result<bool, Broken> {
        let data = self.accepted.iter().filter(|accepted| !accepted.data.is_empty());
        let rows = (self.head.last_seq + 1..).zip(data);
        let rows: Vec<Row> = rows.map(|(seq, accepted)| Row { seq, data: base64::encode(&accepted.data) }).collect();
        let last = self.head.last_seq + rows.len() as i64;
        let now = (self.tables.sockets.0.given.now)();
        let compacts = !self.spoilt && self.rows + rows.len() >= COMPACT;
        let stated = *self.stated.get_or_insert(now);
        let keeps = !self.spoilt && now >= stated.plus(Millis::minutes(STATES_EVERY));

        let mut tx = self.tables.sockets.0.db.write().await?;
        if !store::claim(&mut tx, self.session, &self.head, rows.len() as i64).await? {
            let state = store::state(&mut tx, self.session).await?;
            drop(tx);
            return if is_open(state) { Err(Broken::Behind) } else { self.closed().await.map(|()| false) };
        }
        for writer in self.writers.values().filter(|writer| writer.epoch == self.head.epoch) {
            if !self.stored.contains(&writer.client) {
                store::insert_writer(&mut tx, self.session, writer).await?;
            }
        }
        store::insert(&mut tx, self.session, &rows, now).await?;
        if compacts {
            let row = Row { seq: last, data: base64::encode(&self.notes.state()) };
            store::compact(&mut tx, self.session, &row, now).await?;
        }
        if keeps {
            store::insert_state(&mut tx, self.session, &self.notes.text(), now).await?;
            self.stated = Some(now);
        }
        tx.commit().await?;
        self.stored.extend(self.writers.values().map(|writer| writer.client));
        self.rows = if compacts { 1 } else { self.rows + rows.len() };
        self.head.last_seq = last;
        Ok(true)
    }

    /// Goes back to what is on disk, once what was accepted is there.
    pub(super) async fn go_back(&mut self) -> Result<(), Broken> {
        // Rows are made of what was accepted, so what was refused is in none; one for all would be made of the text.
        self.spoilt = true;
        self.flush().await?;
        self.load().await
    }

    /// The session has been closed: nothing more is taken, and what the text says now is kept.
    async fn closed(&mut self) -> Result<(), Broken> {
        self.open = false;
        for accepted in std::mem::take(&mut self.accepted) {
            if let Some(from) = accepted.from {
                self.refuse(from, &Refusal::of(Code::SessionState), []);
            }
        }
        self.load().await?;
        self.members.values_mut().for_each(|member| member.told(&Told::Writes { writes: false }));
        self.keep_state(true).await
    }

    /// Looks at what others may have changed.
    pub(super) async fn look(&mut self) -> Result<(), Broken> {
        self.flush().await?;
        let mut tx = self.tables.sockets.0.db.read().await?;
        let head = store::head(&mut tx, self.session).await?;
        let open = is_open(store::state(&mut tx, self.session).await?);
        let head = head.filter(|head| head.epoch == self.head.epoch && head.last_seq >= self.head.last_seq);
        let Some(head) = head else { return Err(Broken::Behind) };
        if head.last_seq > self.head.last_seq {
            let rows = store::list_after(&mut tx, self.session, self.head.last_seq).await?;
            drop(tx);
            self.others_wrote(&rows)?;
        } else {
            drop(tx);
        }
        match (self.open, open) {
            (true, false) => self.closed().await?,
            // Its writing begins again with the next connection.
            (false, true) => return Err(Broken::Behind),
            _ => {}
        }
        Ok(())
    }

    /// Another node wrote.
    fn others_wrote(&mut self, rows: &[Row]) -> Result<(), Broken> {
        if rows.first().is_none_or(|row| row.seq != self.head.last_seq + 1) {
            return Err(Broken::Behind);
        }
        for row in rows {
            let data = base64::decode(&row.data).map_err(|error| Broken::Failed(error.into()))?;
            self.notes.apply(&data).map_err(|error| Broken::Failed(error.into()))?;
            let message: Bytes = Message::Update(&data).write().into();
            self.members.values_mut().for_each(|member| member.tell(&message));
            self.head.last_seq = row.seq;
            self.rows += 1;
        }
        let text = self.notes.text();
        (self.found, self.length) = (super::reading::findings(&text), text.chars().count());
        Ok(())
    }

    /// Nobody has it open any more: one row stands for all, so that what was deleted does not stay, and the text is kept as a state.
    pub(super) async fn rest(&mut self) -> Result<(), Broken> {
        if self.rows > 1 {
            let now = (self.tables.sockets.0.given.now)();
            let row = Row { seq: self.head.last_seq, data: base64::encode(&self.notes.state()) };
            let mut tx = self.tables.sockets.0.db.write().await?;
            // Nothing is done when another was first, or the session is closed: it is done before.
            if store::claim(&mut tx, self.session, &self.head, 0).await? {
                store::compact(&mut tx, self.session, &row, now).await?;
                tx.commit().await?;
                self.rows = 1;
            }
        }
        self.keep_state(false).await
    }

    /// Keeps the text as a state unless it is kept already. An empty one is kept only after another.
    pub(super) async fn keep_state(&mut self, always: bool) -> Result<(), Broken> {
        let text = self.notes.text();
        let db = &self.tables.sockets.0.db;
        let last = store::last_state(&mut db.read().await?, self.session).await?;
        let same = last.as_ref().map_or(text.is_empty(), |(_, kept)| *kept == text);
        let now = (self.tables.sockets.0.given.now)();
        let soon = last.is_some_and(|(at, _)| now < at.plus(Millis::minutes(STATES_EVERY)));
        if same || (soon && !always) {
            return Ok(());
        }
        let mut tx = db.write().await?;
        store::insert_state(&mut tx, self.session, &text, now).await?;
        tx.commit().await?;
        self.stated = Some(now);
        Ok(())
    }
}
