//! The SQL of notes.

use db::{Result, Rows, Set, Tx, sql};
use model::{ids::*, sessions::SessionState, time::Timestamp};
use serde::{Deserialize, Serialize};

#[derive(Deserialize, Clone, PartialEq, Eq, Debug)]
pub struct Head {
    pub epoch: String,
    /// Of the last update.
    pub last_seq: i64,
}

/// None before anybody has opened them.
pub async fn head(tx: &mut Tx, session: SessionId) -> Result<Option<Head>> {
    sql!("select epoch, last_seq from notes where session = $1", session).optional(tx).await
}

pub async fn state(tx: &mut Tx, session: SessionId) -> Result<Option<SessionState>> {
    sql!("select state from sessions where id = $1", session).optional(tx).await
}

/// Begins them, unless somebody was first.
pub async fn begin(tx: &mut Tx, session: SessionId, epoch: &str) -> Result<u64> {
    sql!(
        "insert into notes (session, epoch, last_seq) values ($1, $2, 0) on conflict (session) do nothing",
        session,
        epoch
    )
    .run(tx)
    .await
}

#[derive(Serialize, Deserialize)]
pub struct Row {
    pub seq: i64,
    /// In base64.
    pub data: String,
}

pub async fn list_after(tx: &mut Tx, session: SessionId, seq: i64) -> Result<Vec<Row>> {
    sql!("select seq, data from note_updates where session = $1 and seq > $2 order by seq", session, seq).all(tx).await
}

/// Takes the next `n` numbers. False when another was first, the text was made anew, or the session is not to be written in any more.
pub async fn claim(tx: &mut Tx, session: SessionId, head: &Head, n: i64) -> Result<bool> {
    let done = sql!(
        "update notes set last_seq = last_seq + $4
         where session = $1 and epoch = $2 and last_seq = $3
           and exists (select 1 from sessions where id = $1 and state in ('planned', 'open'))",
        session,
        head.epoch,
        head.last_seq,
        n
    );
    Ok(done.run(tx).await? > 0)
}

pub async fn insert(tx: &mut Tx, session: SessionId, rows: &[Row], at: Timestamp) -> Result<u64> {
    sql!(
        "insert into note_updates (session, seq, data, at)
         select $1, cast(value ->> 'seq' as bigint), value ->> 'data', $3 from jsonb_each($2)",
        session,
        Rows(rows),
        at
    )
    .run(tx)
    .await
}

/// Puts one row in place of all rows up to its number.
pub async fn compact(tx: &mut Tx, session: SessionId, row: &Row, at: Timestamp) -> Result<()> {
    sql!("delete from note_updates where session = $1 and seq <= $2", session, row.seq).run(tx).await?;
    insert(tx, session, std::slice::from_ref(row), at).await?;
    Ok(())
}

/// Makes the text anew: copies of the one before are not merged any more.
pub async fn renew(tx: &mut Tx, session: SessionId, epoch: &str, seq: i64) -> Result<u64> {
    sql!("update notes set epoch = $2, last_seq = $3 where session = $1", session, epoch, seq).run(tx).await
}

/// The same without another text, for all: after a restore, copies in browsers may know what the database does not.
pub async fn renew_all(tx: &mut Tx, epoch: &str) -> Result<u64> {
    sql!("update notes set epoch = $1", epoch).run(tx).await
}

#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug)]
pub struct Writer {
    pub client: i64,
    pub person: PersonId,
    pub epoch: String,
}

pub async fn list_writers(tx: &mut Tx, session: SessionId) -> Result<Vec<Writer>> {
    sql!("select client, person, epoch from note_writers where session = $1 order by client", session).all(tx).await
}

pub async fn insert_writer(tx: &mut Tx, session: SessionId, writer: &Writer) -> Result<u64> {
    sql!(
        "insert into note_writers (session, client, person, epoch) values ($1, $2, $3, $4)
         on conflict (session, client) do nothing",
        session,
        writer.client,
        writer.person,
        writer.epoch
    )
    .run(tx)
    .await
}

pub async fn list_names(tx: &mut Tx, people: &[PersonId]) -> Result<Vec<(PersonId, String)>> {
    sql!("select id, name from people where id in (select key from jsonb_each($1))", Set(people)).all(tx).await
}

/// What the text said at a time, under the next number.
pub async fn insert_state(tx: &mut Tx, session: SessionId, text: &str, at: Timestamp) -> Result<u64> {
    sql!(
        "insert into note_states (session, number, text, at)
         select $1, coalesce(max(number), 0) + 1, $2, $3 from note_states where session = $1",
        session,
        text,
        at
    )
    .run(tx)
    .await
}

/// The latest.
pub async fn last_state(tx: &mut Tx, session: SessionId) -> Result<Option<(Timestamp, String)>> {
    sql!("select at, text from note_states where session = $1 order by number desc limit 1", session).optional(tx).await
}

#[derive(Deserialize)]
pub struct State {
    pub number: i64,
    pub text: String,
    pub at: Timestamp,
}

/// The latest first.
pub async fn list_states(tx: &mut Tx, session: SessionId, limit: i64) -> Result<Vec<State>> {
    sql!("select number, text, at from note_states where session = $1 order by number desc limit $2", session, limit)
        .all(tx)
        .await
}

pub async fn find_state(tx: &mut Tx, session: SessionId, number: i64) -> Result<Option<State>> {
    sql!("select number, text, at from note_states where session = $1 and number = $2", session, number)
        .optional(tx)
        .await
}

/// When the last update came.
pub async fn last_at(tx: &mut Tx, session: SessionId) -> Result<Option<Timestamp>> {
    sql!("select max(at) from note_updates where session = $1", session).one(tx).await
}
