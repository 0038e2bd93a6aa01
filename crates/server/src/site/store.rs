use db::{Result, Tx, sql};

pub async fn insert(tx: &mut Tx, epoch: &str) -> Result<u64> {
    sql!("insert into site (number, epoch) values (1, $1) on conflict do nothing", epoch).run(tx).await
}

/// Changes when a backup is restored.
pub async fn epoch(tx: &mut Tx) -> Result<String> {
    sql!("select epoch from site").one(tx).await
}
