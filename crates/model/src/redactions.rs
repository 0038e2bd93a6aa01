//! Taking a passage out of a text for good: out of the text itself, what it said before, what was kept of it aside, and the journal of
//! a session. In its place stands a mark; who took it out, when and why is told beside it, the passage nowhere.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, de};

use crate::{
    access::Action,
    endpoint,
    ids::*,
    time::Timestamp,
    words::{Prose, is_forbidden, tidy},
};

/// Whose text it is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TextOf {
    Problem,
    Practice,
    /// What was said under a problem.
    Response,
    /// What was said in a live session; the session is named too.
    Message,
    /// Its title, its agenda, and all that was said in it.
    Session,
    Space,
    Team,
    Network,
    School,
    /// The name.
    Person,
    /// To a role: how the one who invited calls them.
    Invitation,
    /// What was agreed that somebody does, and why it was dropped.
    Action,
}

impl TextOf {
    pub const ALL: [TextOf; 12] = [
        TextOf::Problem,
        TextOf::Practice,
        TextOf::Response,
        TextOf::Message,
        TextOf::Session,
        TextOf::Space,
        TextOf::Team,
        TextOf::Network,
        TextOf::School,
        TextOf::Person,
        TextOf::Invitation,
        TextOf::Action,
    ];
}

/// What is to go, of 3 to 500 characters. It is the very thing that the personal-data guard stops elsewhere, so it is not guarded here,
/// never printed and never kept.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Passage(String);

impl Passage {
    pub const LEAST: usize = 3;
    pub const MOST: usize = 500;

    /// Tidied as texts are; none when it is too short or too long, or holds what no text holds.
    pub fn new(text: &str) -> Option<Self> {
        let text = tidy(text);
        let fits = (Self::LEAST..=Self::MOST).contains(&text.chars().count());
        (fits && !text.chars().any(is_forbidden)).then_some(Self(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Passage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passage(…)")
    }
}

impl<'de> Deserialize<'de> for Passage {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(from)?;
        Self::new(&text).ok_or_else(|| de::Error::custom("not a passage within its limits"))
    }
}

impl JsonSchema for Passage {
    fn schema_name() -> Cow<'static, str> {
        "Passage".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "minLength": Self::LEAST, "maxLength": Self::MOST, "x-text": "passage" })
    }
}

/// What becomes of the files in which the passage stands: nothing is cut out of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WithFiles {
    Remove,
    Leave,
}

/// `POST /redactions`: takes every place of a passage out of a text, for good. `redaction.absent` when it is in none,
/// `redaction.repeats` when the reason holds it, `redaction.files` at `files` when it also stands in what files of a problem or a
/// practice say (those that the guard reads, so not PDF and pictures) and nothing is said of them: the fact `files` has their names.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RedactText {
    pub of: TextOf,
    pub item: ItemId,
    /// Of a message, its session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
    pub passage: Passage,
    /// Shown to everyone who sees the text; it never holds the passage.
    pub reason: Prose<300>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub files: Option<WithFiles>,
}
endpoint!(Post "/redactions" RedactText, Action::Redact => Redacted);

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Redacted {
    /// In how many kept texts it stood, older versions and stored events included.
    pub places: i64,
    /// How many files were removed.
    #[serde(default)]
    pub files: i64,
}

/// `GET /redactions`: what was taken out of a text, the latest first, for whoever sees it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ListRedactions {
    pub of: TextOf,
    pub item: ItemId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
}
endpoint!(Get "/redactions" ListRedactions, Action::Visit => Vec<RedactionShown>);

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RedactionShown {
    pub at: Timestamp,
    pub reason: String,
    /// Told to people who are signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// What stands in the place of a passage of so many characters: never longer than it, so that no text outgrows its limit.
pub const fn mark(length: usize) -> &'static str {
    if length >= MARK_LENGTH { MARK } else { "[…]" }
}

/// In Lithuanian, as most texts are; pages in English show [`MARK_EN`].
pub const MARK: &str = "[pašalinta]";
pub const MARK_EN: &str = "[removed]";
const MARK_LENGTH: usize = 11;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_never_longer_than_what_it_stands_for() {
        assert_eq!(MARK.chars().count(), MARK_LENGTH);
        for length in Passage::LEAST..40 {
            assert!(mark(length).chars().count() <= length);
        }
    }

    #[test]
    fn a_passage_is_tidied_and_never_printed() {
        let passage = Passage::new(" 39001010000 ").unwrap();
        assert_eq!((passage.as_str(), format!("{passage:?}").as_str()), ("39001010000", "Passage(…)"));
        assert!(Passage::new("ab ").is_none() && Passage::new("a\0b").is_none());
    }
}
