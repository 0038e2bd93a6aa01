//! What the operator set: options of the command line, then environment variables `TINKLAVEIKA_…`.

use std::{net::SocketAddr, path::PathBuf};

use ipnet::IpNet;

use crate::{auth::passwords::Cost, files, live::Settings};

#[derive(Clone, Debug)]
pub struct Config {
    pub data: PathBuf,
    pub listen: SocketAddr,
    /// Where people reach the site: `https://tinklaveika.lt`, without a slash at the end.
    pub url: String,
    pub smtp: Option<String>,
    /// Who mails come from; without it, an address of the site's host.
    pub mail_from: Option<String>,
    pub metrics: Option<SocketAddr>,
    /// Proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    pub proxies: Vec<IpNet>,
    pub demo: bool,
    pub database: Option<String>,
    pub limits: Limits,
    pub live: Settings,
    pub attachments: files::Settings,
    /// The directory that holds attached files where it is another than `data`.
    pub files: Option<PathBuf>,
    pub password_cost: Cost,
    /// Where the source of this program is offered to everyone, as its licence asks of who changed it.
    pub source: Option<String>,
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
            mail_from: None,
            metrics: None,
            proxies: Vec::new(),
            demo: false,
            database: None,
            limits: Limits::default(),
            live: Settings::default(),
            attachments: files::Settings::default(),
            files: None,
            password_cost: Cost::Real,
            source: None,
            page_cache_bytes: 16 << 20,
        }
    }

    /// `https://tinklaveika.lt` of the site's address: what a browser sends as `Origin`.
    pub fn origin(&self) -> &str {
        let scheme = self.url.find("://").map_or(0, |at| at + 3);
        let end = self.url[scheme..].find('/').map_or(self.url.len(), |at| scheme + at);
        &self.url[..end]
    }

    /// Whether `origin`, as a browser sends it, is this site. On the machine itself people type `localhost` or `127.0.0.1`
    /// as it comes: a site at one of its names is at all of them.
    pub fn is_own(&self, origin: &str) -> bool {
        origin == self.origin() || port_here(self.origin()).is_some_and(|port| port_here(origin) == Some(port))
    }
}

/// The port of an origin that is this machine by name or number, over plain http.
fn port_here(origin: &str) -> Option<&str> {
    let rest = origin.strip_prefix("http://")?;
    let named = ["localhost", "127.0.0.1", "[::1]"].into_iter().find_map(|name| rest.strip_prefix(name))?;
    match named {
        "" => Some("80"),
        port => port.strip_prefix(':'),
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
    fn the_origin_is_the_address_without_its_path() {
        let mut config = Config::new("data".into(), ([127, 0, 0, 1], 8080).into());
        assert_eq!(config.origin(), "http://127.0.0.1:8080");
        config.url = "https://tinklaveika.lt/kelias".to_owned();
        assert_eq!(config.origin(), "https://tinklaveika.lt");
    }

    #[test]
    fn on_this_machine_every_name_of_it_is_the_site() {
        let mut config = Config::new("data".into(), ([127, 0, 0, 1], 8080).into());
        for own in ["http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:8080"] {
            assert!(config.is_own(own), "{own}");
        }
        let others = [
            "http://localhost",
            "http://localhost:80800",
            "http://localhost.example:8080",
            "https://localhost:8080",
            "null",
        ];
        for other in others {
            assert!(!config.is_own(other), "{other}");
        }
        config.url = "https://tinklaveika.lt/kelias".to_owned();
        assert!(config.is_own("https://tinklaveika.lt"));
        for other in
            ["http://tinklaveika.lt", "http://localhost:8080", "http://127.0.0.1:8080", "https://tinklaveika.lt/kelias"]
        {
            assert!(!config.is_own(other), "{other}");
        }
    }
}
