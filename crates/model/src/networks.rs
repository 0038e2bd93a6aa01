//! Networks of schools, and the mini-networks (*tinkliukai*) that their teams found. Kinds of network are data: the first two are
//! *Besimokančių mokyklų tinklai* and *Tūkstantmečio mokyklos*.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    access::Action,
    endpoint,
    endpoint::Done,
    ids::*,
    keys::{Named, NetworkKind},
    people::RoleHolder,
    spaces::SpaceCard,
    teams::TeamCard,
    words::{Line, Prose},
};

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NetworkCard {
    pub id: NetworkId,
    pub name: String,
    pub kind: NetworkKind,
    /// Of a mini-network: the network of the team that founded it.
    pub parent: Option<NetworkId>,
    pub parent_name: Option<String>,
    /// Teams that are not archived.
    pub teams: i64,
    /// Municipalities of those teams.
    pub municipalities: i64,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NetworkPage {
    pub network: NetworkCard,
    pub about: String,
    /// Shown to signed-in people only; empty for others.
    pub teams: Vec<TeamCard>,
    /// Who has a role of the network or of one of its teams; shown to signed-in people only.
    pub people: Vec<RoleHolder>,
    /// Those the reader may see.
    pub spaces: Vec<SpaceCard>,
    pub mini_networks: Vec<NetworkCard>,
    /// Teams that were invited to a mini-network and have not answered; only to those who coordinate it.
    pub invited: Vec<TeamCard>,
    /// Teams that could be invited to a mini-network; only to those who coordinate it, 500 at most.
    pub invitable: Vec<TeamCard>,
    pub version: i64,
}

/// `GET /network-kinds`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ListNetworkKinds {}
endpoint!(Get "/network-kinds" ListNetworkKinds, Action::Visit => Vec<Named<NetworkKind>>);

/// `GET /networks`: by name.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ListNetworks {}
endpoint!(Get "/networks" ListNetworks, Action::Visit => Vec<NetworkCard>);

/// `GET /networks/{network}`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReadNetwork {
    pub network: NetworkId,
}
endpoint!(Get "/networks/{network}" ReadNetwork, Action::Visit => NetworkPage);

/// `POST /networks`: by an administrator. An unknown kind is `field.wrong`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CreateNetwork {
    pub kind: NetworkKind,
    pub name: Line<120>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Prose<1000>>,
}
endpoint!(Post "/networks" CreateNetwork, Action::Administer => NetworkCard);

/// `PUT /networks/{network}`: `changed` when `version` is not the latest.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EditNetwork {
    pub network: NetworkId,
    pub version: i64,
    pub kind: NetworkKind,
    pub name: Line<120>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Prose<1000>>,
}
endpoint!(Put "/networks/{network}" EditNetwork, Action::Coordinate => NetworkCard);

/// `POST /network-kinds`: a kind more; its key is made of the Lithuanian name and stays.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AddNetworkKind {
    pub lt: Line<80>,
    pub en: Line<80>,
}
endpoint!(Post "/network-kinds" AddNetworkKind, Action::Administer => Named<NetworkKind>);

/// `PUT /network-kinds/{kind}`: other names for it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EditNetworkKind {
    pub kind: NetworkKind,
    pub lt: Line<80>,
    pub en: Line<80>,
}
endpoint!(Put "/network-kinds/{kind}" EditNetworkKind, Action::Administer => Named<NetworkKind>);

/// `POST /teams/{team}/mini-networks`: an active team (`team.state`) founds a mini-network; its lead coordinates it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct FoundMiniNetwork {
    pub team: TeamId,
    pub name: Line<120>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Prose<1000>>,
}
endpoint!(Post "/teams/{team}/mini-networks" FoundMiniNetwork, Action::LeadTeam => NetworkCard);

/// `POST /networks/{network}/invited`: asks a team of any network to join a mini-network (`network.mini` for another). Nothing
/// changes for the team until it accepts.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct InviteTeam {
    pub network: NetworkId,
    pub team: TeamId,
}
endpoint!(Post "/networks/{network}/invited" InviteTeam, Action::Coordinate => Done);

/// `DELETE /networks/{network}/teams/{team}`: takes back an invitation to a mini-network, or the team out of it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RemoveTeam {
    pub network: NetworkId,
    pub team: TeamId,
}
endpoint!(Delete "/networks/{network}/teams/{team}" RemoveTeam, Action::Coordinate => Done);

/// `POST /teams/{team}/mini-networks/{network}/join`: the team that was invited accepts.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct JoinMiniNetwork {
    pub team: TeamId,
    pub network: NetworkId,
}
endpoint!(Post "/teams/{team}/mini-networks/{network}/join" JoinMiniNetwork, Action::LeadTeam => Done);

/// `DELETE /teams/{team}/mini-networks/{network}`: the team declines, or leaves.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LeaveMiniNetwork {
    pub team: TeamId,
    pub network: NetworkId,
}
endpoint!(Delete "/teams/{team}/mini-networks/{network}" LeaveMiniNetwork, Action::LeadTeam => Done);
