//! Actions agreed upon: what somebody does, until when, and what became of it.
//!
//! Agreed in a live session or outside of one; open ones open the next session of their space.

use std::{borrow::Cow, fmt, str::FromStr};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{
    access::Action,
    endpoint,
    ids::*,
    time::{LocalDate, Timestamp},
    words::{Line, Prose},
};

/// Characters of what is to be done.
pub const ACTION_MAX: usize = 500;
/// Characters of why it was dropped.
pub const REASON_MAX: usize = 300;

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActionState {
    #[default]
    Open,
    Done,
    /// It will not be done, and a reason says why.
    Dropped,
}

/// Whose it is, in one word: `person:` or `team:` and the id. What a person does is also their team's.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Owner {
    Person(PersonId),
    Team(TeamId),
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Owner::Person(person) => write!(f, "person:{person}"),
            Owner::Team(team) => write!(f, "team:{team}"),
        }
    }
}

impl FromStr for Owner {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let owner = match text.split_once(':') {
            Some(("person", id)) => id.parse().ok().map(Owner::Person),
            Some(("team", id)) => id.parse().ok().map(Owner::Team),
            _ => None,
        };
        owner.ok_or("not an owner")
    }
}

impl Serialize for Owner {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Owner {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Cow::<str>::deserialize(from)?.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for Owner {
    fn schema_name() -> Cow<'static, str> {
        "Owner".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let id = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
        json_schema!({ "type": "string", "pattern": format!("^(person|team):{id}$") })
    }
}

/// Who can be asked to do something: a team, or one of its people.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct OwnerCard {
    pub team: TeamId,
    pub team_name: String,
    /// None for the team as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// Empty once the person is no longer in the team: then they are shown by their role.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
}

impl OwnerCard {
    pub fn owner(&self) -> Owner {
        self.person.map_or(Owner::Team(self.team), Owner::Person)
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ActionCard {
    pub id: ActionItemId,
    pub space: SpaceId,
    pub space_name: String,
    /// Where it was agreed; none outside of a session.
    pub session: Option<SessionId>,
    pub session_title: Option<String>,
    pub step: Option<StepId>,
    pub text: String,
    pub owner: OwnerCard,
    pub due: Option<LocalDate>,
    pub state: ActionState,
    /// Of a dropped one.
    pub reason: Option<String>,
    pub agreed_at: Timestamp,
    /// Open, and its day has passed in Vilnius.
    pub overdue: bool,
    /// Whether the reader may change it and tick it done.
    pub may_keep: bool,
    pub version: i64,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ActionPage {
    pub card: ActionCard,
    /// Who agreed it; empty once they have left.
    pub agreed_by: String,
    /// The earliest first; the first is the agreement itself.
    pub history: Vec<ActionChange>,
    /// Who could own it; empty for readers who may not change it.
    pub owners: Vec<OwnerCard>,
}

/// What it was made by a change.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ActionChange {
    /// Empty once the person has left the teams of the space and has no role there.
    pub by: String,
    pub at: Timestamp,
    /// In the room of a session.
    pub session: Option<SessionId>,
    pub state: ActionState,
    pub owner: OwnerCard,
    pub due: Option<LocalDate>,
    pub reworded: bool,
    pub reason: Option<String>,
}

/// `GET /actions`: those in spaces that the reader sees; open ones first, by their day, then the latest; 50 a page.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ListActions {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub space: Option<SpaceId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<ActionState>,
    /// Only one's own and those of one's teams as a whole.
    #[serde(default)]
    pub mine: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-text" = "key"))]
    pub cursor: Option<Line<400>>,
}
endpoint!(Get "/actions" ListActions, Action::OwnAccount => crate::endpoint::Page<ActionCard>);

/// `GET /actions/{action}`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReadActionItem {
    pub action: ActionItemId,
}
endpoint!(Get "/actions/{action}" ReadActionItem, Action::SeeActionItem => ActionPage);

/// `POST /spaces/{space}/actions`: agreed outside of a room. `field.wrong` at `owner` when it is no team of the space and nobody of
/// one, at `session` when it is not of the space.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AgreeActionItem {
    pub space: SpaceId,
    pub text: Prose<ACTION_MAX>,
    pub owner: Owner,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<LocalDate>,
    /// Where it was agreed, when it is written down afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
}
endpoint!(Post "/spaces/{space}/actions" AgreeActionItem, Action::KeepActionItem => ActionPage);

/// `PUT /actions/{action}`: of an open one (`action.state`); `changed` when somebody did so since `version`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EditActionItem {
    pub action: ActionItemId,
    pub version: i64,
    pub text: Prose<ACTION_MAX>,
    pub owner: Owner,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<LocalDate>,
}
endpoint!(Put "/actions/{action}" EditActionItem, Action::KeepActionItem => ActionPage);

/// `POST /actions/{action}/state`: twice the same is once. `field.needed` at `reason` to drop it; `action.state` between done and
/// dropped.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SetActionState {
    pub action: ActionItemId,
    pub state: ActionState,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Prose<REASON_MAX>>,
}
endpoint!(Post "/actions/{action}/state" SetActionState, Action::KeepActionItem => ActionPage);

impl ActionState {
    /// Done and dropped are ends; what has ended is opened again before it ends otherwise.
    pub fn may_become(self, next: ActionState) -> bool {
        self != next && (self == ActionState::Open || next == ActionState::Open)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_is_one_word_and_reads_back() {
        let id = "0192f0c1-2b3c-7d4e-8f50-0123456789ab";
        for word in [format!("person:{id}"), format!("team:{id}")] {
            assert_eq!(word.parse::<Owner>().unwrap().to_string(), word);
        }
        for wrong in [id, "person:", "space:0192f0c1-2b3c-7d4e-8f50-0123456789ab", ""] {
            assert!(wrong.parse::<Owner>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_has_ended_is_opened_before_it_ends_otherwise() {
        use ActionState::{Done, Dropped, Open};
        let may: Vec<_> = [Open, Done, Dropped]
            .into_iter()
            .flat_map(|from| [Open, Done, Dropped].map(|to| (from, to)))
            .filter(|(from, to)| from.may_become(*to))
            .collect();
        assert_eq!(may, [(Open, Done), (Open, Dropped), (Done, Open), (Dropped, Open)]);
    }
}
