//! The schema grows by migrations.

use db::{
    Db, Error,
    migrate::{Migration, Refused, migrate_by},
    sql,
    testing::{Fresh, Kind, fresh_by},
};

use crate::{THINGS, on_both};

const MORE: Migration = Migration {
    number: 2,
    name: "0002_more",
    text: "
        alter table things add column extra text;
        -- only: postgres
        create index extra on things (extra) include (id);
        -- end
        -- only: sqlite
        create index extra on things (extra, id);
        -- end
    ",
};
const BREAKING: Migration =
    Migration { number: 3, name: "0003_breaking", text: "-- oldest-binary: 2\nalter table things drop column note;" };
const WRONG: Migration = Migration {
    number: 3,
    name: "0003_wrong",
    text: "create table half (id text primary key); create tabel rest (id text);",
};

fn refused(result: db::Result<usize>) -> Refused {
    match result {
        Err(Error::Migrate(refused)) => refused,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

async fn applied(db: &Db) -> Vec<(i64, String, i64)> {
    sql!("select number, name, at from schema_migrations order by number")
        .all(&mut db.read().await.unwrap())
        .await
        .unwrap()
}

on_both! {
    each_is_done_once,
    one_that_fails_leaves_nothing_and_is_done_again,
    an_older_binary_is_refused_and_a_newer_schema_alone_is_not,
    a_changed_one_is_refused,
    one_added_before_what_is_applied_is_refused,
    two_processes_may_migrate_at_once,
}

async fn each_is_done_once(db: Fresh) {
    assert_eq!(migrate_by(&db, &[THINGS, MORE], 5).await.unwrap(), 1);
    assert_eq!(migrate_by(&db, &[THINGS, MORE], 6).await.unwrap(), 0);
    let applied = applied(&db).await;
    assert_eq!(applied[1], (2, "0002_more".into(), 5));
    sql!("select extra from things").all::<Option<String>>(&mut db.read().await.unwrap()).await.unwrap();
}

async fn one_that_fails_leaves_nothing_and_is_done_again(db: Fresh) {
    assert!(matches!(migrate_by(&db, &[THINGS, MORE, WRONG], 5).await, Err(Error::Other { query: "0003_wrong", .. })));
    assert_eq!(applied(&db).await.len(), 2);
    assert!(sql!("select id from half").all::<String>(&mut db.read().await.unwrap()).await.is_err());
    assert_eq!(migrate_by(&db, &[THINGS, MORE, BREAKING], 6).await.unwrap(), 1);
}

async fn an_older_binary_is_refused_and_a_newer_schema_alone_is_not(db: Fresh) {
    migrate_by(&db, &[THINGS, MORE, BREAKING], 5).await.unwrap();
    assert_eq!(migrate_by(&db, &[THINGS, MORE], 5).await.unwrap(), 0);
    assert_eq!(refused(migrate_by(&db, &[THINGS], 5).await), Refused::TooOld { needed: 2, here: 1 });
}

async fn a_changed_one_is_refused(db: Fresh) {
    let changed = Migration { text: "create table others (id text)", ..THINGS };
    assert_eq!(refused(migrate_by(&db, &[changed], 5).await), Refused::Changed { name: "0001_things" });
}

async fn one_added_before_what_is_applied_is_refused(db: Fresh) {
    migrate_by(&db, &[THINGS, BREAKING], 5).await.unwrap();
    assert_eq!(
        refused(migrate_by(&db, &[THINGS, MORE, BREAKING], 5).await),
        Refused::OutOfOrder { name: "0002_more", newest: 3 }
    );
}

async fn two_processes_may_migrate_at_once(db: Fresh) {
    let all: Vec<Db> = {
        let mut all = Vec::new();
        for _ in 0..4 {
            all.push(Db::open(&db.options).await.unwrap());
        }
        all
    };
    let tasks: tokio::task::JoinSet<usize> =
        all.into_iter().map(|db| async move { migrate_by(&db, &[THINGS, MORE, BREAKING], 5).await.unwrap() }).collect();
    assert_eq!(tasks.join_all().await.iter().sum::<usize>(), 2);
    assert_eq!(applied(&db).await.len(), 3);
}

#[tokio::test]
async fn the_templates_of_different_migrations_differ() {
    let other = Migration { text: "create table others (id text)", ..THINGS };
    let (one, two): (Fresh, Fresh) =
        (fresh_by(Kind::Postgres, &[THINGS]).await, fresh_by(Kind::Postgres, &[other]).await);
    sql!("select id from things").all::<String>(&mut one.read().await.unwrap()).await.unwrap();
    sql!("select id from others").all::<String>(&mut two.read().await.unwrap()).await.unwrap();
}
