//! What every page knows beside the things it shows.

use model::{
    access::{Actor, Me, Membership},
    files::FileLimits,
    ids::TeamId,
    redactions::RedactionShown,
    refusal::Refusals,
};
use text::Lang;

#[derive(Clone, Debug)]
pub struct Context {
    pub lang: Lang,
    pub theme: Theme,
    pub actor: Actor,
    /// The team that the person acts for; the first of theirs when they chose none.
    pub acting: Option<TeamId>,
    /// Address of this page from its first `/` on, with the query.
    pub path: String,
    /// What stands before `path`, without a slash at its end: `https://tinklaveika.example`.
    pub origin: String,
    /// The form that was refused and is drawn again, on the page that it stood on.
    pub form: Option<FormState>,
    /// Makes a form that is sent twice one call; drawn anew for every page of a signed-in reader.
    pub key: Option<String>,
    /// A short word that something was done, shown once on top.
    pub done: Option<String>,
    /// Nothing can be written for now: the disk is full.
    pub read_only: bool,
    /// How much may be attached.
    pub files: FileLimits,
    /// What was taken out of the text that the page shows, the latest first.
    pub redactions: Vec<RedactionShown>,
    /// Where the reader may take out more of it.
    pub redact: Option<String>,
    pub assets: Assets,
}

/// How it looks: as the device is set, or as the person chose.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Theme {
    #[default]
    Auto,
    Light,
    Dark,
}

/// A form as it was sent, so that nothing typed is lost.
#[derive(Clone, Debug)]
pub struct FormState {
    /// `Endpoint::NAME` of the call that the form makes.
    pub call: &'static str,
    pub pairs: Vec<(String, String)>,
    pub refusals: Refusals,
}

/// The stylesheet that pages carry inline, and the addresses of files by their names in `web/public`.
#[derive(Clone, Copy, Debug)]
pub struct Assets {
    pub style: &'static str,
    pub address: fn(&str) -> Option<&'static str>,
}

impl Theme {
    pub const ALL: [Theme; 3] = [Theme::Auto, Theme::Light, Theme::Dark];

    /// As the cookie and the form spell it.
    pub const fn key(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    pub fn from_key(key: &str) -> Option<Theme> {
        Theme::ALL.into_iter().find(|theme| theme.key() == key)
    }
}

impl Context {
    pub fn me(&self) -> Option<&Me> {
        self.actor.me()
    }

    /// The team that the person acts for.
    pub fn acting(&self) -> Option<&Membership> {
        let me = self.me()?;
        let chosen = self.acting.and_then(|team| self.actor.membership(team));
        chosen.or_else(|| me.teams.first())
    }

    /// Whether browsers keep a sign-in here: over HTTPS, or on the machine itself.
    pub fn keeps_sign_in(&self) -> bool {
        let host = self.origin.strip_prefix("http://").map(|rest| rest.split(['/', '?']).next().unwrap_or_default());
        host.is_none_or(|host| {
            let name = host.rsplit_once(':').filter(|_| !host.ends_with(']')).map_or(host, |(name, _)| name);
            matches!(name, "localhost" | "127.0.0.1" | "[::1]") || name.ends_with(".localhost")
        })
    }
}
