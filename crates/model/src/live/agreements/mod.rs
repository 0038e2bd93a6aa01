//! What people agree upon in a room, by consent.
//!
//! An agreement is proposed, opened for voices, and closed. It is adopted when enough have spoken (the quorum), at least one agrees and
//! no objection is open, or when who leads gives a reason for adopting it over the objections. Other words take every voice back.
//! The voices are counted by person and by team at once ([`Agreement::tally`]); which of the two the quorum asks is agreed with the proposal.

mod decide;
mod evolve;
#[cfg(test)]
mod tests;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub(super) use self::{
    decide::{close_all, decide},
    evolve::{bring, evolve},
};
use super::room::Room;
use crate::{
    actions::{Owner, OwnerCard},
    ids::*,
    sorted::Map,
    time::{LocalDate, Timestamp},
    words::Prose,
};

/// How many agreements a room holds, and how many it is reminded of.
pub const AGREEMENTS_MAX: usize = 50;
/// Characters of an agreement.
pub const AGREEMENT_MAX: usize = 2_000;
/// Characters of why somebody objects, and of why it was adopted all the same.
pub const OBJECTION_MAX: usize = 500;
/// How often the words of one may be changed in a room.
pub const WORDINGS_MAX: usize = 20;
/// The quorum in per cent when none is given.
pub const QUORUM: u32 = 50;

/// What can be asked about agreements. `agreement.gone` when it is not in this room, `agreement.closed` when it is not open for it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum AgreementCommand {
    /// `too_many` beyond [`AGREEMENTS_MAX`]; `field.wrong` at `owner`, at `replaces` and at `review` before the day it begins;
    /// `number.range` at `quorum`.
    Propose(NewAgreement),
    /// A facilitator.
    Open { agreement: AgreementId },
    /// `field.needed` at `reason` of an objection. The last voice counts; a voice may be changed until the closing.
    Voice {
        agreement: AgreementId,
        voice: Stand,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Prose<OBJECTION_MAX>>,
    },
    /// One's own voice back, an objection too.
    Withdraw { agreement: AgreementId },
    /// Who proposed it, or a facilitator. Takes every voice back. `too_many` beyond [`WORDINGS_MAX`].
    Amend { agreement: AgreementId, text: Prose<AGREEMENT_MAX> },
    /// A facilitator. `agreement.objections {count}` while some are open and no reason is given.
    Close {
        agreement: AgreementId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Prose<OBJECTION_MAX>>,
    },
    /// Who proposed it, or a facilitator.
    Drop { agreement: AgreementId },
}

/// An agreement as it is proposed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewAgreement {
    pub text: Prose<AGREEMENT_MAX>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Owner>,
    /// From which day; without it from the day of the closing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<LocalDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<LocalDate>,
    /// Whether the quorum asks teams instead of people.
    #[serde(default)]
    pub teams: bool,
    /// Per cent of those who could speak, 1 to 100; 0: [`QUORUM`].
    #[serde(default)]
    pub quorum: u32,
    /// The agreement of the register that this one changes: one that the room is reminded of, or adopted here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<AgreementId>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stand {
    Agree,
    /// Will not hinder it.
    Aside,
    Object,
}

impl Stand {
    pub const ALL: [Stand; 3] = [Stand::Agree, Stand::Aside, Stand::Object];
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Voice {
    pub stand: Stand,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What is put to the room.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Paper {
    pub id: AgreementId,
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<OwnerCard>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<LocalDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<LocalDate>,
    #[serde(default)]
    pub teams: bool,
    pub quorum: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<AgreementId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<StepId>,
    pub by: PersonId,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgreementEvent {
    Proposed {
        paper: Paper,
    },
    Opened {
        agreement: AgreementId,
    },
    /// None: the voice was taken back.
    Voiced {
        agreement: AgreementId,
        by: PersonId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        voice: Option<Voice>,
    },
    Amended {
        agreement: AgreementId,
        by: PersonId,
        text: String,
    },
    /// With all that the register keeps of it.
    Closed {
        at: Timestamp,
        by: PersonId,
        paper: Paper,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        former: Vec<String>,
        outcome: Outcome,
    },
    Dropped {
        agreement: AgreementId,
    },
}

impl AgreementEvent {
    pub const KINDS: [&'static str; 6] = [
        "agreement.proposed",
        "agreement.opened",
        "agreement.voiced",
        "agreement.amended",
        "agreement.closed",
        "agreement.dropped",
    ];

    pub fn kind(&self) -> &'static str {
        match self {
            AgreementEvent::Proposed { .. } => "agreement.proposed",
            AgreementEvent::Opened { .. } => "agreement.opened",
            AgreementEvent::Voiced { .. } => "agreement.voiced",
            AgreementEvent::Amended { .. } => "agreement.amended",
            AgreementEvent::Closed { .. } => "agreement.closed",
            AgreementEvent::Dropped { .. } => "agreement.dropped",
        }
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Agreement {
    pub paper: Paper,
    /// Open for voices; before that it is only proposed.
    #[serde(default)]
    pub open: bool,
    /// Of people who are here or were; none of a former wording.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub voices: Map<PersonId, Voice>,
    /// The wordings before this one, the first one first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
}

/// How it ended.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Outcome {
    /// False when the quorum was not met, nobody agreed, or the session ended before it was closed: it did not come about.
    pub adopted: bool,
    pub people: Tally,
    pub teams: Tally,
    /// Why it was adopted over open objections.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The open objections that it was adopted over.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub objections: Vec<Objection>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Objection {
    pub by: PersonId,
    pub reason: String,
}

/// How many of those who could speak took which stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Tally {
    pub agree: u32,
    pub aside: u32,
    pub object: u32,
    /// Who could speak: is here and takes part, or has spoken.
    pub of: u32,
}

impl Tally {
    pub fn spoken(&self) -> u32 {
        self.agree + self.aside + self.object
    }

    fn add(&mut self, stand: Option<Stand>) {
        self.of += 1;
        match stand {
            Some(Stand::Agree) => self.agree += 1,
            Some(Stand::Aside) => self.aside += 1,
            Some(Stand::Object) => self.object += 1,
            None => {}
        }
    }

    /// Whether at least `quorum` per cent of those who could speak have done so.
    pub fn meets(&self, quorum: u32) -> bool {
        self.of > 0 && u64::from(self.spoken()) * 100 >= u64::from(quorum) * u64::from(self.of)
    }
}

/// An agreement of the register whose day of review has come.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Reminder {
    pub id: AgreementId,
    /// In its space.
    pub number: i64,
    pub text: String,
    pub review: LocalDate,
}

impl Agreement {
    pub fn is_open(&self) -> bool {
        self.open && self.outcome.is_none()
    }

    pub fn objections(&self) -> impl Iterator<Item = (&PersonId, &Voice)> {
        self.voices.iter().filter(|(_, voice)| voice.stand == Stand::Object)
    }

    /// Whom the room waits for: those who are here, take part and have not spoken.
    pub fn silent<'a>(&'a self, room: &'a Room) -> impl Iterator<Item = &'a super::Participant> {
        let waits = |one: &&super::Attendee| one.here && one.who.takes_part() && !self.voices.contains_key(&one.who.id);
        room.people.values().filter(waits).map(|one| &one.who)
    }

    /// The voices by person and by team.
    ///
    /// A team settles its voice by the voices of its people in the room. It objects as long as one of them does, so that
    /// nobody is outvoted in their own team. Otherwise it has a voice once more than half of its people who are here have spoken, and
    /// stands aside when more of them stand aside than agree. People without a team count as people only.
    pub fn tally(&self, room: &Room) -> (Tally, Tally) {
        let (mut people, mut teams) = (Tally::default(), Tally::default());
        let mut by_team: Map<TeamId, Tally> = Map::default();
        for (id, one) in room.people.iter() {
            let stand = self.voices.get(id).map(|voice| voice.stand);
            if stand.is_none() && !(one.here && one.who.takes_part()) {
                continue;
            }
            people.add(stand);
            if let Some(team) = &one.who.team {
                by_team.or_default(team.id).add(stand);
            }
        }
        for team in by_team.values() {
            let settled = team.spoken() * 2 > team.of;
            teams.add(match team {
                _ if team.object > 0 => Some(Stand::Object),
                _ if !settled => None,
                _ if team.aside > team.agree => Some(Stand::Aside),
                _ => Some(Stand::Agree),
            });
        }
        (people, teams)
    }

    /// Whether enough have spoken.
    pub fn has_quorum(&self, room: &Room) -> bool {
        let (people, teams) = self.tally(room);
        if self.paper.teams { teams } else { people }.meets(self.paper.quorum)
    }
}

impl Room {
    pub fn agreement(&self, id: AgreementId) -> Option<&Agreement> {
        self.agreements.iter().find(|agreement| agreement.paper.id == id)
    }

    /// The one that is open for voices; there is one at a time.
    pub fn open_agreement(&self) -> Option<&Agreement> {
        self.agreements.iter().find(|agreement| agreement.is_open())
    }
}

impl AgreementCommand {
    /// Every text that a person wrote, with its field.
    pub(super) fn texts(&self) -> Vec<(&'static str, &str)> {
        match self {
            AgreementCommand::Propose(new) => vec![("text", &new.text)],
            AgreementCommand::Amend { text, .. } => vec![("text", text)],
            AgreementCommand::Voice { reason: Some(reason), .. }
            | AgreementCommand::Close { reason: Some(reason), .. } => {
                vec![("reason", reason)]
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn steers(&self) -> bool {
        matches!(self, AgreementCommand::Open { .. } | AgreementCommand::Close { .. })
    }
}

/// The id of the agreement that a command makes.
pub fn agreement_id(by: PersonId, command: CommandId) -> AgreementId {
    AgreementId::from_uuid(Uuid::new_v5(&by.uuid(), command.uuid().as_bytes()))
}
