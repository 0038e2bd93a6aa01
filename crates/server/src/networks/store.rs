use db::{Result, Tx, sql};
use model::{
    ids::NetworkId,
    keys::{Named, NetworkKind},
    networks::{CreateNetwork, NetworkCard},
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
        "select networks.id as id, networks.name as name, networks.kind as kind, count(teams.id) as teams,
                count(distinct schools.municipality) as municipalities
         from networks
         left join teams on teams.network = networks.id and teams.state <> 'archived'
         left join schools on schools.id = teams.school
         group by networks.id, networks.name, networks.kind, networks.name_key
         order by networks.name_key, networks.id"
    )
    .all(tx)
    .await
}

pub async fn find(tx: &mut Tx, id: NetworkId) -> Result<Option<NetworkCard>> {
    sql!(
        "select networks.id as id, networks.name as name, networks.kind as kind, count(teams.id) as teams,
                count(distinct schools.municipality) as municipalities
         from networks
         left join teams on teams.network = networks.id and teams.state <> 'archived'
         left join schools on schools.id = teams.school
         where networks.id = $1
         group by networks.id, networks.name, networks.kind",
        id
    )
    .optional(tx)
    .await
}

pub async fn about(tx: &mut Tx, id: NetworkId) -> Result<String> {
    sql!("select about from networks where id = $1", id).one(tx).await
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
