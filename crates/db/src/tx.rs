//! A connection in use: to read by, or in a transaction that ends when it is committed or dropped.

use std::mem;

use sqlx::{Executor, SqlSafeStr, SqlStr, pool::PoolConnection};
use tokio::{runtime::Handle, sync::OwnedMutexGuard};

use crate::{
    Error, Result,
    bind::made,
    sqlite::{Reader, Writer},
};

/// A connection to read by (`Db::read`) or a transaction (`Db::write`). A transaction that is dropped before `commit`
/// ended is rolled back before anyone else gets the connection.
pub struct Tx {
    pub(crate) conn: Conn,
    pub(crate) state: State,
}

pub(crate) enum Conn {
    Reader(Reader),
    Writer(OwnedMutexGuard<Writer>),
    Postgres(PoolConnection<sqlx::Postgres>),
    Gone,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// No transaction.
    Reading,
    Open,
    /// A statement failed; only going back to a savepoint helps.
    Failed,
    /// SQLite may have rolled back by itself, so that nothing helps.
    Lost,
    Committed,
}

impl Tx {
    pub(crate) fn new(conn: Conn, state: State) -> Self {
        Self { conn, state }
    }

    pub(crate) async fn begin(&mut self) -> Result<()> {
        match &mut self.conn {
            Conn::Writer(writer) => {
                // Before the statement is sent: this future may be dropped when it is already under way.
                writer.dirty = true;
                self.script("begin immediate".into_sql_str(), "begin immediate").await
            }
            _ => self.script("begin".into_sql_str(), "begin").await,
        }
    }

    /// Begins to read from one moment.
    pub(crate) async fn snapshot(&mut self) -> Result<()> {
        let text = match self.conn {
            Conn::Postgres(_) => "begin isolation level repeatable read read only",
            _ => "begin",
        };
        // Before the statement is sent: this future may be dropped when it is already under way.
        self.state = State::Open;
        self.script(text.into_sql_str(), text).await
    }

    /// Makes the transaction durable. When this future is dropped it is not known whether it was.
    ///
    /// # Errors
    /// `Error::Aborted` if an earlier statement failed; nothing is kept then.
    pub async fn commit(mut self) -> Result<()> {
        match self.state {
            State::Reading => return Ok(()),
            State::Open => {}
            // PostgreSQL answers the commit of a failed transaction with a rollback that looks like success.
            State::Failed | State::Lost | State::Committed => return Err(Error::Aborted),
        }
        self.script("commit".into_sql_str(), "commit").await?;
        self.state = State::Committed;
        if let Conn::Writer(writer) = &mut self.conn {
            writer.dirty = false;
        }
        Ok(())
    }

    /// Marks a point to go back to. The name is a plain identifier.
    ///
    /// # Errors
    /// `Error::Aborted` outside of a transaction, otherwise those of any statement.
    pub async fn savepoint(&mut self, name: &'static str) -> Result<()> {
        self.open()?;
        self.script(made(format!("savepoint {name}")), "savepoint").await
    }

    /// Forgets the savepoint and keeps what was done since.
    ///
    /// # Errors
    /// Those of any statement.
    pub async fn release(&mut self, name: &'static str) -> Result<()> {
        self.open()?;
        self.script(made(format!("release savepoint {name}")), "release savepoint").await
    }

    /// Undoes what was done since the savepoint, which stays. After a failed statement the transaction can go on from
    /// here.
    ///
    /// # Errors
    /// `Error::Aborted` if the transaction is lost as a whole.
    pub async fn rollback_to(&mut self, name: &'static str) -> Result<()> {
        if self.state == State::Failed {
            self.state = State::Open;
        }
        self.open()?;
        self.script(made(format!("rollback to savepoint {name}")), "rollback to savepoint").await
    }

    /// A savepoint without a transaction would begin one that nobody ends.
    fn open(&self) -> Result<()> {
        if self.state == State::Open { Ok(()) } else { Err(Error::Aborted) }
    }

    /// # Errors
    /// `Error::Aborted` when an earlier statement failed.
    pub(crate) fn usable(&self) -> Result<()> {
        match self.state {
            State::Reading | State::Open => Ok(()),
            State::Failed | State::Lost | State::Committed => Err(Error::Aborted),
        }
    }

    /// Takes note of an error of a statement.
    pub(crate) fn failed(&mut self, error: sqlx::Error, query: &'static str) -> Error {
        let lost = !matches!(&error, sqlx::Error::Database(error) if survivable(error.as_ref()));
        match &mut self.conn {
            Conn::Reader(reader) if matches!(error, sqlx::Error::WorkerCrashed) => reader.discard(),
            _ => {}
        }
        match self.state {
            State::Open | State::Failed => self.state = if lost { State::Lost } else { State::Failed },
            State::Reading | State::Lost | State::Committed => {}
        }
        Error::of(error, query)
    }

    /// Runs one statement or several that come without arguments; an error names them by `query`.
    pub(crate) async fn script(&mut self, text: SqlStr, query: &'static str) -> Result<()> {
        let done = match &mut self.conn {
            Conn::Reader(reader) => reader.conn()?.execute(sqlx::raw_sql(text)).await.map(drop),
            Conn::Writer(writer) => writer.conn()?.execute(sqlx::raw_sql(text)).await.map(drop),
            Conn::Postgres(conn) => (&mut **conn).execute(sqlx::raw_sql(text)).await.map(drop),
            Conn::Gone => return Err(Error::Aborted),
        };
        done.map_err(|error| self.failed(error, query))
    }
}

/// Whether a transaction is still open after the error, and can go back to a savepoint. SQLite rolls all of it back
/// when memory or disk fail it (<https://www.sqlite.org/lang_transaction.html>, section 3), after which statements
/// would commit one by one.
fn survivable(error: &dyn sqlx::error::DatabaseError) -> bool {
    if error.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_none() {
        return true;
    }
    let code: i32 = error.code().and_then(|code| code.parse().ok()).unwrap_or_default();
    // An error in the text, too big, a constraint, a mismatch, a range.
    matches!(code & 0xff, 1 | 18 | 19 | 20 | 25)
}

impl Drop for Tx {
    fn drop(&mut self) {
        if matches!(self.state, State::Reading | State::Committed) {
            return;
        }
        let conn = mem::replace(&mut self.conn, Conn::Gone);
        // Without a runtime the next turn of the writer rolls back, and the connection of PostgreSQL is closed.
        let Ok(runtime) = Handle::try_current() else {
            if let Conn::Postgres(mut conn) = conn {
                conn.close_on_drop();
            }
            return;
        };
        match conn {
            Conn::Writer(mut writer) => {
                runtime.spawn(async move {
                    if let Err(error) = writer.clean().await {
                        tracing::warn!(%error, "the writer will be opened again at its next turn");
                    }
                });
            }
            Conn::Postgres(mut conn) => {
                runtime.spawn(async move {
                    if (&mut *conn).execute("rollback").await.is_err() {
                        conn.close_on_drop();
                    }
                });
            }
            // The next reader is not to see an old moment.
            Conn::Reader(mut reader) => reader.discard(),
            Conn::Gone => {}
        }
    }
}
