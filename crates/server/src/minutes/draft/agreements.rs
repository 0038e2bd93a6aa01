//! What was agreed by consent, as it stands now, with the objections that it was adopted over; and what did not come about.

use model::{
    agreements::{AgreementCard, AgreementState},
    live::Room,
    sessions::Record,
};
use text::{agreements as words, consent};

use super::{LANG, line};

pub fn lines(record: &Record, room: &Room) -> Vec<String> {
    let mut lines = Vec::new();
    for card in &record.agreements {
        lines.push(told(card));
        let outcome = room.agreement(card.id).and_then(|one| one.outcome.as_ref());
        if let Some(reason) = outcome.and_then(|outcome| outcome.reason.as_deref()) {
            lines.push(format!("- {}", consent::despite(LANG, line(reason))));
            let objections = outcome.into_iter().flat_map(|outcome| &outcome.objections);
            lines.extend(objections.map(|one| format!("- {}: {}", words::objection(LANG), line(&one.reason))));
        }
    }
    let failed = room.agreements.iter().filter(|one| one.outcome.as_ref().is_some_and(|outcome| !outcome.adopted));
    lines.extend(failed.map(|one| format!("- {}: {}", consent::failed(LANG), line(&one.paper.text))));
    lines
}

/// `- Nr. 3. Renkamės kas dvi savaites (komanda „Ąžuolas“, galioja nuo 2026-12-01)`.
fn told(card: &AgreementCard) -> String {
    let mut about: Vec<String> = Vec::new();
    about.extend(card.owner.as_ref().map(|owner| line(&::pages::actions::owner_name(LANG, owner))));
    about.push(words::in_force(LANG, card.in_force));
    about.extend(card.review.map(|day| words::review(LANG, day)));
    if card.state != AgreementState::Kept {
        about.push(::pages::agreements::state_name(LANG, card.state).to_lowercase());
    }
    format!("- {}. {} ({})", words::number(LANG, card.number), line(&card.text), about.join(", "))
}
