//! The index as files.

use std::{fs, path::PathBuf};

use super::*;

/// A directory of its own for a test, gone with the test.
pub struct Dir(PathBuf);

impl Dir {
    pub fn new(name: &str) -> Self {
        let dir = std::env::temp_dir().join(format!("tinklaveika-search-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        Self(dir)
    }

    pub fn path(&self) -> &std::path::Path {
        &self.0
    }
}

impl Drop for Dir {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn an_index_is_kept_on_disk() {
    let dir = Dir::new("kept");
    Index::open(&dir.0).unwrap().apply(&[document(1, "Skaitymas", "")], &[]).unwrap();
    assert_eq!(found(&Index::open(&dir.0).unwrap(), "skaityme"), [1]);
}

#[test]
fn an_index_that_does_not_fit_is_made_anew() {
    let dir = Dir::new("anew");
    let damage: [&dyn Fn(); 4] = [
        &|| fs::write(dir.0.join("tinklaveika-search"), "0.0").unwrap(),
        &|| fs::remove_file(dir.0.join("tinklaveika-search")).unwrap(),
        &|| fs::write(dir.0.join("meta.json"), "{").unwrap(),
        &|| {
            for file in fs::read_dir(&dir.0).unwrap().map(|entry| entry.unwrap().path()) {
                if file.extension().is_some_and(|extension| extension == "idx" || extension == "term") {
                    fs::write(file, "damaged").unwrap();
                }
            }
        },
    ];
    for hurt in damage {
        Index::open(&dir.0).unwrap().apply(&[document(1, "Skaitymas", "")], &[]).unwrap();
        hurt();
        let index = Index::open(&dir.0).unwrap();
        assert_eq!(found(&index, "skaitymas"), [0_u128; 0]);
        assert!(index.versions().unwrap().is_empty());
    }
}
