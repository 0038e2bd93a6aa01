//! What problems and practices said before they were changed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    access::Action,
    endpoint,
    ids::*,
    practices::{PracticePage, PracticeText},
    problems::{ProblemPage, ProblemText},
    time::Timestamp,
};

/// A text that was saved, by whom and when. What was written while it was a draft is not kept.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Version<T> {
    pub number: i64,
    /// Empty for who has left the team for which they wrote.
    pub by: String,
    pub at: Timestamp,
    pub text: T,
}

/// `GET /practices/{practice}/versions`: the latest 50, the present one first; none of what was never changed.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ListPracticeVersions {
    pub practice: PracticeId,
}
endpoint!(Get "/practices/{practice}/versions" ListPracticeVersions, Action::SeeItem => Vec<Version<PracticeText>>);

/// `GET /problems/{problem}/versions`: as of a practice.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ListProblemVersions {
    pub problem: ProblemId,
}
endpoint!(Get "/problems/{problem}/versions" ListProblemVersions, Action::SeeItem => Vec<Version<ProblemText>>);

/// `POST /practices/{practice}/restore`: an older text becomes the newest one, as if it had been typed again. `changed` when
/// `version` is not the latest, `field.wrong` at `number` when there is no such text.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RestorePractice {
    pub practice: PracticeId,
    pub version: i64,
    pub number: i64,
}
endpoint!(Post "/practices/{practice}/restore" RestorePractice, Action::EditItem => PracticePage);

/// `POST /problems/{problem}/restore`: as of a practice.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RestoreProblem {
    pub problem: ProblemId,
    pub version: i64,
    pub number: i64,
}
endpoint!(Post "/problems/{problem}/restore" RestoreProblem, Action::EditItem => ProblemPage);
