//! Turns, rollbacks and cancelled futures.

use std::time::Duration;

use db::{Db, Error, sql};
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

on_both! {
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

    async fn writers_take_turns(db: Fresh) {
        insert(&db, "counter").await.unwrap();
        let mut tasks = JoinSet::new();
        for writer in 0..32 {
            let db = db.db.clone();
            tasks.spawn(async move {
                for turn in 0..10 {
                    insert(&db, &format!("{writer}-{turn}")).await.unwrap();
                    let mut tx = db.write().await.unwrap();
                    sql!("update things set count = coalesce(count, 0) + 1 where id = 'counter'").run(&mut tx).await.unwrap();
                    tx.commit().await.unwrap();
                }
            });
        }
        tasks.join_all().await;
        assert_eq!(count(&db).await, 321);
        let counted: i64 = sql!("select count from things where id = 'counter'").one(&mut db.read().await.unwrap()).await.unwrap();
        assert_eq!(counted, 320);
    }

    async fn cancelled_writes_leave_the_pool_healthy(db: Fresh) {
        let mut landed = 0;
        for round in 0..300_u64 {
            let task = tokio::spawn({
                let db = db.db.clone();
                async move {
                    let mut tx = db.write().await?;
                    for step in 0..3 {
                        sql!("insert into things (id) values ($1)", format!("{round}-{step}")).run(&mut tx).await?;
                    }
                    sql!("select id, note from things").all::<(String, Option<String>)>(&mut tx).await?;
                    tx.commit().await
                }
            });
            // Cut at another point each time: before the turn, in the begin, between statements, in the commit, after it.
            tokio::time::sleep(Duration::from_micros(round * 37 % 4_000)).await;
            task.abort();
            match task.await {
                Ok(done) => {
                    done.unwrap();
                    landed += 1;
                }
                Err(cancelled) => assert!(cancelled.is_cancelled()),
            }
        }
        let whole: Vec<(String, i64)> =
            sql!("select substr(id, 1, length(id) - 2) as round, count(*) as kept from things group by 1").all(&mut db.read().await.unwrap()).await.unwrap();
        assert!(whole.iter().all(|(_, kept)| *kept == 3), "a write is whole or not there: {whole:?}");
        assert!(whole.len() >= landed, "what was acknowledged is there");
        for id in 0..40 {
            insert(&db, &format!("after-{id}")).await.unwrap();
        }
        if !db.is_sqlite() {
            let idle: i64 = sql!("select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'")
                .one(&mut db.read().await.unwrap())
                .await
                .unwrap();
            assert_eq!(idle, 0);
        }
    }

    async fn cancelled_reads_leave_the_pool_healthy(db: Fresh) {
        for id in 0..200 {
            insert(&db, &format!("{id:03}")).await.unwrap();
        }
        for round in 0..200_u64 {
            let task = tokio::spawn({
                let db = db.db.clone();
                async move {
                    let mut tx = db.read().await?;
                    sql!("select a.id, b.id from things a, things b limit 4000").all::<(String, String)>(&mut tx).await
                }
            });
            tokio::time::sleep(Duration::from_micros(round * 53 % 5_000)).await;
            task.abort();
            drop(task.await);
        }
        for _ in 0..40 {
            assert_eq!(count(&db).await, 200);
        }
    }

    async fn a_closed_database_is_not_available(db: Fresh) {
        db.close().await;
        assert!(db.read().await.is_err_and(|error| error.is_unavailable()));
        assert!(db.write().await.is_err_and(|error| error.is_unavailable()));
        let again = Db::open(&db.options).await.unwrap();
        again.ping().await.unwrap();
    }
}
