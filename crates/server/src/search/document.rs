//! What is indexed: one document for each problem and practice that others may find.

use std::{fmt, str::FromStr};

use model::{ids::SpaceId, schools::MunicipalityCode, time::Timestamp};
use uuid::Uuid;

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Kind {
    Problem,
    Practice,
}

impl Kind {
    pub const ALL: [Kind; 2] = [Kind::Problem, Kind::Practice];

    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::Problem => "problem",
            Kind::Practice => "practice",
        }
    }

    pub(super) const fn number(self) -> u64 {
        match self {
            Kind::Problem => 1,
            Kind::Practice => 2,
        }
    }

    pub(super) fn from_number(number: u64) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }
}

impl FromStr for Kind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(())
    }
}

/// One thing that can be found.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Key {
    pub kind: Kind,
    pub id: Uuid,
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind.as_str(), self.id)
    }
}

/// The index keeps no text of it, only what is needed to find it: what is shown is read from the database, through the reader's rights.
#[derive(Clone, Debug)]
pub struct Document {
    pub key: Key,
    /// Where it is seen; there is no other visibility in the index.
    pub space: SpaceId,
    pub version: i64,
    pub updated_at: Timestamp,
    pub title: String,
    /// All other text, in any order.
    pub text: String,
    /// In the spelling of the API.
    pub areas: Vec<String>,
    pub municipality: Option<MunicipalityCode>,
    /// First and last grade concerned, 0 for before school to 12.
    pub grades: Option<(u8, u8)>,
}
