//! Pages and forms of plans.

use ::pages::{address, address::template, plans as shown};
use model::redactions::TextOf;

use super::*;
use crate::{
    doors::{Drawn, Sent, Visit},
    networks, redactions,
};

pub fn routes() -> Routes {
    let to_plan = |plan: &Plan, _: &Sent<'_>| address::plan(plan.id);
    Routes::new()
        .page(template::plans, list)
        .page(template::plan, page)
        .page(template::plan_new, new)
        .form(template::plan_new, template::plan_new, write, new, to_plan)
        .page(template::plan_edit, edit)
        .form(template::plan_edit, template::plan_edit, change, edit, to_plan)
        .form(template::plan_drop, template::plan, discard, page, |_, _| address::plans())
}

async fn list(app: App, visit: Visit) -> Drawn {
    may(&visit.actor, Action::OwnRead, &Facts::Site)?;
    Ok(shown::list(&visit.ctx, &all(&app, visit.ctx.lang).await?))
}

async fn page(app: App, mut visit: Visit) -> Drawn {
    may(&visit.actor, Action::OwnRead, &Facts::Site)?;
    let plan = one(&app, visit.ctx.lang, visit.param("plan")?).await?;
    if let Some(network) = plan.network {
        redactions::pages::note(&app, &mut visit, TextOf::Network, network.uuid()).await?;
    }
    Ok(shown::page(&visit.ctx, &plan))
}

async fn new(app: App, visit: Visit) -> Drawn {
    let network = visit.param("network")?;
    let card = networks::store::find(&mut app.read().await?, network).await?.or_missing()?;
    may(&visit.actor, Action::Coordinate, &Facts::Network(network))?;
    Ok(shown::new(&visit.ctx, &card))
}

async fn edit(app: App, visit: Visit) -> Drawn {
    let plan = kept(&mut app.read().await?, &visit.actor, visit.param("plan")?).await?;
    Ok(shown::edit(&visit.ctx, &plan))
}
