//! Plans of sessions: steps with their kinds and rules, to be taken up again and again. Some come with the program; coordinators write
//! more for their networks.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    access::Action,
    endpoint,
    endpoint::Done,
    ids::*,
    sessions::PlannedStep,
    words::{Line, Prose},
};

/// How many plans a network keeps.
pub const PLANS_MAX: i64 = 100;

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Plan {
    pub id: PlanId,
    /// None: it comes with the program, and nobody changes it.
    pub network: Option<NetworkId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network_name: Option<String>,
    pub title: String,
    /// For what it is good, and how it is led.
    pub about: String,
    pub steps: Vec<PlannedStep>,
    pub version: i64,
}

impl Plan {
    /// The sum of its steps, in minutes.
    pub fn minutes(&self) -> i64 {
        self.steps.iter().map(|step| step.minutes).sum()
    }
}

/// `GET /plans`: those that come with the program, in the reader's language, then those of networks by title; for people who are
/// signed in.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ListPlans {}
endpoint!(Get "/plans" ListPlans, Action::OwnRead => Vec<Plan>);

/// `GET /plans/{plan}`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReadPlan {
    pub plan: PlanId,
}
endpoint!(Get "/plans/{plan}" ReadPlan, Action::OwnRead => Plan);

/// `POST /networks/{network}/plans`: by who coordinates it. `session.agenda` at `steps` without a step, `too_many` beyond
/// [`PLANS_MAX`].
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct WritePlan {
    pub network: NetworkId,
    pub title: Line<120>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Prose<1000>>,
    #[schemars(length(max = 20))]
    #[serde(default)]
    pub steps: Vec<PlannedStep>,
}
endpoint!(Post "/networks/{network}/plans" WritePlan, Action::Coordinate => Plan);

/// `PUT /plans/{plan}`: `changed` when `version` is not the latest; `forbidden` of one that comes with the program. Sessions that were
/// planned by it stay as they are.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ChangePlan {
    pub plan: PlanId,
    pub version: i64,
    pub title: Line<120>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Prose<1000>>,
    #[schemars(length(max = 20))]
    #[serde(default)]
    pub steps: Vec<PlannedStep>,
}
endpoint!(Put "/plans/{plan}" ChangePlan, Action::Coordinate => Plan);

/// `DELETE /plans/{plan}`: like [`ChangePlan`].
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DropPlan {
    pub plan: PlanId,
    pub version: i64,
}
endpoint!(Delete "/plans/{plan}" DropPlan, Action::Coordinate => Done);
