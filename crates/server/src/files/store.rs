use db::{Result, Set, Tx, sql};
use model::{
    files::{File, FileOf, Media},
    ids::*,
    time::Timestamp,
};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Row {
    pub id: FileId,
    pub kind: FileOf,
    pub item: ItemId,
    pub name: String,
    pub media: Media,
    pub bytes: i64,
    pub sha256: String,
    pub object: String,
    pub width: Option<i64>,
    pub height: Option<i64>,
    pub small_bytes: Option<i64>,
    pub at: Timestamp,
}

pub async fn find(tx: &mut Tx, file: FileId) -> Result<Option<Row>> {
    sql!(
        "select id, kind, item, name, media, bytes, sha256, object, width, height, small_bytes, at from files where id = $1",
        file
    )
    .optional(tx)
    .await
}

/// The oldest first.
pub async fn list(tx: &mut Tx, of: FileOf, item: ItemId) -> Result<Vec<File>> {
    sql!(
        "select id, name, media, bytes, sha256, width, height, at from files where kind = $1 and item = $2 order by at, id",
        of,
        item
    )
    .all(tx)
    .await
}

/// With the keys of their objects.
pub async fn list_of_space(tx: &mut Tx, space: SpaceId) -> Result<Vec<Row>> {
    sql!(
        "select id, kind, item, name, media, bytes, sha256, object, width, height, small_bytes, at
         from files where space = $1 order by at, id",
        space
    )
    .all(tx)
    .await
}

/// How much there is already, by everything that has a limit.
#[derive(Deserialize)]
pub struct Usage {
    pub files: i64,
    pub item: i64,
    pub space: i64,
    pub person: i64,
}

pub async fn usage(tx: &mut Tx, of: FileOf, item: ItemId, space: SpaceId, person: PersonId) -> Result<Usage> {
    sql!(
        "select (select count(*) from files where kind = $1 and item = $2) as files,
                (select cast(coalesce(sum(bytes), 0) as bigint) from files where kind = $1 and item = $2) as item,
                (select cast(coalesce(sum(bytes), 0) as bigint) from files where space = $3) as space,
                (select cast(coalesce(sum(bytes), 0) as bigint) from files where person = $4) as person",
        of,
        item,
        space,
        person
    )
    .one(tx)
    .await
}

pub async fn insert(tx: &mut Tx, row: &Row, space: SpaceId, person: PersonId) -> Result<u64> {
    sql!(
        "insert into files (id, kind, item, space, name, media, bytes, sha256, object, width, height, small_bytes, person, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        row.id,
        row.kind,
        row.item,
        space,
        row.name,
        row.media,
        row.bytes,
        row.sha256,
        row.object,
        row.width,
        row.height,
        row.small_bytes,
        person,
        row.at
    )
    .run(tx)
    .await
}

/// The key of its object, which goes after the commit: [`super::Files::drop_objects`].
pub async fn delete(tx: &mut Tx, file: FileId) -> Result<Option<String>> {
    sql!("delete from files where id = $1 returning object", file).optional(tx).await
}

/// Of an item that goes, the keys of all its objects, which go after the commit: [`super::Files::drop_objects`].
pub async fn delete_all(tx: &mut Tx, of: FileOf, item: ItemId) -> Result<Vec<String>> {
    sql!("delete from files where kind = $1 and item = $2 returning object", of, item).all(tx).await
}

/// Of an item, with the keys of their objects.
pub async fn list_rows(tx: &mut Tx, of: FileOf, item: ItemId) -> Result<Vec<Row>> {
    sql!(
        "select id, kind, item, name, media, bytes, sha256, object, width, height, small_bytes, at
         from files where kind = $1 and item = $2 order by at, id",
        of,
        item
    )
    .all(tx)
    .await
}

/// Those of an item with this content, as [`delete`].
pub async fn delete_alike(tx: &mut Tx, item: ItemId, sha256: &str) -> Result<Vec<String>> {
    sql!("delete from files where item = $1 and sha256 = $2 returning object", item, sha256).all(tx).await
}

/// When a problem is merged into another.
pub async fn move_all(tx: &mut Tx, of: FileOf, from: ItemId, to: ItemId) -> Result<u64> {
    sql!(
        "update files set item = $3, space = coalesce((select space from problems where id = $3), space)
         where kind = $1 and item = $2",
        of,
        from,
        to
    )
    .run(tx)
    .await
}

/// Those of the keys that belong to a file.
pub async fn known(tx: &mut Tx, objects: &[String]) -> Result<Vec<String>> {
    sql!("select object from files where object in (select key from jsonb_each($1))", Set(objects)).all(tx).await
}

/// What there has to be of a file.
#[derive(Deserialize)]
pub struct Object {
    pub object: String,
    pub bytes: i64,
    pub sha256: String,
    /// Of the small copy, where there is one.
    pub small_bytes: Option<i64>,
}

impl Object {
    pub fn small_key(&self) -> String {
        format!("{}{}", self.object, super::objects::SMALL)
    }
}

pub async fn list_objects(tx: &mut Tx) -> Result<Vec<Object>> {
    sql!("select object, bytes, sha256, small_bytes from files order by object").all(tx).await
}
