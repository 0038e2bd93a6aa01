//! Requests that other sites make in a reader's name. With `Sec-Fetch-Site` and `Origin` refused here, forms need no token.

use axum::http::{HeaderMap, Method, header};

use crate::{
    auth::{COOKIE, cookie},
    config::Config,
};

/// Whether a request may change something. A browser always sends `Sec-Fetch-Site` or `Origin` with such a request; a program
/// that sends neither must not be using a browser's cookie.
pub fn may_change(method: &Method, headers: &HeaderMap, site: &Config) -> bool {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return true;
    }
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    match (text("sec-fetch-site"), text(header::ORIGIN.as_str())) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(from)) => site.is_own(from),
        (None, None) => cookie(headers, COOKIE).is_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may(pairs: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        let mut site = Config::new("data".into(), ([127, 0, 0, 1], 8080).into());
        site.url = "https://tinklaveika.lt".to_owned();
        may_change(&Method::POST, &headers, &site)
    }

    #[test]
    fn only_this_site_and_programs_without_a_cookie_change_things() {
        let cookie = ("cookie", "__Host-tinklaveika=abc");
        assert!(may(&[("sec-fetch-site", "same-origin"), cookie]));
        assert!(may(&[("sec-fetch-site", "none"), cookie]));
        assert!(!may(&[("sec-fetch-site", "cross-site"), cookie]));
        assert!(!may(&[("sec-fetch-site", "same-site"), cookie]));
        assert!(!may(&[("sec-fetch-site", "cross-site"), ("origin", "https://tinklaveika.lt")]));
        assert!(may(&[("origin", "https://tinklaveika.lt"), cookie]));
        assert!(!may(&[("origin", "https://tinklaveika.lt.example"), cookie]));
        assert!(!may(&[("origin", "null"), cookie]));
        assert!(!may(&[cookie]));
        assert!(may(&[]));
    }
}
