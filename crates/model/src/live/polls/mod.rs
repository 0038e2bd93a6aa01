//! Questions that everyone in a room answers at once.
//!
//! A poll is prepared (for facilitators alone), open, and closed. Before it has closed a sealed one shows who has taken part and nothing
//! else. An anonymous one is always sealed, and its choices are in no event and in no room: [`ballot`] gives the choice of a vote
//! beside its event, and the server counts what it has put aside once the poll has ended.

mod answers;
mod decide;
mod evolve;
#[cfg(test)]
mod tests;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use self::answers::{Ballot, Choice, Results, TeamResults, ballot};
pub(super) use self::{
    decide::{clock, close_all, decide, next_due},
    evolve::{audience, cut, evolve, has_for, shown_to_rest},
};
use crate::{
    ids::*,
    sorted::{Map, Set},
    time::Timestamp,
    words::{Line, Prose},
};

/// How many prepared polls a room holds, and how many that were opened.
pub const POLLS_MAX: usize = 40;
/// Characters of a question.
pub const QUESTION_MAX: usize = 300;
/// How many options a poll has; at least 2.
pub const OPTIONS_MAX: usize = 20;
/// Characters of an option.
pub const OPTION_MAX: usize = 200;
/// Characters of a free answer.
pub const ANSWER_MAX: usize = 500;
/// The highest number of a scale, which begins with 1; at least 2.
pub const SCALE_MAX: u32 = 10;
/// How many dots one person can be given.
pub const DOTS_MAX: u32 = 50;
/// The longest time for an answer, in seconds; the shortest is 5.
pub const POLL_SECONDS_MAX: u32 = 3_600;
/// With fewer people who could vote an anonymous poll does not open.
pub const VOTERS_MIN: usize = 5;
/// With fewer ballots the result of an anonymous poll is withheld: it would tell who chose what.
pub const BALLOTS_MIN: usize = 3;

/// What can be asked about polls. All but a vote are a facilitator's.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum PollCommand {
    /// `field.needed`, `field.wrong` and `number.range` at the field; `too_many` beyond [`POLLS_MAX`]. Also before the session.
    Prepare(NewPoll),
    /// Takes a prepared one away. Also before the session.
    Drop { poll: PollId },
    /// `poll.few` when an anonymous one would have fewer than [`VOTERS_MIN`] voters here; `poll.open` while another is.
    Open { poll: PollId },
    /// Prepares and opens in one.
    Ask(NewPoll),
    /// Also by the clock, once its time has run out.
    Close { poll: PollId },
    /// What everyone looks at: a poll that was opened, or none.
    Show {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        poll: Option<PollId>,
    },
    /// `poll.gone` when it is not in this room, `poll.closed`, `poll.cap {limit}` beyond what one may choose; `poll.voted` for the second
    /// vote in an anonymous poll. A named vote may be changed until the closing.
    Vote {
        poll: PollId,
        /// By kind: the option, the options, the number, the options from first to last, or how many dots each option gets.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        picks: Vec<u32>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Prose<ANSWER_MAX>>,
    },
    /// What was put aside while an anonymous poll was open, in an order that says nothing. By the server. Never sent by a client.
    #[serde(skip)]
    Count { poll: PollId, ballots: Vec<Choice> },
}

/// A poll as it is asked for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPoll {
    pub question: Line<QUESTION_MAX>,
    pub kind: PollKind,
    /// None of a free answer; of a scale none, or what its two ends mean.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Line<OPTION_MAX>>,
    /// How many options one may choose (0: all), the highest number of the scale (0: 5), or how many dots one has (0: 3).
    #[serde(default)]
    pub each: u32,
    /// How many dots one may give to one option (0: all).
    #[serde(default)]
    pub per_option: u32,
    #[serde(default)]
    pub sealed: bool,
    /// Always sealed too.
    #[serde(default)]
    pub anonymous: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<StepId>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PollKind {
    Single,
    Multiple,
    Text,
    Scale,
    Ranking,
    Dots,
}

impl PollKind {
    pub const ALL: [PollKind; 6] =
        [PollKind::Single, PollKind::Multiple, PollKind::Text, PollKind::Scale, PollKind::Ranking, PollKind::Dots];
}

/// What is asked and how, as [`NewPoll`] with its defaults filled in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Sheet {
    pub question: String,
    pub kind: PollKind,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    #[serde(default)]
    pub each: u32,
    #[serde(default)]
    pub per_option: u32,
    #[serde(default)]
    pub sealed: bool,
    #[serde(default)]
    pub anonymous: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<StepId>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PollEvent {
    /// For facilitators alone.
    Prepared { poll: PollId, sheet: Sheet },
    /// For facilitators alone.
    Dropped { poll: PollId },
    /// With the sheet, since nobody else has seen it before.
    Opened {
        poll: PollId,
        sheet: Sheet,
        at: Timestamp,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ends_at: Option<Timestamp>,
    },
    /// Without a choice it says only that the person took part: that of an anonymous poll for ever, that of a sealed one to others.
    Voted {
        poll: PollId,
        by: PersonId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        choice: Option<Choice>,
    },
    /// An anonymous poll takes no more votes, and is about to be counted.
    Ended { poll: PollId, at: Timestamp, voters: u32 },
    Closed {
        poll: PollId,
        at: Timestamp,
        results: Results,
        /// Who chose what, in a sealed poll with names: until now nobody has seen it.
        #[serde(default, skip_serializing_if = "Map::is_empty")]
        choices: Map<PersonId, Choice>,
    },
    Shown {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        poll: Option<PollId>,
    },
}

impl PollEvent {
    pub const KINDS: [&'static str; 7] =
        ["poll.prepared", "poll.dropped", "poll.opened", "poll.voted", "poll.ended", "poll.closed", "poll.shown"];

    pub fn kind(&self) -> &'static str {
        match self {
            PollEvent::Prepared { .. } => "poll.prepared",
            PollEvent::Dropped { .. } => "poll.dropped",
            PollEvent::Opened { .. } => "poll.opened",
            PollEvent::Voted { .. } => "poll.voted",
            PollEvent::Ended { .. } => "poll.ended",
            PollEvent::Closed { .. } => "poll.closed",
            PollEvent::Shown { .. } => "poll.shown",
        }
    }
}

/// The polls of a room.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Polls {
    /// Prepared ones among them, for facilitators; the others in the order in which they were opened.
    pub all: Vec<Poll>,
    /// What everyone looks at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown: Option<PollId>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PollState {
    #[default]
    Prepared,
    Open,
    /// Takes no more votes; the ballots are being counted.
    Counting,
    Closed,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Poll {
    pub id: PollId,
    pub sheet: Sheet,
    #[serde(default)]
    pub state: PollState,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Timestamp>,
    /// How many could vote when an anonymous one ended.
    #[serde(default)]
    pub voters: u32,
    /// Who has taken part.
    #[serde(default)]
    pub voted: Set<PersonId>,
    /// Who chose what; of a sealed poll that is open only one's own, of an anonymous one none.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub choices: Map<PersonId, Choice>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub results: Option<Results>,
}

impl Polls {
    pub fn is_empty(&self) -> bool {
        self.all.is_empty() && self.shown.is_none()
    }

    pub fn get(&self, id: PollId) -> Option<&Poll> {
        self.all.iter().find(|poll| poll.id == id)
    }

    /// The one that takes votes now.
    pub fn open(&self) -> Option<&Poll> {
        self.all.iter().find(|poll| poll.state == PollState::Open)
    }

    /// One whose ballots are to be counted.
    pub fn counting(&self) -> Option<PollId> {
        self.all.iter().find(|poll| poll.state == PollState::Counting).map(|poll| poll.id)
    }
}

impl PollCommand {
    /// Every text that a person wrote, with its field, for the personal-data guard.
    pub fn texts(&self) -> Vec<(&'static str, &str)> {
        match self {
            PollCommand::Prepare(new) | PollCommand::Ask(new) => {
                let options = new.options.iter().map(|option| ("options", &**option));
                std::iter::once(("question", &*new.question)).chain(options).collect()
            }
            PollCommand::Vote { text: Some(text), .. } => vec![("text", text)],
            _ => Vec::new(),
        }
    }

    pub(super) fn steers(&self) -> bool {
        !matches!(self, PollCommand::Vote { .. })
    }

    pub(super) fn before_opening(&self) -> bool {
        matches!(self, PollCommand::Prepare(_) | PollCommand::Drop { .. })
    }
}

/// The id of the poll that a command makes.
pub fn poll_id(by: PersonId, command: CommandId) -> PollId {
    PollId::from_uuid(Uuid::new_v5(&by.uuid(), command.uuid().as_bytes()))
}

/// The id of the server's command that counts an anonymous poll: the same on every node.
pub fn count_id(session: SessionId, poll: PollId) -> CommandId {
    CommandId::from_uuid(Uuid::new_v5(&session.uuid(), poll.uuid().as_bytes()))
}
