//! Pages and forms of actions.

use ::pages::{actions as shown, address, address::template};

use super::*;
use crate::doors::{Drawn, Sent, Visit};

pub fn routes() -> Routes {
    let to_action = |page: &ActionPage, _: &Sent<'_>| address::action(page.card.id);
    // Ticked where it stands in a list, one comes back to the list.
    let back = |page: &ActionPage, sent: &Sent<'_>| match sent.get("_back") {
        Some("home") => address::home(),
        Some("list") => address::actions(),
        Some("team") => address::team(page.card.owner.team),
        Some("space") => address::space(page.card.space),
        Some(other) => match other.strip_prefix("session-").and_then(|id| id.parse().ok()) {
            Some(session) => address::session(session),
            None => address::action(page.card.id),
        },
        None => address::action(page.card.id),
    };
    Routes::new()
        .page(template::actions, actions)
        .page(template::action, action)
        .page(template::action_new, new)
        .form(template::action_new, template::action_new, agree, new, to_action)
        .form(template::action_edit, template::action, edit, action, to_action)
        .form(template::action_state, template::action, set_state, action, back)
}

async fn actions(app: App, visit: Visit) -> Drawn {
    let call: ListActions = visit.call()?;
    let page = list(app, visit.actor.clone(), call.clone()).await?;
    Ok(shown::list(&visit.ctx, &call, &page))
}

async fn action(app: App, mut visit: Visit) -> Drawn {
    let page = read(app.clone(), visit.actor.clone(), visit.call()?).await?;
    let of = model::redactions::TextOf::Action;
    crate::redactions::pages::note(&app, &mut visit, of, page.card.id.uuid()).await?;
    Ok(shown::page(&visit.ctx, &page))
}

async fn new(app: App, visit: Visit) -> Drawn {
    let space = spaces::pages::to_write_in(&app, &visit, Action::Contribute).await?;
    let session = visit.query("session").and_then(|session| session.parse::<SessionId>().ok());
    let owners = store::list_owners(&mut app.read().await?, space.space.id).await?;
    Ok(shown::new(&visit.ctx, &space.space, session, &owners))
}
