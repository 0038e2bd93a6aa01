//! Attendance of sessions: read, corrected by entries of their own, and taken away as a table. The intervals themselves are written
//! by the room ([`crate::live`]).

mod pages;
mod store;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use model::{
    access::{Action, Actor, may},
    actions::OwnerCard,
    attendance::*,
    ids::*,
    live::Participant,
    refusal::{Code, Refusal},
    sessions::SessionState,
    sorting::sort_key,
    time::{Millis, Timestamp},
};

use crate::{
    actions,
    app::App,
    audit,
    doors::Routes,
    error::{Answer, Fault, OrMissing},
    sessions,
};

pub fn routes() -> Routes {
    Routes::new().call(read).call(correct).call(set_share).merge(table::routes()).merge(pages::routes())
}

pub async fn read(app: App, actor: Actor, call: ReadAttendance) -> Answer<ReadAttendance> {
    gather(&app, &mut app.read().await?, &actor, call.session).await
}

pub async fn correct(app: App, actor: Actor, call: CorrectAttendance) -> Answer<CorrectAttendance> {
    let mut tx = app.write().await?;
    let (row, _) = sessions::find(&mut tx, &actor, Action::Facilitate, call.session).await?;
    if row.state != SessionState::Closed {
        return Err(Code::SessionState.into());
    }
    if call.minutes == 0 {
        let range = Refusal::of(Code::NumberRange).at("minutes");
        return Err(range.fact("min", -CORRECTION_MAX).fact("max", CORRECTION_MAX).into());
    }
    let was_there = store::list(&mut tx, call.session).await?.iter().any(|one| one.person == call.person);
    let could_be = actions::store::list_owners(&mut tx, row.space).await?;
    if !was_there && could_be.iter().all(|one| one.person != Some(call.person)) {
        return Err(Refusal::of(Code::FieldWrong).at("person").into());
    }
    let me = actor.person().or_missing()?;
    let entry = store::Entry {
        person: call.person,
        minutes: call.minutes,
        reason: call.reason.to_string(),
        author: me,
        at: app.now(),
    };
    store::correct(&mut tx, app.id::<ItemId>(), call.session, &entry).await?;
    let subject = format!("{} {}", call.session, call.person);
    audit::append(&mut tx, Some(me), "attendance.corrected", &subject, app.now()).await?;
    let attendance = gather(&app, &mut tx, &actor, call.session).await?;
    app.commit(tx, &attendance).await?;
    Ok(attendance)
}

pub async fn set_share(app: App, actor: Actor, call: SetAttendanceShare) -> Answer<SetAttendanceShare> {
    let mut tx = app.write().await?;
    let (row, _) = sessions::find(&mut tx, &actor, Action::Facilitate, call.session).await?;
    if !matches!(row.state, SessionState::Open | SessionState::Closed) {
        return Err(Code::SessionState.into());
    }
    store::set_share(&mut tx, call.session, call.share).await?;
    let attendance = gather(&app, &mut tx, &actor, call.session).await?;
    app.commit(tx, &attendance).await?;
    Ok(attendance)
}

/// The attendance as the actor is shown it.
async fn gather(app: &App, tx: &mut db::Tx, actor: &Actor, session: SessionId) -> Result<Attendance, Fault> {
    let (row, facts) = sessions::find(tx, actor, Action::ReadRecord, session).await?;
    if !matches!(row.state, SessionState::Open | SessionState::Closed) {
        return Err(Code::SessionState.into());
    }
    let history = app.histories.of(tx, session, &row).await?;
    let (opened_at, closed_at) = history.held();
    let opened_at = opened_at.unwrap_or(row.starts_at);
    let whole = Interval { from: opened_at, to: closed_at.unwrap_or(app.now()).max(opened_at) };
    let share = store::share(tx, session).await?;

    let all = may(actor, Action::SeeAttendance, &facts).is_ok();
    let may_correct = may(actor, Action::Facilitate, &facts).is_ok();
    let me = actor.person();
    let seen_every = Millis(app.config.live.seen_every.as_millis() as i64);
    let mut there: BTreeMap<PersonId, Vec<Interval>> = BTreeMap::new();
    for one in store::list(tx, session).await? {
        // Who is in the room is seen every so often; who was there when a server died is not seen again.
        let to = one.left_at.unwrap_or(if closed_at.is_none() { one.seen_at.plus(seen_every) } else { one.seen_at });
        there.entry(one.person).or_default().push(Interval { from: one.arrived_at, to });
    }
    let corrections = store::list_corrections(tx, session).await?;
    for one in &corrections {
        there.entry(one.person).or_default();
    }
    there.retain(|person, _| all || me == Some(*person));

    let owners = actions::store::list_owners(tx, row.space).await?;
    let cards: BTreeMap<PersonId, &Participant> = history.attendees().map(|who| (who.id, who)).collect();
    let authors = corrections.iter().map(|one| (one.author, None));
    let named: Vec<_> = history.named().into_iter().chain(authors).collect();
    let left = sessions::store::list_left(tx, &named).await?;
    let names = store::names(tx, &corrections.iter().map(|one| one.author).collect::<Vec<_>>()).await?;
    let by = |author: &PersonId| names.get(author).filter(|_| !left.contains(author)).cloned().unwrap_or_default();

    let mut people = Vec::with_capacity(there.len());
    for (id, intervals) in there {
        let intervals = merged(intervals, whole);
        let own = || corrections.iter().filter(|one| one.person == id);
        let entry = |one: &store::Entry| Correction {
            minutes: one.minutes,
            reason: one.reason.clone(),
            by: by(&one.author),
            at: one.at,
        };
        let owner = owners.iter().find(|owner| owner.person == Some(id));
        let card = cards.get(&id);
        let name = card.map_or_else(|| owner.map(|owner| owner.name.clone()), |who| Some(who.name.clone()));
        people.push(PersonAttendance {
            id,
            name: name.filter(|_| !left.contains(&id)).unwrap_or_default(),
            team: card.map_or_else(
                || owner.map(|owner| owner.team_name.clone()),
                |who| who.team.as_ref().map(|team| team.name.clone()),
            ),
            school: card.and_then(|who| who.school.clone()),
            with: history.host_of(id, &left),
            counted: count(&intervals, own().map(|one| one.minutes).sum(), whole.to.since(whole.from), share),
            intervals,
            corrections: own().map(entry).collect(),
        });
    }
    people.sort_by_cached_key(|one| {
        (one.team.is_none(), one.team.as_deref().map(sort_key), one.name.is_empty(), sort_key(&one.name), one.id)
    });
    let known: BTreeSet<PersonId> = people.iter().map(|one| one.id).collect();
    let absent = |owner: &OwnerCard| owner.person.is_some_and(|person| !known.contains(&person));
    let others = owners.into_iter().filter(|owner| may_correct && absent(owner));
    Ok(Attendance {
        card: sessions::store::card(tx, session).await?.or_missing()?,
        opened_at,
        closed_at,
        minutes: whole_minutes(whole.to.since(whole.from).ms()),
        share,
        mine: people.iter().find(|one| me == Some(one.id)).cloned(),
        others: others.collect(),
        people: all.then_some(people),
        may_correct,
    })
}
