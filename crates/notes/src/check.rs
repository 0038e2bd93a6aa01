//! What an update may hold: letters of the one text, and their deletion. No maps, types, embeds, formats or documents in documents: nobody
//! would see them, and the personal-data guard reads what people see.

use std::collections::BTreeMap;

use thiserror::Error;

use crate::{ROOT, wire::Reader};

/// Why bytes are not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum Wrong {
    #[error("not of this protocol")]
    Unreadable,
    #[error("holds something else than text")]
    Foreign,
    #[error("follows something that is not known here")]
    Gap,
}

/// What an update holds, read without integrating anything.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Contents {
    /// Each client id with the first clock of its structs in the update, and the clock after the last.
    pub clients: BTreeMap<u64, (u32, u32)>,
    /// Whether there are letters in it.
    pub writes: bool,
    /// The end of what it deletes, by client.
    deletes: BTreeMap<u64, u32>,
    /// The last letters that it builds upon, by client.
    builds_on: BTreeMap<u64, u32>,
}

const ORIGIN: u8 = 0x80;
const RIGHT_ORIGIN: u8 = 0x40;
const KEY: u8 = 0x20;
const KIND: u8 = 0x1f;

const GC: u8 = 0;
const DELETED: u8 = 1;
const TEXT: u8 = 4;

/// # Errors
/// `Unreadable` for what is no update, `Foreign` for one that holds more than a text.
pub fn read(update: &[u8]) -> Result<Contents, Wrong> {
    let mut reader = Reader::new(update);
    let mut contents = Contents::default();
    for _ in 0..reader.number()? {
        section(&mut reader, &mut contents)?;
    }
    for _ in 0..reader.number()? {
        let client = reader.number()?;
        for _ in 0..reader.number()? {
            let (clock, length) = (reader.small()?, reader.small()?);
            let end = clock.checked_add(length).filter(|_| length > 0).ok_or(Wrong::Unreadable)?;
            most(&mut contents.deletes, client, end);
        }
    }
    reader.end()?;
    Ok(contents)
}

impl Contents {
    /// Whether all that it builds upon, follows or deletes is known to who has seen each client up to `known`, or stands in it.
    ///
    /// # Errors
    /// `Gap` when not.
    pub fn follows(&self, known: impl Fn(u64) -> u32) -> Result<(), Wrong> {
        let end = |client: u64| known(client).max(self.clients.get(&client).map_or(0, |(_, end)| *end));
        let starts = self.clients.iter().all(|(client, (start, _))| *start <= known(*client));
        let ends = self.deletes.iter().chain(&self.builds_on).all(|(client, needed)| *needed <= end(*client));
        if starts && ends { Ok(()) } else { Err(Wrong::Gap) }
    }

    /// Whether it deletes or writes anything at all; known again or not.
    pub fn is_empty(&self) -> bool {
        self.clients.is_empty() && self.deletes.is_empty()
    }
}

fn section(reader: &mut Reader<'_>, contents: &mut Contents) -> Result<(), Wrong> {
    let structs = reader.number()?;
    let client = reader.number()?;
    let start = reader.small()?;
    let mut clock = start;
    for _ in 0..structs {
        let length = block(reader, contents)?;
        clock = clock.checked_add(length).filter(|_| length > 0).ok_or(Wrong::Unreadable)?;
    }
    // Twice the same client is written by nobody.
    if contents.clients.insert(client, (start, clock)).is_some() {
        return Err(Wrong::Unreadable);
    }
    Ok(())
}

/// The length of the struct, in UTF-16 units.
fn block(reader: &mut Reader<'_>, contents: &mut Contents) -> Result<u32, Wrong> {
    let info = reader.byte()?;
    if info == GC {
        return reader.small();
    }
    for flag in [ORIGIN, RIGHT_ORIGIN] {
        if info & flag != 0 {
            let (client, clock) = (reader.number()?, reader.small()?);
            most(&mut contents.builds_on, client, clock.checked_add(1).ok_or(Wrong::Unreadable)?);
        }
    }
    if info & (ORIGIN | RIGHT_ORIGIN) == 0 {
        // The parent: by the name of a root, or by the struct that it is.
        if reader.number()? != 1 || reader.text()? != ROOT {
            return Err(Wrong::Foreign);
        }
    }
    // A key is of a map.
    if info & KEY != 0 {
        return Err(Wrong::Foreign);
    }
    match info & KIND {
        DELETED => reader.small(),
        TEXT => {
            contents.writes = true;
            let text = reader.text()?;
            if text.chars().any(|letter| letter != '\n' && letter != '\t' && letter.is_control()) {
                return Err(Wrong::Foreign);
            }
            u32::try_from(text.encode_utf16().count()).map_err(|_| Wrong::Unreadable)
        }
        _ => Err(Wrong::Foreign),
    }
}

fn most(map: &mut BTreeMap<u64, u32>, client: u64, end: u32) {
    let known = map.entry(client).or_default();
    *known = end.max(*known);
}
