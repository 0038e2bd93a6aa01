//! The handshake of a socket of notes.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    response::Response,
    routing::get,
};
use hyper::upgrade::OnUpgrade;
use model::{
    live::Standing,
    refusal::{Code, Refusal},
};

use super::{
    super::door::{handshake_key, is_of_here, look, switching},
    Tables,
    socket::{self, Place},
};
use crate::{
    app::App,
    doors::{Incoming, numbered, problem},
    error::Fault,
};

/// `GET /api/v1/sessions/{session}/notes`.
pub fn router() -> Router<App> {
    Router::new().route(&numbered(ADDRESS), get(knock))
}

const ADDRESS: &str = "/api/v1/sessions/{session}/notes";

async fn knock(State(app): State<App>, mut request: Request) -> Response {
    let upgrade = hyper::upgrade::on(&mut request);
    let (incoming, _, known) = Incoming::take(&app, request, ADDRESS).await;
    let entered = async {
        known?;
        if !is_of_here(&incoming.headers, &app.config) {
            return Err(Fault::from(Code::CrossSite));
        }
        enter(&app.notes, &incoming, upgrade).await
    };
    entered.await.unwrap_or_else(|fault| problem(&incoming, &fault))
}

async fn enter(tables: &Tables, incoming: &Incoming, upgrade: OnUpgrade) -> Result<Response, Fault> {
    let rooms = &tables.sockets.0;
    let session = incoming.params.iter().find(|(name, _)| name == "session").and_then(|(_, id)| id.parse().ok());
    let session = session.ok_or(Code::Missing)?;
    let sign_in = incoming.caller.sign_in.ok_or(Code::SignInNeeded)?;
    let me = look(rooms, &incoming.caller.actor, session).await??;
    let key = handshake_key(&incoming.headers, notes::SUBPROTOCOL).ok_or(Code::Malformed)?;
    if rooms.is_draining() {
        return Err(Refusal::of(Code::Unavailable).fact("seconds", 1).into());
    }
    let limit = rooms.settings.sockets_an_address;
    let line = rooms
        .line(incoming.came.ip)
        .ok_or_else(|| Refusal::of(Code::TooMany).fact("limit", limit).fact("seconds", 60))?;
    let place = Place { tables: tables.clone(), session, sign_in, me: Arc::new(me), _line: line };
    tokio::spawn(async move {
        if let Ok(upgraded) = upgrade.await {
            socket::run(upgraded, place).await;
        }
    });
    switching(&key, notes::SUBPROTOCOL)
}

/// Whether what they write is taken, as far as it depends on who they are.
pub fn writes(standing: Standing) -> bool {
    standing != Standing::Observer
}
