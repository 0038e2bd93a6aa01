//! Teams: their members, their lead, and how one joins.

mod code;
pub mod invitations;
pub mod pages;
pub mod store;

use model::{
    access::{Action, Actor, Facts, may},
    endpoint::Done,
    ids::{PersonId, TeamId},
    refusal::{Code, Refusal},
    search::FoundKind,
    teams::*,
};

use crate::{
    actions,
    app::{App, Signal},
    audit,
    doors::Routes,
    error::{Answer, Fault, OrMissing},
    schools,
};

pub fn routes() -> Routes {
    Routes::new()
        .call(create)
        .call(read)
        .call(activate)
        .call(archive)
        .call(return_)
        .call(remove_member)
        .call(hand_over)
        .call(leave)
        .merge(invitations::routes())
        .merge(pages::routes())
}

/// The team, once `may` allowed the action on it.
pub async fn find(tx: &mut db::Tx, actor: &Actor, action: Action, team: TeamId) -> Result<store::Row, Fault> {
    let row = store::find(tx, team).await?;
    // Whoever may see no team at all learns nothing from its absence either.
    if actor.me().is_none() {
        return Err(Code::SignInNeeded.into());
    }
    let row = row.or_missing()?;
    may(actor, action, &Facts::Team(row.facts()))?;
    Ok(row)
}

pub async fn create(app: App, actor: Actor, call: CreateTeam) -> Answer<CreateTeam> {
    may(&actor, Action::Coordinate, &Facts::Network(call.network))?;
    let mut tx = app.write().await?;
    crate::networks::whole(&mut tx, call.network).await?;
    schools::known(&mut tx, call.school).await?;
    let (id, now) = (app.id(), app.now());
    store::insert(&mut tx, id, &call, now).await?;
    audit::append(&mut tx, actor.person(), "team.created", &id.to_string(), now).await?;
    let page = page(&mut tx, &actor, id).await?;
    app.commit(tx, &page).await?;
    app.search.touch(FoundKind::Team, id.uuid());
    Ok(page)
}

pub async fn read(app: App, actor: Actor, call: ReadTeam) -> Answer<ReadTeam> {
    let mut tx = app.read().await?;
    find(&mut tx, &actor, Action::SeeTeam, call.team).await?;
    let mut page = page(&mut tx, &actor, call.team).await?;
    page.actions = actions::open_ones(&app, &mut tx, &actor, actions::Open::OfTeam(call.team), ACTIONS).await?;
    Ok(page)
}

/// Open actions that the page of a team shows.
const ACTIONS: i64 = 50;

/// What `actor` is shown of a team.
pub async fn page(tx: &mut db::Tx, actor: &Actor, team: TeamId) -> Result<TeamPage, Fault> {
    let row = store::find(tx, team).await?.or_missing()?;
    let facts = Facts::Team(row.facts());
    let may_lead = may(actor, Action::LeadTeam, &facts).is_ok();
    Ok(TeamPage {
        actions: Vec::new(),
        members: store::list_members(tx, team).await?,
        invitation: if may_lead { store::find_invitation(tx, team).await? } else { None },
        may_lead,
        may_archive: may(actor, Action::ArchiveTeam, &facts).is_ok(),
        may_return: row.facts().archived && may(actor, Action::ReturnTeam, &facts).is_ok(),
        school: schools::known(tx, row.school).await?,
        mini_networks: store::list_mini_networks(tx, team).await?,
        id: row.id,
        name: row.name,
        state: row.state,
        network: row.network,
        network_name: row.network_name,
        version: row.version,
    })
}

pub async fn activate(app: App, actor: Actor, call: ActivateTeam) -> Answer<ActivateTeam> {
    let mut tx = app.write().await?;
    let row = find(&mut tx, &actor, Action::LeadTeam, call.team).await?;
    let members = store::list_members(&mut tx, call.team).await?.len();
    let state = row.state.activate(members)?;
    store::update_state(&mut tx, call.team, row.version, state).await?.changed()?;
    audit::append(&mut tx, actor.person(), "team.activated", &call.team.to_string(), app.now()).await?;
    let page = page(&mut tx, &actor, call.team).await?;
    app.commit(tx, &page).await?;
    Ok(page)
}

pub async fn archive(app: App, actor: Actor, call: ArchiveTeam) -> Answer<ArchiveTeam> {
    let mut tx = app.write().await?;
    let row = find(&mut tx, &actor, Action::ArchiveTeam, call.team).await?;
    let members = store::list_members(&mut tx, call.team).await?;
    store::update_state(&mut tx, call.team, row.version, TeamState::Archived).await?.changed()?;
    store::delete_invitation(&mut tx, call.team).await?;
    audit::append(&mut tx, actor.person(), "team.archived", &call.team.to_string(), app.now()).await?;
    let page = page(&mut tx, &actor, call.team).await?;
    app.commit(tx, &page).await?;
    app.search.touch(FoundKind::Team, call.team.uuid());
    members.iter().for_each(|member| app.signal(Signal::PersonChanged(member.person)));
    Ok(page)
}

pub async fn return_(app: App, actor: Actor, call: ReturnTeam) -> Answer<ReturnTeam> {
    let mut tx = app.write().await?;
    let row = find(&mut tx, &actor, Action::ReturnTeam, call.team).await?;
    store::update_state(&mut tx, call.team, row.version, row.state.bring_back()?).await?.changed()?;
    audit::append(&mut tx, actor.person(), "team.returned", &call.team.to_string(), app.now()).await?;
    let page = page(&mut tx, &actor, call.team).await?;
    app.commit(tx, &page).await?;
    app.search.touch(FoundKind::Team, call.team.uuid());
    page.members.iter().for_each(|member| app.signal(Signal::PersonChanged(member.person)));
    Ok(page)
}

pub async fn remove_member(app: App, actor: Actor, call: RemoveMember) -> Answer<RemoveMember> {
    let mut tx = app.write().await?;
    let row = find(&mut tx, &actor, Action::LeadTeam, call.team).await?;
    let members = store::list_members(&mut tx, call.team).await?;
    let member = members.iter().find(|member| member.person == call.person);
    let member = member.ok_or(Fault::from(Code::TeamMember))?;
    if member.lead {
        return Err(Code::TeamLeadHere.into());
    }
    let gone = Gone { row: &row, person: call.person, left: members.len() - 1 };
    take_out(&app, &mut tx, &actor, gone, "team.member_removed").await?;
    let page = page(&mut tx, &actor, call.team).await?;
    app.commit(tx, &page).await?;
    app.search.touch(FoundKind::Team, call.team.uuid());
    app.signal(Signal::PersonChanged(call.person));
    Ok(page)
}

pub async fn leave(app: App, actor: Actor, call: LeaveTeam) -> Answer<LeaveTeam> {
    let mut tx = app.write().await?;
    let row = find(&mut tx, &actor, Action::LeaveTeam, call.team).await?;
    let me = actor.person().or_missing()?;
    let members = store::list_members(&mut tx, call.team).await?;
    let lead = members.iter().any(|member| member.person == me && member.lead);
    // The last one too: what a team without a lead does is for its coordinator to say.
    if lead {
        return Err(Code::TeamSuccessor.into());
    }
    let gone = Gone { row: &row, person: me, left: members.len().saturating_sub(1) };
    take_out(&app, &mut tx, &actor, gone, "team.left").await?;
    app.commit(tx, &Done {}).await?;
    app.search.touch(FoundKind::Team, call.team.uuid());
    app.signal(Signal::PersonChanged(me));
    Ok(Done {})
}

struct Gone<'a> {
    row: &'a store::Row,
    person: PersonId,
    /// Members that the team has afterwards.
    left: usize,
}

async fn take_out(app: &App, tx: &mut db::Tx, actor: &Actor, gone: Gone<'_>, act: &str) -> Result<(), Fault> {
    let team = gone.row.id;
    store::delete_member(tx, team, gone.person).await?;
    store::update_state(tx, team, gone.row.version, gone.row.state.with_members(gone.left)).await?.changed()?;
    audit::append(tx, actor.person(), act, &format!("{team} {}", gone.person), app.now()).await?;
    Ok(())
}

pub async fn hand_over(app: App, actor: Actor, call: HandOverLead) -> Answer<HandOverLead> {
    let mut tx = app.write().await?;
    let row = find(&mut tx, &actor, Action::LeadTeam, call.team).await?;
    let members = store::list_members(&mut tx, call.team).await?;
    if !members.iter().any(|member| member.person == call.to) {
        return Err(Refusal::of(Code::TeamMember).at("to").into());
    }
    store::update_lead(&mut tx, call.team, call.to).await?;
    store::update_state(&mut tx, call.team, row.version, row.state).await?.changed()?;
    audit::append(&mut tx, actor.person(), "team.handed_over", &format!("{} {}", call.team, call.to), app.now())
        .await?;
    let page = page(&mut tx, &actor, call.team).await?;
    app.commit(tx, &page).await?;
    members.iter().filter(|member| member.lead || member.person == call.to).for_each(|member| {
        app.signal(Signal::PersonChanged(member.person));
    });
    Ok(page)
}

/// Zero rows of a guarded update: somebody else was first.
pub trait Changed {
    fn changed(self) -> Result<(), Fault>;
}

impl Changed for u64 {
    fn changed(self) -> Result<(), Fault> {
        if self == 0 { Err(Code::Changed.into()) } else { Ok(()) }
    }
}
