//! Folding what happens to agreements.

use super::*;
use crate::live::PEOPLE_MAX;

pub fn evolve(room: &mut Room, event: &AgreementEvent) {
    match event {
        AgreementEvent::Proposed { paper } => {
            if room.agreement(paper.id).is_none() && room.agreements.len() < AGREEMENTS_MAX {
                room.agreements.push(Agreement {
                    paper: paper.clone(),
                    open: false,
                    voices: Map::default(),
                    former: Vec::new(),
                    outcome: None,
                });
            }
        }
        AgreementEvent::Opened { agreement } => {
            if let Some(known) = standing(room, *agreement) {
                known.open = true;
            }
        }
        AgreementEvent::Voiced { agreement, by, voice } => {
            let Some(known) = standing(room, *agreement) else { return };
            match voice {
                None => drop(known.voices.remove(by)),
                Some(voice) if known.voices.contains_key(by) || known.voices.len() < PEOPLE_MAX => {
                    known.voices.insert(*by, voice.clone());
                }
                Some(_) => {}
            }
        }
        AgreementEvent::Amended { agreement, text, .. } => {
            let Some(known) = standing(room, *agreement) else { return };
            let former = std::mem::replace(&mut known.paper.text, text.clone());
            if known.former.len() < WORDINGS_MAX {
                known.former.push(former);
            }
            known.voices.clear();
        }
        AgreementEvent::Closed { paper, outcome, .. } => {
            if let Some(known) = standing(room, paper.id) {
                known.outcome = Some(outcome.clone());
            }
            // What it changes waits for no review any more.
            if outcome.adopted {
                room.reminders.retain(|reminder| Some(reminder.id) != paper.replaces);
            }
        }
        AgreementEvent::Dropped { agreement } => {
            room.agreements.retain(|known| known.paper.id != *agreement || known.outcome.is_some());
        }
    }
}

pub fn bring(room: &mut Room, reminders: &[Reminder]) {
    room.reminders = reminders.iter().take(AGREEMENTS_MAX).cloned().collect();
}

fn standing(room: &mut Room, id: AgreementId) -> Option<&mut Agreement> {
    room.agreements.iter_mut().find(|known| known.paper.id == id && known.outcome.is_none())
}
