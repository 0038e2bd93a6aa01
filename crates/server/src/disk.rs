//! Whether the disk of the database has room. When a write meets a full one, pages say that for now one can only read; writes are
//! tried all the same, and every other second the server itself tries whether there is room again.

pub mod store;

use std::time::Duration;

use model::refusal::Code;
use tokio::sync::watch;

use crate::{app::App, error::Fault};

/// Between two tries whether there is room again.
const EVERY: Duration = Duration::from_secs(2);
/// What has to fit before it counts as room, in bytes.
const ROOM: usize = 256 << 10;

#[derive(Clone)]
pub struct Disk {
    full: watch::Sender<bool>,
}

impl Default for Disk {
    fn default() -> Self {
        Self { full: watch::channel(false).0 }
    }
}

impl Disk {
    pub fn is_full(&self) -> bool {
        *self.full.borrow()
    }

    /// A write was refused for want of room.
    pub fn filled(&self) {
        self.full.send_replace(true);
    }
}

/// Takes note of a fault that a full disk caused.
pub fn note(app: &App, fault: &Fault) {
    let full = fault.refusals().is_some_and(|refusals| refusals.0.iter().any(|refusal| refusal.code == Code::DiskFull));
    if full && !app.disk.is_full() {
        app.disk.filled();
        // Kept pages do not say so.
        app.content.changed();
    }
}

/// While the disk is full, tries whether there is room again, until the server is asked to stop.
pub async fn watch(app: App) {
    let mut full = app.disk.full.subscribe();
    let mut draining = app.draining.subscribe();
    let stop = async move { draining.wait_for(|draining| *draining).await.map(drop) };
    tokio::pin!(stop);
    loop {
        tokio::select! {
            _ = &mut stop => return,
            met = full.wait_for(|full| *full) => if met.is_err() { return },
        }
        tracing::error!("the disk is full: until there is room, one can only read");
        while app.disk.is_full() {
            tokio::select! {
                _ = &mut stop => return,
                () = tokio::time::sleep(EVERY) => {}
            }
            if has_room(&app).await {
                app.disk.full.send_replace(false);
                app.content.changed();
                tracing::info!("the disk has room again");
            }
        }
    }
}

async fn has_room(app: &App) -> bool {
    let text = "0".repeat(ROOM);
    let tried = async {
        let mut tx = app.db.write().await?;
        store::insert(&mut tx, &text).await?;
        tx.commit().await?;
        let mut tx = app.db.write().await?;
        store::delete(&mut tx).await?;
        tx.commit().await
    };
    tried.await.is_ok()
}
