//! Live sessions outside of their room: planned in a space, listed, read as a record once closed.

mod boards;
pub mod feed;
pub mod histories;
pub mod ics;
pub mod invitations;
pub mod pages;
pub mod planning;
pub mod store;

use std::sync::Arc;

use model::{
    access::{Action, Actor, Facts, SessionFacts, may},
    endpoint::Page,
    ids::SessionId,
    live::ACTIONS_MAX,
    refusal::Code,
    sessions::*,
    time::{Millis, Timestamp},
};

use crate::{
    actions,
    app::App,
    cursor,
    doors::Routes,
    error::{Answer, Fault, OrMissing},
    spaces,
};

pub fn routes() -> Routes {
    Routes::new()
        .call(list)
        .call(read)
        .call(read_record)
        .call(list_messages)
        .merge(planning::routes())
        .merge(invitations::routes())
        .merge(feed::routes())
        .merge(boards::routes())
        .merge(pages::routes())
}

/// Sessions of one page of the list.
const PAGE: i64 = 50;
/// Messages of one page.
const MESSAGES: usize = 100;

pub async fn list(app: App, actor: Actor, call: ListSessions) -> Answer<ListSessions> {
    let filter = format!("sessions {:?}", call.space);
    let after = cursor::read(call.cursor.as_deref(), &filter)?;
    let mut tx = app.read().await?;
    let visible = spaces::store::visible(&mut tx, &actor).await?;
    let mut items = store::list(&mut tx, &visible, call.space, after, PAGE + 1).await?;
    let next = cursor::next(&mut items, PAGE as usize, &filter, |card| (store::place(card), card.id.to_string()));
    Ok(Page { items, next })
}

/// The session with its facts, once `may` allowed the action on it.
pub async fn find(
    tx: &mut db::Tx,
    actor: &Actor,
    action: Action,
    session: SessionId,
) -> Result<(store::Row, Facts), Fault> {
    let row = store::find(tx, session).await?.or_missing()?;
    let space = spaces::store::facts(tx, row.space).await?.or_missing()?;
    let facts = Facts::Session(SessionFacts { space, facilitator: row.facilitator });
    may(actor, action, &facts)?;
    Ok((row, facts))
}

pub async fn read(app: App, actor: Actor, call: ReadSession) -> Answer<ReadSession> {
    let mut tx = app.read().await?;
    let mut page = page(&mut tx, &actor, call.session).await?;
    let ends_at = page.card.starts_at.plus(Millis::minutes(page.card.minutes));
    page.late = page.card.state == SessionState::Planned && ends_at < app.now();
    if page.card.state != SessionState::Closed {
        let open = actions::Open::OfSpace(page.card.space);
        page.actions = actions::open_ones(&app, &mut tx, &actor, open, ACTIONS_MAX as i64).await?;
        page.reviews = crate::agreements::due(&app, &mut tx, &actor, page.card.space).await?;
    }
    Ok(page)
}

async fn page(tx: &mut db::Tx, actor: &Actor, session: SessionId) -> Result<SessionPage, Fault> {
    let (row, facts) = find(tx, actor, Action::SeeSession, session).await?;
    let may_take_part = may(actor, Action::TakePart, &facts).is_ok();
    let may_facilitate = may(actor, Action::Facilitate, &facts).is_ok();
    let known = may(actor, Action::ReadRecord, &facts).is_ok();
    let series = match row.series {
        Some(series) => planning::store::place(tx, series, session).await?,
        None => None,
    };
    Ok(SessionPage {
        card: store::card(tx, session).await?.or_missing()?,
        // Steps may have been added in the room before it is open.
        steps: match row.state {
            SessionState::Planned => store::planned(&planning::agenda(tx, session, &row).await?),
            _ => row.planned(),
        },
        actions: Vec::new(),
        reviews: Vec::new(),
        may_take_part,
        may_facilitate,
        version: row.version,
        late: false,
        cancelled: (row.state == SessionState::Cancelled).then(|| row.cancel_reason.clone()),
        video: row.video().filter(|_| may_take_part && matches!(row.state, SessionState::Planned | SessionState::Open)),
        series,
        invited: match known {
            true => Some(invitations::shown(tx, actor, session, may_take_part, may_facilitate).await?),
            false => None,
        },
    })
}

pub async fn read_record(app: App, actor: Actor, call: ReadRecord) -> Answer<ReadRecord> {
    let mut tx = app.read().await?;
    let (row, _) = find(&mut tx, &actor, Action::ReadRecord, call.session).await?;
    if row.state != SessionState::Closed {
        return Err(Code::SessionState.into());
    }
    Ok(gather(&app, &mut tx, &actor, call.session, &row).await?.0)
}

/// The record of a session as it is on disk, with the actions that the actor may see, and the fold that it is taken from.
///
/// # Errors
/// Those of the database.
pub async fn gather(
    app: &App,
    tx: &mut db::Tx,
    actor: &Actor,
    session: SessionId,
    row: &store::Row,
) -> Result<(Record, Arc<History>), Fault> {
    let card = store::card(tx, session).await?.or_missing()?;
    let history = app.histories.of(tx, session, row).await?;
    let left = store::list_left(tx, &history.named()).await?;
    let mut record = history.record(card, &left);
    let agreed = actions::store::list_of_session(tx, session).await?;
    record.actions = actions::cards(app, tx, actor, &agreed).await?;
    record.reviewed = actions::cards(app, tx, actor, &history.reviewed()).await?;
    let space = spaces::store::facts(tx, row.space).await?.or_missing()?;
    record.agreements = crate::agreements::of_session(app, tx, actor, &space, session).await?;
    for (group, _, notes) in Box::pin(groups(app, tx, actor, session)).await? {
        record.groups.push(RecordedGroup {
            session: group.card.id,
            title: group.card.title,
            opened_at: group.opened_at,
            closed_at: group.closed_at,
            messages: group.messages.len() as i64,
            people: group.people,
            polls: group.polls,
            boards: group.boards,
            agreements: group.agreements,
            actions: group.actions,
            notes,
        });
    }
    Ok((record, history))
}

/// The records of the groups of a session, with the folds that they are taken from and what was written together.
///
/// # Errors
/// Those of the database.
pub async fn groups(
    app: &App,
    tx: &mut db::Tx,
    actor: &Actor,
    main: SessionId,
) -> Result<Vec<(Record, Arc<History>, String)>, Fault> {
    let mut groups = Vec::new();
    for session in crate::breakouts::store::list(tx, main).await? {
        let row = store::find(tx, session).await?.or_missing()?;
        let (record, history) = gather(app, tx, actor, session, &row).await?;
        groups.push((record, history, crate::notes::text(tx, session).await?));
    }
    Ok(groups)
}

pub async fn list_messages(app: App, actor: Actor, call: ListMessages) -> Answer<ListMessages> {
    let filter = format!("messages {}", call.session);
    let after = cursor::read(call.cursor.as_deref(), &filter)?;
    let mut tx = app.read().await?;
    let (row, _) = find(&mut tx, &actor, Action::ReadRecord, call.session).await?;
    let history = app.histories.of(&mut tx, call.session, &row).await?;
    let left = store::list_left(&mut tx, &history.named()).await?;
    drop(tx);
    let said = history.messages(&left);
    // A message that the cursor named may have been deleted since: its time then tells where it stood.
    let (end, known) = match &after {
        None => (said.len(), true),
        Some((_, id)) => {
            let place = said.iter().position(|(message, _)| message.to_string() == *id);
            (place.unwrap_or(said.len()), place.is_some())
        }
    };
    let before = after.filter(|_| !known).map_or(Timestamp(i64::MAX), |(at, _)| at);
    let older = said.into_iter().take(end).rev().filter(|(_, message)| message.at < before);
    let mut items: Vec<_> = older.take(MESSAGES + 1).collect();
    let next = cursor::next(&mut items, MESSAGES, &filter, |(id, message)| (message.at, id.to_string()));
    Ok(Page { items: items.into_iter().map(|(_, message)| message).collect(), next })
}
