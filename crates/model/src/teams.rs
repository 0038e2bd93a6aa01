//! School teams of five to six people.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    access::Action,
    accounts::{Email, Profession, SignedIn},
    endpoint,
    endpoint::Done,
    ids::*,
    refusal::{Code, Refusal},
    schools::{MunicipalityCode, School},
    time::{Millis, Timestamp},
    words::{Line, Secret},
};

/// A team has 5 to 6 members (the BMT programme is made for teams of that size).
pub const TEAM_SIZE: std::ops::RangeInclusive<usize> = 5..=6;
/// An invitation works for this long.
pub const INVITATION_LIFE: Millis = Millis::days(7);

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TeamState {
    /// Gathers its members.
    Forming,
    Active,
    /// Was active and has fewer than five members now.
    Incomplete,
    /// Reads and does not write.
    Archived,
}

impl TeamState {
    /// # Errors
    /// `team.state` when the team is not forming; `team.size` with `count` when it has not 5 to 6 members.
    pub fn activate(self, members: usize) -> Result<Self, Refusal> {
        if self != TeamState::Forming {
            return Err(Refusal::of(Code::TeamState));
        }
        if !TEAM_SIZE.contains(&members) {
            return Err(Refusal::of(Code::TeamSize).fact("count", members));
        }
        Ok(TeamState::Active)
    }

    /// # Errors
    /// `team.state` when the team is not archived.
    pub fn bring_back(self) -> Result<Self, Refusal> {
        // Whether it was active once is not asked: with 5 to 6 members it is activated anew.
        if self == TeamState::Archived { Ok(TeamState::Forming) } else { Err(Refusal::of(Code::TeamState)) }
    }

    /// The state once the team has `members`: an active team that shrinks below five is incomplete, and whole again with five.
    #[must_use]
    pub fn with_members(self, members: usize) -> Self {
        match self {
            TeamState::Active if members < *TEAM_SIZE.start() => TeamState::Incomplete,
            TeamState::Incomplete if members >= *TEAM_SIZE.start() => TeamState::Active,
            other => other,
        }
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TeamCard {
    pub id: TeamId,
    pub name: String,
    pub state: TeamState,
    pub network: NetworkId,
    pub network_name: String,
    pub school: String,
    pub municipality: MunicipalityCode,
    pub municipality_name: String,
    pub members: i64,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Member {
    pub person: PersonId,
    pub name: String,
    pub profession: Profession,
    pub lead: bool,
    pub since: Timestamp,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TeamPage {
    pub id: TeamId,
    pub name: String,
    pub state: TeamState,
    pub network: NetworkId,
    pub network_name: String,
    pub school: School,
    /// The lead first, then by name.
    pub members: Vec<Member>,
    /// Only to those who may invite.
    pub invitation: Option<InvitationShown>,
    /// Whether the reader may invite, remove, hand over and activate.
    pub may_lead: bool,
    pub may_archive: bool,
    /// It is archived, and the reader may bring it back.
    pub may_return: bool,
    /// Mini-networks that it has joined or is invited to.
    pub mini_networks: Vec<TeamMiniNetwork>,
    /// When it is read, its open actions in spaces that the reader sees, by their day; 50 at most.
    #[serde(default)]
    pub actions: Vec<crate::actions::ActionCard>,
    pub version: i64,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TeamMiniNetwork {
    pub network: NetworkId,
    pub name: String,
    /// None as long as the team has not accepted.
    pub joined_at: Option<Timestamp>,
}

/// What is known of an invitation after its making: never its code.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct InvitationShown {
    pub expires_at: Timestamp,
    pub joined: i64,
}

/// `POST /networks/{network}/teams`: by the coordinator. The first who joins leads it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CreateTeam {
    pub network: NetworkId,
    pub school: SchoolId,
    pub name: Line<80>,
}
endpoint!(Post "/networks/{network}/teams" CreateTeam, Action::Coordinate => TeamPage);

/// `GET /teams/{team}`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReadTeam {
    pub team: TeamId,
}
endpoint!(Get "/teams/{team}" ReadTeam, Action::SeeTeam => TeamPage);

/// `POST /teams/{team}/activate`: refused with `team.size` unless it has 5 to 6 members.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ActivateTeam {
    pub team: TeamId,
}
endpoint!(Post "/teams/{team}/activate" ActivateTeam, Action::LeadTeam => TeamPage);

/// `POST /teams/{team}/archive`: from then on it reads and does not write.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ArchiveTeam {
    pub team: TeamId,
}
endpoint!(Post "/teams/{team}/archive" ArchiveTeam, Action::ArchiveTeam => TeamPage);

/// `DELETE /teams/{team}/members/{person}`: the lead is not removed before handing over (`team.lead`).
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RemoveMember {
    pub team: TeamId,
    pub person: PersonId,
}
endpoint!(Delete "/teams/{team}/members/{person}" RemoveMember, Action::LeadTeam => TeamPage);

/// `POST /teams/{team}/lead`: makes another member (`team.member` if not one) the lead.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct HandOverLead {
    pub team: TeamId,
    pub to: PersonId,
}
endpoint!(Post "/teams/{team}/lead" HandOverLead, Action::LeadTeam => TeamPage);

/// `POST /teams/{team}/return`: out of the archive, with its members; it gathers again until it is activated.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReturnTeam {
    pub team: TeamId,
}
endpoint!(Post "/teams/{team}/return" ReturnTeam, Action::ReturnTeam => TeamPage);

/// `POST /teams/{team}/leave`: a lead hands over first (`team.successor`), also the last one who is left: a team without a lead is
/// archived by its coordinator.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LeaveTeam {
    pub team: TeamId,
}
endpoint!(Post "/teams/{team}/leave" LeaveTeam, Action::LeaveTeam => Done);

/// `POST /teams/{team}/invitation`: a new link and code; the one before stops working. Works for 7 days and as long as
/// the team has free seats (`team.full`).
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Invite {
    pub team: TeamId,
}
endpoint!(Post "/teams/{team}/invitation" Invite, Action::LeadTeam => Invitation);

/// Shown once: only a digest of the code is kept.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Invitation {
    /// Twelve characters of an alphabet of 32 without look-alikes: 60 bits. Written in three groups of four.
    #[schemars(extend("x-text" = "secret"))]
    pub code: String,
    /// The address to send round.
    #[schemars(extend("x-text" = "secret"))]
    pub link: String,
    pub expires_at: Timestamp,
    /// The team's page address, so that a form knows where to go on.
    pub team: TeamId,
}

/// `DELETE /teams/{team}/invitation`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RevokeInvitation {
    pub team: TeamId,
}
endpoint!(Delete "/teams/{team}/invitation" RevokeInvitation, Action::LeadTeam => TeamPage);

/// `GET /invitations/{code}`: what one is invited to. Unknown, revoked and expired codes are all `link.used`; guessing is throttled.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReadInvitation {
    #[schemars(extend("x-text" = "key"))]
    pub code: Line<40>,
}
endpoint!(Get "/invitations/{code}" ReadInvitation, Action::Visit => Invited);

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Invited {
    pub team: TeamId,
    pub team_name: String,
    pub school: String,
    pub municipality_name: String,
    pub network_name: String,
    /// Members now, of at most six.
    pub members: i64,
}

/// `POST /invitations/{code}/join`: a new account that joins at once and is signed in. `team.full` when there is no seat.
/// An address that has an account is answered like a wrong password, so that nobody learns who has one.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct JoinTeam {
    #[schemars(extend("x-text" = "key"))]
    pub code: Line<40>,
    pub name: Line<80>,
    pub email: Email,
    pub password: Secret,
    pub profession: Profession,
}
endpoint!(Post "/invitations/{code}/join" JoinTeam, Action::Visit => Joined);

/// `POST /invitations/{code}/accept`: joins with the account one is signed in with.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AcceptInvitation {
    #[schemars(extend("x-text" = "key"))]
    pub code: Line<40>,
}
endpoint!(Post "/invitations/{code}/accept" AcceptInvitation, Action::OwnAccount => Joined);

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Joined {
    pub team: TeamId,
    pub signed_in: SignedIn,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_team_is_active_with_five_or_six() {
        for members in 0..10 {
            let activated = TeamState::Forming.activate(members);
            assert_eq!(activated.is_ok(), members == 5 || members == 6, "{members}");
        }
        assert_eq!(TeamState::Active.activate(5).unwrap_err().code, Code::TeamState);
    }

    #[test]
    fn a_team_that_shrinks_is_incomplete_until_it_has_five_again() {
        assert_eq!(TeamState::Active.with_members(4), TeamState::Incomplete);
        assert_eq!(TeamState::Incomplete.with_members(4), TeamState::Incomplete);
        assert_eq!(TeamState::Incomplete.with_members(5), TeamState::Active);
        assert_eq!(TeamState::Forming.with_members(6), TeamState::Forming);
        assert_eq!(TeamState::Archived.with_members(6), TeamState::Archived);
    }
}
