//! Who acts, and what permission depends on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ids::*, schools::MunicipalityCode};

/// Who acts.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Actor {
    #[default]
    Anonymous,
    Person(Box<Me>),
    /// What time alone causes: a step that ends, a review that falls due.
    Clock,
}

/// A signed-in person with all that permission depends on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Me {
    pub id: PersonId,
    pub name: String,
    pub suspended: bool,
    pub roles: Vec<Role>,
    pub teams: Vec<Membership>,
}

/// A person's place in a team that is not archived.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Membership {
    pub team: TeamId,
    pub network: NetworkId,
    /// Mini-networks that the team has joined beside its own network.
    #[serde(default)]
    pub mini_networks: Vec<NetworkId>,
    pub lead: bool,
    pub name: String,
    pub school: String,
}

/// A role beside that of a team's member or lead, with its scope.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "role", content = "scope")]
pub enum Role {
    Administrator,
    /// Of a network or a mini-network.
    Coordinator(NetworkId),
    /// Of one team of each such role; reads, writes and facilitates with it without being a member.
    Consultant(TeamId),
    Expert(NetworkId),
    MunicipalSpecialist(MunicipalityCode),
    CentreSpecialist(NetworkId),
}

impl Role {
    /// How it is kept: its name and its scope, which is empty for the site.
    pub fn spelled(self) -> (&'static str, String) {
        match self {
            Role::Administrator => ("administrator", String::new()),
            Role::Coordinator(network) => ("coordinator", network.to_string()),
            Role::Consultant(team) => ("consultant", team.to_string()),
            Role::Expert(network) => ("expert", network.to_string()),
            Role::MunicipalSpecialist(code) => ("municipal_specialist", code.to_string()),
            Role::CentreSpecialist(network) => ("centre_specialist", network.to_string()),
        }
    }

    /// None for one of a later release, which is not known here and gives nothing.
    pub fn read(name: &str, scope: &str) -> Option<Role> {
        Some(match name {
            "administrator" => Role::Administrator,
            "coordinator" => Role::Coordinator(scope.parse().ok()?),
            "consultant" => Role::Consultant(scope.parse().ok()?),
            "expert" => Role::Expert(scope.parse().ok()?),
            "municipal_specialist" => Role::MunicipalSpecialist(scope.parse().ok()?),
            "centre_specialist" => Role::CentreSpecialist(scope.parse().ok()?),
            _ => return None,
        })
    }
}

impl Actor {
    pub fn me(&self) -> Option<&Me> {
        match self {
            Actor::Person(me) => Some(me),
            Actor::Anonymous | Actor::Clock => None,
        }
    }

    pub fn person(&self) -> Option<PersonId> {
        self.me().map(|me| me.id)
    }

    pub(super) fn has(&self, role: Role) -> bool {
        self.me().is_some_and(|me| me.roles.contains(&role))
    }

    pub fn is_administrator(&self) -> bool {
        self.has(Role::Administrator)
    }

    /// Whether the actor coordinates one of the networks.
    pub(super) fn coordinates_any(&self, networks: &[NetworkId]) -> bool {
        networks.iter().any(|network| self.has(Role::Coordinator(*network)))
    }

    pub fn membership(&self, team: TeamId) -> Option<&Membership> {
        self.me()?.teams.iter().find(|membership| membership.team == team)
    }
}

impl Membership {
    /// Whether the team is of the network, or has joined the mini-network.
    pub fn is_of(&self, network: NetworkId) -> bool {
        self.network == network || self.mini_networks.contains(&network)
    }
}
