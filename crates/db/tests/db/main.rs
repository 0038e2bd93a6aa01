//! Every test here runs on both databases, but those of plans.

mod migrating;
mod outages;
mod plans;
mod reading;
mod real;
mod sets;
mod transactions;
mod writing;

/// Runs each function as two tests, one on each database.
#[macro_export]
macro_rules! on_both {
    ($($name:ident),* $(,)?) => { $(
        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                super::$name($crate::things(db::testing::Kind::Sqlite).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                super::$name($crate::things(db::testing::Kind::Postgres).await).await;
            }
        }
    )* };
}

/// A database with a table of every type of column.
pub async fn things(kind: db::testing::Kind) -> db::testing::Fresh {
    db::testing::fresh_by(kind, &[THINGS]).await
}

pub const THINGS: db::migrate::Migration = db::migrate::Migration {
    number: 1,
    name: "0001_things",
    text: "
        create table things (
            id text primary key,
            count bigint,
            sure boolean,
            note text,
            parts text,
            name text unique
        );
        create table owners (id text primary key, thing text not null references things (id));
    ",
};
