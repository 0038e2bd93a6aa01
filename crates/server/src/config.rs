//! What the operator set: options of the command line, then environment variables `TINKLAVEIKA_…`.

use std::{
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    path::PathBuf,
};

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
            url: url_here(listen),
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

/// The site's address where none was set: the one listened on; where that is every address, this machine's own.
pub fn url_here(mut listen: SocketAddr) -> String {
    if listen.ip().is_unspecified() {
        listen.set_ip(if listen.is_ipv4() { Ipv4Addr::LOCALHOST.into() } else { Ipv6Addr::LOCALHOST.into() });
    }
    format!("http://{listen}")
}

/// `https://tinklaveika.lt` from what the operator wrote.
///
/// # Errors
/// When it has no `http://` or `https://`, or no host: links would lead nowhere, and forms would be refused.
pub fn public_url(text: &str) -> Result<String, String> {
    let text = text.trim_end_matches('/');
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or_default();
    if host.is_empty()
        || host.starts_with(['/', ':'])
        || host.contains(|c: char| c.is_whitespace() || "?#@".contains(c))
    {
        return Err("an address looks like https://tinklaveika.example".to_owned());
    }
    Ok(text.to_owned())
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
    fn a_site_that_listens_everywhere_is_at_this_machine_until_it_is_told_where() {
        let config = |listen: &str| Config::new("data".into(), listen.parse().unwrap());
        for (listen, url) in [
            ("0.0.0.0:8080", "http://127.0.0.1:8080"),
            ("[::]:80", "http://[::1]:80"),
            ("10.0.0.5:8080", "http://10.0.0.5:8080"),
        ] {
            assert_eq!(config(listen).url, url);
        }
        assert!(config("0.0.0.0:8080").is_own("http://localhost:8080"));
    }

    #[test]
    fn an_address_that_no_browser_could_open_is_refused() {
        assert_eq!(public_url("https://tinklaveika.lt/").as_deref(), Ok("https://tinklaveika.lt"));
        assert_eq!(public_url("http://10.0.0.5:8080").as_deref(), Ok("http://10.0.0.5:8080"));
        for wrong in
            ["", "tinklaveika.lt", "https://", "https:///kelias", "ftp://tinklaveika.lt", "https://a b", "https://:80"]
        {
            assert!(public_url(wrong).is_err(), "{wrong}");
        }
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
