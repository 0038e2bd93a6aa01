//! What comes of moves that people and the clock make one after another.

use proptest::prelude::*;
use uuid::Uuid;

use super::{agreements, boards, breakouts, given::*, moves::command, polls};
use crate::{
    ids::{PersonId, SessionId},
    live::{
        rehearsal::{jonas, person, step, team_of_rasa},
        *,
    },
    time::{Millis, Timestamp},
};

#[derive(Clone, Debug)]
pub struct Move {
    pub who: usize,
    pub command: Command,
    later: i64,
    pub clock: bool,
    whom: Option<PersonId>,
}

pub fn a_move() -> impl Strategy<Value = Move> {
    // Facilitators move more than their share, or little would happen in the agenda.
    let who = prop_oneof![3 => Just(0usize), 4 => 1usize..4];
    let whom = proptest::option::weighted(0.1, seated());
    (who, command(), 0i64..90_000, proptest::bool::weighted(0.1), whom)
        .prop_map(|(who, command, later, clock, whom)| Move { who, command, later, clock, whom })
}

impl Move {
    pub fn by<'a>(&self, people: &'a [Participant]) -> By<'a> {
        match self.whom {
            _ if self.clock => By::Clock,
            // Rasa alone has somebody to act for.
            Some(whom) if self.command.may_be_for() => By::For(&people[1], whom),
            _ => By::Person(&people[self.who]),
        }
    }
}

pub fn plan() -> Event {
    let noted = NewStep { note: Some("Tik vedėjams".into()), ..step(12, 2) };
    let round = StepRules { kind: StepKind::Round, ..StepRules::default() };
    let round = NewStep { rules: round, ..step(13, 1) };
    Event::Scheduled { title: "Sesija".into(), facilitator: jonas().id, steps: vec![step(11, 1), noted, round] }
}

/// The plan, an opening, and who only listens, so that there are enough for an anonymous poll.
pub fn opening() -> Vec<Event> {
    let mut events = vec![plan(), Event::Opened { by: jonas().id, at: Timestamp(1) }];
    let listeners = (31..37).map(|number| person(number, "Mokytoja", Standing::Participant));
    events.extend(listeners.map(|who| Event::Arrived { who, at: Timestamp(1), with: None }));
    events
}

/// A room and everything that happened in it.
pub struct Play {
    room: Room,
    pub events: Vec<Event>,
    people: Vec<Participant>,
    moves: u128,
    at: Timestamp,
}

impl Play {
    pub fn begin() -> Play {
        let people = people().into_iter().collect();
        let mut play = Play { room: Room::default(), events: Vec::new(), people, moves: 0, at: Timestamp(1_000) };
        play.happen(opening());
        let bring = Command::Bring { actions: Vec::new(), owners: vec![team_of_rasa()], reminders: Vec::new() };
        let given = Given { at: Timestamp(1), id: command_id(1_000), sure: true };
        play.happen(decide(&play.room, By::Clock, &bring, given).unwrap());
        play
    }

    fn happen(&mut self, events: Vec<Event>) {
        events.iter().for_each(|event| evolve(&mut self.room, event));
        self.events.extend(events);
    }

    /// What the move would cause now; nothing if it is refused.
    pub fn causes(&self, a_move: &Move) -> Vec<Event> {
        // Every second word of the clock is one that it really has to say.
        let due = self.room.next_due(SessionId::from_uuid(Uuid::from_u128(99)));
        if let Some(due) = due.filter(|_| a_move.clock && a_move.later % 2 == 0) {
            let given = Given { at: due.at.max(self.at), id: due.id, sure: true };
            return decide(&self.room, By::Clock, &due.command, given).unwrap_or_default();
        }
        let by = match a_move.by(&self.people) {
            // Else they would mostly be refused.
            By::For(host, whom) if self.room.people.get(&whom).is_none_or(|one| !one.sits_with(host.id)) => {
                By::Person(&self.people[a_move.who])
            }
            by => by,
        };
        let given = Given { at: self.at.plus(Millis(a_move.later)), id: command_id(self.moves), sure: true };
        decide(&self.room, by, &aimed(&self.room, a_move.command.clone()), given).unwrap_or_default()
    }

    /// Goes on by a move and what it [causes](Play::causes).
    pub fn take(&mut self, a_move: &Move, caused: Vec<Event>) {
        self.happen(caused);
        self.at = self.at.plus(Millis(a_move.later));
        self.moves += 1;
    }
}

/// What the moves cause, beginning with the plan and, most often, an opening.
pub fn play(moves: &[Move]) -> Vec<Event> {
    let mut play = Play::begin();
    for a_move in moves {
        let caused = play.causes(a_move);
        play.take(a_move, caused);
    }
    play.events
}

/// Points a command about a message or an action at one that the room holds, so that most of them find something.
pub fn aimed(room: &Room, mut command: Command) -> Command {
    if let Command::Edit { message, .. }
    | Command::Delete { message }
    | Command::React { message, .. }
    | Command::Unreact { message, .. }
    | Command::Say { reply_to: Some(message), .. } = &mut command
        && let number = message.uuid().as_bytes()[15] as usize
        && let Some(held) = room.messages.get(number % room.messages.len().max(1))
        && number % 8 != 0
    {
        *message = held.id;
    }
    if let Command::ChangeAction { action, .. } | Command::SetAction { action, .. } = &mut command
        && let number = action.uuid().as_bytes()[15] as usize
        && let Some(held) = room.actions.get(number % room.actions.len().max(1))
        && number % 8 != 0
    {
        *action = held.id;
    }
    if let Command::Poll(command) = &mut command {
        polls::aimed(room, command);
    }
    if let Command::Board(command) = &mut command {
        boards::aimed(room, command);
    }
    if let Command::Agreement(command) = &mut command {
        agreements::aimed(room, command);
    }
    if let Command::Breakouts(command) = &mut command {
        breakouts::aimed(room, command);
    }
    command
}
