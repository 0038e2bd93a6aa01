//! Sessions as files for a calendar: one, or all of a series.

pub mod store;

use ::pages::address::template;
use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
    routing::get,
};
use model::{
    access::{Action, Facts, SessionFacts, may},
    calendar::{Entry, Method, Party, written},
    ids::*,
    sessions::*,
    time::{Millis, Timestamp},
};
use text::{Lang, sessions as t};

use super::find;
use crate::{
    app::App,
    doors::{Incoming, Visit, numbered, refused},
    error::{Fault, OrMissing},
    spaces,
};

/// The addresses end in `.ics`: no browser fetches them before somebody asks for one (`web/public/speculation.rules`).
pub fn router() -> Router<App> {
    Router::new()
        .route(&numbered(template::session_ics), get(of_session))
        .route(&numbered(template::series_ics), get(of_series))
}

async fn of_session(State(app): State<App>, request: Request) -> Response {
    answer(app, request, template::session_ics, async |app: &App, visit: &Visit| {
        let mut tx = app.read().await?;
        let session: SessionId = visit.param("session")?;
        let (_, facts) = find(&mut tx, &visit.actor, Action::SeeSession, session).await?;
        let video = may(&visit.actor, Action::TakePart, &facts).is_ok();
        Ok((store::list(&mut tx, &[session]).await?, video))
    })
    .await
}

async fn of_series(State(app): State<App>, request: Request) -> Response {
    answer(app, request, template::series_ics, async |app: &App, visit: &Visit| {
        let mut tx = app.read().await?;
        let meets = store::list_series(&mut tx, visit.param("series")?).await?;
        let first = meets.first().or_missing()?;
        let space = spaces::store::facts(&mut tx, first.space).await?.or_missing()?;
        let facts = Facts::Session(SessionFacts { space, facilitator: first.facilitator });
        may(&visit.actor, Action::SeeSession, &facts)?;
        let video = may(&visit.actor, Action::TakePart, &facts).is_ok();
        Ok((meets, video))
    })
    .await
}

async fn answer(
    app: App,
    request: Request,
    at: &'static str,
    meets: impl AsyncFnOnce(&App, &Visit) -> Result<(Vec<store::Meet>, bool), Fault>,
) -> Response {
    let (incoming, _, known) = Incoming::take(&app, request, at).await;
    let visit = Visit::of(&app, &incoming, incoming.uri.path().to_owned());
    let found = match known {
        Ok(()) => meets(&app, &visit).await,
        Err(fault) => Err(fault),
    };
    let (meets, video) = match found {
        Ok(found) => found,
        Err(fault) => return refused(&incoming, &visit.ctx, &fault),
    };
    let entries: Vec<Entry<'_>> = meets.iter().map(|meet| entry(&app, visit.ctx.lang, meet, video, None)).collect();
    file(written(Method::Publish, &entries, app.now()))
}

pub fn file(file: String) -> Response {
    let kind = HeaderValue::from_static("text/calendar; charset=utf-8");
    let name = HeaderValue::from_static("attachment; filename=\"sesija.ics\"");
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], file).into_response()
}

/// A session as a calendar's entry; the address of the meeting by video is for those who may take part.
pub fn entry<'a>(app: &App, lang: Lang, meet: &'a store::Meet, video: bool, attendee: Option<Party<'a>>) -> Entry<'a> {
    let mut about = format!("{}: {}", t::space(lang), meet.space_name);
    if meet.state == SessionState::Cancelled {
        about = format!("{}: {}\n{about}", t::cancelled(lang), meet.cancel_reason);
    }
    for (number, step) in (1..).zip(&meet.steps) {
        about.push_str(&format!("\n{number}. {} ({})", step.title, t::minutes(lang, i64::from(step.minutes))));
    }
    Entry {
        uid: meet.id.to_string(),
        sequence: meet.sequence,
        created_at: meet.created_at,
        changed_at: meet.created_at.max(meet.changed_at),
        starts_at: meet.starts_at,
        ends_at: ends_at(meet),
        title: &meet.title,
        about,
        place: Some(&*meet.video).filter(|place| video && !place.is_empty()),
        url: format!("{}{}", app.config.url, ::pages::address::session(meet.id)),
        cancelled: meet.state == SessionState::Cancelled,
        // Letters come from the site, and no person's address is told to another.
        organiser: Some(Party { name: &meet.leader, email: app.mail.address() }),
        attendee,
    }
}

pub fn ends_at(meet: &store::Meet) -> Timestamp {
    meet.starts_at.plus(Millis::minutes(meet.minutes))
}
