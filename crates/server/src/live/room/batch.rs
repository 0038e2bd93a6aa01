//! A batch while it is being decided: the rows for the disk, and the answers that are given once they are there.

use std::sync::Arc;

use model::{
    ids::*,
    live::{Ballot, By, Command, Event, Given, Participant, Room, ServerFrame, ballot, decide, evolve},
    refusal::Refusal,
    time::Timestamp,
};

use super::answers::{Answers, Key};
use crate::live::{
    journal::{Batch, has_effect},
    outlet::{Note, Outlet},
    store::Row,
    tail::Entry,
    wire,
};

/// A command that waits for its answer.
pub struct Doing {
    pub who: Who,
    pub id: CommandId,
    pub command: Command,
    pub sure: bool,
    /// Who is to be answered; nobody when the server itself commands.
    pub from: Option<Arc<Outlet>>,
}

#[derive(Clone)]
pub enum Who {
    Person(Arc<Participant>),
    /// For another, who sits at their device.
    For(Arc<Participant>, PersonId),
    Clock,
}

impl Who {
    /// As it stands in the journal.
    fn actor(&self) -> String {
        match self {
            Who::Person(person) => person.id.to_string(),
            Who::For(_, person) => person.to_string(),
            Who::Clock => "clock".to_owned(),
        }
    }

    fn by(&self) -> By<'_> {
        match self {
            Who::Person(person) => By::Person(person),
            Who::For(host, person) => By::For(host, *person),
            Who::Clock => By::Clock,
        }
    }
}

impl Doing {
    pub fn refuse(&self, refusal: &Refusal) {
        reply(self.from.as_ref(), &ServerFrame::Refused { id: Some(self.id), refusal: refusal.clone() });
    }
}

pub struct Draft {
    at: Timestamp,
    /// The number of the last event, decided or on disk.
    seq: i64,
    pub rows: Vec<Row>,
    pub entries: Vec<Entry>,
    pub effects: Vec<Event>,
    /// Choices without a name, in no event and no answer.
    ballots: Vec<Ballot>,
    replies: Vec<Reply>,
}

struct Reply {
    from: Option<Arc<Outlet>>,
    key: Key,
    verdict: Verdict,
}

/// What a command is answered with.
enum Verdict {
    Done(i64),
    /// Refused or without effect now, but perhaps done before.
    Doubtful(Result<i64, Refusal>),
}

impl Draft {
    pub fn new(at: Timestamp, seq: i64) -> Self {
        Self {
            at,
            seq,
            rows: Vec::new(),
            entries: Vec::new(),
            effects: Vec::new(),
            ballots: Vec::new(),
            replies: Vec::new(),
        }
    }

    pub fn decide(&mut self, ahead: &mut Room, doing: &Doing, answers: &Answers) {
        let actor = doing.who.actor();
        let verdict = match answers.get(&actor, doing.id).or_else(|| self.decided(&actor, doing.id)) {
            Some(seq) => Verdict::Done(seq),
            None => {
                let given = Given { at: self.at, id: doing.id, sure: doing.sure };
                match decide(ahead, doing.who.by(), &doing.command, given) {
                    Ok(events) if events.is_empty() => Verdict::Doubtful(Ok(self.seq)),
                    Ok(events) => {
                        self.ballots.extend(ballot(ahead, &doing.command));
                        for (event, part) in events.into_iter().zip(0..) {
                            self.push(ahead, &actor, doing.id, part, event);
                        }
                        Verdict::Done(self.seq)
                    }
                    Err(refusal) => Verdict::Doubtful(Err(refusal)),
                }
            }
        };
        // The server's own commands need no answer, but those that did something are remembered like all.
        if doing.from.is_some() || matches!(verdict, Verdict::Done(_)) {
            self.replies.push(Reply { from: doing.from.clone(), key: (actor, doing.id), verdict });
        }
    }

    fn push(&mut self, ahead: &mut Room, actor: &str, id: CommandId, part: i64, event: Event) {
        if let Some(deleted) = event.erases() {
            // A text deleted in the batch that brought it is neither stored nor told.
            for (row, entry) in self.rows.iter_mut().zip(&mut self.entries) {
                entry.redact(deleted);
                row.payload.clone_from(&entry.json);
            }
        }
        let entry = Entry::new(id, event, ahead);
        evolve(ahead, &entry.event);
        if has_effect(&entry.event) {
            self.effects.push(entry.event.clone());
        }
        self.seq += 1;
        let payload = entry.json.clone();
        self.rows.push(Row { seq: self.seq, command_id: id, part, actor: actor.to_owned(), payload, at: self.at });
        self.entries.push(entry);
    }

    /// What this batch itself answered the command with.
    fn decided(&self, actor: &str, id: CommandId) -> Option<i64> {
        let done = |reply: &Reply| match reply.verdict {
            Verdict::Done(seq) if reply.key.1 == id && reply.key.0 == actor => Some(seq),
            _ => None,
        };
        self.replies.iter().find_map(done)
    }

    pub fn doubtful(&self) -> Vec<CommandId> {
        let doubtful = |reply: &&Reply| matches!(reply.verdict, Verdict::Doubtful(_));
        self.replies.iter().filter(doubtful).map(|reply| reply.key.1).collect()
    }

    pub fn settle_doubts(&mut self, answers: &Answers) {
        for reply in &mut self.replies {
            if let Verdict::Doubtful(_) = reply.verdict
                && let Some(seq) = answers.get(&reply.key.0, reply.key.1)
            {
                reply.verdict = Verdict::Done(seq);
            }
        }
    }

    /// What goes to disk; what stays tells it once it is there.
    pub fn batch(&mut self, session: SessionId, known: i64) -> Batch {
        let (rows, ballots) = (std::mem::take(&mut self.rows), std::mem::take(&mut self.ballots));
        Batch { session, known, rows, effects: self.effects.clone(), ballots }
    }

    /// Answers everyone, and tells what was done.
    pub fn answer(self) -> Vec<(Key, i64)> {
        let mut done = Vec::with_capacity(self.replies.len());
        for Reply { from, key, verdict } in self.replies {
            let id = key.1;
            match verdict {
                Verdict::Done(seq) => {
                    reply(from.as_ref(), &ServerFrame::Done { id, seq });
                    done.push((key, seq));
                }
                Verdict::Doubtful(Ok(seq)) => reply(from.as_ref(), &ServerFrame::Done { id, seq }),
                Verdict::Doubtful(Err(refusal)) => {
                    reply(from.as_ref(), &ServerFrame::Refused { id: Some(id), refusal })
                }
            }
        }
        done
    }
}

/// Nobody is answered when the server itself commanded.
fn reply(to: Option<&Arc<Outlet>>, frame: &ServerFrame) {
    if let Some(outlet) = to {
        outlet.leave(Note::Frame(wire::frame(frame)));
    }
}
