//! A room made from what the database has of it.

use std::sync::Arc;

use db::Db;
use model::{
    ids::*,
    live::{Event, Room, evolve},
    time::Timestamp,
};

use super::{
    rooms::Closed,
    settings::Settings,
    snapshots::{self, Snapshot, Snapshots},
    store::{self, Plan},
    tail::{Entry, Tail},
};

/// Events read at once.
const PAGE: i64 = 2_000;

pub struct Folded {
    pub epoch: Arc<str>,
    pub room: Room,
    pub tail: Tail,
    /// Open intervals of attendance.
    pub here: Vec<(PersonId, Timestamp)>,
    pub snapshots: Snapshots,
}

/// Folds the room from its events, or from those after its snapshot.
pub async fn fold(db: &Db, settings: &Settings, session: SessionId) -> Result<Folded, Closed> {
    let (resume, every) = (settings.resume as i64, settings.snapshot_every as i64);
    let mut tx = db.read().await?;
    let plan = store::plan(&mut tx, session).await?.ok_or(Closed::Missing)?;
    let epoch = store::epoch(&mut tx).await?.into();
    let here = store::list_here(&mut tx, session).await?;
    let shape = snapshots::shape(&plan);
    // What a resume may ask for is to be told from its events.
    let told = (plan.last_seq - resume).max(0);
    let kept = store::snapshot(&mut tx, session, &shape).await?.filter(|(seq, _)| *seq <= told);
    let kept = kept.and_then(|(seq, room)| Some((seq, serde_json::from_str::<Room>(&room).ok()?)));
    let (from, mut room) = kept.unwrap_or_else(|| {
        let mut room = Room::default();
        let Plan { title, facilitator, steps, .. } = plan;
        evolve(&mut room, &Event::Scheduled { title, facilitator, steps });
        (0, room)
    });
    let mut tail = Tail::new(told, settings.resume);
    let (mut seq, mut entries, mut next) = (from, Vec::new(), None);
    loop {
        let rows = store::list_after(&mut tx, session, seq, PAGE).await?;
        for row in &rows {
            if row.seq == told + 1 && told >= from + every {
                next = Some(Snapshot { seq: told, room: room.clone() });
            }
            let event: Event = serde_json::from_str(&row.payload).map_err(|error| {
                tracing::error!(%session, seq = row.seq, %error, "an event of an unknown kind: this binary is older than the journal");
                Closed::Unreadable
            })?;
            if row.seq > told {
                let entry = Entry::new(row.command_id, event, &room);
                evolve(&mut room, &entry.event);
                entries.push(entry);
            } else {
                evolve(&mut room, &event);
            }
            seq = row.seq;
        }
        if (rows.len() as i64) < PAGE {
            break;
        }
    }
    tail.push(&entries);
    let snapshots = Snapshots::new(shape, (every, resume), from, next);
    Ok(Folded { epoch, room, tail, here, snapshots })
}
