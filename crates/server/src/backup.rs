//! One archive of everything, the same for both databases: every table as lines of JSON from one moment, the attached files, and a
//! manifest with counts and hashes. Hence also the way from SQLite to PostgreSQL and back.

mod archive;
mod manifest;
mod restore;
mod store;

use std::{collections::BTreeMap, fmt, path::Path};

use anyhow::{Context, bail};
use db::{Db, copy};
use model::time::Timestamp;

pub use manifest::{FORMAT, Manifest, Part};
pub use restore::{restore, verify};
pub use store::{count_broken_sessions as broken_sessions, list_migrations as migrations, update_epoch};

use crate::files;
use archive::Writing;

/// The folder of attached files within the data directory. Who stores a file there puts it whole under its name before the row that
/// speaks of it is committed, and begins the names of what is not whole with a dot or has a `#` in them.
pub const FILES: &str = "files";

/// What an archive holds, told to the operator.
pub struct Summary {
    pub schema: i64,
    pub tables: usize,
    pub rows: u64,
    pub events: u64,
    pub files: usize,
    /// SHA-256 of the manifest, which holds the hashes of all else: two archives with the same one hold the same.
    pub fingerprint: String,
    /// Of a restore: in how many texts a passage had come back that was taken out, and is out again.
    pub again: i64,
}

impl Summary {
    fn of(manifest: &Manifest, fingerprint: String) -> Self {
        Self {
            schema: manifest.schema,
            tables: manifest.tables.len(),
            rows: manifest.tables.values().map(|part| part.rows).sum(),
            events: manifest.tables.get("session_events").map_or(0, |part| part.rows),
            files: manifest.files.len(),
            fingerprint,
            again: 0,
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { schema, tables, rows, events, files, fingerprint, again } = self;
        write!(
            f,
            "schema {schema}, {tables} tables with {rows} rows ({events} live events), {files} files; fingerprint {fingerprint}"
        )?;
        if *again > 0 {
            write!(f, "; passages that had been removed were removed again from {again} texts")?;
        }
        Ok(())
    }
}

/// Writes the archive while the site goes on: what it holds is what was committed when it began. The file appears under its name once it is
/// whole and on disk.
///
/// # Errors
/// When `to` is there already, the database is of another schema than this binary's, or it cannot be read or written.
pub async fn backup(db: &Db, data: &Path, to: &Path, now: Timestamp) -> anyhow::Result<Summary> {
    if to.exists() {
        bail!("{} is there already; a backup never replaces another one", to.display());
    }
    // From here to the end no object of a file goes, although its row may.
    let _held = files::hold(data).with_context(|| format!("cannot write to {}", data.display()))?;
    let mut tx = db.snapshot().await?;
    let migrations = store::list_migrations(&mut tx).await.context("this is not a database of Tinklaveika")?;
    let mut manifest = Manifest {
        format: FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        schema: migrations.last().map_or(0, |migration| migration.number),
        migrations,
        made_at: now,
        tables: BTreeMap::new(),
        files: BTreeMap::new(),
    };
    let mut writing = Writing::begin(to)?;
    for table in copy::tables(&mut tx).await? {
        let mut part = writing.part(&format!("tables/{}.jsonl", table.name))?;
        let mut failed = None;
        let rows = copy::read(&mut tx, &table, |line| match part.line(line) {
            Ok(()) => true,
            Err(error) => {
                failed = Some(error);
                false
            }
        });
        let rows = rows.await?;
        if let Some(error) = failed {
            return Err(error).context("the archive cannot be written");
        }
        manifest.tables.insert(table.name, part.end(rows));
    }
    // Files after rows: a row of this moment has its file by now.
    drop(tx);
    for (name, path) in archive::files(&data.join(FILES))? {
        let mut file = std::fs::File::open(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let mut part = writing.part(&format!("{FILES}/{name}"))?;
        std::io::copy(&mut file, &mut part).with_context(|| format!("cannot copy {}", path.display()))?;
        manifest.files.insert(name, part.end(1));
    }
    let fingerprint = writing.end(&manifest)?;
    Ok(Summary::of(&manifest, fingerprint))
}
