//! Minutes of a closed session: a draft from its events, edited by whoever leads it, then signed and frozen.
//!
//! A draft that nobody has edited is stored nowhere: it is the events as text, made each time it is read. Once edited it is a text of
//! its own, and once signed nothing of it changes: a correction is an [`Addendum`] with a signature of its own.

mod markup;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    access::Action,
    endpoint,
    ids::*,
    live::Reaction,
    sessions::SessionCard,
    time::Timestamp,
    words::{Line, Prose},
};
pub use markup::{Block, blocks, inline};

/// Characters of one section.
pub const SECTION_MAX: usize = 12_000;
/// Characters of an addendum.
pub const ADDENDUM_MAX: usize = 4_000;
/// Addenda to one session's minutes.
pub const ADDENDA_MAX: usize = 50;

/// What minutes tell of, in the order in which they do. A closed list, so that a part of the room is one section.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SectionKind {
    People,
    Steps,
    Questions,
    Boards,
    Polls,
    Agreements,
    Actions,
    /// What was made in groups.
    Groups,
    Notes,
    /// What is in no event; only an editor writes it.
    Other,
}

impl SectionKind {
    pub const ALL: [SectionKind; 10] = [
        SectionKind::People,
        SectionKind::Steps,
        SectionKind::Questions,
        SectionKind::Boards,
        SectionKind::Polls,
        SectionKind::Agreements,
        SectionKind::Actions,
        SectionKind::Groups,
        SectionKind::Notes,
        SectionKind::Other,
    ];
}

/// A name and what it is: „Vedė“, „Rūta Kazlauskienė“.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Fact {
    pub title: String,
    pub text: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Section {
    pub kind: SectionKind,
    pub title: String,
    /// Plain text with the few marks of [`blocks`].
    pub text: String,
}

/// The whole text, which needs nothing else to be read.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Minutes {
    pub title: String,
    pub facts: Vec<Fact>,
    /// In the order of [`SectionKind::ALL`]; none that is empty.
    pub sections: Vec<Section>,
}

impl Minutes {
    /// The canonical Markdown, of which the hash is taken. Nothing that was typed becomes markup in it, and no line of it is `***`:
    /// in a file the signatures follow after such a line.
    pub fn markdown(&self) -> String {
        let mut text = format!("# {}\n", markup::inline(&self.title));
        if !self.facts.is_empty() {
            text.push('\n');
        }
        for fact in &self.facts {
            text += &format!("- {}: {}\n", markup::inline(&fact.title), markup::inline(&fact.text));
        }
        for section in &self.sections {
            text += &format!("\n## {}\n", markup::inline(&section.title));
            text += &markup::markdown(&blocks(&section.text));
        }
        text
    }
}

/// Whether a message is a question: its text ends with a question mark (quotes, brackets and spaces after it do not count), or somebody
/// reacted to it with [`Reaction::Question`].
pub fn is_question(text: &str, reactions: impl IntoIterator<Item = Reaction>) -> bool {
    let closing = |c: char| c.is_whitespace() || matches!(c, '“' | '”' | '"' | '\'' | '’' | '»' | ')' | ']' | '!');
    text.trim_end_matches(closing).ends_with('?') || reactions.into_iter().any(|one| one == Reaction::Question)
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MinutesState {
    /// As the events tell it.
    Draft,
    /// Somebody has edited it.
    Edited,
    Signed,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Signature {
    pub by: String,
    pub at: Timestamp,
    /// SHA-256, in hex, of what was signed.
    pub hash: String,
    /// When a passage was last taken out of it since: then its text has another hash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redacted_at: Option<Timestamp>,
}

/// A dated correction of signed minutes. Signed as it is written.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Addendum {
    /// From 1.
    pub number: i64,
    pub text: String,
    /// SHA-256, in hex, of [`Addendum::markdown`].
    pub hash: String,
    pub signature: Signature,
}

impl Addendum {
    /// The canonical Markdown under its heading.
    pub fn markdown(title: &str, text: &str) -> String {
        format!("## {}\n{}", markup::inline(title), markup::markdown(&blocks(text)))
    }
}

/// Edited minutes that were made anew from the events: what they said before.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct FormerMinutes {
    /// Who made them anew.
    pub by: String,
    pub at: Timestamp,
    pub minutes: Minutes,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MinutesPage {
    pub card: SessionCard,
    pub state: MinutesState,
    pub minutes: Minutes,
    /// SHA-256, in hex, of [`Minutes::markdown`] as it is now. By it an editor and a signer say what they have read.
    pub hash: String,
    /// By whom and when it was last edited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited: Option<(String, Timestamp)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Signature>,
    pub addenda: Vec<Addendum>,
    /// The latest first; only for who may edit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<FormerMinutes>,
    /// Whether the reader may edit and sign them, or add to them.
    pub may_keep: bool,
}

/// The sections as a form sends them; one that is left out or empty is not in the minutes.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct MinutesText {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<Prose<SECTION_MAX>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub steps: Option<Prose<SECTION_MAX>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub questions: Option<Prose<SECTION_MAX>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub boards: Option<Prose<SECTION_MAX>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub polls: Option<Prose<SECTION_MAX>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreements: Option<Prose<SECTION_MAX>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actions: Option<Prose<SECTION_MAX>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groups: Option<Prose<SECTION_MAX>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<Prose<SECTION_MAX>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<Prose<SECTION_MAX>>,
}

impl MinutesText {
    pub fn of(&self, kind: SectionKind) -> Option<&str> {
        let text = match kind {
            SectionKind::People => &self.people,
            SectionKind::Steps => &self.steps,
            SectionKind::Questions => &self.questions,
            SectionKind::Boards => &self.boards,
            SectionKind::Polls => &self.polls,
            SectionKind::Agreements => &self.agreements,
            SectionKind::Actions => &self.actions,
            SectionKind::Groups => &self.groups,
            SectionKind::Notes => &self.notes,
            SectionKind::Other => &self.other,
        };
        text.as_ref().map(Prose::as_str)
    }
}

/// `GET /sessions/{session}/minutes`: of a closed session (`session.state` before), for whoever reads its record.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReadMinutes {
    pub session: SessionId,
}
endpoint!(Get "/sessions/{session}/minutes" ReadMinutes, Action::ReadRecord => MinutesPage);

/// `PUT /sessions/{session}/minutes`: all sections as they are to be. `changed` when `hash` is not that of the text as it is now,
/// `minutes.signed` once it is signed, `session.state` before the session is closed.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EditMinutes {
    pub session: SessionId,
    /// Of the text that was read.
    #[schemars(extend("x-text" = "key"))]
    pub hash: Line<64>,
    #[serde(default)]
    pub minutes: MinutesText,
}
endpoint!(Put "/sessions/{session}/minutes" EditMinutes, Action::KeepMinutes => MinutesPage);

/// `POST /sessions/{session}/minutes/remake`: lets go of what was edited, so that the minutes are the events again. What they said is
/// kept beside. `changed`, `minutes.signed` and `session.state` as of [`EditMinutes`].
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RemakeMinutes {
    pub session: SessionId,
    #[schemars(extend("x-text" = "key"))]
    pub hash: Line<64>,
}
endpoint!(Post "/sessions/{session}/minutes/remake" RemakeMinutes, Action::KeepMinutes => MinutesPage);

/// `POST /sessions/{session}/minutes/signature`: signs the text of this hash, and freezes it. `changed`, `minutes.signed` and
/// `session.state` as of [`EditMinutes`].
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SignMinutes {
    pub session: SessionId,
    #[schemars(extend("x-text" = "key"))]
    pub hash: Line<64>,
}
endpoint!(Post "/sessions/{session}/minutes/signature" SignMinutes, Action::KeepMinutes => MinutesPage);

/// `POST /sessions/{session}/minutes/addenda`: a signed correction beside signed minutes; `minutes.unsigned` before they are, `list.long`
/// at `text` beyond [`ADDENDA_MAX`].
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AddToMinutes {
    pub session: SessionId,
    pub text: Prose<ADDENDUM_MAX>,
}
endpoint!(Post "/sessions/{session}/minutes/addenda" AddToMinutes, Action::KeepMinutes => MinutesPage);

/// `GET /sessions/{session}/minutes.md`: with the signatures.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DownloadMinutesMd {
    pub session: SessionId,
}
endpoint!(Get "/sessions/{session}/minutes.md" DownloadMinutesMd, Action::ReadRecord => bytes);

/// `GET /sessions/{session}/minutes.pdf`: the same as a tagged PDF.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DownloadMinutesPdf {
    pub session: SessionId,
}
endpoint!(Get "/sessions/{session}/minutes.pdf" DownloadMinutesPdf, Action::ReadRecord => bytes);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_ends_with_its_mark_or_was_marked_as_one() {
        for text in ["Kodėl?", "Sakė: „Ar tikrai?“ ", "(gal rytoj?)", "Nejaugi?!"] {
            assert!(is_question(text, []), "{text}");
        }
        for text in ["Kodėl? Nes taip.", "", "Ne", "?a"] {
            assert!(!is_question(text, [Reaction::Agree]), "{text}");
        }
        assert!(is_question("Nesuprantu, kaip", [Reaction::Thanks, Reaction::Question]));
    }

    #[test]
    fn minutes_are_markdown_in_which_nothing_typed_is_markup() {
        let section = |kind, title: &str, text: &str| Section { kind, title: title.into(), text: text.into() };
        let minutes = Minutes {
            title: "Protokolas: <b>Pagalba</b>".into(),
            facts: vec![Fact { title: "Vedė".into(), text: "Rūta [x](y)".into() }],
            sections: vec![
                section(SectionKind::People, "Dalyviai", "- Ąžuolas: Rasa\n- Šaltinis: Vilma"),
                section(
                    SectionKind::Other,
                    "Kita",
                    "***\n1. ne sąrašas\n# Antraštė\n| a | b |\n| --- | --- |\n| 1 | 2 | 3 |",
                ),
            ],
        };
        assert_eq!(
            minutes.markdown(),
            "# Protokolas: &lt;b>Pagalba&lt;/b>\n\n- Vedė: Rūta \\[x](y)\n\n## Dalyviai\n\n- Ąžuolas: Rasa\n- Šaltinis: Vilma\n\n## Kita\n\n\
             \\*\\*\\*\\\n1\\. ne sąrašas\n\n### Antraštė\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n"
        );
    }
}
