//! One box over problems, practices, sessions and teams.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    access::Action,
    endpoint,
    ids::ProblemId,
    practices::{Cost, Count, Facet, MunicipalityCount, Stage},
    problems::Area,
    schools::{MunicipalityCode, SchoolSize},
    time::Timestamp,
    words::Line,
};

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FoundKind {
    Problem,
    Practice,
    /// By its title and agenda; what was said in it is read in its record.
    Session,
    /// By its name, school, municipality, network and the names of its members; by those who are signed in.
    Team,
}

impl FoundKind {
    pub const ALL: [FoundKind; 4] = [FoundKind::Problem, FoundKind::Practice, FoundKind::Session, FoundKind::Team];
}

/// Hits after this many are not reached by paging: one narrows the search instead.
pub const DEEPEST: usize = 1_000;

/// `GET /search`: what the reader may see, best match first; 20 a page. Without `q` nothing is found.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Search {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<Line<200>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<FoundKind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<Area>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<MunicipalityCode>,
    /// Of the school whose team wrote it, and of a team its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<SchoolSize>,
    /// Of practices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Cost>,
    /// While it is being typed: the last word of three letters or more may be only begun.
    #[serde(default)]
    pub typing: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-text" = "key"))]
    pub cursor: Option<Line<400>>,
}
endpoint!(Get "/search" Search, Action::Visit => Found);

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Found {
    pub items: Vec<Hit>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Over all pages, of what the reader may see.
    pub total: i64,
    pub way: Way,
    /// Of what the reader may see. Each facet counts what would be found if its value were chosen, all the other filters kept;
    /// values without any are left out, but for the chosen one.
    pub kinds: Vec<Count<FoundKind>>,
    pub areas: Vec<Count<Area>>,
    pub stages: Vec<Count<Stage>>,
    pub municipalities: Vec<MunicipalityCount>,
    pub sizes: Vec<Count<SchoolSize>>,
    pub costs: Vec<Count<Cost>>,
    /// When nothing is found: how much would be, were one of the filters left out; those that change nothing are not named.
    pub loosen: Vec<Count<Facet>>,
    /// The index is being made just now: more may be there in a moment.
    pub partial: bool,
}

/// `GET /problems/similar`: up to 5 posted problems that are like the one that is being typed, the most alike first. One is like it
/// when its title has a word of `q` in some form. Without `q` there is none.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ListSimilar {
    /// As much as is typed of the title; the last word may be only begun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<Line<200>>,
    /// The problem that is being changed, which is like itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub except: Option<ProblemId>,
}
endpoint!(Get "/problems/similar" ListSimilar, Action::Visit => Similar);

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Similar {
    pub items: Vec<Hit>,
}

/// How the items were found; the first way that finds anything is taken.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Each has all the words, in some form.
    #[default]
    All,
    /// Each has all the words, if one letter is forgiven or the last word is only begun.
    Near,
    /// Each has some of the words.
    Any,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Hit {
    pub kind: FoundKind,
    pub id: String,
    pub title: Vec<Piece>,
    pub snippet: Vec<Piece>,
    pub area: Option<Area>,
    /// Of all but teams.
    pub space_name: Option<String>,
    /// When a session begins.
    pub starts_at: Option<Timestamp>,
    pub school: Option<String>,
    pub municipality_name: Option<String>,
}

/// A piece of plain text; marked where a word of the query was found.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Piece {
    pub text: String,
    pub marked: bool,
}
