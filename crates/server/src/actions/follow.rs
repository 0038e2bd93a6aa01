//! What follows from the events of a room: the rows of its actions, in the transaction that stores the events.

use db::Tx;
use model::{
    actions::ActionState,
    ids::*,
    live::{Deed, Event, OwnerTeam, RoomAction},
};

use super::store::{self, Change, New, Now};
use crate::live::forget_snapshot;

/// Whether a row follows from the event.
pub fn concerns(event: &Event) -> bool {
    matches!(event, Event::ActionAgreed(_) | Event::ActionChanged(_) | Event::ActionSet(_))
}

/// Writes what follows; what the row says already is not written again.
///
/// # Errors
/// Those of the database.
pub async fn follow(tx: &mut Tx, session: SessionId, event: &Event) -> db::Result<()> {
    let (Event::ActionAgreed(deed) | Event::ActionChanged(deed) | Event::ActionSet(deed)) = event else {
        return Ok(());
    };
    let Deed { action, by, at } = deed;
    let mut change = Change { by: *by, at: *at, session: Some(session), reworded: false, reason: None };
    let written = match event {
        Event::ActionAgreed(_) => {
            let Some(space) = store::space_of_session(tx, session).await? else { return Ok(()) };
            let (id, step) = (action.id, action.step);
            let new = New { id, session: Some(session), step, by: *by, at: *at, now: now(action, action.state) };
            store::insert(tx, space, &new).await?
        }
        Event::ActionSet(_) => {
            change.reason = action.reason.as_deref();
            // Ticked outside of the room meanwhile, it is ticked once.
            store::update_state(tx, action.id, action.state).await?
        }
        _ => {
            let Some(row) = store::find(tx, action.id).await? else { return Ok(()) };
            change.reworded = row.text != action.text;
            // What was ticked outside of the room meanwhile stays ticked.
            store::update(tx, action.id, row.version, &now(action, row.state)).await?
        }
    };
    if written == 1 {
        store::insert_change(tx, action.id, &change).await?;
    }
    Ok(())
}

fn now(action: &RoomAction, state: ActionState) -> Now<'_> {
    Now { text: &action.text, team: action.owner.team, person: action.owner.person, due: action.due, state }
}

/// What is open in the space of a session, by its day, and who can own an action there.
///
/// # Errors
/// Those of the database.
pub async fn brought(tx: &mut Tx, session: SessionId) -> db::Result<(Vec<RoomAction>, Vec<OwnerTeam>)> {
    let Some(space) = store::space_of_session(tx, session).await? else { return Ok((Vec::new(), Vec::new())) };
    let mut owners: Vec<OwnerTeam> = Vec::new();
    for card in store::list_owners(tx, space).await? {
        match (card.person, owners.last_mut()) {
            (Some(person), Some(team)) if team.id == card.team => team.people.push((person, card.name)),
            _ => owners.push(OwnerTeam { id: card.team, name: card.team_name, people: Vec::new() }),
        }
    }
    let spaces = [space];
    let open = store::Filter { visible: &spaces, team: None, state: Some(ActionState::Open), person: None, teams: &[] };
    let found = store::list(tx, &open, None, model::live::ACTIONS_MAX as i64).await?;
    let ids: Vec<ActionItemId> = found.into_iter().map(|(_, id)| id).collect();
    let mut rows = store::list_by_id(tx, &ids).await?;
    // Of the teams that meet here; what a team that has left still owes stands on its own page.
    rows.retain(|row| row.session != Some(session) && owners.iter().any(|team| team.id == row.team));
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    let action = |row: store::Row| RoomAction {
        owner: row.owner(),
        id: row.id,
        text: row.text,
        due: row.due,
        state: row.state,
        reason: None,
        brought: true,
        step: None,
    };
    Ok((rows.into_iter().map(action).collect(), owners))
}

/// Puts other words in place of an action's, wherever they are kept: its row and the events of the rooms that held it.
///
/// # Errors
/// Those of the database.
pub async fn rewrite(tx: &mut Tx, action: ActionItemId, words: &str) -> db::Result<()> {
    store::update_text(tx, action, words).await?;
    for (session, seq, payload) in store::list_events(tx, action).await? {
        let reworded = serde_json::from_str::<Event>(&payload).ok().and_then(|event| event.reworded(action, words));
        if let Some(event) = reworded {
            let payload = serde_json::to_string(&event).unwrap_or_default();
            store::update_event(tx, session, seq, &payload).await?;
            forget_snapshot(tx, session).await?;
        }
    }
    Ok(())
}
