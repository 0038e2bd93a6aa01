//! Shared spaces, and the one list of those that an actor may see.

pub mod pages;
pub mod store;

use model::{
    access::{Action, Actor, Facts, SpaceFacts, may},
    ids::{SpaceId, TeamId},
    refusal::{Code, Refusal},
    spaces::*,
};

use crate::{
    app::{App, Signal},
    audit,
    doors::Routes,
    error::{Answer, Fault, OrMissing},
    practices, problems, sessions, teams,
    teams::Changed,
};

pub fn routes() -> Routes {
    Routes::new()
        .call(list)
        .call(read)
        .call(open)
        .call(edit)
        .call(take_in)
        .call(take_out)
        .call(archive)
        .call(return_)
        .merge(pages::routes())
}

/// How many of each kind the page of a space shows.
const LATEST: i64 = 10;

/// The facts of a space, once `may` allowed the action in it. Not there and not to be seen are one answer.
pub async fn find(tx: &mut db::Tx, actor: &Actor, action: Action, space: SpaceId) -> Result<SpaceFacts, Fault> {
    let facts = store::facts(tx, space).await?.or_missing()?;
    may(actor, action, &Facts::Space(facts.clone()))?;
    Ok(facts)
}

/// The team that a contribution is for: one of the actor's that meets in the space; none for those who work there by office.
///
/// # Errors
/// `field.wrong` at `team` for another's team; `field.needed` when the actor has several here and named none.
pub fn team_for(actor: &Actor, space: &SpaceFacts, named: Option<TeamId>) -> Result<Option<TeamId>, Refusal> {
    let me = actor.me().ok_or(Refusal::of(Code::SignInNeeded))?;
    let here = |team: TeamId| space.teams.iter().any(|facts| facts.id == team);
    let mut mine = me.teams.iter().map(|membership| membership.team).filter(|team| here(*team));
    match named {
        Some(team) if mine.any(|own| own == team) => Ok(Some(team)),
        Some(_) => Err(Refusal::of(Code::FieldWrong).at("team")),
        None => match (mine.next(), mine.next()) {
            (Some(_), Some(_)) => Err(Refusal::of(Code::FieldNeeded).at("team")),
            (one, _) => Ok(one),
        },
    }
}

pub async fn list(app: App, actor: Actor, _: ListSpaces) -> Answer<ListSpaces> {
    Ok(store::list(&mut app.read().await?, &actor).await?)
}

pub async fn read(app: App, actor: Actor, call: ReadSpace) -> Answer<ReadSpace> {
    let mut tx = app.read().await?;
    let facts = find(&mut tx, &actor, Action::SeeSpace, call.space).await?;
    let space = store::card(&mut tx, call.space).await?.or_missing()?;
    // Who enters a private space by office alone leaves a trace.
    let enters = actor.is_administrator() && facts.visibility == model::access::Visibility::Team;
    let asked = Facts::Space(facts);
    let doors = SpaceDoors {
        contribute: may(&actor, Action::Contribute, &asked).is_ok(),
        schedule: may(&actor, Action::ScheduleSession, &asked).is_ok(),
        keep: may(&actor, Action::KeepSpace, &asked).is_ok(),
        bring_back: space.archived && may(&actor, Action::ReturnSpace, &asked).is_ok(),
    };
    let open = crate::actions::Open::OfSpace(call.space);
    let page = SpacePage {
        actions: crate::actions::open_ones(&app, &mut tx, &actor, open, LATEST).await?,
        version: store::version(&mut tx, call.space).await?,
        teams: if actor.me().is_some() { teams::store::list_of_space(&mut tx, call.space).await? } else { Vec::new() },
        problems: problems::store::latest(&mut tx, call.space).await?,
        practices: practices::store::latest(&mut tx, &[call.space], LATEST).await?,
        sessions: sessions::store::latest(&mut tx, &[call.space], LATEST).await?,
        drafts: store::drafts(&mut tx, &actor, call.space).await?,
        lately: store::lately(&mut tx, call.space).await?,
        addable: if doors.keep { teams::store::list_outside(&mut tx, call.space).await? } else { Vec::new() },
        may: doors,
        space,
    };
    drop(tx);
    if enters {
        let mut tx = app.db.write().await?;
        audit::append(&mut tx, actor.person(), "space.entered", &call.space.to_string(), app.now()).await?;
        tx.commit().await?;
    }
    Ok(page)
}

pub async fn open(app: App, actor: Actor, call: OpenSpace) -> Answer<OpenSpace> {
    may(&actor, Action::Coordinate, &Facts::Network(call.network))?;
    let mut tx = app.write().await?;
    crate::networks::store::find(&mut tx, call.network).await?.or_missing()?;
    let (id, now) = (app.id(), app.now());
    store::insert(&mut tx, id, &call, now).await?;
    audit::append(&mut tx, actor.person(), "space.opened", &id.to_string(), now).await?;
    let card = store::card(&mut tx, id).await?.or_missing()?;
    app.commit(tx, &card).await?;
    Ok(card)
}

pub async fn edit(app: App, actor: Actor, call: EditSpace) -> Answer<EditSpace> {
    let mut tx = app.write().await?;
    find(&mut tx, &actor, Action::KeepSpace, call.space).await?;
    store::update(&mut tx, &call).await?.changed()?;
    audit::append(&mut tx, actor.person(), "space.edited", &call.space.to_string(), app.now()).await?;
    let card = store::card(&mut tx, call.space).await?.or_missing()?;
    app.commit(tx, &card).await?;
    // Who sees it may be others now.
    app.signal(Signal::SpaceChanged);
    Ok(card)
}

pub async fn take_in(app: App, actor: Actor, call: TakeInTeam) -> Answer<TakeInTeam> {
    let mut tx = app.write().await?;
    find(&mut tx, &actor, Action::KeepSpace, call.space).await?;
    let team = teams::store::find(&mut tx, call.team).await?.filter(|team| !team.facts().archived);
    if team.is_none() {
        return Err(Refusal::of(Code::FieldWrong).at("team").into());
    }
    store::insert_team(&mut tx, call.space, call.team, app.now()).await?;
    audit::append(&mut tx, actor.person(), "space.team_in", &format!("{} {}", call.space, call.team), app.now())
        .await?;
    let card = store::card(&mut tx, call.space).await?.or_missing()?;
    app.commit(tx, &card).await?;
    Ok(card)
}

pub async fn take_out(app: App, actor: Actor, call: TakeOutTeam) -> Answer<TakeOutTeam> {
    let mut tx = app.write().await?;
    find(&mut tx, &actor, Action::KeepSpace, call.space).await?;
    let members = teams::store::list_members(&mut tx, call.team).await?;
    if store::delete_team(&mut tx, call.space, call.team).await? == 0 {
        return Err(Fault::missing());
    }
    audit::append(&mut tx, actor.person(), "space.team_out", &format!("{} {}", call.space, call.team), app.now())
        .await?;
    let card = store::card(&mut tx, call.space).await?.or_missing()?;
    app.commit(tx, &card).await?;
    members.iter().for_each(|member| app.signal(Signal::PersonChanged(member.person)));
    Ok(card)
}

pub async fn archive(app: App, actor: Actor, call: ArchiveSpace) -> Answer<ArchiveSpace> {
    let mut tx = app.write().await?;
    find(&mut tx, &actor, Action::KeepSpace, call.space).await?;
    store::archive(&mut tx, call.space, app.now()).await?;
    audit::append(&mut tx, actor.person(), "space.archived", &call.space.to_string(), app.now()).await?;
    let card = store::card(&mut tx, call.space).await?.or_missing()?;
    app.commit(tx, &card).await?;
    // Open rooms read from here on.
    app.signal(Signal::SpaceChanged);
    Ok(card)
}

pub async fn return_(app: App, actor: Actor, call: ReturnSpace) -> Answer<ReturnSpace> {
    let mut tx = app.write().await?;
    find(&mut tx, &actor, Action::ReturnSpace, call.space).await?;
    // Twice is once.
    if store::bring_back(&mut tx, call.space).await? == 1 {
        audit::append(&mut tx, actor.person(), "space.returned", &call.space.to_string(), app.now()).await?;
    }
    let card = store::card(&mut tx, call.space).await?.or_missing()?;
    app.commit(tx, &card).await?;
    app.signal(Signal::SpaceChanged);
    Ok(card)
}
