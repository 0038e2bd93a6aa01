//! Break-outs: the people of a session in groups for a while, each group in a room of its own.
//!
//! Every event carries the whole state after it. So the browser folds it by putting it down, and what follows from it in the rooms of the
//! groups needs no lookup: they are told the same state with `main` named, and the clock of the main room alone decides for all.

mod decide;
mod propose;
#[cfg(test)]
mod tests;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub(super) use self::decide::{clock, close_all, decide, next_due};
pub use self::propose::{GroupSize, GroupWay, Groupable, Together, propose};
use super::{Event, Room};
use crate::{
    ids::*,
    sorted::Set,
    time::{Millis, Timestamp},
    words::Line,
};

/// How many groups there are at once.
pub const BREAKOUTS_MAX: usize = 50;
/// Characters of a group's title.
pub const BREAKOUT_TITLE_MAX: usize = 100;
/// How long before the end everyone is warned.
pub const BREAKOUT_WARNING: Millis = Millis::minutes(2);

/// What can be asked about break-outs: all is a facilitator's, in the main room.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum BreakoutCommand {
    /// `breakouts.open` while others run; `field.needed` at `groups` for none, `too_many {limit}` beyond [`BREAKOUTS_MAX`], `field.wrong` for
    /// somebody who has not been in the room or is in two groups; `number.range` at `minutes` outside of 1 to 240.
    Open { groups: Vec<NewBreakout>, minutes: u32 },
    /// `breakouts.closed` when none run.
    Extend { minutes: u32 },
    /// To another group, or back to the main room. `field.wrong` at `person` and `to`.
    Move {
        person: PersonId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<SessionId>,
    },
    /// Calls everyone back. Also by the clock, once the time has run out.
    Close {},
    /// By the clock. Never sent by a client.
    #[serde(skip)]
    Warn,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewBreakout {
    pub title: Line<BREAKOUT_TITLE_MAX>,
    pub people: Vec<PersonId>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BreakoutEvent {
    Opened(Breakouts),
    Extended(Breakouts),
    Moved(Breakouts),
    Warned(Breakouts),
    Closed(Breakouts),
}

/// The groups that work now, or did last.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Breakouts {
    pub groups: Vec<Breakout>,
    /// When it became as it is.
    pub at: Timestamp,
    pub ends_at: Timestamp,
    /// Counts its events from 1.
    pub turn: u32,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub warned: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
    /// In the room of a group: the session that everyone comes back to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub main: Option<SessionId>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Breakout {
    pub session: SessionId,
    pub title: String,
    pub people: Set<PersonId>,
}

impl BreakoutCommand {
    /// Every text that a person wrote, with its field, for the personal-data guard.
    pub fn texts(&self) -> Vec<(&'static str, &str)> {
        match self {
            BreakoutCommand::Open { groups, .. } => groups.iter().map(|group| ("groups", &*group.title)).collect(),
            _ => Vec::new(),
        }
    }
}

impl BreakoutEvent {
    pub const KINDS: [&'static str; 5] =
        ["breakouts.opened", "breakouts.extended", "breakouts.moved", "breakouts.warned", "breakouts.closed"];

    pub fn kind(&self) -> &'static str {
        match self {
            BreakoutEvent::Opened(_) => "breakouts.opened",
            BreakoutEvent::Extended(_) => "breakouts.extended",
            BreakoutEvent::Moved(_) => "breakouts.moved",
            BreakoutEvent::Warned(_) => "breakouts.warned",
            BreakoutEvent::Closed(_) => "breakouts.closed",
        }
    }

    /// The state after it.
    pub fn state(&self) -> &Breakouts {
        match self {
            BreakoutEvent::Opened(state)
            | BreakoutEvent::Extended(state)
            | BreakoutEvent::Moved(state)
            | BreakoutEvent::Warned(state)
            | BreakoutEvent::Closed(state) => state,
        }
    }

    /// What it is in the room of a group; nothing when it is told there already.
    fn within(&self, main: SessionId) -> Option<BreakoutEvent> {
        let state = Breakouts { main: Some(main), ..self.state().clone() };
        if self.state().main.is_some() {
            return None;
        }
        Some(match self {
            BreakoutEvent::Opened(_) => BreakoutEvent::Opened(state),
            BreakoutEvent::Extended(_) => BreakoutEvent::Extended(state),
            BreakoutEvent::Moved(_) => BreakoutEvent::Moved(state),
            BreakoutEvent::Warned(_) => BreakoutEvent::Warned(state),
            BreakoutEvent::Closed(_) => BreakoutEvent::Closed(state),
        })
    }

    /// What it causes in the room of one of its groups, which `room` is; nothing for what came from a main room already. `by` is who
    /// leads the main session.
    pub fn in_group(&self, main: SessionId, group: SessionId, by: PersonId, room: &Room) -> Vec<Event> {
        let Some(within) = self.within(main) else { return Vec::new() };
        let (at, ends_at, step) = (self.state().at, self.state().ends_at, breakout_step(group));
        let mut events = vec![Event::Breakouts(Box::new(within))];
        match self {
            BreakoutEvent::Opened(_) => {
                events.push(Event::Opened { by, at });
                events.push(Event::StepStarted { step, at, ends_at });
            }
            BreakoutEvent::Extended(_) => events.push(Event::StepExtended { step, ends_at }),
            BreakoutEvent::Closed(_) => events.extend(super::closing(room, by, at)),
            BreakoutEvent::Moved(_) | BreakoutEvent::Warned(_) => {}
        }
        events
    }

    /// The id under which it stands in the journal of a group: the same however often it is told.
    pub fn id_in(&self, group: SessionId) -> CommandId {
        CommandId::from_uuid(Uuid::new_v5(&group.uuid(), &self.state().turn.to_be_bytes()))
    }
}

impl Breakouts {
    /// The group in which the person works.
    pub fn of(&self, person: PersonId) -> Option<&Breakout> {
        self.groups.iter().find(|group| group.people.contains(&person))
    }
}

impl Room {
    /// The break-out that goes on.
    pub fn in_groups(&self) -> Option<&Breakouts> {
        self.breakouts.as_ref().filter(|state| !state.closed)
    }
}

/// The id of a group's session.
pub fn breakout_id(by: PersonId, command: CommandId, number: usize) -> SessionId {
    let name = [command.uuid().as_bytes().as_slice(), &(number as u64).to_be_bytes()].concat();
    SessionId::from_uuid(Uuid::new_v5(&by.uuid(), &name))
}

/// The id of the one step of a group's session.
pub fn breakout_step(group: SessionId) -> StepId {
    StepId::from_uuid(Uuid::new_v5(&group.uuid(), b"step"))
}

pub(super) fn evolve(room: &mut Room, event: &BreakoutEvent) {
    let mut state = event.state().clone();
    state.groups.truncate(BREAKOUTS_MAX);
    room.breakouts = Some(state);
}
