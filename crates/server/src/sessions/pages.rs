//! Pages and forms of sessions.

use ::pages::{address, address::template, sessions as shown};

use super::*;
use crate::doors::{Drawn, Visit};

pub fn routes() -> Routes {
    Routes::new()
        .page(template::sessions, sessions)
        .page(template::session, room)
        .page(template::record, record)
        .page(template::session_new, new)
        .form(template::session_new, template::session_new, schedule, new, |page, _| address::session(page.card.id))
}

async fn sessions(app: App, visit: Visit) -> Drawn {
    let call: ListSessions = visit.call()?;
    let page = list(app, visit.actor.clone(), call.clone()).await?;
    Ok(shown::list(&visit.ctx, &call, &page))
}

async fn room(app: App, visit: Visit) -> Drawn {
    let page = read(app, visit.actor.clone(), visit.call()?).await?;
    Ok(shown::room(&visit.ctx, &page))
}

async fn record(app: App, visit: Visit) -> Drawn {
    let record = read_record(app, visit.actor.clone(), visit.call()?).await?;
    Ok(shown::record(&visit.ctx, &record))
}

async fn new(app: App, visit: Visit) -> Drawn {
    let space = spaces::pages::to_write_in(&app, &visit, Action::ScheduleSession).await?;
    Ok(shown::new(&visit.ctx, &space))
}
