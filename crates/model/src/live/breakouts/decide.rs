//! Whether groups may begin, go on or be called back now.

use uuid::Uuid;

use super::*;
use crate::{
    live::{Command, Due, Given, Participant, steps::in_minutes},
    refusal::{Code, Refusal},
};

type Decided = Result<Vec<Event>, Refusal>;

pub fn decide(room: &Room, me: &Participant, command: &BreakoutCommand, given: Given) -> Decided {
    let running = room.in_groups();
    if running.is_some_and(|state| state.main.is_some()) {
        // In the room of a group: groups have no groups.
        return Err(Refusal::of(Code::SessionState));
    }
    if let BreakoutCommand::Open { groups, minutes } = command {
        if running.is_some() {
            return Err(Refusal::of(Code::BreakoutsOpen));
        }
        in_minutes(*minutes)?;
        let groups = grouped(room, me.id, groups, given)?;
        let ends_at = given.at.plus(Millis::minutes((*minutes).into()));
        let state = Breakouts { groups, at: given.at, ends_at, turn: 1, warned: false, closed: false, main: None };
        return Ok(told(BreakoutEvent::Opened(timed(state))));
    }
    let state = running.ok_or_else(|| Refusal::of(Code::BreakoutsClosed))?;
    let next = state.next(given.at);
    match command {
        BreakoutCommand::Extend { minutes } => {
            in_minutes(*minutes)?;
            let ends_at = state.ends_at.max(given.at).plus(Millis::minutes((*minutes).into()));
            Ok(told(BreakoutEvent::Extended(timed(Breakouts { ends_at, ..next }))))
        }
        BreakoutCommand::Move { person, to } => shift(room, next, *person, *to),
        BreakoutCommand::Close {} => Ok(told(closed(next))),
        BreakoutCommand::Open { .. } | BreakoutCommand::Warn => Err(Refusal::of(Code::Forbidden)),
    }
}

/// What time alone causes; nothing when a facilitator was first.
pub fn clock(room: &Room, command: &BreakoutCommand, at: Timestamp) -> Decided {
    let Some(state) = main_of(room) else { return Ok(Vec::new()) };
    match command {
        BreakoutCommand::Warn if !state.warned && warning(state) <= at => {
            Ok(told(BreakoutEvent::Warned(Breakouts { warned: true, ..state.next(at) })))
        }
        BreakoutCommand::Close {} if state.ends_at <= at => Ok(told(closed(state.next(at)))),
        BreakoutCommand::Warn | BreakoutCommand::Close {} => Ok(Vec::new()),
        _ => Err(Refusal::of(Code::Forbidden)),
    }
}

/// What the closing of the session does to groups that work.
pub fn close_all(room: &Room, at: Timestamp) -> Vec<Event> {
    main_of(room).map(|state| told(closed(state.next(at)))).unwrap_or_default()
}

pub fn next_due(room: &Room, session: SessionId) -> Option<Due> {
    let state = main_of(room)?;
    let (at, command) = match state.warned {
        false => (warning(state), BreakoutCommand::Warn),
        true => (state.ends_at, BreakoutCommand::Close {}),
    };
    // The two of one end are told apart by when they fall due.
    let name = [b"breakouts".as_slice(), &at.ms().to_be_bytes()].concat();
    let id = CommandId::from_uuid(Uuid::new_v5(&session.uuid(), &name));
    Some(Due { at, id, command: Command::Breakouts(command) })
}

/// The break-out that this room's clock decides upon.
fn main_of(room: &Room) -> Option<&Breakouts> {
    room.in_groups().filter(|state| state.main.is_none())
}

fn warning(state: &Breakouts) -> Timestamp {
    state.ends_at.plus(Millis(-BREAKOUT_WARNING.ms()))
}

fn told(event: BreakoutEvent) -> Vec<Event> {
    vec![Event::Breakouts(Box::new(event))]
}

fn closed(state: Breakouts) -> BreakoutEvent {
    BreakoutEvent::Closed(Breakouts { closed: true, ..state })
}

/// Where less than the warning's time is left there is nothing to warn of.
fn timed(state: Breakouts) -> Breakouts {
    let warned = warning(&state) <= state.at;
    Breakouts { warned, ..state }
}

fn grouped(room: &Room, by: PersonId, new: &[NewBreakout], given: Given) -> Result<Vec<Breakout>, Refusal> {
    if new.is_empty() {
        return Err(Refusal::of(Code::FieldNeeded).at("groups"));
    }
    if new.len() > BREAKOUTS_MAX {
        return Err(Refusal::of(Code::TooMany).at("groups").fact("limit", BREAKOUTS_MAX));
    }
    let mut placed = Set::default();
    let mut groups = Vec::with_capacity(new.len());
    for (number, group) in new.iter().enumerate() {
        let mut people = Set::default();
        for person in &group.people {
            if !room.people.contains_key(person) || !placed.insert(*person) {
                return Err(Refusal::of(Code::FieldWrong).at("groups"));
            }
            people.insert(*person);
        }
        groups.push(Breakout { session: breakout_id(by, given.id, number), title: group.title.to_string(), people });
    }
    Ok(groups)
}

fn shift(room: &Room, mut state: Breakouts, person: PersonId, to: Option<SessionId>) -> Decided {
    if !room.people.contains_key(&person) {
        return Err(Refusal::of(Code::FieldWrong).at("person"));
    }
    if to.is_some_and(|to| state.groups.iter().all(|group| group.session != to)) {
        return Err(Refusal::of(Code::FieldWrong).at("to"));
    }
    if state.of(person).map(|group| group.session) == to {
        return Ok(Vec::new());
    }
    for group in &mut state.groups {
        group.people.remove(&person);
        if Some(group.session) == to {
            group.people.insert(person);
        }
    }
    Ok(told(BreakoutEvent::Moved(state)))
}

impl Breakouts {
    fn next(&self, at: Timestamp) -> Breakouts {
        Breakouts { at, turn: self.turn.saturating_add(1), ..self.clone() }
    }
}
