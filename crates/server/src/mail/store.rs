use db::{Json, Result, Rows, Tx, sql};
use model::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::letters::Letter;

pub async fn insert(
    tx: &mut Tx,
    id: &str,
    key: &str,
    letter: &Letter,
    to: &str,
    lang: &str,
    now: Timestamp,
) -> Result<u64> {
    sql!(
        "insert into mails (id, key, letter, address, lang, tries, due_at, created_at) values ($1, $2, $3, $4, $5, 0, $6, $6)
         on conflict (key) do nothing",
        id,
        key,
        Json(letter),
        to,
        lang,
        now
    )
    .run(tx)
    .await
}

#[derive(Serialize)]
pub struct New {
    pub id: String,
    pub key: String,
    /// As JSON.
    pub letter: String,
    pub to: String,
}

pub async fn insert_all(tx: &mut Tx, letters: &[New], lang: &str, now: Timestamp) -> Result<u64> {
    sql!(
        "insert into mails (id, key, letter, address, lang, tries, due_at, created_at)
         select value ->> 'id', value ->> 'key', value ->> 'letter', value ->> 'to', $2, 0, $3, $3
         from jsonb_each($1) where true
         on conflict (key) do nothing",
        Rows(letters),
        lang,
        now
    )
    .run(tx)
    .await
}

#[derive(Deserialize)]
pub struct Waiting {
    pub id: String,
    pub letter: Letter,
    pub address: String,
    pub lang: String,
    pub tries: i64,
    pub due_at: Timestamp,
}

pub async fn list_due(tx: &mut Tx, now: Timestamp) -> Result<Vec<Waiting>> {
    sql!(
        "select id, letter, address, lang, tries, due_at from mails
         where due_at <= $1 and sent_at is null and given_up_at is null order by due_at, id limit 100",
        now
    )
    .all(tx)
    .await
}

/// One row when it is ours to try, none when somebody else was first.
pub async fn claim(tx: &mut Tx, waiting: &Waiting, until: Timestamp) -> Result<u64> {
    sql!(
        "update mails set due_at = $3
         where id = $1 and due_at = $2 and sent_at is null and given_up_at is null",
        waiting.id,
        waiting.due_at,
        until
    )
    .run(tx)
    .await
}

pub async fn sent(tx: &mut Tx, id: &str, now: Timestamp) -> Result<u64> {
    sql!("update mails set sent_at = $2, address = '' where id = $1", id, now).run(tx).await
}

pub async fn given_up(tx: &mut Tx, id: &str, now: Timestamp) -> Result<u64> {
    sql!("update mails set tries = tries + 1, given_up_at = $2, address = '' where id = $1", id, now).run(tx).await
}

pub async fn later(tx: &mut Tx, id: &str, due: Timestamp) -> Result<u64> {
    sql!("update mails set tries = tries + 1, due_at = $2 where id = $1", id, due).run(tx).await
}

/// Rows of what was sent before `then`. What was given up stays, for the operator to see.
pub async fn forget(tx: &mut Tx, then: Timestamp) -> Result<u64> {
    sql!("delete from mails where sent_at < $1", then).run(tx).await
}

/// How many wait, and how many of them were tried in vain already; how many were given up.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct State {
    pub waiting: i64,
    pub failing: i64,
    pub given_up: i64,
}

pub async fn state(tx: &mut Tx) -> Result<State> {
    sql!(
        "select
             cast(coalesce(sum(case when sent_at is null and given_up_at is null then 1 else 0 end), 0) as bigint) as waiting,
             cast(coalesce(sum(case when sent_at is null and given_up_at is null and tries > 0 then 1 else 0 end), 0) as bigint) as failing,
             cast(coalesce(sum(case when given_up_at is not null then 1 else 0 end), 0) as bigint) as given_up
         from mails"
    )
    .one(tx)
    .await
}
