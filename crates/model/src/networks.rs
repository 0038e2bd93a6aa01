//! Networks of schools. Their kinds are data: the first two are *Besimokančių mokyklų tinklai* and *Tūkstantmečio mokyklos*.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    access::Action,
    endpoint,
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
