use db::{Result, Tx, sql};
use model::{
    ids::{NetworkId, SchoolId},
    keys::{InstitutionKind, Named},
    schools::{CreateSchool, EditSchool, Municipality, MunicipalityCode, School},
    search::FoundKind,
    sorting::sort_key,
    time::Timestamp,
};
use uuid::Uuid;

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
                municipalities.name as municipality_name, schools.kind as kind, schools.size as size, schools.version as version
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
                municipalities.name as municipality_name, schools.kind as kind, schools.size as size, schools.version as version
         from schools join municipalities on municipalities.code = schools.municipality
         where schools.id = $1",
        id
    )
    .optional(tx)
    .await
}

pub async fn insert(tx: &mut Tx, id: SchoolId, call: &CreateSchool, now: Timestamp) -> Result<u64> {
    sql!(
        "insert into schools (id, name, name_key, municipality, kind, size, created_at) values ($1, $2, $3, $4, $5, $6, $7)",
        id,
        call.name,
        sort_key(&call.name),
        call.municipality,
        call.kind,
        call.size,
        now
    )
    .run(tx)
    .await
}

/// No row when `version` is not the latest.
pub async fn update(tx: &mut Tx, call: &EditSchool) -> Result<u64> {
    sql!(
        "update schools set name = $3, name_key = $4, municipality = $5, kind = $6, size = $7, version = version + 1
         where id = $1 and version = $2",
        call.school,
        call.version,
        call.name,
        sort_key(&call.name),
        call.municipality,
        call.kind,
        call.size
    )
    .run(tx)
    .await
}

/// Gives the practices of the school's teams its size.
pub async fn update_practices(tx: &mut Tx, school: SchoolId) -> Result<u64> {
    sql!(
        "update practices set school_size = (select size from schools where id = $1)
         where team in (select id from teams where school = $1)",
        school
    )
    .run(tx)
    .await
}

/// What is found by the size of the school: its teams, and what they wrote, with the kind of each.
pub async fn list_sized(tx: &mut Tx, school: SchoolId) -> Result<Vec<(FoundKind, Uuid)>> {
    sql!(
        "select 'team' as kind, id from teams where school = $1
         union all
         select 'practice', id from practices where team in (select id from teams where school = $1)
         union all
         select 'problem', id from problems where team in (select id from teams where school = $1)",
        school
    )
    .all(tx)
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
