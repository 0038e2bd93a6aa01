//! What the load generator has to know about a server: how it is started, and in which words one speaks to it.
//! The same load drives every target.

mod bare;
mod product;

use std::{net::SocketAddr, path::Path, rc::Rc};

use anyhow::Result;
pub use bare::Bare;
pub use product::{COOKIE, Product, Says, migrate, now, serve, serve_timed};

use crate::process::Server;

/// Lengths of frames in bytes, taken from the product and imposed on the yardstick.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lengths {
    pub command: usize,
    pub happened: usize,
    pub done: usize,
}

/// A server that can be measured.
pub trait Target {
    fn name(&self) -> &'static str;
    /// Starts a server on an empty directory, with so many rooms and seats in each.
    fn start(&self, data: &Path, rooms: usize, seats: usize) -> Result<Started>;
}

pub struct Started {
    pub server: Server,
    pub address: SocketAddr,
    pub words: Rc<dyn Words>,
}

/// The words of a server's protocol.
pub trait Words {
    /// What follows `GET ` in the request: path, version, the server's own header lines, each with its line end.
    fn upgrade(&self, room: usize, seat: usize) -> String;
    /// Said once the socket stands.
    fn hello(&self, room: usize) -> Option<String>;
    /// A command that posts one chat line.
    fn command(&self, id: &str, out: &mut String);
    fn hear<'a>(&self, frame: &'a [u8]) -> Heard<'a>;
}

/// What a frame from the server says to the load generator.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Heard<'a> {
    Welcome {
        seq: u64,
    },
    /// One event; `cause` is the id of the command behind it, in text.
    Happened {
        seq: u64,
        cause: &'a [u8],
    },
    Done {
        id: &'a [u8],
    },
    Refused,
    /// Something that this load does not count, such as who is here.
    Other,
}

/// The chat line that is said all the time: a Lithuanian sentence of ordinary length.
pub const LINE: &str =
    "Rytoj per antrą pamoką išbandysime trumpas užduotis poromis, o po savaitės pasidalysime, kas pavyko.";

/// The number at the start of `text`, and what follows it.
fn number(text: &[u8]) -> Option<(u64, &[u8])> {
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    let value = std::str::from_utf8(&text[..end]).ok()?.parse().ok()?;
    Some((value, &text[end..]))
}
