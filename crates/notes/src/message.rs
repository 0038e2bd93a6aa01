//! Messages as y-protocols has them, one in each WebSocket message, and ours beside them.

use crate::{Notes, Wrong, presence, told, wire};

/// One message, as it came.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Message<'a> {
    /// What the other side knows; it wants the rest.
    Step1(&'a [u8]),
    /// The rest.
    Step2(&'a [u8]),
    Update(&'a [u8]),
    /// Who is here and where their carets are.
    Presence(&'a [u8]),
    AskPresence,
    /// JSON of ours, in a kind that other programs of the protocol pass over.
    Told(&'a str),
}

const SYNC: u64 = 0;
const PRESENCE: u64 = 1;
const ASK_PRESENCE: u64 = 3;
const TOLD: u64 = 100;

impl<'a> Message<'a> {
    /// # Errors
    /// `Unreadable` for all else.
    pub fn read(bytes: &'a [u8]) -> Result<Self, Wrong> {
        let mut reader = wire::Reader::new(bytes);
        let message = match reader.number()? {
            SYNC => match reader.number()? {
                0 => Message::Step1(reader.bytes()?),
                1 => Message::Step2(reader.bytes()?),
                2 => Message::Update(reader.bytes()?),
                _ => return Err(Wrong::Unreadable),
            },
            PRESENCE => Message::Presence(reader.bytes()?),
            ASK_PRESENCE => Message::AskPresence,
            TOLD => Message::Told(reader.text()?),
            _ => return Err(Wrong::Unreadable),
        };
        reader.end()?;
        Ok(message)
    }

    pub fn write(self) -> Vec<u8> {
        let (kind, step, body): (u64, Option<u64>, Option<&[u8]>) = match self {
            Message::Step1(body) => (SYNC, Some(0), Some(body)),
            Message::Step2(body) => (SYNC, Some(1), Some(body)),
            Message::Update(body) => (SYNC, Some(2), Some(body)),
            Message::Presence(body) => (PRESENCE, None, Some(body)),
            Message::AskPresence => (ASK_PRESENCE, None, None),
            Message::Told(text) => (TOLD, None, Some(text.as_bytes())),
        };
        let mut out = Vec::with_capacity(8 + body.map_or(0, <[u8]>::len));
        wire::number(&mut out, kind);
        step.into_iter().for_each(|step| wire::number(&mut out, step));
        body.into_iter().for_each(|body| wire::bytes(&mut out, body));
        out
    }
}

/// Everything that a message from outside can make happen to a copy, from its bytes on; for the fuzzer. Answers what would be sent back
/// or relayed.
///
/// # Errors
/// What cannot be read or does not follow.
pub fn hear(notes: &mut Notes, bytes: &[u8]) -> Result<Option<Vec<u8>>, Wrong> {
    match Message::read(bytes)? {
        Message::Step1(vector) => notes.since(vector).map(Some),
        Message::Step2(update) | Message::Update(update) => notes.apply(update),
        Message::Presence(body) => presence::read(body).map(|entries| Some(presence::write(&entries))),
        Message::AskPresence => Ok(None),
        Message::Told(text) => told::read(text).map(|_| None),
    }
}
