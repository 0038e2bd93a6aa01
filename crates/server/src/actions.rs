//! Actions agreed upon, outside of the room: listed, read, agreed, changed and ticked done. What a room agrees upon comes
//! here by its events ([`follow`]); `docs/decisions/0008-actions-are-rows.md` tells why.

pub mod follow;
pub mod pages;
pub mod store;

use std::collections::BTreeMap;

use model::{
    access::{Action, ActionItemFacts, Actor, Facts, SpaceFacts, may},
    actions::*,
    endpoint::Page,
    ids::*,
    refusal::{Code, Refusal},
    time::LocalDateTime,
};

use crate::{
    app::App,
    cursor,
    doors::Routes,
    error::{Answer, Fault, OrMissing},
    sessions, spaces,
    teams::Changed,
};

pub fn routes() -> Routes {
    Routes::new().call(list).call(read).call(agree).call(edit).call(set_state).merge(pages::routes())
}

/// Actions of one page of a list.
const PAGE: i64 = 50;

pub async fn list(app: App, actor: Actor, call: ListActions) -> Answer<ListActions> {
    let me = actor.me().or_missing()?;
    let filter = format!("actions {:?} {:?} {:?} {}", call.space, call.team, call.state, call.mine);
    let after = cursor::read(call.cursor.as_deref(), &filter)?;
    let mut tx = app.read().await?;
    let mut visible = spaces::store::visible(&mut tx, &actor).await?;
    visible.retain(|space| call.space.is_none_or(|asked| asked == *space));
    let teams: Vec<TeamId> = me.teams.iter().map(|membership| membership.team).collect();
    let asked = store::Filter {
        visible: &visible,
        team: call.team,
        state: call.state,
        person: call.mine.then_some(me.id),
        teams: &teams,
    };
    let mut found = store::list(&mut tx, &asked, after, PAGE + 1).await?;
    let next = cursor::next(&mut found, PAGE as usize, &filter, |(place, id)| (*place, id.to_string()));
    let ids: Vec<ActionItemId> = found.into_iter().map(|(_, id)| id).collect();
    Ok(Page { items: cards(&app, &mut tx, &actor, &ids).await?, next })
}

/// Open ones, by their day, of the spaces that the actor sees; nothing for who is not signed in.
///
/// # Errors
/// Those of the database.
pub async fn open_ones(
    app: &App,
    tx: &mut db::Tx,
    actor: &Actor,
    of: Open,
    limit: i64,
) -> Result<Vec<ActionCard>, Fault> {
    let Some(me) = actor.me().filter(|me| !me.suspended) else { return Ok(Vec::new()) };
    let mut visible = spaces::store::visible(tx, actor).await?;
    let teams: Vec<TeamId> = me.teams.iter().map(|membership| membership.team).collect();
    let mut asked =
        store::Filter { visible: &[], team: None, state: Some(ActionState::Open), person: None, teams: &teams };
    match of {
        Open::Mine => asked.person = Some(me.id),
        Open::OfTeam(team) => asked.team = Some(team),
        Open::OfSpace(space) => visible.retain(|seen| *seen == space),
    }
    asked.visible = &visible;
    let found = store::list(tx, &asked, None, limit).await?;
    let ids: Vec<ActionItemId> = found.into_iter().map(|(_, id)| id).collect();
    cards(app, tx, actor, &ids).await
}

/// Whose open ones.
#[derive(Clone, Copy)]
pub enum Open {
    /// The actor's own, and those of their teams as a whole.
    Mine,
    OfTeam(TeamId),
    OfSpace(SpaceId),
}

/// What the actor is shown of these, in their order; those that they may not see are left out.
///
/// # Errors
/// Those of the database.
pub async fn cards(app: &App, tx: &mut db::Tx, actor: &Actor, ids: &[ActionItemId]) -> Result<Vec<ActionCard>, Fault> {
    let mut known: BTreeMap<SpaceId, SpaceFacts> = BTreeMap::new();
    let mut shown = BTreeMap::new();
    for row in store::list_by_id(tx, ids).await? {
        let space = match known.get(&row.space) {
            Some(space) => space.clone(),
            None => {
                let space = spaces::store::facts(tx, row.space).await?.or_missing()?;
                known.entry(row.space).or_insert(space).clone()
            }
        };
        let facts = facts_of(&row, space);
        if may(actor, Action::SeeActionItem, &facts).is_ok() {
            shown.insert(row.id, card(app, actor, row, &facts));
        }
    }
    Ok(ids.iter().filter_map(|id| shown.remove(id)).collect())
}

fn facts_of(row: &store::Row, space: SpaceFacts) -> Facts {
    Facts::ActionItem(ActionItemFacts { space, team: row.team, person: row.person, by: Some(row.agreed_by) })
}

fn card(app: &App, actor: &Actor, row: store::Row, facts: &Facts) -> ActionCard {
    let open = row.state == ActionState::Open;
    ActionCard {
        overdue: open && row.due.is_some_and(|due| due < LocalDateTime::of(app.now()).date()),
        may_keep: may(actor, Action::KeepActionItem, facts).is_ok(),
        owner: row.owner(),
        id: row.id,
        space: row.space,
        space_name: row.space_name,
        session: row.session,
        session_title: row.session_title,
        step: row.step,
        text: row.text,
        due: row.due,
        state: row.state,
        reason: row.reason.filter(|_| row.state == ActionState::Dropped),
        agreed_at: row.agreed_at,
        version: row.version,
    }
}

/// The action with its facts, once `may` allowed what is asked.
async fn find(
    tx: &mut db::Tx,
    actor: &Actor,
    asked: Action,
    action: ActionItemId,
) -> Result<(store::Row, Facts), Fault> {
    if actor.me().is_none() {
        return Err(Code::SignInNeeded.into());
    }
    let row = store::find(tx, action).await?.or_missing()?;
    let space = spaces::store::facts(tx, row.space).await?.or_missing()?;
    let facts = facts_of(&row, space);
    may(actor, asked, &facts)?;
    Ok((row, facts))
}

pub async fn read(app: App, actor: Actor, call: ReadActionItem) -> Answer<ReadActionItem> {
    page(&app, &mut app.read().await?, &actor, call.action).await
}

async fn page(app: &App, tx: &mut db::Tx, actor: &Actor, action: ActionItemId) -> Result<ActionPage, Fault> {
    let (row, facts) = find(tx, actor, Action::SeeActionItem, action).await?;
    let history = store::list_changes(tx, action).await?;
    let card = card(app, actor, row, &facts);
    Ok(ActionPage {
        agreed_by: history.first().map(|first| first.by.clone()).unwrap_or_default(),
        owners: if card.may_keep { store::list_owners(tx, card.space).await? } else { Vec::new() },
        history,
        card,
    })
}

/// The team that owns it, and the person where one is named.
async fn owned(tx: &mut db::Tx, space: SpaceId, owner: Owner) -> Result<(TeamId, Option<PersonId>), Fault> {
    let owners = store::list_owners(tx, space).await?;
    let found = owners.iter().find(|card| card.owner() == owner);
    let found = found.ok_or_else(|| Refusal::of(Code::FieldWrong).at("owner"))?;
    Ok((found.team, found.person))
}

pub async fn agree(app: App, actor: Actor, call: AgreeActionItem) -> Answer<AgreeActionItem> {
    let mut tx = app.write().await?;
    let space = spaces::find(&mut tx, &actor, Action::SeeSpace, call.space).await?;
    if actor.me().is_none() {
        return Err(Code::SignInNeeded.into());
    }
    if let Some(session) = call.session {
        let here = sessions::store::find(&mut tx, session).await?.is_some_and(|row| row.space == call.space);
        here.then_some(()).ok_or_else(|| Refusal::of(Code::FieldWrong).at("session"))?;
    }
    let (team, person) = owned(&mut tx, call.space, call.owner).await?;
    may(&actor, Action::KeepActionItem, &Facts::ActionItem(ActionItemFacts { space, team, person, by: None }))?;
    let (id, at, by) = (app.id(), app.now(), actor.person().or_missing()?);
    let now = store::Now { text: &call.text, team, person, due: call.due, state: ActionState::Open };
    store::insert(&mut tx, call.space, &store::New { id, session: call.session, step: None, by, at, now }).await?;
    let change = store::Change { by, at, session: None, reworded: false, reason: None };
    store::insert_change(&mut tx, id, &change).await?;
    let page = page(&app, &mut tx, &actor, id).await?;
    app.commit(tx, &page).await?;
    Ok(page)
}

pub async fn edit(app: App, actor: Actor, call: EditActionItem) -> Answer<EditActionItem> {
    let mut tx = app.write().await?;
    let (row, _) = find(&mut tx, &actor, Action::KeepActionItem, call.action).await?;
    if row.state != ActionState::Open {
        return Err(Code::ActionState.into());
    }
    let (team, person) = match call.owner == row.owner().owner() {
        // Whose it was may stay so, also once they have left the team.
        true => (row.team, row.person),
        false => owned(&mut tx, row.space, call.owner).await?,
    };
    let now = store::Now { text: &call.text, team, person, due: call.due, state: row.state };
    let reworded = *call.text != *row.text;
    // Saved as it is, it has not changed.
    if reworded || (team, person, call.due) != (row.team, row.person, row.due) {
        store::update(&mut tx, row.id, call.version, &now).await?.changed()?;
        let by = actor.person().or_missing()?;
        let change = store::Change { by, at: app.now(), session: None, reworded, reason: None };
        store::insert_change(&mut tx, row.id, &change).await?;
    }
    let page = page(&app, &mut tx, &actor, row.id).await?;
    app.commit(tx, &page).await?;
    Ok(page)
}

pub async fn set_state(app: App, actor: Actor, call: SetActionState) -> Answer<SetActionState> {
    let mut tx = app.write().await?;
    let (row, _) = find(&mut tx, &actor, Action::KeepActionItem, call.action).await?;
    // Two who tick it at once mean the same.
    if row.state != call.state {
        if !row.state.may_become(call.state) {
            return Err(Code::ActionState.into());
        }
        let reason = call.reason.as_deref().filter(|_| call.state == ActionState::Dropped);
        if call.state == ActionState::Dropped && reason.is_none() {
            return Err(Refusal::of(Code::FieldNeeded).at("reason").into());
        }
        let now = store::Now { text: &row.text, team: row.team, person: row.person, due: row.due, state: call.state };
        store::update(&mut tx, row.id, row.version, &now).await?.changed()?;
        let by = actor.person().or_missing()?;
        let change = store::Change { by, at: app.now(), session: None, reworded: false, reason };
        store::insert_change(&mut tx, row.id, &change).await?;
    }
    let page = page(&app, &mut tx, &actor, row.id).await?;
    app.commit(tx, &page).await?;
    Ok(page)
}
