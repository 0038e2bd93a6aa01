use db::{Json, Result, Tx, sql};
use model::{ids::*, minutes::*, time::Timestamp};
use serde::Deserialize;

/// Minutes that somebody has edited or signed.
#[derive(Deserialize)]
pub struct Row {
    pub body: Minutes,
    pub hash: String,
    pub edited_by: String,
    pub edited_at: Timestamp,
    pub signed_by: Option<String>,
    pub signed_at: Option<Timestamp>,
    pub signed_hash: Option<String>,
    pub redacted_at: Option<Timestamp>,
}

pub async fn find(tx: &mut Tx, session: SessionId) -> Result<Option<Row>> {
    sql!(
        "select minutes.body as body, minutes.hash as hash, editors.name as edited_by, minutes.edited_at as edited_at,
                signers.name as signed_by, minutes.signed_at as signed_at, minutes.signed_hash as signed_hash,
                minutes.redacted_at as redacted_at
         from minutes
         join people as editors on editors.id = minutes.edited_by
         left join people as signers on signers.id = minutes.signed_by
         where minutes.session = $1",
        session
    )
    .optional(tx)
    .await
}

/// Nothing is done where there is a row already.
pub async fn insert(
    tx: &mut Tx,
    session: SessionId,
    body: &Minutes,
    hash: &str,
    by: PersonId,
    at: Timestamp,
) -> Result<u64> {
    sql!(
        "insert into minutes (session, body, hash, edited_by, edited_at) values ($1, $2, $3, $4, $5)
         on conflict (session) do nothing",
        session,
        Json(body),
        hash,
        by,
        at
    )
    .run(tx)
    .await
}

/// Of the text of hash `read`, unless it is signed.
pub async fn update(
    tx: &mut Tx,
    session: SessionId,
    read: &str,
    body: &Minutes,
    hash: &str,
    by: PersonId,
    at: Timestamp,
) -> Result<u64> {
    sql!(
        "update minutes set body = $3, hash = $4, edited_by = $5, edited_at = $6
         where session = $1 and hash = $2 and signed_at is null",
        session,
        read,
        Json(body),
        hash,
        by,
        at
    )
    .run(tx)
    .await
}

/// Of the text of hash `read`, unless it is signed.
pub async fn sign(tx: &mut Tx, session: SessionId, read: &str, by: PersonId, at: Timestamp) -> Result<u64> {
    sql!(
        "update minutes set signed_by = $3, signed_at = $4, signed_hash = hash
         where session = $1 and hash = $2 and signed_at is null",
        session,
        read,
        by,
        at
    )
    .run(tx)
    .await
}

/// Of the text of hash `read`, unless it is signed.
pub async fn delete(tx: &mut Tx, session: SessionId, read: &str) -> Result<u64> {
    sql!("delete from minutes where session = $1 and hash = $2 and signed_at is null", session, read).run(tx).await
}

pub async fn keep_former(tx: &mut Tx, session: SessionId, body: &Minutes, by: PersonId, at: Timestamp) -> Result<u64> {
    sql!(
        "insert into minutes_former (session, number, body, person, at)
         values ($1, (select coalesce(max(number), 0) + 1 from minutes_former where session = $1), $2, $3, $4)",
        session,
        Json(body),
        by,
        at
    )
    .run(tx)
    .await
}

/// The latest 20, the latest first.
pub async fn list_former(tx: &mut Tx, session: SessionId) -> Result<Vec<FormerMinutes>> {
    sql!(
        "select people.name as by, minutes_former.at as at, minutes_former.body as minutes
         from minutes_former join people on people.id = minutes_former.person
         where minutes_former.session = $1 order by minutes_former.number desc limit 20",
        session
    )
    .all(tx)
    .await
}

#[derive(Deserialize)]
struct AddendumRow {
    number: i64,
    text: String,
    hash: String,
    by: String,
    at: Timestamp,
    signed_hash: String,
    redacted_at: Option<Timestamp>,
}

pub async fn list_addenda(tx: &mut Tx, session: SessionId) -> Result<Vec<Addendum>> {
    let rows: Vec<AddendumRow> = sql!(
        "select minutes_addenda.number as number, minutes_addenda.text as text, minutes_addenda.hash as hash,
                people.name as by, minutes_addenda.signed_at as at, minutes_addenda.signed_hash as signed_hash,
                minutes_addenda.redacted_at as redacted_at
         from minutes_addenda join people on people.id = minutes_addenda.signed_by
         where minutes_addenda.session = $1 order by minutes_addenda.number",
        session
    )
    .all(tx)
    .await?;
    let addendum = |row: AddendumRow| Addendum {
        number: row.number,
        text: row.text,
        hash: row.hash,
        signature: Signature { by: row.by, at: row.at, hash: row.signed_hash, redacted_at: row.redacted_at },
    };
    Ok(rows.into_iter().map(addendum).collect())
}

/// How many there are, with the minutes' row locked until the commit: two at once are numbered one after the other.
pub async fn count_addenda(tx: &mut Tx, session: SessionId) -> Result<i64> {
    sql!("update minutes set hash = hash where session = $1", session).run(tx).await?;
    sql!("select count(*) from minutes_addenda where session = $1", session).one(tx).await
}

pub async fn insert_addendum(
    tx: &mut Tx,
    session: SessionId,
    (number, text): (i64, &str),
    hash: &str,
    by: PersonId,
    at: Timestamp,
) -> Result<u64> {
    sql!(
        "insert into minutes_addenda (session, number, text, hash, signed_by, signed_at, signed_hash)
         values ($1, $2, $3, $4, $5, $6, $4)",
        session,
        number,
        text,
        hash,
        by,
        at
    )
    .run(tx)
    .await
}

pub async fn rehash(tx: &mut Tx, session: SessionId, hash: &str, at: Timestamp) -> Result<u64> {
    sql!("update minutes set hash = $2, redacted_at = $3 where session = $1", session, hash, at).run(tx).await
}

pub async fn rehash_addendum(tx: &mut Tx, session: SessionId, number: i64, hash: &str, at: Timestamp) -> Result<u64> {
    sql!(
        "update minutes_addenda set hash = $3, redacted_at = $4 where session = $1 and number = $2",
        session,
        number,
        hash,
        at
    )
    .run(tx)
    .await
}
