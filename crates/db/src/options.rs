//! Where the database is, and how many connections it may have.

use std::{fmt, path::PathBuf, thread, time::Duration};

use crate::{Error, Result};

/// How to open a database.
#[derive(Clone, Debug)]
pub struct Options {
    pub place: Place,
    /// Connections that read (SQLite, beside the one writer) or of any use (PostgreSQL). At least 1.
    pub connections: u32,
    /// How long a caller waits for a connection or for the writer's turn before it gets `Error::Unavailable`.
    pub wait: Duration,
}

#[derive(Clone)]
pub enum Place {
    /// A file of SQLite, made if it is not there.
    File(PathBuf),
    /// A `postgres://` address.
    Url(String),
}

impl Options {
    const WAIT: Duration = Duration::from_secs(5);

    pub fn file(path: impl Into<PathBuf>) -> Self {
        let cores = thread::available_parallelism().map_or(4, |cores| u32::try_from(cores.get()).unwrap_or(u32::MAX));
        Self { place: Place::File(path.into()), connections: cores.clamp(2, 8), wait: Self::WAIT }
    }

    /// # Errors
    /// `Error::Unfit` if it is not an address of PostgreSQL.
    pub fn url(url: &str) -> Result<Self> {
        let known = ["postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme));
        if !known {
            return Err(Error::unfit("the address of the database must begin with postgres://"));
        }
        Ok(Self { place: Place::Url(url.to_owned()), connections: 16, wait: Self::WAIT })
    }
}

// The address may hold a password.
impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.fmt(f),
            Self::Url(_) => f.write_str("postgres://…"),
        }
    }
}
