//! Hybrid rooms: people of a team who sit together at one device. Each of them is here like everyone else, so presence, votes and hours
//! need to know nothing of it; this module alone knows who sits with whom, and what the device may do for them.

use super::{
    command::Command,
    event::Event,
    polls::PollCommand,
    room::{Attendee, PEOPLE_MAX, Participant, Room},
};
use crate::{
    ids::PersonId,
    live::{AgreementCommand, BoardCommand, OwnerTeam, RoundCommand, Standing},
    refusal::{Code, Refusal},
    time::Timestamp,
};

/// How many people may sit with somebody at their device.
pub const SEATS_MAX: usize = 5;

impl Attendee {
    /// Whether they are here by the device of this person.
    pub fn sits_with(&self, host: PersonId) -> bool {
        self.here && self.with == Some(host)
    }
}

impl Room {
    /// Who is here by the device of this person.
    pub fn seated(&self, host: PersonId) -> impl Iterator<Item = &Participant> {
        self.people.values().filter(move |one| one.sits_with(host)).map(|one| &one.who)
    }

    /// Whom the room knows to be of the team of this person, as it was at the opening, themselves left out.
    pub fn team_mates<'a>(&'a self, me: &'a Participant) -> impl Iterator<Item = &'a (PersonId, String)> {
        let ours = |team: &&OwnerTeam| me.team.as_ref().is_some_and(|own| own.id == team.id);
        let team = self.owners.iter().find(ours);
        team.into_iter().flat_map(|team| &team.people).filter(|(person, _)| *person != me.id)
    }
}

impl Command {
    /// Whether it may be done for somebody who sits at one's device: their vote, their dots, their voice, their hand, their word and
    /// their turn. What is written stays under the name of who wrote it.
    pub fn may_be_for(&self) -> bool {
        matches!(
            self,
            Command::RaiseHand {}
                | Command::LowerHand { person: None }
                | Command::FinishFloor {}
                | Command::Round(RoundCommand::Next {} | RoundCommand::Pass {})
                | Command::Poll(PollCommand::Vote { .. })
                | Command::Board(BoardCommand::Dot { .. })
                | Command::Agreement(AgreementCommand::Voice { .. } | AgreementCommand::Withdraw { .. })
        )
    }
}

/// As whom a command is decided that `host` gives for `person`.
///
/// # Errors
/// `forbidden` when they do not sit with them, or the command is not to be done for another.
pub(super) fn seated_for<'a>(
    room: &'a Room,
    host: &Participant,
    person: PersonId,
    command: &Command,
) -> Result<&'a Participant, Refusal> {
    let seated = room.people.get(&person).filter(|one| one.sits_with(host.id));
    let seated = seated.filter(|_| host.takes_part() && command.may_be_for());
    seated.map(|one| &one.who).ok_or_else(|| Refusal::of(Code::Forbidden))
}

/// Who sits with `me` from now on; `cards` are those of them who may. Who is here already, by a device of their own or with somebody
/// else, stays as they are.
pub(super) fn decide(
    room: &Room,
    me: &Participant,
    people: &[PersonId],
    cards: &[Participant],
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    if people.len() > SEATS_MAX {
        return Err(Refusal::of(Code::TooMany).fact("limit", SEATS_MAX));
    }
    if me.team.is_none() || room.people.get(&me.id).is_none_or(|one| !one.here || one.with.is_some()) {
        return Err(Refusal::of(Code::Forbidden));
    }
    let gone = room.seated(me.id).filter(|who| !people.contains(&who.id));
    let mut events: Vec<Event> = gone.map(|who| left(room, who.id, at)).collect();
    let mut count = room.people.len();
    for (index, person) in people.iter().enumerate() {
        let may = |card: &&Participant| card.id == *person && card.team == me.team && card.takes_part();
        let card = cards.iter().find(may).filter(|card| card.id != me.id);
        let card = card.ok_or_else(|| Refusal::of(Code::FieldWrong).at("people"))?;
        let known = room.people.get(person);
        if known.is_some_and(|known| known.here) || people[..index].contains(person) {
            continue;
        }
        count += usize::from(known.is_none());
        if count > PEOPLE_MAX {
            return Err(Refusal::of(Code::TooMany).fact("limit", PEOPLE_MAX));
        }
        // They lead nothing from another's device.
        let who = Participant { role: Standing::Participant, ..card.clone() };
        events.push(Event::Arrived { who, at, with: Some(me.id) });
    }
    Ok(events)
}

/// What follows when who owns a device leaves at `at`: those who sit with them leave at the same instant.
pub(super) fn leave(room: &Room, host: PersonId, at: Timestamp) -> Vec<Event> {
    room.seated(host).map(|who| left(room, who.id, at)).collect()
}

/// Nobody leaves before they came: who sat down after the last look at the clock would, when the server is killed.
fn left(room: &Room, person: PersonId, at: Timestamp) -> Event {
    let since = room.people.get(&person).map_or(at, |one| one.since);
    Event::Left { person, at: at.max(since) }
}
