//! Every call of the API, and values made up by a schema.

use std::sync::OnceLock;

use model::openapi::CallInfo;
use serde_json::{Map, Value, json};

pub struct Call {
    pub info: CallInfo,
    pub schema: Value,
    pub read: fn(Value) -> Result<(), String>,
}

macro_rules! calls {
    ($($noun:ident: $($call:ident)*;)*) => {
        vec![$($({
            use model::$noun::$call;
            let info = CallInfo::of::<$call>();
            let read = |value| serde_json::from_value::<$call>(value).map(drop).map_err(|error| error.to_string());
            Call { info, schema: info.schema(), read }
        },)*)*]
    };
}

pub fn calls() -> &'static [Call] {
    static CALLS: OnceLock<Vec<Call>> = OnceLock::new();
    CALLS.get_or_init(|| {
        calls! {
            actions: ListActions ReadActionItem AgreeActionItem EditActionItem SetActionState;
            agreements: ListAgreements ReadAgreement ReviewAgreement LinkAgreement;
            accounts: SignIn SignOut SetUp ReadMe ListSignIns EndSignIn EndOtherSignIns ChangePassword VerifyEmail AskVerification AskReset ResetPassword;
            files: AttachToPractice AttachToProblem ReadFile DownloadFile RemoveFile;
            attendance: ReadAttendance CorrectAttendance SetAttendanceShare DownloadAttendanceCsv DownloadAttendanceXlsx;
            audit: ListActs;
            breakouts: ReadBreakouts OpenBreakouts ExtendBreakouts MoveToBreakout CloseBreakouts;
            minutes: ReadMinutes EditMinutes RemakeMinutes SignMinutes AddToMinutes DownloadMinutesMd DownloadMinutesPdf;
            moderation: ReportItem ReadModeration DismissReport HideItem AppealHiding DecideHiding ListOwnHidden;
            networks: ListNetworkKinds ListNetworks ReadNetwork CreateNetwork EditNetwork AddNetworkKind EditNetworkKind FoundMiniNetwork InviteTeam RemoveTeam JoinMiniNetwork LeaveMiniNetwork;
            notes: ReadNotes ListNoteStates RestoreNotes;
            people: ListPeople ReadPerson GiveRole TakeRole SuspendPerson ReturnPerson InviteToRole RevokeRoleInvitation ReadRoleInvitation JoinByRole AcceptRole;
            plans: ListPlans ReadPlan WritePlan ChangePlan DropPlan;
            practices: ListPractices ReadPractice SharePractice EditPractice WithdrawPractice;
            problems: ListTopics ListProblems ReadProblem PostProblem EditProblem SetProblemState Respond SameProblem MergeProblem DiscardDraft WithdrawResponse;
            redactions: RedactText ListRedactions;
            schools: ListMunicipalities ListInstitutionKinds ListSchools CreateSchool EditSchool AddInstitutionKind EditInstitutionKind;
            versions: ListPracticeVersions ListProblemVersions RestorePractice RestoreProblem;
            search: Search ListSimilar;
            sessions: ListSessions ReadSession ScheduleSession EditSession CancelSession AnswerInvitation ListMeetings ReadFeed MakeFeed EndFeed ReadRecord ListMessages ReadBoards DownloadBoardsMd DownloadBoardsCsv;
            spaces: ListSpaces ReadSpace OpenSpace EditSpace TakeInTeam TakeOutTeam ArchiveSpace ReturnSpace;
            teams: CreateTeam ReadTeam ActivateTeam ArchiveTeam ReturnTeam RemoveMember HandOverLead LeaveTeam Invite RevokeInvitation ReadInvitation JoinTeam AcceptInvitation;
        }
    })
}

/// A small generator with a given seed (xorshift64*).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % sides.max(1)
    }

    fn one<'v, T>(&mut self, of: &'v [T]) -> &'v T {
        &of[usize::try_from(self.roll(of.len() as u64)).unwrap()]
    }

    /// A value of the schema; with `spoiled`, about one in so many parts is something else.
    pub fn value(&mut self, schema: &Value, root: &Value, spoiled: u64, depth: usize) -> Value {
        if spoiled > 0 && self.roll(spoiled) == 0 {
            let odd = [
                json!(null),
                json!(true),
                json!(-1),
                json!(1.5),
                json!(u64::MAX),
                json!(""),
                json!(" \n"),
                json!("\u{0}"),
                json!("x".repeat(700)),
                json!([]),
                json!({}),
                json!([[{}]]),
                json!("LT-61"),
                json!({ "a": 1 }),
            ];
            return self.one(&odd).clone();
        }
        let mut layers = Vec::new();
        self.layers(schema, root, &mut layers);
        let word = |word: &str| layers.iter().find_map(|layer| layer.get(word));
        if let Some(only) = word("const") {
            return only.clone();
        }
        if let Some(choices) = word("enum").and_then(Value::as_array) {
            return self.one(choices).clone();
        }
        let kind = match word("type") {
            Some(Value::Array(kinds)) => self.one(kinds).as_str().unwrap_or_default().to_owned(),
            Some(Value::String(kind)) => kind.clone(),
            _ => String::new(),
        };
        match kind.as_str() {
            "boolean" => json!(self.roll(2) == 0),
            "integer" => {
                let least = word("minimum").and_then(Value::as_i64).unwrap_or(-3);
                let most = word("maximum").and_then(Value::as_i64).unwrap_or(least + 9);
                json!(least + i64::try_from(self.roll((most - least + 1).unsigned_abs())).unwrap())
            }
            "number" => json!(self.roll(9) as f64 / 4.0),
            "string" => json!(self.text(&layers)),
            "array" => {
                let bound = |name: &str, other: u64| word(name).and_then(Value::as_u64).unwrap_or(other);
                let least = bound("minItems", 0);
                let count = least + self.roll(bound("maxItems", least + 3).saturating_sub(least).min(3) + 1);
                let items = word("items").cloned().unwrap_or(json!({ "type": "string" }));
                Value::Array(
                    (0..if depth > 6 { 0 } else { count })
                        .map(|_| self.value(&items, root, spoiled, depth + 1))
                        .collect(),
                )
            }
            "object" => self.object(&layers, root, spoiled, depth),
            _ => Value::Null,
        }
    }

    fn object(&mut self, layers: &[&Map<String, Value>], root: &Value, spoiled: u64, depth: usize) -> Value {
        let mut fields = Map::new();
        for layer in layers {
            let required = layer.get("required").and_then(Value::as_array);
            for (name, schema) in layer.get("properties").and_then(Value::as_object).into_iter().flatten() {
                let needed = required.is_some_and(|names| names.iter().any(|other| other == name));
                if (needed && (spoiled == 0 || self.roll(20) > 0)) || (depth < 6 && self.roll(2) == 0) {
                    let value = self.value(schema, root, spoiled, depth + 1);
                    fields.insert(name.clone(), value);
                }
            }
        }
        if spoiled > 0 && self.roll(9) == 0 {
            fields.insert("unknown".to_owned(), json!(1));
        }
        Value::Object(fields)
    }

    fn layers<'s>(&mut self, schema: &'s Value, root: &'s Value, out: &mut Vec<&'s Map<String, Value>>) {
        let Some(layer) = schema.as_object() else { return };
        out.push(layer);
        if let Some(reference) = layer.get("$ref").and_then(Value::as_str) {
            self.layers(root.pointer(&reference[1..]).unwrap(), root, out);
        }
        for part in layer.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            self.layers(part, root, out);
        }
        for word in ["oneOf", "anyOf"] {
            if let Some(branches) = layer.get(word).and_then(Value::as_array) {
                let branch = self.one(branches);
                self.layers(branch, root, out);
            }
        }
    }

    fn text(&mut self, layers: &[&Map<String, Value>]) -> String {
        let word = |word: &str| layers.iter().find_map(|layer| layer.get(word));
        let name = |value: Option<&'_ Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
        match (name(word("format")).as_str(), name(word("pattern")).as_str()) {
            ("uuid", _) => "0192f0c1-2b3c-7d4e-8f50-0123456789ab".to_owned(),
            ("email", _) => "rasa@tinklaveika.example".to_owned(),
            ("local-date-time", _) => "2026-11-22T14:30".to_owned(),
            ("date" | "local-date", _) => "2026-11-25".to_owned(),
            ("video", _) => "https://vaizdas.tinklaveika.example/sesija".to_owned(),
            (_, pattern) if pattern.starts_with("^(administrator") => "administrator".to_owned(),
            (_, pattern) if pattern.starts_with("^(person") => "team:0192f0c1-2b3c-7d4e-8f50-0123456789ab".to_owned(),
            (_, pattern) if pattern.starts_with("^LT-") => "LT-53".to_owned(),
            (_, "") => {
                let least = word("minLength").and_then(Value::as_u64).unwrap_or(0).max(1);
                let most = word("maxLength").and_then(Value::as_u64).unwrap_or(20).min(least + 20);
                let count = least + self.roll(most - least + 1);
                (0..count).map(|_| *self.one(&['a', 'ž', 'Š', 'k', 'o', 'ė'])).collect()
            }
            _ => "bmt".to_owned(),
        }
    }
}
