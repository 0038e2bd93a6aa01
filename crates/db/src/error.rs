//! Errors, sorted by what a caller can do about them. No error says a value that was written or read.

use std::fmt;

use sqlx::error::{DatabaseError, ErrorKind};

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Something that must be unique is there already. `on` is the constraint (PostgreSQL) or the columns (SQLite).
    #[error("already there: {on}")]
    Unique { on: String, source: Driver },
    #[error("what is referred to is not there, or is referred to")]
    ForeignKey { source: Driver },
    /// Nothing was written; reading works on.
    #[error("the disk of the database is full")]
    DiskFull { source: Driver },
    /// The database cannot be reached, is stopping, or had no connection or turn to give in time. The same call may
    /// succeed later; of a `commit` it is not known whether it was done.
    #[error("the database is not available")]
    Unavailable { source: Driver },
    /// Two transactions stood in each other's way, and this one was rolled back: do all of it again.
    #[error("the transaction collided with another one")]
    Serialization { source: Driver },
    /// An earlier statement of this transaction failed and was not rolled back to a savepoint. The same on both
    /// databases, since PostgreSQL would refuse what SQLite would not.
    #[error("an earlier statement of the transaction failed")]
    Aborted,
    #[error("no row: {query}")]
    NoRow { query: &'static str },
    #[error("argument ${argument} cannot be written: {why}: {query}")]
    Encode { query: &'static str, argument: usize, why: String },
    #[error("{column} does not read as {wanted}: {why}: {query}")]
    Decode { query: &'static str, column: String, wanted: &'static str, why: String },
    /// The database cannot be used at all: too old, or set up to lose what it acknowledged.
    #[error("{why}")]
    Unfit { why: String },
    #[error(transparent)]
    Migrate(#[from] crate::migrate::Refused),
    #[error("the database refused: {query}")]
    Other { query: &'static str, source: Driver },
}

impl Error {
    pub(crate) fn of(error: sqlx::Error, query: &'static str) -> Self {
        let kind = match &error {
            sqlx::Error::Database(error) => Kind::of(error.as_ref()),
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => Kind::Unavailable,
            _ => Kind::Other,
        };
        let source = Driver(error);
        match kind {
            Kind::Unique(on) => Self::Unique { on, source },
            Kind::ForeignKey => Self::ForeignKey { source },
            Kind::DiskFull => Self::DiskFull { source },
            Kind::Unavailable => Self::Unavailable { source },
            Kind::Serialization => Self::Serialization { source },
            Kind::Other => Self::Other { query, source },
        }
    }

    /// No connection or turn within the time allowed.
    pub(crate) fn late() -> Self {
        Self::Unavailable { source: Driver(sqlx::Error::PoolTimedOut) }
    }

    pub(crate) fn closed() -> Self {
        Self::Unavailable { source: Driver(sqlx::Error::PoolClosed) }
    }

    pub(crate) fn unfit(why: impl Into<String>) -> Self {
        Self::Unfit { why: why.into() }
    }

    pub fn is_unique(&self) -> bool {
        matches!(self, Self::Unique { .. })
    }

    pub fn is_unavailable(&self) -> bool {
        matches!(self, Self::Unavailable { .. })
    }
}

// The driver's own `Debug` shows the values of a violated key, which may be an e-mail address; ours shows what
// `Display` does.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)?;
        let mut source = std::error::Error::source(self);
        while let Some(error) = source {
            write!(f, ": {error}")?;
            source = error.source();
        }
        Ok(())
    }
}

/// What the driver said, without values.
pub struct Driver(pub(crate) sqlx::Error);

impl fmt::Display for Driver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sqlx::Error::Database(error) = &self.0 else { return fmt::Display::fmt(&self.0, f) };
        match error.code() {
            // A data exception of PostgreSQL quotes the value in its first line.
            Some(code) if code.len() == 5 && code.starts_with("22") => write!(f, "data exception {code}"),
            Some(code) => write!(f, "{} ({code})", error.message()),
            None => f.write_str(error.message()),
        }
    }
}

impl fmt::Debug for Driver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Driver {}

enum Kind {
    Unique(String),
    ForeignKey,
    DiskFull,
    Unavailable,
    Serialization,
    Other,
}

impl Kind {
    fn of(error: &dyn DatabaseError) -> Self {
        match error.kind() {
            ErrorKind::UniqueViolation => return Self::Unique(unique(error)),
            ErrorKind::ForeignKeyViolation => return Self::ForeignKey,
            _ => {}
        }
        let code = error.code().unwrap_or_default();
        if error.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some() {
            sqlite(code.parse().unwrap_or_default())
        } else {
            postgres(&code)
        }
    }
}

/// <https://www.sqlite.org/rescode.html>; the low byte is the primary code.
fn sqlite(code: i32) -> Kind {
    match code & 0xff {
        13 => Kind::DiskFull,
        // Busy, locked, input or output failed, the file cannot be opened.
        5 | 6 | 10 | 14 => Kind::Unavailable,
        _ => Kind::Other,
    }
}

/// <https://www.postgresql.org/docs/current/errcodes-appendix.html>
fn postgres(code: &str) -> Kind {
    match code {
        "53100" => Kind::DiskFull,
        "40001" | "40P01" => Kind::Serialization,
        // A standby, a transaction idle for too long, a lock not to be had, a statement stopped from outside, input or
        // output failed.
        "25006" | "25P03" | "25P04" | "55P03" | "58030" => Kind::Unavailable,
        // No connection, no resources, the operator stepped in.
        _ if ["08", "53", "57"].iter().any(|class| code.starts_with(class)) => Kind::Unavailable,
        _ => Kind::Other,
    }
}

fn unique(error: &dyn DatabaseError) -> String {
    let on = match error.constraint() {
        Some(constraint) => constraint,
        None => error.message().rsplit_once("failed: ").map_or("", |(_, columns)| columns),
    };
    on.to_owned()
}
