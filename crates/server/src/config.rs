//! What the operator set: options of the command line, then environment variables `TINKLAVEIKA_…`.

use std::{net::SocketAddr, path::PathBuf};

use ipnet::IpNet;

use crate::{auth::passwords::Cost, live::Settings};

#[derive(Clone, Debug)]
pub struct Config {
    pub data: PathBuf,
    pub listen: SocketAddr,
    /// Where people reach the site: `https://tinklaveika.lt`, without a slash at the end.
    pub url: String,
    pub smtp: Option<String>,
    pub metrics: Option<SocketAddr>,
    /// Proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    pub proxies: Vec<IpNet>,
    pub demo: bool,
    pub database: Option<String>,
    pub limits: Limits,
    pub live: Settings,
    pub password_cost: Cost,
    /// Memory for compressed public pages.
    pub page_cache_bytes: u64,
}

impl Config {
    pub fn new(data: PathBuf, listen: SocketAddr) -> Self {
        Self {
            data,
            listen,
            url: format!("http://{listen}"),
            smtp: None,
            metrics: None,
            proxies: Vec::new(),
            demo: false,
            database: None,
            limits: Limits::default(),
            live: Settings::default(),
            password_cost: Cost::Real,
            page_cache_bytes: 16 << 20,
        }
    }

    /// Whether browsers will keep a sign-in: over HTTPS, or on this very machine.
    pub fn keeps_sign_in(&self) -> bool {
        let Some(rest) = self.url.strip_prefix("http://") else { return true };
        let host = rest.split('/').next().unwrap_or_default();
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        matches!(name, "localhost" | "127.0.0.1" | "[::1]") || name.ends_with(".localhost")
    }

    /// `https://tinklaveika.lt` of the site's address: what a browser sends as `Origin`.
    pub fn origin(&self) -> &str {
        let scheme = self.url.find("://").map_or(0, |at| at + 3);
        let end = self.url[scheme..].find('/').map_or(self.url.len(), |at| scheme + at);
        &self.url[..end]
    }
}

/// How much is too much. Schools share one address, so limits by address are wide.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Writes of one person.
    pub writes_a_minute: u32,
    /// Calls from one address that are not answered from the cache.
    pub calls_a_minute: u32,
    /// Tries of codes and links from one address.
    pub guesses_a_minute: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { writes_a_minute: 120, calls_a_minute: 6_000, guesses_a_minute: 30 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_in_is_kept_over_https_or_on_this_machine() {
        let mut config = Config::new("data".into(), ([127, 0, 0, 1], 8080).into());
        for (url, kept, origin) in [
            ("https://tinklaveika.lt", true, "https://tinklaveika.lt"),
            ("http://localhost:8080", true, "http://localhost:8080"),
            ("http://127.0.0.1:8080/x", true, "http://127.0.0.1:8080"),
            ("http://mokykla.lt", false, "http://mokykla.lt"),
            ("http://192.168.1.5:8080", false, "http://192.168.1.5:8080"),
            ("http://localhost.mokykla.lt", false, "http://localhost.mokykla.lt"),
        ] {
            config.url = url.to_owned();
            assert_eq!((config.keeps_sign_in(), config.origin()), (kept, origin), "{url}");
        }
    }
}
