//! What a step of the agenda is, and what it allows.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::room::{Participant, Room};
use crate::{
    actions::Owner,
    refusal::{Code, Refusal},
};

/// A person or a team.
pub type Party = Owner;

/// What the step is about: it is the main thing on the screen while the step runs.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    #[default]
    Talk,
    Round,
    Board,
    Poll,
    Agreement,
    Notes,
    Breakout,
    Break,
}

impl StepKind {
    pub const ALL: [StepKind; 8] = [
        StepKind::Talk,
        StepKind::Round,
        StepKind::Board,
        StepKind::Poll,
        StepKind::Agreement,
        StepKind::Notes,
        StepKind::Breakout,
        StepKind::Break,
    ];

    /// Who may speak in a step of this kind of which nothing else is said.
    pub const fn speakers(self) -> Speakers {
        match self {
            StepKind::Round => Speakers::People,
            StepKind::Break => Speakers::Nobody,
            _ => Speakers::Everyone,
        }
    }
}

/// Who may write and be given the word. Facilitators always may, unless they present in a step in which those who present listen.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Speakers {
    Everyone,
    /// Those who present their problem or their practice; everyone, as long as nobody is named.
    Presenter,
    /// Everyone but those who present: they listen.
    Others,
    /// Each person in turn.
    People,
    /// Each team in turn.
    Teams,
    Nobody,
}

impl Speakers {
    pub const ALL: [Speakers; 6] = [
        Speakers::Everyone,
        Speakers::Presenter,
        Speakers::Others,
        Speakers::People,
        Speakers::Teams,
        Speakers::Nobody,
    ];
}

/// The rules of a step; the server refuses what they do not allow.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct StepRules {
    pub kind: StepKind,
    /// None: as the kind has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaks: Option<Speakers>,
    /// The chat is neither shown nor written in, so that everybody looks at the same thing.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub without_chat: bool,
}

impl StepRules {
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    pub fn speakers(&self) -> Speakers {
        self.speaks.unwrap_or(self.kind.speakers())
    }
}

impl Room {
    /// The rules of the step that runs; plain ones between steps.
    pub fn rules(&self) -> StepRules {
        self.current_step().map(|step| step.rules).unwrap_or_default()
    }

    /// Whether they present, themselves or by their team.
    pub fn presents(&self, who: &Participant) -> bool {
        self.presenter.is_some_and(|presenter| who.is_of(presenter))
    }

    /// Whether the person may speak in the step that runs.
    ///
    /// # Errors
    /// `step.listen` for who presents where the others speak, `step.presenter`, `step.turn` and `step.facilitator` for whom it is not.
    pub fn may_speak(&self, me: &Participant) -> Result<(), Refusal> {
        let speakers = self.rules().speakers();
        if speakers == Speakers::Others && self.presents(me) {
            return Err(Refusal::of(Code::StepListen));
        }
        let has_word = self.floor.as_ref().is_some_and(|floor| floor.person == me.id);
        if me.facilitates() || has_word {
            return Ok(());
        }
        match speakers {
            Speakers::Everyone | Speakers::Others => Ok(()),
            Speakers::Presenter if self.presenter.is_none() || self.presents(me) => Ok(()),
            Speakers::Presenter => Err(Refusal::of(Code::StepPresenter)),
            Speakers::People | Speakers::Teams if self.has_turn(me) => Ok(()),
            Speakers::People | Speakers::Teams => Err(Refusal::of(Code::StepTurn)),
            Speakers::Nobody => Err(Refusal::of(Code::StepFacilitator)),
        }
    }

    /// Whether the person may write in the chat now.
    ///
    /// # Errors
    /// Those of [`Room::may_speak`], and `step.without_chat` for everyone.
    pub fn may_write(&self, me: &Participant) -> Result<(), Refusal> {
        if self.rules().without_chat {
            return Err(Refusal::of(Code::StepWithoutChat));
        }
        self.may_speak(me)
    }
}

impl Participant {
    /// Whether it is them, or their team.
    pub fn is_of(&self, party: Party) -> bool {
        match party {
            Owner::Person(person) => self.id == person,
            Owner::Team(team) => self.team.as_ref().is_some_and(|own| own.id == team),
        }
    }
}
