//! Pages and forms of networks, and of what is made in them.

use ::pages::{address, address::template, networks as shown};
use model::{
    access::{Action, Facts, may},
    networks::*,
    schools::*,
    spaces::SpaceCard,
    teams::TeamPage,
};

use super::*;
use crate::{
    doors::{Drawn, Visit},
    error::Fault,
    schools,
};

pub fn routes() -> Routes {
    Routes::new()
        .public_page(template::networks, networks)
        .page(template::network_new, new)
        .form(template::network_new, template::network_new, create, new, |network, _| address::network(network.id))
        .public_page(template::network, network)
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

async fn networks(app: App, visit: Visit) -> Drawn {
    let mut tx = app.read().await?;
    let networks = store::list(&mut tx).await?;
    let kinds = store::list_kinds(&mut tx).await?;
    Ok(shown::list(&visit.ctx, &networks, &kinds))
}

async fn network(app: App, visit: Visit) -> Drawn {
    let page = read(app.clone(), visit.actor.clone(), visit.call()?).await?;
    let kinds = store::list_kinds(&mut app.read().await?).await?;
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
