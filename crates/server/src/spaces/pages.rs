//! Pages and forms of spaces.

use ::pages::{address, address::template, spaces as shown};
use model::spaces::*;

use model::redactions::TextOf;

use super::*;
use crate::doors::{Drawn, Sent, Visit};
use crate::redactions;

pub fn routes() -> Routes {
    let to_space = |card: &SpaceCard, _: &Sent<'_>| address::space(card.id);
    Routes::new()
        .public_page(template::spaces, spaces)
        .public_page(template::space, space)
        .page(template::space_edit, edit_page)
        .form(template::space_edit, template::space_edit, edit, edit_page, to_space)
        .form(template::space_teams, template::space, take_in, space, to_space)
        .form(template::space_team_out, template::space, take_out, space, to_space)
        .form(template::space_archive, template::space, archive, space, to_space)
        .form(template::space_return, template::space, return_, space, to_space)
}

async fn spaces(app: App, visit: Visit) -> Drawn {
    let spaces = list(app, visit.actor.clone(), ListSpaces {}).await?;
    Ok(shown::list(&visit.ctx, &spaces))
}

async fn space(app: App, mut visit: Visit) -> Drawn {
    let page = read(app.clone(), visit.actor.clone(), visit.call()?).await?;
    redactions::pages::note(&app, &mut visit, TextOf::Space, page.space.id.uuid()).await?;
    Ok(shown::page(&visit.ctx, &page))
}

async fn edit_page(app: App, visit: Visit) -> Drawn {
    let call: ReadSpace = visit.call()?;
    find(&mut app.read().await?, &visit.actor, Action::KeepSpace, call.space).await?;
    let page = read(app, visit.actor.clone(), call).await?;
    Ok(shown::edit(&visit.ctx, &page))
}

/// The page of a space for a form that writes in it, once `may` allowed the action.
pub async fn to_write_in(app: &App, visit: &Visit, action: Action) -> Result<SpacePage, Fault> {
    let call: ReadSpace = visit.call()?;
    find(&mut app.read().await?, &visit.actor, action, call.space).await?;
    read(app.clone(), visit.actor.clone(), call).await
}
