use std::collections::BTreeMap;

use db::{Result, Set, Tx, sql};
use model::{ids::*, time::Timestamp};
use serde::Deserialize;

/// An interval as the room wrote it.
#[derive(Deserialize)]
pub struct Stay {
    pub person: PersonId,
    pub arrived_at: Timestamp,
    pub left_at: Option<Timestamp>,
    pub seen_at: Timestamp,
}

/// Also those in the groups of the session: who works in one is in it.
pub async fn list(tx: &mut Tx, session: SessionId) -> Result<Vec<Stay>> {
    sql!(
        "select person, arrived_at, left_at, seen_at from attendance
         where session = $1 or session in (select id from sessions where parent_id = $1)
         order by person, arrived_at",
        session
    )
    .all(tx)
    .await
}

/// A correction as it is stored.
#[derive(Deserialize)]
pub struct Entry {
    pub person: PersonId,
    pub minutes: i64,
    pub reason: String,
    pub author: PersonId,
    pub at: Timestamp,
}

pub async fn list_corrections(tx: &mut Tx, session: SessionId) -> Result<Vec<Entry>> {
    sql!(
        "select person, minutes, reason, author, at from attendance_corrections where session = $1 order by at, id",
        session
    )
    .all(tx)
    .await
}

pub async fn correct(tx: &mut Tx, id: ItemId, session: SessionId, entry: &Entry) -> Result<u64> {
    sql!(
        "insert into attendance_corrections (id, session, person, minutes, reason, author, at) values ($1, $2, $3, $4, $5, $6, $7)",
        id,
        session,
        entry.person,
        entry.minutes,
        entry.reason,
        entry.author,
        entry.at
    )
    .run(tx)
    .await
}

pub async fn share(tx: &mut Tx, session: SessionId) -> Result<i64> {
    let share = sql!("select attendance_share from sessions where id = $1", session).optional(tx).await?;
    Ok(share.unwrap_or(model::attendance::SHARE))
}

pub async fn set_share(tx: &mut Tx, session: SessionId, share: i64) -> Result<u64> {
    sql!("update sessions set attendance_share = $2 where id = $1", session, share).run(tx).await
}

pub async fn names(tx: &mut Tx, people: &[PersonId]) -> Result<BTreeMap<PersonId, String>> {
    let rows: Vec<(PersonId, String)> =
        sql!("select id, name from people where id in (select key from jsonb_each($1))", Set(people)).all(tx).await?;
    Ok(rows.into_iter().collect())
}
