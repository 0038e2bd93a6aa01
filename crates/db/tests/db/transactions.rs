//! Turns, rollbacks and cancelled futures.

use std::{future::poll_fn, pin::pin, task::Poll};

use db::{Db, Error, sql, testing::Fresh};
use tokio::task::JoinSet;

use crate::on_both;

async fn count(db: &Db) -> i64 {
    sql!("select count(*) from things").one(&mut db.read().await.unwrap()).await.unwrap()
}

async fn insert(db: &Db, id: &str) -> db::Result<()> {
    let mut tx = db.write().await?;
    sql!("insert into things (id) values ($1)", id).run(&mut tx).await?;
    tx.commit().await
}

/// Drops the future when it has waited this many times.
async fn cut<T>(future: impl Future<Output = T>, mut waits: u32) -> Option<T> {
    let mut future = pin!(future);
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending if waits == 0 => Poll::Ready(None),
        Poll::Pending => {
            waits -= 1;
            Poll::Pending
        }
    })
    .await
}

on_both! {
    what_is_dropped_uncommitted_is_rolled_back,
    a_savepoint_undoes_a_part,
    after_a_failure_only_a_savepoint_helps,
    a_reader_has_no_savepoints,
    writers_take_turns,
    cancelled_writes_leave_the_pool_healthy,
    cancelled_reads_leave_the_pool_healthy,
    a_closed_database_is_not_available,
}

async fn what_is_dropped_uncommitted_is_rolled_back(db: Fresh) {
    let mut tx = db.write().await.unwrap();
    sql!("insert into things (id) values ('a')").run(&mut tx).await.unwrap();
    drop(tx);
    insert(&db, "b").await.unwrap();
    let ids: Vec<String> = sql!("select id from things").all(&mut db.read().await.unwrap()).await.unwrap();
    assert_eq!(ids, ["b"]);
}

async fn a_savepoint_undoes_a_part(db: Fresh) {
    let mut tx = db.write().await.unwrap();
    sql!("insert into things (id) values ('a')").run(&mut tx).await.unwrap();
    tx.savepoint("one").await.unwrap();
    sql!("insert into things (id) values ('b')").run(&mut tx).await.unwrap();
    tx.rollback_to("one").await.unwrap();
    tx.savepoint("two").await.unwrap();
    sql!("insert into things (id) values ('c')").run(&mut tx).await.unwrap();
    tx.release("two").await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(count(&db).await, 2);
}

async fn after_a_failure_only_a_savepoint_helps(db: Fresh) {
    insert(&db, "a").await.unwrap();
    let mut tx = db.write().await.unwrap();
    sql!("insert into things (id) values ('b')").run(&mut tx).await.unwrap();
    sql!("insert into things (id) values ('a')").run(&mut tx).await.unwrap_err();
    assert!(matches!(sql!("select 'x'").one::<String>(&mut tx).await, Err(Error::Aborted)));
    assert!(matches!(tx.savepoint("late").await, Err(Error::Aborted)));
    assert!(matches!(tx.commit().await, Err(Error::Aborted)));
    assert_eq!(count(&db).await, 1);
}

async fn a_reader_has_no_savepoints(db: Fresh) {
    let mut tx = db.read().await.unwrap();
    assert!(matches!(tx.savepoint("one").await, Err(Error::Aborted)));
    tx.commit().await.unwrap();
}

async fn writers_take_turns(db: Fresh) {
    insert(&db, "counter").await.unwrap();
    let mut tasks = JoinSet::new();
    for writer in 0..32 {
        let db = db.db.clone();
        tasks.spawn(async move {
            for turn in 0..10 {
                insert(&db, &format!("{writer}-{turn}")).await.unwrap();
                let mut tx = db.write().await.unwrap();
                sql!("update things set count = coalesce(count, 0) + 1 where id = 'counter'")
                    .run(&mut tx)
                    .await
                    .unwrap();
                tx.commit().await.unwrap();
            }
        });
    }
    tasks.join_all().await;
    assert_eq!(count(&db).await, 321);
    let counted: i64 =
        sql!("select count from things where id = 'counter'").one(&mut db.read().await.unwrap()).await.unwrap();
    assert_eq!(counted, 320);
}

async fn cancelled_writes_leave_the_pool_healthy(db: Fresh) {
    let mut landed = 0;
    // Cut at every place: before the turn, in the begin, between statements, in the commit, and not at all.
    for round in 0..400_u32 {
        let write = async {
            let mut tx = db.write().await?;
            for step in 0..3 {
                sql!("insert into things (id) values ($1)", format!("{round:03}-{step}")).run(&mut tx).await?;
            }
            sql!("select id, note from things").all::<(String, Option<String>)>(&mut tx).await?;
            tx.commit().await
        };
        if let Some(done) = cut(write, round % 25).await {
            done.unwrap();
            landed += 1;
        }
    }
    let mut tx = db.write().await.unwrap();
    let whole: Vec<(String, i64)> =
        sql!("select substr(id, 1, 3) as round, count(*) as kept from things group by substr(id, 1, 3)")
            .all(&mut tx)
            .await
            .unwrap();
    tx.commit().await.unwrap();
    assert!(whole.iter().all(|(_, kept)| *kept == 3), "a write is whole or not there: {whole:?}");
    assert!((landed..400).contains(&whole.len()), "{landed} were acknowledged, {} are there", whole.len());
    for id in 0..40 {
        insert(&db, &format!("after-{id}")).await.unwrap();
    }
    if !db.is_sqlite() {
        let idle = "select count(*) from pg_stat_activity
            where datname = current_database() and state like 'idle in transaction%'";
        assert_eq!(db::Query::new(idle).one::<i64>(&mut db.read().await.unwrap()).await.unwrap(), 0);
    }
}

async fn cancelled_reads_leave_the_pool_healthy(db: Fresh) {
    for id in 0..100 {
        insert(&db, &format!("{id:03}")).await.unwrap();
    }
    for round in 0..200 {
        let read = async {
            let mut tx = db.read().await?;
            sql!("select a.id, b.id from things a, things b limit 4000").all::<(String, String)>(&mut tx).await
        };
        if let Some(rows) = cut(read, round % 20).await {
            assert_eq!(rows.unwrap().len(), 4000);
        }
    }
    for _ in 0..40 {
        assert_eq!(count(&db).await, 100);
    }
}

async fn a_closed_database_is_not_available(db: Fresh) {
    db.close().await;
    assert!(db.read().await.is_err_and(|error| error.is_unavailable()));
    assert!(db.write().await.is_err_and(|error| error.is_unavailable()));
    let again = Db::open(&db.options).await.unwrap();
    again.ping().await.unwrap();
}
