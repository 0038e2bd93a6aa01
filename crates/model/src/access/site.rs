//! The site, its networks, schools and roles.

use super::{Action, Actor, Denial, Role, active, signed_in, yes};
use crate::ids::NetworkId;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RoleFacts {
    pub role: Role,
    /// The network of the team, when the role is of a team.
    pub network: Option<NetworkId>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SchoolFacts {
    /// The networks in which it has a team that is not archived.
    pub networks: Vec<NetworkId>,
}

pub(super) fn may_site(actor: &Actor, action: Action) -> Result<(), Denial> {
    match action {
        Action::Visit => Ok(()),
        Action::OwnRead => signed_in(actor).map(drop),
        Action::OwnAccount => active(actor).map(drop),
        Action::Administer | Action::Coordinate | Action::Redact => {
            active(actor)?;
            yes(actor.is_administrator())
        }
        Action::Moderate => {
            let me = active(actor)?;
            yes(me.roles.iter().any(|role| matches!(role, Role::Administrator | Role::Coordinator(_))))
        }
        _ => Err(Denial::Forbidden),
    }
}

pub(super) fn may_network(actor: &Actor, action: Action, network: NetworkId) -> Result<(), Denial> {
    match action {
        Action::Coordinate | Action::Redact => {
            active(actor)?;
            yes(actor.is_administrator() || actor.coordinates_any(&[network]))
        }
        // Asked of the site for the queue, and of a space for what stands in it.
        Action::Moderate => Err(Denial::Forbidden),
        _ => may_site(actor, action),
    }
}

/// Administrators give every role; a coordinator those whose scope is their network or one of its teams.
pub(super) fn may_role(actor: &Actor, action: Action, facts: &RoleFacts) -> Result<(), Denial> {
    active(actor)?;
    let within = match facts.role {
        Role::Coordinator(network) | Role::Expert(network) | Role::CentreSpecialist(network) => Some(network),
        Role::Consultant(_) => facts.network,
        Role::Administrator | Role::MunicipalSpecialist(_) => None,
    };
    let keeps = within.is_some_and(|network| actor.coordinates_any(&[network]));
    yes(action == Action::GiveRole && (actor.is_administrator() || keeps))
}

pub(super) fn may_school(actor: &Actor, action: Action, school: &SchoolFacts) -> Result<(), Denial> {
    active(actor)?;
    let keeps = actor.is_administrator() || actor.coordinates_any(&school.networks);
    yes(matches!(action, Action::EditSchool | Action::Redact) && keeps)
}
