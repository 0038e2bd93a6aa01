//! What is indexed: one document for each problem and practice that others may find.

use std::fmt;

use model::{ids::SpaceId, practices::GradeSpan, problems::Area, schools::MunicipalityCode, search::FoundKind};
use uuid::Uuid;

/// One thing that can be found.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Key {
    pub kind: FoundKind,
    pub id: Uuid,
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", number(self.kind), self.id)
    }
}

/// The number that stands for a kind in the index.
pub(super) const fn number(kind: FoundKind) -> u64 {
    match kind {
        FoundKind::Problem => 1,
        FoundKind::Practice => 2,
    }
}

pub(super) const fn kind(number: u64) -> Option<FoundKind> {
    match number {
        1 => Some(FoundKind::Problem),
        2 => Some(FoundKind::Practice),
        _ => None,
    }
}

/// The index keeps no text of it, only what is needed to find it: what is shown is read from the database, through the
/// reader's rights.
#[derive(Clone, Debug)]
pub struct Document {
    pub key: Key,
    /// Where it is seen; there is no other visibility in the index.
    pub space: SpaceId,
    pub version: i64,
    pub title: String,
    /// All other text, in the order in which it is read.
    pub text: String,
    /// Its name is looked for, too.
    pub school: Option<String>,
    pub area: Option<Area>,
    pub municipality: Option<MunicipalityCode>,
    pub span: Option<GradeSpan>,
}
