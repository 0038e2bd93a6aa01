//! The rooms, what waits to be written, and the turn that writes and sends it.

use std::{
    cell::{Cell, RefCell},
    collections::{HashMap, VecDeque},
    rc::Rc,
    task::Waker,
};

use anyhow::Result;
use tokio::sync::Notify;
use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::journal::{Journal, Row};

/// Bytes of a canonical UUID, with which every message of a client begins.
pub const ID: usize = 36;

/// To how many bytes frames are padded; 0 leaves them as they are.
pub struct Lengths {
    pub happened: usize,
    pub done: usize,
}

pub struct Hub {
    rooms: RefCell<HashMap<String, Rc<Room>>>,
    waiting: RefCell<Vec<Waiting>>,
    arrived: Notify,
    journal: RefCell<Journal>,
    lengths: Lengths,
}

pub struct Room {
    number: i64,
    seq: Cell<i64>,
    seats: RefCell<Vec<Rc<Seat>>>,
}

/// What waits to be sent to one socket, and the task that sends it.
#[derive(Default)]
pub struct Seat {
    pub outbox: RefCell<VecDeque<Utf8Bytes>>,
    pub waker: RefCell<Option<Waker>>,
}

struct Waiting {
    room: Rc<Room>,
    seat: Rc<Seat>,
    seq: i64,
    text: Utf8Bytes,
}

impl Hub {
    pub fn new(journal: Journal, lengths: Lengths) -> Rc<Hub> {
        Rc::new(Hub {
            rooms: RefCell::default(),
            waiting: RefCell::default(),
            arrived: Notify::new(),
            journal: RefCell::new(journal),
            lengths,
        })
    }

    pub fn join(&self, path: &str, seat: &Rc<Seat>) -> Rc<Room> {
        let mut rooms = self.rooms.borrow_mut();
        let number = rooms.len() as i64;
        let room = rooms
            .entry(path.into())
            .or_insert_with(|| Rc::new(Room { number, seq: Cell::new(0), seats: RefCell::default() }));
        room.seats.borrow_mut().push(seat.clone());
        seat.send(format!(r#"{{"welcome":{{"seq":{}}}}}"#, room.seq.get()).into());
        room.clone()
    }

    /// A number is given out at once: rows are written in the order in which they were taken, and a failed
    /// commit ends the process.
    pub fn take(&self, room: &Rc<Room>, seat: &Rc<Seat>, text: Utf8Bytes) {
        let mut waiting = self.waiting.borrow_mut();
        if waiting.is_empty() {
            self.arrived.notify_one();
        }
        room.seq.set(room.seq.get() + 1);
        waiting.push(Waiting { room: room.clone(), seat: seat.clone(), seq: room.seq.get(), text });
    }

    /// Group commit without a timer: this task is queued behind every socket that is readable now, so a turn
    /// takes along all that has arrived.
    pub async fn write(&self) -> Result<()> {
        let mut batch = Vec::new();
        loop {
            self.arrived.notified().await;
            std::mem::swap(&mut batch, &mut *self.waiting.borrow_mut());
            let rows = batch.iter().map(|one: &Waiting| Row {
                room: one.room.number,
                seq: one.seq,
                id: &one.text[..ID],
                payload: &one.text[ID..],
            });
            self.journal.borrow_mut().append(rows)?;
            for one in batch.drain(..) {
                self.show(&one);
            }
        }
    }

    fn show(&self, one: &Waiting) {
        let (id, text) = one.text.split_at(ID);
        let happened = padded(
            self.lengths.happened,
            format!(r#"{{"happened":{{"seq":{},"cause":"{id}","text":"{text}"}}}}"#, one.seq),
        );
        for seat in one.room.seats.borrow().iter() {
            seat.send(happened.clone());
        }
        one.seat.send(padded(self.lengths.done, format!(r#"{{"done":{{"id":"{id}","seq":{}}}}}"#, one.seq)));
    }
}

/// Spaces after a JSON text change nothing for who reads it.
fn padded(length: usize, mut text: String) -> Utf8Bytes {
    if text.len() < length {
        text.extend(std::iter::repeat_n(' ', length - text.len()));
    }
    text.into()
}

impl Room {
    pub fn leave(&self, seat: &Rc<Seat>) {
        self.seats.borrow_mut().retain(|other| !Rc::ptr_eq(other, seat));
    }
}

impl Seat {
    fn send(&self, frame: Utf8Bytes) {
        self.outbox.borrow_mut().push_back(frame);
        if let Some(waker) = self.waker.borrow_mut().take() {
            waker.wake();
        }
    }
}
