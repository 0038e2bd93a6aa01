//! What a viewer is shown: the law is that folding the events shown to a viewer gives the room shown to that viewer.

use super::{
    board,
    event::{Event, NewStep},
    polls,
    room::{Participant, Room},
};
use crate::ids::PersonId;

/// How one event looks to one viewer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Shown {
    /// As it is.
    Same,
    Changed(Box<Event>),
    /// Not at all: only its number is sent, so that its absence does not look like a loss.
    Hidden,
    /// It cannot be told as an event; the viewer needs a fresh room. Allowed only for the kinds that
    /// `docs/live-protocol.md` lists, which today are none.
    Resync,
}

/// To whom an event is shown as it is. What the others are shown does not depend on who they are, so it too is encoded once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Audience {
    Everyone,
    Facilitators,
    /// The one who made it, until it is shown to all.
    Person(PersonId),
    /// It stays on the server as it is: a choice before its poll has closed.
    Nobody,
}

impl Audience {
    pub fn includes(self, viewer: &Participant) -> bool {
        match self {
            Audience::Everyone => true,
            Audience::Facilitators => viewer.facilitates(),
            Audience::Person(person) => viewer.id == person,
            Audience::Nobody => false,
        }
    }
}

impl Room {
    /// The room without what the viewer may not see.
    #[must_use]
    pub fn shown_to(&self, viewer: &Participant) -> Room {
        let mut shown = self.clone();
        if !viewer.facilitates() {
            for step in &mut shown.steps {
                step.note = None;
            }
        }
        polls::cut(&mut shown.polls, viewer);
        board::cut(&mut shown.boards, viewer);
        shown
    }

    /// Whether this viewer is shown something that others of their standing are not, such as a card before it is turned.
    pub fn has_for(&self, viewer: PersonId) -> bool {
        polls::has_for(&self.polls, viewer) || board::has_for(&self.boards, viewer)
    }
}

impl Event {
    /// Who is shown this event as it is. Asked once for each event; `before` is the room that it is about to change.
    pub fn audience(&self, before: &Room) -> Audience {
        match self {
            Event::StepNoted { .. } => Audience::Facilitators,
            Event::Scheduled { steps, .. } if steps.iter().any(|step| step.note.is_some()) => Audience::Facilitators,
            Event::StepAdded { step } if step.note.is_some() => Audience::Facilitators,
            Event::Poll(event) => polls::audience(event, before),
            Event::Board(event) => board::audience(event),
            _ => Audience::Everyone,
        }
    }

    /// How the event looks to the viewer; `before` is the whole room that it is about to change.
    pub fn shown_to(&self, before: &Room, viewer: &Participant) -> Shown {
        if self.audience(before).includes(viewer) { Shown::Same } else { self.shown_to_rest() }
    }

    /// How the event looks to everyone outside its audience.
    pub fn shown_to_rest(&self) -> Shown {
        let without_note = |step: &NewStep| NewStep { note: None, ..step.clone() };
        match self {
            Event::StepNoted { .. } => Shown::Hidden,
            Event::Scheduled { title, facilitator, steps } => Shown::Changed(Box::new(Event::Scheduled {
                title: title.clone(),
                facilitator: *facilitator,
                steps: steps.iter().map(without_note).collect(),
            })),
            Event::StepAdded { step } => Shown::Changed(Box::new(Event::StepAdded { step: without_note(step) })),
            Event::Poll(event) => polls::shown_to_rest(event),
            Event::Board(event) => board::shown_to_rest(event),
            _ => Shown::Same,
        }
    }
}
