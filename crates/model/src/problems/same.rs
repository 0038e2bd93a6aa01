//! “We have the same problem”, said by a team.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ProblemPage;
use crate::{access::Action, endpoint, ids::*};

/// A team that has the same problem.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SameTeam {
    pub id: TeamId,
    pub name: String,
    pub school: String,
    pub municipality_name: String,
}

/// `POST /problems/{problem}/same`: says that `team`, one of the actor's, has the same problem, or without `same` takes it back.
/// Said twice it is said once. `field.wrong` at `team` for another's team, and for the team whose problem it is.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SameProblem {
    pub problem: ProblemId,
    pub team: TeamId,
    #[serde(default)]
    pub same: bool,
}
endpoint!(Post "/problems/{problem}/same" SameProblem, Action::SameProblem => ProblemPage);
