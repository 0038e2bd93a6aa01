//! Sets and batches as one parameter: the one spelling for both databases.

use db::{Rows, Set, sql, testing::Fresh};
use serde::Serialize;

use crate::on_both;

#[derive(Serialize)]
struct New<'a> {
    id: &'a str,
    count: Option<i64>,
    sure: bool,
    note: Option<&'a str>,
    /// JSON carried as a string is kept byte for byte.
    parts: String,
}

on_both! {
    a_set_is_one_parameter,
    a_batch_is_one_statement_in_order,
    a_batch_may_meet_what_is_there,
}

async fn a_set_is_one_parameter(db: Fresh) {
    let mut tx = db.write().await.unwrap();
    for id in ["a", "b", "ą", "it's \"d\""] {
        sql!("insert into things (id) values ($1)", id).run(&mut tx).await.unwrap();
    }
    let sets: [&[&str]; 4] = [&["b", "none"], &[], &["ą", "ą", "a"], &["it's \"d\""]];
    for set in sets {
        let mut found: Vec<String> =
            sql!("select id from things where id in (select key from jsonb_each($1))", Set(set))
                .all(&mut tx)
                .await
                .unwrap();
        let mut expected: Vec<&str> = set.iter().copied().filter(|id| *id != "none").collect();
        found.sort();
        expected.sort_unstable();
        expected.dedup();
        assert_eq!(found, expected);
    }
    let gone = sql!("delete from things where id in (select key from jsonb_each($1))", Set(&["a", "b"]))
        .run(&mut tx)
        .await
        .unwrap();
    assert_eq!(gone, 2);
}

async fn a_batch_is_one_statement_in_order(db: Fresh) {
    let new: Vec<_> = (0..250)
        .map(|at| New {
            id: ["x", "ė", "it's"][at % 3],
            count: (at % 2 == 0).then_some(1_800_000_000_000 + i64::try_from(at).unwrap()),
            sure: at % 2 == 0,
            note: (at % 5 != 0).then_some("„Labas“\n\\ \"rytas\""),
            parts: format!("{{\"b\":{at}, \"a\":[1.50,null]}}"),
        })
        .collect();
    let mut tx = db.write().await.unwrap();
    let written = sql!(
        "insert into things (id, count, sure, note, parts)
         select value ->> 'id' || key, cast(value ->> 'count' as bigint), cast(value ->> 'sure' as boolean),
             value ->> 'note', value ->> 'parts'
         from jsonb_each($1) order by cast(key as bigint)",
        Rows(&new)
    );
    assert_eq!(written.run(&mut tx).await.unwrap(), 250);
    for (at, new) in new.iter().enumerate() {
        let read: (Option<i64>, bool, Option<String>, String) =
            sql!("select count, sure, note, parts from things where id = $1", format!("{}{at}", new.id))
                .one(&mut tx)
                .await
                .unwrap();
        assert_eq!(read, (new.count, new.sure, new.note.map(Into::into), new.parts.clone()));
    }
}

async fn a_batch_may_meet_what_is_there(db: Fresh) {
    let mut tx = db.write().await.unwrap();
    sql!("insert into things (id, count) values ('a', 1)").run(&mut tx).await.unwrap();
    let rows = [serde_json::json!({"id": "a", "count": 5}), serde_json::json!({"id": "b", "count": 6})];
    sql!(
        "insert into things (id, count) select value ->> 'id', cast(value ->> 'count' as bigint) from jsonb_each($1)
         where true
         on conflict (id) do update set count = excluded.count",
        Rows(&rows)
    )
    .run(&mut tx)
    .await
    .unwrap();
    let read: Vec<(String, i64)> = sql!("select id, count from things order by id").all(&mut tx).await.unwrap();
    assert_eq!(read, [("a".into(), 5), ("b".into(), 6)]);
}
