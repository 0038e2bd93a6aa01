//! Rows of sign-ins and of what permission depends on.

use db::{Result, Tx, sql};
use model::{
    access::{Me, Membership, Role},
    ids::*,
    time::Timestamp,
};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct SignInRow {
    pub id: SignInId,
    pub person: PersonId,
    pub shared_computer: bool,
    pub created_at: Timestamp,
    pub seen_at: Timestamp,
}

pub async fn find_sign_in(tx: &mut Tx, token: &str) -> Result<Option<SignInRow>> {
    sql!(
        "select id, person, shared_computer, created_at, seen_at from sign_ins where token = $1 and ended_at is null",
        token
    )
    .optional(tx)
    .await
}

pub async fn find_sign_in_by_id(tx: &mut Tx, id: SignInId) -> Result<Option<SignInRow>> {
    sql!("select id, person, shared_computer, created_at, seen_at from sign_ins where id = $1 and ended_at is null", id)
        .optional(tx)
        .await
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
