//! Teams.

use super::{Action, Actor, Denial, active, open, yes};
use crate::{ids::*, schools::MunicipalityCode};

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TeamFacts {
    pub id: TeamId,
    pub network: NetworkId,
    pub municipality: MunicipalityCode,
    pub archived: bool,
}

pub(super) fn may_team(actor: &Actor, action: Action, team: &TeamFacts) -> Result<(), Denial> {
    // A team's page shows its name, school and the names of its members to people of the platform, not to the world.
    active(actor)?;
    let keeper = actor.is_administrator() || actor.coordinates_any(&[team.network]);
    let membership = actor.membership(team.id);
    let allowed = match action {
        Action::SeeTeam | Action::JoinTeam => true,
        Action::LeadTeam => keeper || membership.is_some_and(|membership| membership.lead),
        Action::LeaveTeam => membership.is_some(),
        Action::ArchiveTeam | Action::ReturnTeam | Action::Redact => keeper,
        _ => false,
    };
    yes(allowed)?;
    open(matches!(action, Action::SeeTeam | Action::ReturnTeam | Action::Redact) || !team.archived)
}
