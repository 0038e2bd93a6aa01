//! One box over problems and practices.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{access::Action, endpoint, practices::Stage, problems::Area, schools::MunicipalityCode, words::Line};

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FoundKind {
    Problem,
    Practice,
}

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
}

/// How the items were found; the first way that finds anything is taken.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Each has all the words, in some form.
    #[default]
    All,
    /// Each has all the words, if one letter is forgiven and the last word is only begun.
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
    pub space_name: String,
    pub school: Option<String>,
    pub municipality_name: Option<String>,
}

/// A piece of plain text; marked where a word of the query was found.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Piece {
    pub text: String,
    pub marked: bool,
}
