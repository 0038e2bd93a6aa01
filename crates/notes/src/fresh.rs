//! A document made anew from its text: without a trace of what was deleted, each passage still by its author.

use std::collections::BTreeMap;

use crate::{ROOT, wire};

/// Letters that follow one another, of one client.
pub struct Passage<'a> {
    pub client: u64,
    pub text: &'a str,
}

/// The update of a document that has the passages one after the other. Each client's clock begins at zero, so its id must be new.
pub fn update<'a>(passages: impl IntoIterator<Item = Passage<'a>>) -> Vec<u8> {
    let mut clients: BTreeMap<u64, (u64, u32, Vec<u8>)> = BTreeMap::new();
    let mut before: Option<(u64, u32)> = None;
    for passage in passages.into_iter().filter(|passage| !passage.text.is_empty()) {
        let (structs, clock, out) = clients.entry(passage.client).or_default();
        match before {
            // A text with the letter before it as its origin.
            Some((client, last)) => {
                out.push(0x84);
                wire::number(out, client);
                wire::number(out, last.into());
            }
            None => {
                out.push(0x04);
                wire::number(out, 1);
                wire::bytes(out, ROOT.as_bytes());
            }
        }
        wire::bytes(out, passage.text.as_bytes());
        *structs += 1;
        *clock += passage.text.chars().map(|letter| letter.len_utf16() as u32).sum::<u32>();
        before = Some((passage.client, *clock - 1));
    }
    let mut update = Vec::new();
    wire::number(&mut update, clients.len() as u64);
    // The greatest first, as Yjs writes them.
    for (client, (structs, _, out)) in clients.into_iter().rev() {
        wire::number(&mut update, structs);
        wire::number(&mut update, client);
        wire::number(&mut update, 0);
        update.extend_from_slice(&out);
    }
    wire::number(&mut update, 0);
    update
}
