use db::{Result, Tx, sql};
use model::{ids::PersonId, time::Timestamp};

/// No row when the key is taken.
pub async fn insert(tx: &mut Tx, person: PersonId, key: &str, request: &str, now: Timestamp) -> Result<u64> {
    sql!(
        "insert into answers (person, key, request, body, at) values ($1, $2, $3, '', $4) on conflict do nothing",
        person,
        key,
        request,
        now
    )
    .run(tx)
    .await
}

/// Digest of the request, and the answer.
pub async fn find(tx: &mut Tx, person: PersonId, key: &str) -> Result<Option<(String, String)>> {
    sql!("select request, body from answers where person = $1 and key = $2", person, key).optional(tx).await
}

pub async fn update(tx: &mut Tx, person: PersonId, key: &str, body: &str) -> Result<u64> {
    sql!("update answers set body = $3 where person = $1 and key = $2", person, key, body).run(tx).await
}

pub async fn delete_before(tx: &mut Tx, person: PersonId, at: Timestamp) -> Result<u64> {
    sql!("delete from answers where person = $1 and at < $2", person, at).run(tx).await
}

/// Forgets every kept answer in which `text` stands; their keys stay taken.
pub async fn forget(tx: &mut Tx, text: &str) -> Result<u64> {
    sql!("update answers set body = '' where body like $1 escape '!'", like(text)).run(tx).await
}

/// A pattern of `like` for whatever holds `text` as JSON spells it.
fn like(text: &str) -> String {
    let spelled = serde_json::to_string(text).unwrap_or_default();
    let inner = spelled.trim_matches('"').replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{inner}%")
}
