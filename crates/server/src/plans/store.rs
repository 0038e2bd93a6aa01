use db::{Json, Result, Tx, sql};
use model::{ids::*, plans::Plan, sessions::PlannedStep, time::Timestamp};

pub struct New<'a> {
    pub id: PlanId,
    pub network: NetworkId,
    pub title: &'a str,
    pub about: &'a str,
    pub steps: &'a [PlannedStep],
    pub at: Timestamp,
}

pub async fn list(tx: &mut Tx) -> Result<Vec<Plan>> {
    sql!(
        "select plans.id as id, plans.network as network, networks.name as network_name, plans.title as title,
                plans.about as about, plans.steps as steps, plans.version as version
         from plans join networks on networks.id = plans.network
         order by plans.title, plans.id limit 500"
    )
    .all(tx)
    .await
}

pub async fn find(tx: &mut Tx, plan: PlanId) -> Result<Option<Plan>> {
    sql!(
        "select plans.id as id, plans.network as network, networks.name as network_name, plans.title as title,
                plans.about as about, plans.steps as steps, plans.version as version
         from plans join networks on networks.id = plans.network
         where plans.id = $1",
        plan
    )
    .optional(tx)
    .await
}

pub async fn count(tx: &mut Tx, network: NetworkId) -> Result<i64> {
    sql!("select count(*) from plans where network = $1", network).one(tx).await
}

pub async fn insert(tx: &mut Tx, new: &New<'_>) -> Result<u64> {
    sql!(
        "insert into plans (id, network, title, about, steps, version, created_at, updated_at)
         values ($1, $2, $3, $4, $5, 1, $6, $6)",
        new.id,
        new.network,
        new.title,
        new.about,
        Json(new.steps),
        new.at
    )
    .run(tx)
    .await
}

/// None is changed when the version is not the latest.
pub async fn update(
    tx: &mut Tx,
    plan: PlanId,
    version: i64,
    (title, about): (&str, &str),
    steps: &[PlannedStep],
    at: Timestamp,
) -> Result<u64> {
    sql!(
        "update plans set title = $3, about = $4, steps = $5, version = version + 1, updated_at = $6
         where id = $1 and version = $2",
        plan,
        version,
        title,
        about,
        Json(steps),
        at
    )
    .run(tx)
    .await
}

pub async fn delete(tx: &mut Tx, plan: PlanId, version: i64) -> Result<u64> {
    sql!("delete from plans where id = $1 and version = $2", plan, version).run(tx).await
}
