//! Headers that every answer carries (SECURITY rows 3.2.1 and 3.4.x).

use std::sync::LazyLock;

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use super::reports;
use crate::assets::{SPECULATION, assets};

/// Pages: scripts and styles of this site only, the one inline stylesheet by its hash, no way to make a script of a text; the one
/// policy of Trusted Types is that of `loader.js`, which names the service worker.
static PAGES: LazyLock<HeaderValue> = LazyLock::new(|| {
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' {}; img-src 'self' blob: data:; \
         font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types sw; \
         report-to csp; report-uri {}",
        assets().style_hash(),
        reports::PATH
    );
    HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
});

/// Where browsers find which links they may fetch before they are followed; a list in quotes (RFC 9651).
static AHEAD: LazyLock<Option<HeaderValue>> = LazyLock::new(|| {
    let address = assets().address(SPECULATION)?;
    HeaderValue::try_from(format!("\"{address}\"")).ok()
});

/// The API: never a page.
const API: HeaderValue = HeaderValue::from_static("sandbox; default-src 'none'; frame-ancestors 'none'");

pub fn add(headers: &mut HeaderMap, path: &str, https: bool) {
    let api = path.starts_with("/api/");
    let page = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let mut set = |name: HeaderName, value: HeaderValue| {
        headers.entry(name).or_insert(value);
    };
    set(header::CONTENT_SECURITY_POLICY, if api { API } else { PAGES.clone() });
    if !api {
        set(HeaderName::from_static("reporting-endpoints"), reports::ENDPOINTS);
    }
    set(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    set(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    set(HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin"));
    set(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin"));
    set(
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), microphone=(), geolocation=(), browsing-topics=()"),
    );
    set(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(rules) = AHEAD.as_ref().filter(|_| page) {
        set(HeaderName::from_static("speculation-rules"), rules.clone());
    }
    if https {
        set(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000; includeSubDomains"));
    }
}
