//! Being heard: rounds in which each has the word in turn, how long each has had it, and who has not been heard yet.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    event::Event,
    room::{Attendee, Hand, PEOPLE_MAX, Participant, Room, Standing},
    rules::{Party, Speakers, StepRules},
};
use crate::{
    actions::Owner,
    ids::PersonId,
    refusal::{Code, Refusal},
    sorted::Set,
    time::{Millis, Timestamp},
};

/// The round of the step that runs. Each person or team is in one of its three places.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Round {
    pub waiting: Vec<Party>,
    /// Whose turn it is.
    pub now: Option<Party>,
    /// Since when it counts as their time; not while somebody else was given the word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
    pub heard: Vec<Party>,
}

/// In which order raised hands stand.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HandOrder {
    /// As they were raised.
    #[default]
    Raised,
    /// Who has had the word for the least time comes first; of equals, whose hand went up first.
    LeastHeard,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum RoundCommand {
    /// The next of those who wait; with none left, nobody. By a facilitator or whose turn it is; `round.gone` when none runs.
    Next {},
    /// Somebody who waits, has been heard, or came later. A facilitator's.
    Give { who: Party },
    /// Whose turn it is goes to the end of those who wait. By a facilitator or themselves.
    Pass {},
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundEvent {
    Begun {
        waiting: Vec<Party>,
    },
    Given {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        who: Option<Party>,
        at: Timestamp,
    },
    /// To the end of those who wait; the first of them is next.
    Passed {
        who: Party,
        at: Timestamp,
    },
}

impl RoundEvent {
    pub fn kind(&self) -> &'static str {
        match self {
            RoundEvent::Begun { .. } => "round.begun",
            RoundEvent::Given { .. } => "round.given",
            RoundEvent::Passed { .. } => "round.passed",
        }
    }
}

impl Room {
    pub fn has_turn(&self, who: &Participant) -> bool {
        self.round.as_ref().and_then(|round| round.now).is_some_and(|now| who.is_of(now))
    }

    /// Raised hands in the order in which they get the word.
    pub fn queue(&self) -> Vec<PersonId> {
        let heard = |person: PersonId| self.airtime.get(&Owner::Person(person)).copied().unwrap_or_default();
        let mut queue: Vec<PersonId> = Vec::with_capacity(self.hands.len());
        for Hand { person, .. } in &self.hands {
            // Put in its place: the library's sorts are large, and the browser downloads each of them.
            let at = match self.hand_order {
                HandOrder::Raised => queue.len(),
                HandOrder::LeastHeard => queue.partition_point(|other| heard(*other) <= heard(*person)),
            };
            queue.insert(at, *person);
        }
        queue
    }

    /// Participants who are here and have neither written nor had the word.
    pub fn not_heard(&self) -> impl Iterator<Item = &Participant> {
        let word = self.floor.as_ref().map(|floor| floor.person);
        self.people.values().filter(|attendee| attendee.here).map(|attendee| &attendee.who).filter(move |who| {
            who.role == Standing::Participant
                && word != Some(who.id)
                && !self.has_turn(who)
                && !self.wrote.contains(&who.id)
                && !self.airtime.contains_key(&Owner::Person(who.id))
        })
    }
}

/// What the start of a step with turns causes: those who are here, who has been heard least first, of equals by name.
pub(super) fn begin(room: &Room, rules: StepRules) -> Option<Event> {
    let speakers = rules.speakers();
    if !matches!(speakers, Speakers::People | Speakers::Teams) {
        return None;
    }
    let heard = |party: Party| room.airtime.get(&party).copied().unwrap_or_default();
    let mut waiting: Vec<(Party, &str)> = Vec::new();
    for Attendee { who, here, .. } in room.people.values() {
        let turn = match (speakers, &who.team) {
            (Speakers::Teams, Some(team)) => (Owner::Team(team.id), team.name.as_str()),
            (Speakers::Teams, None) => continue,
            _ => (Owner::Person(who.id), who.name.as_str()),
        };
        if *here && who.role == Standing::Participant && !waiting.iter().any(|(known, _)| *known == turn.0) {
            let key = (heard(turn.0), turn.1);
            waiting.insert(waiting.partition_point(|(other, name)| (heard(*other), *name) <= key), turn);
        }
    }
    Some(Event::Round(RoundEvent::Begun { waiting: waiting.into_iter().map(|(party, _)| party).collect() }))
}

/// # Errors
/// `round.gone` without a round, `forbidden` when it is neither theirs nor a facilitator's, `field.wrong` at `who` of somebody unknown.
pub(super) fn decide(
    room: &Room,
    me: &Participant,
    command: &RoundCommand,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let round = room.round.as_ref().ok_or_else(|| Refusal::of(Code::RoundGone))?;
    let own = room.has_turn(me) && !matches!(command, RoundCommand::Give { .. });
    if !(own || me.facilitates()) {
        return Err(Refusal::of(Code::Forbidden));
    }
    let event = match command {
        RoundCommand::Next {} => {
            let who = round.waiting.first().copied();
            (who.is_some() || round.now.is_some()).then_some(RoundEvent::Given { who, at })
        }
        RoundCommand::Give { who } if round.now == Some(*who) => None,
        RoundCommand::Give { who } => {
            let known = round.waiting.contains(who) || round.heard.contains(who);
            if !known && !room.people.values().any(|attendee| attendee.here && attendee.who.is_of(*who)) {
                return Err(Refusal::of(Code::FieldWrong).at("who"));
            }
            Some(RoundEvent::Given { who: Some(*who), at })
        }
        RoundCommand::Pass {} => round.now.map(|who| RoundEvent::Passed { who, at }),
    };
    Ok(event.map(Event::Round).into_iter().collect())
}

pub(super) fn evolve(room: &mut Room, event: &RoundEvent) {
    match event {
        RoundEvent::Begun { waiting } => {
            let waiting = waiting.iter().take(PEOPLE_MAX).copied().collect();
            room.round = Some(Round { waiting, ..Round::default() });
        }
        RoundEvent::Given { who, at } => {
            pause(room, *at);
            let Some(round) = &mut room.round else { return };
            let former = round.now.take();
            round.leave(*who);
            if let Some(former) = former.filter(|former| Some(*former) != *who && round.heard.len() < PEOPLE_MAX) {
                round.heard.push(former);
            }
            round.now = *who;
            resume(room, *at);
        }
        RoundEvent::Passed { who, at } => {
            pause(room, *at);
            let Some(round) = &mut room.round else { return };
            if round.now.take_if(|now| now == who).is_some() && round.waiting.len() < PEOPLE_MAX {
                round.leave(Some(*who));
                round.waiting.push(*who);
            }
            if round.now.is_none() && !round.waiting.is_empty() {
                round.now = Some(round.waiting.remove(0));
            }
            resume(room, *at);
        }
    }
}

impl Round {
    /// Takes them out of where they stood.
    fn leave(&mut self, who: Option<Party>) {
        self.waiting.retain(|waits| Some(*waits) != who);
        self.heard.retain(|heard| Some(*heard) != who);
    }
}

/// The turn's time stops: it has ended, or somebody else was given the word.
pub(super) fn pause(room: &mut Room, at: Timestamp) {
    let Some(round) = &mut room.round else { return };
    if let Some((since, who)) = round.since.take().zip(round.now) {
        count(room, who, since, at);
    }
}

/// The turn's time goes on, unless somebody was given the word.
pub(super) fn resume(room: &mut Room, at: Timestamp) {
    if let Some(round) = &mut room.round {
        round.since = round.now.filter(|_| room.floor.is_none()).map(|_| at);
    }
}

/// The step of the round has ended.
pub(super) fn end(room: &mut Room, at: Timestamp) {
    pause(room, at);
    room.round = None;
}

/// Takes the word from whoever has it, and counts how long they had it.
pub(super) fn take_floor(room: &mut Room, at: Option<Timestamp>) {
    if let Some((floor, at)) = room.floor.take().zip(at) {
        count(room, Owner::Person(floor.person), floor.since, at);
    }
}

fn count(room: &mut Room, who: Party, since: Timestamp, until: Timestamp) {
    let ms = until.ms().saturating_sub(since.ms()).max(0);
    if room.airtime.contains_key(&who) || room.airtime.len() < 2 * PEOPLE_MAX {
        let total = room.airtime.or_default(who);
        *total = Millis(total.ms().saturating_add(ms));
    }
}

/// Notes that they have written.
pub(super) fn wrote(people: &mut Set<PersonId>, person: PersonId) {
    if people.len() < PEOPLE_MAX {
        people.insert(person);
    }
}
