//! What follows from break-outs in a main room: the sessions of its groups, and what happens in them. In the transaction that stores the
//! events of the main room, so that a kill leaves both or neither.

use db::Tx;
use model::{
    ids::*,
    live::{BreakoutEvent, Event, NewStep, StepRules, breakout_step},
    time::Timestamp,
};

use super::store;
use crate::live;

/// Tells every group what happened, in a room of its own; nothing follows from what is told in such a room.
///
/// # Errors
/// Those of the database.
pub async fn follow(tx: &mut Tx, main: SessionId, event: &Event) -> db::Result<()> {
    let Event::Breakouts(event) = event else { return Ok(()) };
    let state = event.state();
    if state.main.is_some() {
        return Ok(());
    }
    let Some(plan) = live::plan(tx, main).await? else { return Ok(()) };
    for (group, number) in state.groups.iter().zip(0..) {
        if let BreakoutEvent::Opened(_) = **event {
            let minutes = minutes(state.at, state.ends_at);
            let id = breakout_step(group.session);
            let step = NewStep { id, title: group.title.clone(), minutes, rules: StepRules::default(), note: None };
            store::insert(tx, main, (group.session, number), &group.title, state.at, &[step]).await?;
        }
        // Only the closing asks what is in the room: what is open there has to be counted.
        let room = match **event {
            BreakoutEvent::Closed(_) => live::fold(tx, group.session).await?,
            _ => model::live::Room::default(),
        };
        let told = event.in_group(main, group.session, plan.facilitator, &room);
        live::append(tx, group.session, None, event.id_in(group.session), &told, state.at).await?;
    }
    Ok(())
}

fn minutes(from: Timestamp, to: Timestamp) -> u32 {
    u32::try_from(to.since(from).ms() / 60_000).unwrap_or(1)
}

/// The rooms that have to read what was appended to them by this event.
pub fn told(event: &Event) -> impl Iterator<Item = SessionId> {
    let groups = match event {
        Event::Breakouts(event) if event.state().main.is_none() => &*event.state().groups,
        _ => &[],
    };
    groups.iter().map(|group| group.session)
}
