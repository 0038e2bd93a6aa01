//! Choices without a name: put aside in the transaction that stores that somebody took part, and beside nothing that tells who.

use db::Tx;
use model::{
    ids::*,
    live::{Ballot, Choice, Event, PollEvent},
};
use serde::Serialize;

use super::store;
use crate::{app::random, auth::hex};

/// A ballot under the key by which it lies.
#[derive(Serialize)]
pub struct Put {
    poll: PollId,
    key: String,
    choice: String,
}

impl Put {
    fn new(poll: PollId, choice: String) -> Self {
        Self { poll, key: hex(&random::<16>()), choice }
    }
}

/// Puts the ballots of a batch aside, in the order of their keys.
///
/// # Errors
/// Those of the database.
pub async fn put(tx: &mut Tx, session: SessionId, ballots: &[Ballot]) -> db::Result<()> {
    let json = |ballot: &Ballot| serde_json::to_string(&ballot.choice).unwrap_or_default();
    insert(tx, session, ballots.iter().map(|ballot| Put::new(ballot.poll, json(ballot))).collect()).await
}

/// All of them, in an order that says nothing.
///
/// # Errors
/// Those of the database.
pub async fn list(tx: &mut Tx, poll: PollId) -> db::Result<Vec<Choice>> {
    let found = store::list_ballots(tx, poll).await?;
    Ok(found.iter().map(|choice| serde_json::from_str(choice).unwrap_or_default()).collect())
}

/// Once a poll has closed its ballots are all written anew, under other keys and in one transaction: neither the transaction that a row
/// is of nor the place where it lies tells any longer when it was cast.
///
/// # Errors
/// Those of the database.
pub async fn follow(tx: &mut Tx, session: SessionId, event: &Event) -> db::Result<()> {
    let Event::Poll(PollEvent::Closed { poll, .. }) = event else { return Ok(()) };
    let found = store::list_ballots(tx, *poll).await?;
    if found.is_empty() {
        return Ok(());
    }
    store::delete_ballots(tx, *poll).await?;
    insert(tx, session, found.into_iter().map(|choice| Put::new(*poll, choice)).collect()).await
}

async fn insert(tx: &mut Tx, session: SessionId, mut rows: Vec<Put>) -> db::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    rows.sort_by(|one, other| one.key.cmp(&other.key));
    store::insert_ballots(tx, session, &rows).await.map(drop)
}
