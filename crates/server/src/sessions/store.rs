use std::collections::BTreeSet;

use db::{Json, Result, Set, Tx, sql};
use model::{
    ids::*,
    live::{Event, NewStep},
    sessions::*,
    time::Timestamp,
    words::Line,
};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Row {
    pub space: SpaceId,
    pub title: String,
    pub facilitator: PersonId,
    pub steps: Vec<NewStep>,
    /// The number of the last event.
    pub last_seq: i64,
    pub state: SessionState,
    pub starts_at: Timestamp,
    pub series: Option<SeriesId>,
    pub video: String,
    pub cancel_reason: String,
    pub version: i64,
    /// The session of which it is a group.
    pub parent_id: Option<SessionId>,
}

impl Row {
    /// The first event of every session, which is not stored: the plan is.
    pub fn plan(&self) -> Event {
        Event::Scheduled { title: self.title.clone(), facilitator: self.facilitator, steps: self.steps.clone() }
    }

    pub fn planned(&self) -> Vec<PlannedStep> {
        planned(&self.steps)
    }

    pub fn video(&self) -> Option<VideoLink> {
        self.video.parse().ok()
    }
}

pub fn planned(steps: &[NewStep]) -> Vec<PlannedStep> {
    let step = |step: &NewStep| Some(PlannedStep::of(Line::new(&step.title)?, step.minutes.into(), step.rules));
    steps.iter().filter_map(step).collect()
}

pub async fn find(tx: &mut Tx, session: SessionId) -> Result<Option<Row>> {
    sql!(
        "select space, title, facilitator, steps, last_seq, state, starts_at, series, video, cancel_reason, version, parent_id
         from sessions where id = $1",
        session
    )
    .optional(tx)
    .await
}

pub async fn card(tx: &mut Tx, session: SessionId) -> Result<Option<SessionCard>> {
    sql!(
        "select sessions.id as id, sessions.space as space, spaces.name as space_name, sessions.title as title,
                sessions.state as state, sessions.starts_at as starts_at, sessions.minutes as minutes,
                people.name as facilitator, sessions.parent_id as main
         from sessions
         join spaces on spaces.id = sessions.space
         join people on people.id = sessions.facilitator
         where sessions.id = $1",
        session
    )
    .optional(tx)
    .await
}

/// Where a session stands in a list: open ones first, then planned ones by their start, then what was or is not held, the latest first. One
/// number, the greatest first, so that the list has one order and a cursor; [`list`] makes the same. No instant that a form
/// takes reaches the step between the states.
pub fn place(card: &SessionCard) -> Timestamp {
    const STATE: i64 = 1_000_000_000_000_000;
    Timestamp(match card.state {
        SessionState::Open => 3 * STATE - card.starts_at.ms(),
        SessionState::Planned => 2 * STATE - card.starts_at.ms(),
        SessionState::Closed | SessionState::Cancelled => STATE / 2 + card.starts_at.ms(),
    })
}

/// Those in the `visible` spaces, in the order of [`place`], after a place in it.
pub async fn list(
    tx: &mut Tx,
    visible: &[SpaceId],
    space: Option<SpaceId>,
    after: Option<(Timestamp, String)>,
    limit: i64,
) -> Result<Vec<SessionCard>> {
    let (place, id) = after.unwrap_or((Timestamp(i64::MAX), String::new()));
    sql!(
        "select found.id as id, found.space as space, spaces.name as space_name, found.title as title,
                found.state as state, found.starts_at as starts_at, found.minutes as minutes,
                people.name as facilitator, found.parent_id as main
         from (select id, space, title, state, starts_at, minutes, facilitator, parent_id,
                      case state when 'open' then 3000000000000000 - starts_at
                                 when 'planned' then 2000000000000000 - starts_at
                                 else 500000000000000 + starts_at end as place
               from sessions
               where parent_id is null and space in (select key from jsonb_each($1)) and ($2 = '' or space = $2)) as found
         join spaces on spaces.id = found.space
         join people on people.id = found.facilitator
         where found.place < $3 or (found.place = $3 and found.id < $4)
         order by found.place desc, found.id desc limit $5",
        Set(visible),
        space.map(|space| space.to_string()).unwrap_or_default(),
        place,
        id,
        limit
    )
    .all(tx)
    .await
}

pub async fn latest(tx: &mut Tx, visible: &[SpaceId], limit: i64) -> Result<Vec<SessionCard>> {
    list(tx, visible, None, None, limit).await
}

/// Open ones, and planned ones that begin at `from` or later.
pub async fn coming(tx: &mut Tx, visible: &[SpaceId], from: Timestamp, limit: i64) -> Result<Vec<SessionCard>> {
    sql!(
        "select sessions.id as id, sessions.space as space, spaces.name as space_name, sessions.title as title,
                sessions.state as state, sessions.starts_at as starts_at, sessions.minutes as minutes,
                people.name as facilitator, sessions.parent_id as main
         from sessions
         join spaces on spaces.id = sessions.space
         join people on people.id = sessions.facilitator
         where sessions.parent_id is null and sessions.space in (select key from jsonb_each($1))
           and (sessions.state = 'open' or (sessions.state = 'planned' and sessions.starts_at >= $2))
         order by sessions.state, sessions.starts_at, sessions.id limit $3",
        Set(visible),
        from,
        limit
    )
    .all(tx)
    .await
}

/// What happened in a session after the event `seq`, each with its number and the time of its row. The text of a deleted message is
/// in no row.
pub async fn list_events(tx: &mut Tx, session: SessionId, seq: i64) -> Result<Vec<(i64, Timestamp, Event)>> {
    let rows: Vec<(i64, Timestamp, Json<Event>)> =
        sql!("select seq, at, payload from session_events where session = $1 and seq > $2 order by seq", session, seq)
            .all(tx)
            .await?;
    Ok(rows.into_iter().map(|(seq, at, Json(event))| (seq, at, event)).collect())
}

/// Of people with the team for which they were there, those who have left it; of those who came for none, who is in no team and has
/// no role any more.
pub async fn list_left(tx: &mut Tx, named: &[(PersonId, Option<TeamId>)]) -> Result<BTreeSet<PersonId>> {
    let people: Vec<PersonId> = named.iter().map(|(person, _)| *person).collect();
    let here: Vec<(PersonId, Option<TeamId>)> = sql!(
        "select person, team from members where person in (select key from jsonb_each($1))
         union all select person, null from roles where person in (select key from jsonb_each($1))",
        Set(&people)
    )
    .all(tx)
    .await?;
    let stays = |person: PersonId, team: Option<TeamId>| {
        here.iter().any(|(other, of)| *other == person && (team.is_none() || of.is_none() || *of == team))
    };
    Ok(named.iter().filter(|(person, team)| !stays(*person, *team)).map(|(person, _)| *person).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_sessions_come_first_then_the_next_ones_then_the_latest_past_ones() {
        let id = |n| SessionId::from_uuid(uuid::Uuid::from_u128(n));
        let card = |n: u128, state, starts_at| SessionCard {
            id: id(n),
            space: SpaceId::from_uuid(uuid::Uuid::from_u128(1)),
            space_name: String::new(),
            title: String::new(),
            state,
            starts_at: Timestamp(starts_at),
            minutes: 60,
            main: None,
            facilitator: String::new(),
        };
        let late: i64 = "2200-12-31T23:59".parse::<model::time::LocalDateTime>().unwrap().instant().ms();
        let mut cards = [
            card(1, SessionState::Closed, 5),
            card(2, SessionState::Planned, late),
            card(3, SessionState::Closed, late),
            card(4, SessionState::Planned, 9),
            card(5, SessionState::Open, late),
        ];
        cards.sort_by_key(|card| std::cmp::Reverse(place(card)));
        assert_eq!(cards.map(|card| card.id), [5, 4, 2, 3, 1].map(id));
    }
}
