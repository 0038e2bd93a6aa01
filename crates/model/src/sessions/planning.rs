//! Planning a session: alone or in a series, who is invited, and what they answer; changing the plan, and cancelling.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{PlannedStep, Repeat, SessionCard, SessionPage, VideoLink};
use crate::{
    access::Action,
    endpoint,
    ids::*,
    time::LocalDateTime,
    words::{Line, Prose},
};

/// Whom a session invites: the teams of its space, or those that are named.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Whom {
    /// Every team of the space.
    #[default]
    AllTeams,
    /// The `teams` of the call, which may be none.
    Chosen,
}

/// `POST /spaces/{space}/sessions`: the one who schedules it facilitates it, and those invited get a letter.
///
/// `session.agenda` at `steps` without a step; `field.wrong` at `teams.N` for a team that does not meet in the space, at `people.N` for
/// somebody who could not take part. With `repeat` a series, of which the answer is the first session; see [`Repeat`].
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ScheduleSession {
    pub space: SpaceId,
    pub title: Line<120>,
    /// In Europe/Vilnius.
    pub starts_at: LocalDateTime,
    #[schemars(length(max = 20))]
    #[serde(default)]
    pub steps: Vec<PlannedStep>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat: Option<Repeat>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub video: Option<VideoLink>,
    #[serde(default)]
    pub whom: Whom,
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub teams: Vec<TeamId>,
    /// Beside the teams.
    #[serde(default)]
    #[schemars(length(max = 50))]
    pub people: Vec<PersonId>,
}
endpoint!(Post "/spaces/{space}/sessions" ScheduleSession, Action::ScheduleSession => SessionPage);

/// How far a change of one session of a series goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// This one alone.
    #[default]
    One,
    /// This one and all of its series that begin later and are still planned.
    Following,
}

/// `PUT /sessions/{session}`: the whole plan anew. `changed` when `version` is not the latest, `session.state` once it is closed,
/// and at `starts_at` once it is open; `session.cancelled`.
///
/// Of those that follow only what this call changes in this one is changed, and they move by as much by the wall clock.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EditSession {
    #[serde(rename = "session_id")]
    pub id: SessionId,
    pub version: i64,
    #[serde(default)]
    pub reach: Reach,
    pub title: Line<120>,
    /// In Europe/Vilnius.
    pub starts_at: LocalDateTime,
    #[schemars(length(max = 20))]
    #[serde(default)]
    pub steps: Vec<PlannedStep>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub video: Option<VideoLink>,
    #[serde(default)]
    pub whom: Whom,
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub teams: Vec<TeamId>,
    #[serde(default)]
    #[schemars(length(max = 50))]
    pub people: Vec<PersonId>,
}
endpoint!(Put "/sessions/{session_id}" EditSession, Action::Facilitate => SessionPage);

/// `POST /sessions/{session}/cancel`: it stays, with the reason, and those invited get a letter. `changed` when `version` is not
/// the latest, `session.state` once it is open or closed, `session.cancelled` a second time.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CancelSession {
    pub session: SessionId,
    pub version: i64,
    #[serde(default)]
    pub reach: Reach,
    pub reason: Prose<300>,
}
endpoint!(Post "/sessions/{session}/cancel" CancelSession, Action::Facilitate => SessionPage);

/// Whether somebody comes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Coming {
    Yes,
    Maybe,
    No,
}

impl Coming {
    pub const ALL: [Coming; 3] = [Coming::Yes, Coming::Maybe, Coming::No];
}

/// `PUT /sessions/{session}/answer`: by who is invited (`session.not_invited`), as often as they like until it is closed.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AnswerInvitation {
    pub session: SessionId,
    pub answer: Coming,
    /// Read by those who lead the session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Line<200>>,
}
endpoint!(Put "/sessions/{session}/answer" AnswerInvitation, Action::TakePart => SessionPage);

/// `GET /me/sessions`: those that the reader leads or is invited to, from three hours ago on, the next first; ten at most.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ListMeetings {}
endpoint!(Get "/me/sessions" ListMeetings, Action::OwnRead => Vec<Meeting>);

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Meeting {
    pub card: SessionCard,
    pub leads: bool,
    /// None before the answer.
    pub answer: Option<Coming>,
}

/// Who is invited and what they answered.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Invited {
    /// Each person once, whatever teams they are in.
    pub all: Count,
    /// By name.
    pub teams: Vec<InvitedTeam>,
    /// Of no invited team; only to those who may take part.
    pub people: Vec<InvitedPerson>,
    /// The reader's own; none when they are not invited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mine: Option<InvitedPerson>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Count {
    pub yes: i64,
    pub maybe: i64,
    pub no: i64,
    /// Who has not answered.
    pub waiting: i64,
}

impl Count {
    pub fn add(&mut self, answer: Option<Coming>) {
        *match answer {
            Some(Coming::Yes) => &mut self.yes,
            Some(Coming::Maybe) => &mut self.maybe,
            Some(Coming::No) => &mut self.no,
            None => &mut self.waiting,
        } += 1;
    }

    pub const fn sum(self) -> i64 {
        self.yes + self.maybe + self.no + self.waiting
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct InvitedTeam {
    pub id: TeamId,
    pub name: String,
    pub count: Count,
    /// Only to those who may take part.
    pub people: Vec<InvitedPerson>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct InvitedPerson {
    pub id: PersonId,
    pub name: String,
    pub answer: Option<Coming>,
    /// Only to those who lead the session, and one's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}
