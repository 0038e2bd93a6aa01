//! One socket as the task of a text knows it.

use std::{collections::HashSet, sync::Arc};

use bytes::Bytes;
use model::{
    guard::Kind,
    ids::*,
    live::Participant,
    refusal::{Code, Refusal},
};
use notes::{
    presence::{self, Entry, State},
    told::Told,
};
use tokio::sync::mpsc;

use crate::live::outlet::Goodbye;

/// What a socket is told.
pub enum Out {
    Message(Bytes),
    Bye(Goodbye),
}

pub struct Member {
    pub id: ConnectionId,
    pub me: Arc<Participant>,
    pub out: mpsc::Sender<Out>,
    /// Updates heard from it.
    pub updates: u64,
    /// Messages that no honest program sends.
    pub bad: u32,
    /// Client ids of what was refused: what follows builds on it.
    pub barred: HashSet<u64>,
    /// Warnings of the guard that it was told of last, and that it passed.
    pub warned: Vec<Kind>,
    pub passed: Vec<Kind>,
    pub presence: Option<Entry>,
}

impl Member {
    pub fn new(id: ConnectionId, me: Arc<Participant>, out: mpsc::Sender<Out>) -> Self {
        let barred = HashSet::new();
        let (warned, passed) = (Vec::new(), Vec::new());
        Self { id, me, out, updates: 0, bad: 0, barred, warned, passed, presence: None }
    }

    /// One that reads too slowly hears nothing more: its socket then ends, and it comes again.
    pub fn tell(&mut self, message: &Bytes) {
        if self.out.try_send(Out::Message(message.clone())).is_err() {
            self.cut_off();
        }
    }

    pub fn told(&mut self, told: &Told) {
        self.tell(&told.message().into());
    }

    pub fn dismiss(&mut self, goodbye: Goodbye) {
        let _ = self.out.try_send(Out::Bye(goodbye));
        self.cut_off();
    }

    fn cut_off(&mut self) {
        self.out = mpsc::channel(1).0;
    }

    /// Tells that what it wrote is not taken, nor what builds on it.
    pub fn refuse(&mut self, refusal: &Refusal, clients: impl IntoIterator<Item = u64>) {
        self.barred.extend(clients);
        let facts = refusal.facts.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        let passable = matches!(refusal.code, Code::GuardMaybeCode | Code::GuardContact | Code::GuardPupil);
        self.told(&Told::Refused { code: refusal.code.as_str().to_owned(), facts, passable });
    }

    /// Takes what a client says of its caret, with the person that the server knows. Answers what the others are told: of the client
    /// that it was before, too, when it is another now.
    pub fn here(&mut self, entry: Entry) -> Vec<Entry> {
        let before = self.presence.take().filter(|before| before.client != entry.client).map(gone);
        let state = entry.state.map(|state| State {
            person: self.me.id.to_string(),
            name: self.me.name.clone(),
            caret: state.caret,
        });
        let entry = Entry { state, ..entry };
        self.presence = Some(entry.clone());
        before.into_iter().chain([entry]).collect()
    }
}

/// What is told of a client that has gone.
pub fn gone(entry: Entry) -> Entry {
    Entry { clock: entry.clock.saturating_add(1), state: None, ..entry }
}

pub fn presence_message(entries: &[Entry]) -> Bytes {
    notes::Message::Presence(&presence::write(entries)).write().into()
}
