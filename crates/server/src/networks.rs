//! Networks of schools and their kinds.

pub mod pages;
pub mod store;

use model::{
    access::Actor,
    networks::*,
    refusal::{Code, Refusal},
};

use crate::{
    app::App,
    audit,
    doors::Routes,
    error::{Answer, OrMissing},
    people, spaces, teams,
};

pub fn routes() -> Routes {
    Routes::new().call(list_kinds).call(list).call(read).call(create).merge(pages::routes())
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
    let about = store::about(&mut tx, call.network).await?;
    // Teams are shown to people of the platform, not to the world.
    let known = actor.me().is_some_and(|me| !me.suspended);
    let teams = if known { teams::store::list_of_network(&mut tx, call.network).await? } else { Vec::new() };
    let people = if known { people::store::list_holders(&mut tx, call.network).await? } else { Vec::new() };
    let spaces = spaces::store::list(&mut tx, &actor).await?;
    let spaces = spaces.into_iter().filter(|space| space.network == call.network).collect();
    Ok(NetworkPage { network, about, teams, people, spaces })
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
