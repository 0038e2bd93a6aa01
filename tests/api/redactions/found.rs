//! Where something of the planted text is left.

use std::{fs, path::Path};

use db::{Db, copy, sql};

/// Letters of it that are in nothing else, as people write them and as the search index keeps them.
const TRACES: [&str; 4] = ["Kanarėl", "kanarėl", "kanarel", "Kanarel"];

pub fn found(bytes: &[u8]) -> Option<&'static str> {
    TRACES.into_iter().find(|trace| bytes.windows(trace.len()).any(|window| window == trace.as_bytes()))
}

/// Every row of every table in which something of it is left.
pub async fn rows_with_traces(db: &Db) -> Vec<String> {
    let mut tx = db.read().await.unwrap();
    let mut left = Vec::new();
    for table in copy::tables(&mut tx).await.unwrap() {
        let see = |row: &[u8]| {
            if found(row).is_some() {
                left.push(format!("{}: {}", table.name, String::from_utf8_lossy(row)));
            }
            true
        };
        copy::read(&mut tx, &table, see).await.unwrap();
    }
    left
}

/// Updates of notes, which are kept in base64, in which something of it is left.
pub async fn updates_with_traces(db: &Db) -> usize {
    let rows: Vec<String> = sql!("select data from note_updates").all(&mut db.read().await.unwrap()).await.unwrap();
    rows.iter().filter(|row| found(&notes::base64::decode(row).unwrap()).is_some()).count()
}

/// Every file under the folder in which something of it is left.
pub fn traces_in(folder: &Path) -> Vec<String> {
    let mut left = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            left.extend(traces_in(&path));
        } else if let Some(trace) = fs::read(&path).ok().as_deref().and_then(found) {
            left.push(format!("{trace} in {}", path.display()));
        }
    }
    left
}

/// Parts of the index that have files: their names begin with 32 hexadecimal digits.
pub fn parts_on_disk(folder: &Path) -> usize {
    let names = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let stem = |name: String| name.split('.').next().filter(|stem| stem.len() == 32).map(str::to_owned);
    names.filter_map(stem).collect::<std::collections::BTreeSet<_>>().len()
}

pub fn traces_in_zip(bytes: &[u8]) -> Vec<String> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut left = Vec::new();
    for at in 0..zip.len() {
        let mut text = Vec::new();
        let mut entry = zip.by_index(at).unwrap();
        std::io::copy(&mut entry, &mut text).unwrap();
        if let Some(trace) = found(&text) {
            left.push(format!("{trace} in {}", entry.name().unwrap()));
        }
    }
    left
}

/// A folder that goes with the test.
pub struct Folder(pub std::path::PathBuf);

impl Folder {
    pub fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("tinklaveika-redactions-{}", server::auth::new_token()));
        fs::create_dir(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
