//! Pages and forms of the register.

use ::pages::{address, address::template, agreements as shown};

use super::*;
use crate::doors::{Drawn, Sent, Visit};

pub fn routes() -> Routes {
    let back = |page: &AgreementPage, _: &Sent<'_>| address::agreement(page.card.id);
    Routes::new()
        .page(template::agreements, register)
        .page(template::agreement, agreement)
        .form(template::agreement_review, template::agreement, review, agreement, back)
        .form(template::agreement_link, template::agreement, link, agreement, back)
}

async fn register(app: App, visit: Visit) -> Drawn {
    let call: ListAgreements = visit.call()?;
    let mut tx = app.read().await?;
    spaces::find(&mut tx, &visit.actor, Action::SeeSpace, call.space).await?;
    let space = spaces::store::card(&mut tx, call.space).await?.or_missing()?;
    let teams = store::list_teams(&mut tx, call.space).await?;
    drop(tx);
    let page = list(app, visit.actor.clone(), call.clone()).await?;
    Ok(shown::register(&visit.ctx, &space, &teams, &call, &page))
}

async fn agreement(app: App, visit: Visit) -> Drawn {
    let page = read(app.clone(), visit.actor.clone(), visit.call()?).await?;
    let mut problems = Vec::new();
    if page.card.may_keep {
        problems = store::list_problems(&mut app.read().await?, page.card.space).await?;
    }
    Ok(shown::page(&visit.ctx, &page, &problems))
}
