//! What the product says no with: a stable code, the field it concerns, and the facts of its sentence.
//!
//! A refusal is an answer, not a failure. Its sentence in each language stands in the crate `text` under its code; its HTTP
//! status follows from the code alone. [`Code`] is closed, so a code without a status or without a sentence does not compile.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::sorted::Map;

/// One reason why a call was not done.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Refusal {
    pub code: Code,
    /// The field of the call that it concerns, as a dotted path (`evidence.0.text`); none when it is the call as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What the sentence needs: `limit`, `seconds`, `version` …
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub facts: Map<String, String>,
}

impl Refusal {
    pub fn of(code: Code) -> Self {
        Self { code, field: None, facts: Map::new() }
    }

    #[must_use]
    pub fn at(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    #[must_use]
    pub fn fact(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.facts.insert(name.to_owned(), value.to_string());
        self
    }
}

/// All the refusals of one call; never empty when it is returned as an error.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Refusals(pub Vec<Refusal>);

impl Refusals {
    pub fn push(&mut self, refusal: Refusal) {
        self.0.push(refusal);
    }

    /// Keeps what `result` refuses, and gives its value if it did not.
    pub fn take<T>(&mut self, result: Result<T, Refusal>) -> Option<T> {
        result.map_err(|refusal| self.push(refusal)).ok()
    }

    pub fn into_result(self) -> Result<(), Refusals> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }

    /// The same refusals of what stands in the field `name` of the call: `area` becomes `problem.area`.
    #[must_use]
    pub fn under(mut self, name: &str) -> Self {
        for refusal in &mut self.0 {
            let field = refusal.field.take();
            refusal.field = Some(field.map_or_else(|| name.to_owned(), |field| format!("{name}.{field}")));
        }
        self
    }

    /// The status of the answer: that of the first refusal, those of the call as a whole before those of a field.
    pub fn status(&self) -> u16 {
        let whole = self.0.iter().find(|refusal| refusal.field.is_none());
        whole.or(self.0.first()).map_or(500, |refusal| refusal.code.status())
    }
}

impl From<Refusal> for Refusals {
    fn from(refusal: Refusal) -> Self {
        Self(vec![refusal])
    }
}

/// Declares the closed list of codes: variant, spelling on the wire, HTTP status.
macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $status:literal;)*) => {
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
        pub enum Code { $($(#[$doc])* #[serde(rename = $code)] $name,)* }

        impl Code {
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// Stable text of the code: in the API, in `docs`, and the key of its sentence.
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$name => $code,)* }
            }

            /// 401, 403 (sees but may not), 404 (may not see), 408 (too slow), 409 (changed, archived or closed), 410 (used link),
            /// 413, 422, 429, 503 or 507.
            pub const fn status(self) -> u16 {
                match self { $(Code::$name => $status,)* }
            }
        }
    };
}

codes! {
    // The call as such.
    SignInNeeded = "sign_in.needed", 401;
    SignInWrong = "sign_in.wrong", 401;
    SignInSlow = "sign_in.slow", 429;
    Forbidden = "forbidden", 403;
    Suspended = "suspended", 403;
    CrossSite = "cross_site", 403;
    Missing = "missing", 404;
    Changed = "changed", 409;
    ShownOnce = "shown.once", 409;
    Archived = "archived", 409;
    Closed = "closed", 409;
    LinkUsed = "link.used", 410;
    TooLarge = "too_large", 413;
    TooMany = "too_many", 429;
    Unavailable = "unavailable", 503;
    DiskFull = "disk.full", 507;
    /// The same idempotency key or command id came with another content.
    KeyReused = "key.reused", 422;

    // Fields.
    Malformed = "malformed", 422;
    FieldUnknown = "field.unknown", 422;
    FieldNeeded = "field.needed", 422;
    FieldWrong = "field.wrong", 422;
    TextLong = "text.long", 422;
    TextShort = "text.short", 422;
    TextControl = "text.control", 422;
    NumberRange = "number.range", 422;
    ListShort = "list.short", 422;
    ListLong = "list.long", 422;
    CursorForeign = "cursor.foreign", 422;

    // The personal-data guard: a block cannot be passed, a warning passes with `sure`.
    GuardCode = "guard.code", 422;
    GuardMaybeCode = "guard.maybe_code", 422;
    GuardContact = "guard.contact", 422;
    GuardPupil = "guard.pupil", 422;

    // Accounts.
    EmailWrong = "email.wrong", 422;
    EmailTaken = "email.taken", 422;
    PasswordShort = "password.short", 422;
    PasswordLong = "password.long", 422;
    PasswordCommon = "password.common", 422;
    PasswordWeak = "password.weak", 422;

    // People and their roles.
    PersonSelf = "person.self", 422;
    RoleLast = "role.last", 422;

    // Networks.
    /// Only in a mini-network.
    NetworkMini = "network.mini", 409;
    /// Only in a network that is not a mini-network.
    NetworkWhole = "network.whole", 409;

    // Teams.
    TeamSize = "team.size", 422;
    TeamFull = "team.full", 422;
    TeamState = "team.state", 409;
    TeamMember = "team.member", 409;
    TeamSuccessor = "team.successor", 422;
    TeamLeadHere = "team.lead", 422;

    // Problems and practices.
    ProblemEvidence = "problem.evidence", 422;
    ProblemArea = "problem.area", 422;
    ProblemState = "problem.state", 409;
    PracticeState = "practice.state", 409;
    SpanOrder = "span.order", 422;
    /// A problem is not merged into itself, a draft or a merged one, nor into one that other people read.
    MergeWrong = "merge.wrong", 422;
    MergeSpace = "merge.space", 422;
    /// It was merged; the fact `into` is the id of the other one.
    ProblemMerged = "problem.merged", 409;
    /// Words were typed where one thing is to be named: there is more to choose from, or nothing.
    PickOne = "pick.one", 422;
    PickNone = "pick.none", 422;

    // Actions.
    /// Only an open one is changed or done; only one that is not, opened again.
    ActionState = "action.state", 409;
    /// Not in this room.
    ActionGone = "action.gone", 409;

    // Files.
    /// Larger than one file may be; the fact `mib` is the limit.
    FileLarge = "file.large", 413;
    /// The item, its space or the person has no more room; `files` or `mib` is the limit.
    FileMany = "file.many", 413;
    FileRoom = "file.room", 413;
    /// The disk has room for texts only.
    FileDisk = "file.disk", 507;
    /// The scanner for viruses found something.
    FileVirus = "file.virus", 422;
    /// A scanner is set and cannot be asked: nothing is kept unscanned.
    FileUnscanned = "file.unscanned", 503;
    FileEmpty = "file.empty", 422;
    FileName = "file.name", 422;
    /// Not one of the kinds that are taken.
    FileKind = "file.kind", 422;
    /// What is in it is not what its name says.
    FileLie = "file.lie", 422;
    FileMacros = "file.macros", 422;
    /// It holds other documents or programs, which nobody can look into.
    FileNested = "file.nested", 422;
    /// Unpacked it would be too large, or it has too many parts.
    FileBomb = "file.bomb", 422;
    FileImage = "file.image", 422;
    /// It took longer to send than `seconds`.
    FileSlow = "file.slow", 408;

    // Moderation.
    Hidden = "hidden", 409;
    HiddenAppealed = "hidden.appealed", 409;
    /// The passage is in none of the texts.
    RedactionAbsent = "redaction.absent", 422;
    /// The reason holds what is to go.
    RedactionRepeats = "redaction.repeats", 422;
    /// It also stands in files, and what becomes of them was not said.
    RedactionFiles = "redaction.files", 422;

    // Live sessions.
    SessionState = "session.state", 409;
    /// Signed minutes are frozen.
    MinutesSigned = "minutes.signed", 409;
    MinutesUnsigned = "minutes.unsigned", 409;
    SessionAgenda = "session.agenda", 422;
    SessionPast = "session.past", 422;
    SessionCancelled = "session.cancelled", 409;
    /// A series of fewer than 2 or more than 40 sessions.
    SeriesSize = "series.size", 422;
    /// Only who is invited says whether they come.
    NotInvited = "session.not_invited", 403;
    /// No address of a meeting elsewhere: `https`, a host with a dot, no name or password in it.
    VideoWrong = "video.wrong", 422;
    MessageGone = "message.gone", 409;
    HandUp = "hand.up", 409;
    HandDown = "hand.down", 409;
    StepGone = "step.gone", 409;
    /// Whoever presents listens in this step.
    StepListen = "step.listen", 409;
    /// Whoever presents speaks in this step.
    StepPresenter = "step.presenter", 409;
    /// Everyone speaks in turn in this step.
    StepTurn = "step.turn", 409;
    /// Facilitators alone speak in this step.
    StepFacilitator = "step.facilitator", 409;
    StepWithoutChat = "step.without_chat", 409;
    /// No round runs.
    RoundGone = "round.gone", 409;
    ReactionTwice = "reaction.twice", 409;
    SpeakNow = "speak.now", 409;

    // Agreements.
    /// Of another room, or taken back.
    AgreementGone = "agreement.gone", 409;
    /// It is closed, or has not been opened for voices yet.
    AgreementClosed = "agreement.closed", 409;
    /// Another one is open for voices.
    AgreementOpen = "agreement.open", 409;
    /// Facts: count.
    AgreementObjections = "agreement.objections", 409;
    /// It is not in force any more.
    AgreementState = "agreement.state", 409;

    // Polls.
    /// Not in this room.
    PollGone = "poll.gone", 409;
    /// Takes no more votes, or has been opened already.
    PollClosed = "poll.closed", 409;
    /// Another one is open.
    PollOpen = "poll.open", 409;
    /// More than one may choose.
    PollCap = "poll.cap", 409;
    /// An anonymous vote cannot be changed.
    PollVoted = "poll.voted", 409;
    /// Too few people for an anonymous one.
    PollFew = "poll.few", 409;

    // Break-outs.
    /// Groups work already.
    BreakoutsOpen = "breakouts.open", 409;
    /// No groups work now.
    BreakoutsClosed = "breakouts.closed", 409;

    // Boards.
    /// Not in this room.
    BoardGone = "board.gone", 409;
    BoardLocked = "board.locked", 409;
    /// Not on this board.
    CardGone = "card.gone", 409;
    /// More dots than one has.
    CardCap = "card.cap", 409;
    /// No dots are given now.
    CardVoting = "card.voting", 409;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_spelled_the_same_everywhere() {
        for code in Code::ALL {
            assert_eq!(serde_json::to_value(code).unwrap(), code.as_str());
            assert!(matches!(code.status(), 401 | 403 | 404 | 408 | 409 | 410 | 413 | 422 | 429 | 503 | 507));
        }
    }
}
