use db::{Result, Tx, sql};
use model::{
    ids::*,
    keys::{Named, NetworkKind},
    networks::{CreateNetwork, EditNetwork, FoundMiniNetwork, NetworkCard},
    sorting::sort_key,
    time::Timestamp,
};

pub async fn list_kinds(tx: &mut Tx) -> Result<Vec<Named<NetworkKind>>> {
    sql!("select key, lt, en from network_kinds order by position").all(tx).await
}

pub async fn has_kind(tx: &mut Tx, kind: &NetworkKind) -> Result<bool> {
    Ok(sql!("select key from network_kinds where key = $1", kind).optional::<String>(tx).await?.is_some())
}

pub async fn list(tx: &mut Tx) -> Result<Vec<NetworkCard>> {
    sql!(
        "select networks.id as id, networks.name as name, networks.kind as kind, networks.parent as parent,
                parents.name as parent_name, count(teams.id) as teams,
                count(distinct schools.municipality) as municipalities
         from networks
         left join networks as parents on parents.id = networks.parent
         left join teams on teams.state <> 'archived' and (teams.network = networks.id or teams.id in (
             select team from network_teams where network_teams.network = networks.id and joined_at is not null))
         left join schools on schools.id = teams.school
         group by networks.id, networks.name, networks.kind, networks.parent, parents.name, networks.name_key
         order by networks.name_key, networks.id"
    )
    .all(tx)
    .await
}

pub async fn find(tx: &mut Tx, id: NetworkId) -> Result<Option<NetworkCard>> {
    sql!(
        "select networks.id as id, networks.name as name, networks.kind as kind, networks.parent as parent,
                parents.name as parent_name, count(teams.id) as teams,
                count(distinct schools.municipality) as municipalities
         from networks
         left join networks as parents on parents.id = networks.parent
         left join teams on teams.state <> 'archived' and (teams.network = networks.id or teams.id in (
             select team from network_teams where network_teams.network = networks.id and joined_at is not null))
         left join schools on schools.id = teams.school
         where networks.id = $1
         group by networks.id, networks.name, networks.kind, networks.parent, parents.name",
        id
    )
    .optional(tx)
    .await
}

/// What it says of itself, and its version.
pub async fn about(tx: &mut Tx, id: NetworkId) -> Result<(String, i64)> {
    sql!("select about, version from networks where id = $1", id).one(tx).await
}

/// The mini-networks that teams of the network founded, by name.
pub async fn list_minis(tx: &mut Tx, parent: NetworkId) -> Result<Vec<NetworkCard>> {
    Ok(list(tx).await?.into_iter().filter(|card| card.parent == Some(parent)).collect())
}

pub async fn insert(tx: &mut Tx, id: NetworkId, call: &CreateNetwork, now: Timestamp) -> Result<u64> {
    sql!(
        "insert into networks (id, kind, name, name_key, about, created_at) values ($1, $2, $3, $4, $5, $6)",
        id,
        call.kind,
        call.name,
        sort_key(&call.name),
        call.about.as_deref().unwrap_or_default(),
        now
    )
    .run(tx)
    .await
}

/// No row when `version` is not the latest.
pub async fn update(tx: &mut Tx, call: &EditNetwork) -> Result<u64> {
    sql!(
        "update networks set kind = $3, name = $4, name_key = $5, about = $6, version = version + 1
         where id = $1 and version = $2",
        call.network,
        call.version,
        call.kind,
        call.name,
        sort_key(&call.name),
        call.about.as_deref().unwrap_or_default()
    )
    .run(tx)
    .await
}

/// No row when the key is taken.
pub async fn insert_kind(tx: &mut Tx, key: &str, lt: &str, en: &str) -> Result<u64> {
    sql!(
        "insert into network_kinds (key, lt, en, position)
         select $1, $2, $3, (select coalesce(max(position), 0) + 1 from network_kinds) where true
         on conflict (key) do nothing",
        key,
        lt,
        en
    )
    .run(tx)
    .await
}

pub async fn update_kind(tx: &mut Tx, kind: &NetworkKind, lt: &str, en: &str) -> Result<u64> {
    sql!("update network_kinds set lt = $2, en = $3 where key = $1", kind, lt, en).run(tx).await
}

/// A mini-network is of the kind of its parent.
pub async fn insert_mini(
    tx: &mut Tx,
    id: NetworkId,
    parent: NetworkId,
    call: &FoundMiniNetwork,
    now: Timestamp,
) -> Result<u64> {
    sql!(
        "insert into networks (id, kind, name, name_key, about, created_at, parent, founder)
         select $1, kind, $3, $4, $5, $6, id, $7 from networks where id = $2",
        id,
        parent,
        call.name,
        sort_key(&call.name),
        call.about.as_deref().unwrap_or_default(),
        now,
        call.team
    )
    .run(tx)
    .await
}

pub async fn insert_invited(tx: &mut Tx, network: NetworkId, team: TeamId, now: Timestamp) -> Result<u64> {
    sql!(
        "insert into network_teams (network, team, invited_at) values ($1, $2, $3) on conflict do nothing",
        network,
        team,
        now
    )
    .run(tx)
    .await
}

/// No row when the team was not invited.
pub async fn join(tx: &mut Tx, network: NetworkId, team: TeamId, now: Timestamp) -> Result<u64> {
    sql!(
        "update network_teams set joined_at = coalesce(joined_at, $3) where network = $1 and team = $2",
        network,
        team,
        now
    )
    .run(tx)
    .await
}

pub async fn delete_team(tx: &mut Tx, network: NetworkId, team: TeamId) -> Result<u64> {
    sql!("delete from network_teams where network = $1 and team = $2", network, team).run(tx).await
}
