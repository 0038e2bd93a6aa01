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

/// One statement gives the sign-in with all that permission depends on, since every request of a reader begins with it: a row for each
/// pair of a role and a team, so one row for nearly everybody.
macro_rules! sign_in {
    ($where:literal, $argument:expr, $tx:expr) => {{
        let rows = sql!(
            concat!(
                "select sign_ins.id as id, sign_ins.shared_computer as shared_computer, sign_ins.created_at as created_at,
                        sign_ins.seen_at as seen_at, people.id as person, people.name as person_name,
                        people.suspended_at as suspended_at, roles.role as role, roles.scope as scope,
                        teams.id as team, teams.network as network, members.lead as lead, teams.name as name,
                        schools.name as school
                 from sign_ins
                 join people on people.id = sign_ins.person
                 left join roles on roles.person = people.id
                 left join (members join teams on teams.id = members.team and teams.state <> 'archived'
                                    join schools on schools.id = teams.school) on members.person = people.id
                 where sign_ins.ended_at is null and ",
                $where,
                " order by members.joined_at, members.team, roles.role, roles.scope"
            ),
            $argument
        );
        rows.all::<Row>($tx).await.map(signed_in)
    }};
}

#[derive(Deserialize)]
struct Row {
    id: SignInId,
    shared_computer: bool,
    created_at: Timestamp,
    seen_at: Timestamp,
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
}

pub async fn find_sign_in(tx: &mut Tx, token: &str) -> Result<Option<(SignInRow, Me)>> {
    sign_in!("sign_ins.token = $1", token, tx)
}

pub async fn find_sign_in_by_id(tx: &mut Tx, id: SignInId) -> Result<Option<(SignInRow, Me)>> {
    sign_in!("sign_ins.id = $1", id, tx)
}

fn signed_in(rows: Vec<Row>) -> Option<(SignInRow, Me)> {
    let first = rows.first()?;
    let Row { id, shared_computer, created_at, seen_at, .. } = *first;
    let mut me = Me {
        id: first.person,
        name: first.person_name.clone(),
        suspended: first.suspended_at.is_some(),
        roles: Vec::new(),
        teams: Vec::new(),
    };
    for row in rows {
        let role = row.role.zip(row.scope).and_then(|(role, scope)| read_role(&role, &scope));
        me.roles.extend(role.filter(|role| !me.roles.contains(role)));
        let (Some(team), Some(network), Some(lead)) = (row.team, row.network, row.lead) else { continue };
        let (Some(name), Some(school)) = (row.name, row.school) else { continue };
        if me.teams.iter().all(|known| known.team != team) {
            me.teams.push(Membership { team, network, lead, name, school });
        }
    }
    Some((SignInRow { id, shared_computer, created_at, seen_at }, me))
}

pub async fn touch(tx: &mut Tx, id: SignInId, now: Timestamp) -> Result<u64> {
    sql!("update sign_ins set seen_at = $2 where id = $1 and seen_at < $2", id, now).run(tx).await
}

/// The person with roles and teams.
pub async fn find_me(tx: &mut Tx, person: PersonId) -> Result<Option<Me>> {
    #[derive(Deserialize)]
    struct Row {
        id: PersonId,
        name: String,
        suspended_at: Option<Timestamp>,
    }
    let row = sql!("select id, name, suspended_at from people where id = $1", person).optional::<Row>(tx).await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Me {
        id: row.id,
        name: row.name,
        suspended: row.suspended_at.is_some(),
        roles: list_roles(tx, person).await?,
        teams: list_memberships(tx, person).await?,
    }))
}

pub async fn list_roles(tx: &mut Tx, person: PersonId) -> Result<Vec<Role>> {
    let rows: Vec<(String, String)> =
        sql!("select role, scope from roles where person = $1 order by role, scope", person).all(tx).await?;
    Ok(rows.iter().filter_map(|(role, scope)| Role::read(role, scope)).collect())
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

async fn list_memberships(tx: &mut Tx, person: PersonId) -> Result<Vec<Membership>> {
    let mut teams: Vec<Membership> = sql!(
        "select members.team as team, teams.network as network, members.lead as lead, teams.name as name,
                schools.name as school, '[]' as mini_networks
         from members
         join teams on teams.id = members.team
         join schools on schools.id = teams.school
         where members.person = $1 and teams.state <> 'archived'
         order by members.joined_at, members.team",
        person
    )
    .all(tx)
    .await?;
    if teams.is_empty() {
        return Ok(teams);
    }
    let joined: Vec<(TeamId, NetworkId)> = sql!(
        "select network_teams.team, network_teams.network
         from members join network_teams on network_teams.team = members.team
         where members.person = $1 and network_teams.joined_at is not null",
        person
    )
    .all(tx)
    .await?;
    for (team, network) in joined {
        teams.iter_mut().filter(|of| of.team == team).for_each(|of| of.mini_networks.push(network));
    }
    Ok(teams)
}
