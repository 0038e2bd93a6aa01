//! The SQL of live sessions.

use db::{Json, Result, Rows, Set, Tx, sql};
use model::{
    access::{Facts, SessionFacts},
    ids::*,
    live::{Event, NewStep, Room, evolve},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ballots;
use crate::spaces;

/// A session as it was planned.
#[derive(Deserialize)]
pub struct Plan {
    pub title: String,
    pub facilitator: PersonId,
    pub steps: Vec<NewStep>,
    pub last_seq: i64,
}

pub async fn plan(tx: &mut Tx, session: SessionId) -> Result<Option<Plan>> {
    sql!("select title, facilitator, steps, last_seq from sessions where id = $1", session).optional(tx).await
}

/// The room as it is on disk, to be decided upon outside of its task.
pub async fn fold(tx: &mut Tx, session: SessionId) -> Result<Room> {
    let mut room = Room::default();
    if let Some(plan) = plan(tx, session).await? {
        evolve(&mut room, &Event::Scheduled { title: plan.title, facilitator: plan.facilitator, steps: plan.steps });
    }
    let events: Vec<Json<Event>> =
        sql!("select payload from session_events where session = $1 order by seq", session).all(tx).await?;
    events.iter().for_each(|Json(event)| evolve(&mut room, event));
    Ok(room)
}

/// Holds the session's numbers until the end of the transaction.
pub async fn lock(tx: &mut Tx, session: SessionId) -> Result<u64> {
    sql!("update sessions set last_seq = last_seq where id = $1", session).run(tx).await
}

pub async fn epoch(tx: &mut Tx) -> Result<String> {
    let epoch = sql!("select epoch from site").optional::<String>(tx).await?;
    Ok(epoch.unwrap_or_default())
}

/// An event as it is stored.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Row {
    pub seq: i64,
    pub command_id: CommandId,
    pub part: i64,
    /// The id of a person, or `clock` or `server`.
    pub actor: String,
    pub payload: String,
    pub at: Timestamp,
}

/// The next `limit` events after this one.
pub async fn list_after(tx: &mut Tx, session: SessionId, seq: i64, limit: i64) -> Result<Vec<Row>> {
    sql!(
        "select seq, command_id, part, actor, payload, at from session_events where session = $1 and seq > $2 order by seq limit $3",
        session,
        seq,
        limit
    )
    .all(tx)
    .await
}

/// The room as it was kept, with its last event; none of another shape.
pub async fn snapshot(tx: &mut Tx, session: SessionId, shape: &str) -> Result<Option<(i64, String)>> {
    sql!("select seq, room from session_snapshots where session = $1 and shape = $2", session, shape).optional(tx).await
}

pub async fn keep_snapshot(tx: &mut Tx, session: SessionId, seq: i64, shape: &str, room: &str) -> Result<u64> {
    sql!(
        "insert into session_snapshots (session, seq, shape, room) values ($1, $2, $3, $4)
         on conflict (session) do update set seq = excluded.seq, shape = excluded.shape, room = excluded.room",
        session,
        seq,
        shape,
        room
    )
    .run(tx)
    .await
}

/// To be called in every transaction that changes stored events.
pub async fn forget_snapshot(tx: &mut Tx, session: SessionId) -> Result<u64> {
    sql!("delete from session_snapshots where session = $1", session).run(tx).await
}

async fn forget_snapshot_of(tx: &mut Tx, session: SessionId, deleted: Uuid) -> Result<u64> {
    let like = format!("%{deleted}%");
    sql!("delete from session_snapshots where session = $1 and room like $2", session, like).run(tx).await
}

/// A batch of one session on its way to disk.
#[derive(Serialize)]
pub struct Claim {
    /// The last event that the batch was decided upon.
    pub known: i64,
    pub n: usize,
}

/// Takes the numbers for each batch, and names the sessions where no other node was first.
pub async fn claim(tx: &mut Tx, claims: &serde_json::Map<String, serde_json::Value>) -> Result<Vec<SessionId>> {
    sql!(
        "update sessions set last_seq = last_seq + claim.n
         from (select key as session, cast(value ->> 'n' as bigint) as n, cast(value ->> 'known' as bigint) as known
               from jsonb_each($1)) as claim
         where sessions.id = claim.session and sessions.last_seq = claim.known
         returning id",
        claims
    )
    .all(tx)
    .await
}

/// A row with its session.
#[derive(Serialize)]
pub struct Insert<'a> {
    pub session: SessionId,
    #[serde(flatten)]
    pub row: &'a Row,
}

pub async fn insert(tx: &mut Tx, rows: &[Insert<'_>]) -> Result<u64> {
    sql!(
        "insert into session_events (session, seq, command_id, part, actor, payload, at)
         select value ->> 'session', cast(value ->> 'seq' as bigint), value ->> 'command_id', cast(value ->> 'part' as bigint),
                value ->> 'actor', value ->> 'payload', cast(value ->> 'at' as bigint)
         from jsonb_each($1) order by cast(key as bigint)",
        Rows(rows)
    )
    .run(tx)
    .await
}

/// The number that comes after the last event, taken for `n` events whatever came before.
pub async fn claim_next(tx: &mut Tx, session: SessionId, n: i64) -> Result<Option<i64>> {
    sql!("update sessions set last_seq = last_seq + $2 where id = $1 returning last_seq - $2 + 1", session, n)
        .optional(tx)
        .await
}

/// The last event of each command that has been done, by command id.
pub async fn answers(tx: &mut Tx, session: SessionId, commands: &[CommandId]) -> Result<Vec<(String, CommandId, i64)>> {
    sql!(
        "select actor, command_id, max(seq) as seq from session_events
         where session = $1 and command_id in (select key from jsonb_each($2)) group by actor, command_id",
        session,
        Set(commands)
    )
    .all(tx)
    .await
}

pub async fn set_state(tx: &mut Tx, session: SessionId, state: &str) -> Result<u64> {
    sql!("update sessions set state = $2 where id = $1", session, state).run(tx).await
}

/// Begins an interval of attendance unless one is open.
pub async fn arrive(tx: &mut Tx, session: SessionId, person: PersonId, at: Timestamp) -> Result<u64> {
    sql!(
        "insert into attendance (session, person, arrived_at, seen_at)
         select $1, $2, $3, $3
         where not exists (select 1 from attendance where session = $1 and person = $2 and left_at is null)
         on conflict (session, person, arrived_at) do nothing",
        session,
        person,
        at
    )
    .run(tx)
    .await
}

pub async fn leave(tx: &mut Tx, session: SessionId, person: PersonId, at: Timestamp) -> Result<u64> {
    sql!(
        "update attendance set left_at = $3, seen_at = $3 where session = $1 and person = $2 and left_at is null",
        session,
        person,
        at
    )
    .run(tx)
    .await
}

pub async fn leave_all(tx: &mut Tx, session: SessionId, at: Timestamp) -> Result<u64> {
    sql!("update attendance set left_at = $2, seen_at = $2 where session = $1 and left_at is null", session, at)
        .run(tx)
        .await
}

/// Writes that these people are still here.
pub async fn seen(tx: &mut Tx, session: SessionId, people: &[PersonId], at: Timestamp) -> Result<u64> {
    sql!(
        "update attendance set seen_at = $3
         where session = $1 and left_at is null and person in (select key from jsonb_each($2))",
        session,
        Set(people),
        at
    )
    .run(tx)
    .await
}

/// Open intervals, with when each was last seen.
pub async fn list_here(tx: &mut Tx, session: SessionId) -> Result<Vec<(PersonId, Timestamp)>> {
    sql!("select person, seen_at from attendance where session = $1 and left_at is null", session).all(tx).await
}

/// Takes the text of what was deleted out of the stored events, and out of what was kept of the room.
pub async fn redact(tx: &mut Tx, session: SessionId, deleted: Uuid) -> Result<()> {
    forget_snapshot_of(tx, session, deleted).await?;
    let like = format!("%{deleted}%");
    let rows: Vec<(i64, String)> =
        sql!("select seq, payload from session_events where session = $1 and payload like $2", session, like)
            .all(tx)
            .await?;
    for (seq, payload) in rows {
        let redacted = serde_json::from_str::<Event>(&payload).ok().and_then(|event| event.without(deleted));
        if let Some(event) = redacted {
            update_payload(tx, session, seq, &serde_json::to_string(&event).unwrap_or_default()).await?;
        }
    }
    Ok(())
}

async fn update_payload(tx: &mut Tx, session: SessionId, seq: i64, payload: &str) -> Result<u64> {
    sql!("update session_events set payload = $3 where session = $1 and seq = $2", session, seq, payload).run(tx).await
}

/// What permission in the session depends on; none when there is no such session.
pub async fn facts(tx: &mut Tx, session: SessionId) -> Result<Option<Facts>> {
    let found = sql!("select space, facilitator from sessions where id = $1", session);
    let Some((space, facilitator)) = found.optional::<(SpaceId, PersonId)>(tx).await? else { return Ok(None) };
    let space = spaces::store::facts(tx, space).await?;
    Ok(space.map(|space| Facts::Session(SessionFacts { space, facilitator })))
}

pub async fn insert_ballots(tx: &mut Tx, session: SessionId, rows: &[ballots::Put]) -> Result<u64> {
    sql!(
        "insert into ballots (poll, key, session, choice)
         select value ->> 'poll', value ->> 'key', $1, value ->> 'choice' from jsonb_each($2) order by cast(key as bigint)",
        session,
        Rows(rows)
    )
    .run(tx)
    .await
}

/// What was chosen without names, by the random keys.
pub async fn list_ballots(tx: &mut Tx, poll: PollId) -> Result<Vec<String>> {
    sql!("select choice from ballots where poll = $1 order by key", poll).all(tx).await
}

pub async fn delete_ballots(tx: &mut Tx, poll: PollId) -> Result<u64> {
    sql!("delete from ballots where poll = $1", poll).run(tx).await
}
