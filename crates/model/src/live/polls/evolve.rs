//! Folding what happens to polls, and what of it a viewer is shown.

use super::*;
use crate::live::{Audience, Event, PEOPLE_MAX, Participant, Room, Shown};

pub fn evolve(polls: &mut Polls, event: &PollEvent) {
    match event {
        PollEvent::Prepared { poll, sheet } => {
            let prepared = polls.all.iter().filter(|known| known.state == PollState::Prepared).count();
            if polls.get(*poll).is_none() && prepared < POLLS_MAX {
                polls.all.push(new(*poll, sheet));
            }
        }
        PollEvent::Dropped { poll } => {
            polls.all.retain(|known| known.id != *poll || known.state != PollState::Prepared);
        }
        PollEvent::Opened { poll, sheet, at, ends_at } => {
            // Those who did not see it prepared count the same: only what was opened.
            let opened = polls.all.iter().filter(|known| known.state != PollState::Prepared);
            if opened.clone().any(|known| known.id == *poll) || opened.count() >= POLLS_MAX {
                return;
            }
            polls.all.retain(|known| known.id != *poll);
            let open = Poll { state: PollState::Open, opened_at: Some(*at), ends_at: *ends_at, ..new(*poll, sheet) };
            polls.all.push(open);
            polls.shown = Some(*poll);
        }
        PollEvent::Voted { poll, by, choice } => {
            let Some(poll) = find(polls, *poll, &[PollState::Open]) else { return };
            if poll.voted.contains(by) || poll.voted.len() < PEOPLE_MAX {
                poll.voted.insert(*by);
                if let Some(choice) = choice.as_ref().filter(|_| !poll.sheet.anonymous) {
                    poll.choices.insert(*by, choice.clone());
                }
            }
        }
        PollEvent::Ended { poll, at, voters } => {
            if let Some(poll) = find(polls, *poll, &[PollState::Open]).filter(|poll| poll.sheet.anonymous) {
                poll.state = PollState::Counting;
                poll.closed_at = Some(*at);
                poll.voters = *voters;
            }
        }
        PollEvent::Closed { poll, at, results, choices } => {
            if let Some(poll) = find(polls, *poll, &[PollState::Open, PollState::Counting]) {
                poll.state = PollState::Closed;
                poll.closed_at.get_or_insert(*at);
                poll.results = Some(results.clone());
                if poll.sheet.sealed && !poll.sheet.anonymous {
                    poll.choices.clone_from(choices);
                }
            }
        }
        PollEvent::Shown { poll } => {
            let opened = |id: PollId| polls.get(id).is_some_and(|poll| poll.state != PollState::Prepared);
            if poll.is_none_or(opened) {
                polls.shown = *poll;
            }
        }
    }
}

fn new(id: PollId, sheet: &Sheet) -> Poll {
    Poll {
        id,
        sheet: sheet.clone(),
        state: PollState::Prepared,
        opened_at: None,
        ends_at: None,
        closed_at: None,
        voters: 0,
        voted: Set::default(),
        choices: Map::default(),
        results: None,
    }
}

fn find<'a>(polls: &'a mut Polls, id: PollId, states: &[PollState]) -> Option<&'a mut Poll> {
    polls.all.iter_mut().find(|poll| poll.id == id && states.contains(&poll.state))
}

fn is_sealed(poll: &Poll) -> bool {
    poll.sheet.sealed && poll.state != PollState::Closed
}

/// Takes out what the viewer may not see: prepared polls, unless they facilitate, and whatever others chose while it is sealed.
pub fn cut(polls: &mut Polls, viewer: &Participant) {
    if !viewer.facilitates() {
        polls.all.retain(|poll| poll.state != PollState::Prepared);
    }
    for poll in polls.all.iter_mut().filter(|poll| is_sealed(poll)) {
        let own = poll.choices.remove(&viewer.id);
        poll.choices = Map::default();
        if let Some(own) = own {
            poll.choices.insert(viewer.id, own);
        }
    }
}

/// Whether the person has chosen something that others are not shown.
pub fn has_for(polls: &Polls, viewer: PersonId) -> bool {
    polls.all.iter().any(|poll| is_sealed(poll) && poll.choices.contains_key(&viewer))
}

pub fn audience(event: &PollEvent, before: &Room) -> Audience {
    match event {
        PollEvent::Prepared { .. } | PollEvent::Dropped { .. } => Audience::Facilitators,
        PollEvent::Voted { poll, by, choice: Some(_) } => match before.polls.get(*poll) {
            Some(poll) if !poll.sheet.sealed => Audience::Everyone,
            _ => Audience::Person(*by),
        },
        _ => Audience::Everyone,
    }
}

pub fn shown_to_rest(event: &PollEvent) -> Shown {
    match event {
        PollEvent::Prepared { .. } | PollEvent::Dropped { .. } => Shown::Hidden,
        PollEvent::Voted { poll, by, choice: Some(_) } => {
            Shown::Changed(Box::new(Event::Poll(PollEvent::Voted { poll: *poll, by: *by, choice: None })))
        }
        _ => Shown::Same,
    }
}
