//! What the room leaves for one socket. Events are not left here: a socket reads them from the tail, from where it is, so that a
//! slow one holds no queue.

use std::{
    mem,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

use bytes::Bytes;
use futures_util::task::AtomicWaker;
use model::{ids::*, live::ByeReason};

pub struct Outlet {
    pub id: ConnectionId,
    pub person: PersonId,
    pub sign_in: SignInId,
    waker: AtomicWaker,
    called: AtomicBool,
    /// There are notes: asked by everyone after every batch, while few have any.
    noted: AtomicBool,
    notes: Mutex<Vec<Note>>,
}

/// Something for this socket alone, or that is no event.
#[derive(Debug)]
pub enum Note {
    Frame(Bytes),
    /// Look again whether the person may be here.
    Check,
    Bye(Goodbye),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Goodbye {
    pub code: u16,
    pub reason: ByeReason,
    /// In milliseconds; none when there is no use in coming again.
    pub retry_after: Option<u64>,
}

impl Goodbye {
    pub const fn new(code: u16, reason: ByeReason, retry_after: Option<u64>) -> Self {
        Self { code, reason, retry_after }
    }
}

impl Outlet {
    pub fn new(id: ConnectionId, person: PersonId, sign_in: SignInId) -> Self {
        Self {
            id,
            person,
            sign_in,
            waker: AtomicWaker::new(),
            called: AtomicBool::new(false),
            noted: AtomicBool::new(false),
            notes: Mutex::default(),
        }
    }

    /// There is something new in the tail.
    pub fn wake(&self) {
        // One wake is enough until the socket has looked.
        if !self.called.swap(true, Ordering::AcqRel) {
            self.waker.wake();
        }
    }

    pub fn leave(&self, note: Note) {
        self.notes().push(note);
        self.noted.store(true, Ordering::Release);
        self.wake();
    }

    pub fn poll_called(&self, cx: &mut Context<'_>) -> Poll<()> {
        self.waker.register(cx.waker());
        if self.called.swap(false, Ordering::AcqRel) { Poll::Ready(()) } else { Poll::Pending }
    }

    pub fn take(&self) -> Vec<Note> {
        if !self.noted.swap(false, Ordering::AcqRel) {
            return Vec::new();
        }
        mem::take(&mut *self.notes())
    }

    fn notes(&self) -> std::sync::MutexGuard<'_, Vec<Note>> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
