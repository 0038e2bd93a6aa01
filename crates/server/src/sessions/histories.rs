//! Folded journals, kept so that reading on in a session costs what happened since, not all of it again.

use std::sync::Arc;

use db::Tx;
use model::{ids::SessionId, live::Event, sessions::History};
use quick_cache::{Weighter, sync::Cache};

use super::store;

/// What is kept at most, in messages, people and turns: about 10 MB. A session longer than that is folded anew each time.
const KEPT: u64 = 20_000;

pub struct Histories(Cache<SessionId, Arc<Kept>, Weight>);

struct Kept {
    plan: Event,
    /// The last event that is in it.
    seq: i64,
    history: Arc<History>,
}

#[derive(Clone)]
struct Weight;

impl Weighter<SessionId, Arc<Kept>> for Weight {
    fn weight(&self, _: &SessionId, kept: &Arc<Kept>) -> u64 {
        1 + kept.history.size() as u64
    }
}

impl Default for Histories {
    fn default() -> Self {
        Self(Cache::with_weighter(200, KEPT, Weight))
    }
}

impl Histories {
    /// The history of the session as it is on disk; `row` is what was just read of it. A deletion is an event like all others, so
    /// what was deleted is in no history that is given out after it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn of(&self, tx: &mut Tx, session: SessionId, row: &store::Row) -> db::Result<Arc<History>> {
        let plan = row.plan();
        // Another plan, or a journal that has become shorter, is another history.
        let kept = self.0.get(&session).filter(|kept| kept.plan == plan && kept.seq <= row.last_seq);
        if let Some(kept) = kept.as_ref().filter(|kept| kept.seq == row.last_seq) {
            return Ok(Arc::clone(&kept.history));
        }
        let known = kept.as_ref().map_or(0, |kept| kept.seq);
        let mut events = store::list_events(tx, session, known).await?;
        // Events that were folded here have been rewritten since.
        let (kept, known) = match events.iter().any(|(_, _, event)| matches!(event, Event::Redacted { .. })) {
            true if known > 0 => {
                events = store::list_events(tx, session, 0).await?;
                (None, 0)
            }
            _ => (kept, known),
        };
        let seq = events.last().map_or(known, |(seq, ..)| *seq);
        let mut history = kept.map_or_else(|| History::planned(&plan), |kept| History::clone(&kept.history));
        for (_, at, event) in events {
            history.fold(at, event);
        }
        let history = Arc::new(history);
        self.0.insert(session, Arc::new(Kept { plan, seq, history: Arc::clone(&history) }));
        Ok(history)
    }
}
