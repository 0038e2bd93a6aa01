use db::{Result, Tx, sql};

/// Counts one more change, and tells how many there are now.
pub async fn count(tx: &mut Tx) -> Result<i64> {
    sql!("update content set version = version + 1 where number = 1 returning version").one(tx).await
}

pub async fn find(tx: &mut Tx) -> Result<i64> {
    sql!("select version from content where number = 1").one(tx).await
}
