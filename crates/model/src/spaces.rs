//! Shared spaces: where teams of any network and municipality meet.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    access::{Action, Visibility},
    endpoint,
    ids::*,
    practices::PracticeCard,
    problems::ProblemCard,
    sessions::SessionCard,
    teams::TeamCard,
    time::Timestamp,
    words::{Line, Prose},
};

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SpaceCard {
    pub id: SpaceId,
    pub name: String,
    pub about: String,
    pub visibility: Visibility,
    pub network: NetworkId,
    pub network_name: String,
    pub archived: bool,
    pub teams: i64,
    /// Posted, not drafts.
    pub problems: i64,
    pub practices: i64,
    /// A live session is open now.
    pub live: bool,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SpacePage {
    pub space: SpaceCard,
    pub teams: Vec<TeamCard>,
    /// The latest ten of each.
    pub problems: Vec<ProblemCard>,
    pub practices: Vec<PracticeCard>,
    /// Open and planned ones first, then the latest past ones; ten at most.
    pub sessions: Vec<SessionCard>,
    /// Open actions, by their day, ten at most; none for who is not signed in.
    #[serde(default)]
    pub actions: Vec<crate::actions::ActionCard>,
    /// The reader's own drafts here, and those of the reader's teams.
    pub drafts: Vec<Draft>,
    /// What happened, the latest first; sixty at most.
    pub lately: Vec<Happening>,
    pub may: SpaceDoors,
    /// Teams that could be taken in; only to those who keep the space.
    pub addable: Vec<TeamCard>,
    pub version: i64,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Draft {
    pub kind: HappeningKind,
    pub id: String,
    pub title: String,
}

/// What the reader may do in a space, so that pages offer nothing that would be refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct SpaceDoors {
    pub contribute: bool,
    pub schedule: bool,
    pub keep: bool,
    /// Out of the archive.
    pub bring_back: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HappeningKind {
    Problem,
    Response,
    Practice,
    Session,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Happening {
    pub at: Timestamp,
    pub kind: HappeningKind,
    /// Of the problem, practice or session that it leads to.
    pub id: String,
    pub title: String,
    /// Empty for somebody who has left the team that it was for.
    pub who: String,
    pub team: Option<String>,
}

/// `GET /spaces`: those the reader may see, by name.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ListSpaces {}
endpoint!(Get "/spaces" ListSpaces, Action::Visit => Vec<SpaceCard>);

/// `GET /spaces/{space}`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReadSpace {
    pub space: SpaceId,
}
endpoint!(Get "/spaces/{space}" ReadSpace, Action::SeeSpace => SpacePage);

/// `POST /networks/{network}/spaces`: by the coordinator of the network that opens it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct OpenSpace {
    pub network: NetworkId,
    pub name: Line<80>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Prose<600>>,
    pub visibility: Visibility,
}
endpoint!(Post "/networks/{network}/spaces" OpenSpace, Action::Coordinate => SpaceCard);

/// `PUT /spaces/{space}`: `changed` when `version` is not the latest.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EditSpace {
    pub space: SpaceId,
    pub version: i64,
    pub name: Line<80>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Prose<600>>,
    pub visibility: Visibility,
}
endpoint!(Put "/spaces/{space}" EditSpace, Action::KeepSpace => SpaceCard);

/// `POST /spaces/{space}/teams`: takes in a team of any network.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TakeInTeam {
    pub space: SpaceId,
    pub team: TeamId,
}
endpoint!(Post "/spaces/{space}/teams" TakeInTeam, Action::KeepSpace => SpaceCard);

/// `DELETE /spaces/{space}/teams/{team}`: what the team wrote stays.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TakeOutTeam {
    pub space: SpaceId,
    pub team: TeamId,
}
endpoint!(Delete "/spaces/{space}/teams/{team}" TakeOutTeam, Action::KeepSpace => SpaceCard);

/// `POST /spaces/{space}/archive`: from then on the space reads and does not write.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ArchiveSpace {
    pub space: SpaceId,
}
endpoint!(Post "/spaces/{space}/archive" ArchiveSpace, Action::KeepSpace => SpaceCard);

/// `POST /spaces/{space}/return`: out of the archive; whoever could write in it can again.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReturnSpace {
    pub space: SpaceId,
}
endpoint!(Post "/spaces/{space}/return" ReturnSpace, Action::ReturnSpace => SpaceCard);
