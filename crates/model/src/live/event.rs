//! What has happened in a room. Stored for ever: a shape once written is read for as long as the session stands
//! (`tests/live/stored/`), so fields are only added, with a default.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    actions::{Deed, OwnerTeam, RoomAction},
    agreements::{AgreementEvent, Reminder},
    board::{self, BoardEvent},
    breakouts::BreakoutEvent,
    polls::PollEvent,
    room::{Participant, Reaction},
    round::{HandOrder, RoundEvent},
    rules::{Party, StepRules},
};
use crate::{ids::*, time::Timestamp};

/// A fact. All that [`super::evolve`] needs rides in it. Unknown fields are ignored; an unknown kind does not decode.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The plan as the session's form gives it: first of all events, and again whenever the plan changes.
    Scheduled {
        title: String,
        facilitator: PersonId,
        steps: Vec<NewStep>,
    },
    Opened {
        by: PersonId,
        at: Timestamp,
    },
    Closed {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<PersonId>,
        at: Timestamp,
    },

    Arrived {
        who: Participant,
        at: Timestamp,
        /// At whose device they sit; none by a device of their own, also when they sat with somebody until now.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        with: Option<PersonId>,
    },
    Left {
        person: PersonId,
        at: Timestamp,
    },
    /// Lost the right to be here; hand and word go too.
    Removed {
        person: PersonId,
        at: Timestamp,
    },

    Said {
        id: MessageId,
        by: PersonId,
        at: Timestamp,
        /// None once the message is deleted: the stored event is rewritten by [`Event::without`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reply_to: Option<MessageId>,
    },
    Edited {
        message: MessageId,
        at: Timestamp,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    },
    Deleted {
        message: MessageId,
        by: PersonId,
    },
    Reacted {
        message: MessageId,
        by: PersonId,
        reaction: Reaction,
    },
    Unreacted {
        message: MessageId,
        by: PersonId,
        reaction: Reaction,
    },

    HandRaised {
        person: PersonId,
        at: Timestamp,
    },
    HandLowered {
        person: PersonId,
        by: PersonId,
    },
    FloorGiven {
        person: PersonId,
        at: Timestamp,
    },
    FloorFinished {
        person: PersonId,
        /// None in what was stored before times with the word were counted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<Timestamp>,
    },
    HandsOrdered {
        order: HandOrder,
    },
    Presents {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        who: Option<Party>,
    },
    Round(RoundEvent),

    StepAdded {
        step: NewStep,
    },
    StepStarted {
        step: StepId,
        at: Timestamp,
        ends_at: Timestamp,
    },
    StepExtended {
        step: StepId,
        ends_at: Timestamp,
    },
    StepEnded {
        step: StepId,
        at: Timestamp,
    },
    StepSkipped {
        step: StepId,
    },
    StepMoved {
        step: StepId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<StepId>,
    },
    /// What was open when the session opened, and who can own an action in it.
    Brought {
        #[serde(default)]
        actions: Vec<RoomAction>,
        #[serde(default)]
        owners: Vec<OwnerTeam>,
        /// Agreements whose review has come.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        reminders: Vec<Reminder>,
    },
    ActionAgreed(Deed),
    /// Its words, its owner or its day.
    ActionChanged(Deed),
    /// Its state.
    ActionSet(Deed),

    Poll(PollEvent),
    Board(BoardEvent),
    /// In a box, since it is large and rare.
    Agreement(Box<AgreementEvent>),
    Breakouts(Box<BreakoutEvent>),

    /// For facilitators alone.
    StepNoted {
        step: StepId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },

    /// Stored events were rewritten without a passage: whatever was folded from them before is to be folded anew.
    Redacted {
        by: PersonId,
        at: Timestamp,
    },
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct NewStep {
    pub id: StepId,
    pub title: String,
    pub minutes: u32,
    #[serde(default, skip_serializing_if = "StepRules::is_plain")]
    pub rules: StepRules,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Event {
    pub const KINDS: &'static [&'static str] = &[
        "scheduled",
        "opened",
        "closed",
        "arrived",
        "left",
        "removed",
        "said",
        "edited",
        "deleted",
        "reacted",
        "unreacted",
        "hand_raised",
        "hand_lowered",
        "floor_given",
        "floor_finished",
        "hands_ordered",
        "presents",
        "round.begun",
        "round.given",
        "round.passed",
        "step_added",
        "step_started",
        "step_extended",
        "step_ended",
        "step_skipped",
        "step_moved",
        "step_noted",
        "brought",
        "action_agreed",
        "action_changed",
        "action_set",
        "poll.prepared",
        "poll.dropped",
        "poll.opened",
        "poll.voted",
        "poll.ended",
        "poll.closed",
        "poll.shown",
        "board.made",
        "board.shown",
        "board.locked",
        "board.revealed",
        "board.added",
        "board.edited",
        "board.deleted",
        "board.moved",
        "board.grouped",
        "board.titled",
        "board.voting_opened",
        "board.dotted",
        "board.voting_closed",
        "agreement.proposed",
        "agreement.opened",
        "agreement.voiced",
        "agreement.amended",
        "agreement.closed",
        "agreement.dropped",
        "breakouts.opened",
        "breakouts.extended",
        "breakouts.moved",
        "breakouts.warned",
        "breakouts.closed",
        "redacted",
    ];

    /// The spelling of the kind in JSON.
    pub fn kind(&self) -> &'static str {
        match self {
            Event::Scheduled { .. } => "scheduled",
            Event::Opened { .. } => "opened",
            Event::Closed { .. } => "closed",
            Event::Arrived { .. } => "arrived",
            Event::Left { .. } => "left",
            Event::Removed { .. } => "removed",
            Event::Said { .. } => "said",
            Event::Edited { .. } => "edited",
            Event::Deleted { .. } => "deleted",
            Event::Reacted { .. } => "reacted",
            Event::Unreacted { .. } => "unreacted",
            Event::HandRaised { .. } => "hand_raised",
            Event::HandLowered { .. } => "hand_lowered",
            Event::FloorGiven { .. } => "floor_given",
            Event::FloorFinished { .. } => "floor_finished",
            Event::HandsOrdered { .. } => "hands_ordered",
            Event::Presents { .. } => "presents",
            Event::Round(event) => event.kind(),
            Event::StepAdded { .. } => "step_added",
            Event::StepStarted { .. } => "step_started",
            Event::StepExtended { .. } => "step_extended",
            Event::StepEnded { .. } => "step_ended",
            Event::StepSkipped { .. } => "step_skipped",
            Event::StepMoved { .. } => "step_moved",
            Event::StepNoted { .. } => "step_noted",
            Event::Brought { .. } => "brought",
            Event::ActionAgreed(_) => "action_agreed",
            Event::ActionChanged(_) => "action_changed",
            Event::ActionSet(_) => "action_set",
            Event::Poll(event) => event.kind(),
            Event::Board(event) => event.kind(),
            Event::Agreement(event) => event.kind(),
            Event::Breakouts(event) => event.kind(),
            Event::Redacted { .. } => "redacted",
        }
    }

    /// What this event deletes: the text of it is erased from the stored events by [`Event::without`].
    pub fn erases(&self) -> Option<Uuid> {
        match self {
            Event::Deleted { message, .. } => Some(message.uuid()),
            Event::Board(BoardEvent::Deleted { card, .. }) => Some(card.uuid()),
            _ => None,
        }
    }

    /// What stays of this event once the thing of this id is deleted; none when nothing of it has to go. The journal rewrites its
    /// rows with it in the transaction that deletes, so no resume, record or export can give the text again.
    pub fn without(&self, deleted: Uuid) -> Option<Event> {
        match self {
            Event::Said { id, by, at, text: Some(_), reply_to } if id.uuid() == deleted => {
                Some(Event::Said { id: *id, by: *by, at: *at, text: None, reply_to: *reply_to })
            }
            Event::Edited { message, at, text: Some(_) } if message.uuid() == deleted => {
                Some(Event::Edited { message: *message, at: *at, text: None })
            }
            Event::Board(event) => board::without(event, deleted).map(Event::Board),
            _ => None,
        }
    }

    /// The same event with other words for an action; none when it says nothing of it.
    pub fn reworded(&self, id: ActionItemId, words: &str) -> Option<Event> {
        let mut event = self.clone();
        let text = match &mut event {
            Event::Brought { actions, .. } => {
                actions.iter_mut().find(|action| action.id == id).map(|one| &mut one.text)
            }
            Event::ActionAgreed(deed) | Event::ActionChanged(deed) | Event::ActionSet(deed) => {
                (deed.action.id == id).then_some(&mut deed.action.text)
            }
            _ => None,
        }?;
        if text == words {
            return None;
        }
        words.clone_into(text);
        Some(event)
    }
}
