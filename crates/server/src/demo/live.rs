//! Sessions of the demo, as the events that a room would have written.

use model::{
    ids::*,
    live::{Event, NewStep, Participant, Standing, TeamCard},
    sessions::SessionState,
    time::{Millis, Timestamp},
};

use super::{Loading, agreed, cast, content::Session, noted, store};
use crate::{error::Fault, sessions::invitations, spaces};

/// A past session was on a working day after lessons, at half past twelve in UTC.
fn starts_at(loading: &Loading<'_>, session: &Session) -> Timestamp {
    const DAY: i64 = Millis::days(1).ms();
    let from_now = Millis::minutes(session.starts_minutes);
    if from_now.ms() > -DAY {
        return loading.now.plus(from_now);
    }
    let day = loading.ago(-from_now.ms() / DAY).ms().div_euclid(DAY);
    Timestamp(day * DAY).plus(Millis::minutes(12 * 60 + 30))
}

struct Happened {
    at: Timestamp,
    by: PersonId,
    event: Event,
}

pub async fn load(loading: &mut Loading<'_>, session: &Session) -> Result<SessionId, Fault> {
    let starts_at = starts_at(loading, session);
    let id = loading.id(Timestamp(starts_at.ms() - Millis::days(7).ms()));
    let facilitator = loading.person(&session.facilitator)?;
    let steps: Vec<NewStep> = session
        .agenda
        .iter()
        .map(|step| NewStep {
            id: loading.id(starts_at),
            title: step.title.clone(),
            minutes: step.minutes,
            rules: step.rules,
            note: None,
        })
        .collect();
    let mut events = events(loading, session, starts_at, &steps)?;
    // Stable: what happened in the same minute stays in the order in which it was written down.
    events.sort_by_key(|happened| happened.at);
    let planned = Event::Scheduled { title: session.title.clone(), facilitator, steps: steps.clone() };
    events.insert(0, Happened { at: starts_at.plus(Millis::minutes(-60)), by: facilitator, event: planned });
    let rows = events.iter().map(|happened| store::Live {
        command: loading.id::<CommandId>(happened.at).to_string(),
        actor: happened.by.to_string(),
        payload: serde_json::to_string(&happened.event).unwrap_or_default(),
        at: happened.at,
    });
    let rows: Vec<store::Live> = rows.collect();
    let space_id = loading.cast.spaces[&*session.space];
    let row = store::Session {
        id,
        space: space_id,
        title: &session.title,
        facilitator,
        state: session.state,
        starts_at,
        minutes: session.agenda.iter().map(|step| i64::from(step.minutes)).sum(),
        steps: &steps,
        last_seq: rows.len() as i64,
    };
    store::insert_session(loading.tx, row).await?;
    store::insert_events(loading.tx, id, &rows).await?;
    if session.state == SessionState::Open {
        // All who meet in the space are asked to come; what was held before is over.
        let space = spaces::store::facts(loading.tx, space_id).await?;
        let teams = space.into_iter().flat_map(|space| space.teams).map(|team| team.id).collect();
        invitations::store::set_teams(loading.tx, id, &teams).await?;
    }
    for person in &session.people {
        let minute = |minutes: i64| starts_at.plus(Millis::minutes(minutes));
        let left = person.left.map(minute);
        let who = loading.person(&person.who)?;
        store::insert_attendance(loading.tx, id, who, minute(person.arrived), left, left.unwrap_or(loading.now))
            .await?;
    }
    agreed::load(loading, session, id, starts_at, &steps).await?;
    noted::load(loading, session, id, starts_at).await?;
    Ok(id)
}

fn events(
    loading: &Loading<'_>,
    session: &Session,
    starts_at: Timestamp,
    steps: &[NewStep],
) -> Result<Vec<Happened>, Fault> {
    let minute = |minutes: i64| starts_at.plus(Millis::minutes(minutes));
    let facilitator = loading.person(&session.facilitator)?;
    let mut events = vec![Happened {
        at: minute(session.people.iter().map(|person| person.arrived).min().unwrap_or(0)),
        by: facilitator,
        event: Event::Opened { by: facilitator, at: minute(0) },
    }];
    let mut add = |at, by, event| events.push(Happened { at, by, event });
    for person in &session.people {
        let (who, at) = (participant(loading, session, &person.who)?, minute(person.arrived));
        let by = who.id;
        add(at, by, Event::Arrived { who, at, with: None });
        if let Some(left) = person.left {
            add(minute(left).plus(Millis(2)), by, Event::Left { person: by, at: minute(left) });
        }
    }
    for (step, known) in session.agenda.iter().zip(steps) {
        if let Some(started) = step.started {
            let at = minute(started);
            let ends_at = at.plus(Millis::minutes(i64::from(step.minutes)));
            add(at, facilitator, Event::StepStarted { step: known.id, at, ends_at });
        }
        if let Some(ended) = step.ended {
            // Just before the next one starts in the same minute.
            let at = Timestamp(minute(ended).ms() - 1);
            add(at, facilitator, Event::StepEnded { step: known.id, at });
        }
    }
    let ids: Vec<(&str, MessageId)> =
        session.messages.iter().map(|message| (message.key.as_str(), loading.id(minute(message.minute)))).collect();
    let id_of = |key: &str| ids.iter().find(|(known, _)| *known == key).map(|(_, id)| *id);
    for message in &session.messages {
        let Some(id) = id_of(&message.key) else { continue };
        let (by, at) = (loading.person(&message.author)?, minute(message.minute));
        // A deleted text is kept nowhere, not even in the demo.
        let said = message.edited_from.clone().unwrap_or_else(|| message.text.clone());
        let said = message.deleted.is_none().then_some(said);
        let reply_to = message.reply_to.as_deref().and_then(id_of);
        add(at, by, Event::Said { id, by, at, text: said, reply_to });
        if let Some(edited) = message.edited {
            let at = minute(edited);
            add(at, by, Event::Edited { message: id, at, text: Some(message.text.clone()) });
        }
        if let Some(deleted) = message.deleted {
            add(minute(deleted), by, Event::Deleted { message: id, by });
        }
        for reacted in &message.reactions {
            for name in &reacted.by {
                let by = loading.person(name)?;
                let event = Event::Reacted { message: id, by, reaction: reacted.reaction };
                add(minute(message.minute).plus(Millis::seconds(20)), by, event);
            }
        }
    }
    for hand in &session.hands {
        let (person, raised) = (loading.person(&hand.who)?, minute(hand.raised));
        add(raised, person, Event::HandRaised { person, at: raised });
        match (hand.called.map(minute), hand.lowered.map(minute)) {
            (Some(called), lowered) => {
                let at = called.plus(Millis(1));
                add(at, facilitator, Event::FloorGiven { person, at });
                if let Some(lowered) = lowered {
                    add(lowered, person, Event::FloorFinished { person, at: Some(lowered) });
                }
            }
            (None, Some(lowered)) => add(lowered, person, Event::HandLowered { person, by: person }),
            (None, None) => {}
        }
    }
    if let Some(closing) = &session.closing {
        let at = minute(closing.minute);
        let text = Some(closing.text.clone());
        add(at, facilitator, Event::Said { id: loading.id(at), by: facilitator, at, text, reply_to: None });
    }
    if session.state == SessionState::Closed {
        let last = session.agenda.iter().filter_map(|step| step.ended).max().unwrap_or(60);
        let at = minute(last).plus(Millis(1));
        add(at, facilitator, Event::Closed { by: Some(facilitator), at });
    }
    Ok(events)
}

fn participant(loading: &Loading<'_>, session: &Session, name: &str) -> Result<Participant, Fault> {
    let id = loading.person(name)?;
    let known = cast::PersonOf(name);
    let team = known.team().and_then(|key| cast::TEAMS.iter().find(|team| team.key == key));
    let office = !matches!(known.person().map(|person| person.standing), Some(cast::Standing::Member(_)));
    Ok(Participant {
        id,
        name: known.person().map_or(name, |person| person.name).to_owned(),
        team: team.map(|team| TeamCard { id: loading.cast.teams[team.key], name: team.name.to_owned() }),
        school: team.map(|team| team.school.to_owned()),
        role: if name == session.facilitator || office { Standing::Facilitator } else { Standing::Participant },
    })
}
