//! Live sessions outside of their room: planned in a space, listed, read as a record once closed.

pub mod histories;
pub mod pages;
pub mod store;

use model::{
    access::{Action, Actor, Facts, SessionFacts, may},
    endpoint::Page,
    ids::SessionId,
    live::{ACTIONS_MAX, NewStep},
    refusal::{Code, Refusal},
    search::FoundKind,
    sessions::*,
    time::Timestamp,
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
    Routes::new().call(list).call(read).call(schedule).call(read_record).call(list_messages).merge(pages::routes())
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
    if page.card.state != SessionState::Closed {
        let open = actions::Open::OfSpace(page.card.space);
        page.actions = actions::open_ones(&app, &mut tx, &actor, open, ACTIONS_MAX as i64).await?;
    }
    Ok(page)
}

async fn page(tx: &mut db::Tx, actor: &Actor, session: SessionId) -> Result<SessionPage, Fault> {
    let (row, facts) = find(tx, actor, Action::SeeSession, session).await?;
    Ok(SessionPage {
        card: store::card(tx, session).await?.or_missing()?,
        steps: row.planned(),
        actions: Vec::new(),
        may_take_part: may(actor, Action::TakePart, &facts).is_ok(),
        may_facilitate: may(actor, Action::Facilitate, &facts).is_ok(),
    })
}

pub async fn schedule(app: App, actor: Actor, call: ScheduleSession) -> Answer<ScheduleSession> {
    let mut tx = app.write().await?;
    spaces::find(&mut tx, &actor, Action::ScheduleSession, call.space).await?;
    if call.steps.is_empty() {
        return Err(Refusal::of(Code::SessionAgenda).at("steps").into());
    }
    let id = app.id();
    let new_step = |step: &PlannedStep| NewStep {
        id: app.id(),
        title: step.title.to_string(),
        minutes: u32::try_from(step.minutes).unwrap_or_default(),
        note: None,
    };
    let steps: Vec<NewStep> = call.steps.iter().map(new_step).collect();
    store::insert(&mut tx, id, &call, &steps, actor.person().or_missing()?, app.now()).await?;
    let page = page(&mut tx, &actor, id).await?;
    app.commit(tx, &page).await?;
    app.search.touch(FoundKind::Session, id.uuid());
    Ok(page)
}

pub async fn read_record(app: App, actor: Actor, call: ReadRecord) -> Answer<ReadRecord> {
    let mut tx = app.read().await?;
    let (row, _) = find(&mut tx, &actor, Action::ReadRecord, call.session).await?;
    let card = store::card(&mut tx, call.session).await?.or_missing()?;
    if card.state != SessionState::Closed {
        return Err(Code::SessionState.into());
    }
    Ok(app.histories.of(&mut tx, call.session, &row).await?.record(card))
}

pub async fn list_messages(app: App, actor: Actor, call: ListMessages) -> Answer<ListMessages> {
    let filter = format!("messages {}", call.session);
    let after = cursor::read(call.cursor.as_deref(), &filter)?;
    let mut tx = app.read().await?;
    let (row, _) = find(&mut tx, &actor, Action::ReadRecord, call.session).await?;
    let history = app.histories.of(&mut tx, call.session, &row).await?;
    drop(tx);
    let said = history.messages();
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
