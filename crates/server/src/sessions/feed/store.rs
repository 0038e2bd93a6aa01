use db::{Result, Tx, sql};
use model::{ids::PersonId, time::Timestamp};

pub async fn made_at(tx: &mut Tx, person: PersonId) -> Result<Option<Timestamp>> {
    sql!("select made_at from calendar_feeds where person = $1", person).optional(tx).await
}

pub async fn upsert(tx: &mut Tx, person: PersonId, token: &str, now: Timestamp) -> Result<u64> {
    sql!(
        "insert into calendar_feeds (person, token, made_at) values ($1, $2, $3)
         on conflict (person) do update set token = excluded.token, made_at = excluded.made_at",
        person,
        token,
        now
    )
    .run(tx)
    .await
}

pub async fn delete(tx: &mut Tx, person: PersonId) -> Result<u64> {
    sql!("delete from calendar_feeds where person = $1", person).run(tx).await
}

pub async fn find(tx: &mut Tx, token: &str) -> Result<Option<PersonId>> {
    sql!("select person from calendar_feeds where token = $1", token).optional(tx).await
}
