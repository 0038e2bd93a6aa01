//! What the database holds, for tests that ask whether anything changed.

use std::collections::BTreeMap;

use db::{Db, Query, sql};

/// The rows of every table but those named.
pub async fn counts(db: &Db, except: &[&str]) -> BTreeMap<String, i64> {
    let mut tx = db.read().await.unwrap();
    let names = match db {
        Db::Sqlite(_) => sql!("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"),
        Db::Postgres(_) => sql!("select tablename::text from pg_tables where schemaname = 'public'"),
    };
    let names: Vec<String> = names.all(&mut tx).await.unwrap();
    let mut counts = BTreeMap::new();
    for name in names.into_iter().filter(|name| !except.contains(&name.as_str())) {
        // A name from the catalogue cannot be an argument, and a statement is a constant: a test may leak a few.
        let count = Query::new(String::leak(format!("select count(*) from {name}"))).one(&mut tx).await.unwrap();
        counts.insert(name, count);
    }
    counts
}
