//! What the demo's people wrote, from the files of `content/`.

use model::{
    live::{Reaction, StepRules},
    practices::PracticeText,
    problems::{ProblemState, ProblemText},
    sessions::{Coming, Every, SessionState},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

#[derive(Deserialize)]
pub struct Problem {
    pub key: String,
    pub team: String,
    pub author: String,
    pub space: String,
    pub state: ProblemState,
    pub days_ago: i64,
    pub status_history: Vec<Change>,
    pub responses: Vec<Response>,
    /// Who said for their team that it has the same problem.
    #[serde(default)]
    pub same: Vec<Same>,
    /// Of one that is merged.
    pub merged: Option<Merging>,
    #[serde(flatten)]
    pub text: ProblemText,
}

#[derive(Deserialize)]
pub struct Change {
    pub state: ProblemState,
    pub note: Option<String>,
    pub author: String,
    pub days_ago: i64,
}

#[derive(Deserialize)]
pub struct Response {
    pub author: String,
    pub text: String,
    /// The key of one that was there before.
    pub practice: Option<String>,
    pub days_ago: i64,
}

#[derive(Deserialize)]
pub struct Same {
    pub who: String,
    pub days_ago: i64,
}

#[derive(Deserialize)]
pub struct Merging {
    /// The key of one that was there before.
    pub into: String,
    pub by: String,
    pub note: Option<String>,
    pub days_ago: i64,
}

/// How a problem or a practice came to be what it is now.
#[derive(Deserialize)]
pub struct History {
    pub key: String,
    /// The oldest first.
    pub edits: Vec<Edit>,
}

#[derive(Deserialize)]
pub struct Edit {
    pub author: String,
    pub days_ago: i64,
    /// The fields that it changed, as they were before it.
    pub was: Map<String, Value>,
}

impl History {
    /// All texts, the oldest first, of which the last is `now`.
    pub fn texts<T: Serialize + DeserializeOwned>(&self, now: &T) -> anyhow::Result<Vec<T>> {
        let mut text = serde_json::to_value(now)?;
        let mut texts = vec![serde_json::from_value(text.clone())?];
        for edit in self.edits.iter().rev() {
            for (field, was) in &edit.was {
                text[field] = was.clone();
            }
            texts.insert(0, serde_json::from_value(text.clone())?);
        }
        Ok(texts)
    }
}

#[derive(Deserialize)]
pub struct Practice {
    pub key: String,
    pub team: String,
    pub author: String,
    pub space: String,
    pub days_ago: i64,
    #[serde(flatten)]
    pub text: PracticeText,
}

#[derive(Deserialize)]
pub struct Session {
    pub key: String,
    pub space: String,
    pub facilitator: String,
    pub title: String,
    pub state: SessionState,
    /// From now; all other minutes are from its start.
    pub starts_minutes: i64,
    pub agenda: Vec<Step>,
    pub people: Vec<Attendance>,
    pub messages: Vec<Message>,
    #[serde(default)]
    pub hands: Vec<Hand>,
    pub closing: Option<Closing>,
    /// What was agreed in it that somebody does.
    #[serde(default)]
    pub actions: Vec<Agreed>,
    /// What was written together, passage by passage.
    #[serde(default)]
    pub notes: Vec<Noted>,
    /// What was agreed in it by consent.
    #[serde(default)]
    pub agreements: Vec<Consented>,
}

#[derive(Deserialize)]
pub struct Noted {
    pub who: String,
    pub minute: i64,
    pub text: String,
}

/// Of a team, in force since the session; everyone who was there agreed but for those who stood aside.
#[derive(Deserialize)]
pub struct Consented {
    pub text: String,
    /// The words before they were changed.
    pub former: Option<String>,
    pub minute: i64,
    pub team: String,
    #[serde(default)]
    pub aside: u32,
    /// From now; at most zero when the review has come.
    pub review_days: i64,
    pub reviewed: Option<Reviewed>,
}

/// Looked at again by who led the session, and kept.
#[derive(Deserialize)]
pub struct Reviewed {
    pub days_ago: i64,
    pub reason: String,
}

/// A plan of sessions that a network has written.
#[derive(Deserialize)]
pub struct NetworkPlan {
    pub network: String,
    pub title: String,
    pub about: String,
    pub steps: Vec<model::sessions::PlannedStep>,
}

/// Of a person or of a team; done or dropped so many days ago, or open still.
#[derive(Deserialize)]
pub struct Agreed {
    pub text: String,
    pub minute: i64,
    pub person: Option<String>,
    pub team: Option<String>,
    /// From now; below zero it has passed.
    pub due_days: i64,
    pub done_days: Option<i64>,
    pub done_by: Option<String>,
    pub dropped_days: Option<i64>,
    pub dropped_by: Option<String>,
    pub reason: Option<String>,
}

/// A series that is still to come.
#[derive(Deserialize)]
pub struct Planned {
    pub key: String,
    pub space: String,
    pub facilitator: String,
    pub title: String,
    pub every: Every,
    pub count: i64,
    pub video: String,
    pub agenda: Vec<Step>,
    /// Invited beside the teams of the space.
    pub people: Vec<String>,
    /// To the first of it.
    pub answers: Vec<Answered>,
    pub cancelled: Option<Cancelled>,
}

#[derive(Deserialize)]
pub struct Answered {
    pub who: String,
    pub answer: Coming,
    pub note: Option<String>,
}

#[derive(Deserialize)]
pub struct Cancelled {
    /// From 1.
    pub number: i64,
    pub reason: String,
}

#[derive(Deserialize)]
pub struct Step {
    pub title: String,
    pub minutes: u32,
    #[serde(default)]
    pub rules: StepRules,
    pub started: Option<i64>,
    pub ended: Option<i64>,
}

#[derive(Deserialize)]
pub struct Attendance {
    pub who: String,
    pub arrived: i64,
    pub left: Option<i64>,
}

#[derive(Deserialize)]
pub struct Message {
    pub key: String,
    pub author: String,
    pub minute: i64,
    pub text: String,
    pub reply_to: Option<String>,
    /// What it said before it was edited, and when it was.
    pub edited_from: Option<String>,
    pub edited: Option<i64>,
    pub deleted: Option<i64>,
    #[serde(default)]
    pub reactions: Vec<Reacted>,
}

#[derive(Deserialize)]
pub struct Reacted {
    pub reaction: Reaction,
    pub by: Vec<String>,
}

#[derive(Deserialize)]
pub struct Hand {
    pub who: String,
    pub raised: i64,
    pub called: Option<i64>,
    pub lowered: Option<i64>,
}

#[derive(Deserialize)]
pub struct Closing {
    pub minute: i64,
    pub text: String,
}

const PROBLEMS: &[&str] = &[
    include_str!("content/problems/first.json"),
    include_str!("content/problems/takas.json"),
    include_str!("content/problems/slenkstis.json"),
    include_str!("content/problems/patirtis.json"),
    include_str!("content/problems/steam.json"),
    include_str!("content/problems/vakarai.json"),
];
const PRACTICES: &[&str] = &[
    include_str!("content/practices/first.json"),
    include_str!("content/practices/kartu_alytus.json"),
    include_str!("content/practices/pamarys.json"),
    include_str!("content/practices/zingsniai.json"),
    include_str!("content/practices/sela.json"),
];
const SESSIONS: &[&str] = &[
    include_str!("content/sessions/first.json"),
    include_str!("content/sessions/takas_slenkstis.json"),
    include_str!("content/sessions/patirtis_steam.json"),
];

const VERSIONS: &[&str] = &[include_str!("content/versions.json")];

pub fn histories() -> anyhow::Result<Vec<History>> {
    all(VERSIONS)
}

pub fn problems() -> anyhow::Result<Vec<Problem>> {
    all(PROBLEMS)
}

pub fn practices() -> anyhow::Result<Vec<Practice>> {
    all(PRACTICES)
}

pub fn planned() -> anyhow::Result<Vec<Planned>> {
    all(&[include_str!("content/planned.json")])
}

pub fn plans() -> anyhow::Result<Vec<NetworkPlan>> {
    all(&[include_str!("content/plans.json")])
}

pub fn sessions() -> anyhow::Result<Vec<Session>> {
    all(SESSIONS)
}

fn all<T: DeserializeOwned>(files: &[&str]) -> anyhow::Result<Vec<T>> {
    let lists = files.iter().map(|file| serde_json::from_str::<Vec<T>>(file));
    Ok(lists.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests;
