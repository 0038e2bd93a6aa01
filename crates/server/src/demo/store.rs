use db::{Result, Rows, Tx, sql};
use model::{
    ids::*, live::NewStep, practices::PracticeText, schools::SchoolSize, sessions::SessionState, sorting::sort_key,
    time::Timestamp,
};
use serde::Serialize;
use uuid::Uuid;

pub async fn suspend(tx: &mut Tx, person: PersonId, now: Timestamp) -> Result<u64> {
    sql!("update people set suspended_at = $2 where id = $1", person, now).run(tx).await
}

pub struct Practice<'a> {
    pub id: PracticeId,
    pub space: SpaceId,
    pub team: TeamId,
    pub author: PersonId,
    pub municipality: Option<&'static str>,
    pub size: Option<SchoolSize>,
    pub text: &'a PracticeText,
    pub at: Timestamp,
}

pub async fn insert_practice(tx: &mut Tx, practice: Practice<'_>) -> Result<u64> {
    let text = practice.text;
    sql!(
        "insert into practices (id, space, team, author, state, title, body, summary, area, grade_from, grade_to, cost,
                                municipality, school_size, version, created_at, published_at, updated_at, title_key)
         values ($1, $2, $3, $4, 'published', $5, $6, $7, $8, $9, $10, $11, $12, $13, 1, $14, $14, $14, $15)",
        practice.id,
        practice.space,
        practice.team,
        practice.author,
        text.title,
        text,
        text.summary.as_deref().unwrap_or_default(),
        text.area,
        text.span.map(|span| span.from),
        text.span.map(|span| span.to),
        text.cost,
        practice.municipality,
        practice.size,
        practice.at,
        sort_key(&text.title)
    )
    .run(tx)
    .await
}

/// The item as it is since its last edit.
pub async fn update_practice(tx: &mut Tx, id: Uuid, version: i64, at: Timestamp) -> Result<u64> {
    sql!("update practices set version = $2, updated_at = $3 where id = $1", id, version, at).run(tx).await
}

pub async fn update_problem(tx: &mut Tx, id: Uuid, version: i64, at: Timestamp) -> Result<u64> {
    sql!("update problems set version = $2, updated_at = $3 where id = $1", id, version, at).run(tx).await
}

pub struct Session<'a> {
    pub id: SessionId,
    pub space: SpaceId,
    pub title: &'a str,
    pub facilitator: PersonId,
    pub state: SessionState,
    pub starts_at: Timestamp,
    pub minutes: i64,
    pub steps: &'a [NewStep],
    pub last_seq: i64,
}

pub async fn insert_session(tx: &mut Tx, session: Session<'_>) -> Result<u64> {
    sql!(
        "insert into sessions (id, space, title, facilitator, state, starts_at, minutes, steps, last_seq, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $6)",
        session.id,
        session.space,
        session.title,
        session.facilitator,
        session.state,
        session.starts_at,
        session.minutes,
        session.steps,
        session.last_seq
    )
    .run(tx)
    .await
}

/// An event of a session; they are numbered in their order from 1.
#[derive(Serialize)]
pub struct Live {
    pub command: String,
    pub actor: String,
    pub payload: String,
    pub at: Timestamp,
}

pub async fn insert_events(tx: &mut Tx, session: SessionId, events: &[Live]) -> Result<u64> {
    sql!(
        "insert into session_events (session, seq, command_id, part, actor, payload, at)
         select $1, cast(key as bigint) + 1, value ->> 'command', 0, value ->> 'actor', value ->> 'payload',
                cast(value ->> 'at' as bigint)
         from jsonb_each($2) order by cast(key as bigint)",
        session,
        Rows(events)
    )
    .run(tx)
    .await
}

pub async fn insert_attendance(
    tx: &mut Tx,
    session: SessionId,
    person: PersonId,
    arrived_at: Timestamp,
    left_at: Option<Timestamp>,
    seen_at: Timestamp,
) -> Result<u64> {
    sql!(
        "insert into attendance (session, person, arrived_at, left_at, seen_at) values ($1, $2, $3, $4, $5)",
        session,
        person,
        arrived_at,
        left_at,
        seen_at
    )
    .run(tx)
    .await
}
