use db::{Result, Tx, sql};
use model::{
    ids::SchoolId,
    keys::{InstitutionKind, Named},
    schools::{CreateSchool, Municipality, MunicipalityCode, School},
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
                municipalities.name as municipality_name, schools.kind as kind
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
                municipalities.name as municipality_name, schools.kind as kind
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
