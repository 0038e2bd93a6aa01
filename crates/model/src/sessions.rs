//! Live sessions outside of their room: planned in a space, listed, read as a record once closed.

mod feed;
mod history;
mod planning;
mod recorded;
mod series;
mod video;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    access::Action,
    endpoint,
    ids::*,
    live::{Reaction, Speakers, StepKind, StepRules},
    time::Timestamp,
    words::Line,
};
pub use feed::*;
pub use history::History;
pub use planning::*;
pub use recorded::*;
pub use series::{Every, Repeat, SERIES_MAX, SeriesShown};
pub use video::VideoLink;

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SessionState {
    Planned,
    Open,
    Closed,
    /// It is not held. It stays, with the reason.
    Cancelled,
}

/// One step of the agenda as it is planned.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PlannedStep {
    pub title: Line<120>,
    /// 1 to 240.
    #[schemars(range(min = 1, max = 240))]
    pub minutes: i64,
    #[serde(default)]
    pub kind: StepKind,
    /// Who may speak in it; none as its kind has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaks: Option<Speakers>,
    /// The chat is neither shown nor written in.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub without_chat: bool,
}

impl PlannedStep {
    pub fn of(title: Line<120>, minutes: i64, rules: StepRules) -> Self {
        let StepRules { kind, speaks, without_chat } = rules;
        Self { title, minutes, kind, speaks, without_chat }
    }

    pub fn rules(&self) -> StepRules {
        StepRules { kind: self.kind, speaks: self.speaks, without_chat: self.without_chat }
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SessionCard {
    pub id: SessionId,
    pub space: SpaceId,
    pub space_name: String,
    pub title: String,
    pub state: SessionState,
    pub starts_at: Timestamp,
    /// The sum of the steps' minutes.
    pub minutes: i64,
    pub facilitator: String,
    /// Of a group: the session that it is a group of. Told on its own page and in its record, since no list has groups.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub main: Option<SessionId>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SessionPage {
    pub card: SessionCard,
    pub steps: Vec<PlannedStep>,
    /// Open actions of the space, by their day, with which it begins; none once it is closed, and none for who is not signed in.
    #[serde(default)]
    pub actions: Vec<crate::actions::ActionCard>,
    /// Agreements of the space whose review has come; none once it is closed.
    #[serde(default)]
    pub reviews: Vec<crate::agreements::AgreementCard>,
    /// Whether the reader may enter the room.
    pub may_take_part: bool,
    /// Whether the reader may change the plan, open, steer and close.
    pub may_facilitate: bool,
    pub version: i64,
    /// Its time has passed, and nobody opened it.
    #[serde(default)]
    pub late: bool,
    /// Why it was cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled: Option<String>,
    /// Where it is seen and heard, until it is closed: only to those who may take part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub video: Option<VideoLink>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<SeriesShown>,
    /// Only to people of the platform.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invited: Option<Invited>,
}

/// `GET /sessions`: those the reader may see; open ones first, then planned by their start, then closed by the latest; 50 a page.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ListSessions {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub space: Option<SpaceId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-text" = "key"))]
    pub cursor: Option<Line<400>>,
}
endpoint!(Get "/sessions" ListSessions, Action::Visit => crate::endpoint::Page<SessionCard>);

/// `GET /sessions/{session}`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReadSession {
    pub session: SessionId,
}
endpoint!(Get "/sessions/{session}" ReadSession, Action::SeeSession => SessionPage);

/// `GET /sessions/{session}/record`: of a closed session (`session.state` before); deleted messages are not in it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReadRecord {
    pub session: SessionId,
}
endpoint!(Get "/sessions/{session}/record" ReadRecord, Action::ReadRecord => Record);

/// What a closed session leaves behind.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    pub card: SessionCard,
    pub opened_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    pub steps: Vec<RecordedStep>,
    /// Who was there, by team and name.
    pub people: Vec<RecordedPerson>,
    pub messages: Vec<RecordedMessage>,
    /// Who had the floor, in order.
    pub floor: Vec<RecordedFloor>,
    /// What was agreed that somebody does, as it stands now.
    #[serde(default)]
    pub actions: Vec<crate::actions::ActionCard>,
    /// Open ones from before that were done or dropped here.
    #[serde(default)]
    pub reviewed: Vec<crate::actions::ActionCard>,
    #[serde(default)]
    pub polls: Vec<RecordedPoll>,
    #[serde(default)]
    pub boards: Vec<RecordedBoard>,
    /// What was agreed by consent, as it stands now.
    #[serde(default)]
    pub agreements: Vec<crate::agreements::AgreementCard>,
    /// What was made in groups, those of the first break-out first.
    #[serde(default)]
    pub groups: Vec<RecordedGroup>,
}

/// What a group leaves to the session that it is a group of; the rest stands in its own record.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RecordedGroup {
    pub session: SessionId,
    pub title: String,
    pub opened_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    /// Who was there.
    pub people: Vec<RecordedPerson>,
    pub messages: i64,
    pub polls: Vec<RecordedPoll>,
    pub boards: Vec<RecordedBoard>,
    pub agreements: Vec<crate::agreements::AgreementCard>,
    pub actions: Vec<crate::actions::ActionCard>,
    /// What was written together, as it was at the end.
    pub notes: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RecordedStep {
    pub title: String,
    pub planned_minutes: i64,
    pub started_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RecordedPerson {
    pub name: String,
    pub team: Option<String>,
    pub school: Option<String>,
    /// At whose device they sat when they last came; empty once those have left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<String>,
    pub first_seen: Timestamp,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RecordedMessage {
    pub id: MessageId,
    /// Empty once they have left: then they are shown by their role. The same for everyone named in a record.
    pub by: String,
    pub team: Option<String>,
    pub text: String,
    pub edited: bool,
    pub at: Timestamp,
    /// The beginning of what it answers.
    pub reply_to: Option<String>,
    /// Each with how many people reacted so.
    #[serde(default)]
    pub reactions: Vec<(Reaction, i64)>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RecordedFloor {
    pub name: String,
    pub from: Timestamp,
    pub to: Option<Timestamp>,
}

/// `GET /sessions/{session}/messages`: older messages of the room, the latest first; 100 a page.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ListMessages {
    pub session: SessionId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-text" = "key"))]
    pub cursor: Option<Line<400>>,
}
endpoint!(Get "/sessions/{session}/messages" ListMessages, Action::ReadRecord => crate::endpoint::Page<RecordedMessage>);
