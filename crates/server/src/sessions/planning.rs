//! Planning sessions, alone or in a series; changing the plan, and cancelling.

pub mod store;

use std::collections::BTreeSet;

use model::{
    access::{Action, Actor, Facts, SessionFacts, SpaceFacts, may},
    ids::*,
    live::{Event, NewStep, Room, evolve},
    refusal::{Code, Refusal, Refusals},
    search::FoundKind,
    sessions::*,
    time::{LocalDateTime, Millis, Timestamp},
};

use super::{
    find,
    invitations::{self, Before},
    page,
    store::{Row, list_events, planned},
};
use crate::{
    app::App,
    auth,
    doors::{Door, Routes},
    error::{Answer, Fault, OrMissing},
    live, spaces,
    teams::Changed,
};

pub fn routes() -> Routes {
    Routes::new().call(schedule).call(edit).call(cancel)
}

/// A session that has just begun may still be written down.
const JUST_BEGUN: Millis = Millis::minutes(15);

fn not_past(starts_at: Timestamp, now: Timestamp) -> Result<(), Refusal> {
    if starts_at.plus(JUST_BEGUN) < now { Err(Refusal::of(Code::SessionPast).at("starts_at")) } else { Ok(()) }
}

pub async fn schedule(app: App, door: Door, call: ScheduleSession) -> Answer<ScheduleSession> {
    let (actor, now) = (&door.actor, app.now());
    let mut tx = app.write().await?;
    let space = spaces::find(&mut tx, actor, Action::ScheduleSession, call.space).await?;
    let facilitator = actor.person().or_missing()?;
    let mut refusals = Refusals::default();
    if call.steps.is_empty() {
        refusals.push(Refusal::of(Code::SessionAgenda).at("steps"));
    }
    refusals.take(not_past(call.starts_at.instant(), now));
    let starts = match &call.repeat {
        Some(repeat) => repeat.starts(call.starts_at).unwrap_or_else(|refusal| {
            refusals.0.extend(Refusals::from(refusal).under("repeat").0);
            Vec::new()
        }),
        None => vec![call.starts_at],
    };
    let teams = teams_of(&space, call.whom, &call.teams, &mut refusals);
    known(&mut tx, SessionFacts { space, facilitator }, &call.people, &mut refusals).await?;
    refusals.into_result()?;
    let series = match &call.repeat {
        Some(repeat) => {
            let series = app.id();
            store::insert_series(&mut tx, series, call.space, repeat.every, now).await?;
            Some(series)
        }
        None => None,
    };
    let mut made: Vec<SessionId> = Vec::with_capacity(starts.len());
    for starts_at in starts {
        let id = app.id();
        let new = store::New {
            id,
            space: call.space,
            title: &call.title,
            facilitator,
            starts_at: starts_at.instant(),
            steps: &new_steps(&app, &call.steps, &[]),
            series,
            video: call.video.as_ref().map_or("", VideoLink::as_str),
            at: now,
        };
        store::insert(&mut tx, &new).await?;
        invitations::store::set_teams(&mut tx, id, &teams).await?;
        invitations::store::set_people(&mut tx, id, &call.people).await?;
        made.push(id);
    }
    let first = *made.first().or_missing()?;
    invitations::tell(&app, &mut tx, &door, &made, Before::none(), false).await?;
    let page = page(&mut tx, actor, first).await?;
    app.commit(tx, &page).await?;
    done(&app, &made);
    Ok(page)
}

pub async fn edit(app: App, door: Door, call: EditSession) -> Answer<EditSession> {
    let (actor, now) = (&door.actor, app.now());
    let mut tx = app.write().await?;
    let (row, facts) = find(&mut tx, actor, Action::Facilitate, call.id).await?;
    standing(&row, &[SessionState::Planned, SessionState::Open])?;
    if row.parent_id.is_some() {
        return Err(Code::SessionState.into());
    }
    let Facts::Session(facts) = facts else { return Err(Fault::missing()) };
    let starts_at = call.starts_at.instant();
    let mut refusals = Refusals::default();
    if call.steps.is_empty() {
        refusals.push(Refusal::of(Code::SessionAgenda).at("steps"));
    }
    if row.state == SessionState::Open && starts_at != row.starts_at {
        refusals.push(Refusal::of(Code::SessionState).at("starts_at"));
    }
    if row.state == SessionState::Planned && starts_at != row.starts_at {
        refusals.take(not_past(starts_at, now));
    }
    let teams = teams_of(&facts.space, call.whom, &call.teams, &mut refusals);
    known(&mut tx, facts, &call.people, &mut refusals).await?;
    refusals.into_result()?;
    // From here on its events wait, so that what was added in the room meanwhile is not lost.
    let ids = taken(&mut tx, call.id, call.version, call.reach, &[row.state]).await?;
    let mut concerned = Vec::with_capacity(ids.len());
    for id in &ids {
        concerned.push((*id, super::store::find(&mut tx, *id).await?.or_missing()?));
    }
    let before = Before::of(&mut tx, &ids).await?;
    let (old_teams, old_people) = invitations::store::chosen(&mut tx, call.id).await?;
    let own = &concerned[0].1;
    let old = Old {
        title: own.title.clone(),
        steps: planned(&agenda(&mut tx, call.id, own).await?),
        video: own.video.clone(),
        moved: call.starts_at.wall_minutes_since(LocalDateTime::of(own.starts_at)),
    };
    let video = call.video.as_ref().map_or("", VideoLink::as_str);
    let mut told = false;
    for (id, row) in &concerned {
        let had = agenda(&mut tx, *id, row).await?;
        let first = *id == call.id;
        let steps = if first || old.steps != call.steps { new_steps(&app, &call.steps, &had) } else { had.clone() };
        let title = if first || old.title != *call.title { call.title.as_str() } else { &row.title };
        let starts_at = match first {
            true => starts_at,
            false if old.moved == 0 => row.starts_at,
            false => LocalDateTime::of(row.starts_at).plus_wall_minutes(old.moved).instant(),
        };
        let video = if first || old.video != video { video } else { &row.video };
        let moved = starts_at != row.starts_at;
        let replanned = title != row.title || planned(&steps) != planned(&had);
        let matters = moved || replanned || video != row.video;
        told |= matters;
        let change = store::Change { id: *id, title, starts_at, steps: &steps, video, told: matters, at: now };
        store::update(&mut tx, &change).await?;
        if moved {
            // Who said yes to Tuesday has said nothing of Wednesday.
            invitations::store::forget_answers(&mut tx, *id).await?;
        }
        if replanned {
            let plan = Event::Scheduled { title: title.to_owned(), facilitator: row.facilitator, steps };
            live::append(&mut tx, *id, actor.person(), app.id(), &[plan], now).await?;
        }
        if first || teams != old_teams {
            invitations::store::set_teams(&mut tx, *id, &teams).await?;
        }
        if first || call.people.iter().copied().collect::<BTreeSet<_>>() != old_people {
            invitations::store::set_people(&mut tx, *id, &call.people).await?;
        }
    }
    invitations::tell(&app, &mut tx, &door, &ids, before, told).await?;
    let page = page(&mut tx, actor, call.id).await?;
    app.commit(tx, &page).await?;
    done(&app, &ids);
    Ok(page)
}

pub async fn cancel(app: App, door: Door, call: CancelSession) -> Answer<CancelSession> {
    let (actor, now) = (&door.actor, app.now());
    let mut tx = app.write().await?;
    let (row, _) = find(&mut tx, actor, Action::Facilitate, call.session).await?;
    standing(&row, &[SessionState::Planned])?;
    let ids = taken(&mut tx, call.session, call.version, call.reach, &[SessionState::Planned]).await?;
    let before = Before::of(&mut tx, &ids).await?;
    for id in &ids {
        // To a room it is closed: nobody opens it any more.
        let closed = Event::Closed { by: actor.person(), at: now };
        live::append(&mut tx, *id, actor.person(), app.id(), &[closed], now).await?;
        store::cancel(&mut tx, *id, &call.reason, now).await?;
    }
    invitations::tell(&app, &mut tx, &door, &ids, before, true).await?;
    let page = page(&mut tx, actor, call.session).await?;
    app.commit(tx, &page).await?;
    done(&app, &ids);
    Ok(page)
}

/// What one session was, so that the others of its series change by as much.
struct Old {
    title: String,
    steps: Vec<PlannedStep>,
    video: String,
    /// By the wall clock, in minutes.
    moved: i64,
}

/// The sessions that a change concerns, the one it is asked of first; nobody else changes them before the end of the transaction.
async fn taken(
    tx: &mut db::Tx,
    session: SessionId,
    version: i64,
    reach: Reach,
    states: &[SessionState],
) -> Result<Vec<SessionId>, Fault> {
    store::lock(tx, session, version).await?.changed()?;
    // Whoever opened it at this moment was first, or waits for the same row and finds it cancelled.
    standing(&super::store::find(tx, session).await?.or_missing()?, states)?;
    let mut ids = vec![session];
    if reach == Reach::Following {
        ids.extend(store::list_following(tx, session).await?);
    }
    Ok(ids)
}

fn standing(row: &Row, states: &[SessionState]) -> Result<(), Refusal> {
    match row.state {
        SessionState::Cancelled => Err(Refusal::of(Code::SessionCancelled)),
        state if states.contains(&state) => Ok(()),
        _ => Err(Refusal::of(Code::SessionState)),
    }
}

/// After the commit: what was found by search and what stands in open rooms is another.
fn done(app: &App, sessions: &[SessionId]) {
    for session in sessions {
        app.search.touch(FoundKind::Session, session.uuid());
        app.rooms.wake(*session);
    }
    crate::mail::queue::sent_soon(app);
}

/// The agenda as it stands, with what was added and noted in the room before it was opened.
pub async fn agenda(tx: &mut db::Tx, session: SessionId, row: &Row) -> Result<Vec<NewStep>, Fault> {
    if row.last_seq == 0 {
        return Ok(row.steps.clone());
    }
    let mut room = Room::default();
    evolve(&mut room, &row.plan());
    for (.., event) in list_events(tx, session, 0).await? {
        evolve(&mut room, &event);
    }
    let step = |step: model::live::Step| NewStep {
        id: step.id,
        title: step.title,
        minutes: step.minutes,
        rules: step.rules,
        note: step.note,
    };
    Ok(room.steps.into_iter().map(step).collect())
}

/// The steps with ids; one of a title that was there before keeps its id, its note and how far it has come.
fn new_steps(app: &App, steps: &[PlannedStep], before: &[NewStep]) -> Vec<NewStep> {
    let mut before = before.to_vec();
    let mut new = |step: &PlannedStep| {
        let at = before.iter().position(|known| known.title == *step.title);
        let known = at.map(|at| before.swap_remove(at));
        NewStep {
            id: known.as_ref().map_or_else(|| app.id(), |known| known.id),
            title: step.title.to_string(),
            minutes: u32::try_from(step.minutes).unwrap_or_default(),
            rules: step.rules(),
            note: known.and_then(|known| known.note),
        }
    };
    steps.iter().map(&mut new).collect()
}

/// The teams that are invited; one that does not meet in the space is refused.
fn teams_of(space: &SpaceFacts, whom: Whom, chosen: &[TeamId], refusals: &mut Refusals) -> BTreeSet<TeamId> {
    let here: BTreeSet<TeamId> = space.teams.iter().filter(|team| !team.archived).map(|team| team.id).collect();
    if whom == Whom::AllTeams {
        return here;
    }
    for (at, _) in chosen.iter().enumerate().filter(|(_, team)| !here.contains(team)) {
        refusals.push(Refusal::of(Code::FieldWrong).at(format!("teams.{at}")));
    }
    chosen.iter().copied().collect()
}

/// Refuses whoever could not take part.
async fn known(
    tx: &mut db::Tx,
    facts: SessionFacts,
    people: &[PersonId],
    refusals: &mut Refusals,
) -> Result<(), Fault> {
    let facts = Facts::Session(facts);
    for (at, person) in people.iter().enumerate() {
        let me = auth::store::find_me(tx, *person).await?;
        let takes_part = |me| may(&Actor::Person(Box::new(me)), Action::TakePart, &facts).is_ok();
        if !me.is_some_and(takes_part) {
            refusals.push(Refusal::of(Code::FieldWrong).at(format!("people.{at}")));
        }
    }
    Ok(())
}
