use db::{Result, Tx, sql};
use model::{
    ids::{NetworkId, SchoolId},
    keys::{InstitutionKind, Named},
    schools::{CreateSchool, EditSchool, Municipality, MunicipalityCode, School},
    sorting::sort_key,
    time::Timestamp,
};

pub async fn list_municipalities(tx: &mut Tx) -> Result<Vec<Municipality>> {
    sql!("select code, name, county from municipalities order by code").all(tx).await
}

pub async fn list_kinds(tx: &mut Tx) -> Result<Vec<Named<InstitutionKind>>> {
    sql!("select key, lt, en from institution_kinds order by position").all(tx).await
}

pub async fn has_kind(tx: &mut Tx, kind: &InstitutionKind) -> Result<bool> {
    Ok(sql!("select key from institution_kinds where key = $1", kind).optional::<String>(tx).await?.is_some())
}

pub async fn list(tx: &mut Tx, municipality: Option<MunicipalityCode>) -> Result<Vec<School>> {
    sql!(
        "select schools.id as id, schools.name as name, schools.municipality as municipality,
                municipalities.name as municipality_name, schools.kind as kind, schools.version as version
         from schools join municipalities on municipalities.code = schools.municipality
         where schools.municipality = coalesce($1, schools.municipality)
         order by schools.name_key, schools.id limit 2000",
        municipality
    )
    .all(tx)
    .await
}

pub async fn find(tx: &mut Tx, id: SchoolId) -> Result<Option<School>> {
    sql!(
        "select schools.id as id, schools.name as name, schools.municipality as municipality,
                municipalities.name as municipality_name, schools.kind as kind, schools.version as version
         from schools join municipalities on municipalities.code = schools.municipality
         where schools.id = $1",
        id
    )
    .optional(tx)
    .await
}

pub async fn insert(tx: &mut Tx, id: SchoolId, call: &CreateSchool, now: Timestamp) -> Result<u64> {
    sql!(
        "insert into schools (id, name, name_key, municipality, kind, created_at) values ($1, $2, $3, $4, $5, $6)",
        id,
        call.name,
        sort_key(&call.name),
        call.municipality,
        call.kind,
        now
    )
    .run(tx)
    .await
}

/// No row when `version` is not the latest.
pub async fn update(tx: &mut Tx, call: &EditSchool) -> Result<u64> {
    sql!(
        "update schools set name = $3, name_key = $4, municipality = $5, kind = $6, version = version + 1
         where id = $1 and version = $2",
        call.school,
        call.version,
        call.name,
        sort_key(&call.name),
        call.municipality,
        call.kind
    )
    .run(tx)
    .await
}

/// The networks in which the school has a team that is not archived.
pub async fn list_networks(tx: &mut Tx, school: SchoolId) -> Result<Vec<NetworkId>> {
    sql!("select distinct network from teams where school = $1 and state <> 'archived'", school).all(tx).await
}

/// No row when the key is taken.
pub async fn insert_kind(tx: &mut Tx, key: &str, lt: &str, en: &str) -> Result<u64> {
    sql!(
        "insert into institution_kinds (key, lt, en, position)
         select $1, $2, $3, (select coalesce(max(position), 0) + 1 from institution_kinds) where true
         on conflict (key) do nothing",
        key,
        lt,
        en
    )
    .run(tx)
    .await
}

pub async fn update_kind(tx: &mut Tx, kind: &InstitutionKind, lt: &str, en: &str) -> Result<u64> {
    sql!("update institution_kinds set lt = $2, en = $3 where key = $1", kind, lt, en).run(tx).await
}
