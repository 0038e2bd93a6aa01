//! What comes back from a row.

use std::collections::BTreeMap;

use db::{Json, sql, testing::Fresh};
use serde::{Deserialize, Serialize};

use crate::on_both;

#[derive(Debug, PartialEq, Deserialize, Serialize)]
struct Id(String);

#[derive(Debug, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Stage {
    JustBegun,
    Done,
    Left { at: i64 },
}

#[derive(Debug, PartialEq, Deserialize, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Tagged {
    Grown { by: i64 },
    Gone,
}

#[derive(Debug, PartialEq, Deserialize, Serialize)]
struct Part {
    length: i64,
    label: Option<String>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Thing {
    id: Id,
    count: Option<i64>,
    sure: bool,
    parts: Vec<Part>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Wide {
    #[serde(flatten)]
    part: Part,
    sure: bool,
}

on_both! {
    a_struct_takes_the_columns_named_like_its_fields,
    a_missing_column_is_named_even_for_an_option,
    scalars_options_and_tuples_go_by_position,
    sums_and_averages_need_no_cast,
    variants_are_their_names_and_with_parts_json,
    json_columns_read_as_sequences_maps_and_structs,
    an_error_names_the_column_and_never_the_value,
}

async fn a_struct_takes_the_columns_named_like_its_fields(db: Fresh) {
    let parts = [Part { length: 3, label: None }, Part { length: 4, label: Some("Ąžuolas „A“".into()) }];
    let mut tx = db.write().await.unwrap();
    sql!("insert into things (id, count, sure, parts) values ($1, $2, $3, $4)", Id("a".into()), 7, true, parts)
        .run(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();

    let mut tx = db.read().await.unwrap();
    let found: Vec<Thing> = sql!("select sure, note, parts, id, count from things").all(&mut tx).await.unwrap();
    assert_eq!(found, [Thing { id: Id("a".into()), count: Some(7), sure: true, parts: parts.into() }]);
    let wide: Wide = sql!("select count as length, note as label, sure from things").one(&mut tx).await.unwrap();
    assert_eq!(wide, Wide { part: Part { length: 7, label: None }, sure: true });
}

async fn a_missing_column_is_named_even_for_an_option(db: Fresh) {
    let mut tx = db.write().await.unwrap();
    sql!("insert into things (id, sure, parts) values ('a', true, '[]')").run(&mut tx).await.unwrap();
    let error = sql!("select id, sure, parts from things").one::<Thing>(&mut tx).await.unwrap_err().to_string();
    assert!(error.contains("the column count") && error.contains("select id, sure, parts"), "{error}");
}

async fn scalars_options_and_tuples_go_by_position(db: Fresh) {
    let mut tx = db.read().await.unwrap();
    assert_eq!(sql!("select cast(5 as bigint)").one::<i64>(&mut tx).await.unwrap(), 5);
    assert_eq!(sql!("select cast(5 as bigint)").one::<u8>(&mut tx).await.unwrap(), 5);
    assert_eq!(sql!("select $1", 2.5).one::<f64>(&mut tx).await.unwrap(), 2.5);
    assert_eq!(sql!("select 'ą'").one::<Id>(&mut tx).await.unwrap(), Id("ą".into()));
    assert_eq!(sql!("select null").one::<Option<String>>(&mut tx).await.unwrap(), None);
    assert_eq!(sql!("select 'x'").one::<Option<String>>(&mut tx).await.unwrap(), Some("x".into()));
    assert_eq!(sql!("select 'x' where 1 = 2").optional::<String>(&mut tx).await.unwrap(), None);
    let row: (String, Option<bool>, i64, Option<i64>) =
        sql!("select 'x', 1 = 1, $1, $2", 9, None::<i64>).one(&mut tx).await.unwrap();
    assert_eq!(row, ("x".into(), Some(true), 9, None));
    assert!(matches!(sql!("select 'x' where 1 = 2").one::<String>(&mut tx).await, Err(db::Error::NoRow { .. })));
}

async fn sums_and_averages_need_no_cast(db: Fresh) {
    let mut tx = db.write().await.unwrap();
    for (id, count) in [("a", 10_000_000_i64), ("b", -3), ("c", 2)] {
        sql!("insert into things (id, count) values ($1, $2)", id, count).run(&mut tx).await.unwrap();
    }
    assert_eq!(sql!("select sum(count) from things").one::<i64>(&mut tx).await.unwrap(), 9_999_999);
    assert_eq!(sql!("select sum(count) from things where id = 'b'").one::<i64>(&mut tx).await.unwrap(), -3);
    assert_eq!(sql!("select sum(count) from things where id = 'z'").one::<Option<i64>>(&mut tx).await.unwrap(), None);
    assert_eq!(sql!("select count(*) from things").one::<u32>(&mut tx).await.unwrap(), 3);
    let average: f64 = sql!("select avg(count) from things where id <> 'a'").one(&mut tx).await.unwrap();
    assert!((average + 0.5).abs() < 1e-9);
}

async fn variants_are_their_names_and_with_parts_json(db: Fresh) {
    let mut tx = db.write().await.unwrap();
    let stages = [Stage::JustBegun, Stage::Done, Stage::Left { at: 5 }];
    for (id, stage) in stages.iter().enumerate() {
        sql!("insert into things (id, note) values ($1, $2)", id.to_string(), stage).run(&mut tx).await.unwrap();
    }
    assert_eq!(sql!("select note from things order by id").all::<Stage>(&mut tx).await.unwrap(), stages);
    assert_eq!(sql!("select note from things order by id").all::<String>(&mut tx).await.unwrap()[0], "just_begun");
    for (id, tagged) in [("4", Tagged::Grown { by: 2 }), ("5", Tagged::Gone)] {
        sql!("insert into things (id, note) values ($1, $2)", id, tagged).run(&mut tx).await.unwrap();
        assert_eq!(sql!("select note from things where id = $1", id).one::<Tagged>(&mut tx).await.unwrap(), tagged);
    }
}

async fn json_columns_read_as_sequences_maps_and_structs(db: Fresh) {
    let mut tx = db.read().await.unwrap();
    let map = BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
    assert_eq!(sql!("select $1", Json(&map)).one::<(BTreeMap<String, i64>,)>(&mut tx).await.unwrap().0, map);
    assert_eq!(sql!("select $1", Json("ą")).one::<String>(&mut tx).await.unwrap(), "\"ą\"");
    assert_eq!(sql!("select $1", Json("ą")).one::<Json<String>>(&mut tx).await.unwrap(), Json("ą".to_owned()));
    let part = Part { length: 1, label: None };
    assert_eq!(sql!("select $1", part).one::<(Part,)>(&mut tx).await.unwrap().0, part);
    assert_eq!(sql!("select $1", part).one::<Json<Part>>(&mut tx).await.unwrap().0, part);
    assert_eq!(sql!("select $1", [1, 2]).one::<(Vec<i64>,)>(&mut tx).await.unwrap().0, [1, 2]);
    assert_eq!(sql!("select $1", (1, "x")).one::<((i64, String),)>(&mut tx).await.unwrap().0, (1, "x".into()));
    let any: serde_json::Value = sql!("select 'x' as a, cast(1 as bigint) as b, null as c").one(&mut tx).await.unwrap();
    assert_eq!(any, serde_json::json!({"a": "x", "b": 1, "c": null}));
}

async fn an_error_names_the_column_and_never_the_value(db: Fresh) {
    let mut tx = db.write().await.unwrap();
    let parts = "[{\"length\":\"slapta\"}]";
    let ona = "ona@tinklaveika.example";
    sql!("insert into things (id, note, parts) values ($1, 'slapta', $2)", ona, parts).run(&mut tx).await.unwrap();
    let errors = [
        sql!("select note from things").one::<i64>(&mut tx).await.unwrap_err(),
        sql!("select note from things").one::<Stage>(&mut tx).await.unwrap_err(),
        sql!("select note from things").one::<Tagged>(&mut tx).await.unwrap_err(),
        sql!("select note from things").one::<(Vec<i64>,)>(&mut tx).await.unwrap_err(),
        sql!("select note from things").one::<(std::net::IpAddr,)>(&mut tx).await.unwrap_err(),
        sql!("select parts as note from things").one::<(Vec<Part>,)>(&mut tx).await.unwrap_err(),
    ];
    for error in errors {
        let said = format!("{error} {error:?}");
        assert!(said.contains("the column note") && said.contains("from things"), "{said}");
        assert!(!said.contains("slapta"), "{said}");
    }
    let said = format!("{:?}", sql!("insert into things (id) values ($1)", ona).run(&mut tx).await.unwrap_err());
    assert!(!said.contains("ona@"), "{said}");
}
