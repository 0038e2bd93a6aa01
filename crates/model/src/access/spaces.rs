//! Shared spaces, and how one stands to them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Action, Actor, Denial, Role, TeamFacts, active, open, yes};
use crate::ids::*;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SpaceFacts {
    pub id: SpaceId,
    pub network: NetworkId,
    pub visibility: Visibility,
    pub archived: bool,
    /// The teams that meet in it, with their networks and municipalities; archived teams left out.
    pub teams: Vec<TeamFacts>,
}

/// Who sees a space and all that is in it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// The teams of the space and those who serve them.
    Team,
    /// Also everyone of the network that opened it.
    Network,
    /// Everyone signed in.
    All,
    /// Everyone.
    Public,
}

pub(super) fn may_space(actor: &Actor, action: Action, space: &SpaceFacts) -> Result<(), Denial> {
    let ties = Ties::to_space(actor, space);
    if !ties.sees(space.visibility) {
        return Err(Denial::Missing);
    }
    if action == Action::SeeSpace {
        return Ok(());
    }
    active(actor)?;
    let allowed = match action {
        Action::KeepSpace | Action::ReturnSpace | Action::Moderate | Action::Redact => {
            ties.administrator || ties.coordinator
        }
        Action::Report => true,
        Action::Contribute => ties.works(),
        Action::ScheduleSession => {
            ties.administrator || ties.coordinator || ties.consultant || ties.centre || ties.lead
        }
        _ => false,
    };
    yes(allowed)?;
    // What should not stand does not stand in an archive either.
    let also_archived = matches!(action, Action::ReturnSpace | Action::Report | Action::Moderate | Action::Redact);
    open(also_archived || !space.archived)
}

/// How the actor stands to a space: one tie for each way of belonging. Every rule below is a disjunction of ties, so nobody
/// gains by losing one.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Ties {
    pub(super) signed_in: bool,
    pub(super) administrator: bool,
    pub(super) coordinator: bool,
    pub(super) consultant: bool,
    pub(super) expert: bool,
    pub(super) municipal: bool,
    pub(super) centre: bool,
    /// Leads a team of the space.
    pub(super) lead: bool,
    /// Is in a team of the space.
    pub(super) member: bool,
    /// Is in a team of the network that opened the space.
    pub(super) kin: bool,
}

impl Ties {
    pub(super) fn to_space(actor: &Actor, space: &SpaceFacts) -> Self {
        let Some(me) = actor.me().filter(|me| !me.suspended) else {
            return Self::default();
        };
        let here = |team: TeamId| space.teams.iter().any(|facts| facts.id == team && !facts.archived);
        let mut ties = Self { signed_in: true, ..Self::default() };
        for role in &me.roles {
            match *role {
                Role::Administrator => ties.administrator = true,
                Role::Coordinator(network) => ties.coordinator |= network == space.network,
                Role::Consultant(team) => ties.consultant |= here(team),
                Role::Expert(network) => ties.expert |= network == space.network,
                Role::CentreSpecialist(network) => ties.centre |= network == space.network,
                Role::MunicipalSpecialist(code) => {
                    ties.municipal |= space.teams.iter().any(|team| team.municipality == code && !team.archived);
                }
            }
        }
        for membership in &me.teams {
            ties.member |= here(membership.team);
            ties.lead |= membership.lead && here(membership.team);
            ties.kin |= membership.is_of(space.network);
        }
        ties
    }

    /// Works in the space.
    pub(super) fn works(self) -> bool {
        self.administrator || self.coordinator || self.consultant || self.member
    }

    pub(super) fn sees(self, visibility: Visibility) -> bool {
        let network = self.kin || self.expert || self.centre || self.municipal;
        self.works()
            || match visibility {
                Visibility::Team => false,
                Visibility::Network => network,
                Visibility::All => self.signed_in,
                Visibility::Public => true,
            }
    }

    /// Says something under what others wrote. Experts review and centre specialists hold sessions; that is not commenting.
    pub(super) fn comments(self, visibility: Visibility) -> bool {
        self.works() || (visibility > Visibility::Team && (self.kin || self.municipal))
    }

    /// Has a part in the network's life, beyond merely being able to read: may be a participant of its sessions.
    pub(super) fn takes_part(self, visibility: Visibility) -> bool {
        self.works() || (visibility > Visibility::Team && (self.kin || self.expert || self.centre || self.municipal))
    }
}
