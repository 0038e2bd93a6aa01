//! Live sessions: one task for each open room decides and writes, one task for each socket listens.
//!
//! A command travels from [`socket`] to [`room`], as a row through [`journal`] to disk, and then as bytes that were encoded
//! once through [`tail`] to every socket. [`rooms`] knows which rooms are open; [`door`] lets people in and looks again.

mod ballots;
mod door;
mod hall;
mod journal;
pub mod notes;
mod opening;
mod outlet;
mod presence;
mod room;
mod rooms;
mod settings;
mod single_flight;
mod snapshots;
mod socket;
mod store;
mod tail;
mod wire;

pub use door::{participant, router};
pub use journal::append;
pub use rooms::{ActorOf, Given, Rooms};
pub use settings::Settings;
pub use store::{fold, forget_snapshot, lock, plan};

use tokio::sync::broadcast::{Receiver, error::RecvError};

use crate::app::Signal;

/// Sends away at once whoever may no longer be in a room.
pub async fn listen(rooms: Rooms, mut signals: Receiver<Signal>) {
    loop {
        match signals.recv().await {
            Ok(Signal::PersonChanged(person)) => rooms.recheck(person),
            Ok(Signal::SignInEnded(sign_in)) => rooms.recheck_sign_in(sign_in),
            Ok(Signal::SpaceChanged) => rooms.recheck_all(),
            // Too many at once to know whom they concerned.
            Err(RecvError::Lagged(_)) => rooms.recheck_all(),
            Err(RecvError::Closed) => return,
        }
    }
}
