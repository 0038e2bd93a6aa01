//! The database.

use crate::{
    Error, Options, Place, Result, Tx,
    postgres::Postgres,
    sql::Query,
    sqlite::Sqlite,
    tx::{Conn, State},
};

/// A database. A clone is the same database.
#[derive(Clone)]
pub enum Db {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

impl Db {
    /// Opens the database and sees that what it acknowledges will be on disk. No migration is made.
    ///
    /// # Errors
    /// `Error::Unfit` on SQLite older than 3.51.3, PostgreSQL older than 15, or `synchronous_commit` off.
    pub async fn open(options: &Options) -> Result<Self> {
        match &options.place {
            Place::File(path) => Ok(Self::Sqlite(Sqlite::open(path, options).await?)),
            Place::Url(url) => Ok(Self::Postgres(Postgres::open(url, options).await?)),
        }
    }

    /// A connection to read by, without a transaction: each statement sees what was committed before it. On SQLite it
    /// cannot write.
    ///
    /// # Errors
    /// `Error::Unavailable` if none is to be had in time.
    pub async fn read(&self) -> Result<Tx> {
        let conn = match self {
            Self::Sqlite(db) => Conn::Reader(db.reader().await?),
            Self::Postgres(db) => Conn::Postgres(db.acquire().await?),
        };
        Ok(Tx::new(conn, State::Reading))
    }

    /// A transaction to write in: on SQLite a turn of the only writer, first come first served. Hold it for statements
    /// alone.
    ///
    /// # Errors
    /// `Error::Unavailable` if there was no turn or connection in time.
    pub async fn write(&self) -> Result<Tx> {
        let conn = match self {
            Self::Sqlite(db) => Conn::Writer(db.writer().await?),
            Self::Postgres(db) => Conn::Postgres(db.acquire().await?),
        };
        let mut tx = Tx::new(conn, State::Open);
        tx.begin().await?;
        Ok(tx)
    }

    /// A transaction that reads, and sees what was committed before its first statement and nothing later, however long it lasts. Writers do
    /// not wait for it.
    ///
    /// # Errors
    /// `Error::Unavailable` if no connection is to be had in time.
    pub async fn snapshot(&self) -> Result<Tx> {
        let mut tx = self.read().await?;
        tx.snapshot().await?;
        Ok(tx)
    }

    /// Asks the database for an answer, for a probe of readiness.
    ///
    /// # Errors
    /// Whatever keeps it from answering.
    pub async fn ping(&self) -> Result<()> {
        let mut tx = self.read().await?;
        Query::new("select cast(1 as bigint)").one::<i64>(&mut tx).await.map(drop)
    }

    pub fn is_sqlite(&self) -> bool {
        matches!(self, Self::Sqlite(_))
    }

    /// Waits for the writer's turn and closes all connections; SQLite then folds its log into the file. Later calls get
    /// `Error::Unavailable`.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(db) => db.close().await,
            Self::Postgres(db) => db.close().await,
        }
    }
}

/// Compares versions like 3.51.3, missing parts being 0.
///
/// # Errors
/// `Error::Unfit` if `found` is older than `least`.
pub(crate) fn at_least(product: &str, found: &str, least: [u32; 3]) -> Result<()> {
    let mut parts = found.split('.').map(|part| part.parse().unwrap_or(0_u32));
    let found_parts: [u32; 3] = std::array::from_fn(|_| parts.next().unwrap_or(0));
    if found_parts < least {
        let [major, minor, patch] = least;
        return Err(Error::unfit(format!("{product} {found} is too old: {major}.{minor}.{patch} or newer is needed")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::at_least;

    #[test]
    fn an_older_library_is_refused() {
        for old in ["3.51.2", "3.50.9", "2.99", "3", ""] {
            assert!(at_least("SQLite", old, [3, 51, 3]).is_err(), "{old:?}");
        }
        for new in ["3.51.3", "3.52", "4"] {
            assert!(at_least("SQLite", new, [3, 51, 3]).is_ok(), "{new:?}");
        }
    }
}
