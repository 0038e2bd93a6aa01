//! The outermost part of the server: every request passes here first, and every answer last.

use std::{
    convert::Infallible,
    future::Future,
    net::{IpAddr, SocketAddr},
    panic::AssertUnwindSafe,
    sync::Arc,
};

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue},
    response::Response,
};
use futures_util::FutureExt;
use model::refusal::Code;
use tower::ServiceExt;

use super::{cache, headers, same_site};
use crate::{
    app::{App, random},
    auth::hex,
    doors::{Came, language, problem_for},
    error::Fault,
};

/// Answers one request that came over a connection from `peer`.
pub async fn around(app: App, router: Router, peer: SocketAddr, mut request: Request) -> Result<Response, Infallible> {
    let started = app.metrics.begin();
    let https = is_https(&app, peer.ip(), request.headers());
    if let Some(mut response) = cache::find(&app, &request) {
        headers::add(response.headers_mut(), request.uri().path(), https);
        app.metrics.served(started, response.status(), "cache");
        return Ok(response);
    }
    let came = Came { ip: sender(&app, peer.ip(), request.headers()), request_id: Arc::from(hex(&random::<8>())) };
    let path = request.uri().path().to_owned();
    let method = request.method().clone();
    let lang = language(request.headers());
    request.extensions_mut().insert(came.clone());

    let mut response = if !same_site::may_change(&method, request.headers(), &app.config) {
        problem_for(lang, &came.request_id, &Fault::from(Code::CrossSite))
    } else {
        caught(router.oneshot(request)).await.unwrap_or_else(|| {
            problem_for(lang, &came.request_id, &Fault::Failed(anyhow::anyhow!("a panic while answering")))
        })
    };
    headers::add(response.headers_mut(), &path, https);
    if let Ok(id) = HeaderValue::from_str(&came.request_id) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), id);
    }
    // The query may hold what somebody looked for, and an address of a link its secret: neither is logged.
    let shown = if hides_a_secret(&path) { "…" } else { &path };
    tracing::info!(request_id = &*came.request_id, %method, path = shown, status = response.status().as_u16(), "answered");
    app.metrics.served(started, response.status(), "rendered");
    Ok(response)
}

async fn caught(answer: impl Future<Output = Result<Response<Body>, Infallible>>) -> Option<Response> {
    match AssertUnwindSafe(answer).catch_unwind().await {
        Ok(Ok(response)) => Some(response),
        Err(_) => None,
    }
}

fn hides_a_secret(path: &str) -> bool {
    // The secret of a link that came by letter, whatever it is for; a team's code is shorter.
    let token = |part: &str| part.len() == 64 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    path.split('/').any(token) || ["/kvietimas/", "/api/v1/invitations/"].iter().any(|start| path.starts_with(start))
}

fn trusted(app: &App, peer: IpAddr) -> bool {
    app.config.proxies.iter().any(|net| net.contains(&peer))
}

/// The last address in `X-Forwarded-For` that is not of a configured proxy; without a proxy, the peer's, whatever is claimed.
fn sender(app: &App, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
    if !trusted(app, peer) {
        return peer;
    }
    let values = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = values.flat_map(|value| value.split(',')).collect();
    let addresses = hops.iter().rev().map_while(|hop| hop.trim().parse::<IpAddr>().ok());
    let mut last = peer;
    for address in addresses {
        last = address;
        if !trusted(app, address) {
            break;
        }
    }
    last
}

fn is_https(app: &App, peer: IpAddr, headers: &HeaderMap) -> bool {
    if trusted(app, peer)
        && let Some(proto) = headers.get("x-forwarded-proto")
    {
        return proto == "https";
    }
    app.config.url.starts_with("https://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_of_a_link_is_in_no_log() {
        let token = crate::auth::new_token();
        for path in [
            "/pradzia/",
            "/naujas-slaptazodis/",
            "/api/v1/password-resets/",
            "/vaidmuo/",
            "/api/v1/verify/",
            "/kalendorius/",
        ] {
            assert!(hides_a_secret(&format!("{path}{token}")), "{path}");
            assert!(hides_a_secret(&format!("{path}{token}/priimti")), "{path}");
        }
        assert!(hides_a_secret("/kvietimas/ABCD-EFGH-JKLM"));
        assert!(!hides_a_secret("/erdves/0192f0c1-2b3c-7d4e-8f50-0123456789ab"));
    }
}
