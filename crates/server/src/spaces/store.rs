use db::{Result, Set, Tx, sql};
use model::{
    access::{Actor, Role, SpaceFacts, TeamFacts, Visibility},
    ids::*,
    sorting::sort_key,
    spaces::*,
    time::Timestamp,
};
use serde::Deserialize;

/// The spaces that `actor` may see. One statement, the same answer as `may(SeeSpace)` space by space; a test holds them together.
pub async fn visible(tx: &mut Tx, actor: &Actor) -> Result<Vec<SpaceId>> {
    let ties = Ties::of(actor);
    sql!(
        "select id from spaces
         where visibility = 'public'
            or $1
            or ($2 and visibility = 'all')
            or network in (select key from jsonb_each($3))
            or exists (select 1 from space_teams join teams on teams.id = space_teams.team
                       where space_teams.space = spaces.id and teams.state <> 'archived'
                         and teams.id in (select key from jsonb_each($4)))
            or (visibility <> 'team' and (
                network in (select key from jsonb_each($5))
                or exists (select 1 from space_teams
                           join teams on teams.id = space_teams.team
                           join schools on schools.id = teams.school
                           where space_teams.space = spaces.id and teams.state <> 'archived'
                             and schools.municipality in (select key from jsonb_each($6)))))",
        ties.administrator,
        ties.signed_in,
        Set(&ties.coordinated),
        Set(&ties.teams),
        Set(&ties.kin),
        Set(&ties.municipalities)
    )
    .all(tx)
    .await
}

/// An actor's scopes as sets for SQL.
#[derive(Default)]
struct Ties {
    signed_in: bool,
    administrator: bool,
    coordinated: Vec<String>,
    /// Of which the actor is a member or the consultant.
    teams: Vec<String>,
    /// Networks to which the actor belongs.
    kin: Vec<String>,
    municipalities: Vec<String>,
}

impl Ties {
    fn of(actor: &Actor) -> Self {
        let Some(me) = actor.me().filter(|me| !me.suspended) else { return Self::default() };
        let mut ties = Self { signed_in: true, ..Self::default() };
        for role in &me.roles {
            match role {
                Role::Administrator => ties.administrator = true,
                Role::Coordinator(network) => ties.coordinated.push(network.to_string()),
                Role::Consultant(team) => ties.teams.push(team.to_string()),
                Role::Expert(network) | Role::CentreSpecialist(network) => ties.kin.push(network.to_string()),
                Role::MunicipalSpecialist(code) => ties.municipalities.push(code.to_string()),
            }
        }
        for membership in &me.teams {
            ties.teams.push(membership.team.to_string());
            ties.kin.push(membership.network.to_string());
            ties.kin.extend(membership.mini_networks.iter().map(ToString::to_string));
        }
        ties
    }
}

pub async fn facts(tx: &mut Tx, space: SpaceId) -> Result<Option<SpaceFacts>> {
    #[derive(Deserialize)]
    struct Row {
        id: SpaceId,
        network: NetworkId,
        visibility: Visibility,
        archived_at: Option<Timestamp>,
    }
    let row = sql!("select id, network, visibility, archived_at from spaces where id = $1", space)
        .optional::<Row>(tx)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let teams: Vec<TeamFacts> = list_facts(tx, space).await?;
    let archived = row.archived_at.is_some();
    Ok(Some(SpaceFacts { id: row.id, network: row.network, visibility: row.visibility, archived, teams }))
}

async fn list_facts(tx: &mut Tx, space: SpaceId) -> Result<Vec<TeamFacts>> {
    #[derive(Deserialize)]
    struct Row {
        id: TeamId,
        network: NetworkId,
        municipality: model::schools::MunicipalityCode,
    }
    let rows: Vec<Row> = sql!(
        "select teams.id as id, teams.network as network, schools.municipality as municipality
         from space_teams
         join teams on teams.id = space_teams.team
         join schools on schools.id = teams.school
         where space_teams.space = $1 and teams.state <> 'archived'",
        space
    )
    .all(tx)
    .await?;
    let facts =
        |row: Row| TeamFacts { id: row.id, network: row.network, municipality: row.municipality, archived: false };
    Ok(rows.into_iter().map(facts).collect())
}

/// Those that `actor` may see, by name.
pub async fn list(tx: &mut Tx, actor: &Actor) -> Result<Vec<SpaceCard>> {
    let visible = visible(tx, actor).await?;
    sql!(
        "select spaces.id as id, spaces.name as name, spaces.about as about, spaces.visibility as visibility,
                spaces.network as network, networks.name as network_name, spaces.archived_at is not null as archived,
                (select count(*) from space_teams where space_teams.space = spaces.id) as teams,
                (select count(*) from problems where problems.space = spaces.id and problems.state not in ('draft', 'merged')) as problems,
                (select count(*) from practices where practices.space = spaces.id and practices.state = 'published') as practices,
                exists (select 1 from sessions where sessions.space = spaces.id and sessions.state = 'open') as live
         from spaces join networks on networks.id = spaces.network
         where spaces.id in (select key from jsonb_each($1))
         order by case when spaces.archived_at is null then 0 else 1 end, spaces.name_key, spaces.id",
        Set(&visible)
    )
    .all(tx)
    .await
}

pub async fn card(tx: &mut Tx, space: SpaceId) -> Result<Option<SpaceCard>> {
    sql!(
        "select spaces.id as id, spaces.name as name, spaces.about as about, spaces.visibility as visibility,
                spaces.network as network, networks.name as network_name, spaces.archived_at is not null as archived,
                (select count(*) from space_teams where space_teams.space = spaces.id) as teams,
                (select count(*) from problems where problems.space = spaces.id and problems.state not in ('draft', 'merged')) as problems,
                (select count(*) from practices where practices.space = spaces.id and practices.state = 'published') as practices,
                exists (select 1 from sessions where sessions.space = spaces.id and sessions.state = 'open') as live
         from spaces join networks on networks.id = spaces.network
         where spaces.id = $1",
        space
    )
    .optional(tx)
    .await
}

pub async fn version(tx: &mut Tx, space: SpaceId) -> Result<i64> {
    sql!("select version from spaces where id = $1", space).one(tx).await
}

pub async fn insert(tx: &mut Tx, id: SpaceId, call: &OpenSpace, now: Timestamp) -> Result<u64> {
    sql!(
        "insert into spaces (id, network, name, name_key, about, visibility, version, created_at)
         values ($1, $2, $3, $4, $5, $6, 1, $7)",
        id,
        call.network,
        call.name,
        sort_key(&call.name),
        call.about.as_deref().unwrap_or_default(),
        call.visibility,
        now
    )
    .run(tx)
    .await
}

pub async fn update(tx: &mut Tx, call: &EditSpace) -> Result<u64> {
    sql!(
        "update spaces set name = $3, name_key = $4, about = $5, visibility = $6, version = version + 1
         where id = $1 and version = $2",
        call.space,
        call.version,
        call.name,
        sort_key(&call.name),
        call.about.as_deref().unwrap_or_default(),
        call.visibility
    )
    .run(tx)
    .await
}

pub async fn archive(tx: &mut Tx, space: SpaceId, now: Timestamp) -> Result<u64> {
    sql!("update spaces set archived_at = $2, version = version + 1 where id = $1", space, now).run(tx).await
}

pub async fn bring_back(tx: &mut Tx, space: SpaceId) -> Result<u64> {
    sql!("update spaces set archived_at = null, version = version + 1 where id = $1 and archived_at is not null", space)
        .run(tx)
        .await
}

pub async fn insert_team(tx: &mut Tx, space: SpaceId, team: TeamId, now: Timestamp) -> Result<u64> {
    sql!("insert into space_teams (space, team, since) values ($1, $2, $3) on conflict do nothing", space, team, now)
        .run(tx)
        .await
}

pub async fn delete_team(tx: &mut Tx, space: SpaceId, team: TeamId) -> Result<u64> {
    sql!("delete from space_teams where space = $1 and team = $2", space, team).run(tx).await
}

/// Drafts of the teams for which the actor writes, and the actor's own for no team.
pub async fn drafts(tx: &mut Tx, actor: &Actor, space: SpaceId) -> Result<Vec<Draft>> {
    let Some(me) = actor.me() else { return Ok(Vec::new()) };
    let teams = Ties::of(actor).teams;
    sql!(
        "select 'problem' as kind, id, title, created_at from problems
         where space = $1 and state = 'draft' and ((team is null and author = $2) or team in (select key from jsonb_each($3)))
         union all
         select 'practice' as kind, id, title, created_at from practices
         where space = $1 and state in ('draft', 'withdrawn') and ((team is null and author = $2) or team in (select key from jsonb_each($3)))
         order by created_at desc limit 20",
        space,
        me.id,
        Set(&teams)
    )
    .all(tx)
    .await
}

pub async fn lately(tx: &mut Tx, space: SpaceId) -> Result<Vec<Happening>> {
    sql!(
        "select problems.posted_at as at, 'problem' as kind, problems.id as id, problems.title as title,
                case when problems.team is null
                          or exists (select 1 from members where members.team = problems.team and members.person = problems.author)
                     then people.name else '' end as who, teams.name as team
         from problems join people on people.id = problems.author left join teams on teams.id = problems.team
         where problems.space = $1 and problems.state not in ('draft', 'merged')
         union all
         select responses.at, 'response', problems.id, problems.title,
                case when responses.team is null
                          or exists (select 1 from members where members.team = responses.team and members.person = responses.person)
                     then people.name else '' end, teams.name
         from responses
         join problems on problems.id = responses.problem
         join people on people.id = responses.person
         left join teams on teams.id = responses.team
         where problems.space = $1 and problems.state <> 'draft' and responses.withdrawn_at is null
         union all
         select practices.published_at, 'practice', practices.id, practices.title,
                case when practices.team is null
                          or exists (select 1 from members where members.team = practices.team and members.person = practices.author)
                     then people.name else '' end, teams.name
         from practices join people on people.id = practices.author left join teams on teams.id = practices.team
         where practices.space = $1 and practices.state = 'published'
         union all
         select sessions.created_at, 'session', sessions.id, sessions.title, people.name, null
         from sessions join people on people.id = sessions.facilitator
         where sessions.space = $1 and sessions.parent_id is null
         order by at desc limit 60",
        space
    )
    .all(tx)
    .await
}
