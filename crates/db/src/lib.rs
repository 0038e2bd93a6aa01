//! Databases: one text of SQL for SQLite and PostgreSQL, read and written through serde. No word of the domain is here.
//!
//! ```no_run
//! # #[derive(serde::Deserialize)] struct Person { id: String, name: String }
//! # async fn example(db: db::Db, id: String) -> db::Result<()> {
//! use db::sql;
//! let mut tx = db.write().await?;
//! sql!("update people set name = $2 where id = $1", id, "Ona").run(&mut tx).await?;
//! let person = sql!("select id, name from people where id = $1", id).optional::<Person>(&mut tx).await?;
//! tx.commit().await?;
//! # Ok(()) }
//! ```
//!
//! # What is written
//!
//! An argument is anything that serialises: text and unit variants are text, integers `bigint`, `bool` is `boolean`,
//! `None` and `()` are null, and structs, sequences and maps are JSON text. A null has no type of its own: PostgreSQL
//! infers it from the place. [`Json`] makes JSON of a scalar too. The number of arguments is checked against the text
//! when the program is compiled.
//!
//! # What is read
//!
//! A struct takes the columns named like its fields, and each of them must be there, also for an `Option`; other
//! columns are ignored. A tuple takes columns by position, anything else is the one column there is. In a text column a
//! sequence, map, struct or tuple is read as JSON, and so is [`Json`]. A struct that is itself one JSON column is read
//! as `(T,)`.
//!
//! # Sets and batches
//!
//! Neither arrays nor texts made at run time are needed. A set is an object of JSON whose keys are the members, a batch
//! one whose keys are the positions; [`Set`] and [`Rows`] make them, and both databases read them by `jsonb_each`,
//! where `key` is text:
//!
//! ```
//! # use db::{sql, Rows, Set};
//! # let (ids, messages) = (["a", "b"], [serde_json::json!({"id": "a", "at": 5, "text": "Labas"})]);
//! sql!("select id, text from messages where id in (select key from jsonb_each($1))", Set(&ids));
//! sql!(
//!     "insert into messages (id, at, text, urgent)
//!      select value ->> 'id', cast(value ->> 'at' as bigint), value ->> 'text', cast(value ->> 'urgent' as boolean)
//!      from jsonb_each($1) order by cast(key as bigint)",
//!     Rows(&messages)
//! );
//! ```
//!
//! `value ->> 'name'` is text on PostgreSQL: cast numbers to `bigint` and flags to `boolean`, which SQLite does not
//! mind. JSON within a row is kept byte for byte only if the row carries it as a string. `insert … select … on
//! conflict` needs a `where true` on SQLite. `select *` is never written: a prepared statement of it breaks when a
//! newer binary adds a column.
//!
//! # What does not pass a test
//!
//! With the feature `testing`, the plan of each statement is read once on SQLite. One that would build an index for itself, or fill a
//! table with a join (as `left join (a join b …)` does), panics: over the rows of a test it is quick, and on a real site it is not.

mod bind;
mod cell;
pub mod copy;
mod db;
mod error;
pub mod migrate;
mod numeric;
mod options;
mod postgres;
mod row;
mod sql;
mod sqlite;
#[cfg(feature = "testing")]
pub mod testing;
mod tx;
mod value;
mod wipe;

pub use db::Db;
pub use error::{Error, Result};
pub use migrate::{SCHEMA, migrate};
pub use options::{Options, Place};
pub use sql::{Query, highest};
pub use tx::Tx;
pub use value::{Json, Rows, Set};
