//! Mini-networks (*tinkliukai*): founded by an active team, joined by teams that accept.

use model::{
    access::{Action, Actor, Facts, Role, may},
    endpoint::Done,
    ids::{NetworkId, TeamId},
    networks::*,
    refusal::{Code, Refusal},
    teams::TeamState,
};

use super::store;
use crate::{
    app::{App, Signal},
    audit, auth,
    doors::Routes,
    error::{Answer, Fault, OrMissing},
    teams,
};

pub fn routes() -> Routes {
    Routes::new().call(found).call(invite).call(remove).call(join).call(leave)
}

pub async fn found(app: App, actor: Actor, call: FoundMiniNetwork) -> Answer<FoundMiniNetwork> {
    let mut tx = app.write().await?;
    let row = teams::find(&mut tx, &actor, Action::LeadTeam, call.team).await?;
    if row.state != TeamState::Active {
        return Err(Code::TeamState.into());
    }
    let (id, now) = (app.id(), app.now());
    store::insert_mini(&mut tx, id, row.network, &call, now).await?;
    store::insert_invited(&mut tx, id, call.team, now).await?;
    store::join(&mut tx, id, call.team, now).await?;
    // The team's lead speaks for it, also when the coordinator of its network does the founding.
    let members = teams::store::list_members(&mut tx, call.team).await?;
    for lead in members.iter().filter(|member| member.lead) {
        auth::store::insert_role(&mut tx, lead.person, Role::Coordinator(id), now).await?;
    }
    audit::append(&mut tx, actor.person(), "network.founded", &format!("{id} {}", call.team), now).await?;
    let card = store::find(&mut tx, id).await?.or_missing()?;
    app.commit(tx, &card).await?;
    members.iter().for_each(|member| app.signal(Signal::PersonChanged(member.person)));
    Ok(card)
}

/// # Errors
/// `network.mini` when it has teams of its own.
async fn mini(tx: &mut db::Tx, actor: &Actor, network: NetworkId) -> Result<(), Fault> {
    may(actor, Action::Coordinate, &Facts::Network(network))?;
    let card = store::find(tx, network).await?.or_missing()?;
    if card.parent.is_none() { Err(Code::NetworkMini.into()) } else { Ok(()) }
}

pub async fn invite(app: App, actor: Actor, call: InviteTeam) -> Answer<InviteTeam> {
    let mut tx = app.write().await?;
    mini(&mut tx, &actor, call.network).await?;
    if teams::store::find(&mut tx, call.team).await?.is_none_or(|row| row.facts().archived) {
        return Err(Refusal::of(Code::FieldWrong).at("team").into());
    }
    store::insert_invited(&mut tx, call.network, call.team, app.now()).await?;
    let subject = format!("{} {}", call.network, call.team);
    audit::append(&mut tx, actor.person(), "network.team_invited", &subject, app.now()).await?;
    app.commit(tx, &Done {}).await?;
    Ok(Done {})
}

pub async fn remove(app: App, actor: Actor, call: RemoveTeam) -> Answer<RemoveTeam> {
    let mut tx = app.write().await?;
    mini(&mut tx, &actor, call.network).await?;
    out(&app, tx, &actor, call.network, call.team, "network.team_removed").await
}

pub async fn join(app: App, actor: Actor, call: JoinMiniNetwork) -> Answer<JoinMiniNetwork> {
    let mut tx = app.write().await?;
    teams::find(&mut tx, &actor, Action::LeadTeam, call.team).await?;
    if store::join(&mut tx, call.network, call.team, app.now()).await? == 0 {
        return Err(Fault::missing());
    }
    let subject = format!("{} {}", call.network, call.team);
    audit::append(&mut tx, actor.person(), "network.team_joined", &subject, app.now()).await?;
    let members = teams::store::list_members(&mut tx, call.team).await?;
    app.commit(tx, &Done {}).await?;
    members.iter().for_each(|member| app.signal(Signal::PersonChanged(member.person)));
    Ok(Done {})
}

pub async fn leave(app: App, actor: Actor, call: LeaveMiniNetwork) -> Answer<LeaveMiniNetwork> {
    let mut tx = app.write().await?;
    teams::find(&mut tx, &actor, Action::LeadTeam, call.team).await?;
    out(&app, tx, &actor, call.network, call.team, "network.team_left").await
}

async fn out(
    app: &App,
    mut tx: db::Tx,
    actor: &Actor,
    network: NetworkId,
    team: TeamId,
    act: &str,
) -> Result<Done, Fault> {
    if store::delete_team(&mut tx, network, team).await? == 0 {
        return Err(Fault::missing());
    }
    audit::append(&mut tx, actor.person(), act, &format!("{network} {team}"), app.now()).await?;
    let members = teams::store::list_members(&mut tx, team).await?;
    app.commit(tx, &Done {}).await?;
    members.iter().for_each(|member| app.signal(Signal::PersonChanged(member.person)));
    Ok(Done {})
}
