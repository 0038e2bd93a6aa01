//! The version of what anonymous readers may see: part of every public page's tag, and what a kept page is measured by.
//!
//! A write on this node counts at once. Where nodes share a database, each write also counts in it, in its own transaction, and
//! every node asks once a second: a page kept by another node is at most that much behind (docs/decisions/0006-kept-pages-over-several-nodes.md).

pub mod store;

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

use db::{Db, Tx};

use crate::{app::App, redactions};

/// How far a page kept by another node may be behind.
const EVERY: Duration = Duration::from_secs(1);

#[derive(Clone, Default)]
pub struct Content(Arc<Inner>);

#[derive(Default)]
struct Inner {
    version: AtomicU64,
    /// Whether other nodes may write to the same database.
    shared: bool,
    /// The count in the database, as last heard of.
    heard: AtomicI64,
}

impl Content {
    pub fn new(db: &Db) -> Self {
        Self(Arc::new(Inner { shared: !db.is_sqlite(), ..Inner::default() }))
    }

    pub fn version(&self) -> u64 {
        self.0.version.load(Ordering::Acquire)
    }

    pub fn changed(&self) {
        self.0.version.fetch_add(1, Ordering::AcqRel);
    }

    /// Counts in the transaction of a write, last before its commit: the row is one for all, and is locked no longer than that.
    pub async fn count(&self, tx: &mut Tx) -> db::Result<Option<i64>> {
        Ok(if self.0.shared { Some(store::count(tx).await?) } else { None })
    }

    /// What this node itself counted and committed is no news to it; anything in between is.
    pub fn counted(&self, count: Option<i64>) {
        if let Some(count) = count {
            let _ = self.0.heard.compare_exchange(count - 1, count, Ordering::AcqRel, Ordering::Acquire);
        }
    }

    /// True when others have written.
    async fn ask(&self, db: &Db) -> db::Result<bool> {
        let count = store::find(&mut db.read().await?).await?;
        let news = self.0.heard.swap(count, Ordering::AcqRel) != count;
        if news {
            self.changed();
        }
        Ok(news)
    }
}

/// Hears of what other nodes write, until the server is asked to stop.
pub async fn follow(app: App) {
    if !app.content.0.shared {
        return;
    }
    let mut draining = app.draining.subscribe();
    let stop = async move { draining.wait_for(|draining| *draining).await.map(drop) };
    tokio::pin!(stop);
    loop {
        tokio::select! {
            _ = &mut stop => return,
            () = tokio::time::sleep(EVERY) => {}
        }
        match app.content.ask(&app.db).await {
            Ok(true) => {
                // A message may have been hidden there, or a passage taken out.
                app.rooms.wake_all();
                if let Err(error) = redactions::follow(&app).await {
                    tracing::warn!(error = format!("{error:#}"), "what other nodes took out could not be asked");
                }
            }
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "what other nodes wrote could not be asked"),
        }
    }
}
