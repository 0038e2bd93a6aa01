//! The live session, from the stored events to the sockets of a whole team.

// Waits are limited by the clock of the machine: a test is no part of what it tests.
#![allow(clippy::disallowed_methods)]

mod agreed;
mod agreements;
mod board;
mod breakouts;
mod broken;
mod canary;
mod child;
mod hybrid;
mod kills;
mod limits;
#[path = "../support/live_client.rs"]
mod live_client;
mod losses;
mod notes_client;
mod notes_hostile;
mod notes_kept;
mod notes_written;
mod outages;
mod polls;
mod slow;
mod snapshots;
mod stand;
mod steps;
mod stop;
mod stored;
mod sync;
mod talk;
mod two_hours;
mod writers;

/// How many of so many a long form goes through: `SOAK_PERCENT` of them, all when it is not set.
fn of_all(count: usize) -> usize {
    let percent = std::env::var("SOAK_PERCENT").ok().and_then(|percent| percent.parse().ok()).unwrap_or(100);
    (count * percent).div_ceil(100)
}

/// One test on both databases.
#[macro_export]
macro_rules! both {
    ($name:ident, |$kind:ident| $test:expr) => {
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn run($kind: db::testing::Kind) {
                $test.await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                run(db::testing::Kind::Sqlite).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                run(db::testing::Kind::Postgres).await;
            }
        }
    };
}
