//! A database that is set up wrong, goes away, is full, or whose process is killed.

use std::{
    env,
    process::{Command, Stdio},
    time::Duration,
};

use db::{
    Db, Error, Options, Place,
    migrate::{Migration, migrate_by},
    sql,
    testing::{Cluster, Fresh, Kind, fresh_by},
};

use crate::{THINGS, on_both};

/// Long enough to be killed within.
const LONG: Migration = Migration {
    number: 2,
    name: "0002_long",
    text: "
        create table numbers (number bigint primary key);
        insert into numbers
        with recursive n (number) as (select 1 union all select number + 1 from n where number < 40000)
        select number from n;
        alter table things add column number bigint;
        update things set number = 1;
    ",
};
const ORDER: &str = "DB_TEST_MIGRATE";

#[tokio::test]
async fn a_postgres_that_may_lose_what_it_acknowledges_is_refused() {
    let db = fresh_by(Kind::Postgres, &[THINGS]).await;
    let Place::Url(url) = &db.options.place else { panic!("not an address") };
    for (level, good) in [("off", false), ("local", true), ("remote_write", true), ("on", true)] {
        match Db::open(&Options::url(&format!("{url}?options[synchronous_commit]={level}")).unwrap()).await {
            Ok(again) => {
                again.ping().await.unwrap();
                assert!(good, "{level} was accepted");
            }
            Err(error) => assert!(!good && matches!(error, Error::Unfit { .. }), "{level}: {error:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_postgres_that_crashed_and_came_back_is_used_again() {
    let cluster = Cluster::start(true).unwrap();
    let mut options = Options::url(&cluster.url()).unwrap();
    options.wait = Duration::from_millis(500);
    let db = Db::open(&options).await.unwrap();
    migrate_by(&db, &[THINGS], 0).await.unwrap();
    for (round, crash) in [(0, true), (1, false), (2, true)] {
        let mut tx = db.write().await.unwrap();
        sql!("insert into things (id) values ($1)", format!("kept-{round}")).run(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        let mut open = db.write().await.unwrap();
        sql!("insert into things (id) values ('lost')").run(&mut open).await.unwrap();
        if crash {
            cluster.crash().unwrap()
        } else {
            cluster.stop().unwrap()
        };
        let error = open.commit().await.unwrap_err();
        assert!(error.is_unavailable(), "{error:?}");
        for _ in 0..3 {
            let error = db.ping().await.unwrap_err();
            assert!(error.is_unavailable(), "{error:?}");
        }
        cluster.again().unwrap();
        // The connections that were in use when it went away each say so once.
        let mut tries = 0;
        while let Err(error) = db.ping().await {
            assert!(error.is_unavailable() && tries < 20, "{error:?}");
            tries += 1;
        }
        let kept: Vec<String> =
            sql!("select id from things order by id").all(&mut db.read().await.unwrap()).await.unwrap();
        assert_eq!(kept, (0..=round).map(|round| format!("kept-{round}")).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn a_full_disk_refuses_writes_and_lets_reads_be() {
    let db = fresh_by(Kind::Sqlite, &[THINGS]).await;
    let mut tx = db.write().await.unwrap();
    // A file that may not grow fails as a full disk does.
    sql!("pragma max_page_count = 20").run(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    let long = "ą".repeat(100_000);
    let mut tx = db.write().await.unwrap();
    sql!("insert into things (id) values ('a')").run(&mut tx).await.unwrap();
    let error = sql!("insert into things (id, note) values ('b', $1)", long).run(&mut tx).await.unwrap_err();
    assert!(matches!(error, Error::DiskFull { .. }), "{error:?}");
    // SQLite has rolled back by itself: nothing may be committed one by one now.
    assert!(matches!(sql!("insert into things (id) values ('c')").run(&mut tx).await, Err(Error::Aborted)));
    assert!(matches!(tx.rollback_to("none").await, Err(Error::Aborted)));
    assert!(matches!(tx.commit().await, Err(Error::Aborted)));
    assert_eq!(sql!("select count(*) from things").one::<i64>(&mut db.read().await.unwrap()).await.unwrap(), 0);
    let mut tx = db.write().await.unwrap();
    sql!("pragma max_page_count = 1000000").run(&mut tx).await.unwrap();
    sql!("insert into things (id, note) values ('b', $1)", long).run(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_reader_of_sqlite_cannot_write() {
    let db = fresh_by(Kind::Sqlite, &[THINGS]).await;
    let mut tx = db.read().await.unwrap();
    assert!(sql!("insert into things (id) values ('a')").run(&mut tx).await.is_err());
    for (pragma, expected) in
        [("select journal_mode from pragma_journal_mode", "wal"), ("select synchronous from pragma_synchronous", "2")]
    {
        let found: serde_json::Value = db::Query::new(pragma).one(&mut tx).await.unwrap();
        assert_eq!(found.to_string().trim_matches('"'), expected);
    }
}

#[tokio::test]
async fn a_turn_that_does_not_come_is_given_up() {
    let fresh = fresh_by(Kind::Sqlite, &[THINGS]).await;
    let db = Db::open(&Options { wait: Duration::from_millis(50), ..fresh.options.clone() }).await.unwrap();
    let turn = db.write().await.unwrap();
    assert!(db.write().await.is_err_and(|error| error.is_unavailable()));
    drop(turn);
    db.write().await.unwrap().commit().await.unwrap();
}

on_both! {
    a_migration_that_is_killed_is_undone_and_done_again,
}

async fn a_migration_that_is_killed_is_undone_and_done_again(db: Fresh) {
    for delay in [5, 20, 40, 60, 80, 120, 160] {
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "outages::the_process_that_is_killed"])
            .env(ORDER, order(&db))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        tokio::time::sleep(Duration::from_millis(delay)).await;
        child.kill().unwrap();
        child.wait().unwrap();
        let done: i64 =
            sql!("select count(*) from schema_migrations").one(&mut db.read().await.unwrap()).await.unwrap();
        let numbers =
            sql!("select number from numbers").all::<i64>(&mut db.read().await.unwrap()).await.map(|rows| rows.len());
        match done {
            1 => assert!(numbers.is_err(), "half of a migration is there"),
            _ => assert_eq!(numbers.unwrap(), 40_000),
        }
    }
    migrate_by(&db, &[THINGS, LONG], 9).await.unwrap();
    assert_eq!(sql!("select count(*) from numbers").one::<i64>(&mut db.read().await.unwrap()).await.unwrap(), 40_000);
}

fn order(db: &Fresh) -> String {
    match &db.options.place {
        Place::File(path) => path.display().to_string(),
        Place::Url(url) => url.clone(),
    }
}

/// Not a test by itself: what the test above starts and kills.
#[tokio::test]
async fn the_process_that_is_killed() {
    let Ok(place) = env::var(ORDER) else { return };
    let options = Options::url(&place).unwrap_or_else(|_| Options::file(place));
    let db = Db::open(&options).await.unwrap();
    migrate_by(&db, &[THINGS, LONG], 9).await.unwrap();
}
