//! The task of an open room: it alone decides.
//!
//! It keeps two rooms. On `ahead` each command of a batch is decided and at once evolved; what is on disk stands in the [`Hall`].
//! After the commit the batch is taken in there, shown and acknowledged; if it is lost, `ahead` becomes a copy of what is on disk and
//! the batch is decided again or refused.

mod answers;
mod batch;
mod bringing;
mod counting;
mod grouping;
mod keeping;
mod telling;

use std::{sync::Arc, time::Duration};

use model::{
    ids::*,
    live::{ByeReason, Command, Due, Event, Participant, Room, State, evolve},
    refusal::{Code, Refusal},
    time::Timestamp,
};
use tokio::{sync::mpsc, time::Instant};
use uuid::Uuid;

use self::{
    answers::Answers,
    batch::{Doing, Draft, Who},
};
use super::{
    hall::Hall,
    journal::{self, Lost},
    outlet::{Goodbye, Outlet},
    presence::Presence,
    rooms::{Inner, Stay, clock},
    snapshots::Snapshots,
    store,
    tail::Entry,
};
use crate::breakouts;

/// What reaches the task of a room.
pub enum Input {
    Do {
        from: Arc<Outlet>,
        by: Arc<Participant>,
        id: CommandId,
        command: Command,
        sure: bool,
        /// For whom, of those who sit with them.
        whom: Option<PersonId>,
    },
    Joined(Arc<Outlet>, Arc<Participant>),
    /// The person's card has changed.
    Changed(Arc<Participant>),
    Left(Arc<Outlet>),
    /// The person may no longer be here.
    Removed(Arc<Participant>),
    /// Rows were appended outside of the room.
    Wake,
    /// The last socket has gone.
    Idle,
    /// The server stops: write who is here now.
    See,
}

/// Commands taken into one batch.
const BATCH: usize = 512;
/// Between two tries of what time alone causes while the database fails.
const AGAIN: Duration = Duration::from_secs(1);
/// How often a batch is decided again before it is refused as `unavailable`.
const TRIES: usize = 8;

pub struct Task {
    rooms: Arc<Inner>,
    hall: Arc<Hall>,
    inputs: mpsc::Receiver<Input>,
    ahead: Room,
    answers: Answers,
    presence: Presence,
    /// In the room of a group: the main room.
    main: Option<Stay>,
    /// What is on disk may be more than what is known here.
    behind: bool,
    /// Since when listeners have not been woken for what is on disk.
    untold: Option<Instant>,
    seen_at: Instant,
    /// After a failure of the database, when what time alone causes is tried again.
    again_at: Instant,
    /// What was folded here holds what must no longer be read: the room ends, and is folded anew when somebody comes.
    outdated: bool,
    snapshots: Snapshots,
}

impl Task {
    pub fn new(
        rooms: Arc<Inner>,
        hall: Arc<Hall>,
        inputs: mpsc::Receiver<Input>,
        here: &[(PersonId, Timestamp)],
        snapshots: Snapshots,
    ) -> Self {
        let mut presence = Presence::new(rooms.settings.people_every, rooms.settings.leave_after);
        let now = clock();
        let ahead = hall.room();
        // Those who sit with somebody leave with them, and have no socket to come back with.
        let own = |person: &PersonId| ahead.people.get(person).is_none_or(|one| one.with.is_none());
        for (person, seen_at) in here.iter().filter(|(person, _)| own(person)) {
            presence.expect(*person, now + rooms.settings.leave_after, *seen_at);
        }
        Self {
            rooms,
            hall,
            inputs,
            ahead,
            answers: Answers::default(),
            presence,
            main: None,
            behind: false,
            untold: None,
            seen_at: now,
            again_at: now,
            outdated: false,
            snapshots,
        }
    }

    pub async fn run(mut self) {
        let mut inputs = Vec::new();
        let mut doings = Vec::new();
        loop {
            self.hold_main().await;
            let wait = self.next();
            tokio::select! {
                count = self.inputs.recv_many(&mut inputs, BATCH) => if count == 0 { return },
                () = sleep_until(wait), if wait.is_some() => {}
            }
            for input in inputs.drain(..) {
                self.take(input, &mut doings);
            }
            self.fall_due(&mut doings);
            self.bring(&mut doings).await;
            self.count(&mut doings).await;
            if self.behind || !doings.is_empty() {
                self.settle(&mut doings).await;
            }
            if self.outdated {
                return self.hall.dismiss(Goodbye::new(1012, ByeReason::Restart, Some(250)));
            }
            self.gather();
            self.tell();
            self.see().await;
            self.keep().await;
            let done = self.presence.is_empty() && self.inputs.is_empty() && !self.must_count();
            if done && self.rooms.forget_if_unused(&self.hall) {
                return;
            }
        }
    }

    fn next(&self) -> Option<Instant> {
        let now = clock();
        let due = self.ahead.next_due(self.hall.session).map(|due| {
            let wait = due.at.since((self.rooms.given.now)());
            now + Duration::from_millis(wait.ms().unsigned_abs())
        });
        let seen = self.counts().then(|| self.seen_at + self.rooms.settings.seen_every);
        let behind = self.behind.then_some(now);
        let brings = (self.must_bring() || self.must_count()).then_some(now);
        let next = [due, seen, behind, brings, self.presence.next(now)].into_iter().flatten().min();
        next.map(|next| next.max(self.again_at))
    }

    /// Whether attendance counts now.
    fn counts(&self) -> bool {
        self.ahead.state == State::Open && self.presence.connected().next().is_some()
    }

    fn take(&mut self, input: Input, doings: &mut Vec<Doing>) {
        match input {
            Input::Do { from, by, id, command, sure, whom } => {
                let who = match whom {
                    Some(whom) => Who::For(by, whom),
                    None => Who::Person(by),
                };
                doings.push(Doing { who, id, command, sure, from: Some(from) })
            }
            Input::Joined(outlet, card) => {
                self.presence.joined(outlet, Arc::clone(&card));
                self.command(Who::Person(card), Command::Arrive, doings);
            }
            Input::Changed(card) => {
                self.presence.changed(Arc::clone(&card));
                self.command(Who::Person(card), Command::Arrive, doings);
            }
            Input::Left(outlet) => self.presence.left(&outlet, clock(), (self.rooms.given.now)()),
            Input::Removed(card) => {
                self.presence.removed(card.id);
                let person = card.id;
                self.command(Who::Person(card), Command::Remove { person }, doings);
            }
            Input::Wake => self.behind = true,
            Input::Idle => {}
            Input::See => self.seen_at -= self.rooms.settings.seen_every,
        }
    }

    /// A command of the server's own.
    fn command(&self, who: Who, command: Command, doings: &mut Vec<Doing>) {
        let id = CommandId::from_uuid((self.rooms.given.id)());
        doings.push(Doing { who, id, command, sure: true, from: None });
    }

    /// What time alone causes.
    fn fall_due(&mut self, doings: &mut Vec<Doing>) {
        if clock() < self.again_at {
            return;
        }
        for (person, at) in self.presence.due(clock()) {
            if let Some(attendee) = self.ahead.people.get(&person) {
                let who = Who::Person(Arc::new(attendee.who.clone()));
                self.command(who, Command::Leave { at }, doings);
            }
        }
        if let Some(Due { id, command, .. }) =
            self.ahead.next_due(self.hall.session).filter(|due| due.at <= (self.rooms.given.now)())
        {
            doings.push(Doing { who: Who::Clock, id, command, sure: true, from: None });
        }
    }

    /// Decides what is asked and puts it on disk, again if another was first, until each has its answer.
    async fn settle(&mut self, doings: &mut Vec<Doing>) {
        for _ in 0..TRIES {
            if self.behind && !self.catch_up().await {
                break;
            }
            let mut draft = self.decide(doings);
            self.look_up(&mut draft).await;
            if draft.rows.is_empty() {
                draft.answer();
                doings.clear();
                return;
            }
            let opened = draft.effects.iter().any(|event| matches!(event, Event::Opened { .. }));
            let (batch, done) = self.commit(draft.batch(self.hall.session, self.hall.seq())).await;
            match done {
                Ok(()) => {
                    self.committed(draft);
                    doings.clear();
                    if !opened {
                        return;
                    }
                    // Attendance begins with the opening, for everyone who waited for it.
                    let waiting: Vec<_> = self.presence.connected().map(|(_, card)| Arc::clone(card)).collect();
                    for card in waiting {
                        self.command(Who::Person(card), Command::Arrive, doings);
                    }
                    continue;
                }
                Err(Lost::Behind) => self.behind = true,
                Err(Lost::Repeated) => {
                    let ids: Vec<CommandId> = batch.rows.iter().map(|row| row.command_id).collect();
                    match journal::answers(&self.rooms.db, self.hall.session, &ids).await {
                        Ok(found) => self.answers.extend(found),
                        Err(error) => return self.refuse(doings, &error),
                    }
                }
                Err(Lost::Failed(error)) => return self.refuse(doings, &error),
            }
            self.ahead = self.hall.room();
        }
        self.fall_behind(doings);
        let unavailable = Refusal::of(Code::Unavailable);
        doings.drain(..).for_each(|doing| doing.refuse(&unavailable));
    }

    /// Each command on the room as the ones before it left it.
    fn decide(&mut self, doings: &[Doing]) -> Draft {
        let mut draft = Draft::new((self.rooms.given.now)(), self.hall.seq());
        for doing in doings {
            draft.decide(&mut self.ahead, doing, &self.answers);
        }
        draft
    }

    /// What was refused, or changed nothing, may be a repeat of what has been done: then it gets the first answer.
    async fn look_up(&mut self, draft: &mut Draft) {
        let ids = draft.doubtful();
        if ids.is_empty() {
            return;
        }
        match journal::answers(&self.rooms.db, self.hall.session, &ids).await {
            Ok(found) => {
                self.answers.extend(found);
                draft.settle_doubts(&self.answers);
            }
            Err(error) => tracing::warn!(session = %self.hall.session, %error, "repeats could not be looked up"),
        }
    }

    fn committed(&mut self, draft: Draft) {
        let erased: Vec<Uuid> = draft.effects.iter().filter_map(Event::erases).collect();
        if draft.effects.iter().any(|event| matches!(event, Event::Opened { .. } | Event::Closed { .. })) {
            (self.rooms.given.changed)();
        }
        self.take_in(&draft.entries, &erased);
        draft.effects.iter().flat_map(breakouts::follow::told).for_each(|group| self.rooms.wake(group));
        self.rooms.figures.events.fetch_add(draft.entries.len() as u64, std::sync::atomic::Ordering::Relaxed);
        self.answers.extend(draft.answer());
        self.untold.get_or_insert_with(clock);
        self.gather();
    }

    /// The database failed: nobody is left without an answer, and what is on disk is read again before the next decision.
    fn refuse(&mut self, doings: &mut Vec<Doing>, error: &db::Error) {
        tracing::error!(session = %self.hall.session, %error, "a batch is not on disk");
        self.ahead = self.hall.room();
        self.fall_behind(doings);
        let full = matches!(error, db::Error::DiskFull { .. });
        let code = if full { Code::DiskFull } else { Code::Unavailable };
        if full {
            (self.rooms.given.filled)();
        }
        let refusal = Refusal::of(code);
        doings.drain(..).for_each(|doing| doing.refuse(&refusal));
    }

    /// Nothing is tried again at once, and whoever was about to leave does so later.
    fn fall_behind(&mut self, doings: &[Doing]) {
        self.behind = true;
        self.again_at = clock() + AGAIN;
        for doing in doings {
            if let (Command::Leave { at }, Who::Person(person)) = (&doing.command, &doing.who) {
                self.presence.expect(person.id, self.again_at, *at);
            }
        }
    }

    /// Reads what others appended; false when that is not possible now.
    async fn catch_up(&mut self) -> bool {
        let found = async {
            let mut tx = self.rooms.db.read().await?;
            store::list_after(&mut tx, self.hall.session, self.hall.seq(), i64::MAX).await
        };
        let rows = match found.await {
            Ok(rows) => rows,
            Err(error) => {
                tracing::warn!(session = %self.hall.session, %error, "the journal cannot be read");
                return false;
            }
        };
        if rows.iter().any(|row| row.payload.starts_with(r#"{"redacted""#)) {
            self.outdated = true;
            return false;
        }
        let mut room = self.hall.room();
        let mut entries = Vec::with_capacity(rows.len());
        for row in rows {
            let Ok(event) = serde_json::from_str::<Event>(&row.payload) else {
                tracing::error!(session = %self.hall.session, seq = row.seq, "an event of an unknown kind: this binary is older than the journal");
                self.hall.dismiss(Goodbye::new(4410, ByeReason::Reload, Some(5_000)));
                return false;
            };
            let entry = Entry::new(row.command_id, event, &room);
            evolve(&mut room, &entry.event);
            self.answers.extend([((row.actor, row.command_id), row.seq)]);
            entries.push(entry);
        }
        let erased: Vec<Uuid> = entries.iter().filter_map(|entry| entry.event.erases()).collect();
        self.take_in(&entries, &erased);
        self.wake();
        self.ahead = room;
        self.behind = false;
        true
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        // Also when a panic ends the task: nobody is left waiting in a room without one.
        self.rooms.forget(&self.hall);
        self.hall.dismiss(Goodbye::new(1011, ByeReason::Failed, Some(1_000)));
    }
}

async fn sleep_until(at: Option<Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}
