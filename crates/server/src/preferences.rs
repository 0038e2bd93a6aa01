//! Language, appearance and the team one acts for: kept in the browser alone, chosen without scripts.

use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::Response,
    routing::post,
};
use model::{form, ids::TeamId};
use pages::{Theme, address::template};
use text::Lang;

use crate::{app::App, doors::local_path};

/// A year, in seconds.
const LIFE: u32 = 31_536_000;

pub fn router() -> Router<App> {
    Router::new().route(template::preferences, post(choose))
}

/// Sets what was chosen and leads back. What is not one of the choices is passed over.
async fn choose(State(_): State<App>, body: Bytes) -> Response {
    let pairs = std::str::from_utf8(&body).ok().and_then(form::pairs).unwrap_or_default();
    let get = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    let headers = response.headers_mut();
    let chosen = [
        ("kalba", get("kalba").filter(|value| Lang::from_tag(value).is_some())),
        ("tema", get("tema").filter(|value| Theme::from_key(value).is_some())),
        ("komanda", get("komanda").filter(|value| value.parse::<TeamId>().is_ok())),
    ];
    for (name, value) in chosen.into_iter().filter_map(|(name, value)| Some((name, value?))) {
        let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={LIFE}");
        if let Ok(cookie) = HeaderValue::try_from(cookie) {
            headers.append(header::SET_COOKIE, cookie);
        }
    }
    let back = get("grizti").and_then(local_path).unwrap_or("/");
    headers.insert(header::LOCATION, HeaderValue::try_from(back).unwrap_or(HeaderValue::from_static("/")));
    response
}
