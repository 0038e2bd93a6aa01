//! The personal-data guard: what stands before every text so that no pupil can be identified.

use std::ops::Range;

use crate::refusal::{Code, Refusal, Refusals};

/// What a finding is of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// A Lithuanian personal code: its checksum and its date are right. Blocked.
    Code,
    /// Eleven digits whose checksum alone is right. A warning, as are those below.
    MaybeCode,
    /// An e-mail address or a telephone number.
    Contact,
    /// A name where pupils are spoken of.
    Pupil,
}

/// A place in a text, as a range of bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    pub kind: Kind,
    pub at: Range<usize>,
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

/// All findings in `text`, in order.
pub fn scan(_text: &str) -> Vec<Finding> {
    Vec::new()
}

/// One refusal for each kind of finding in the text of `field`: a personal code always, the warnings unless the writer is `sure`.
/// What was found is never repeated in it.
pub fn refusals(field: Option<&str>, text: &str, sure: bool) -> Refusals {
    let mut kinds: Vec<Kind> = scan(text).into_iter().map(|finding| finding.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let told = kinds.into_iter().filter(|kind| kind.blocks() || !sure);
    let refusal = |kind: Kind| Refusal { field: field.map(str::to_owned), ..Refusal::of(kind.code()) };
    Refusals(told.map(refusal).collect())
}
