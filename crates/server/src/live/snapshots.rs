//! Rooms as they stood a while ago, kept beside the journal so that a long session opens without reading all of its events.
//!
//! A snapshot is never the truth. It is written only once the room has gone on by as many events as a resume may be behind, so that the
//! room that opens from it still has all of those to tell.

use std::sync::LazyLock;

use db::Db;
use model::{
    ids::*,
    live::{FOLD, Room},
};
use schemars::schema_for;
use serde_json::json;

use super::{
    journal,
    store::{self, Plan},
};
use crate::auth::digest;

/// A room that is about to be kept.
pub struct Snapshot {
    /// The last event in it.
    pub seq: i64,
    pub room: Room,
}

/// What an open room knows of its snapshots.
pub struct Snapshots {
    shape: String,
    /// Events between two of them.
    every: i64,
    /// Events by which the room goes on before one is written.
    behind: i64,
    /// The last event of the latest one.
    last: i64,
    next: Option<Snapshot>,
}

impl Snapshots {
    /// `next` is one that was found while the room was folded from all of its events.
    pub fn new(shape: String, (every, behind): (i64, i64), last: i64, next: Option<Snapshot>) -> Self {
        Self { shape, every: every.max(1), behind, last, next }
    }

    /// The room has gone on to the event `seq`; what was deleted must not be written any more.
    pub fn went_on(&mut self, seq: i64, erased: bool, room: impl FnOnce() -> Room) {
        if erased {
            self.next = None;
        }
        if self.next.is_none() && seq >= self.last + self.every {
            self.next = Some(Snapshot { seq, room: room() });
        }
    }

    /// Whether one is to be written, at the event `seq`.
    pub fn is_due(&self, seq: i64) -> bool {
        self.next.as_ref().is_some_and(|next| seq >= next.seq + self.behind)
    }

    /// Writes the one that is due. It is dropped if that is not possible: another one follows.
    pub async fn write(&mut self, db: &Db, session: SessionId, head: i64) {
        let Some(Snapshot { seq, room }) = self.next.take() else { return };
        self.last = seq;
        let written = async {
            let mut tx = db.write().await?;
            // Whoever deletes a text takes a number in the same row: with the number unchanged, nothing of this room has been deleted.
            if !journal::still_at(&mut tx, session, head).await? {
                return Ok(false);
            }
            let room = serde_json::to_string(&room).unwrap_or_default();
            store::keep_snapshot(&mut tx, session, seq, &self.shape, &room).await?;
            tx.commit().await?;
            Ok::<_, db::Error>(true)
        };
        if let Err(error) = written.await {
            tracing::warn!(%session, seq, %error, "a room could not be kept as it stands");
        }
    }
}

/// What a snapshot must have been made by to be read.
pub fn shape(plan: &Plan) -> String {
    static TYPE: LazyLock<String> = LazyLock::new(|| digest(&json!(schema_for!(Room)).to_string()));
    let by = [&*TYPE, env!("CARGO_PKG_VERSION"), &FOLD.to_string()].join(" ");
    digest(&json!([by, plan.title, plan.facilitator, plan.steps]).to_string())
}
