//! Reporting what should not stand, hiding it in place, and the author's appeal.
//!
//! What is hidden is gone at once for everyone but its writers and administrators, and nothing of it is lost: a hidden problem or
//! practice is a draft again until it is shown, a hidden response or message is kept aside.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{access::Action, endpoint, endpoint::Done, ids::*, time::Timestamp, words::Prose};

/// What can be reported and hidden.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    Problem,
    Practice,
    /// What was said under a problem.
    Response,
    /// What was said in a live session; the session is named too.
    Message,
}

impl ItemKind {
    pub const ALL: [ItemKind; 4] = [ItemKind::Problem, ItemKind::Practice, ItemKind::Response, ItemKind::Message];
}

/// Why something is reported.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportReason {
    /// It tells who a pupil is, or other data that do not belong here.
    PersonalData,
    Offensive,
    /// Somebody else's text or picture, used without their leave.
    Copyright,
    /// Advertising and the like.
    Spam,
    Other,
}

impl ReportReason {
    pub const ALL: [ReportReason; 5] = [
        ReportReason::PersonalData,
        ReportReason::Offensive,
        ReportReason::Copyright,
        ReportReason::Spam,
        ReportReason::Other,
    ];
}

/// `POST /reports`: by anyone signed in who sees the item. A second report of the same item by the same person changes the first.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReportItem {
    pub kind: ItemKind,
    pub item: ItemId,
    /// Of a message, its session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
    pub reason: ReportReason,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Prose<500>>,
}
endpoint!(Post "/reports" ReportItem, Action::Report => Done);

/// `GET /moderation`: what waits for a moderator, and what is hidden, in the spaces that the reader moderates.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ReadModeration {}
endpoint!(Get "/moderation" ReadModeration, Action::Moderate => ModerationPage);

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ModerationPage {
    /// The oldest first; those of one item one after another.
    pub reports: Vec<ReportShown>,
    /// Appealed ones first, then the latest.
    pub hidden: Vec<HidingShown>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReportShown {
    pub id: ReportId,
    pub kind: ItemKind,
    pub item: ItemId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
    /// Where it stands: of a response its problem, otherwise the item or the session itself.
    pub place: ItemId,
    pub title: String,
    pub text: String,
    pub space_name: String,
    pub author: String,
    pub by: String,
    pub reason: ReportReason,
    pub note: Option<String>,
    pub at: Timestamp,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct HidingShown {
    pub id: HidingId,
    pub kind: ItemKind,
    pub item: ItemId,
    pub place: ItemId,
    pub title: String,
    pub text: String,
    pub space_name: String,
    pub author: String,
    /// Who hid it is told to moderators alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    pub reason: String,
    pub at: Timestamp,
    pub appeal: Option<String>,
    pub appealed_at: Option<Timestamp>,
    /// What the moderators answered to the appeal; it stays hidden then.
    pub answer: Option<String>,
}

/// `POST /reports/{report}/dismiss`: the item stays as it is.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DismissReport {
    pub report: ReportId,
}
endpoint!(Post "/reports/{report}/dismiss" DismissReport, Action::Moderate => Done);

/// `POST /hidings`: hides an item with a reason that its author reads; its reports are settled. `hidden` when it is hidden already.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct HideItem {
    pub kind: ItemKind,
    pub item: ItemId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
    pub reason: Prose<500>,
}
endpoint!(Post "/hidings" HideItem, Action::Moderate => Done);

/// `POST /hidings/{hiding}/appeal`: by the author, once; `hidden.appealed` after that.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AppealHiding {
    pub hiding: HidingId,
    pub appeal: Prose<1000>,
}
endpoint!(Post "/hidings/{hiding}/appeal" AppealHiding, Action::OwnAccount => Done);

/// `POST /hidings/{hiding}/decision`: shows the item again, or answers the appeal and keeps it hidden (then `answer` is needed).
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DecideHiding {
    pub hiding: HidingId,
    #[serde(default)]
    pub show: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Prose<500>>,
}
endpoint!(Post "/hidings/{hiding}/decision" DecideHiding, Action::Moderate => Done);

/// `GET /me/hidden`: what one wrote and moderators hid, the latest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ListOwnHidden {}
endpoint!(Get "/me/hidden" ListOwnHidden, Action::OwnRead => Vec<HidingShown>);
