//! The log of acts, for administrators: who did what and when, never what anybody wrote.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    access::Action,
    endpoint,
    ids::PersonId,
    time::{LocalDate, Timestamp},
    words::Line,
};

/// Every act that is written down. One that is missing here fails the first test in which it is done.
pub const ACTS: &[&str] = &[
    "administrator.link",
    "attendance.corrected",
    "institution_kind.added",
    "institution_kind.edited",
    "item.hidden",
    "item.kept_hidden",
    "item.shown",
    "minutes.added",
    "minutes.signed",
    "network.created",
    "network.edited",
    "network.founded",
    "network.team_invited",
    "network.team_joined",
    "network.team_left",
    "network.team_removed",
    "network_kind.added",
    "network_kind.edited",
    "password.changed",
    "password.link",
    "password.reset",
    "person.resumed",
    "person.returned",
    "person.suspended",
    "plan.changed",
    "plan.dropped",
    "plan.written",
    "problem.merged",
    "report.dismissed",
    "role.accepted",
    "role.given",
    "role.invitation_revoked",
    "role.invited",
    "role.taken",
    "school.created",
    "school.edited",
    "site.set_up",
    "space.archived",
    "space.edited",
    "space.entered",
    "space.opened",
    "space.returned",
    "space.team_in",
    "space.team_out",
    "team.activated",
    "team.archived",
    "team.created",
    "team.handed_over",
    "team.invited",
    "team.joined",
    "team.left",
    "team.member_removed",
    "team.returned",
    "text.redacted",
];

/// `GET /acts`: the latest first, a hundred at a time.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ListActs {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// One of [`ACTS`]; another finds nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-text" = "key"))]
    pub act: Option<Line<60>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<LocalDate>,
    /// The last day that is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<LocalDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-text" = "key"))]
    pub cursor: Option<Line<200>>,
}
endpoint!(Get "/acts" ListActs, Action::Administer => ActsPage);

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ActsPage {
    pub acts: Vec<ActShown>,
    pub next: Option<String>,
    pub chain: Chain,
    /// Everyone who did any of them.
    pub people: Vec<Doer>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Doer {
    pub id: PersonId,
    pub name: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ActShown {
    pub number: i64,
    pub at: Timestamp,
    /// None for what was done from the command line.
    pub by: Option<Doer>,
    pub act: String,
    /// The ids of what it was done to, and roles.
    pub subject: String,
    /// Names of the people, teams, networks, schools and spaces among them.
    pub names: Vec<String>,
}

/// Each row holds the hash of the one before it, so that none is changed or taken out unseen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Chain {
    /// The last row up to which all fits.
    pub checked: i64,
    /// The first row that does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub broken_at: Option<i64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acts_stand_in_order_and_once() {
        assert!(ACTS.is_sorted() && ACTS.windows(2).all(|pair| pair[0] != pair[1]));
    }
}
