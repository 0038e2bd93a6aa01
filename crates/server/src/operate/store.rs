use db::{Result, Tx, sql};
use model::{ids::PersonId, time::Timestamp};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Administrator {
    pub id: PersonId,
    pub name: String,
    pub email: String,
    pub suspended_at: Option<Timestamp>,
}

pub async fn list_administrators(tx: &mut Tx) -> Result<Vec<Administrator>> {
    sql!(
        "select people.id as id, people.name as name, people.email as email, people.suspended_at as suspended_at
         from people join roles on roles.person = people.id
         where roles.role = 'administrator' order by people.name_key, people.id"
    )
    .all(tx)
    .await
}

pub async fn update_suspended(tx: &mut Tx, person: PersonId, at: Option<Timestamp>) -> Result<u64> {
    sql!("update people set suspended_at = $2 where id = $1", person, at).run(tx).await
}

/// The latest moment that anything in the database speaks of as past.
pub async fn latest(tx: &mut Tx) -> Result<Option<Timestamp>> {
    sql!(
        "select max(at) from (
             select max(seen_at) as at from sign_ins
             union all select max(at) as at from audit
             union all select max(created_at) as at from people
         ) moments"
    )
    .one(tx)
    .await
}

/// When something that search finds was last changed.
pub async fn last_change(tx: &mut Tx) -> Result<Option<Timestamp>> {
    sql!(
        "select max(at) from (
             select max(updated_at) as at from problems
             union all select max(updated_at) as at from practices
         ) changes"
    )
    .one(tx)
    .await
}
