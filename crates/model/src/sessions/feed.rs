//! A secret address under which a person's calendar reads the sessions that they lead or are invited to.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{access::Action, endpoint, endpoint::Done, time::Timestamp};

/// `GET /me/calendar`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ReadFeed {}
endpoint!(Get "/me/calendar" ReadFeed, Action::OwnAccount => Feed);

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Feed {
    /// None when there is no address.
    pub made_at: Option<Timestamp>,
}

/// `POST /me/calendar`: a new address; the one before is one no more.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct MakeFeed {}
endpoint!(Post "/me/calendar" MakeFeed, Action::OwnAccount => NewFeed);

/// Whoever has the link reads what it leads to. It is told this once: only its hash is kept.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NewFeed {
    pub link: String,
}

/// `DELETE /me/calendar`: the address is one no more.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct EndFeed {}
endpoint!(Delete "/me/calendar" EndFeed, Action::OwnAccount => Done);
