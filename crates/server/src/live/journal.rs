//! The way of events to disk.
//!
//! On SQLite all waiting batches are one turn of the writer: while one turn is being synced, the next ones gather, so that commits are
//! grouped without a timer. On PostgreSQL each room commits for itself.

use std::collections::HashMap;

use db::{Db, Error, Tx};
use model::{
    ids::*,
    live::{Ballot, Event, PollEvent},
    time::Timestamp,
};
use tokio::sync::{mpsc, oneshot};

use super::{
    ballots,
    store::{self, Claim, Insert, Row},
};
use crate::{actions, agreements, breakouts, content};

/// What one room wants on disk, whole or not at all.
pub struct Batch {
    pub session: SessionId,
    /// The last event that it was decided upon.
    pub known: i64,
    pub rows: Vec<Row>,
    /// Those of its events from which more than their row follows.
    pub effects: Vec<Event>,
    /// Choices in polls without names: rows that no event and no log speaks of.
    pub ballots: Vec<Ballot>,
}

/// Why a batch is not on disk.
#[derive(Debug)]
pub enum Lost {
    /// Another node, or a verb outside of the room, was first: read, and decide again.
    Behind,
    /// One of its commands has been done before.
    Repeated,
    /// The database failed; whether a commit was done is then not known.
    Failed(Error),
}

type Answer = (Batch, Result<(), Lost>);

#[derive(Clone)]
pub struct Journal {
    db: Db,
    turn: Option<mpsc::UnboundedSender<(Batch, oneshot::Sender<Answer>)>>,
}

impl Journal {
    pub fn new(db: Db) -> Self {
        let turn = db.is_sqlite().then(|| {
            let (turn, waiting) = mpsc::unbounded_channel();
            tokio::spawn(take_turns(db.clone(), waiting));
            turn
        });
        Self { db, turn }
    }

    /// Puts the batch on disk, and gives it back.
    pub async fn commit(&self, batch: Batch) -> Answer {
        let Some(turn) = &self.turn else {
            // In a task of its own: nothing that drops the room may drop a transaction in its middle.
            let db = self.db.clone();
            return match tokio::spawn(async move { commit_one(&db, batch).await }).await {
                Ok(answer) => answer,
                Err(_) => (Batch::none(), Err(Lost::Failed(Error::Aborted))),
            };
        };
        let (answer, answered) = oneshot::channel();
        if turn.send((batch, answer)).is_err() {
            return (Batch::none(), Err(Lost::Failed(Error::Aborted)));
        }
        answered.await.unwrap_or_else(|_| (Batch::none(), Err(Lost::Failed(Error::Aborted))))
    }
}

impl Batch {
    fn none() -> Self {
        Self {
            session: SessionId::from_uuid(uuid::Uuid::nil()),
            known: 0,
            rows: Vec::new(),
            effects: Vec::new(),
            ballots: Vec::new(),
        }
    }
}

async fn take_turns(db: Db, mut waiting: mpsc::UnboundedReceiver<(Batch, oneshot::Sender<Answer>)>) {
    while let Some(first) = waiting.recv().await {
        let begun = db.write().await;
        let mut turn = vec![first];
        // Whoever came while we waited for the writer comes along.
        while let Ok(next) = waiting.try_recv() {
            turn.push(next);
        }
        let (batches, answers): (Vec<Batch>, Vec<_>) = turn.into_iter().unzip();
        let done = match begun {
            Ok(tx) => commit_together(tx, &batches).await,
            Err(error) => Err(error),
        };
        match done {
            Ok(claimed) => {
                for (batch, answer) in batches.into_iter().zip(answers) {
                    let done = if claimed.contains(&batch.session) { Ok(()) } else { Err(Lost::Behind) };
                    let _ = answer.send((batch, done));
                }
            }
            // One of them spoils it for all: each goes alone, so that the others do not suffer.
            Err(error) => {
                tracing::debug!(%error, batches = batches.len(), "a turn is taken one by one");
                for (batch, answer) in batches.into_iter().zip(answers) {
                    let _ = answer.send(commit_one(&db, batch).await);
                }
            }
        }
    }
}

async fn commit_one(db: &Db, batch: Batch) -> Answer {
    let done = async {
        let tx = db.write().await?;
        commit_together(tx, std::slice::from_ref(&batch)).await
    };
    let done = match done.await {
        Ok(claimed) if claimed.is_empty() => Err(Lost::Behind),
        Ok(_) => Ok(()),
        Err(error) if error.is_unique() => Err(Lost::Repeated),
        Err(error) => Err(Lost::Failed(error)),
    };
    (batch, done)
}

/// All batches in one transaction, which is dropped on the first error; names the sessions whose batch was taken.
async fn commit_together(mut tx: Tx, batches: &[Batch]) -> db::Result<Vec<SessionId>> {
    let claim = |batch: &Batch| Claim { known: batch.known, n: batch.rows.len() };
    let claims = batches.iter().map(|batch| (batch.session.to_string(), serde_json::json!(claim(batch)))).collect();
    let claimed = store::claim(&mut tx, &claims).await?;
    let taken = || batches.iter().filter(|batch| claimed.contains(&batch.session));
    let rows: Vec<Insert> =
        taken().flat_map(|batch| batch.rows.iter().map(|row| Insert { session: batch.session, row })).collect();
    if rows.is_empty() {
        return Ok(claimed);
    }
    store::insert(&mut tx, &rows).await?;
    for batch in taken() {
        ballots::put(&mut tx, batch.session, &batch.ballots).await?;
        for event in &batch.effects {
            follow(&mut tx, batch.session, event).await?;
        }
    }
    if taken()
        .any(|batch| batch.effects.iter().any(|event| matches!(event, Event::Opened { .. } | Event::Closed { .. })))
    {
        content::store::count(&mut tx).await?;
    }
    tx.commit().await?;
    Ok(claimed)
}

/// Whether this is still the session's last event; if so, no other comes before the end of the transaction.
pub async fn still_at(tx: &mut Tx, session: SessionId, seq: i64) -> db::Result<bool> {
    let claim = (session.to_string(), serde_json::json!(Claim { known: seq, n: 0 }));
    Ok(!store::claim(tx, &[claim].into_iter().collect()).await?.is_empty())
}

/// Whether more than its row follows from the event.
pub fn has_effect(event: &Event) -> bool {
    matches!(
        event,
        Event::Opened { .. }
            | Event::Closed { .. }
            | Event::Arrived { .. }
            | Event::Left { .. }
            | Event::Removed { .. }
            | Event::Poll(PollEvent::Closed { .. })
            | Event::Breakouts(_)
    ) || event.erases().is_some()
        || actions::follow::concerns(event)
        || agreements::follow::concerns(event)
}

async fn follow(tx: &mut Tx, session: SessionId, event: &Event) -> db::Result<()> {
    match event {
        Event::Opened { .. } => store::set_state(tx, session, "open").await.map(drop),
        Event::Closed { at, .. } => {
            store::set_state(tx, session, "closed").await?;
            store::leave_all(tx, session, *at).await.map(drop)
        }
        Event::Arrived { who, at, .. } => store::arrive(tx, session, who.id, *at).await.map(drop),
        Event::Left { person, at } | Event::Removed { person, at } => {
            store::leave(tx, session, *person, *at).await.map(drop)
        }
        Event::Redacted { .. } => store::forget_snapshot(tx, session).await.map(drop),
        event => {
            if let Some(deleted) = event.erases() {
                store::redact(tx, session, deleted).await?;
            }
            ballots::follow(tx, session, event).await?;
            // It appends to the rooms of the groups, from whose events nothing of the kind follows.
            Box::pin(breakouts::follow::follow(tx, session, event)).await?;
            agreements::follow::follow(tx, session, event).await?;
            actions::follow::follow(tx, session, event).await
        }
    }
}

/// Appends events from outside of the room, in the transaction of the verb that causes them; once that is committed,
/// [`super::Rooms::wake`] lets the room read them. False when there is no such session.
///
/// # Errors
/// Those of the database; a repeated `command` of the same actor is `Error::Unique`.
pub async fn append(
    tx: &mut Tx,
    session: SessionId,
    actor: Option<PersonId>,
    command: CommandId,
    events: &[Event],
    at: Timestamp,
) -> db::Result<bool> {
    let Some(first) = store::claim_next(tx, session, events.len() as i64).await? else { return Ok(false) };
    let actor = actor.map_or_else(|| "server".to_owned(), |person| person.to_string());
    let row = |(part, event): (usize, &Event)| Row {
        seq: first + part as i64,
        command_id: command,
        part: part as i64,
        actor: actor.clone(),
        payload: serde_json::to_string(event).unwrap_or_default(),
        at,
    };
    let rows: Vec<Row> = events.iter().enumerate().map(row).collect();
    let inserts: Vec<Insert> = rows.iter().map(|row| Insert { session, row }).collect();
    store::insert(tx, &inserts).await?;
    for event in events {
        follow(tx, session, event).await?;
    }
    Ok(true)
}

/// Which of these commands have been done, by actor and id, with the number of the last event of each.
pub async fn answers(
    db: &Db,
    session: SessionId,
    commands: &[CommandId],
) -> db::Result<HashMap<(String, CommandId), i64>> {
    let mut tx = db.read().await?;
    let found = store::answers(&mut tx, session, commands).await?;
    Ok(found.into_iter().map(|(actor, command, seq)| ((actor, command), seq)).collect())
}
