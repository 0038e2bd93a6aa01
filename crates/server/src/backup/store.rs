use db::{Result, Tx, sql};

use super::manifest::Applied;

pub async fn list_migrations(tx: &mut Tx) -> Result<Vec<Applied>> {
    sql!("select number, name, hash from schema_migrations order by number").all(tx).await
}

pub async fn count_people(tx: &mut Tx) -> Result<i64> {
    sql!("select count(*) from people").one(tx).await
}

/// Sessions whose last number is not that of their last event, or whose numbers have a gap.
pub async fn count_broken_sessions(tx: &mut Tx) -> Result<i64> {
    sql!(
        "select count(*) from sessions
         where last_seq <> (select coalesce(max(seq), 0) from session_events where session = sessions.id)
            or last_seq <> (select count(*) from session_events where session = sessions.id)"
    )
    .one(tx)
    .await
}

/// Clients of live rooms that held the old epoch begin anew.
pub async fn update_epoch(tx: &mut Tx, epoch: &str) -> Result<u64> {
    sql!("update site set epoch = $1", epoch).run(tx).await
}
