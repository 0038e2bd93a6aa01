//! Pages and forms of practices.

use ::pages::{address, address::template, practices as shown};

use model::redactions::TextOf;

use super::*;
use crate::doors::{Drawn, Sent, Visit};
use crate::redactions;

pub fn routes() -> Routes {
    let to_practice = |page: &PracticePage, _: &Sent<'_>| address::practice(page.card.id);
    Routes::new()
        .public_page(template::practices, practices)
        .public_page(template::practice, practice)
        .public_page(template::practice_card, card)
        .form(template::practice_withdraw, template::practice, withdraw, practice, to_practice)
        .page(template::practice_versions, versions_page)
        .form(template::practice_restore, template::practice_versions, restore, versions_page, to_practice)
        .page(template::practice_new, new)
        .form(template::practice_new, template::practice_new, share, new, to_practice)
        .page(template::practice_edit, edit_page)
        .form(template::practice_edit, template::practice_edit, edit, edit_page, to_practice)
}

async fn practices(app: App, visit: Visit) -> Drawn {
    let call: ListPractices = visit.call()?;
    let page = list(app, visit.actor.clone(), call.clone()).await?;
    Ok(shown::list(&visit.ctx, &call, &page))
}

pub async fn practice(app: App, mut visit: Visit) -> Drawn {
    let page = read(app.clone(), visit.actor.clone(), visit.call()?).await?;
    redactions::pages::note(&app, &mut visit, TextOf::Practice, page.card.id.uuid()).await?;
    Ok(shown::page(&visit.ctx, &page))
}

async fn card(app: App, visit: Visit) -> Drawn {
    let page = read(app, visit.actor.clone(), visit.call()?).await?;
    Ok(shown::paper(&visit.ctx, &page))
}

async fn new(app: App, visit: Visit) -> Drawn {
    let space = spaces::pages::to_write_in(&app, &visit, Action::Contribute).await?;
    let topics = problems::store::list_topics(&mut app.read().await?).await?;
    Ok(shown::new(&visit.ctx, &space, &topics))
}

async fn edit_page(app: App, visit: Visit) -> Drawn {
    let mut tx = app.read().await?;
    let practice = visit.param("practice_id")?;
    find(&mut tx, &visit.actor, Action::EditItem, practice).await?;
    let topics = problems::store::list_topics(&mut tx).await?;
    let page = page(&mut tx, &visit.actor, practice).await?;
    Ok(shown::edit(&visit.ctx, &page, &topics))
}

async fn versions_page(app: App, visit: Visit) -> Drawn {
    let page = read(app.clone(), visit.actor.clone(), visit.call()?).await?;
    let topics = problems::store::list_topics(&mut app.read().await?).await?;
    let versions = list_versions(app, visit.actor.clone(), visit.call()?).await?;
    Ok(shown::versions(&visit.ctx, &page, &versions, &topics))
}
