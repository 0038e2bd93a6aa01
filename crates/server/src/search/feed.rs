//! Keeps the index like the database: what is written here at once, what other nodes write by a sweep, and what slipped through
//! by a pass over everything.

use std::{
    collections::{HashMap, HashSet},
    path::Path,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use db::Db;
use model::{
    search::FoundKind,
    time::{Millis, Timestamp},
};
use tokio::{
    sync::{Notify, watch},
    task::spawn_blocking,
    time,
};
use uuid::Uuid;

use super::{
    ask::{Ask, Found},
    document::Key,
    index::Index,
    store::{self, Scope},
};

/// Documents read and written together.
const BATCH: usize = 500;
/// Documents after which a pass shows what it has put, and looks at what has been written meanwhile: about a second of work.
const BETWEEN_LOOKS: usize = 10_000;
/// A commit costs a few writes to disk; what comes in between waits for the next one.
const BETWEEN_COMMITS: Duration = Duration::from_millis(200);
const BETWEEN_SWEEPS: Duration = Duration::from_secs(15);
const BETWEEN_PASSES: Millis = Millis::hours(24);
/// A transaction may commit later than its `updated_at`; none is open for so long.
const OVERLAP: Millis = Millis::minutes(15);
const AFTER_FAILURE: Duration = Duration::from_secs(2);

/// The index and the queue of what has changed. A clone is the same.
#[derive(Clone)]
pub struct Search(Arc<Inner>);

struct Inner {
    index: Index,
    changed: Mutex<HashSet<Key>>,
    /// Everything is to be compared again.
    all: AtomicBool,
    /// What was taken out is to go from the files too.
    purge: AtomicBool,
    wake: Notify,
    /// Whether all was compared once since the start.
    whole: AtomicBool,
    /// Whether nothing waits that this node knows of.
    settled: watch::Sender<bool>,
}

impl Search {
    /// Opens the index in `dir`, or makes an empty one that the feed then fills.
    pub fn open(dir: &Path) -> anyhow::Result<Self> {
        Index::open(dir).map(Self::with)
    }

    pub fn in_memory() -> anyhow::Result<Self> {
        Index::in_memory().map(Self::with)
    }

    fn with(index: Index) -> Self {
        Self(Arc::new(Inner {
            index,
            changed: Mutex::default(),
            all: AtomicBool::default(),
            purge: AtomicBool::default(),
            wake: Notify::new(),
            whole: AtomicBool::default(),
            settled: watch::Sender::new(false),
        }))
    }

    /// Says that a problem, a practice, a session or a team was written; call it after the commit. Returns at once.
    pub fn touch(&self, kind: FoundKind, id: Uuid) {
        let mut changed = self.changed();
        changed.insert(Key { kind, id });
        self.0.settled.send_replace(false);
        drop(changed);
        self.0.wake.notify_one();
    }

    /// Says that much was written at once, also with times long past: the demo, or a backup. Returns at once.
    pub fn touch_all(&self) {
        let changed = self.changed();
        self.0.all.store(true, Ordering::Release);
        self.0.settled.send_replace(false);
        drop(changed);
        self.0.wake.notify_one();
    }

    /// Says that what is taken out of the index by then must not stay in its files either. Returns at once.
    pub fn purge(&self) {
        let changed = self.changed();
        self.0.purge.store(true, Ordering::Release);
        self.0.settled.send_replace(false);
        drop(changed);
        self.0.wake.notify_one();
    }

    /// Waits until everything that was said to be written is found. It needs a running feed.
    pub async fn settled(&self) {
        // An error would say that the sender is gone, which is in `self`.
        let _ = self.0.settled.subscribe().wait_for(|settled| *settled).await;
    }

    /// Whether the index is being made, so that what is in the database may be missing in it.
    pub fn is_partial(&self) -> bool {
        !self.0.whole.load(Ordering::Acquire)
    }

    /// Whether the word, without diacritics, is in any part of the index, also of what was taken out of it and not yet purged.
    pub fn knows(&self, word: &str) -> anyhow::Result<bool> {
        self.0.index.knows(word)
    }

    /// Of how many parts the index is.
    pub fn parts(&self) -> usize {
        self.0.index.searcher().segment_readers().len()
    }

    /// Searches; takes a core for some milliseconds.
    pub fn ask(&self, ask: &Ask) -> anyhow::Result<Found> {
        self.0.index.ask(ask)
    }

    /// Feeds the index until it is dropped. One at a time: it is the index's only writer. `now` is the app's clock.
    pub async fn feed(self, db: Db, now: impl Fn() -> Timestamp) {
        let mut feed = Feed::new(self, db);
        loop {
            if let Err(error) = feed.turn(now()).await {
                tracing::error!(%error, "the search index could not be fed; it is tried again");
                time::sleep(AFTER_FAILURE).await;
                continue;
            }
            time::sleep(BETWEEN_COMMITS).await;
            // Times out when there is nothing new but the hour: then other nodes are asked for.
            let _ = time::timeout(BETWEEN_SWEEPS, feed.search.0.wake.notified()).await;
        }
    }

    fn changed(&self) -> MutexGuard<'_, HashSet<Key>> {
        self.0.changed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the feed remembers from turn to turn.
pub(super) struct Feed {
    search: Search,
    db: Db,
    swept: Option<Timestamp>,
    passed: Option<Timestamp>,
    /// Versions that were put in lately, so that a sweep does not put them in again.
    applied: HashMap<Key, i64>,
}

impl Feed {
    pub(super) fn new(search: Search, db: Db) -> Self {
        Self { search, db, swept: None, passed: None, applied: HashMap::new() }
    }

    /// Does all that is to be done at `now`.
    pub(super) async fn turn(&mut self, now: Timestamp) -> anyhow::Result<()> {
        let due = self.passed.is_none_or(|passed| now.since(passed) >= BETWEEN_PASSES);
        if self.search.0.all.swap(false, Ordering::AcqRel) || due {
            self.passed = None;
            self.pass().await?;
            (self.passed, self.swept) = (Some(now), Some(now));
        }
        if self.swept.is_none_or(|swept| now.since(swept) >= Millis(BETWEEN_SWEEPS.as_millis() as i64)) {
            self.sweep().await?;
            self.swept = Some(now);
        }
        let purge = self.search.0.purge.swap(false, Ordering::AcqRel);
        if purge {
            // Another node may have written what goes.
            self.sweep().await?;
        }
        self.touched().await?;
        if purge {
            let inner = Arc::clone(&self.search.0);
            if let Err(error) = spawn_blocking(move || inner.index.purge()).await? {
                self.search.0.purge.store(true, Ordering::Release);
                return Err(error);
            }
        }
        let changed = self.search.changed();
        let waits = |flag: &AtomicBool| flag.load(Ordering::Acquire);
        if changed.is_empty() && !waits(&self.search.0.all) && !waits(&self.search.0.purge) {
            self.search.0.settled.send_replace(true);
        }
        Ok(())
    }

    /// What this node was told of.
    async fn touched(&mut self) -> anyhow::Result<()> {
        let changed: Vec<Key> = std::mem::take(&mut *self.search.changed()).into_iter().collect();
        for batch in changed.chunks(BATCH) {
            if let Err(error) = self.apply(batch).await {
                self.search.changed().extend(changed);
                return Err(error);
            }
        }
        Ok(())
    }

    /// Compares everything.
    async fn pass(&mut self) -> anyhow::Result<()> {
        let inner = Arc::clone(&self.search.0);
        let there = spawn_blocking(move || {
            // What a pass before this one put and did not commit would be there twice.
            inner.index.discard()?;
            inner.index.versions()
        });
        let mut there = there.await??;
        let mut put = 0;
        for kind in FoundKind::ALL {
            let mut after = String::new();
            loop {
                let mut tx = self.db.read().await?;
                let rows = store::versions(&mut tx, kind, &after).await?;
                drop(tx);
                let Some((last, _)) = rows.last() else { break };
                after = last.to_string();
                let mut differ = Vec::new();
                let mut old = HashSet::new();
                for (id, version) in rows {
                    let key = Key { kind, id };
                    match there.remove(&key) {
                        Some(known) if known == version => {}
                        Some(_) => {
                            old.insert(key);
                            differ.push(key);
                        }
                        None => differ.push(key),
                    }
                }
                for batch in differ.chunks(BATCH) {
                    self.put(batch, |key| old.contains(key)).await?;
                    put += batch.len();
                }
                if put >= BETWEEN_LOOKS {
                    put = 0;
                    self.commit().await?;
                    self.touched().await?;
                }
            }
        }
        let gone: Vec<Key> = there.into_keys().collect();
        for batch in gone.chunks(BATCH) {
            self.put(batch, |_| true).await?;
        }
        self.commit().await?;
        self.search.0.whole.store(true, Ordering::Release);
        Ok(())
    }

    /// Reads again what was written since some time before the last sweep, here or on another node.
    async fn sweep(&mut self) -> anyhow::Result<()> {
        let since = Timestamp(self.swept.unwrap_or_default().ms().saturating_sub(OVERLAP.ms()));
        let mut tx = self.db.read().await?;
        let mut found = HashMap::new();
        for kind in FoundKind::ALL {
            let rows = store::changed(&mut tx, kind, since).await?;
            found.extend(rows.into_iter().map(|(id, version)| (Key { kind, id }, version)));
        }
        drop(tx);
        self.applied.retain(|key, _| found.contains_key(key));
        let new: Vec<Key> =
            found.iter().filter(|(key, version)| self.applied.get(key) != Some(version)).map(|(key, _)| *key).collect();
        for batch in new.chunks(BATCH) {
            self.apply(batch).await?;
        }
        self.applied = found;
        Ok(())
    }

    /// Reads `keys` and makes what they are now seen in the index; what is no longer to be found is taken out.
    async fn apply(&mut self, keys: &[Key]) -> anyhow::Result<()> {
        self.put(keys, |_| true).await?;
        self.commit().await
    }

    /// As [`apply`](Self::apply), but nothing is seen before [`commit`](Self::commit). Those that may be in the index are `old`:
    /// taking one out costs a look into every part of it.
    async fn put(&mut self, keys: &[Key], old: impl Fn(&Key) -> bool) -> anyhow::Result<()> {
        let mut tx = self.db.read().await?;
        let found = store::find(&mut tx, Scope::Everything, keys).await?;
        drop(tx);
        let documents: Vec<_> = found.into_iter().map(|shown| shown.document).collect();
        self.applied.extend(documents.iter().map(|document| (document.key, document.version)));
        let old: Vec<Key> = keys.iter().filter(|key| old(key)).copied().collect();
        let inner = Arc::clone(&self.search.0);
        spawn_blocking(move || inner.index.put(&documents, &old)).await?
    }

    async fn commit(&mut self) -> anyhow::Result<()> {
        let inner = Arc::clone(&self.search.0);
        spawn_blocking(move || inner.index.commit()).await?
    }
}
