use db::{Result, Set, Tx, sql};
use model::{
    actions::*,
    ids::*,
    time::{LocalDate, Timestamp},
};
use serde::Deserialize;

/// An action with the words of what it refers to.
#[derive(Deserialize)]
pub struct Row {
    pub id: ActionItemId,
    pub space: SpaceId,
    pub space_name: String,
    pub session: Option<SessionId>,
    pub session_title: Option<String>,
    pub step: Option<StepId>,
    pub text: String,
    pub team: TeamId,
    pub team_name: String,
    pub person: Option<PersonId>,
    pub name: String,
    pub due: Option<LocalDate>,
    pub state: ActionState,
    pub reason: Option<String>,
    pub agreed_by: PersonId,
    pub agreed_at: Timestamp,
    pub version: i64,
}

impl Row {
    pub fn owner(&self) -> OwnerCard {
        OwnerCard { team: self.team, team_name: self.team_name.clone(), person: self.person, name: self.name.clone() }
    }
}

pub async fn find(tx: &mut Tx, action: ActionItemId) -> Result<Option<Row>> {
    Ok(list_by_id(tx, &[action]).await?.pop())
}

pub async fn list_by_id(tx: &mut Tx, actions: &[ActionItemId]) -> Result<Vec<Row>> {
    sql!(
        "select actions.id as id, actions.space as space, spaces.name as space_name, actions.session as session,
                sessions.title as session_title, actions.step as step, actions.text as text, actions.team as team,
                teams.name as team_name, actions.person as person,
                case when members.person is null then '' else people.name end as name,
                actions.due as due, actions.state as state, action_changes.reason as reason,
                actions.agreed_by as agreed_by, actions.agreed_at as agreed_at, actions.version as version
         from actions
         join spaces on spaces.id = actions.space
         join teams on teams.id = actions.team
         left join sessions on sessions.id = actions.session
         left join people on people.id = actions.person
         left join members on members.team = actions.team and members.person = actions.person
         left join action_changes on action_changes.action = actions.id and action_changes.number = actions.version
         where actions.id in (select key from jsonb_each($1))
         order by actions.agreed_at, actions.id",
        Set(actions)
    )
    .all(tx)
    .await
}

/// What a list is asked for beside the spaces; an empty text asks for nothing.
pub struct Filter<'a> {
    pub visible: &'a [SpaceId],
    pub team: Option<TeamId>,
    pub state: Option<ActionState>,
    /// One's own, and those of one's teams as a whole.
    pub person: Option<PersonId>,
    pub teams: &'a [TeamId],
}

/// Open ones first, by their day, those without one last, then the latest agreed: each with its place, one number of which the
/// greatest comes first, so that the list has one order and a cursor.
pub async fn list(
    tx: &mut Tx,
    filter: &Filter<'_>,
    after: Option<(Timestamp, String)>,
    limit: i64,
) -> Result<Vec<(Timestamp, ActionItemId)>> {
    let (place, id) = after.unwrap_or((Timestamp(i64::MAX), String::new()));
    sql!(
        "select place, id from (
            select actions.id as id,
                   case actions.state
                        when 'open' then 2000000000000000 - coalesce(cast(replace(actions.due, '-', '') as bigint), 99999999)
                        else actions.agreed_at end as place
            from actions
            where actions.space in (select key from jsonb_each($1))
              and ($2 = '' or actions.team = $2)
              and ($3 = '' or actions.state = $3)
              and ($4 = '' or actions.person = $4
                   or (actions.person is null and actions.team in (select key from jsonb_each($5))))) as found
         where place < $6 or (place = $6 and id < $7)
         order by place desc, id desc limit $8",
        Set(filter.visible),
        filter.team.map(|team| team.to_string()).unwrap_or_default(),
        filter.state.map(pages::ui::key).unwrap_or_default(),
        filter.person.map(|person| person.to_string()).unwrap_or_default(),
        Set(filter.teams),
        place,
        id,
        limit
    )
    .all(tx)
    .await
}

/// What was agreed in a session, in that order.
pub async fn list_of_session(tx: &mut Tx, session: SessionId) -> Result<Vec<ActionItemId>> {
    sql!("select id from actions where session = $1 order by agreed_at, id", session).all(tx).await
}

/// The teams of a space that are not archived, each followed by its people.
pub async fn list_owners(tx: &mut Tx, space: SpaceId) -> Result<Vec<OwnerCard>> {
    let rows: Vec<(TeamId, String, Option<PersonId>, Option<String>)> = sql!(
        "select teams.id, teams.name, members.person, people.name
         from space_teams
         join teams on teams.id = space_teams.team
         left join members on members.team = teams.id
         left join people on people.id = members.person
         where space_teams.space = $1 and teams.state <> 'archived'
         order by teams.name_key, teams.id, people.name_key, people.id",
        space
    )
    .all(tx)
    .await?;
    let mut owners: Vec<OwnerCard> = Vec::with_capacity(rows.len() * 2);
    for (team, team_name, person, name) in rows {
        if owners.last().is_none_or(|last| last.team != team) {
            owners.push(OwnerCard { team, team_name: team_name.clone(), person: None, name: String::new() });
        }
        if person.is_some() {
            owners.push(OwnerCard { team, team_name, person, name: name.unwrap_or_default() });
        }
    }
    Ok(owners)
}

/// What an action is from now on.
pub struct Now<'a> {
    pub text: &'a str,
    pub team: TeamId,
    pub person: Option<PersonId>,
    pub due: Option<LocalDate>,
    pub state: ActionState,
}

pub struct New<'a> {
    pub id: ActionItemId,
    pub session: Option<SessionId>,
    pub step: Option<StepId>,
    pub by: PersonId,
    pub at: Timestamp,
    pub now: Now<'a>,
}

/// Nothing when there is one of this id already.
pub async fn insert(tx: &mut Tx, space: SpaceId, new: &New<'_>) -> Result<u64> {
    sql!(
        "insert into actions (id, space, session, step, team, person, text, due, state, version, agreed_by, agreed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $11) on conflict (id) do nothing",
        new.id,
        space,
        new.session,
        new.step,
        new.now.team,
        new.now.person,
        new.now.text,
        new.now.due,
        new.now.state,
        new.by,
        new.at
    )
    .run(tx)
    .await
}

/// No row when `version` is not the latest.
pub async fn update(tx: &mut Tx, action: ActionItemId, version: i64, now: &Now<'_>) -> Result<u64> {
    sql!(
        "update actions set team = $3, person = $4, text = $5, due = $6, state = $7, version = version + 1
         where id = $1 and version = $2",
        action,
        version,
        now.team,
        now.person,
        now.text,
        now.due,
        now.state
    )
    .run(tx)
    .await
}

/// How an action came to what it is.
pub struct Change<'a> {
    pub by: PersonId,
    pub at: Timestamp,
    /// In the room of a session.
    pub session: Option<SessionId>,
    pub reworded: bool,
    pub reason: Option<&'a str>,
}

/// Keeps what the action is now as its next change.
pub async fn insert_change(tx: &mut Tx, action: ActionItemId, change: &Change<'_>) -> Result<u64> {
    sql!(
        "insert into action_changes (action, number, person, at, session, state, team, owner, due, reworded, reason)
         select id, version, $2, $3, $4, state, team, person, due, $5, $6 from actions where id = $1
         on conflict (action, number) do nothing",
        action,
        change.by,
        change.at,
        change.session,
        change.reworded,
        change.reason
    )
    .run(tx)
    .await
}

#[derive(Deserialize)]
struct ChangeRow {
    by: String,
    at: Timestamp,
    session: Option<SessionId>,
    state: ActionState,
    team: TeamId,
    team_name: String,
    owner: Option<PersonId>,
    owner_name: String,
    due: Option<LocalDate>,
    reworded: bool,
    reason: Option<String>,
}

/// Whoever has left the teams of the space and has no role is not named.
pub async fn list_changes(tx: &mut Tx, action: ActionItemId) -> Result<Vec<ActionChange>> {
    let rows: Vec<ChangeRow> = sql!(
        "select case when exists (select 1 from members join space_teams on space_teams.team = members.team
                                  where space_teams.space = actions.space and members.person = action_changes.person)
                          or exists (select 1 from roles where roles.person = action_changes.person)
                     then people.name else '' end as by,
                action_changes.at as at, action_changes.session as session, action_changes.state as state,
                action_changes.team as team, teams.name as team_name, action_changes.owner as owner,
                case when members.person is null then '' else owners.name end as owner_name,
                action_changes.due as due, action_changes.reworded as reworded, action_changes.reason as reason
         from action_changes
         join actions on actions.id = action_changes.action
         join people on people.id = action_changes.person
         join teams on teams.id = action_changes.team
         left join people as owners on owners.id = action_changes.owner
         left join members on members.team = action_changes.team and members.person = action_changes.owner
         where action_changes.action = $1 order by action_changes.number",
        action
    )
    .all(tx)
    .await?;
    let change = |row: ChangeRow| ActionChange {
        by: row.by,
        at: row.at,
        session: row.session,
        state: row.state,
        owner: OwnerCard { team: row.team, team_name: row.team_name, person: row.owner, name: row.owner_name },
        due: row.due,
        reworded: row.reworded,
        reason: row.reason,
    };
    Ok(rows.into_iter().map(change).collect())
}

pub async fn space_of_session(tx: &mut Tx, session: SessionId) -> Result<Option<SpaceId>> {
    sql!("select space from sessions where id = $1", session).optional(tx).await
}

/// No row when it is in that state already.
pub async fn update_state(tx: &mut Tx, action: ActionItemId, state: ActionState) -> Result<u64> {
    sql!("update actions set state = $2, version = version + 1 where id = $1 and state <> $2", action, state)
        .run(tx)
        .await
}

pub async fn update_text(tx: &mut Tx, action: ActionItemId, text: &str) -> Result<u64> {
    sql!("update actions set text = $2 where id = $1", action, text).run(tx).await
}

/// Events of the rooms of its space that speak of it.
pub async fn list_events(tx: &mut Tx, action: ActionItemId) -> Result<Vec<(SessionId, i64, String)>> {
    sql!(
        "select session_events.session, session_events.seq, session_events.payload
         from session_events
         join sessions on sessions.id = session_events.session
         join actions on actions.space = sessions.space
         where actions.id = $1 and session_events.payload like $2",
        action,
        format!("%{action}%")
    )
    .all(tx)
    .await
}

pub async fn update_event(tx: &mut Tx, session: SessionId, seq: i64, payload: &str) -> Result<u64> {
    sql!("update session_events set payload = $3 where session = $1 and seq = $2", session, seq, payload).run(tx).await
}
