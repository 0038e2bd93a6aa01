//! SQLite: one writer whose turns are taken in order, and a few readers.

use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use sqlx::{
    ConnectOptions, Connection, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use tokio::sync::{OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};

use crate::{Error, Options, Result, db::at_least};

/// Older ones can corrupt the file when the write-ahead log is reset.
const OLDEST: [u32; 3] = [3, 51, 3];
const STATEMENTS: usize = 512;
/// Rows that a reader reads ahead of its caller.
const ROWS: usize = 512;

#[derive(Clone)]
pub struct Sqlite(Arc<Shared>);

struct Shared {
    read: SqliteConnectOptions,
    idle: Mutex<Vec<SqliteConnection>>,
    readers: Arc<Semaphore>,
    writer: Arc<tokio::sync::Mutex<Writer>>,
    wait: Duration,
}

impl Sqlite {
    pub(crate) async fn open(path: &Path, options: &Options) -> Result<Self> {
        let write = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            .pragma("mmap_size", "0")
            // A log that a long read made grow is cut back to 64 MiB.
            .pragma("journal_size_limit", "67108864")
            .statement_cache_capacity(STATEMENTS);
        // A reader whose rows wait in a short line wakes its caller, and is woken by it, for each of them.
        let read = write.clone().create_if_missing(false).pragma("query_only", "on").row_buffer_size(ROWS);
        let write = write
            // What a statement would be undone by is kept in memory: a batch of events would make and fill a file for it each time.
            .pragma("temp_store", "memory")
            // What is deleted or written over is nulled in the file, not left in its free pages.
            .pragma("secure_delete", "on")
            // The same few pages are written by every batch; folding 16 MiB of log at once writes each of them less often.
            .pragma("wal_autocheckpoint", "4096");
        let mut conn = write.connect().await.map_err(|error| Error::of(error, "open the file"))?;
        let version: String = sqlx::query_scalar("select sqlite_version()")
            .fetch_one(&mut conn)
            .await
            .map_err(|error| Error::of(error, "select sqlite_version()"))?;
        at_least("SQLite", &version, OLDEST)?;
        Ok(Self(Arc::new(Shared {
            read,
            idle: Mutex::default(),
            readers: Arc::new(Semaphore::new(options.connections.max(1) as usize)),
            writer: Arc::new(tokio::sync::Mutex::new(Writer { conn: Some(conn), options: write, dirty: false })),
            wait: options.wait,
        })))
    }

    pub(crate) async fn reader(&self) -> Result<Reader> {
        let permit = tokio::time::timeout(self.0.wait, Arc::clone(&self.0.readers).acquire_owned())
            .await
            .map_err(|_| Error::late())?
            .map_err(|_| Error::closed())?;
        let idle = lock(&self.0.idle).pop();
        let conn = match idle {
            Some(conn) => conn,
            None => self.0.read.connect().await.map_err(|error| Error::of(error, "open the file to read"))?,
        };
        Ok(Reader { conn: Some(conn), shared: Arc::clone(&self.0), _permit: permit })
    }

    /// The writer's turn. What the turn before left open is rolled back.
    pub(crate) async fn writer(&self) -> Result<OwnedMutexGuard<Writer>> {
        let mut writer = tokio::time::timeout(self.0.wait, Arc::clone(&self.0.writer).lock_owned())
            .await
            .map_err(|_| Error::late())?;
        if self.0.readers.is_closed() {
            return Err(Error::closed());
        }
        writer.clean().await?;
        Ok(writer)
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.read.get_filename()
    }

    pub(crate) async fn close(&self) {
        self.0.readers.close();
        let idle = std::mem::take(&mut *lock(&self.0.idle));
        for conn in idle {
            // A connection that does not close politely is closed by being dropped.
            let _ = conn.close().await;
        }
        let writer = self.0.writer.lock().await.conn.take();
        if let Some(conn) = writer {
            let _ = conn.close().await;
        }
    }
}

/// A connection that cannot write; goes back to the others when dropped.
pub(crate) struct Reader {
    conn: Option<SqliteConnection>,
    shared: Arc<Shared>,
    _permit: OwnedSemaphorePermit,
}

impl Reader {
    pub(crate) fn conn(&mut self) -> Result<&mut SqliteConnection> {
        self.conn.as_mut().ok_or_else(Error::closed)
    }

    /// The connection answered in a way that a healthy one does not: the next reader gets a new one.
    pub(crate) fn discard(&mut self) {
        self.conn = None;
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        if let Some(conn) = self.conn.take()
            && !self.shared.readers.is_closed()
        {
            lock(&self.shared.idle).push(conn);
        }
    }
}

/// The only connection that writes.
pub(crate) struct Writer {
    conn: Option<SqliteConnection>,
    options: SqliteConnectOptions,
    /// A transaction may be open.
    pub(crate) dirty: bool,
}

impl Writer {
    pub(crate) fn conn(&mut self) -> Result<&mut SqliteConnection> {
        self.conn.as_mut().ok_or_else(Error::closed)
    }

    /// Rolls back what may be open; a connection that cannot even do that is replaced. Safe to be cancelled and called
    /// again.
    pub(crate) async fn clean(&mut self) -> Result<()> {
        if self.dirty {
            let done = match &mut self.conn {
                Some(conn) => sqlx::query("rollback").execute(conn).await.map(drop),
                None => Err(sqlx::Error::WorkerCrashed),
            };
            match done {
                Ok(()) => {}
                // SQLite itself rolled back, or a cancelled `begin` was never done.
                Err(sqlx::Error::Database(error)) if error.message().contains("no transaction is active") => {}
                Err(_) => self.conn = None,
            }
            self.dirty = false;
        }
        if self.conn.is_none() {
            let conn = self.options.connect().await.map_err(|error| Error::of(error, "open the file again"))?;
            self.conn = Some(conn);
        }
        Ok(())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
