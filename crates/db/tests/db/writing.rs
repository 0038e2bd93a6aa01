//! What goes in as an argument, and how the database refuses.

use db::{Error, sql, testing::Fresh};

use crate::on_both;

on_both! {
    a_null_fits_every_column_before_and_after_a_value,
    a_number_counts_in_64_bits_also_beside_a_literal,
    what_must_be_unique_is_refused_by_kind,
    what_is_not_there_cannot_be_referred_to,
    returning_gives_the_row_that_is_kept,
}

async fn a_null_fits_every_column_before_and_after_a_value(db: Fresh) {
    for round in 0..2 {
        for (count, sure, note) in [
            (None, None, None),
            (Some(5), Some(true), Some("ą")),
            (None, Some(false), None),
            (Some(-1), None, Some("")),
        ] {
            let mut tx = db.write().await.unwrap();
            sql!("delete from things").run(&mut tx).await.unwrap();
            let written =
                sql!("insert into things (id, count, sure, note) values ('a', $1, $2, $3)", count, sure, note)
                    .run(&mut tx)
                    .await
                    .unwrap();
            assert_eq!(written, 1, "round {round}");
            let read: (Option<i64>, Option<bool>, Option<String>) =
                sql!("select count, sure, note from things").one(&mut tx).await.unwrap();
            assert_eq!(read, (count, sure, note.map(Into::into)));
            let same = sql!(
                "select count(*) from things 
                 where count is not distinct from $1 and sure is not distinct from $2
                 and note is not distinct from $3",
                count,
                sure,
                note
            );
            assert_eq!(same.one::<i64>(&mut tx).await.unwrap(), 1);
            sql!(
                "update things set count = $1, sure = $2, note = coalesce($3, note) where id = $4",
                count,
                sure,
                note,
                "a"
            )
            .run(&mut tx)
            .await
            .unwrap();
            tx.commit().await.unwrap();
        }
    }
}

async fn a_number_counts_in_64_bits_also_beside_a_literal(db: Fresh) {
    let mut tx = db.read().await.unwrap();
    let now = 1_800_000_000_000_i64;
    for given in [None, Some(now), None] {
        let read: Option<i64> = sql!("select $1 - 60000", given).one(&mut tx).await.unwrap();
        assert_eq!(read, given.map(|given| given - 60_000));
    }
    assert_eq!(sql!("select $1", i64::MIN).one::<i64>(&mut tx).await.unwrap(), i64::MIN);
    assert!(matches!(sql!("select $1", u64::MAX).one::<i64>(&mut tx).await, Err(Error::Encode { argument: 1, .. })));
    assert!(matches!(
        sql!("select $1, $2", 1, "a\0b").one::<(i64, String)>(&mut tx).await,
        Err(Error::Encode { argument: 2, .. })
    ));
}

async fn what_must_be_unique_is_refused_by_kind(db: Fresh) {
    let mut tx = db.write().await.unwrap();
    sql!("insert into things (id, name) values ('a', 'Ona')").run(&mut tx).await.unwrap();
    tx.savepoint("once").await.unwrap();
    let error = sql!("insert into things (id, name) values ('b', 'Ona')").run(&mut tx).await.unwrap_err();
    assert!(matches!(&error, Error::Unique { on, .. } if on.contains("name")), "{error:?}");
    tx.rollback_to("once").await.unwrap();
    let error = sql!("insert into things (id, name) values ('a', 'Rasa')").run(&mut tx).await.unwrap_err();
    assert!(error.is_unique(), "{error:?}");
    tx.rollback_to("once").await.unwrap();
    assert_eq!(
        sql!("insert into things (id, name) values ('a', 'Rasa') on conflict do nothing").run(&mut tx).await.unwrap(),
        0
    );
    tx.commit().await.unwrap();
}

async fn what_is_not_there_cannot_be_referred_to(db: Fresh) {
    let mut tx = db.write().await.unwrap();
    tx.savepoint("once").await.unwrap();
    let error = sql!("insert into owners (id, thing) values ('o', 'none')").run(&mut tx).await.unwrap_err();
    assert!(matches!(error, Error::ForeignKey { .. }), "{error:?}");
    tx.rollback_to("once").await.unwrap();
    let error = sql!("insert into owners (id, thing) values ('o', 'none') returning id")
        .one::<String>(&mut tx)
        .await
        .unwrap_err();
    assert!(matches!(error, Error::ForeignKey { .. }), "{error:?}");
}

async fn returning_gives_the_row_that_is_kept(db: Fresh) {
    let mut tx = db.write().await.unwrap();
    let id: String =
        sql!("insert into things (id, count) values ($1, 1) returning id", "a").one(&mut tx).await.unwrap();
    let count: i64 =
        sql!("update things set count = count + $2 where id = $1 returning count", id, 4).one(&mut tx).await.unwrap();
    assert_eq!(count, 5);
    assert_eq!(
        sql!("update things set count = 0 where id = 'none' returning id").optional::<String>(&mut tx).await.unwrap(),
        None
    );
    tx.commit().await.unwrap();
    assert_eq!(sql!("select count from things").one::<i64>(&mut db.read().await.unwrap()).await.unwrap(), 5);
}
