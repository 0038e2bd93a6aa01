//! A fresh database for each test, the same way on SQLite and PostgreSQL.

mod cluster;
mod fresh;
pub(crate) mod plans;

pub use cluster::Cluster;
pub use fresh::{Fresh, Kind, fresh, fresh_by};

/// The address of a running PostgreSQL whose user may create databases; without it a test process starts a cluster of
/// its own.
pub const POSTGRES: &str = "TINKLAVEIKA_TEST_POSTGRES";
