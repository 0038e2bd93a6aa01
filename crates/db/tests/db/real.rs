//! The migrations of this binary, whole, on both databases.

use db::{
    migrate::{MIGRATIONS, check, migrate},
    testing::{Kind, fresh},
};

#[tokio::test]
async fn the_migrations_of_this_binary_run_on_sqlite() {
    run(Kind::Sqlite).await;
}

#[tokio::test]
async fn the_migrations_of_this_binary_run_on_postgres() {
    run(Kind::Postgres).await;
}

async fn run(kind: Kind) {
    let db = fresh(kind).await;
    assert_eq!(migrate(&db, 0).await.unwrap(), 0, "a fresh database has all {} of them", MIGRATIONS.len());
    check(&db).await.unwrap();
}
