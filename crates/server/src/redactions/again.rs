//! Redactions outlive a restore: a list beside the database tells what was taken out, without the passages, and a restored archive is
//! cut by it again (docs/decisions/0009-redaction-outlives-a-restore.md).

use std::{
    collections::HashSet,
    fs::{self, File, OpenOptions},
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use anyhow::Context;
use db::Db;
use model::ids::{CommandId, RedactionId};

use crate::files;

use super::{
    cut::Cut,
    store::{self, Redaction},
};

/// Within the data directory: a line of JSON for each redaction.
pub const LIST: &str = "redactions.jsonl";

/// The lines of such a list.
///
/// # Errors
/// When it cannot be read or a line is none.
pub fn read_list(path: &Path) -> anyhow::Result<Vec<Redaction>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let line = |(at, line): (usize, &str)| {
        serde_json::from_str(line).with_context(|| format!("line {} of {} is no redaction", at + 1, path.display()))
    };
    text.lines().enumerate().filter(|(_, line)| !line.is_empty()).map(line).collect()
}

/// Writes all that the database knows into the list of the data directory; what only the list knows, of a database before this one, stays.
pub async fn keep_list(db: &Db, data: &Path) -> anyhow::Result<()> {
    let rows = store::list_all(&mut db.read().await?).await?;
    let path = data.join(LIST);
    let known: HashSet<RedactionId> = rows.iter().map(|row| row.id).collect();
    let before = if path.exists() { read_list(&path)? } else { Vec::new() };
    if rows.is_empty() && before.is_empty() {
        return Ok(());
    }
    let others = before.into_iter().filter(|row| !known.contains(&row.id));
    let mut text = String::new();
    for row in others.chain(rows) {
        text += &serde_json::to_string(&row)?;
        text.push('\n');
    }
    let beside = data.join(format!("{LIST}.part"));
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&beside, &path)?;
    File::open(data)?.sync_all()?;
    Ok(())
}

/// Does again what was done: cuts every text by the traces of `list`, removes the files that went, and keeps those of its rows that the
/// database does not have. Answers in how many texts a passage had come back, and the keys of the objects of the files.
///
/// # Errors
/// Those of the database; nothing is done then.
pub async fn apply(db: &Db, list: &[Redaction]) -> db::Result<(i64, Vec<String>)> {
    let mut tx = db.write().await?;
    let (mut places, mut objects) = (0, Vec::new());
    for row in list {
        store::insert(&mut tx, row).await?;
        // The same each time: a journal in which it stands already is not told twice.
        let mut id = || CommandId::from_uuid(uuid::Uuid::new_v5(&row.id.uuid(), b"again"));
        places += super::cut(&mut tx, row, &Cut::Known(&row.trace), &mut id).await?.places;
        for sha256 in &row.files {
            objects.extend(files::store::delete_alike(&mut tx, row.item, sha256).await?);
        }
    }
    if places > 0 {
        store::forget_answers(&mut tx).await?;
    }
    tx.commit().await?;
    Ok((places, objects))
}
