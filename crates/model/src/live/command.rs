//! What can be asked of a room.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    actions::{OwnerTeam, RoomAction},
    agreements::{AgreementCommand, Reminder},
    board::BoardCommand,
    breakouts::BreakoutCommand,
    polls::PollCommand,
    room::{Participant, Reaction},
    round::{HandOrder, RoundCommand},
    rules::{Party, StepRules},
};
use crate::{
    actions::{ACTION_MAX, ActionState, Owner, REASON_MAX},
    ids::*,
    time::{LocalDate, Timestamp},
    words::{Line, Prose},
};

/// Characters of one message.
pub const MESSAGE_MAX: usize = 2_000;
/// The longest step, and the longest single extension, in minutes.
pub const STEP_MINUTES_MAX: u32 = 240;

/// A request. Unknown kinds and unknown fields are refused as `malformed`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// `message.gone` when what it answers is deleted or no longer held.
    Say {
        text: Prose<MESSAGE_MAX>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reply_to: Option<MessageId>,
    },
    /// One's own message.
    Edit {
        message: MessageId,
        text: Prose<MESSAGE_MAX>,
    },
    /// One's own message; a facilitator's any.
    Delete {
        message: MessageId,
    },
    /// `reaction.twice` when it stands already.
    React {
        message: MessageId,
        reaction: Reaction,
    },
    Unreact {
        message: MessageId,
        reaction: Reaction,
    },

    /// `hand.up` when it is up, `speak.now` when one has the word.
    RaiseHand {},
    /// One's own when nobody is named; a facilitator's anyone's. `hand.down` when it is not up.
    LowerHand {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        person: Option<PersonId>,
    },
    GiveFloor {
        person: PersonId,
    },
    /// The one who has the word, or a facilitator. `hand.down` when nobody has it.
    FinishFloor {},
    /// To the first of those whose hand is up; `hand.down` when none is.
    NextHand {},
    OrderHands {
        order: HandOrder,
    },
    /// Who presents; nobody without `who`. `field.wrong` at `who` for somebody who is neither here nor of a team of the space.
    Present {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        who: Option<Party>,
    },
    Round(RoundCommand),

    Open {},
    Close {},
    /// Ends the step that runs.
    StartStep {
        step: StepId,
    },
    /// Moves the end of the step without a reset, or takes the step up again when its time has just run out.
    ExtendStep {
        step: StepId,
        minutes: u32,
    },
    /// Also by the clock, once the time has run out.
    EndStep {
        step: StepId,
    },
    /// Starts the next step that has not begun; with none left, ends the one that runs.
    NextStep {},
    AddStep {
        title: Line<200>,
        minutes: u32,
        #[serde(default, skip_serializing_if = "StepRules::is_plain")]
        rules: StepRules,
    },
    /// Puts a step aside that has not begun: `step.gone` of another.
    SkipStep {
        step: StepId,
    },
    /// Moves a step that has not begun before another such, or to the end: `step.gone` of others.
    MoveStep {
        step: StepId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<StepId>,
    },
    /// A note that only facilitators see; none takes it away.
    NoteStep {
        step: StepId,
        #[serde(default)]
        text: Option<Prose<1000>>,
    },

    /// A facilitator for any owner of the space, others for themselves and their own team. `field.wrong` at `owner`.
    AgreeAction {
        text: Prose<ACTION_MAX>,
        owner: Owner,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<LocalDate>,
    },
    /// Of an open one: `action.state`; `action.gone` when it is not in this room.
    ChangeAction {
        action: ActionItemId,
        text: Prose<ACTION_MAX>,
        owner: Owner,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<LocalDate>,
    },
    /// `field.needed` at `reason` to drop it; `action.state` between done and dropped.
    SetAction {
        action: ActionItemId,
        state: ActionState,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Prose<REASON_MAX>>,
    },
    /// Who of one's team sits at one's device, all of them; nobody ends it. `field.wrong` at `people` of oneself and of who is not of the
    /// team or does not take part, `too_many` beyond [`super::SEATS_MAX`], `forbidden` without a team. Who is here already stays as
    /// they are.
    Seat {
        people: Vec<PersonId>,
        /// Those of them who may, as `access::may` found them. Never sent by a client.
        #[serde(skip)]
        cards: Vec<Participant>,
    },
    Poll(PollCommand),
    Board(BoardCommand),
    Agreement(AgreementCommand),
    /// Browsers lead groups on a page of their own, so the room's client is spared the code that writes it.
    #[cfg_attr(target_arch = "wasm32", serde(skip))]
    Breakouts(BreakoutCommand),
    /// What is open from before, and who can own one. By the clock, once the session is open. Never sent by a client.
    #[serde(skip)]
    Bring {
        actions: Vec<RoomAction>,
        owners: Vec<OwnerTeam>,
        reminders: Vec<Reminder>,
    },

    /// The first of a person's sockets has come. Never sent by a client.
    #[serde(skip)]
    Arrive,
    /// The last of a person's sockets has been gone for a while. Never sent by a client.
    #[serde(skip)]
    Leave {
        at: Timestamp,
    },
    /// A person may no longer be here. Never sent by a client.
    #[serde(skip)]
    Remove {
        person: PersonId,
    },
}

impl Command {
    /// Every text that a person wrote, with its field, for the personal-data guard.
    pub fn texts(&self) -> Vec<(&'static str, &str)> {
        match self {
            Command::Poll(command) => command.texts(),
            Command::Board(command) => command.texts(),
            Command::Agreement(command) => command.texts(),
            Command::Breakouts(command) => command.texts(),
            _ => self.text().into_iter().collect(),
        }
    }

    /// The one text of most commands, to be put back where it was written.
    pub fn text(&self) -> Option<(&'static str, &str)> {
        match self {
            Command::Say { text, .. } | Command::Edit { text, .. } => Some(("text", text)),
            Command::AddStep { title, .. } => Some(("title", title)),
            Command::NoteStep { text, .. } => text.as_deref().map(|text| ("text", text)),
            Command::AgreeAction { text, .. } | Command::ChangeAction { text, .. } => Some(("text", text)),
            Command::SetAction { reason, .. } => reason.as_deref().map(|reason| ("reason", reason)),
            _ => None,
        }
    }
}

/// The id of the message that a command makes. The client reckons it too, so it knows its own message when it comes back; a
/// person cannot make the id of another's message, since their own id is mixed in.
pub fn message_id(by: PersonId, command: CommandId) -> MessageId {
    MessageId::from_uuid(Uuid::new_v5(&by.uuid(), command.uuid().as_bytes()))
}

/// The id of the step that a command adds.
pub fn step_id(by: PersonId, command: CommandId) -> StepId {
    StepId::from_uuid(Uuid::new_v5(&by.uuid(), command.uuid().as_bytes()))
}

/// The id of the action that a command agrees.
pub fn action_id(by: PersonId, command: CommandId) -> ActionItemId {
    ActionItemId::from_uuid(Uuid::new_v5(&by.uuid(), command.uuid().as_bytes()))
}

/// The id of the clock's command that brings what is open from before: the same on every node.
pub fn bring_id(session: SessionId) -> CommandId {
    CommandId::from_uuid(Uuid::new_v5(&session.uuid(), b"brought"))
}

/// The id of the clock's command that ends a step: the same on every node, and another once the end has been moved.
pub fn step_end_id(session: SessionId, step: StepId, ends_at: Timestamp) -> CommandId {
    let name = [step.uuid().as_bytes().as_slice(), &ends_at.ms().to_be_bytes()].concat();
    CommandId::from_uuid(Uuid::new_v5(&session.uuid(), &name))
}
