//! Pages and forms of sessions.

use ::pages::{address, address::template, sessions as shown};

use model::{ids::SpaceId, notes::ReadNotes, redactions::TextOf, spaces::ReadSpace};

use super::*;
use crate::doors::{Drawn, Sent, Visit};
use crate::{notes, redactions};

pub fn routes() -> Routes {
    let to_session = |page: &SessionPage, _: &Sent<'_>| address::session(page.card.id);
    Routes::new()
        .page(template::sessions, sessions)
        .page(template::session, room)
        .page(template::record, record)
        .page(template::session_new, new)
        .page(template::session_edit, edit)
        .page(template::session_cancel, cancel)
        .form(template::session_new, template::session_new, planning::schedule, new, to_session)
        .form(template::session_edit, template::session_edit, planning::edit, edit, to_session)
        .form(template::session_cancel, template::session_cancel, planning::cancel, cancel, to_session)
        .page(template::calendar, calendar)
        // The address is shown once, on the page that the form answers with; only its digest is kept.
        .form_shown(template::calendar, template::calendar, feed::make, calendar, fresh_calendar)
        .form(template::calendar_end, template::calendar, feed::end, calendar, |_, _| address::calendar())
        .form(template::session_answer, template::session, invitations::answer, room, to_session)
}

async fn calendar(app: App, visit: Visit) -> Drawn {
    if visit.actor.me().is_none() {
        return Err(Code::SignInNeeded.into());
    }
    Ok(shown::feed(&visit.ctx, feed::read(app, visit.actor.clone(), ReadFeed {}).await?, None))
}

async fn fresh_calendar(app: App, visit: Visit, new: NewFeed) -> Drawn {
    Ok(shown::feed(&visit.ctx, feed::read(app, visit.actor.clone(), ReadFeed {}).await?, Some(&new)))
}

async fn sessions(app: App, visit: Visit) -> Drawn {
    let call: ListSessions = visit.call()?;
    let page = list(app, visit.actor.clone(), call.clone()).await?;
    Ok(shown::list(&visit.ctx, &call, &page))
}

async fn room(app: App, mut visit: Visit) -> Drawn {
    let page = read(app.clone(), visit.actor.clone(), visit.call()?).await?;
    redactions::pages::note(&app, &mut visit, TextOf::Session, page.card.id.uuid()).await?;
    // Who may not read what was written sees the plan.
    let notes = notes::read_page(app, visit.actor.clone(), ReadNotes { session: page.card.id }).await;
    Ok(shown::room(&visit.ctx, &page, notes.ok().as_ref()))
}

async fn record(app: App, mut visit: Visit) -> Drawn {
    let record = read_record(app.clone(), visit.actor.clone(), visit.call()?).await?;
    redactions::pages::note(&app, &mut visit, TextOf::Session, record.card.id.uuid()).await?;
    let notes = notes::read_page(app, visit.actor.clone(), ReadNotes { session: record.card.id }).await?;
    Ok(shown::record(&visit.ctx, &record, Some(&notes)))
}

async fn new(app: App, visit: Visit) -> Drawn {
    let space = spaces::pages::to_write_in(&app, &visit, Action::ScheduleSession).await?;
    let office = office(&app, space.space.id).await?;
    let plans = crate::plans::all(&app, visit.ctx.lang).await?;
    let chosen = visit.query("scenarijus").and_then(|id| plans.iter().find(|plan| plan.id.to_string() == id));
    Ok(shown::new(&visit.ctx, &space, &office, &plans, chosen))
}

async fn edit(app: App, visit: Visit) -> Drawn {
    let page = changeable(&app, &visit, visit.param("session_id")?).await?;
    let space = spaces::read(app.clone(), visit.actor.clone(), ReadSpace { space: page.card.space }).await?;
    let office = office(&app, page.card.space).await?;
    Ok(shown::edit(&visit.ctx, &page, &space, &office))
}

async fn cancel(app: App, visit: Visit) -> Drawn {
    let page = changeable(&app, &visit, visit.param("session")?).await?;
    Ok(shown::cancel(&visit.ctx, &page))
}

/// The page of a session for a form that changes its plan, once `may` allowed it.
async fn changeable(app: &App, visit: &Visit, session: SessionId) -> Result<SessionPage, Fault> {
    let mut tx = app.read().await?;
    let (row, _) = find(&mut tx, &visit.actor, Action::Facilitate, session).await?;
    match row.state {
        SessionState::Planned | SessionState::Open => page(&mut tx, &visit.actor, session).await,
        SessionState::Cancelled => Err(Code::SessionCancelled.into()),
        SessionState::Closed => Err(Code::SessionState.into()),
    }
}

/// Who serves the teams of the space and could be invited beside them.
async fn office(app: &App, space: SpaceId) -> Result<Vec<shown::Office>, Fault> {
    let mut tx = app.read().await?;
    let facts = spaces::store::facts(&mut tx, space).await?.or_missing()?;
    let teams: Vec<_> = facts.teams.iter().map(|team| team.id).collect();
    let municipalities: Vec<_> = facts.teams.iter().map(|team| team.municipality).collect();
    let mut office: Vec<shown::Office> = Vec::new();
    let found = planning::store::list_office(&mut tx, facts.network, &teams, &municipalities).await?;
    for (id, name, role) in found {
        match office.last_mut().filter(|one| one.id == id) {
            Some(one) => one.roles.push(role),
            None => office.push(shown::Office { id, name, roles: vec![role] }),
        }
    }
    Ok(office)
}
