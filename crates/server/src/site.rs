//! The site as a whole: its epoch, the front page, and addresses that are none.

pub mod store;

use axum::{
    extract::{Request, State},
    response::Response,
};
use model::{address, refusal::Code, spaces::ListSpaces};
use pages::home::Home;

use crate::{
    app::App,
    doors::{Drawn, Incoming, Routes, Visit, problem, refused},
    error::Fault,
    spaces,
};

pub fn routes() -> Routes {
    Routes::new().public_page("/", home)
}

/// Makes the site's row in an empty database.
pub async fn begin(app: &App) -> Result<(), Fault> {
    let mut tx = app.db.write().await?;
    store::insert(&mut tx, &app.id::<model::ids::CommandId>().to_string()).await?;
    tx.commit().await?;
    Ok(())
}

/// The front page: also what stands behind the form that signs out.
pub async fn home(app: App, visit: Visit) -> Drawn {
    let spaces = spaces::list(app, visit.actor.clone(), ListSpaces {}).await?;
    let spaces = spaces.into_iter().filter(|space| !space.archived).take(6).collect();
    Ok(pages::home::page(&visit.ctx, &Home { spaces, ..Home::default() }))
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
