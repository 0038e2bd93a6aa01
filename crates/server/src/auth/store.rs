//! Rows of sign-ins and of what permission depends on.

use db::{Result, Tx, sql};
use model::{
    access::{Me, Membership, Role},
    ids::*,
    time::Timestamp,
};
use serde::Deserialize;

/// A sign-in that nobody ended.
pub struct SignInRow {
    pub id: SignInId,
    pub shared_computer: bool,
    pub created_at: Timestamp,
    pub seen_at: Timestamp,
}

/// One statement gives a sign-in and its person with all that permission depends on, since every request of a reader begins with it:
/// a row for each role with each team and each mini-network that the team has joined, so one row for nearly everybody. One join after
/// another: of joins in parentheses SQLite would make a table first, of everybody's teams.
macro_rules! known {
    ($from:literal, $where:literal, $argument:expr, $tx:expr) => {{
        let rows = sql!(
            concat!(
                "select sign_ins.id as id, sign_ins.shared_computer as shared_computer, sign_ins.created_at as created_at,
                        sign_ins.seen_at as seen_at, people.id as person, people.name as person_name,
                        people.suspended_at as suspended_at, roles.role as role, roles.scope as scope,
                        teams.id as team, teams.network as network, members.lead as lead, teams.name as name,
                        schools.name as school, network_teams.network as mini_network
                 from ",
                $from,
                " left join roles on roles.person = people.id
                 left join members on members.person = people.id
                 left join teams on teams.id = members.team and teams.state <> 'archived'
                 left join schools on schools.id = teams.school
                 left join network_teams on network_teams.team = teams.id and network_teams.joined_at is not null
                 where ",
                $where,
                " order by members.joined_at, members.team, network_teams.network, roles.role, roles.scope"
            ),
            $argument
        );
        rows.all::<Row>($tx).await.map(read)
    }};
}

#[derive(Deserialize)]
struct Row {
    id: Option<SignInId>,
    shared_computer: Option<bool>,
    created_at: Option<Timestamp>,
    seen_at: Option<Timestamp>,
    person: PersonId,
    person_name: String,
    suspended_at: Option<Timestamp>,
    role: Option<String>,
    scope: Option<String>,
    team: Option<TeamId>,
    network: Option<NetworkId>,
    lead: Option<bool>,
    name: Option<String>,
    school: Option<String>,
    mini_network: Option<NetworkId>,
}

pub async fn find_sign_in(tx: &mut Tx, token: &str) -> Result<Option<(SignInRow, Me)>> {
    let found = known!(
        "sign_ins join people on people.id = sign_ins.person",
        "sign_ins.ended_at is null and sign_ins.token = $1",
        token,
        tx
    );
    Ok(found?.and_then(|(sign_in, me)| Some((sign_in?, me))))
}

pub async fn find_sign_in_by_id(tx: &mut Tx, id: SignInId) -> Result<Option<(SignInRow, Me)>> {
    let found = known!(
        "sign_ins join people on people.id = sign_ins.person",
        "sign_ins.ended_at is null and sign_ins.id = $1",
        id,
        tx
    );
    Ok(found?.and_then(|(sign_in, me)| Some((sign_in?, me))))
}

/// The person with roles and teams, signed in or not.
pub async fn find_me(tx: &mut Tx, person: PersonId) -> Result<Option<Me>> {
    let found = known!("people left join sign_ins on sign_ins.id = people.id and false", "people.id = $1", person, tx);
    Ok(found?.map(|(_, me)| me))
}

fn read(rows: Vec<Row>) -> Option<(Option<SignInRow>, Me)> {
    let first = rows.first()?;
    let sign_in = (|| {
        let (id, shared_computer) = (first.id?, first.shared_computer?);
        Some(SignInRow { id, shared_computer, created_at: first.created_at?, seen_at: first.seen_at? })
    })();
    let mut me = Me {
        id: first.person,
        name: first.person_name.clone(),
        suspended: first.suspended_at.is_some(),
        roles: Vec::new(),
        teams: Vec::new(),
    };
    for row in rows {
        let role = row.role.zip(row.scope).and_then(|(role, scope)| Role::read(&role, &scope));
        me.roles.extend(role.filter(|role| !me.roles.contains(role)));
        let (Some(team), Some(network), Some(lead)) = (row.team, row.network, row.lead) else { continue };
        let (Some(name), Some(school)) = (row.name, row.school) else { continue };
        if me.teams.iter().all(|known| known.team != team) {
            me.teams.push(Membership { team, network, mini_networks: Vec::new(), lead, name, school });
        }
        let known = me.teams.iter_mut().find(|known| known.team == team);
        if let Some((known, joined)) = known.zip(row.mini_network)
            && !known.mini_networks.contains(&joined)
        {
            known.mini_networks.push(joined);
        }
    }
    Some((sign_in, me))
}

pub async fn touch(tx: &mut Tx, id: SignInId, now: Timestamp) -> Result<u64> {
    sql!("update sign_ins set seen_at = $2 where id = $1 and seen_at < $2", id, now).run(tx).await
}

pub async fn insert_role(tx: &mut Tx, person: PersonId, role: Role, now: Timestamp) -> Result<u64> {
    let (name, scope) = role.spelled();
    sql!(
        "insert into roles (person, role, scope, granted_at) values ($1, $2, $3, $4) on conflict do nothing",
        person,
        name,
        scope,
        now
    )
    .run(tx)
    .await
}
