//! What is indexed: one document for each problem, practice, session and team that others may find.

use std::fmt;

use model::{
    ids::SpaceId,
    practices::{Cost, GradeSpan},
    problems::Area,
    schools::{MunicipalityCode, SchoolSize},
    search::FoundKind,
};
use uuid::Uuid;

use crate::facets::{Of, Packed, number};

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

pub(super) const fn kind(number: u64) -> Option<FoundKind> {
    match number {
        1 => Some(FoundKind::Problem),
        2 => Some(FoundKind::Practice),
        3 => Some(FoundKind::Session),
        4 => Some(FoundKind::Team),
        _ => None,
    }
}

/// Who finds a document; there is no other visibility in the index.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum For {
    /// Who sees the space.
    Space(SpaceId),
    /// Everyone signed in and not suspended: the pages of teams.
    SignedIn,
}

/// What a reader may see, made by one rule for each search.
#[derive(Clone, Copy, Debug)]
pub struct Rights<'a> {
    pub spaces: &'a [SpaceId],
    pub signed_in: bool,
}

/// The index keeps no text of it, only what is needed to find it: what is shown is read from the database, through the
/// reader's rights.
#[derive(Clone, Debug)]
pub struct Document {
    pub key: Key,
    pub seen: For,
    pub version: i64,
    pub title: String,
    /// All other text, in the order in which it is read.
    pub text: String,
    /// Its name is looked for, too.
    pub school: Option<String>,
    pub area: Option<Area>,
    pub municipality: Option<MunicipalityCode>,
    pub span: Option<GradeSpan>,
    pub cost: Option<Cost>,
    pub size: Option<SchoolSize>,
}

impl Document {
    pub(super) fn facets(&self) -> Packed {
        Packed::of(Of {
            kind: Some(self.key.kind),
            area: self.area,
            municipality: self.municipality,
            span: self.span,
            cost: self.cost,
            size: self.size,
        })
    }
}
