//! The index follows the database, on both.

use std::time::Duration;

use db::{
    Db, sql,
    testing::{Fresh, Kind, fresh},
};
use model::time::{Millis, Timestamp};
use serde_json::json;
use tokio::{task::JoinHandle, time};

use super::{super::Search, *};

const NOON: Timestamp = Timestamp(1_780_000_000_000);

struct Fed {
    search: Search,
    task: JoinHandle<()>,
    fresh: Fresh,
}

impl Fed {
    async fn begin(kind: Kind) -> Self {
        let fresh = fresh(kind).await;
        let mut tx = fresh.write().await.unwrap();
        sql!(
            "insert into people (id, name, name_key, email, email_key, password, profession, created_at)
             values ('ona', 'Ona', 'ona', 'ona', 'ona', '', '', 0)"
        )
        .run(&mut tx)
        .await
        .unwrap();
        sql!(
            "insert into networks (id, kind, name, name_key, about, created_at) values ('kartu', 'bmt', '', '', '', 0)"
        )
        .run(&mut tx)
        .await
        .unwrap();
        sql!(
            "insert into spaces (id, network, name, name_key, about, visibility, version, created_at)
             values ($1, 'kartu', '', '', '', 'public', 1, 0)",
            space(OURS)
        )
        .run(&mut tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let search = Search::in_memory().unwrap();
        let task = Self::feed(&search, &fresh.db);
        Self { search, task, fresh }
    }

    fn feed(search: &Search, db: &Db) -> JoinHandle<()> {
        tokio::spawn(search.clone().feed(db.clone(), || NOON))
    }

    /// Writes a practice as its handler would, without telling the index.
    async fn write(&self, number: u128, title: &str, state: &str, version: i64) {
        let mut tx = self.fresh.write().await.unwrap();
        sql!(
            "insert into practices (id, space, author, state, title, body, summary, area, grade_from, grade_to, version,
                created_at, published_at, updated_at)
             values ($1, $2, 'ona', $3, $4, $5, 'Santrauka.', 'steam', 5, 8, $6, 0, 0, $7)
             on conflict (id) do update set state = excluded.state, title = excluded.title, version = excluded.version",
            practice(number).id,
            space(OURS),
            state,
            title,
            json!({ "steps": ["Pirmas žingsnis"], "context": "Kalnų mokykla", "cost": "low" }),
            version,
            NOON
        )
        .run(&mut tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
    }

    fn found(&self, typed: &str) -> Vec<u128> {
        let found = self.search.ask(&ask(&Words::typed(typed), &[space(OURS)])).unwrap();
        found.hits.iter().map(|hit| hit.key.id.as_u128()).collect()
    }

    async fn until(&self, typed: &str, ids: &[u128]) {
        for _ in 0..500 {
            if self.found(typed) == ids {
                return;
            }
            time::sleep(Duration::from_millis(20)).await;
        }
        panic!("{typed}: found {:?}, not {ids:?}", self.found(typed));
    }

    async fn end(self) -> Fresh {
        self.task.abort();
        let _ = self.task.await;
        self.fresh
    }
}

const BOTH: [Kind; 2] = [Kind::Sqlite, Kind::Postgres];

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_is_found_soon_after() {
    for kind in BOTH {
        let fed = Fed::begin(kind).await;
        for (number, title) in [(1, "Skaitymo valanda"), (2, "Matematikos stovykla")] {
            fed.write(number, title, "published", 1).await;
            fed.search.touch(Practice, practice(number).id);
        }
        fed.until("skaitymas", &[1]).await;
        fed.until("kalnai žingsniai stovykla", &[2]).await;

        fed.write(1, "Rašymo valanda", "published", 2).await;
        fed.search.touch(Practice, practice(1).id);
        fed.until("rašymas", &[1]).await;
        assert_eq!(fed.found("skaitymas"), [0_u128; 0]);
        drop(fed.end().await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_never_found() {
    for kind in BOTH {
        let fed = Fed::begin(kind).await;
        fed.write(1, "Skaitymo juodraštis", "draft", 1).await;
        fed.search.touch(Practice, practice(1).id);
        fed.write(2, "Skaitymo valanda", "published", 1).await;
        fed.search.touch(Practice, practice(2).id);
        fed.until("skaitymas", &[2]).await;
        drop(fed.end().await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_feed_makes_good_what_was_missed() {
    for kind in BOTH {
        let mut fed = Fed::begin(kind).await;
        fed.write(1, "Skaitymo valanda", "published", 1).await;
        fed.write(2, "Skaitymo stovykla", "published", 1).await;
        fed.search.touch(Practice, practice(1).id);
        fed.search.touch(Practice, practice(2).id);
        fed.until("stovykla", &[2]).await;
        fed.task.abort();

        fed.write(1, "Rašymo valanda", "published", 2).await;
        fed.write(3, "Piešimo valanda", "published", 1).await;
        let mut tx = fed.fresh.write().await.unwrap();
        sql!("delete from practices where id = $1", practice(2).id).run(&mut tx).await.unwrap();
        tx.commit().await.unwrap();

        fed.task = Fed::feed(&fed.search, &fed.fresh.db);
        fed.until("rašymas", &[1]).await;
        fed.until("piešimas", &[3]).await;
        fed.until("skaitymas", &[]).await;
        fed.until("stovykla", &[]).await;
        drop(fed.end().await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_node_wrote_is_swept_in() {
    for kind in BOTH {
        let mut fed = Fed::begin(kind).await;
        // A clock that goes on by a minute each time it is read, so that every turn sweeps.
        fed.task.abort();
        let minutes = std::sync::atomic::AtomicI64::new(0);
        let clock = move || NOON.plus(Millis::minutes(minutes.fetch_add(1, std::sync::atomic::Ordering::Relaxed) % 10));
        fed.task = tokio::spawn(fed.search.clone().feed(fed.fresh.db.clone(), clock));
        fed.write(1, "Skaitymo valanda", "published", 1).await;
        fed.search.touch(Practice, practice(1).id);
        fed.until("skaitymas", &[1]).await;
        // Another node writes the second; here only the third is told of.
        fed.write(2, "Piešimo valanda", "published", 1).await;
        fed.write(3, "Rašymo valanda", "published", 1).await;
        fed.search.touch(Practice, practice(3).id);
        fed.until("piešimas", &[2]).await;
        drop(fed.end().await);
    }
}
