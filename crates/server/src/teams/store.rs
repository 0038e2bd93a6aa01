use db::{Result, Tx, sql};
use model::{
    access::TeamFacts,
    ids::*,
    schools::MunicipalityCode,
    sorting::sort_key,
    teams::{CreateTeam, InvitationShown, Member, TeamCard, TeamMiniNetwork, TeamState},
    time::Timestamp,
};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Row {
    pub id: TeamId,
    pub name: String,
    pub state: TeamState,
    pub network: NetworkId,
    pub network_name: String,
    pub school: SchoolId,
    pub municipality: MunicipalityCode,
    pub version: i64,
}

impl Row {
    pub fn facts(&self) -> TeamFacts {
        TeamFacts {
            id: self.id,
            network: self.network,
            municipality: self.municipality,
            archived: self.state == TeamState::Archived,
        }
    }
}

pub async fn find(tx: &mut Tx, id: TeamId) -> Result<Option<Row>> {
    sql!(
        "select teams.id as id, teams.name as name, teams.state as state, teams.network as network,
                networks.name as network_name, teams.school as school, schools.municipality as municipality,
                teams.version as version
         from teams
         join networks on networks.id = teams.network
         join schools on schools.id = teams.school
         where teams.id = $1",
        id
    )
    .optional(tx)
    .await
}

pub async fn insert(tx: &mut Tx, id: TeamId, call: &CreateTeam, now: Timestamp) -> Result<u64> {
    sql!(
        "insert into teams (id, network, school, name, name_key, state, version, created_at)
         values ($1, $2, $3, $4, $5, 'forming', 1, $6)",
        id,
        call.network,
        call.school,
        call.name,
        sort_key(&call.name),
        now
    )
    .run(tx)
    .await
}

/// No row when `version` is not the latest.
pub async fn update_state(tx: &mut Tx, id: TeamId, version: i64, state: TeamState) -> Result<u64> {
    sql!("update teams set state = $3, version = version + 1 where id = $1 and version = $2", id, version, state)
        .run(tx)
        .await
}

pub async fn list_of_network(tx: &mut Tx, network: NetworkId) -> Result<Vec<TeamCard>> {
    sql!(
        "select teams.id as id, teams.name as name, teams.state as state, teams.network as network,
                networks.name as network_name, schools.name as school, schools.municipality as municipality,
                municipalities.name as municipality_name,
                (select count(*) from members where members.team = teams.id) as members
         from teams
         join networks on networks.id = teams.network
         join schools on schools.id = teams.school
         join municipalities on municipalities.code = schools.municipality
         where teams.network = $1
            or teams.id in (select team from network_teams where network_teams.network = $1 and joined_at is not null)
         order by case when teams.state = 'archived' then 1 else 0 end, teams.name_key, teams.id",
        network
    )
    .all(tx)
    .await
}

/// Teams that meet in a space.
pub async fn list_of_space(tx: &mut Tx, space: SpaceId) -> Result<Vec<TeamCard>> {
    sql!(
        "select teams.id as id, teams.name as name, teams.state as state, teams.network as network,
                networks.name as network_name, schools.name as school, schools.municipality as municipality,
                municipalities.name as municipality_name,
                (select count(*) from members where members.team = teams.id) as members
         from space_teams
         join teams on teams.id = space_teams.team
         join networks on networks.id = teams.network
         join schools on schools.id = teams.school
         join municipalities on municipalities.code = schools.municipality
         where space_teams.space = $1
         order by teams.name_key, teams.id",
        space
    )
    .all(tx)
    .await
}

/// Teams of any network that are not in a space and not archived; 500 at most.
pub async fn list_outside(tx: &mut Tx, space: SpaceId) -> Result<Vec<TeamCard>> {
    sql!(
        "select teams.id as id, teams.name as name, teams.state as state, teams.network as network,
                networks.name as network_name, schools.name as school, schools.municipality as municipality,
                municipalities.name as municipality_name,
                (select count(*) from members where members.team = teams.id) as members
         from teams
         join networks on networks.id = teams.network
         join schools on schools.id = teams.school
         join municipalities on municipalities.code = schools.municipality
         where teams.state <> 'archived'
           and not exists (select 1 from space_teams where space_teams.team = teams.id and space_teams.space = $1)
         order by teams.name_key, teams.id limit 500",
        space
    )
    .all(tx)
    .await
}

/// The lead first, then by name.
pub async fn list_members(tx: &mut Tx, team: TeamId) -> Result<Vec<Member>> {
    sql!(
        "select members.person as person, people.name as name, people.profession as profession,
                members.lead as lead, members.joined_at as since
         from members join people on people.id = members.person
         where members.team = $1
         order by case when members.lead then 0 else 1 end, people.name_key, people.id",
        team
    )
    .all(tx)
    .await
}

pub async fn insert_member(tx: &mut Tx, team: TeamId, person: PersonId, lead: bool, now: Timestamp) -> Result<u64> {
    sql!("insert into members (team, person, lead, joined_at) values ($1, $2, $3, $4)", team, person, lead, now)
        .run(tx)
        .await
}

pub async fn delete_member(tx: &mut Tx, team: TeamId, person: PersonId) -> Result<u64> {
    sql!("delete from members where team = $1 and person = $2", team, person).run(tx).await
}

pub async fn update_lead(tx: &mut Tx, team: TeamId, to: PersonId) -> Result<u64> {
    sql!("update members set lead = (person = $2) where team = $1", team, to).run(tx).await
}

pub async fn upsert_invitation(tx: &mut Tx, team: TeamId, code: &str, expires_at: Timestamp) -> Result<u64> {
    sql!(
        "insert into invitations (team, code, expires_at, joined) values ($1, $2, $3, 0)
         on conflict (team) do update set code = excluded.code, expires_at = excluded.expires_at, joined = 0",
        team,
        code,
        expires_at
    )
    .run(tx)
    .await
}

pub async fn count_joined(tx: &mut Tx, team: TeamId) -> Result<u64> {
    sql!("update invitations set joined = joined + 1 where team = $1", team).run(tx).await
}

pub async fn delete_invitation(tx: &mut Tx, team: TeamId) -> Result<u64> {
    sql!("delete from invitations where team = $1", team).run(tx).await
}

pub async fn find_invitation(tx: &mut Tx, team: TeamId) -> Result<Option<InvitationShown>> {
    sql!("select expires_at, joined from invitations where team = $1", team).optional(tx).await
}

/// The team of a working code.
pub async fn find_invited(tx: &mut Tx, code: &str, now: Timestamp) -> Result<Option<TeamId>> {
    sql!("select team from invitations where code = $1 and expires_at > $2", code, now).optional(tx).await
}

/// Teams that were invited to a mini-network and have not answered.
pub async fn list_invited(tx: &mut Tx, network: NetworkId) -> Result<Vec<TeamCard>> {
    sql!(
        "select teams.id as id, teams.name as name, teams.state as state, teams.network as network,
                networks.name as network_name, schools.name as school, schools.municipality as municipality,
                municipalities.name as municipality_name,
                (select count(*) from members where members.team = teams.id) as members
         from teams
         join networks on networks.id = teams.network
         join schools on schools.id = teams.school
         join municipalities on municipalities.code = schools.municipality
         where teams.state <> 'archived'
           and teams.id in (select team from network_teams where network_teams.network = $1 and joined_at is null)
         order by teams.name_key, teams.id",
        network
    )
    .all(tx)
    .await
}

/// Teams that a mini-network could invite; 500 at most.
pub async fn list_invitable(tx: &mut Tx, network: NetworkId) -> Result<Vec<TeamCard>> {
    sql!(
        "select teams.id as id, teams.name as name, teams.state as state, teams.network as network,
                networks.name as network_name, schools.name as school, schools.municipality as municipality,
                municipalities.name as municipality_name,
                (select count(*) from members where members.team = teams.id) as members
         from teams
         join networks on networks.id = teams.network
         join schools on schools.id = teams.school
         join municipalities on municipalities.code = schools.municipality
         where teams.state <> 'archived'
           and teams.id not in (select team from network_teams where network_teams.network = $1)
         order by teams.name_key, teams.id limit 500",
        network
    )
    .all(tx)
    .await
}

pub async fn list_mini_networks(tx: &mut Tx, team: TeamId) -> Result<Vec<TeamMiniNetwork>> {
    sql!(
        "select networks.id as network, networks.name as name, network_teams.joined_at as joined_at
         from network_teams join networks on networks.id = network_teams.network
         where network_teams.team = $1
         order by case when network_teams.joined_at is null then 0 else 1 end, networks.name_key, networks.id",
        team
    )
    .all(tx)
    .await
}
