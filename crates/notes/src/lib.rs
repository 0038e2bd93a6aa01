//! Text that several people write at once: a CRDT (Yjs, by yrs) and its wire protocol, the same code on the server and in the browser.
//!
//! Who wrote what follows from the Yjs client id of each letter: the server knows whose each id is, so nothing about authorship is
//! ever believed. Bytes from outside go through [`check`] before the CRDT sees them: what it may hold is one text, and no more.

pub mod base64;
pub mod check;
mod doc;
pub mod fresh;
pub mod message;
pub mod presence;
pub mod told;
pub mod wire;

pub use check::{Contents, Wrong};
pub use doc::{Anchor, Notes, Run, difference};
pub use message::{Message, hear};

/// The one shared text of a document.
pub const ROOT: &str = "notes";
pub const SUBPROTOCOL: &str = "tinklaveika.notes.v1";
/// Characters that the text may have.
pub const TEXT_MAX: usize = 50_000;
/// Bytes of one message.
pub const MESSAGE_MAX: usize = 1 << 20;
/// A Yjs client id is a whole number that JavaScript holds exactly.
pub const CLIENT_MAX: u64 = (1 << 53) - 1;
