//! Which rooms are open, and who has sockets.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use db::Db;
use futures_util::future::BoxFuture;
use model::{
    access::{Actor, Facts},
    ids::*,
    live::ByeReason,
    time::Timestamp,
};
use tokio::sync::{OnceCell, mpsc};
use uuid::Uuid;

use super::{
    Settings,
    hall::Hall,
    journal::Journal,
    opening::{self, Folded},
    outlet::{Goodbye, Note, Outlet},
    room::{Input, Task},
    single_flight::SingleFlight,
};

/// Inputs that wait for a room's task before sockets wait with reading.
const WAITING: usize = 1_024;

/// What the live path is given and never takes: the clock, ids, and who a sign-in belongs to.
#[derive(Clone)]
pub struct Given {
    pub now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    pub id: Arc<dyn Fn() -> Uuid + Send + Sync>,
    pub actor: Arc<ActorOf>,
    /// Called when a session has opened or closed: lists and public pages show it.
    pub changed: Arc<dyn Fn() + Send + Sync>,
    /// Called when a batch was refused because the disk is full.
    pub filled: Arc<dyn Fn() + Send + Sync>,
}

/// Who is signed in there now; none once the sign-in has ended.
pub type ActorOf = dyn Fn(SignInId) -> BoxFuture<'static, db::Result<Option<Actor>>> + Send + Sync;

/// The live sessions of this process. A clone is the same.
#[derive(Clone)]
pub struct Rooms(pub(super) Arc<Inner>);

pub struct Inner {
    pub db: Db,
    pub journal: Journal,
    pub given: Given,
    pub settings: Settings,
    pub figures: Figures,
    /// What permission in a session depends on, for those who knock at once.
    pub looks: SingleFlight<SessionId, Option<Arc<Facts>>>,
    halls: Mutex<HashMap<SessionId, Open>>,
    sockets: Mutex<Sockets>,
    draining: AtomicBool,
}

/// For the metrics.
#[derive(Default)]
pub struct Figures {
    pub sockets: AtomicUsize,
    pub rooms: AtomicUsize,
    /// Events that were put on disk.
    pub events: AtomicU64,
    /// Events that were sent, by socket.
    pub deliveries: AtomicU64,
}

struct Open {
    hall: Arc<OnceCell<Arc<Hall>>>,
    /// Sockets that are in it or on their way.
    users: usize,
}

#[derive(Default)]
struct Sockets {
    of_person: HashMap<PersonId, Vec<Arc<Outlet>>>,
    of_address: HashMap<IpAddr, usize>,
}

/// Only for waiting; what is decided by time is decided by the clock that is given.
#[expect(clippy::disallowed_methods, reason = "waits and their ends; decides nothing")]
pub fn clock() -> tokio::time::Instant {
    tokio::time::Instant::now()
}

/// Why a room does not open.
#[derive(Debug)]
pub enum Closed {
    /// There is no such session.
    Missing,
    /// An event of a kind that this binary does not know.
    Unreadable,
    Failed(db::Error),
}

impl Rooms {
    /// Needs a runtime: the journal begins to wait for batches.
    pub fn new(db: Db, given: Given, settings: Settings) -> Self {
        Self(Arc::new(Inner {
            journal: Journal::new(db.clone()),
            db,
            given,
            settings,
            figures: Figures::default(),
            looks: SingleFlight::default(),
            halls: Mutex::default(),
            sockets: Mutex::default(),
            draining: AtomicBool::new(false),
        }))
    }

    /// Lets an open room read what was appended outside of it.
    pub fn wake(&self, session: SessionId) {
        self.0.wake(session);
    }

    /// The same for every open room, when it is not known of which one others wrote.
    pub fn wake_all(&self) {
        for hall in self.0.halls().values().filter_map(|open| open.hall.get()) {
            hall.nudge(Input::Wake);
        }
    }

    /// Looks again, at once, whether the person may be where they are: to be called after a sign-out, a suspension, a change of
    /// roles or of membership has been committed.
    pub fn recheck(&self, person: PersonId) {
        let hosts = |open: &Open| open.hall.get().and_then(|hall| hall.host_of(person));
        let mut at: Vec<PersonId> = self.0.halls().values().filter_map(hosts).collect();
        at.push(person);
        for outlet in at.iter().filter_map(|who| self.0.sockets().of_person.get(who).cloned()).flatten() {
            outlet.leave(Note::Check);
        }
    }

    /// The same for the sockets of one sign-in, which has ended.
    pub fn recheck_sign_in(&self, sign_in: SignInId) {
        for outlet in self.0.sockets().of_person.values().flatten().filter(|outlet| outlet.sign_in == sign_in) {
            outlet.leave(Note::Check);
        }
    }

    /// The same for everyone, after a change that concerns many: a space's visibility, a team archived.
    pub fn recheck_all(&self) {
        for outlet in self.0.sockets().of_person.values().flatten() {
            outlet.leave(Note::Check);
        }
    }

    pub fn figures(&self) -> &Figures {
        &self.0.figures
    }

    pub fn is_draining(&self) -> bool {
        self.0.draining.load(Ordering::Acquire)
    }

    /// Says goodbye to every socket, spread over [`Settings::drain_spread`], and waits until they are gone or `limit` has passed.
    pub async fn drain(&self, limit: Duration) {
        self.0.draining.store(true, Ordering::Release);
        let end = clock() + limit;
        for hall in self.0.halls().values().filter_map(|open| open.hall.get()) {
            hall.nudge(Input::See);
        }
        let outlets: Vec<Arc<Outlet>> = self.0.sockets().of_person.values().flatten().cloned().collect();
        let pause =
            self.0.settings.drain_spread.min(limit / 2) / u32::try_from(outlets.len().max(1)).unwrap_or(u32::MAX);
        for (outlet, number) in outlets.iter().zip(0u64..) {
            // Each comes back at another moment, even where the goodbyes come together.
            let retry_after = 250 + number % 40 * 50;
            outlet.leave(Note::Bye(Goodbye::new(1012, ByeReason::Restart, Some(retry_after))));
            if number % 16 == 15 {
                tokio::time::sleep(pause * 16).await;
            }
        }
        while self.0.figures.sockets.load(Ordering::Acquire) > 0 && clock() < end {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

impl Inner {
    /// The room, opened if it is not open yet. The stay ends when it is dropped.
    pub async fn stay(self: &Arc<Self>, session: SessionId) -> Result<Stay, Closed> {
        let cell = {
            let mut halls = self.halls();
            let open = halls.entry(session).or_insert_with(|| Open { hall: Arc::default(), users: 0 });
            open.users += 1;
            Arc::clone(&open.hall)
        };
        // Counted from here on, also when this future is dropped while the room opens.
        let stay = Stay { rooms: Arc::clone(self), session, cell };
        stay.cell.get_or_try_init(|| self.open(session)).await?;
        Ok(stay)
    }

    /// The same for a room that needs another: the task of the one is not part of the type of the other.
    pub fn stay_with(self: &Arc<Self>, session: SessionId) -> BoxFuture<'static, Result<Stay, Closed>> {
        let rooms = Arc::clone(self);
        Box::pin(async move { rooms.stay(session).await })
    }

    pub fn wake(&self, session: SessionId) {
        if let Some(hall) = self.halls().get(&session).and_then(|open| open.hall.get()) {
            hall.nudge(Input::Wake);
        }
    }

    /// Folds the room and starts its task.
    async fn open(self: &Arc<Self>, session: SessionId) -> Result<Arc<Hall>, Closed> {
        let Folded { epoch, room, tail, here, snapshots } = opening::fold(&self.db, &self.settings, session).await?;
        let (to, inputs) = mpsc::channel(WAITING);
        let hall = Arc::new(Hall::new(session, epoch, room, tail, to));
        self.figures.rooms.fetch_add(1, Ordering::Relaxed);
        tokio::spawn(Task::new(Arc::clone(self), Arc::clone(&hall), inputs, &here, snapshots).run());
        Ok(hall)
    }

    /// Forgets the room if nobody is in it or on their way; then its task ends.
    pub fn forget_if_unused(&self, hall: &Arc<Hall>) -> bool {
        let mut halls = self.halls();
        let unused = halls.get(&hall.session).is_none_or(|open| open.users == 0);
        if unused {
            halls.remove(&hall.session);
        }
        unused
    }

    /// The room's task has ended.
    pub fn forget(&self, hall: &Arc<Hall>) {
        let mut halls = self.halls();
        if halls.get(&hall.session).is_some_and(|open| open.hall.get().is_some_and(|held| Arc::ptr_eq(held, hall))) {
            halls.remove(&hall.session);
        }
        self.figures.rooms.fetch_sub(1, Ordering::Relaxed);
    }

    /// Takes a place for a socket; none when the person has too many.
    pub fn seat(self: &Arc<Self>, outlet: Arc<Outlet>) -> Option<Seat> {
        let mut sockets = self.sockets();
        let own = sockets.of_person.entry(outlet.person).or_default();
        if own.len() >= self.settings.sockets_a_person as usize {
            return None;
        }
        own.push(Arc::clone(&outlet));
        self.figures.sockets.fetch_add(1, Ordering::AcqRel);
        Some(Seat { rooms: Arc::clone(self), outlet })
    }

    /// Takes one of the places that an address has.
    pub fn line(self: &Arc<Self>, address: IpAddr) -> Option<Line> {
        let mut sockets = self.sockets();
        let count = sockets.of_address.entry(address).or_default();
        if *count >= self.settings.sockets_an_address as usize {
            return None;
        }
        *count += 1;
        Some(Line { rooms: Arc::clone(self), address })
    }

    pub fn is_draining(&self) -> bool {
        self.draining.load(Ordering::Acquire)
    }

    fn halls(&self) -> MutexGuard<'_, HashMap<SessionId, Open>> {
        self.halls.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sockets(&self) -> MutexGuard<'_, Sockets> {
        self.sockets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One user of a room, which stays open meanwhile.
pub struct Stay {
    rooms: Arc<Inner>,
    session: SessionId,
    cell: Arc<OnceCell<Arc<Hall>>>,
}

impl Stay {
    /// None only before the room has opened.
    pub fn hall(&self) -> Option<&Arc<Hall>> {
        self.cell.get()
    }
}

impl Drop for Stay {
    fn drop(&mut self) {
        let mut halls = self.rooms.halls();
        // A room that was opened anew has users of its own.
        let Some(open) = halls.get_mut(&self.session).filter(|open| Arc::ptr_eq(&open.hall, &self.cell)) else {
            return;
        };
        open.users = open.users.saturating_sub(1);
        if open.users == 0 {
            match self.cell.get() {
                Some(hall) => hall.nudge(Input::Idle),
                None => drop(halls.remove(&self.session)),
            }
        }
    }
}

/// A socket's place among those of its person.
pub struct Seat {
    rooms: Arc<Inner>,
    outlet: Arc<Outlet>,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut sockets = self.rooms.sockets();
        if let Some(own) = sockets.of_person.get_mut(&self.outlet.person) {
            own.retain(|outlet| outlet.id != self.outlet.id);
            if own.is_empty() {
                sockets.of_person.remove(&self.outlet.person);
            }
        }
        drop(sockets);
        self.rooms.figures.sockets.fetch_sub(1, Ordering::AcqRel);
    }
}

/// A socket's place among those of its address.
pub struct Line {
    rooms: Arc<Inner>,
    address: IpAddr,
}

impl Drop for Line {
    fn drop(&mut self) {
        let mut sockets = self.rooms.sockets();
        if let Some(count) = sockets.of_address.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                sockets.of_address.remove(&self.address);
            }
        }
    }
}

impl From<db::Error> for Closed {
    fn from(error: db::Error) -> Self {
        Self::Failed(error)
    }
}
