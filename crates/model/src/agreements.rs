//! The register of a space: what people agreed upon by consent in its sessions, in force until it is changed or dropped.
//!
//! It is read by whoever sees the space. Who is owner as a person, who objected and who reviewed is told to people of the
//! platform alone, like what was said in a session.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    access::Action,
    actions::OwnerCard,
    endpoint,
    ids::*,
    live::Tally,
    time::{LocalDate, Timestamp},
    words::{Line, Prose},
};

/// Characters of why one is kept or dropped.
pub const REVIEW_MAX: usize = 500;

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AgreementState {
    /// In force.
    #[default]
    Kept,
    /// Another agreement stands in its place.
    Changed,
    /// Not in force any more, and a reason says why.
    Dropped,
}

impl AgreementState {
    pub const ALL: [AgreementState; 3] = [AgreementState::Kept, AgreementState::Changed, AgreementState::Dropped];
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AgreementCard {
    pub id: AgreementId,
    pub space: SpaceId,
    pub space_name: String,
    pub session: SessionId,
    pub session_title: String,
    /// In its space, from 1 and without gaps.
    pub number: i64,
    pub text: String,
    pub in_force: LocalDate,
    pub owner: Option<OwnerCard>,
    pub review: Option<LocalDate>,
    /// In force, and its day of review has come in Vilnius.
    pub overdue: bool,
    pub problem: Option<ProblemId>,
    pub problem_title: Option<String>,
    pub state: AgreementState,
    pub agreed_at: Timestamp,
    /// Whether the reader may review it and link it to a problem.
    pub may_keep: bool,
    pub version: i64,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AgreementPage {
    pub card: AgreementCard,
    pub people: Tally,
    pub teams: Tally,
    /// Why it was adopted over open objections, to people of the platform.
    pub reason: Option<String>,
    /// The objections that it was adopted over, to people of the platform: who (empty once they have left) and why.
    pub objections: Vec<(String, String)>,
    /// What stands in its place.
    pub replaced_by: Option<AgreementId>,
    /// What it stands in the place of.
    pub replaces: Option<AgreementId>,
    /// The former words, the first ones first; the last of them were changed into the text.
    pub former: Vec<String>,
    /// The earliest first; to people of the platform.
    pub reviews: Vec<AgreementReview>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AgreementReview {
    /// Empty once they have left.
    pub by: String,
    pub at: Timestamp,
    pub state: AgreementState,
    pub review: Option<LocalDate>,
    pub reason: Option<String>,
}

/// `GET /spaces/{space}/agreements`: the latest first; 50 a page.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ListAgreements {
    pub space: SpaceId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<AgreementState>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<ProblemId>,
    /// Only those whose review has come.
    #[serde(default)]
    pub overdue: bool,
    /// Words that stand in the text, whatever their case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    // What is looked for is kept nowhere.
    #[schemars(extend("x-text" = "key"))]
    pub words: Option<Line<100>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-text" = "key"))]
    pub cursor: Option<Line<400>>,
}
endpoint!(Get "/spaces/{space}/agreements" ListAgreements, Action::SeeSpace => crate::endpoint::Page<AgreementCard>);

/// `GET /agreements/{agreement}`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReadAgreement {
    pub agreement: AgreementId,
}
endpoint!(Get "/agreements/{agreement}" ReadAgreement, Action::SeeSpace => AgreementPage);

/// `POST /agreements/{agreement}/review`: of one in force (`agreement.state`); `changed` when somebody did so since `version`.
/// `field.needed` at `reason` to drop it, `field.wrong` at `state` for one that only another agreement makes, and at `review` for a
/// day that has passed.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReviewAgreement {
    pub agreement: AgreementId,
    pub version: i64,
    pub state: AgreementState,
    /// When it is looked at again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<LocalDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Prose<REVIEW_MAX>>,
}
endpoint!(Post "/agreements/{agreement}/review" ReviewAgreement, Action::KeepActionItem => AgreementPage);

/// `POST /agreements/{agreement}/problem`: which problem of its space it answers, or none. `field.wrong` at `problem` of another space.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LinkAgreement {
    pub agreement: AgreementId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<ProblemId>,
}
endpoint!(Post "/agreements/{agreement}/problem" LinkAgreement, Action::KeepActionItem => AgreementPage);
