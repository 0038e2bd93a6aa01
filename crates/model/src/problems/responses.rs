//! What is said under a problem.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ProblemPage;
use crate::{
    access::Action,
    endpoint,
    ids::*,
    practices::PracticeCard,
    time::Timestamp,
    words::{Line, Prose},
};

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Response {
    pub id: ResponseId,
    pub by: String,
    pub team: Option<String>,
    /// Empty when it was withdrawn.
    pub text: String,
    pub withdrawn: bool,
    pub may_withdraw: bool,
    pub at: Timestamp,
    /// The practice that it points to; none also when the reader may not see that one.
    pub practice: Option<PracticeCard>,
}

/// `POST /problems/{problem}/responses`. A response may point to one practice that its writer sees, by its id as `practice`, or by
/// its address or whole title as `find`; other words of a title are refused with `pick.one` at `find`, words of none with `pick.none`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Respond {
    pub problem: ProblemId,
    pub text: Prose<3000>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub practice: Option<PracticeId>,
    /// Not read when there is a `practice`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-text" = "key"))]
    pub find: Option<Line<300>>,
}
endpoint!(Post "/problems/{problem}/responses" Respond, Action::Respond => ProblemPage);

/// `POST /problems/{problem}/responses/{response}/withdraw`: it stays in its place, without its text. Twice is once.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct WithdrawResponse {
    pub problem: ProblemId,
    pub response: ResponseId,
}
endpoint!(Post "/problems/{problem}/responses/{response}/withdraw" WithdrawResponse, Action::WithdrawItem => ProblemPage);
