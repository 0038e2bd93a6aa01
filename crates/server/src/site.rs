//! The site as a whole: its epoch, the front page, and addresses that are none.

pub mod store;

use axum::{
    extract::{Request, State},
    response::Response,
};
use model::{
    address,
    ids::SpaceId,
    refusal::Code,
    sessions::ListMeetings,
    spaces::ListSpaces,
    time::{Millis, Timestamp},
};
use pages::{address::template, home::Home, licence::Program};

use crate::{
    accounts, actions,
    app::App,
    doors::{Drawn, Incoming, Routes, Visit, problem, refused},
    error::Fault,
    practices, sessions, spaces,
};

pub fn routes() -> Routes {
    Routes::new()
        .public_page(template::home, home)
        .public_page(template::licence, licence)
        .page(template::offline, offline)
}

/// Makes the site's row in an empty database.
pub async fn begin(app: &App) -> Result<(), Fault> {
    let mut tx = app.db.write().await?;
    store::insert(&mut tx, &app.id::<model::ids::CommandId>().to_string()).await?;
    tx.commit().await?;
    Ok(())
}

/// How many of each kind the front page shows.
const SHOWN: i64 = 6;

/// The front page: also what stands behind the form that signs out.
pub async fn home(app: App, visit: Visit) -> Drawn {
    let meetings = match visit.actor.me() {
        Some(me) if !me.suspended => {
            sessions::invitations::meetings(app.clone(), visit.actor.clone(), ListMeetings {}).await?
        }
        _ => Vec::new(),
    };
    let spaces = spaces::list(app.clone(), visit.actor.clone(), ListSpaces {}).await?;
    let mut tx = app.read().await?;
    let visible: Vec<SpaceId> = spaces.iter().map(|space| space.id).collect();
    // One that was to begin a while ago may still be opened.
    let lately = Timestamp(app.now().ms() - Millis::hours(3).ms());
    let unverified = match visit.actor.me() {
        Some(me) if !me.suspended => {
            accounts::store::find_own(&mut tx, me.id).await?.is_some_and(|own| own.email_verified_at.is_none())
        }
        _ => false,
    };
    let home = Home {
        unverified,
        actions: actions::open_ones(&app, &mut tx, &visit.actor, actions::Open::Mine, SHOWN).await?,
        meetings,
        sessions: sessions::store::coming(&mut tx, &visible, lately, SHOWN).await?,
        practices: practices::store::latest(&mut tx, &visible, SHOWN).await?,
        spaces: spaces.into_iter().filter(|space| !space.archived).take(SHOWN as usize).collect(),
    };
    Ok(pages::home::page(&visit.ctx, &home))
}

async fn licence(app: App, visit: Visit) -> Drawn {
    let source = app.config.source.as_deref();
    let program = Program { version: env!("CARGO_PKG_VERSION"), source, licence: include_str!("../../../LICENSE") };
    Ok(pages::licence::page(&visit.ctx, program))
}

/// Without a network, from the copy that the service worker keeps of it.
async fn offline(_: App, visit: Visit) -> Drawn {
    Ok(pages::offline::page(&visit.ctx))
}

/// An address that is none, answered in the form of its neighbours.
pub async fn nowhere(State(app): State<App>, request: Request) -> Response {
    let (incoming, _, known) = Incoming::take(&app, request, "").await;
    let fault = known.err().unwrap_or(Fault::from(Code::Missing));
    if incoming.uri.path().starts_with(address::BASE) {
        return problem(&incoming, &fault);
    }
    let visit = Visit::of(&app, &incoming, incoming.uri.path().to_owned());
    refused(&incoming, &visit.ctx, &fault)
}
