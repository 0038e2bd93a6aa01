//! The library of good practice.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    access::Action,
    endpoint,
    files::File,
    ids::*,
    keys::{Named, Topic},
    problems::{Area, ProblemCard},
    refusal::{Code, Refusal, Refusals},
    schools::{MunicipalityCode, SchoolSize},
    sorting::Order,
    time::Timestamp,
    words::{Line, Prose},
};

/// A grade: −1 is pre-school (ikimokyklinis), 0 pre-primary (priešmokyklinis), 1 to 12 are the school years.
pub const GRADES: std::ops::RangeInclusive<i64> = -1..=12;

/// For whom the practice is: from one grade to another, both included.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GradeSpan {
    #[schemars(range(min = -1, max = 12))]
    pub from: i64,
    #[schemars(range(min = -1, max = 12))]
    pub to: i64,
}

impl GradeSpan {
    /// # Errors
    /// `span.order` at `span` when it ends before it begins; `number.range` outside of −1 to 12.
    pub fn check(self) -> Result<(), Refusal> {
        if !GRADES.contains(&self.from) || !GRADES.contains(&self.to) {
            return Err(Refusal::of(Code::NumberRange).fact("min", -1).fact("max", 12));
        }
        if self.from > self.to { Err(Refusal::of(Code::SpanOrder)) } else { Ok(()) }
    }
}

/// The stages of school that the library is browsed by.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Before grade 1.
    Preschool,
    /// Grades 1 to 4.
    Primary,
    /// Grades 5 to 8.
    LowerSecondary,
    /// Grades 9 and 10, still basic education.
    UpperBasic,
    /// Grades 11 and 12.
    Secondary,
}

impl Stage {
    pub const ALL: [Stage; 5] =
        [Stage::Preschool, Stage::Primary, Stage::LowerSecondary, Stage::UpperBasic, Stage::Secondary];

    pub const fn span(self) -> GradeSpan {
        match self {
            Stage::Preschool => GradeSpan { from: -1, to: 0 },
            Stage::Primary => GradeSpan { from: 1, to: 4 },
            Stage::LowerSecondary => GradeSpan { from: 5, to: 8 },
            Stage::UpperBasic => GradeSpan { from: 9, to: 10 },
            Stage::Secondary => GradeSpan { from: 11, to: 12 },
        }
    }
}

/// What it costs beside people's time.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Cost {
    None,
    /// Up to 100 EUR.
    Low,
    /// Up to 1,000 EUR.
    Medium,
    High,
}

impl Cost {
    pub const ALL: [Cost; 4] = [Cost::None, Cost::Low, Cost::Medium, Cost::High];

    /// As it is stored and as it stands in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Cost::None => "none",
            Cost::Low => "low",
            Cost::Medium => "medium",
            Cost::High => "high",
        }
    }
}

/// The licence under which others may use the text.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, JsonSchema)]
pub enum Licence {
    #[serde(rename = "CC BY 4.0")]
    By,
    #[serde(rename = "CC BY-SA 4.0")]
    BySa,
}

impl Licence {
    pub const ALL: [Licence; 2] = [Licence::By, Licence::BySa];
}

impl fmt::Display for Licence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Licence::By => "CC BY 4.0",
            Licence::BySa => "CC BY-SA 4.0",
        })
    }
}

/// The template of a practice. All of it is needed to publish; a draft may lack anything but the title.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PracticeText {
    pub title: Line<120>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Prose<300>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<Area>,
    #[serde(default)]
    #[schemars(length(max = 5))]
    pub topics: Vec<Topic>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<GradeSpan>,
    /// The situation it grew from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context: Option<Prose<3000>>,
    #[serde(default)]
    #[schemars(length(max = 15))]
    pub steps: Vec<Prose<1000>>,
    /// Who takes part and does what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<Prose<600>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Cost>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Prose<300>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub materials: Option<Prose<1000>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<Prose<2000>>,
    /// Where it does not fit, and what did not work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limits: Option<Prose<1500>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<Licence>,
}

impl PracticeText {
    /// # Errors
    /// `field.needed` at every part of the template that is missing, `span.order` at `span`; all at once.
    pub fn ready_to_publish(&self) -> Result<(), Refusals> {
        let mut refusals = Refusals::default();
        let needed = [
            ("summary", self.summary.is_some()),
            ("area", self.area.is_some()),
            ("span", self.span.is_some()),
            ("context", self.context.is_some()),
            ("steps", !self.steps.is_empty()),
            ("who", self.who.is_some()),
            ("cost", self.cost.is_some()),
            ("time", self.time.is_some()),
            ("materials", self.materials.is_some()),
            ("result", self.result.is_some()),
            ("limits", self.limits.is_some()),
            ("licence", self.licence.is_some()),
        ];
        for (field, _) in needed.iter().filter(|(_, there)| !there) {
            refusals.push(Refusal::of(Code::FieldNeeded).at(*field));
        }
        if let Some(span) = self.span {
            refusals.take(span.check().map_err(|refusal| refusal.at("span")));
        }
        refusals.into_result()
    }

    /// What [`Self::ready_to_publish`] will refuse of a call that is not read yet; nothing of a draft.
    fn lacking(call: &Value) -> Refusals {
        if call["draft"] == true {
            return Refusals::default();
        }
        let text: Option<Self> = endpoint::readable(call.get("practice"));
        text.and_then(|text| text.ready_to_publish().err()).unwrap_or_default().under("practice")
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PracticeState {
    /// Only those who write it know of it.
    Draft,
    Published,
    /// Taken back: again only those who write it know of it, until they publish it once more.
    Withdrawn,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PracticeCard {
    pub id: PracticeId,
    pub space: SpaceId,
    pub space_name: String,
    pub title: String,
    pub summary: String,
    pub state: PracticeState,
    pub area: Option<Area>,
    pub span: Option<GradeSpan>,
    pub cost: Option<Cost>,
    pub team_name: Option<String>,
    pub school: Option<String>,
    pub municipality_name: Option<String>,
    pub published_at: Timestamp,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PracticePage {
    pub card: PracticeCard,
    pub text: PracticeText,
    pub topics: Vec<Named<Topic>>,
    /// Empty when it is a team's, and who wrote it has left the team.
    pub author: String,
    /// Under which somebody pointed to it, of those that the reader may see; the latest first.
    pub offered_for: Vec<ProblemCard>,
    /// The oldest first.
    #[serde(default)]
    pub files: Vec<File>,
    /// Its space reads and does not write.
    pub archived: bool,
    pub may_edit: bool,
    pub may_withdraw: bool,
    pub version: i64,
    pub updated_at: Timestamp,
}

/// What a list or a search is narrowed by, named as its field is. Evidence levels will be one more when practices have them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Facet {
    Space,
    Kind,
    Area,
    Stage,
    Municipality,
    Size,
    Cost,
}

/// `GET /practices`: published ones that the reader may see, the latest first; 20 a page.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ListPractices {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub space: Option<SpaceId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<Area>,
    /// Those whose grade span meets this stage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<MunicipalityCode>,
    /// Of the school whose team shares it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<SchoolSize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Cost>,
    #[serde(default)]
    pub sort: Order,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-text" = "key"))]
    pub cursor: Option<Line<1600>>,
}
endpoint!(Get "/practices" ListPractices, Action::Visit => PracticeList);

/// One page of the library with its facets. Each facet counts what would be listed if its value were chosen, all the other
/// filters kept; values without any practice are left out, but for the chosen one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PracticeList {
    pub items: Vec<PracticeCard>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// How many there are under all filters, over all pages.
    pub total: i64,
    pub areas: Vec<Count<Area>>,
    pub stages: Vec<Count<Stage>>,
    pub municipalities: Vec<MunicipalityCount>,
    /// Of the school; those of which nobody said the size are in none.
    pub sizes: Vec<Count<SchoolSize>>,
    pub costs: Vec<Count<Cost>>,
    /// When nothing is found: how much would be, were one of the filters left out; those that change nothing are not named.
    pub loosen: Vec<Count<Facet>>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Count<T> {
    pub value: T,
    pub count: i64,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MunicipalityCount {
    pub value: MunicipalityCode,
    pub name: String,
    pub count: i64,
}

/// `GET /practices/{practice}`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReadPractice {
    pub practice: PracticeId,
}
endpoint!(Get "/practices/{practice}" ReadPractice, Action::SeeItem => PracticePage);

/// `POST /spaces/{space}/practices`: publishes a practice for a team of the space, or keeps it as a draft.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SharePractice {
    pub space: SpaceId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    #[serde(default)]
    pub draft: bool,
    pub practice: PracticeText,
}
endpoint!(Post "/spaces/{space}/practices" SharePractice, Action::Contribute => PracticePage, lacks PracticeText::lacking);

/// `PUT /practices/{practice}`: `changed` when `version` is not the latest. A draft that comes without `draft` is
/// published; a published practice never becomes a draft again (`practice.state`).
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EditPractice {
    #[serde(rename = "practice_id")]
    pub id: PracticeId,
    pub version: i64,
    #[serde(default)]
    pub draft: bool,
    pub practice: PracticeText,
}
endpoint!(Put "/practices/{practice_id}" EditPractice, Action::EditItem => PracticePage, lacks PracticeText::lacking);

/// `POST /practices/{practice}/withdraw`: `changed` when `version` is not the latest. It is published again by editing it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct WithdrawPractice {
    pub practice: PracticeId,
    pub version: i64,
}
endpoint!(Post "/practices/{practice}/withdraw" WithdrawPractice, Action::WithdrawItem => PracticePage);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_practice_is_published_when_the_template_is_full() {
        let bare: PracticeText = serde_json::from_value(serde_json::json!({ "title": "Klasės valandėlė" })).unwrap();
        assert_eq!(bare.ready_to_publish().unwrap_err().0.len(), 12);
    }

    #[test]
    fn a_grade_span_goes_upwards_and_may_start_before_grade_one() {
        assert!(GradeSpan { from: -1, to: 0 }.check().is_ok());
        assert!(GradeSpan { from: 5, to: 5 }.check().is_ok());
        assert_eq!(GradeSpan { from: 6, to: 5 }.check().unwrap_err().code, Code::SpanOrder);
        assert_eq!(GradeSpan { from: 0, to: 13 }.check().unwrap_err().code, Code::NumberRange);
    }
}
