//! Whether an agreement may be proposed, spoken to or closed now.

use super::*;
use crate::{
    live::{Event, Given, Participant},
    refusal::{Code, Refusal},
};

type Decided = Result<Vec<Event>, Refusal>;

pub fn decide(room: &Room, me: &Participant, command: &AgreementCommand, given: Given) -> Decided {
    match command {
        AgreementCommand::Propose(new) => propose(room, me, new, given),
        AgreementCommand::Open { agreement } => {
            let known = standing(room, *agreement)?;
            if known.open {
                return Ok(Vec::new());
            }
            if room.open_agreement().is_some() {
                return Err(Refusal::of(Code::AgreementOpen));
            }
            Ok(told(AgreementEvent::Opened { agreement: *agreement }))
        }
        AgreementCommand::Voice { agreement, voice, reason } => {
            let known = open(room, *agreement)?;
            if *voice == Stand::Object && reason.is_none() {
                return Err(Refusal::of(Code::FieldNeeded).at("reason"));
            }
            let voice = Voice { stand: *voice, reason: reason.as_ref().map(|reason| reason.to_string()) };
            Ok(spoken(known, me, Some(voice)))
        }
        AgreementCommand::Withdraw { agreement } => Ok(spoken(open(room, *agreement)?, me, None)),
        AgreementCommand::Amend { agreement, text } => {
            let known = own(standing(room, *agreement)?, me)?;
            if *known.paper.text == **text {
                return Ok(Vec::new());
            }
            if known.former.len() >= WORDINGS_MAX {
                return Err(Refusal::of(Code::TooMany).fact("limit", WORDINGS_MAX));
            }
            Ok(told(AgreementEvent::Amended { agreement: *agreement, by: me.id, text: text.to_string() }))
        }
        AgreementCommand::Close { agreement, reason } => {
            let known = open(room, *agreement)?;
            let outcome = outcome(room, known, reason.as_ref().map(|reason| reason.to_string()))?;
            Ok(told(closed(known, me.id, outcome, given.at)))
        }
        AgreementCommand::Drop { agreement } => {
            own(standing(room, *agreement)?, me)?;
            Ok(told(AgreementEvent::Dropped { agreement: *agreement }))
        }
    }
}

/// What the closing of the session does to the one that is open: it did not come about.
pub fn close_all(room: &Room, me: PersonId, at: Timestamp) -> Vec<Event> {
    let end = |known: &Agreement| {
        let (people, teams) = known.tally(room);
        Event::Agreement(Box::new(closed(known, me, Outcome { people, teams, ..Outcome::default() }, at)))
    };
    room.open_agreement().map(end).into_iter().collect()
}

fn told(event: AgreementEvent) -> Vec<Event> {
    vec![Event::Agreement(Box::new(event))]
}

fn closed(known: &Agreement, by: PersonId, outcome: Outcome, at: Timestamp) -> AgreementEvent {
    AgreementEvent::Closed { at, by, paper: known.paper.clone(), former: known.former.clone(), outcome }
}

fn gone() -> Refusal {
    Refusal::of(Code::AgreementGone)
}

/// Not yet closed.
fn standing(room: &Room, id: AgreementId) -> Result<&Agreement, Refusal> {
    let known = room.agreement(id).ok_or_else(gone)?;
    if known.outcome.is_some() { Err(Refusal::of(Code::AgreementClosed)) } else { Ok(known) }
}

fn open(room: &Room, id: AgreementId) -> Result<&Agreement, Refusal> {
    let known = standing(room, id)?;
    if known.open { Ok(known) } else { Err(Refusal::of(Code::AgreementClosed)) }
}

fn own<'a>(known: &'a Agreement, me: &Participant) -> Result<&'a Agreement, Refusal> {
    if me.facilitates() || known.paper.by == me.id { Ok(known) } else { Err(Refusal::of(Code::Forbidden)) }
}

fn spoken(known: &Agreement, me: &Participant, voice: Option<Voice>) -> Vec<Event> {
    if known.voices.get(&me.id) == voice.as_ref() {
        return Vec::new();
    }
    told(AgreementEvent::Voiced { agreement: known.paper.id, by: me.id, voice })
}

fn outcome(room: &Room, known: &Agreement, reason: Option<String>) -> Result<Outcome, Refusal> {
    let (people, teams) = known.tally(room);
    let counted = if known.paper.teams { teams } else { people };
    let mut outcome =
        Outcome { adopted: counted.meets(known.paper.quorum) && people.agree > 0, people, teams, ..Outcome::default() };
    let open = people.object;
    if outcome.adopted && open > 0 {
        if reason.is_none() {
            return Err(Refusal::of(Code::AgreementObjections).fact("count", open));
        }
        outcome.reason = reason;
        let objection =
            |(by, voice): (&PersonId, &Voice)| Objection { by: *by, reason: voice.reason.clone().unwrap_or_default() };
        outcome.objections = known.objections().map(objection).collect();
    }
    Ok(outcome)
}

fn propose(room: &Room, me: &Participant, new: &NewAgreement, given: Given) -> Decided {
    let wrong = |field| Refusal::of(Code::FieldWrong).at(field);
    if room.agreements.len() >= AGREEMENTS_MAX {
        return Err(Refusal::of(Code::TooMany).fact("limit", AGREEMENTS_MAX));
    }
    let quorum = if new.quorum == 0 { QUORUM } else { new.quorum };
    if quorum > 100 {
        return Err(Refusal::of(Code::NumberRange).at("quorum").fact("min", 1).fact("max", 100));
    }
    let owner = match new.owner {
        Some(owner) => Some(room.owner(owner).ok_or_else(|| wrong("owner"))?),
        None => None,
    };
    if let (Some(from), Some(review)) = (new.from, new.review)
        && review < from
    {
        return Err(wrong("review"));
    }
    let adopted = |known: &Agreement| known.outcome.as_ref().is_some_and(|outcome| outcome.adopted);
    let known = |id: AgreementId| {
        room.reminders.iter().any(|reminder| reminder.id == id) || room.agreement(id).is_some_and(adopted)
    };
    if new.replaces.is_some_and(|id| !known(id)) {
        return Err(wrong("replaces"));
    }
    let paper = Paper {
        id: agreement_id(me.id, given.id),
        text: new.text.to_string(),
        owner,
        from: new.from,
        review: new.review,
        teams: new.teams,
        quorum,
        replaces: new.replaces,
        step: room.current,
        by: me.id,
    };
    Ok(told(AgreementEvent::Proposed { paper }))
}
