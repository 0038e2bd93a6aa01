//! Break-outs of live sessions outside of the room: the page on which groups are made and led, and what follows from their events.

pub mod follow;
mod pages;
pub mod store;

use std::collections::{BTreeMap, BTreeSet};

use model::{
    access::{Action, Actor},
    breakouts::*,
    ids::*,
    live::{
        self as room, BreakoutCommand, Breakouts, By, Command, Given, GroupSize, GroupWay, Groupable, NewBreakout, Room,
    },
    refusal::{Code, Refusal},
    sessions::SessionState,
    sorting::sort_key,
};

use crate::{
    app::App,
    doors::Routes,
    error::{Answer, Fault, OrMissing},
    live, sessions,
};

pub fn routes() -> Routes {
    Routes::new().call(read).call(open).call(extend).call(shift).call(close).merge(pages::routes())
}

pub async fn read(app: App, actor: Actor, call: ReadBreakouts) -> Answer<ReadBreakouts> {
    let mut tx = app.read().await?;
    let (row, _) = find(&mut tx, &actor, call.session).await?;
    let room = live::fold(&mut tx, call.session).await?;
    gather(&mut tx, &row, &room, &call).await
}

pub async fn open(app: App, actor: Actor, call: OpenBreakouts) -> Answer<OpenBreakouts> {
    let wrong = || Refusal::of(Code::FieldWrong).at("people");
    let mut groups: BTreeMap<i64, NewBreakout> = BTreeMap::new();
    for group in call.groups {
        let new = NewBreakout { title: group.title, people: Vec::new() };
        if groups.insert(group.number, new).is_some() {
            return Err(Refusal::of(Code::FieldWrong).at("groups").into());
        }
    }
    for placed in &call.people {
        if let Some(number) = placed.group {
            groups.get_mut(&number).ok_or_else(wrong)?.people.push(placed.person);
        }
    }
    let groups = groups.into_values().collect();
    let minutes = u32::try_from(call.minutes).unwrap_or_default();
    act(app, actor, call.session, BreakoutCommand::Open { groups, minutes }).await
}

pub async fn extend(app: App, actor: Actor, call: ExtendBreakouts) -> Answer<ExtendBreakouts> {
    let minutes = u32::try_from(call.minutes).unwrap_or_default();
    act(app, actor, call.session, BreakoutCommand::Extend { minutes }).await
}

pub async fn shift(app: App, actor: Actor, call: MoveToBreakout) -> Answer<MoveToBreakout> {
    act(app, actor, call.session, BreakoutCommand::Move { person: call.person, to: call.to }).await
}

pub async fn close(app: App, actor: Actor, call: CloseBreakouts) -> Answer<CloseBreakouts> {
    act(app, actor, call.session, BreakoutCommand::Close {}).await
}

/// Open, and no group itself.
async fn find(
    tx: &mut db::Tx,
    actor: &Actor,
    session: SessionId,
) -> Result<(sessions::store::Row, model::access::Facts), Fault> {
    let (row, facts) = sessions::find(tx, actor, Action::Facilitate, session).await?;
    if row.state != SessionState::Open || row.parent_id.is_some() {
        return Err(Code::SessionState.into());
    }
    Ok((row, facts))
}

/// What a facilitator's socket would ask, decided upon what is on disk; the rooms are woken once it is there.
async fn act(app: App, actor: Actor, session: SessionId, command: BreakoutCommand) -> Result<BreakoutsPage, Fault> {
    let mut tx = app.write().await?;
    let (row, facts) = find(&mut tx, &actor, session).await?;
    // Nothing of the room comes in between what is read here and what is appended.
    live::lock(&mut tx, session).await?;
    let mut room = live::fold(&mut tx, session).await?;
    let me = live::participant(&actor, &facts).or_missing()?;
    let given = Given { at: app.now(), id: app.id(), sure: true };
    let events = room::decide(&room, By::Person(&me), &Command::Breakouts(command), given).map_err(at_people)?;
    if !events.is_empty() {
        live::append(&mut tx, session, Some(me.id), given.id, &events, given.at).await?;
        events.iter().for_each(|event| room::evolve(&mut room, event));
    }
    let call = ReadBreakouts { session, way: None, unit: None, number: None, seed: None };
    let page = gather(&mut tx, &row, &room, &call).await?;
    app.commit(tx, &page).await?;
    app.rooms.wake(session);
    events.iter().flat_map(follow::told).for_each(|group| app.rooms.wake(group));
    Ok(page)
}

/// The room names groups where the call names people.
fn at_people(refusal: Refusal) -> Refusal {
    match (refusal.code, refusal.field.as_deref()) {
        (Code::FieldWrong, Some("groups")) => refusal.at("people"),
        _ => refusal,
    }
}

async fn gather(
    tx: &mut db::Tx,
    row: &sessions::store::Row,
    room: &Room,
    call: &ReadBreakouts,
) -> Result<BreakoutsPage, Fault> {
    let session = call.session;
    let here: BTreeMap<PersonId, SessionId> = store::list_here(tx, session).await?.into_iter().collect();
    let running = room.in_groups();
    let way = call.way.unwrap_or_default();
    let unit = call.unit.unwrap_or_default();
    let number = call.number.unwrap_or(GROUP_SIZE);
    let seed = call.seed.unwrap_or(row.last_seq);
    let (groups, placed) = match running {
        Some(state) => working(state),
        None => {
            let size = usize::try_from(number).unwrap_or(1);
            let size = if unit == GroupUnit::Groups { GroupSize::Groups(size) } else { GroupSize::People(size) };
            let together = store::list_together(tx, row.space).await?.into_iter().collect();
            proposed(room, &here, way, size, &together, seed)
        }
    };
    let seen = |person: &PersonId| match here.get(person) {
        Some(place) if *place == session => GroupSeen::Main,
        Some(_) => GroupSeen::Group,
        None => GroupSeen::Nowhere,
    };
    let attendees = room.people.values().map(|attendee| &attendee.who);
    let mut people: Vec<GroupPerson> = attendees
        .filter(|who| running.is_some() || here.contains_key(&who.id))
        .map(|who| GroupPerson {
            id: who.id,
            name: who.name.clone(),
            team: who.team.as_ref().map(|team| team.name.clone()),
            group: placed.get(&who.id).copied(),
            seen: seen(&who.id),
        })
        .collect();
    people.sort_by_cached_key(|one| (sort_key(&one.name), one.id));
    Ok(BreakoutsPage {
        card: sessions::store::card(tx, session).await?.or_missing()?,
        ends_at: running.map(|state| state.ends_at),
        groups,
        people,
        way,
        unit,
        number,
        seed,
    })
}

type Groups = (Vec<GroupShown>, BTreeMap<PersonId, i64>);

fn working(state: &Breakouts) -> Groups {
    let mut placed = BTreeMap::new();
    let groups = state.groups.iter().zip(1i64..).map(|(group, number)| {
        placed.extend(group.people.iter().map(|person| (*person, number)));
        GroupShown { number, title: Some(group.title.clone()), session: Some(group.session) }
    });
    (groups.collect(), placed)
}

/// Who leads is placed by hand, if at all: they go from group to group.
fn proposed(
    room: &Room,
    here: &BTreeMap<PersonId, SessionId>,
    way: GroupWay,
    size: GroupSize,
    together: &BTreeSet<(PersonId, PersonId)>,
    seed: i64,
) -> Groups {
    let people = room.people.values().map(|attendee| &attendee.who);
    let those = people.filter(|who| here.contains_key(&who.id) && who.takes_part() && !who.facilitates());
    let groupable: Vec<Groupable> =
        those.map(|who| Groupable { id: who.id, team: who.team.as_ref().map(|team| team.id) }).collect();
    let found = room::propose(&groupable, way, size, together, seed.unsigned_abs());
    let team = |person: &PersonId| room.people.get(person).and_then(|attendee| attendee.who.team.as_ref());
    let mut placed = BTreeMap::new();
    let groups = found.into_iter().zip(1i64..).map(|(group, number)| {
        placed.extend(group.iter().map(|person| (*person, number)));
        let title = group.first().and_then(team).filter(|_| way == GroupWay::Team).map(|team| team.name.clone());
        GroupShown { number, title, session: None }
    });
    (groups.collect(), placed)
}
