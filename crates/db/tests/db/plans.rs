//! What a test is not let run, by the plan that SQLite makes of it.

use db::{sql, testing::Kind};

use crate::things;

#[tokio::test]
#[should_panic(expected = "MATERIALIZE (join")]
async fn a_statement_that_fills_a_table_with_a_join_does_not_pass() {
    let fresh = things(Kind::Sqlite).await;
    let mut tx = fresh.db.read().await.unwrap();
    let text = sql!(
        "select things.id from things
         left join (owners join owners as others on others.id = owners.id) on owners.thing = things.id
         where things.id = $1",
        "x"
    );
    let _ = text.all::<String>(&mut tx).await;
}

#[tokio::test]
#[should_panic(expected = "AUTOMATIC")]
async fn a_statement_that_builds_an_index_does_not_pass() {
    let fresh = things(Kind::Sqlite).await;
    let mut tx = fresh.db.read().await.unwrap();
    let text = sql!("select things.id from things left join owners on owners.thing = things.id");
    let _ = text.all::<String>(&mut tx).await;
}
