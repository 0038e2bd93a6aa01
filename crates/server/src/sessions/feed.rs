//! The secret address under which a person's calendar reads their sessions.

pub mod store;

use ::pages::address::{self, template};
use axum::{
    Router,
    extract::{Request, State},
    response::Response,
    routing::get,
};
use model::{
    access::{Action, Actor, Facts, SessionFacts, may},
    calendar::Entry,
    endpoint::Done,
    sessions::*,
    time::{Millis, Timestamp},
};

use super::{ics, invitations};
use crate::{
    app::App,
    auth::{self, digest, new_token},
    doors::{Incoming, Routes, Visit, numbered, refused},
    error::{Answer, Fault, OrMissing},
    spaces,
};

/// How far back a calendar is told what was, so that what was cancelled a moment ago is struck out.
const BACK: Millis = Millis::days(30);
/// The most meetings that are told at once.
const TOLD: i64 = 200;

pub fn routes() -> Routes {
    Routes::new().call(read).call(make).call(end)
}

pub fn router() -> Router<App> {
    Router::new().route(&numbered(template::calendar_feed), get(answer))
}

pub async fn read(app: App, actor: Actor, _: ReadFeed) -> Answer<ReadFeed> {
    let me = actor.person().or_missing()?;
    Ok(Feed { made_at: store::made_at(&mut app.read().await?, me).await? })
}

/// Not kept under an idempotency key: the link stands nowhere. A form that is sent twice makes two, and the second one works.
pub async fn make(app: App, actor: Actor, _: MakeFeed) -> Answer<MakeFeed> {
    let me = actor.person().or_missing()?;
    let token = new_token();
    let mut tx = app.write().await?;
    store::upsert(&mut tx, me, &digest(&token), app.now()).await?;
    tx.commit().await?;
    Ok(NewFeed { link: format!("{}{}", app.config.url, address::calendar_feed(&token)) })
}

pub async fn end(app: App, actor: Actor, _: EndFeed) -> Answer<EndFeed> {
    let me = actor.person().or_missing()?;
    let mut tx = app.write().await?;
    store::delete(&mut tx, me).await?;
    app.commit(tx, &Done {}).await?;
    Ok(Done {})
}

/// For a program without a sign-in: the address is the permission to read, and only what its person may read now.
async fn answer(State(app): State<App>, request: Request) -> Response {
    let (incoming, _, known) = Incoming::take(&app, request, template::calendar_feed).await;
    let visit = Visit::of(&app, &incoming, address::home());
    let file = match known {
        Ok(()) => written(&app, &visit).await,
        Err(fault) => Err(fault),
    };
    match file {
        Ok(file) => ics::file(file),
        Err(fault) => refused(&incoming, &visit.ctx, &fault),
    }
}

async fn written(app: &App, visit: &Visit) -> Result<String, Fault> {
    let (token, now): (String, _) = (visit.param("token")?, app.now());
    let mut tx = app.read().await?;
    let Some(person) = store::find(&mut tx, &digest(&token)).await? else {
        app.throttle.guess(visit.ip, now)?;
        return Err(Fault::missing());
    };
    let me = auth::store::find_me(&mut tx, person).await?.filter(|me| !me.suspended).or_missing()?;
    let actor = Actor::Person(Box::new(me));
    let visible = spaces::store::visible(&mut tx, &actor).await?;
    let from = Timestamp(now.ms() - BACK.ms());
    let meetings = invitations::store::meetings(&mut tx, person, &visible, from, TOLD).await?;
    let ids: Vec<_> = meetings.iter().map(|one| one.card.id).collect();
    let meets = ics::store::list(&mut tx, &ids).await?;
    let mut entries: Vec<Entry<'_>> = Vec::with_capacity(meets.len());
    for meet in &meets {
        let Some(space) = spaces::store::facts(&mut tx, meet.space).await? else { continue };
        let facts = Facts::Session(SessionFacts { space, facilitator: meet.facilitator });
        entries.push(ics::entry(app, visit.ctx.lang, meet, may(&actor, Action::TakePart, &facts).is_ok(), None));
    }
    Ok(model::calendar::written(model::calendar::Method::Publish, &entries, now))
}
