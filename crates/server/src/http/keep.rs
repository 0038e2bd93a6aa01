//! Which pages the reader's browser may keep for when there is no network; `web/public/sw.js` keeps them.

use axum::http::{HeaderName, HeaderValue};
use pages::address::template;

use crate::auth::{Caller, digest};

pub const KEPT: HeaderName = HeaderName::from_static("tinklaveika-kept");

/// What is read and what is written in: never accounts, invitations, or any page that shows a secret.
const PAGES: [&str; 20] = [
    template::home,
    template::networks,
    template::network,
    template::team,
    template::spaces,
    template::space,
    template::problems,
    template::problem,
    template::problem_new,
    template::problem_edit,
    template::practices,
    template::practice,
    template::practice_card,
    template::practice_new,
    template::practice_edit,
    template::sessions,
    template::session,
    template::record,
    template::notes,
    template::session_new,
];

/// On a computer that others use no copy may stay, not even of who was there before.
const NOBODY: HeaderValue = HeaderValue::from_static("-");

/// Whose copy of the page at the template `at` it is: a name that tells nothing of the person but that they are the same. None for
/// strangers, and for pages of which no copy may stay.
///
/// It is another name once a passage was taken out of any text: then browsers let go of all that they kept before.
pub fn tag(caller: &Caller, at: &str, redactions: i64) -> Option<HeaderValue> {
    let person = caller.actor.person().filter(|_| PAGES.contains(&at))?;
    if caller.shared_computer {
        return Some(NOBODY);
    }
    HeaderValue::try_from(&digest(&format!("kept {person} {redactions}"))[..16]).ok()
}
