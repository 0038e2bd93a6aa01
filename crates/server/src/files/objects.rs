//! Where the bytes are: objects under random keys, beside the database in the data directory.
//!
//! An object is there before the row that speaks of it, and goes after it: whatever breaks off in between leaves an object that nobody knows of, which
//! is swept away, and never a file on a page that cannot be read. A backup holds objects back from going while it is written.

use std::{
    collections::HashMap,
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::Context;
use futures_util::{StreamExt, TryStreamExt};
use model::{
    ids::PersonId,
    refusal::{Code, Refusal},
};
use object_store::{
    GetOptions, GetRange, GetResult, ObjectStore, ObjectStoreExt, local::LocalFileSystem, path::Path as Key,
};
use tokio::{
    io::AsyncReadExt,
    sync::{RwLock, RwLockReadGuard, Semaphore, SemaphorePermit},
};

use super::{Settings, inspect::Kept, receive::Temp, store};
use crate::{
    app::{App, random},
    auth::hex,
    backup,
};

/// What the key of a small copy ends with.
pub const SMALL: &str = "-small";
/// Bytes that are copied at a time.
const PART: usize = 256 << 10;
/// Keys that are looked up at a time.
const BATCH: usize = 500;

pub struct Files {
    pub settings: Settings,
    store: Arc<dyn ObjectStore>,
    data: PathBuf,
    /// Read by those who put objects whose row is not there yet; written by who looks for objects without one.
    pending: RwLock<()>,
    /// How many files each person is sending.
    sending: Mutex<HashMap<PersonId, u32>>,
    /// Looking into a file takes memory and a processor: one at a time.
    looking: Semaphore,
}

impl Files {
    /// # Errors
    /// When the folder in the data directory cannot be made.
    pub fn open(data: &Path, settings: Settings) -> anyhow::Result<Self> {
        let folder = data.join(backup::FILES);
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        // What the row says is on disk has to be there after a power cut too.
        let store = LocalFileSystem::new_with_prefix(&folder)?.with_fsync(true);
        Ok(Self {
            settings,
            store: Arc::new(store),
            data: data.to_owned(),
            pending: RwLock::default(),
            sending: Mutex::default(),
            looking: Semaphore::new(1),
        })
    }

    /// Where a file is while it comes in.
    pub fn incoming(&self) -> PathBuf {
        self.data.join("incoming")
    }

    /// Held while a person sends a file.
    ///
    /// # Errors
    /// `too_many` with `seconds` when they send as many as they may at once: else one person would fill the disk with what is not kept.
    pub fn sending(&self, person: PersonId) -> Result<Sending<'_>, Refusal> {
        let mut sending = self.sending.lock().unwrap_or_else(PoisonError::into_inner);
        let count = sending.entry(person).or_default();
        if *count >= self.settings.at_once {
            return Err(Refusal::of(Code::TooMany).fact("seconds", 30));
        }
        *count += 1;
        Ok(Sending { files: self, person })
    }

    pub async fn pending(&self) -> RwLockReadGuard<'_, ()> {
        self.pending.read().await
    }

    pub async fn looking(&self) -> Option<SemaphorePermit<'_>> {
        self.looking.acquire().await.ok()
    }

    /// A key that says nothing of the file, in one of 256 folders.
    pub fn new_key() -> String {
        let mut key = hex(&random::<16>());
        key.insert(2, '/');
        key
    }

    /// Copies a received file to its place. It appears there whole and on disk, or not at all.
    pub async fn put(&self, key: &str, temp: &Temp) -> anyhow::Result<()> {
        let mut from = tokio::fs::File::open(temp.path()).await?;
        let mut upload = self.store.put_multipart(&Key::parse(key)?).await?;
        loop {
            let mut part = Vec::with_capacity(PART);
            (&mut from).take(PART as u64).read_to_end(&mut part).await?;
            if part.is_empty() {
                break;
            }
            if let Err(error) = upload.put_part(part.into()).await {
                let _ = upload.abort().await;
                return Err(error.into());
            }
        }
        upload.complete().await?;
        Ok(())
    }

    /// The file, and the small copy of a picture.
    pub async fn put_all(&self, key: &str, kept: &Kept) -> anyhow::Result<()> {
        self.put(key, &kept.temp).await?;
        match &kept.small {
            Some((small, _)) => self.put(&format!("{key}{SMALL}"), small).await,
            None => Ok(()),
        }
    }

    /// # Errors
    /// When there is no such object, which the doctor tells of.
    pub async fn get(&self, key: &str, range: Option<std::ops::Range<u64>>) -> anyhow::Result<GetResult> {
        let options = GetOptions { range: range.map(GetRange::Bounded), ..GetOptions::default() };
        Ok(self.store.get_opts(&Key::parse(key)?, options).await?)
    }

    /// Lets the objects of files whose rows are gone go too, unless a backup is being written: the sweeping finds them then.
    pub async fn drop_objects(&self, keys: &[String]) {
        if keys.is_empty() {
            return;
        }
        let Some(_alone) = self.without_backup() else { return };
        for key in keys {
            for key in [key.clone(), format!("{key}{SMALL}")] {
                let Ok(path) = Key::parse(&key) else { continue };
                match self.store.delete(&path).await {
                    Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                    Err(error) => tracing::warn!(%error, "an object of a removed file stays until it is swept"),
                }
            }
        }
    }

    /// Deletes every object that no file has; the answer is how many.
    ///
    /// # Errors
    /// Those of the database and the disk.
    pub async fn sweep(&self, app: &App) -> anyhow::Result<usize> {
        let _nothing_pending = self.pending.write().await;
        let Some(alone) = self.without_backup() else { return Ok(0) };
        let mut swept = 0;
        let mut listed = self.store.list(None).map_ok(|object| object.location.to_string()).chunks(BATCH).boxed();
        while let Some(batch) = listed.next().await {
            let keys = batch.into_iter().collect::<Result<Vec<_>, _>>()?;
            let of = |key: &str| key.strip_suffix(SMALL).unwrap_or(key).to_owned();
            let mut asked: Vec<String> = keys.iter().map(|key| of(key)).collect();
            asked.sort();
            asked.dedup();
            let mut tx = app.db.read().await?;
            let known = store::known(&mut tx, &asked).await?;
            for key in keys.iter().filter(|key| !known.contains(&of(key))) {
                self.store.delete(&Key::parse(key)?).await?;
                swept += 1;
            }
        }
        drop(alone);
        Ok(swept)
    }

    /// Whether so little of the disk is free that no file is taken.
    pub fn is_disk_short(&self) -> bool {
        let Ok(disk) = rustix::fs::statvfs(&self.data) else { return false };
        let Settings { free_percent, free_bytes, .. } = &self.settings;
        disk.f_bavail.saturating_mul(100) < disk.f_blocks.saturating_mul(*free_percent)
            && disk.f_bavail.saturating_mul(disk.f_frsize) < *free_bytes
    }

    /// Held while objects go; none while a backup is written.
    fn without_backup(&self) -> Option<File> {
        let file = File::create(lock_path(&self.data)).ok()?;
        match file.try_lock() {
            Ok(()) => Some(file),
            Err(TryLockError::WouldBlock | TryLockError::Error(_)) => None,
        }
    }
}

pub struct Sending<'a> {
    files: &'a Files,
    person: PersonId,
}

impl Drop for Sending<'_> {
    fn drop(&mut self) {
        let mut sending = self.files.sending.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = sending.get_mut(&self.person) {
            *count -= 1;
            if *count == 0 {
                sending.remove(&self.person);
            }
        }
    }
}

fn lock_path(data: &Path) -> PathBuf {
    data.join("files.lock")
}

/// Held by a backup from before its snapshot until its last file: no object goes meanwhile.
///
/// # Errors
/// When the data directory cannot be written.
pub fn hold(data: &Path) -> io::Result<Option<File>> {
    if !data.is_dir() {
        return Ok(None);
    }
    let file = File::create(lock_path(data))?;
    file.lock_shared()?;
    Ok(Some(file))
}

/// Sweeps every hour until the server is asked to stop.
pub async fn keep_clean(app: App) {
    const EVERY: std::time::Duration = std::time::Duration::from_secs(3600);
    let mut draining = app.draining.subscribe();
    loop {
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = draining.wait_for(|draining| *draining) => return,
        }
        match app.files.sweep(&app).await {
            Ok(0) => {}
            Ok(swept) => tracing::info!(swept, "objects of files that are gone were deleted"),
            Err(error) => tracing::warn!(error = format!("{error:#}"), "objects of files were not swept"),
        }
    }
}
