//! Networks of schools and their kinds.

pub mod mini;
pub mod pages;
pub mod store;

use model::{
    access::{Action, Actor, Facts, may},
    ids::NetworkId,
    keys::{Named, key_of},
    networks::*,
    refusal::{Code, Refusal},
};

use crate::{
    app::App,
    audit,
    doors::Routes,
    error::{Answer, Fault, OrMissing},
    people, redactions, spaces, teams,
    teams::Changed,
};

pub fn routes() -> Routes {
    Routes::new()
        .call(list_kinds)
        .call(add_kind)
        .call(edit_kind)
        .call(list)
        .call(read)
        .call(create)
        .call(edit)
        .merge(mini::routes())
        .merge(pages::routes())
}

pub async fn list_kinds(app: App, _: Actor, _: ListNetworkKinds) -> Answer<ListNetworkKinds> {
    Ok(store::list_kinds(&mut app.read().await?).await?)
}

pub async fn list(app: App, _: Actor, _: ListNetworks) -> Answer<ListNetworks> {
    Ok(store::list(&mut app.read().await?).await?)
}

pub async fn read(app: App, actor: Actor, call: ReadNetwork) -> Answer<ReadNetwork> {
    let mut tx = app.read().await?;
    let network = store::find(&mut tx, call.network).await?.or_missing()?;
    let (about, version) = store::about(&mut tx, call.network).await?;
    // Teams are shown to people of the platform, not to the world.
    let known = actor.me().is_some_and(|me| !me.suspended);
    let teams = if known { teams::store::list_of_network(&mut tx, call.network).await? } else { Vec::new() };
    let people = if known { people::store::list_holders(&mut tx, call.network).await? } else { Vec::new() };
    let spaces = spaces::store::list(&mut tx, &actor).await?;
    let spaces = spaces.into_iter().filter(|space| space.network == call.network).collect();
    let mini_networks = store::list_minis(&mut tx, call.network).await?;
    let coordinates = may(&actor, Action::Coordinate, &Facts::Network(call.network)).is_ok();
    let asks = coordinates && network.parent.is_some();
    let invited = if asks { teams::store::list_invited(&mut tx, call.network).await? } else { Vec::new() };
    let invitable = if asks { teams::store::list_invitable(&mut tx, call.network).await? } else { Vec::new() };
    Ok(NetworkPage { network, about, teams, people, spaces, mini_networks, invited, invitable, version })
}

pub async fn create(app: App, actor: Actor, call: CreateNetwork) -> Answer<CreateNetwork> {
    let mut tx = app.write().await?;
    if !store::has_kind(&mut tx, &call.kind).await? {
        return Err(Refusal::of(Code::FieldWrong).at("kind").into());
    }
    let (id, now) = (app.id(), app.now());
    store::insert(&mut tx, id, &call, now).await?;
    audit::append(&mut tx, actor.person(), "network.created", &id.to_string(), now).await?;
    let network = store::find(&mut tx, id).await?.or_missing()?;
    app.commit(tx, &network).await?;
    Ok(network)
}

/// # Errors
/// `missing` when there is no such network, `network.whole` when it is a mini-network.
pub async fn whole(tx: &mut db::Tx, network: NetworkId) -> Result<NetworkCard, Fault> {
    let card = store::find(tx, network).await?.or_missing()?;
    if card.parent.is_some() { Err(Code::NetworkWhole.into()) } else { Ok(card) }
}

pub async fn edit(app: App, actor: Actor, call: EditNetwork) -> Answer<EditNetwork> {
    may(&actor, Action::Coordinate, &Facts::Network(call.network))?;
    let mut tx = app.write().await?;
    store::find(&mut tx, call.network).await?.or_missing()?;
    if !store::has_kind(&mut tx, &call.kind).await? {
        return Err(Refusal::of(Code::FieldWrong).at("kind").into());
    }
    store::update(&mut tx, &call).await?.changed()?;
    audit::append(&mut tx, actor.person(), "network.edited", &call.network.to_string(), app.now()).await?;
    let card = store::find(&mut tx, call.network).await?.or_missing()?;
    app.commit(tx, &card).await?;
    touch(&app, call.network.uuid()).await?;
    Ok(card)
}

/// Teams are found by the name of their network.
pub async fn touch(app: &App, network: uuid::Uuid) -> Result<(), Fault> {
    let found = redactions::store::found_by_network(&mut app.read().await?, network).await?;
    found.into_iter().for_each(|(kind, id)| app.search.touch(kind, id));
    Ok(())
}

pub async fn add_kind(app: App, actor: Actor, call: AddNetworkKind) -> Answer<AddNetworkKind> {
    let mut tx = app.write().await?;
    for nth in 1.. {
        let key = key_of(&call.lt, nth);
        if store::insert_kind(&mut tx, &key, &call.lt, &call.en).await? == 1 {
            audit::append(&mut tx, actor.person(), "network_kind.added", &key, app.now()).await?;
            let key = key.parse().map_err(anyhow::Error::msg)?;
            let kind = Named { key, lt: call.lt.into_string(), en: call.en.into_string() };
            app.commit(tx, &kind).await?;
            return Ok(kind);
        }
    }
    unreachable!("some number is free")
}

pub async fn edit_kind(app: App, actor: Actor, call: EditNetworkKind) -> Answer<EditNetworkKind> {
    let mut tx = app.write().await?;
    if store::update_kind(&mut tx, &call.kind, &call.lt, &call.en).await? == 0 {
        return Err(Fault::missing());
    }
    audit::append(&mut tx, actor.person(), "network_kind.edited", call.kind.as_str(), app.now()).await?;
    let kind = Named { key: call.kind, lt: call.lt.into_string(), en: call.en.into_string() };
    app.commit(tx, &kind).await?;
    Ok(kind)
}
