//! Educational problems that teams post in shared spaces.

mod discard;
mod merge;
mod responses;
mod same;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    access::Action,
    endpoint,
    endpoint::Page,
    files::File,
    ids::*,
    keys::{Named, Topic},
    refusal::{Code, Refusal, Refusals},
    sorting::Order,
    time::Timestamp,
    words::{Line, Prose},
};

pub use discard::{DiscardDraft, DiscardedDraft};
pub use merge::{MergeProblem, same_readers};
pub use responses::{Respond, Response, WithdrawResponse};
pub use same::{SameProblem, SameTeam};

/// The four areas of improvement of the Tūkstantmečio mokyklos programme.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    Leadership,
    Inclusion,
    Culture,
    Steam,
}

impl Area {
    pub const ALL: [Area; 4] = [Area::Leadership, Area::Inclusion, Area::Culture, Area::Steam];

    /// As in JSON and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Area::Leadership => "leadership",
            Area::Inclusion => "inclusion",
            Area::Culture => "culture",
            Area::Steam => "steam",
        }
    }
}

/// What kind of evidence shows that the problem is there.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    Survey,
    TestResults,
    /// Reports of observed lessons.
    Observation,
    SelfEvaluation,
    ExternalEvaluation,
    Attendance,
    /// Reflective conversations.
    Reflection,
}

impl EvidenceKind {
    pub const ALL: [EvidenceKind; 7] = [
        EvidenceKind::Survey,
        EvidenceKind::TestResults,
        EvidenceKind::Observation,
        EvidenceKind::SelfEvaluation,
        EvidenceKind::ExternalEvaluation,
        EvidenceKind::Attendance,
        EvidenceKind::Reflection,
    ];
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    pub kind: EvidenceKind,
    pub text: Prose<1500>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProblemState {
    /// Only those who write it know of it.
    Draft,
    Posted,
    /// A way to solve it is being tried.
    InProgress,
    Solved,
    /// Given up or no longer ours.
    Closed,
    /// Into another problem, for good.
    Merged,
}

impl ProblemState {
    /// Whether the status may go from `self` to `next`: a draft is posted, a posted problem never becomes a draft again.
    pub fn may_become(self, next: Self) -> bool {
        match self {
            ProblemState::Draft => next == ProblemState::Posted,
            // Merging is a call of its own.
            ProblemState::Merged => false,
            _ => next != self && !matches!(next, ProblemState::Draft | ProblemState::Merged),
        }
    }
}

/// What is written of a problem; the same fields when it is posted and when it is edited.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ProblemText {
    pub title: Line<120>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Prose<6000>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<Area>,
    #[serde(default)]
    #[schemars(length(max = 5))]
    pub topics: Vec<Topic>,
    /// The group concerned, never a pupil: „7–8 klasių mokiniai“.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Line<160>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<Prose<1000>>,
    #[serde(default)]
    #[schemars(length(max = 10))]
    pub evidence: Vec<Evidence>,
}

impl ProblemText {
    /// A posted problem has an area and evidence; a draft may lack them.
    ///
    /// # Errors
    /// `problem.area` at `area`, `problem.evidence` at `evidence`; both at once.
    pub fn ready_to_post(&self) -> Result<(), Refusals> {
        let mut refusals = Refusals::default();
        if self.area.is_none() {
            refusals.push(Refusal::of(Code::ProblemArea).at("area"));
        }
        if self.evidence.is_empty() {
            refusals.push(Refusal::of(Code::ProblemEvidence).at("evidence"));
        }
        refusals.into_result()
    }

    /// What [`Self::ready_to_post`] will refuse of a call that is not read yet; nothing of a draft.
    fn lacking(call: &Value) -> Refusals {
        if call["draft"] == true {
            return Refusals::default();
        }
        let text: Option<Self> = endpoint::readable(call.get("problem"));
        text.and_then(|text| text.ready_to_post().err()).unwrap_or_default().under("problem")
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ProblemCard {
    pub id: ProblemId,
    pub space: SpaceId,
    pub space_name: String,
    pub title: String,
    pub area: Option<Area>,
    pub state: ProblemState,
    pub team_name: Option<String>,
    pub school: Option<String>,
    pub municipality_name: Option<String>,
    pub responses: i64,
    /// Teams that have the same problem, beside the one that posted it.
    pub same: i64,
    pub posted_at: Timestamp,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ProblemPage {
    pub card: ProblemCard,
    pub text: ProblemText,
    pub topics: Vec<Named<Topic>>,
    /// Empty when it is a team's, and who wrote it has left the team.
    pub author: String,
    pub team: Option<TeamId>,
    /// Who of the teams counted on the card the reader may know, by school.
    pub same: Vec<SameTeam>,
    /// The oldest first.
    #[serde(default)]
    pub files: Vec<File>,
    /// Its space reads and does not write.
    pub archived: bool,
    /// The oldest first.
    pub responses: Vec<Response>,
    /// The oldest first.
    pub history: Vec<StateChange>,
    pub may_edit: bool,
    pub may_respond: bool,
    /// Whether a team of the reader can say that it has the same problem.
    pub may_same: bool,
    pub may_merge: bool,
    /// Whether the reader may throw this draft away.
    pub may_discard: bool,
    pub version: i64,
}

/// One entry of the history of a problem's status: who, when and why.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct StateChange {
    pub state: ProblemState,
    pub by: String,
    pub at: Timestamp,
    pub note: Option<String>,
    /// The title of the other one, when this is a merging: of that into which it was merged, or of the merged one.
    pub other: Option<String>,
}

/// `GET /topics`: the problem taxonomy in its order.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ListTopics {}
endpoint!(Get "/topics" ListTopics, Action::Visit => Vec<Named<Topic>>);

/// `GET /problems`: posted ones that the reader may see, the latest first; 20 a page.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ListProblems {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub space: Option<SpaceId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<Area>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<Topic>,
    #[serde(default)]
    pub sort: Order,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-text" = "key"))]
    pub cursor: Option<Line<1600>>,
}
endpoint!(Get "/problems" ListProblems, Action::Visit => Page<ProblemCard>);

/// `GET /problems/{problem}`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReadProblem {
    pub problem: ProblemId,
}
endpoint!(Get "/problems/{problem}" ReadProblem, Action::SeeItem => ProblemPage);

/// `POST /spaces/{space}/problems`: posts a problem for a team of the space, or keeps it as a draft.
/// `team` may be left out by those who work in the space without being in a team of it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PostProblem {
    pub space: SpaceId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// Keep as a draft.
    #[serde(default)]
    pub draft: bool,
    pub problem: ProblemText,
}
endpoint!(Post "/spaces/{space}/problems" PostProblem, Action::Contribute => ProblemPage, lacks ProblemText::lacking);

/// `PUT /problems/{problem}`: `changed` when `version` is not the latest. A draft that comes without `draft` is posted.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EditProblem {
    #[serde(rename = "problem_id")]
    pub id: ProblemId,
    pub version: i64,
    #[serde(default)]
    pub draft: bool,
    pub problem: ProblemText,
}
endpoint!(Put "/problems/{problem_id}" EditProblem, Action::EditItem => ProblemPage, lacks ProblemText::lacking);

/// `POST /problems/{problem}/state`: refused with `problem.state` when the status cannot go there.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SetProblemState {
    pub problem: ProblemId,
    pub state: ProblemState,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Prose<500>>,
}
endpoint!(Post "/problems/{problem}/state" SetProblemState, Action::EditItem => ProblemPage);

#[cfg(test)]
mod tests {
    use super::*;

    fn bare() -> ProblemText {
        serde_json::from_value(serde_json::json!({ "title": "Motyvacijos stoka" })).unwrap()
    }

    #[test]
    fn a_problem_is_posted_with_an_area_and_evidence_only() {
        let codes: Vec<_> = bare().ready_to_post().unwrap_err().0.into_iter().map(|refusal| refusal.code).collect();
        assert_eq!(codes, [Code::ProblemArea, Code::ProblemEvidence]);
        let mut whole = bare();
        whole.area = Some(Area::Inclusion);
        let text = Prose::new("Apklausa rodo, kad trečdalis mokinių nesistengia.").unwrap();
        whole.evidence = vec![Evidence { kind: EvidenceKind::Survey, text }];
        assert!(whole.ready_to_post().is_ok());
    }

    #[test]
    fn a_posted_problem_never_becomes_a_draft() {
        use ProblemState::*;
        assert!(Draft.may_become(Posted));
        assert!(!Draft.may_become(Solved));
        for state in [Posted, InProgress, Solved, Closed] {
            assert!(!state.may_become(Draft));
            assert!(!state.may_become(state));
            assert!(!state.may_become(Merged) && !Merged.may_become(state));
        }
    }
}
