use db::{Result, Tx, sql};
use model::{access::Role, ids::*, live::NewStep, sessions::*, time::Timestamp};
use serde::Deserialize;

pub struct New<'a> {
    pub id: SessionId,
    pub space: SpaceId,
    pub title: &'a str,
    pub facilitator: PersonId,
    pub starts_at: Timestamp,
    pub steps: &'a [NewStep],
    pub series: Option<SeriesId>,
    pub video: &'a str,
    pub at: Timestamp,
}

pub async fn insert(tx: &mut Tx, new: &New<'_>) -> Result<u64> {
    sql!(
        "insert into sessions (id, space, title, facilitator, state, starts_at, minutes, steps, last_seq, created_at, series, video)
         values ($1, $2, $3, $4, 'planned', $5, $6, $7, 0, $8, $9, $10)",
        new.id,
        new.space,
        new.title,
        new.facilitator,
        new.starts_at,
        minutes(new.steps),
        new.steps,
        new.at,
        new.series,
        new.video
    )
    .run(tx)
    .await
}

pub async fn insert_series(tx: &mut Tx, id: SeriesId, space: SpaceId, every: Every, now: Timestamp) -> Result<u64> {
    sql!("insert into series (id, space, every, created_at) values ($1, $2, $3, $4)", id, space, every, now)
        .run(tx)
        .await
}

fn minutes(steps: &[NewStep]) -> i64 {
    steps.iter().map(|step| i64::from(step.minutes)).sum()
}

/// Takes the next version, so that nobody else changes the plan of `version` and no event comes in between.
pub async fn lock(tx: &mut Tx, session: SessionId, version: i64) -> Result<u64> {
    sql!("update sessions set version = version + 1 where id = $1 and version = $2", session, version).run(tx).await
}

pub struct Change<'a> {
    pub id: SessionId,
    pub title: &'a str,
    pub starts_at: Timestamp,
    pub steps: &'a [NewStep],
    pub video: &'a str,
    /// Those invited are told.
    pub told: bool,
    pub at: Timestamp,
}

pub async fn update(tx: &mut Tx, change: &Change<'_>) -> Result<u64> {
    sql!(
        "update sessions set title = $2, starts_at = $3, minutes = $4, steps = $5, video = $6,
                             sequence = sequence + $7, changed_at = $8
         where id = $1",
        change.id,
        change.title,
        change.starts_at,
        minutes(change.steps),
        change.steps,
        change.video,
        i64::from(change.told),
        change.at
    )
    .run(tx)
    .await
}

pub async fn cancel(tx: &mut Tx, session: SessionId, reason: &str, at: Timestamp) -> Result<u64> {
    sql!(
        "update sessions set state = 'cancelled', cancel_reason = $2, sequence = sequence + 1, changed_at = $3 where id = $1",
        session,
        reason,
        at
    )
    .run(tx)
    .await
}

/// Those of the same series that begin later and are still planned, with a version of their own from here on.
pub async fn list_following(tx: &mut Tx, session: SessionId) -> Result<Vec<SessionId>> {
    sql!(
        "update sessions set version = version + 1
         where state = 'planned' and series is not null
           and series = (select one.series from sessions one where one.id = $1)
           and (starts_at > (select one.starts_at from sessions one where one.id = $1)
                or (starts_at = (select one.starts_at from sessions one where one.id = $1) and id > $1))",
        session
    )
    .run(tx)
    .await?;
    sql!(
        "select others.id as id
         from sessions one
         join sessions others on others.series = one.series and others.state = 'planned'
              and (others.starts_at > one.starts_at or (others.starts_at = one.starts_at and others.id > one.id))
         where one.id = $1
         order by others.starts_at, others.id",
        session
    )
    .all(tx)
    .await
}

#[derive(Deserialize)]
struct Place {
    id: SessionId,
    state: SessionState,
    every: Every,
}

/// Where the session stands in its series.
pub async fn place(tx: &mut Tx, series: SeriesId, session: SessionId) -> Result<Option<SeriesShown>> {
    let all: Vec<Place> = sql!(
        "select sessions.id as id, sessions.state as state, series.every as every
         from sessions join series on series.id = sessions.series
         where sessions.series = $1 order by sessions.starts_at, sessions.id",
        series
    )
    .all(tx)
    .await?;
    let Some(at) = all.iter().position(|one| one.id == session) else { return Ok(None) };
    let near = |index: Option<usize>| index.and_then(|index| all.get(index)).map(|one| one.id);
    Ok(Some(SeriesShown {
        id: series,
        every: all[at].every,
        place: at as i64 + 1,
        of: all.len() as i64,
        previous: near(at.checked_sub(1)),
        next: near(Some(at + 1)),
        following: all[at + 1..].iter().filter(|one| one.state == SessionState::Planned).count() as i64,
    }))
}

/// Who serves the teams of a space and could be invited beside them, by name: a row for each role in it.
pub async fn list_office(
    tx: &mut Tx,
    network: NetworkId,
    teams: &[TeamId],
    municipalities: &[model::schools::MunicipalityCode],
) -> Result<Vec<(PersonId, String, Role)>> {
    let rows = sql!(
        "select people.id as id, people.name as name, roles.role as role, roles.scope as scope
         from roles join people on people.id = roles.person
         where people.suspended_at is null
           and ((roles.role in ('coordinator', 'expert', 'centre_specialist') and roles.scope = $1)
                or (roles.role = 'consultant' and roles.scope in (select key from jsonb_each($2)))
                or (roles.role = 'municipal_specialist' and roles.scope in (select key from jsonb_each($3))))
         order by people.name_key, people.id, roles.role, roles.scope limit 100",
        network.to_string(),
        db::Set(teams),
        db::Set(municipalities)
    );
    let rows: Vec<(PersonId, String, String, String)> = rows.all(tx).await?;
    Ok(rows.into_iter().filter_map(|(id, name, role, scope)| Some((id, name, Role::read(&role, &scope)?))).collect())
}
