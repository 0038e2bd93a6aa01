//! Who comes in: the handshake of a socket, and the look at a person's permission, then and again.

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
    routing::get,
};
use hyper::upgrade::OnUpgrade;
use model::{
    access::{Action, Actor, Denial, Facts, may},
    ids::*,
    live::{ByeReason, Participant, SEATS_MAX, SUBPROTOCOL, Standing, TeamCard},
    refusal::{Code, Refusal},
};
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use super::{
    outlet::Goodbye,
    rooms::{Inner, Rooms},
    socket::{self, Place},
    store,
};
use crate::{
    app::App,
    auth,
    config::Config,
    doors::{Incoming, numbered, problem},
    error::Fault,
};

/// `GET /api/v1/sessions/{session}/live`.
pub fn router() -> Router<App> {
    Router::new().route(&numbered(ADDRESS), get(knock))
}

const ADDRESS: &str = "/api/v1/sessions/{session}/live";

async fn knock(State(app): State<App>, mut request: Request) -> Response {
    let upgrade = hyper::upgrade::on(&mut request);
    let (incoming, _, known) = Incoming::take(&app, request, ADDRESS).await;
    let entered = async {
        known?;
        if !is_of_here(&incoming.headers, &app.config) {
            return Err(Fault::from(Code::CrossSite));
        }
        enter(&app.rooms, &incoming, upgrade).await
    };
    entered.await.unwrap_or_else(|fault| problem(&incoming, &fault))
}

/// A browser always names the origin of a handshake; a program that does not must not be using a browser's cookie.
pub(super) fn is_of_here(headers: &HeaderMap, site: &Config) -> bool {
    match headers.get(header::ORIGIN) {
        Some(from) => from.to_str().is_ok_and(|from| site.is_own(from)),
        None => auth::cookie(headers, auth::COOKIE).is_none(),
    }
}

/// The handshake; the socket then lives in a task of its own.
///
/// # Errors
/// What `may` denies; `malformed` when it is no handshake of our subprotocol; `too_many` for the address; `unavailable`
/// when the server is stopping.
async fn enter(rooms: &Rooms, incoming: &Incoming, upgrade: OnUpgrade) -> Result<Response, Fault> {
    let rooms = &rooms.0;
    let session = incoming.params.iter().find(|(name, _)| name == "session").and_then(|(_, id)| id.parse().ok());
    let session = session.ok_or(Code::Missing)?;
    let sign_in = incoming.caller.sign_in.ok_or(Code::SignInNeeded)?;
    let me = look(rooms, &incoming.caller.actor, session).await??;
    let key = handshake_key(&incoming.headers, SUBPROTOCOL).ok_or(Code::Malformed)?;
    if rooms.is_draining() {
        return Err(Refusal::of(Code::Unavailable).fact("seconds", 1).into());
    }
    let limit = rooms.settings.sockets_an_address;
    let line = rooms
        .line(incoming.came.ip)
        .ok_or_else(|| Refusal::of(Code::TooMany).fact("limit", limit).fact("seconds", 60))?;
    let place = Place { rooms: Arc::clone(rooms), session, sign_in, me: Arc::new(me), line };
    tokio::spawn(async move {
        // A handshake whose answer never reached the browser is no event.
        if let Ok(upgraded) = upgrade.await {
            socket::run(upgraded, place).await;
        }
    });
    switching(&key, SUBPROTOCOL)
}

/// The answer to a handshake.
pub(super) fn switching(key: &str, subprotocol: &'static str) -> Result<Response, Fault> {
    let accept = HeaderValue::from_str(&derive_accept_key(key.as_bytes())).map_err(|_| Code::Malformed)?;
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = response.headers_mut();
    headers.insert(header::CONNECTION, HeaderValue::from_static("Upgrade"));
    headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(header::SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(subprotocol));
    headers.insert(header::SEC_WEBSOCKET_ACCEPT, accept);
    Ok(response)
}

/// The key of a handshake (RFC 6455, section 4.2.1) that offers the subprotocol.
pub(super) fn handshake_key(headers: &HeaderMap, subprotocol: &str) -> Option<String> {
    let holds = |name: header::HeaderName, word: &str| {
        let values = headers.get_all(name);
        let words = values.iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
        words.map(str::trim).any(|found| found.eq_ignore_ascii_case(word))
    };
    let asked = holds(header::CONNECTION, "upgrade")
        && holds(header::UPGRADE, "websocket")
        && holds(header::SEC_WEBSOCKET_VERSION, "13")
        && holds(header::SEC_WEBSOCKET_PROTOCOL, subprotocol);
    let key = headers.get(header::SEC_WEBSOCKET_KEY)?.to_str().ok()?;
    (asked && key.len() == 24).then(|| key.to_owned())
}

/// How the actor may be in the session now.
pub(super) async fn look(rooms: &Inner, actor: &Actor, session: SessionId) -> db::Result<Result<Participant, Denial>> {
    if actor.me().is_none() {
        return Ok(Err(Denial::SignIn));
    }
    let read = async {
        let mut tx = rooms.db.read().await?;
        store::facts(&mut tx, session).await.map(|facts| facts.map(Arc::new))
    };
    let Some(facts) = rooms.looks.get(session, read).await? else { return Ok(Err(Denial::Missing)) };
    if let Err(denial) = may(actor, Action::ReadRecord, &facts) {
        return Ok(Err(denial));
    }
    Ok(participant(actor, &facts).ok_or(Denial::Missing))
}

/// How the others in the session see the actor, who may be in it; none of who is not signed in.
pub fn participant(actor: &Actor, facts: &Facts) -> Option<Participant> {
    let (me, Facts::Session(session)) = (actor.me()?, facts) else { return None };
    let role = if may(actor, Action::Facilitate, facts).is_ok() {
        Standing::Facilitator
    } else if may(actor, Action::TakePart, facts).is_ok() {
        Standing::Participant
    } else {
        Standing::Observer
    };
    // A member of several teams is here for the one that meets in this space.
    let here = |team: TeamId| session.space.teams.iter().any(|facts| facts.id == team);
    let membership = me.teams.iter().find(|membership| here(membership.team)).or(me.teams.first());
    Some(Participant {
        id: me.id,
        name: me.name.clone(),
        team: membership.map(|membership| TeamCard { id: membership.team, name: membership.name.clone() }),
        school: membership.map(|membership| membership.school.clone()),
        role,
    })
}

/// Those of `people` who may sit at the device of `me`: of the same team, and taking part themselves. At most so many are looked up as may
/// sit there.
pub async fn cards(
    rooms: &Inner,
    me: &Participant,
    people: &[PersonId],
    session: SessionId,
) -> db::Result<Vec<Participant>> {
    let mut cards = Vec::new();
    for person in people.iter().take(SEATS_MAX) {
        let mut tx = rooms.db.read().await?;
        let Some(found) = auth::store::find_me(&mut tx, *person).await? else { continue };
        drop(tx);
        let ours = me.team.as_ref().is_some_and(|own| found.teams.iter().any(|other| other.team == own.id));
        let Ok(card) = look(rooms, &Actor::Person(Box::new(found)), session).await? else { continue };
        if ours && card.takes_part() {
            cards.push(Participant { team: me.team.clone(), school: me.school.clone(), ..card });
        }
    }
    Ok(cards)
}

/// Looks again whether a person who is in may stay; a database that does not answer sends nobody away.
pub async fn look_again(rooms: &Inner, sign_in: SignInId, session: SessionId) -> Result<Option<Participant>, Goodbye> {
    let found = async {
        match (rooms.given.actor)(sign_in).await? {
            Some(actor) => look(rooms, &actor, session).await,
            None => Ok(Err(Denial::SignIn)),
        }
    };
    match found.await {
        Ok(Ok(me)) => Ok(Some(me)),
        Ok(Err(Denial::SignIn)) => Err(Goodbye::new(4401, ByeReason::SignedOut, None)),
        Ok(Err(_)) => Err(Goodbye::new(4403, ByeReason::Removed, None)),
        Err(error) => {
            tracing::warn!(%session, %error, "permission could not be looked up again");
            Ok(None)
        }
    }
}
