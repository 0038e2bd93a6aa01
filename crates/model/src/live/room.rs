//! What stands in a live session at one moment.

use std::collections::VecDeque;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    actions::{OwnerTeam, RoomAction},
    agreements::{Agreement, Reminder},
    board::Boards,
    breakouts::{self, Breakouts},
    command::{Command, step_end_id},
    polls::{self, Polls},
    round::{HandOrder, Round},
    rules::{Party, StepRules},
};
use crate::{
    ids::*,
    sorted::{Map, Set},
    time::{Millis, Timestamp},
};

/// How many of the last messages a room holds; older ones stand in the record.
pub const MESSAGES_KEPT: usize = 200;
/// How many people one session takes in.
pub const PEOPLE_MAX: usize = 1_000;
/// How many steps an agenda has.
pub const STEPS_MAX: usize = 50;

/// The whole state of a live session, a fold of its events. Bounded: [`MESSAGES_KEPT`], [`PEOPLE_MAX`], [`STEPS_MAX`],
/// [`super::ACTIONS_MAX`], [`super::POLLS_MAX`], [`super::BOARDS_MAX`], [`super::AGREEMENTS_MAX`], [`super::BREAKOUTS_MAX`].
///
/// Unknown fields are ignored, so that an older client reads what a newer server sends.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Room {
    pub title: String,
    pub state: State,
    pub opened_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    /// Who was named to lead it; others may facilitate by their role.
    pub facilitator: Option<PersonId>,
    pub steps: Vec<Step>,
    /// The step that runs now.
    pub current: Option<StepId>,
    /// Raised hands, first come first.
    pub hands: Vec<Hand>,
    /// Who was given the word.
    pub floor: Option<Floor>,
    #[serde(skip_serializing_if = "is_default")]
    pub hand_order: HandOrder,
    /// Who presents their problem or practice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub presenter: Option<Party>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub round: Option<Round>,
    /// How long each has had the word, as the server measured it.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub airtime: Map<Party, Millis>,
    /// Who has written.
    #[serde(skip_serializing_if = "Set::is_empty")]
    pub wrote: Set<PersonId>,
    pub messages: VecDeque<Message>,
    /// Everyone who has been here, with the card they last came with.
    pub people: Map<PersonId, Attendee>,
    /// Open ones from before, then what was agreed here.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<RoomAction>,
    /// Who can be asked to do something: the teams of the space and their people, as they were at the opening.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub owners: Vec<OwnerTeam>,
    #[serde(skip_serializing_if = "Polls::is_empty")]
    pub polls: Polls,
    #[serde(skip_serializing_if = "Boards::is_empty")]
    pub boards: Boards,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub agreements: Vec<Agreement>,
    /// Agreements from before whose review has come.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reminders: Vec<Reminder>,
    /// The groups in which people work now, or did last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub breakouts: Option<Breakouts>,
    /// Whether what was open before is in `actions`.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub brought: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    #[default]
    Planned,
    Open,
    Closed,
}

/// A person as the others in the room see them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Participant {
    pub id: PersonId,
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamCard>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school: Option<String>,
    pub role: Standing,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TeamCard {
    pub id: TeamId,
    pub name: String,
}

/// What a person may do in this session, as `access::may` found: `Facilitate`, `TakePart`, or only see.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Observer,
    Participant,
    Facilitator,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(from = "Flat")]
pub struct Attendee {
    #[serde(flatten)]
    pub who: Participant,
    /// Counted as present: arrived and not left since.
    pub here: bool,
    /// When they last arrived.
    pub since: Timestamp,
    /// At whose device they sit, or sat when they left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with: Option<PersonId>,
}

/// An [`Attendee`] as it is read: reading a flattened field needs a machinery that the browser would have to download.
#[derive(Deserialize, JsonSchema)]
#[schemars(inline)]
struct Flat {
    id: PersonId,
    name: String,
    #[serde(default)]
    team: Option<TeamCard>,
    #[serde(default)]
    school: Option<String>,
    role: Standing,
    here: bool,
    since: Timestamp,
    #[serde(default)]
    with: Option<PersonId>,
}

impl From<Flat> for Attendee {
    fn from(Flat { id, name, team, school, role, here, since, with }: Flat) -> Self {
        Self { who: Participant { id, name, team, school, role }, here, since, with }
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    pub id: StepId,
    pub title: String,
    pub minutes: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Timestamp>,
    /// The shared end of the time; the same instant for everyone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "StepRules::is_plain")]
    pub rules: StepRules,
    /// Put aside; it may be started all the same.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub skipped: bool,
    /// What facilitators wrote for one another; nobody else is shown it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Hand {
    pub person: PersonId,
    pub at: Timestamp,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Floor {
    pub person: PersonId,
    pub since: Timestamp,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Message {
    pub id: MessageId,
    pub by: PersonId,
    pub at: Timestamp,
    /// None once deleted: a deleted text is kept nowhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<MessageId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub reactions: Map<Reaction, Set<PersonId>>,
}

/// The closed set of reactions; how each is drawn is the page's business.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reaction {
    Agree,
    Thanks,
    Idea,
    Question,
    Joy,
    Wonder,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Reaction {
    pub const ALL: [Reaction; 6] =
        [Reaction::Agree, Reaction::Thanks, Reaction::Idea, Reaction::Question, Reaction::Joy, Reaction::Wonder];
}

impl Room {
    pub fn step(&self, id: StepId) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    pub fn current_step(&self) -> Option<&Step> {
        self.step(self.current?)
    }

    /// The message, if the room still holds it; the last ones are looked at first.
    pub fn message(&self, id: MessageId) -> Option<&Message> {
        self.messages.iter().rev().find(|message| message.id == id)
    }

    /// The place in the queue, counted from 1.
    pub fn hand(&self, person: PersonId) -> Option<usize> {
        self.queue().iter().position(|raised| *raised == person).map(|index| index + 1)
    }

    /// Whether the person is counted as present.
    pub fn is_here(&self, person: PersonId) -> bool {
        self.people.get(&person).is_some_and(|attendee| attendee.here)
    }

    /// The step that [`crate::live::Command::NextStep`] would start: the first one not yet begun or put aside, after the one that runs.
    pub fn next_step(&self) -> Option<&Step> {
        let begin =
            self.current.and_then(|id| self.steps.iter().position(|step| step.id == id)).map_or(0, |index| index + 1);
        self.steps[begin..].iter().find(|step| step.started_at.is_none() && !step.skipped)
    }

    /// The first thing that the clock has to do here.
    pub fn next_due(&self, session: SessionId) -> Option<Due> {
        let step = self.current_step().and_then(|step| {
            let at = step.ends_at?;
            Some(Due { at, id: step_end_id(session, step.id, at), command: Command::EndStep { step: step.id } })
        });
        let groups = breakouts::next_due(self, session);
        [step, polls::next_due(self, session), groups].into_iter().flatten().min_by_key(|due| due.at)
    }
}

/// What time alone causes: a command by the clock, whose id follows from what it ends, so that of several nodes that give it one is
/// heard.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Due {
    pub at: Timestamp,
    pub id: CommandId,
    pub command: Command,
}

impl Message {
    pub fn is_deleted(&self) -> bool {
        self.text.is_none()
    }
}

impl Participant {
    pub fn facilitates(&self) -> bool {
        self.role == Standing::Facilitator
    }

    pub fn takes_part(&self) -> bool {
        self.role >= Standing::Participant
    }
}
