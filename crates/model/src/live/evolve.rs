//! Folding events into a room. Total and blind: no clock, no lookup, no failure; an event about what is no longer held
//! changes nothing.

use super::{
    actions, agreements, board, breakouts,
    event::Event,
    polls,
    room::{Attendee, Floor, Hand, MESSAGES_KEPT, Message, PEOPLE_MAX, Room, State},
    round, steps,
};
use crate::{ids::*, time::Timestamp};

/// Raised whenever [`evolve`] makes another room of the same events: rooms that were kept as they stood are then folded anew. Another type
/// of room is known by itself.
pub const FOLD: u32 = 1;

/// Folds one event into the room, which stays bounded.
pub fn evolve(room: &mut Room, event: &Event) {
    fold(room, event, MESSAGES_KEPT);
}

/// Folds one event into the readable record, which keeps every message.
pub fn evolve_record(record: &mut Room, event: &Event) {
    fold(record, event, usize::MAX);
}

fn fold(room: &mut Room, event: &Event, keep: usize) {
    match event {
        Event::Scheduled { title, facilitator, steps } => {
            room.title.clone_from(title);
            room.facilitator = Some(*facilitator);
            steps::reschedule(room, steps);
        }
        Event::Opened { at, .. } => {
            room.state = State::Open;
            room.opened_at = Some(*at);
        }
        Event::Closed { at, .. } => {
            room.state = State::Closed;
            room.closed_at = Some(*at);
            round::end(room, *at);
            round::take_floor(room, Some(*at));
            room.current = None;
            room.hands.clear();
            for attendee in room.people.values_mut() {
                attendee.here = false;
            }
        }

        Event::Arrived { who, at, with } => {
            if room.people.contains_key(&who.id) || room.people.len() < PEOPLE_MAX {
                room.people.insert(who.id, Attendee { who: who.clone(), here: true, since: *at, with: *with });
            }
        }
        Event::Left { person, .. } => leave(room, *person),
        Event::Removed { person, at } => {
            leave(room, *person);
            lower(room, *person);
            finish(room, *person, Some(*at));
        }

        Event::Said { id, by, at, text, reply_to } => {
            round::wrote(&mut room.wrote, *by);
            if room.messages.len() >= keep {
                room.messages.pop_front();
            }
            room.messages.push_back(Message {
                id: *id,
                by: *by,
                at: *at,
                text: text.clone(),
                reply_to: *reply_to,
                edited_at: None,
                reactions: Default::default(),
            });
        }
        Event::Edited { message, at, text } => change(room, *message, |message| {
            message.text.clone_from(text);
            message.edited_at = Some(*at);
        }),
        Event::Deleted { message, .. } => change(room, *message, |message| {
            message.text = None;
            message.edited_at = None;
            message.reactions.clear();
        }),
        Event::Reacted { message, by, reaction } => change(room, *message, |message| {
            message.reactions.or_default(*reaction).insert(*by);
        }),
        Event::Unreacted { message, by, reaction } => change(room, *message, |message| {
            if let Some(people) = message.reactions.get_mut(reaction) {
                people.remove(by);
                if people.is_empty() {
                    message.reactions.remove(reaction);
                }
            }
        }),

        Event::HandRaised { person, at } => {
            if room.hand(*person).is_none() && room.hands.len() < PEOPLE_MAX {
                room.hands.push(Hand { person: *person, at: *at });
            }
        }
        Event::HandLowered { person, .. } => lower(room, *person),
        Event::FloorGiven { person, at } => {
            lower(room, *person);
            round::pause(room, *at);
            round::take_floor(room, Some(*at));
            room.floor = Some(Floor { person: *person, since: *at });
        }
        Event::FloorFinished { person, at } => finish(room, *person, *at),
        Event::HandsOrdered { order } => room.hand_order = *order,
        Event::Presents { who } => room.presenter = *who,
        Event::Round(event) => round::evolve(room, event),

        Event::StepAdded { step } => steps::add(room, step),
        Event::StepStarted { step, at, ends_at } => steps::start(room, *step, *at, *ends_at),
        Event::StepExtended { step, ends_at } => steps::extend(room, *step, *ends_at),
        Event::StepEnded { step, at } => steps::end(room, *step, *at),
        Event::StepSkipped { step } => steps::skip(room, *step),
        Event::StepMoved { step, before } => steps::shift(room, *step, *before),
        Event::StepNoted { step, note } => steps::note(room, *step, note.as_deref()),
        Event::Brought { actions, owners, reminders } => {
            actions::bring(room, actions, owners);
            agreements::bring(room, reminders);
        }
        Event::ActionAgreed(deed) => actions::agree(room, &deed.action),
        Event::ActionChanged(deed) | Event::ActionSet(deed) => actions::change(room, &deed.action),
        Event::Poll(event) => polls::evolve(&mut room.polls, event),
        Event::Board(event) => board::evolve(&mut room.boards, event),
        Event::Agreement(event) => agreements::evolve(room, event),
        Event::Breakouts(event) => breakouts::evolve(room, event),
        // What it took out is in no event that is folded here.
        Event::Redacted { .. } => {}
    }
}

fn change(room: &mut Room, id: MessageId, change: impl FnOnce(&mut Message)) {
    if let Some(message) = room.messages.iter_mut().rev().find(|message| message.id == id) {
        change(message);
    }
}

fn leave(room: &mut Room, person: PersonId) {
    if let Some(attendee) = room.people.get_mut(&person) {
        attendee.here = false;
    }
}

/// Whoever has the word has it no more; a turn that waited goes on.
fn finish(room: &mut Room, person: PersonId, at: Option<Timestamp>) {
    if room.floor.as_ref().is_some_and(|floor| floor.person == person) {
        round::take_floor(room, at);
        if let Some(at) = at {
            round::resume(room, at);
        }
    }
}

fn lower(room: &mut Room, person: PersonId) {
    room.hands.retain(|hand| hand.person != person);
}
