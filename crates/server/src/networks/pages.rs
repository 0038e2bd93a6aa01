//! Pages and forms of networks, and of what is made in them.

use ::pages::{address, address::template, networks as shown};
use model::{
    endpoint::Done,
    keys::{InstitutionKind, NetworkKind},
    networks::*,
    schools::*,
    spaces::SpaceCard,
    teams::{ReadTeam, TeamPage},
};

use model::redactions::TextOf;

use super::*;
use crate::{
    doors::{Drawn, Sent, Visit},
    error::Fault,
    redactions, schools,
};

pub fn routes() -> Routes {
    Routes::new()
        .public_page(template::networks, networks)
        .page(template::network_new, new)
        .form(template::network_new, template::network_new, create, new, |network, _| address::network(network.id))
        .public_page(template::network, network)
        .page(template::network_edit, edit_page)
        .form(template::network_edit, template::network_edit, edit, edit_page, |network, _| {
            address::network(network.id)
        })
        .page(template::mini_new, new_mini)
        .form(template::mini_new, template::mini_new, mini::found, new_mini, |network, _| address::network(network.id))
        .form(template::mini_invited, template::network, mini::invite, network, to_network)
        .form(template::mini_team_remove, template::network, mini::remove, network, to_network)
        .form(template::mini_join, template::team, mini::join, teams::pages::team, to_team)
        .form(template::mini_leave, template::team, mini::leave, teams::pages::team, to_team)
        .page(template::kinds, kinds)
        .form(template::network_kinds, template::kinds, add_kind, kinds, |_, _| address::kinds())
        .form(template::institution_kinds, template::kinds, schools::add_kind, kinds, |_, _| address::kinds())
        .page(template::network_kind, network_kind)
        .form(template::network_kind, template::network_kind, edit_kind, network_kind, |_, _| address::kinds())
        .page(template::institution_kind, institution_kind)
        .form(template::institution_kind, template::institution_kind, schools::edit_kind, institution_kind, |_, _| {
            address::kinds()
        })
        .page(template::schools, list_schools)
        .page(template::school_edit, edit_school)
        .form(template::school_edit, template::school_edit, schools::edit, edit_school, |school: &School, _| {
            address::school_edit(school.id)
        })
        .page(template::school_new, new_school)
        .form(template::school_new, template::school_new, schools::create, new_school, |_, sent| {
            // A school is made for its first team.
            let network = sent.get("network").and_then(|network| network.parse().ok());
            network.map_or_else(address::networks, address::team_new)
        })
        .page(template::team_new, new_team)
        .form(template::team_new, template::team_new, teams::create, new_team, |team: &TeamPage, _| {
            address::team(team.id)
        })
        .page(template::space_new, new_space)
        .form(template::space_new, template::space_new, spaces::open, new_space, |space: &SpaceCard, _| {
            address::space(space.id)
        })
}

fn to_network(_: &Done, sent: &Sent<'_>) -> String {
    sent.get("network").and_then(|network| network.parse().ok()).map_or_else(address::networks, address::network)
}

fn to_team(_: &Done, sent: &Sent<'_>) -> String {
    sent.get("team").and_then(|team| team.parse().ok()).map_or_else(address::networks, address::team)
}

async fn networks(app: App, visit: Visit) -> Drawn {
    let mut tx = app.read().await?;
    let networks = store::list(&mut tx).await?;
    let kinds = store::list_kinds(&mut tx).await?;
    Ok(shown::list(&visit.ctx, &networks, &kinds))
}

async fn network(app: App, mut visit: Visit) -> Drawn {
    let page = read(app.clone(), visit.actor.clone(), visit.call()?).await?;
    let kinds = store::list_kinds(&mut app.read().await?).await?;
    redactions::pages::note(&app, &mut visit, TextOf::Network, page.network.id.uuid()).await?;
    Ok(shown::page(&visit.ctx, &page, &kinds))
}

async fn new(app: App, visit: Visit) -> Drawn {
    may(&visit.actor, Action::Administer, &Facts::Site)?;
    let kinds = store::list_kinds(&mut app.read().await?).await?;
    Ok(shown::new(&visit.ctx, &kinds))
}

/// The network of the page's address, for those who coordinate it.
async fn coordinated(app: &App, visit: &Visit) -> Result<NetworkCard, Fault> {
    let network = visit.param("network")?;
    let card = store::find(&mut app.read().await?, network).await?.or_missing()?;
    may(&visit.actor, Action::Coordinate, &Facts::Network(network))?;
    Ok(card)
}

async fn new_school(app: App, visit: Visit) -> Drawn {
    let network = coordinated(&app, &visit).await?;
    let mut tx = app.read().await?;
    let municipalities: Vec<Municipality> = schools::store::list_municipalities(&mut tx).await?;
    let kinds = schools::store::list_kinds(&mut tx).await?;
    Ok(shown::new_school(&visit.ctx, &network, &municipalities, &kinds))
}

async fn new_team(app: App, visit: Visit) -> Drawn {
    let network = coordinated(&app, &visit).await?;
    let schools = schools::store::list(&mut app.read().await?, None).await?;
    Ok(shown::new_team(&visit.ctx, &network, &schools))
}

async fn new_space(app: App, visit: Visit) -> Drawn {
    let network = coordinated(&app, &visit).await?;
    Ok(shown::new_space(&visit.ctx, &network))
}

async fn edit_page(app: App, visit: Visit) -> Drawn {
    coordinated(&app, &visit).await?;
    let page = read(app.clone(), visit.actor.clone(), visit.call()?).await?;
    let kinds = store::list_kinds(&mut app.read().await?).await?;
    Ok(shown::edit(&visit.ctx, &page, &kinds))
}

async fn new_mini(app: App, visit: Visit) -> Drawn {
    let call: ReadTeam = visit.call()?;
    let mut tx = app.read().await?;
    teams::find(&mut tx, &visit.actor, Action::LeadTeam, call.team).await?;
    let team = teams::page(&mut tx, &visit.actor, call.team).await?;
    Ok(shown::found_mini(&visit.ctx, &team))
}

async fn kinds(app: App, visit: Visit) -> Drawn {
    may(&visit.actor, Action::Administer, &Facts::Site)?;
    let mut tx = app.read().await?;
    let networks = store::list_kinds(&mut tx).await?;
    let institutions = schools::store::list_kinds(&mut tx).await?;
    Ok(::pages::kinds::list(&visit.ctx, &networks, &institutions))
}

async fn network_kind(app: App, visit: Visit) -> Drawn {
    may(&visit.actor, Action::Administer, &Facts::Site)?;
    let key: NetworkKind = visit.param("kind")?;
    let kinds = store::list_kinds(&mut app.read().await?).await?;
    let kind = kinds.into_iter().find(|kind| kind.key == key).or_missing()?;
    Ok(::pages::kinds::edit_network(&visit.ctx, &kind, address::network_kind(key)))
}

async fn institution_kind(app: App, visit: Visit) -> Drawn {
    may(&visit.actor, Action::Administer, &Facts::Site)?;
    let key: InstitutionKind = visit.param("kind")?;
    let kinds = schools::store::list_kinds(&mut app.read().await?).await?;
    let kind = kinds.into_iter().find(|kind| kind.key == key).or_missing()?;
    Ok(::pages::kinds::edit_institution(&visit.ctx, &kind, address::institution_kind(key)))
}

async fn list_schools(app: App, visit: Visit) -> Drawn {
    may(&visit.actor, Action::Administer, &Facts::Site)?;
    let call: ListSchools = visit.call()?;
    let mut tx = app.read().await?;
    let found = schools::store::list(&mut tx, call.municipality).await?;
    let municipalities = schools::store::list_municipalities(&mut tx).await?;
    let kinds = schools::store::list_kinds(&mut tx).await?;
    let chosen = call.municipality.map(|code| code.to_string()).unwrap_or_default();
    Ok(::pages::schools::list(&visit.ctx, &found, &municipalities, &kinds, &chosen))
}

async fn edit_school(app: App, visit: Visit) -> Drawn {
    let mut tx = app.read().await?;
    let school = schools::to_edit(&mut tx, &visit.actor, visit.param("school")?).await?;
    let municipalities = schools::store::list_municipalities(&mut tx).await?;
    let kinds = schools::store::list_kinds(&mut tx).await?;
    Ok(::pages::schools::edit(&visit.ctx, &school, &municipalities, &kinds))
}
