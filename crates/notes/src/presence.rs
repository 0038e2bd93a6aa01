//! Who is here: the awareness of y-protocols. What a client says of itself is its caret alone; who it is, the server says.

use serde::{Deserialize, Serialize};

use crate::{Anchor, Wrong, wire};

/// What is told of one client. A state that is none tells that it has gone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    pub client: u64,
    /// Grows with each change; an older one is passed over.
    pub clock: u32,
    pub state: Option<State>,
}

/// The empty fields of one who is not known yet are filled by the server, whatever they say.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct State {
    #[serde(default)]
    pub person: String,
    #[serde(default)]
    pub name: String,
    /// The ends of what is selected; none while the text is not in focus.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caret: Option<(Anchor, Anchor)>,
}

/// Clients that one message may tell of.
const MOST: usize = 2_000;

/// # Errors
/// `Unreadable` for what is no awareness.
pub fn read(body: &[u8]) -> Result<Vec<Entry>, Wrong> {
    let mut reader = wire::Reader::new(body);
    let count = reader.number()? as usize;
    if count > MOST {
        return Err(Wrong::Unreadable);
    }
    let mut entries = Vec::new();
    for _ in 0..count {
        let (client, clock, state) = (reader.number()?, reader.small()?, reader.text()?);
        let state = serde_json::from_str(state).map_err(|_| Wrong::Unreadable)?;
        entries.push(Entry { client, clock, state });
    }
    reader.end()?;
    Ok(entries)
}

pub fn write(entries: &[Entry]) -> Vec<u8> {
    let mut out = Vec::new();
    wire::number(&mut out, entries.len() as u64);
    for entry in entries {
        wire::number(&mut out, entry.client);
        wire::number(&mut out, entry.clock.into());
        wire::bytes(&mut out, &serde_json::to_vec(&entry.state).unwrap_or_default());
    }
    out
}
