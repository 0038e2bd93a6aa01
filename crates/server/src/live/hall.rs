//! What the task of a room and the sockets in it share: what is on disk, its last events as bytes, and who listens.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use model::{
    ids::*,
    live::{Participant, Position, Room, evolve},
    time::Timestamp,
};
use tokio::sync::mpsc;
use uuid::Uuid;

use super::{
    outlet::{Goodbye, Note, Outlet},
    room::Input,
    tail::{After, Entry, Tail},
    wire,
};

pub struct Hall {
    pub session: SessionId,
    pub epoch: Arc<str>,
    sure: Mutex<Sure>,
    outlets: Mutex<Vec<Arc<Outlet>>>,
    to: mpsc::Sender<Input>,
}

/// What is on disk.
struct Sure {
    room: Room,
    tail: Tail,
    /// The JSON of the room at the tail's head, as facilitators and as all others see it, made when first asked for.
    told: [Option<Arc<str>>; 2],
}

impl Hall {
    pub fn new(session: SessionId, epoch: Arc<str>, room: Room, tail: Tail, to: mpsc::Sender<Input>) -> Self {
        let sure = Mutex::new(Sure { room, tail, told: [None, None] });
        Self { session, epoch, sure, outlets: Mutex::default(), to }
    }

    pub fn seq(&self) -> i64 {
        self.sure().tail.head()
    }

    /// The room as it is on disk.
    pub fn room(&self) -> Room {
        self.sure().room.clone()
    }

    /// Takes in what has just been committed, so that sockets find it; they are woken by [`Hall::wake`].
    pub fn committed(&self, entries: &[Entry], erased: &[Uuid]) {
        let mut sure = self.sure();
        let sure = &mut *sure;
        for entry in entries {
            evolve(&mut sure.room, &entry.event);
        }
        for id in erased {
            sure.tail.forget(*id);
        }
        sure.tail.push(entries);
        sure.told = [None, None];
    }

    /// Who sits with this person.
    pub fn seated(&self, host: PersonId) -> Vec<Participant> {
        self.sure().room.seated(host).cloned().collect()
    }

    /// With whom this person sits.
    pub fn host_of(&self, person: PersonId) -> Option<PersonId> {
        self.sure().room.people.get(&person).filter(|one| one.here)?.with
    }

    pub fn wake(&self) {
        for outlet in self.outlets().iter() {
            outlet.wake();
        }
    }

    /// Leaves everyone the same frame.
    pub fn tell(&self, frame: &Bytes) {
        for outlet in self.outlets().iter() {
            outlet.leave(Note::Frame(frame.clone()));
        }
    }

    pub fn dismiss(&self, goodbye: Goodbye) {
        for outlet in self.outlets().iter() {
            outlet.leave(Note::Bye(goodbye));
        }
    }

    /// Begins to listen; false when there are `limit` already. To be called before [`Hall::welcome`], so that nothing is missed.
    pub fn listen(&self, outlet: &Arc<Outlet>, limit: usize) -> bool {
        let mut outlets = self.outlets();
        let room = outlets.len() < limit;
        if room {
            outlets.push(Arc::clone(outlet));
        }
        room
    }

    pub fn unlisten(&self, id: ConnectionId) {
        let mut outlets = self.outlets();
        if let Some(index) = outlets.iter().position(|outlet| outlet.id == id) {
            outlets.swap_remove(index);
        }
    }

    pub async fn send(&self, input: Input) -> Result<(), Gone> {
        self.to.send(input).await.map_err(|_| Gone)
    }

    /// Like [`Hall::send`] where one cannot wait. A room that is gone hears nothing; a flooded one hears it later.
    pub fn nudge(&self, input: Input) {
        if let Err(mpsc::error::TrySendError::Full(input)) = self.to.try_send(input)
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            let to = self.to.clone();
            runtime.spawn(async move { to.send(input).await });
        }
    }

    /// The first frame for a viewer, and the place in the history from which the socket goes on. `last` is what the client has
    /// folded; when the whole gap can be told, no room is sent.
    pub fn welcome(&self, you: &Participant, last: Option<&Position>, at: Timestamp) -> (Bytes, i64) {
        let mut sure = self.sure();
        let head = sure.tail.head();
        let resumed = last.filter(|last| *last.epoch == *self.epoch).map(|last| last.seq);
        let resumed = resumed.filter(|seq| sure.tail.after(*seq, you, &mut Vec::new()) != After::Gap);
        let room = resumed.is_none().then(|| sure.told(you));
        drop(sure);
        let mut out = Vec::with_capacity(512 + room.as_ref().map_or(0, |room| room.len()));
        wire::text(&mut out, |body| {
            body.extend_from_slice(br#"{"welcome":{"you":"#);
            wire::json(body, you);
            body.extend_from_slice(br#","epoch":"#);
            wire::json(body, &*self.epoch);
            body.extend_from_slice(br#","seq":"#);
            wire::json(body, &head);
            body.extend_from_slice(br#","at":"#);
            wire::json(body, &at);
            if let Some(room) = &room {
                body.extend_from_slice(br#","room":"#);
                body.extend_from_slice(room.as_bytes());
            }
            body.extend_from_slice(b"}}");
        });
        (out.into(), resumed.unwrap_or(head))
    }

    /// What the viewer is sent after the event `seq`.
    pub fn after(&self, seq: i64, viewer: &Participant, out: &mut Vec<Bytes>) -> After {
        self.sure().tail.after(seq, viewer, out)
    }

    fn sure(&self) -> MutexGuard<'_, Sure> {
        self.sure.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn outlets(&self) -> MutexGuard<'_, Vec<Arc<Outlet>>> {
        self.outlets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sure {
    /// Two classes of viewers are shown the same, so a thousand who come at once cost two encodings.
    fn told(&mut self, viewer: &Participant) -> Arc<str> {
        let room = &self.room;
        let json = || serde_json::to_string(&room.shown_to(viewer)).unwrap_or_default().into();
        if room.has_for(viewer.id) {
            return json();
        }
        self.told[usize::from(viewer.facilitates())].get_or_insert_with(json).clone()
    }
}

/// The room's task has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gone;
