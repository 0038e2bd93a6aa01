//! Break-outs of an open session as calls: the proposal of who works with whom, and what is done with groups outside of the room. The rules
//! are those of the room ([`crate::live::BreakoutCommand`]).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{access::Action, endpoint, ids::*, live::GroupWay, sessions::SessionCard, time::Timestamp, words::Line};

/// The length that is proposed, in minutes.
pub const BREAKOUT_MINUTES: i64 = 10;
/// How much longer groups work when they are extended on the page, in minutes.
pub const BREAKOUT_MORE: i64 = 5;
/// The size of a group that is proposed.
pub const GROUP_SIZE: i64 = 4;

/// What the number of a proposal counts.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GroupUnit {
    /// People in a group, at most.
    #[default]
    People,
    Groups,
}

/// `GET /sessions/{session}/groups`: the groups that work, or a proposal for those who are in the room and do not lead it. Of an open session
/// that is no group itself (`session.state`).
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReadBreakouts {
    pub session: SessionId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub way: Option<GroupWay>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<GroupUnit>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 50))]
    pub number: Option<i64>,
    /// Another one gives another proposal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 1000000000))]
    pub seed: Option<i64>,
}
endpoint!(Get "/sessions/{session}/groups" ReadBreakouts, Action::Facilitate => BreakoutsPage);

/// A group and its number.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NewGroup {
    #[schemars(range(min = 1, max = 50))]
    pub number: i64,
    pub title: Line<100>,
}

/// In which group somebody works; in none they stay in the main room.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Placed {
    pub person: PersonId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 50))]
    pub group: Option<i64>,
}

/// `POST /sessions/{session}/groups`: they begin at once. `breakouts.open` while others work, `field.wrong` at `people` for who has not been
/// in the room, is named twice, or is placed in a group that is not there.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct OpenBreakouts {
    pub session: SessionId,
    #[schemars(range(min = 1, max = 240))]
    pub minutes: i64,
    #[schemars(length(min = 1, max = 50))]
    pub groups: Vec<NewGroup>,
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub people: Vec<Placed>,
}
endpoint!(Post "/sessions/{session}/groups" OpenBreakouts, Action::Facilitate => BreakoutsPage);

/// `POST /sessions/{session}/groups/extend`: `breakouts.closed` when none work.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ExtendBreakouts {
    pub session: SessionId,
    #[schemars(range(min = 1, max = 240))]
    pub minutes: i64,
}
endpoint!(Post "/sessions/{session}/groups/extend" ExtendBreakouts, Action::Facilitate => BreakoutsPage);

/// `POST /sessions/{session}/groups/move`: into another group, or into none. `field.wrong` at `person` and `to`, `breakouts.closed`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MoveToBreakout {
    pub session: SessionId,
    pub person: PersonId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<SessionId>,
}
endpoint!(Post "/sessions/{session}/groups/move" MoveToBreakout, Action::Facilitate => BreakoutsPage);

/// `POST /sessions/{session}/groups/close`: everyone is called back. `breakouts.closed` when none work.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CloseBreakouts {
    pub session: SessionId,
}
endpoint!(Post "/sessions/{session}/groups/close" CloseBreakouts, Action::Facilitate => BreakoutsPage);

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct BreakoutsPage {
    pub card: SessionCard,
    /// While groups work: until when.
    pub ends_at: Option<Timestamp>,
    /// Those that work, or those that are proposed.
    pub groups: Vec<GroupShown>,
    /// While groups work everyone who has been in the room, else who is there; by name.
    pub people: Vec<GroupPerson>,
    pub way: GroupWay,
    pub unit: GroupUnit,
    pub number: i64,
    pub seed: i64,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GroupShown {
    /// Counted from 1.
    pub number: i64,
    /// None of a proposed one that is to be called by its number.
    pub title: Option<String>,
    /// None of a proposed one.
    pub session: Option<SessionId>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GroupPerson {
    pub id: PersonId,
    pub name: String,
    pub team: Option<String>,
    /// The number of their group.
    pub group: Option<i64>,
    pub seen: GroupSeen,
}

/// Where somebody is now.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GroupSeen {
    Main,
    /// In the room of a group.
    Group,
    Nowhere,
}
