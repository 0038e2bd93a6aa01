//! The page of a session's groups and its forms.

use ::pages::{address, address::template, breakouts as shown};

use super::*;
use crate::doors::{Drawn, Sent, Visit};

pub fn routes() -> Routes {
    let back = |page: &BreakoutsPage, _: &Sent<'_>| address::breakouts(page.card.id);
    Routes::new()
        .page(template::breakouts, breakouts)
        .form(template::breakouts_open, template::breakouts, open, breakouts, back)
        .form(template::breakouts_extend, template::breakouts, extend, breakouts, back)
        .form(template::breakouts_move, template::breakouts, shift, breakouts, back)
        .form(template::breakouts_close, template::breakouts, close, breakouts, back)
}

async fn breakouts(app: App, visit: Visit) -> Drawn {
    let page = read(app, visit.actor.clone(), visit.call()?).await?;
    Ok(shown::page(&visit.ctx, &page))
}
