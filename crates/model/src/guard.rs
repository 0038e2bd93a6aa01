//! The personal-data guard: what stands before every text, so that no pupil can be identified.
//!
//! It is a hint to people of good will, not a lock: a code is certain and blocked, the rest is a guess that the writer may wave
//! through. The guesses are shapes of words, not a dictionary of people. How often it is right is counted in its tests.
//! It reads a text once, needs no regex engine and never keeps or repeats what it found.

mod contact;
mod digits;
mod names;
mod personal_code;
mod pupil;
// The browser asks of one text at a time, and is spared the bytes.
#[cfg(not(target_arch = "wasm32"))]
mod quick;
mod words;

pub(crate) use digits::is_invisible;

use std::ops::Range;

use crate::refusal::{Code, Refusal, Refusals};

/// What a finding is of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// A Lithuanian personal code: its checksum and its date are right. Blocked.
    Code,
    /// What has the shape of a personal code, but not all of its rules. A warning, as are those below.
    MaybeCode,
    /// An e-mail address or a telephone number.
    Contact,
    /// A name where pupils are spoken of.
    Pupil,
}

impl Kind {
    pub const fn code(self) -> Code {
        match self {
            Kind::Code => Code::GuardCode,
            Kind::MaybeCode => Code::GuardMaybeCode,
            Kind::Contact => Code::GuardContact,
            Kind::Pupil => Code::GuardPupil,
        }
    }

    /// Whether no assurance of the writer lets it pass.
    pub const fn blocks(self) -> bool {
        matches!(self, Kind::Code)
    }
}

/// A place in a text, as a range of bytes on character boundaries.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    pub kind: Kind,
    pub at: Range<usize>,
}

/// All findings in `text`, in order of their beginning.
pub fn scan(text: &str) -> Vec<Finding> {
    let mut found = findings(text);
    found.sort_by_key(|finding| (finding.at.start, finding.kind));
    found
}

/// In no order: the browser asks only of which kinds they are, and is spared a sorting routine.
fn findings(text: &str) -> Vec<Finding> {
    let mut found = numbers(text);
    found.extend(contact::emails(text).map(|at| Finding { kind: Kind::Contact, at }));
    found.extend(pupil::find(text).into_iter().map(|at| Finding { kind: Kind::Pupil, at }));
    found
}

/// Those that are made of digits: the codes, which block, are among them, and telephones.
fn numbers(text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    for chain in &digits::chains(text) {
        match contact::phone(text, chain) {
            Some(at) => found.push(Finding { kind: Kind::Contact, at }),
            None => found.extend(personal_code::find(text, chain)),
        }
    }
    found
}

/// One refusal for each kind of finding in the text of `field`: a personal code always, the warnings unless the writer is `sure`.
/// What was found is never repeated in it.
pub fn refusals(field: Option<&str>, text: &str, sure: bool) -> Refusals {
    let told = scan_kinds(text, sure).filter(|kind| kind.blocks() || !sure);
    let refusal = |kind: Kind| Refusal { field: field.map(str::to_owned), ..Refusal::of(kind.code()) };
    Refusals(told.map(refusal).collect())
}

/// Of which kinds there are findings; of one who is `sure` at least those that block.
pub fn scan_kinds(text: &str, sure: bool) -> impl Iterator<Item = Kind> {
    let found = if sure { numbers(text) } else { findings(text) };
    let kinds = [Kind::Code, Kind::MaybeCode, Kind::Contact, Kind::Pupil].into_iter();
    kinds.filter(move |kind| found.iter().any(|finding| finding.kind == *kind))
}

#[cfg(test)]
mod tests;
