use std::collections::BTreeSet;

use db::{Result, Set, Tx, sql};
use model::{
    ids::*,
    sessions::*,
    time::{Millis, Timestamp},
};
use serde::Deserialize;

pub async fn set_teams(tx: &mut Tx, session: SessionId, teams: &BTreeSet<TeamId>) -> Result<()> {
    let teams: Vec<TeamId> = teams.iter().copied().collect();
    sql!("delete from session_teams where session = $1", session).run(tx).await?;
    sql!("insert into session_teams (session, team) select $1, key from jsonb_each($2)", session, Set(&teams))
        .run(tx)
        .await?;
    Ok(())
}

/// What somebody answered stays, whether they are named or not.
pub async fn set_people(tx: &mut Tx, session: SessionId, people: &[PersonId]) -> Result<()> {
    sql!("update session_people set named = false where session = $1", session).run(tx).await?;
    sql!(
        "insert into session_people (session, person, named, answer, note)
         select $1, key, true, '', '' from jsonb_each($2) where true
         on conflict (session, person) do update set named = true",
        session,
        Set(people)
    )
    .run(tx)
    .await?;
    sql!("delete from session_people where session = $1 and not named and answer = ''", session).run(tx).await?;
    Ok(())
}

/// The teams and the people as they were chosen.
pub async fn chosen(tx: &mut Tx, session: SessionId) -> Result<(BTreeSet<TeamId>, BTreeSet<PersonId>)> {
    let teams = sql!("select team from session_teams where session = $1", session).all::<TeamId>(tx).await?;
    let people =
        sql!("select person from session_people where session = $1 and named", session).all::<PersonId>(tx).await?;
    Ok((teams.into_iter().collect(), people.into_iter().collect()))
}

pub async fn forget_answers(tx: &mut Tx, session: SessionId) -> Result<u64> {
    sql!("update session_people set answer = '', note = '', answered_at = null where session = $1", session)
        .run(tx)
        .await
}

pub async fn answer(
    tx: &mut Tx,
    session: SessionId,
    person: PersonId,
    answer: Coming,
    note: &str,
    at: Timestamp,
) -> Result<u64> {
    sql!(
        "insert into session_people (session, person, named, answer, note, answered_at) values ($1, $2, false, $3, $4, $5)
         on conflict (session, person) do update
            set answer = excluded.answer, note = excluded.note, answered_at = excluded.answered_at",
        session,
        person,
        answer,
        note,
        at
    )
    .run(tx)
    .await
}

fn coming(word: &str) -> Option<Coming> {
    serde_json::from_value(word.into()).ok()
}

/// Somebody who is invited, for a team or, without one, by name.
#[derive(Deserialize)]
pub struct Row {
    pub person: PersonId,
    pub name: String,
    pub team: Option<TeamId>,
    pub team_name: Option<String>,
    answer: String,
    pub note: String,
}

impl Row {
    pub fn answer(&self) -> Option<Coming> {
        coming(&self.answer)
    }
}

/// By team and name; who is in two invited teams, or in one and named, comes twice. A team that no longer meets in the space, or is
/// archived, invites nobody.
pub async fn list(tx: &mut Tx, session: SessionId) -> Result<Vec<Row>> {
    sql!(
        "select people.id as person, people.name as name, found.team as team, teams.name as team_name,
                coalesce(answers.answer, '') as answer, coalesce(answers.note, '') as note
         from (select members.person as person, members.team as team
               from session_teams
               join sessions on sessions.id = session_teams.session
               join space_teams on space_teams.space = sessions.space and space_teams.team = session_teams.team
               join members on members.team = session_teams.team
               where session_teams.session = $1
               union all
               select person, null as team from session_people where session = $1 and named) as found
         join people on people.id = found.person and people.suspended_at is null
         left join teams on teams.id = found.team
         left join session_people answers on answers.session = $1 and answers.person = found.person
         where found.team is null or teams.state <> 'archived'
         order by case when found.team is null then 1 else 0 end, teams.name_key, teams.id, people.name_key, people.id",
        session
    )
    .all(tx)
    .await
}

/// Who is to know of each session: the invited and who leads it.
pub async fn circle(tx: &mut Tx, sessions: &[SessionId]) -> Result<Vec<(SessionId, PersonId)>> {
    sql!(
        "select session_teams.session as session, members.person as person
         from session_teams
         join sessions on sessions.id = session_teams.session
         join space_teams on space_teams.space = sessions.space and space_teams.team = session_teams.team
         join teams on teams.id = session_teams.team and teams.state <> 'archived'
         join members on members.team = session_teams.team
         where session_teams.session in (select key from jsonb_each($1))
         union
         select session, person from session_people where named and session in (select key from jsonb_each($1))
         union
         select id, facilitator from sessions where id in (select key from jsonb_each($1))",
        Set(sessions)
    )
    .all(tx)
    .await
}

/// How a session stands now.
#[derive(Deserialize)]
pub struct Standing {
    pub id: SessionId,
    pub state: SessionState,
    starts_at: Timestamp,
    minutes: i64,
    pub sequence: i64,
    pub version: i64,
}

impl Standing {
    pub fn ends_at(&self) -> Timestamp {
        self.starts_at.plus(Millis::minutes(self.minutes))
    }
}

pub async fn standings(tx: &mut Tx, sessions: &[SessionId]) -> Result<Vec<Standing>> {
    sql!(
        "select id, state, starts_at, minutes, sequence, version from sessions where id in (select key from jsonb_each($1))",
        Set(sessions)
    )
    .all(tx)
    .await
}

/// Addresses that are known to be their owners', of people who may sign in.
pub async fn addresses(tx: &mut Tx, people: &[PersonId]) -> Result<Vec<(PersonId, String)>> {
    sql!(
        "select id, email from people
         where id in (select key from jsonb_each($1)) and email_verified_at is not null and suspended_at is null",
        Set(people)
    )
    .all(tx)
    .await
}

#[derive(Deserialize)]
struct MeetingRow {
    id: SessionId,
    space: SpaceId,
    space_name: String,
    title: String,
    state: SessionState,
    starts_at: Timestamp,
    minutes: i64,
    facilitator: String,
    leads: i64,
    answer: String,
}

/// The sessions that a person leads or is invited to, of those in the `visible` spaces, the next first.
pub async fn meetings(
    tx: &mut Tx,
    person: PersonId,
    visible: &[SpaceId],
    from: Timestamp,
    limit: i64,
) -> Result<Vec<Meeting>> {
    let rows: Vec<MeetingRow> = sql!(
        "select sessions.id as id, sessions.space as space, spaces.name as space_name, sessions.title as title,
                sessions.state as state, sessions.starts_at as starts_at, sessions.minutes as minutes,
                people.name as facilitator, cast(case when sessions.facilitator = $1 then 1 else 0 end as bigint) as leads,
                coalesce(answers.answer, '') as answer
         from sessions
         join spaces on spaces.id = sessions.space
         join people on people.id = sessions.facilitator
         left join session_people answers on answers.session = sessions.id and answers.person = $1
         where sessions.parent_id is null and sessions.space in (select key from jsonb_each($2))
           and (sessions.state = 'open' or (sessions.state in ('planned', 'cancelled') and sessions.starts_at >= $3))
           and (sessions.facilitator = $1 or coalesce(answers.named, false)
                or exists (select 1 from session_teams
                           join members on members.team = session_teams.team and members.person = $1
                           join teams on teams.id = session_teams.team and teams.state <> 'archived'
                           join space_teams on space_teams.team = session_teams.team and space_teams.space = sessions.space
                           where session_teams.session = sessions.id))
         order by case when sessions.state = 'open' then 0 else 1 end, sessions.starts_at, sessions.id limit $4",
        person,
        Set(visible),
        from,
        limit
    )
    .all(tx)
    .await?;
    let meeting = |row: MeetingRow| Meeting {
        leads: row.leads == 1,
        answer: coming(&row.answer),
        card: SessionCard {
            id: row.id,
            space: row.space,
            space_name: row.space_name,
            title: row.title,
            state: row.state,
            starts_at: row.starts_at,
            minutes: row.minutes,
            main: None,
            facilitator: row.facilitator,
        },
    };
    Ok(rows.into_iter().map(meeting).collect())
}
