//! Old bytes: what was written over must not be found in the files either.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use sqlx::Row as _;

use crate::{Db, Error, Result, sqlite::Writer};

impl Db {
    /// Sees that `text`, which no row holds any more, is not in SQLite's file or its log: the log is folded into the file, and the file is
    /// written anew when the bytes are still somewhere in it. Writers wait meanwhile. False when a long read still needs the log: then it
    /// is to be tried again. On PostgreSQL, whose files are its own, nothing is done.
    ///
    /// # Errors
    /// Those of the database, and of reading its file.
    pub async fn wipe(&self, text: &str) -> Result<bool> {
        let Self::Sqlite(db) = self else { return Ok(true) };
        let mut writer = db.writer().await?;
        if !fold(&mut writer).await? {
            return Ok(false);
        }
        let (path, needles) = (db.path().to_owned(), spellings(text));
        let found = tokio::task::spawn_blocking(move || holds(&path, &needles)).await;
        let found = found.map_err(|_| Error::Aborted)?.map_err(|error| Error::of(error.into(), "read the file"))?;
        if !found {
            return Ok(true);
        }
        // The copy that is made meanwhile is as large as the database: not in memory.
        for step in ["pragma temp_store = file", "vacuum", "pragma temp_store = memory"] {
            let done = sqlx::query(step).execute(writer.conn()?).await;
            done.map_err(|error| Error::of(error, step))?;
        }
        fold(&mut writer).await
    }
}

async fn fold(writer: &mut Writer) -> Result<bool> {
    const FOLD: &str = "pragma wal_checkpoint(truncate)";
    let row = sqlx::query(FOLD).fetch_one(writer.conn()?).await.map_err(|error| Error::of(error, FOLD))?;
    let busy: i64 = row.try_get(0).map_err(|error| Error::of(error, FOLD))?;
    Ok(busy == 0)
}

/// As it is, and as JSON spells it.
fn spellings(text: &str) -> Vec<Vec<u8>> {
    let spelled = serde_json::to_string(text).unwrap_or_default();
    let inner = spelled.get(1..spelled.len().saturating_sub(1)).unwrap_or_default();
    let mut all = vec![text.as_bytes().to_vec(), inner.as_bytes().to_vec()];
    all.dedup();
    all.retain(|needle| !needle.is_empty());
    all
}

fn holds(path: &Path, needles: &[Vec<u8>]) -> io::Result<bool> {
    const PART: usize = 1 << 20;
    let longest = needles.iter().map(Vec::len).max().unwrap_or(1);
    let mut file = File::open(path)?;
    let mut part = Vec::with_capacity(PART + longest);
    loop {
        let read = file.by_ref().take(PART as u64).read_to_end(&mut part)?;
        if needles.iter().any(|needle| part.windows(needle.len()).any(|window| window == needle)) {
            return Ok(true);
        }
        if read == 0 {
            return Ok(false);
        }
        // What begins at the end of one part may end in the next.
        let kept = part.len().saturating_sub(longest - 1);
        part.drain(..kept);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_found_also_across_parts() {
        let path = std::env::temp_dir().join(format!("tinklaveika-wipe-{}", std::process::id()));
        let mut bytes = vec![b'.'; (1 << 20) - 3];
        bytes.extend_from_slice(b"Ona \\\"K\\\" ir kiti");
        std::fs::write(&path, &bytes).unwrap();
        let found = |text: &str| holds(&path, &spellings(text)).unwrap();
        assert!(found("Ona") && found("Ona \"K\"") && found("kiti"));
        assert!(!found("Onos") && !found("kitii"));
        std::fs::remove_file(&path).unwrap();
    }
}
