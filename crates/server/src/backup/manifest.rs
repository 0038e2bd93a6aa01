//! What an archive says of itself.

use std::collections::BTreeMap;

use anyhow::bail;
use model::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The number of this form of the archive.
pub const FORMAT: u32 = 1;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    /// Of the program that wrote it.
    pub version: String,
    /// The number of the newest migration.
    pub schema: i64,
    pub migrations: Vec<Applied>,
    pub made_at: Timestamp,
    pub tables: BTreeMap<String, Part>,
    pub files: BTreeMap<String, Part>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    pub number: i64,
    pub name: String,
    pub hash: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Rows of a table; 1 for a file.
    pub rows: u64,
    pub bytes: u64,
    pub sha256: String,
}

impl Manifest {
    /// # Errors
    /// When this binary cannot read the archive, with what to do.
    pub fn readable(&self) -> anyhow::Result<()> {
        let Self { format, schema, version, .. } = self;
        if *format > FORMAT {
            bail!(
                "the archive is of a newer form ({format}) than this program reads ({FORMAT}): use Tinklaveika {version} or newer"
            );
        }
        if *schema > db::SCHEMA {
            bail!(
                "the archive has schema {schema}, which is newer than this program's {}: use Tinklaveika {version} or newer",
                db::SCHEMA
            );
        }
        Ok(())
    }
}
