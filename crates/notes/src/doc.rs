//! The document: one text, of which everybody has a copy.

use yrs::{
    Any, Assoc, ClientID, Doc, GetString, ID, IndexedSequence, OffsetKind, Options, Out, ReadTxn, Snapshot,
    StateVector, StickyIndex, Text, TextRef, Transact, Update, updates::decoder::Decode, updates::encoder::Encode,
};

use crate::{Contents, ROOT, Wrong, check};

/// A copy of the text. Places in it are counted in UTF-16 units, as browsers count.
pub struct Notes {
    doc: Doc,
    text: TextRef,
}

/// Letters that follow one another and were written by one client.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Run {
    pub client: u64,
    /// Of its first letter.
    pub clock: u32,
    pub text: String,
}

/// The letter after which a caret stands, by client and clock; none is the beginning.
pub type Anchor = Option<(u64, u32)>;

impl Notes {
    /// An empty copy; `client` is whose letters are that it writes itself.
    pub fn new(client: u64) -> Self {
        // A fixed name, since the crate would draw a random one.
        let mut options = Options::with_guid_and_client_id(ROOT.into(), ClientID::new(client));
        // Bytes would go wrong after the first „š“.
        options.offset_kind = OffsetKind::Utf16;
        let doc = Doc::with_options(options);
        let text = doc.get_or_insert_text(ROOT);
        Self { doc, text }
    }

    pub fn client(&self) -> u64 {
        self.doc.client_id().get()
    }

    /// Reads an update against this copy, and changes nothing.
    ///
    /// # Errors
    /// What [`check::read`] refuses; `Gap` when it builds on what is not here.
    pub fn read(&self, update: &[u8]) -> Result<Contents, Wrong> {
        let contents = check::read(update)?;
        let known = self.doc.transact().state_vector();
        contents.follows(|client| known.get(&ClientID::new(client)))?;
        Ok(contents)
    }

    /// Takes in an update, and gives what was new in it: without the letters that it wrote and deleted at once. None when all of it
    /// was known.
    ///
    /// # Errors
    /// What [`Notes::read`] refuses. After an error of `Gap` that only shows while it is taken in, this copy is of no use any more.
    pub fn apply(&mut self, update: &[u8]) -> Result<Option<Vec<u8>>, Wrong> {
        self.read(update)?;
        let update = Update::decode_v1(update).map_err(|_| Wrong::Unreadable)?;
        let mut txn = self.doc.transact_mut();
        txn.apply_update(update).map_err(|_| Wrong::Foreign)?;
        // Only after this the letters that are gone are out of what is encoded.
        txn.commit();
        let new = txn.encode_update_v1();
        let pending = txn.has_missing_updates();
        drop(txn);
        if pending {
            return Err(Wrong::Gap);
        }
        Ok((new != NOTHING).then_some(new))
    }

    /// Whether a copy made from the state says the same. Letters that name neighbours in an order in which they never stood are put in
    /// other places by each copy; no editor writes such, but a forger could, and a restart would then show another text.
    pub fn is_sound(&self) -> bool {
        let mut again = Notes::new(0);
        again.apply(&self.state()).is_ok() && again.text() == self.text()
    }

    /// Writes and deletes here, at a place, and gives the update for the others; none when nothing changes.
    pub fn edit(&mut self, at: u32, removed: u32, written: &str) -> Option<Vec<u8>> {
        let mut txn = self.doc.transact_mut();
        let length = self.text.len(&txn);
        let at = at.min(length);
        let removed = removed.min(length - at);
        if removed > 0 {
            self.text.remove_range(&mut txn, at, removed);
        }
        if !written.is_empty() {
            self.text.insert(&mut txn, at, written);
        }
        txn.commit();
        let update = txn.encode_update_v1();
        (update != NOTHING).then_some(update)
    }

    /// Makes the text be `wanted` by one edit, the smallest that touches one place.
    pub fn become_text(&mut self, wanted: &str) -> Option<Vec<u8>> {
        let (at, removed, written) = difference(&self.text(), wanted);
        self.edit(at, removed, written)
    }

    pub fn text(&self) -> String {
        self.text.get_string(&self.doc.transact())
    }

    /// The whole text by who wrote it. Not a read only: it splits what was joined.
    pub fn runs(&mut self) -> Vec<Run> {
        let mut txn = self.doc.transact_mut();
        let now = txn.snapshot();
        let pieces = self.text.diff_range(&mut txn, Some(&now), Some(&Snapshot::default()), |change| change.id);
        let mut runs: Vec<Run> = Vec::new();
        for piece in pieces {
            let (Out::Any(Any::String(text)), Some(id)) = (piece.insert, piece.ychange) else { continue };
            let client = id.client.get();
            match runs.last_mut() {
                Some(last) if last.client == client && last.clock + units(&last.text) == id.clock => last.text += &text,
                _ => runs.push(Run { client, clock: id.clock, text: text.to_string() }),
            }
        }
        runs
    }

    /// All of it as one update.
    pub fn state(&self) -> Vec<u8> {
        self.doc.transact().encode_state_as_update_v1(&StateVector::default())
    }

    /// What is known here, as the first step of a sync tells it.
    pub fn vector(&self) -> Vec<u8> {
        self.doc.transact().state_vector().encode_v1()
    }

    /// What somebody lacks who knows as much as `vector` tells.
    ///
    /// # Errors
    /// `Unreadable` for what is no state vector.
    pub fn since(&self, vector: &[u8]) -> Result<Vec<u8>, Wrong> {
        let mut reader = crate::wire::Reader::new(vector);
        for _ in 0..reader.number()? {
            reader.number()?;
            reader.small()?;
        }
        reader.end()?;
        let vector = StateVector::decode_v1(vector).map_err(|_| Wrong::Unreadable)?;
        Ok(self.doc.transact().encode_state_as_update_v1(&vector))
    }

    /// How far the letters of a client are known here.
    pub fn clock(&self, client: u64) -> u32 {
        self.doc.transact().state_vector().get(&ClientID::new(client))
    }

    /// The letter before a place, so that the place moves with what others write before it.
    pub fn anchor(&self, place: u32) -> Anchor {
        let txn = self.doc.transact();
        if place == 0 {
            return None;
        }
        let id = *self.text.sticky_index(&txn, place, Assoc::Before)?.id()?;
        Some((id.client.get(), id.clock))
    }

    /// Where the anchor is now; the beginning when its letter is not known here.
    pub fn place(&self, anchor: Anchor) -> u32 {
        let Some((client, clock)) = anchor else { return 0 };
        let txn = self.doc.transact();
        if txn.state_vector().get(&ClientID::new(client)) <= clock {
            return 0;
        }
        let index = StickyIndex::from_id(ID::new(ClientID::new(client), clock), Assoc::Before);
        index.get_offset(&txn).map_or(0, |offset| offset.index).min(self.text.len(&txn))
    }
}

/// An update without anything in it.
const NOTHING: [u8; 2] = [0, 0];

/// The length of a text as browsers count.
pub fn units(text: &str) -> u32 {
    text.chars().map(|letter| letter.len_utf16() as u32).sum()
}

/// Where `old` and `new` differ: the place, how much goes there, and what comes. No letter is cut in its middle.
pub fn difference<'a>(old: &str, new: &'a str) -> (u32, u32, &'a str) {
    let same = old.chars().zip(new.chars()).take_while(|(old, new)| old == new);
    let start: usize = same.map(|(letter, _)| letter.len_utf8()).sum();
    let (old_rest, new_rest) = (&old[start..], &new[start..]);
    let same = old_rest.chars().rev().zip(new_rest.chars().rev()).take_while(|(old, new)| old == new);
    let end: usize = same.map(|(letter, _)| letter.len_utf8()).sum();
    (units(&old[..start]), units(&old_rest[..old_rest.len() - end]), &new_rest[..new_rest.len() - end])
}
