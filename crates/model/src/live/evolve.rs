//! Folding events into a room. Total and blind: no clock, no lookup, no failure; an event about what is no longer held
//! changes nothing.

use super::{
    actions,
    event::{Event, NewStep},
    room::{Attendee, Floor, Hand, MESSAGES_KEPT, Message, PEOPLE_MAX, Room, STEPS_MAX, State, Step},
};
use crate::ids::*;

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
            reschedule(room, steps);
        }
        Event::Opened { at, .. } => {
            room.state = State::Open;
            room.opened_at = Some(*at);
        }
        Event::Closed { at, .. } => {
            room.state = State::Closed;
            room.closed_at = Some(*at);
            room.current = None;
            room.hands.clear();
            room.floor = None;
            for attendee in room.people.values_mut() {
                attendee.here = false;
            }
        }

        Event::Arrived { who, at } => {
            if room.people.contains_key(&who.id) || room.people.len() < PEOPLE_MAX {
                room.people.insert(who.id, Attendee { who: who.clone(), here: true, since: *at });
            }
        }
        Event::Left { person, .. } => leave(room, *person),
        Event::Removed { person, .. } => {
            leave(room, *person);
            lower(room, *person);
            room.floor.take_if(|floor| floor.person == *person);
        }

        Event::Said { id, by, at, text, reply_to } => {
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
            room.floor = Some(Floor { person: *person, since: *at });
        }
        Event::FloorFinished { person } => {
            room.floor.take_if(|floor| floor.person == *person);
        }

        Event::StepAdded { step } => {
            if room.steps.len() < STEPS_MAX && room.step(step.id).is_none() {
                room.steps.push(planned(step));
            }
        }
        Event::StepStarted { step, at, ends_at } => {
            if let Some(step) = find(room, *step) {
                step.started_at = Some(*at);
                step.ends_at = Some(*ends_at);
                step.ended_at = None;
                room.current = Some(step.id);
            }
        }
        Event::StepExtended { step, ends_at } => {
            if let Some(step) = find(room, *step) {
                step.ends_at = Some(*ends_at);
                step.ended_at = None;
                room.current = Some(step.id);
            }
        }
        Event::StepEnded { step, at } => {
            if let Some(step) = find(room, *step) {
                step.ended_at = Some(*at);
            }
            room.current.take_if(|current| current == step);
        }
        Event::Brought { actions, owners } => actions::bring(room, actions, owners),
        Event::ActionAgreed(deed) => actions::agree(room, &deed.action),
        Event::ActionChanged(deed) | Event::ActionSet(deed) => actions::change(room, &deed.action),
        Event::StepNoted { step, note } => {
            if let Some(step) = find(room, *step) {
                step.note.clone_from(note);
            }
        }
        // What it took out is in no event that is folded here.
        Event::Redacted { .. } => {}
    }
}

/// Takes the plan as it is given; what is known of a step that stays is kept.
fn reschedule(room: &mut Room, plan: &[NewStep]) {
    let mut before = std::mem::take(&mut room.steps);
    for new in plan.iter().take(STEPS_MAX) {
        if room.step(new.id).is_some() {
            continue;
        }
        let mut step = planned(new);
        if let Some(index) = before.iter().position(|step| step.id == new.id) {
            let known = before.swap_remove(index);
            (step.started_at, step.ends_at, step.ended_at) = (known.started_at, known.ends_at, known.ended_at);
        }
        room.steps.push(step);
    }
    if room.current_step().is_none() {
        room.current = None;
    }
}

fn planned(step: &NewStep) -> Step {
    Step {
        id: step.id,
        title: step.title.clone(),
        minutes: step.minutes,
        started_at: None,
        ends_at: None,
        ended_at: None,
        note: step.note.clone(),
    }
}

fn find(room: &mut Room, id: StepId) -> Option<&mut Step> {
    room.steps.iter_mut().find(|step| step.id == id)
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

fn lower(room: &mut Room, person: PersonId) {
    room.hands.retain(|hand| hand.person != person);
}
