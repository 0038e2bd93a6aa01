//! Text written together by those in a session: a task for each open text, a task for each socket, the CRDT of the crate `notes`.
//!
//! An update travels from [`socket`] to [`desk`], which reads the merged text with the guard, puts what is new on disk, and only then
//! tells the others. Who is let in and who must go is decided as for the live room, by the same code.

mod desk;
mod door;
mod member;
mod socket;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use db::Db;
use model::{ids::*, live::Participant, refusal::Code};
use tokio::sync::{mpsc, oneshot};

pub use desk::is_open;
pub use door::router;

use super::{Given, Rooms, Settings};
use desk::{Desk, Input};

/// Inputs that wait before sockets wait with reading.
const WAITING: usize = 256;

/// The open texts of this process. A clone is the same.
#[derive(Clone)]
pub struct Tables {
    /// Sockets of notes are counted, sent away and said goodbye to like those of rooms, apart from them.
    pub sockets: Rooms,
    open: Arc<Mutex<HashMap<SessionId, mpsc::Sender<Input>>>>,
}

impl Tables {
    pub fn new(db: Db, given: Given, settings: &Settings) -> Self {
        let settings = Settings { frame_bytes: notes::MESSAGE_MAX, ..settings.clone() };
        Self { sockets: Rooms::new(db, given, settings), open: Arc::default() }
    }

    /// The way to the task of a text, which begins when there is none.
    fn at(&self, session: SessionId) -> mpsc::Sender<Input> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(to) = open.get(&session).filter(|to| !to.is_closed()) {
            return to.clone();
        }
        let (to, inputs) = mpsc::channel(WAITING);
        open.insert(session, to.clone());
        tokio::spawn(Desk::run(self.clone(), session, inputs));
        to
    }

    /// Forgets the text if nothing waits for it; its task ends then.
    fn forget_if_unused(&self, session: SessionId, inputs: &mut mpsc::Receiver<Input>) -> bool {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if !inputs.is_empty() {
            return false;
        }
        // Whoever holds the way meanwhile finds it closed and asks for another.
        inputs.close();
        if open.get(&session).is_some_and(mpsc::Sender::is_closed) {
            open.remove(&session);
        }
        true
    }

    /// Lets an open text look at what was changed outside of it.
    pub fn wake(&self, session: SessionId) {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(to) = open.get(&session) {
            let _ = to.try_send(Input::Look);
        }
    }

    /// Makes the text be another by an edit of `by`, so that nothing of what anybody writes meanwhile is lost.
    ///
    /// # Errors
    /// `session.state` when it is closed, what the guard blocks, `unavailable` when it could not be put on disk.
    pub async fn replace(&self, session: SessionId, by: &Participant, text: String) -> Result<(), Code> {
        for _ in 0..3 {
            let (answer, answered) = oneshot::channel();
            let input = Input::Replace { by: by.id, text: text.clone(), answer };
            if self.at(session).send(input).await.is_ok()
                && let Ok(done) = answered.await
            {
                return done;
            }
        }
        Err(Code::Unavailable)
    }

    /// Says goodbye to every socket, as [`Rooms::drain`].
    pub async fn drain(&self, limit: Duration) {
        self.sockets.drain(limit).await;
    }
}
