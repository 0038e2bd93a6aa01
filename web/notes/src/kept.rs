//! What the browser keeps: a copy with something unsaved stays for good, one without goes with its tab.

use web_sys::Storage;

use crate::{copy::Kept, edge};

/// The copies of one text.
pub struct Shelf {
    prefix: String,
    /// Where this page keeps its own.
    key: String,
    person: String,
    /// Of pages before this one: let go of once all of it is saved.
    before: Vec<String>,
}

impl Shelf {
    pub fn new(session: &str, person: &str, client: u64) -> Self {
        let prefix = ["notes.", session, "."].concat();
        let key = [&prefix, &*client.to_string()].concat();
        Self { prefix, key, person: person.to_owned(), before: Vec::new() }
    }

    /// The person's own copies, those with something unsaved first.
    pub fn take(&mut self) -> Vec<Kept> {
        let mut found = Vec::new();
        for storage in edge::kept().into_iter().flatten() {
            for key in keys(&storage).into_iter().filter(|key| key.starts_with(&self.prefix)) {
                let kept = storage.get_item(&key).ok().flatten();
                let kept = kept.and_then(|text| serde_json::from_str::<Kept>(&text).ok());
                if let Some(kept) = kept.filter(|kept| kept.person == self.person) {
                    self.before.push(key);
                    found.push(kept);
                }
            }
        }
        found.sort_by_key(|kept| !kept.unsaved);
        found
    }

    pub fn keep(&mut self, kept: &Kept) {
        let text = serde_json::to_string(kept).unwrap_or_default();
        let [for_good, in_tab] = edge::kept();
        // A full storage keeps what it had: the text still stands on the page.
        if let Some(storage) = for_good {
            let _ = if kept.unsaved { storage.set_item(&self.key, &text) } else { storage.remove_item(&self.key) };
            if !kept.unsaved {
                self.before.drain(..).for_each(|key| drop(storage.remove_item(&key)));
            }
        }
        if let Some(storage) = in_tab {
            for key in keys(&storage).iter().filter(|key| key.starts_with(&self.prefix) && **key != self.key) {
                let _ = storage.remove_item(key);
            }
            let _ = storage.set_item(&self.key, &text);
        }
    }

    /// Nothing of it may stay.
    pub fn forget(&mut self) {
        for storage in edge::kept().into_iter().flatten() {
            for key in keys(&storage).iter().filter(|key| key.starts_with(&self.prefix)) {
                let _ = storage.remove_item(key);
            }
        }
    }
}

fn keys(storage: &Storage) -> Vec<String> {
    let count = storage.length().unwrap_or_default();
    (0..count).filter_map(|at| storage.key(at).ok().flatten()).collect()
}
