//! A statement and its arguments.

use std::any::type_name;

use futures_util::TryStreamExt;
use serde::{Serialize, de::DeserializeOwned};
use sqlx::{Either, Executor, SqlSafeStr};

use crate::{
    Error, Result, Tx,
    bind::{self, Bound},
    row::Row,
    tx::Conn,
    value::Value,
};

/// One text of SQL for both databases with its arguments, `$1` first. The text is a constant, so that nothing typed by
/// anyone can be in it, and the highest `$n` must be the number of arguments, or it does not compile.
///
/// ```compile_fail
/// db::sql!("select id from people where name = $1 and team = $2", "Ona");
/// ```
#[macro_export]
macro_rules! sql {
    ($text:expr $(, $argument:expr)* $(,)?) => {{
        const TEXT: &str = $text;
        const ARGUMENTS: &[&str] = &[$(stringify!($argument)),*];
        const { assert!($crate::highest(TEXT) == ARGUMENTS.len(), "the highest $n is not the number of arguments") };
        $crate::Query::new(TEXT)$(.bind(&$argument))*
    }};
}

/// The highest `$n` in a text of SQL, outside of strings, quoted names and comments.
pub const fn highest(text: &str) -> usize {
    let text = text.as_bytes();
    let mut highest = 0;
    let mut at = 0;
    while at < text.len() {
        match text[at] {
            quote @ (b'\'' | b'"') => {
                at += 1;
                while at < text.len() && text[at] != quote {
                    at += 1;
                }
            }
            b'-' if at + 1 < text.len() && text[at + 1] == b'-' => {
                while at < text.len() && text[at] != b'\n' {
                    at += 1;
                }
            }
            b'$' => {
                let mut number = 0;
                while at + 1 < text.len() && text[at + 1].is_ascii_digit() {
                    at += 1;
                    number = number * 10 + (text[at] - b'0') as usize;
                }
                if number > highest {
                    highest = number;
                }
            }
            _ => {}
        }
        at += 1;
    }
    highest
}

/// A statement ready to run; see [`sql!`](crate::sql!).
#[derive(Debug)]
#[must_use = "a statement does nothing until it is run"]
pub struct Query {
    text: &'static str,
    arguments: Vec<Value>,
    failed: Option<(usize, String)>,
}

impl Query {
    pub const fn new(text: &'static str) -> Self {
        Self { text, arguments: Vec::new(), failed: None }
    }

    /// Adds the next argument.
    pub fn bind<T: Serialize + ?Sized>(mut self, argument: &T) -> Self {
        match Value::of(argument) {
            Ok(value) => self.arguments.push(value),
            Err(why) => self.failed = self.failed.or(Some((self.arguments.len() + 1, why))),
        }
        self
    }

    /// All rows.
    ///
    /// # Errors
    /// `Error::Decode` names the column that does not fit; the others are those of the database.
    pub async fn all<T: DeserializeOwned>(self, tx: &mut Tx) -> Result<Vec<T>> {
        let query = self.text;
        let mut found = Vec::new();
        self.each(tx, |row| {
            row.read().map(|read| found.push(read)).map_err(|flaw| flaw.error(query, type_name::<T>()))
        })
        .await?;
        Ok(found)
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// Those of [`Query::all`].
    pub async fn optional<T: DeserializeOwned>(self, tx: &mut Tx) -> Result<Option<T>> {
        let query = self.text;
        let mut found = None;
        // Every row is taken from the database, also when the first is enough: SQLite checks the foreign keys of an
        // `insert … returning` after its last row, and would undo it with nobody told.
        let each = self.each(tx, |row| {
            if found.is_none() {
                found = Some(row.read().map_err(|flaw| flaw.error(query, type_name::<T>()))?);
            }
            Ok(())
        });
        each.await?;
        Ok(found)
    }

    /// The first row.
    ///
    /// # Errors
    /// `Error::NoRow` if there is none, otherwise those of [`Query::all`].
    pub async fn one<T: DeserializeOwned>(self, tx: &mut Tx) -> Result<T> {
        let query = self.text;
        self.optional(tx).await?.ok_or(Error::NoRow { query })
    }

    /// Runs it and tells how many rows were inserted, updated or deleted.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn run(self, tx: &mut Tx) -> Result<u64> {
        self.each(tx, |_| Ok(())).await
    }

    /// Shows each row to `visit` and returns how many rows were affected.
    async fn each(self, tx: &mut Tx, mut visit: impl FnMut(Row<'_>) -> Result<()>) -> Result<u64> {
        let query = self.text;
        if let Some((argument, why)) = self.failed {
            return Err(Error::Encode { query, argument, why });
        }
        tx.usable()?;
        let mut affected = 0;
        macro_rules! drain {
            ($conn:expr, $bound:expr, $row:path, $affected:expr) => {{
                let Bound { text, arguments } = $bound;
                let mut rows = $conn.fetch_many(sqlx::query_with(text, arguments));
                loop {
                    match rows.try_next().await {
                        Ok(Some(Either::Left(done))) => affected += $affected(&done),
                        Ok(Some(Either::Right(row))) => visit($row(&row))?,
                        Ok(None) => break Ok(()),
                        Err(error) => break Err(error),
                    }
                }
            }};
        }
        let done = match &mut tx.conn {
            Conn::Reader(reader) => {
                #[cfg(feature = "testing")]
                crate::testing::plans::check(reader.conn()?, query).await;
                let bound = Bound { text: query.into_sql_str(), arguments: bind::sqlite(self.arguments) };
                drain!(reader.conn()?, bound, Row::Sqlite, sqlx::sqlite::SqliteQueryResult::rows_affected)
            }
            Conn::Writer(writer) => {
                #[cfg(feature = "testing")]
                crate::testing::plans::check(writer.conn()?, query).await;
                let bound = Bound { text: query.into_sql_str(), arguments: bind::sqlite(self.arguments) };
                drain!(writer.conn()?, bound, Row::Sqlite, sqlx::sqlite::SqliteQueryResult::rows_affected)
            }
            Conn::Postgres(conn) => match bind::postgres(conn, query, &self.arguments).await {
                Ok(bound) => drain!((&mut **conn), bound, Row::Postgres, sqlx::postgres::PgQueryResult::rows_affected),
                Err(error) => Err(error),
            },
            Conn::Gone => return Err(Error::Aborted),
        };
        done.map(|()| affected).map_err(|error| tx.failed(error, query))
    }
}

#[cfg(test)]
mod tests {
    use super::highest;

    #[test]
    fn parameters_are_counted_outside_of_strings_and_comments() {
        assert_eq!(highest("select 1"), 0);
        assert_eq!(highest("select $2, $1, $12"), 12);
        assert_eq!(highest("select '$3', \"$4\" -- $5\n, $1"), 1);
        assert_eq!(highest("select 'it''s $3' || $1"), 1);
    }
}
