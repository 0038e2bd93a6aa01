//! Two problems that are one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ProblemPage;
use crate::{
    access::{Action, SpaceFacts, Visibility},
    endpoint,
    ids::*,
    words::{Line, Prose},
};

/// Whether the same people read both spaces, so that merging what stands in them tells nobody anything new and takes nothing away.
pub fn same_readers(one: &SpaceFacts, other: &SpaceFacts) -> bool {
    let open = matches!(one.visibility, Visibility::All | Visibility::Public);
    one.id == other.id || (open && one.visibility == other.visibility)
}

/// `POST /problems/{problem}/merge`: what was said under the problem, and the teams that have it, go over to another one, named by
/// its id as `into` or by its address or title as `find` (see [`super::Respond`]). The answer is the other one, and so is from then
/// on what is read at the merged one's address. There is no way back.
///
/// Refused with `merge.wrong` for itself, a draft, and one that was merged itself; with `merge.space` when the two are not read by
/// the same people.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MergeProblem {
    pub problem: ProblemId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub into: Option<ProblemId>,
    /// Not read when there is an `into`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-text" = "key"))]
    pub find: Option<Line<300>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Prose<500>>,
}
endpoint!(Post "/problems/{problem}/merge" MergeProblem, Action::MergeItem => ProblemPage);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_same_people_read_is_merged() {
        let uuid = uuid::Uuid::from_u128;
        let space = |number, visibility| SpaceFacts {
            id: SpaceId::from_uuid(uuid(number)),
            network: NetworkId::from_uuid(uuid(9)),
            visibility,
            archived: false,
            teams: Vec::new(),
        };
        for visibility in [Visibility::Team, Visibility::Network, Visibility::All, Visibility::Public] {
            let open = visibility >= Visibility::All;
            assert!(same_readers(&space(1, visibility), &space(1, visibility)));
            assert_eq!(same_readers(&space(1, visibility), &space(2, visibility)), open);
        }
        assert!(!same_readers(&space(1, Visibility::All), &space(2, Visibility::Public)));
    }
}
