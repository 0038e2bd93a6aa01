//! A draft that is no longer wanted.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{access::Action, endpoint, ids::*};

/// `POST /problems/{problem}/discard`: throws a draft away with its files. There is no way back.
///
/// Refused with `changed` when `version` is not the latest, and with `hidden` for what was posted and is a draft because it is hidden.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DiscardDraft {
    pub problem: ProblemId,
    pub version: i64,
}
endpoint!(Post "/problems/{problem}/discard" DiscardDraft, Action::DiscardDraft => DiscardedDraft);

/// Where it stood.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DiscardedDraft {
    pub space: SpaceId,
}
