use schemars::{JsonSchema, schema_for};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::*;
use crate::{access::Role, ids::*, schools::MunicipalityCode, words::*};

#[derive(Serialize, Deserialize, JsonSchema)]
struct Post {
    space: SpaceId,
    title: Line<20>,
    text: Option<Prose<40>>,
    area: Area,
    mood: Option<Mood>,
    #[serde(default)]
    evidence: Vec<Evidence>,
    #[serde(default)]
    #[schemars(length(max = 2))]
    tags: Vec<Line<5>>,
    #[serde(default)]
    sure_of_it: bool,
    #[schemars(range(min = 1, max = 12))]
    grade: Option<u8>,
    place: Option<MunicipalityCode>,
    part: Option<Part>,
    secret: Option<Secret>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Area {
    Leadership,
    Steam,
}

/// Documented variants make a choice of constants.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Mood {
    /// Good.
    Good,
    /// Bad.
    Bad,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Evidence {
    kind: Area,
    text: Prose<30>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "type")]
enum Part {
    Say { text: Line<9> },
    Hand,
    Show(Shown),
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Shown {
    step: StepId,
    minutes: i64,
}

const ID: &str = "0192f0c1-2b3c-7d4e-8f50-0123456789ab";

/// The refusals as `field:code`.
fn told(value: Value) -> Vec<String> {
    let schema = schema_for!(Post).to_value();
    let line = |refusal: &Refusal| format!("{}:{}", refusal.field.as_deref().unwrap_or("-"), refusal.code.as_str());
    let mut told: Vec<String> = check(&schema, &value, false).0.iter().map(line).collect();
    told.sort();
    // What passes is what serde reads; it may read more, since it ignores unknown fields here.
    if told.is_empty() {
        serde_json::from_value::<Post>(value).map(drop).unwrap();
    }
    told
}

fn post(more: Value) -> Value {
    let mut post = json!({ "space": ID, "title": "Motyvacija", "area": "steam" });
    post.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    post
}

#[test]
fn a_good_call_passes() {
    assert!(told(post(json!({}))).is_empty());
    let full = json!({
        "text": "Pirma\nAntra", "mood": "good", "evidence": [{ "kind": "steam", "text": "Apklausa" }], "tags": ["a", "b"],
        "sure_of_it": true, "grade": 12, "place": "LT-53", "part": { "type": "say", "text": "Labas" }, "secret": "  \u{0007} ",
    });
    assert!(told(post(full)).is_empty());
    let nulls = json!({ "text": null, "mood": null, "grade": null, "place": null, "part": null });
    assert!(told(post(nulls)).is_empty());
}

#[test]
fn everything_wrong_is_told_at_once_with_its_path() {
    let value = json!({
        "space": "0192F0C1-2B3C-7D4E-8F50-0123456789AB", "text": "x".repeat(41), "area": "sport", "mood": "fair",
        "evidence": [{ "kind": "steam" }, { "kind": "steam", "text": "", "more": 1 }, 7], "tags": ["a", "b", "c"],
        "sure_of_it": "on", "grade": 13, "place": "LT-61", "colour": "red",
    });
    assert_eq!(
        told(value),
        [
            "area:field.wrong",
            "colour:field.unknown",
            "evidence.0.text:field.needed",
            "evidence.1.more:field.unknown",
            "evidence.1.text:text.short",
            "evidence.2:field.wrong",
            "grade:number.range",
            "mood:field.wrong",
            "place:field.wrong",
            "space:field.wrong",
            "sure_of_it:field.wrong",
            "tags:list.long",
            "text:text.long",
            "title:field.needed",
        ]
    );
}

#[test]
fn a_text_is_measured_in_characters_as_it_is_kept() {
    assert!(told(post(json!({ "title": format!("  {}  ", "s\u{30C}".repeat(20)) }))).is_empty());
    let schema = schema_for!(Post).to_value();
    let refusals = check(&schema, &post(json!({ "title": "ž".repeat(21) })), false);
    assert_eq!(refusals.0, [Refusal::of(Code::TextLong).at("title").fact("limit", 20).fact("count", 21)]);
    assert_eq!(told(post(json!({ "title": "   " }))), ["title:text.short"]);
    for control in ["a\nb", "a\u{0}b", "a\u{202E}b"] {
        assert_eq!(told(post(json!({ "title": control }))), ["title:text.control"]);
    }
    assert!(told(post(json!({ "text": "a\r\nb\tc" }))).is_empty());
}

#[test]
fn a_tagged_choice_is_read_by_its_tag() {
    assert!(told(post(json!({ "part": { "type": "hand" } }))).is_empty());
    assert!(told(post(json!({ "part": { "type": "show", "step": ID, "minutes": -5 } }))).is_empty());
    assert_eq!(told(post(json!({ "part": { "type": "sing" } }))), ["part.type:field.wrong"]);
    assert_eq!(told(post(json!({ "part": {} }))), ["part.type:field.needed"]);
    assert_eq!(told(post(json!({ "part": "hand" }))), ["part:field.wrong"]);
    assert_eq!(told(post(json!({ "part": { "type": "say" } }))), ["part.text:field.needed"]);
    assert_eq!(told(post(json!({ "part": { "type": "hand", "text": "x" } }))), ["part.text:field.unknown"]);
    assert_eq!(
        told(post(json!({ "part": { "type": "show", "step": 1, "minutes": 1.5, "x": 0 } }))),
        ["part.minutes:field.wrong", "part.step:field.wrong", "part.x:field.unknown"]
    );
}

#[test]
fn a_choice_with_content_is_read_by_its_tag() {
    let schema = schema_for!(Role).to_value();
    let codes = |value: Value| -> Vec<(String, Code)> {
        check(&schema, &value, false)
            .0
            .into_iter()
            .map(|refusal| (refusal.field.unwrap_or_default(), refusal.code))
            .collect()
    };
    assert_eq!(codes(json!({ "role": "administrator" })), []);
    assert_eq!(codes(json!({ "role": "coordinator", "scope": ID })), []);
    assert_eq!(codes(json!({ "role": "coordinator" })), [("scope".into(), Code::FieldNeeded)]);
    assert_eq!(
        codes(json!({ "role": "municipal_specialist", "scope": "LT-99" })),
        [("scope".into(), Code::FieldWrong)]
    );
    assert_eq!(codes(json!({ "role": "king" })), [("role".into(), Code::FieldWrong)]);
    assert_eq!(codes(json!({ "scope": ID })), [("role".into(), Code::FieldNeeded)]);
}

#[test]
fn other_shapes_of_serde_are_understood() {
    #[derive(JsonSchema)]
    #[allow(dead_code)]
    struct Outer {
        #[serde(flatten)]
        inner: Shown,
        #[serde(flatten)]
        part: Outside,
        any: std::collections::BTreeMap<String, u8>,
        pair: (u8, String),
        either: Either,
    }
    #[derive(JsonSchema)]
    #[allow(dead_code)]
    enum Outside {
        One(u8),
        Two { a: bool },
    }
    #[derive(JsonSchema)]
    #[serde(untagged)]
    #[allow(dead_code)]
    enum Either {
        Number(u8),
        Text(String),
        Shown { step: StepId },
        Said { text: Line<9> },
    }
    let schema = schema_for!(Outer).to_value();
    let told = |value: Value| -> Vec<String> {
        check(&schema, &value, false)
            .0
            .iter()
            .map(|r| format!("{}:{}", r.field.as_deref().unwrap_or("-"), r.code.as_str()))
            .collect()
    };
    let base = |more: Value| {
        let mut base =
            json!({ "step": ID, "minutes": 1, "Two": { "a": true }, "any": { "x": 1 }, "pair": [1, "a"], "either": 3 });
        base.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        base
    };
    let none: [&str; 0] = [];
    assert_eq!(told(base(json!({}))), none);
    assert_eq!(told(base(json!({ "either": { "text": "x" } }))), none);
    assert_eq!(told(base(json!({ "either": { "text": "x".repeat(10) } }))), ["either.text:text.long"]);
    assert_eq!(told(base(json!({ "any": { "x": 256 } }))), ["any.x:number.range"]);
    assert_eq!(told(base(json!({ "any": { "x": 1, "y": "z" } }))), ["any.y:field.wrong"]);
    assert_eq!(told(base(json!({ "pair": [1] }))), ["pair:list.short"]);
    assert_eq!(told(base(json!({ "what": 1 }))), ["what:field.unknown"]);
}

#[test]
fn numbers_keep_to_the_width_of_their_type() {
    #[derive(JsonSchema)]
    #[allow(dead_code)]
    struct Numbers {
        a: u32,
        b: i32,
        c: u8,
        d: f64,
        e: u64,
    }
    let schema = schema_for!(Numbers).to_value();
    let told = |a: Value, b: Value, c: Value, e: Value| {
        let value = json!({ "a": a, "b": b, "c": c, "d": 1, "e": e });
        check(&schema, &value, false).0.into_iter().map(|r| (r.field.unwrap(), r.code)).collect::<Vec<_>>()
    };
    assert_eq!(told(json!(u32::MAX), json!(i32::MIN), json!(255), json!(u64::MAX)), []);
    let range = |field: &str| (field.to_owned(), Code::NumberRange);
    let all = told(json!(-1), json!(3_000_000_000u32), json!(256), json!(-1));
    assert_eq!(all, [range("a"), range("b"), range("c"), range("e")]);
    assert_eq!(told(json!(1.0), json!(1), json!(1), json!(1)), [("a".to_owned(), Code::FieldWrong)]);
}

#[test]
fn what_is_deep_wide_or_strange_is_refused_without_harm() {
    let any = json!({ "additionalProperties": { "$ref": "#" }, "items": { "$ref": "#" } });
    let mut deep = json!(1);
    for _ in 0..100 {
        deep = json!([deep]);
    }
    let codes = |refusals: Refusals| refusals.0.into_iter().map(|refusal| refusal.code).collect::<Vec<_>>();
    assert_eq!(codes(check(&any, &deep, false)), [Code::Malformed]);
    let wide = Value::Array(vec![json!(1); STEPS + 1]);
    assert_eq!(codes(check(&any, &wide, false)), [Code::TooLarge]);
    let many: Map<String, Value> = (0..1_000).map(|n| (format!("k{n}"), json!(1))).collect();
    assert_eq!(check(&json!({ "type": "object" }), &Value::Object(many), false).0.len(), TOLD);
    let circle = json!({ "$ref": "#" });
    assert_eq!(codes(check(&circle, &json!(1), false)), [Code::FieldWrong]);
    let long = json!({ "ž".repeat(1_000): 1 });
    assert!(check(&json!({}), &long, false).0[0].field.as_ref().unwrap().chars().count() <= 60);
}

#[test]
fn the_guard_stands_before_lines_and_prose_and_before_no_secret() {
    let code = "59912310012";
    let all = json!({
        "text": format!("Mokinė Ona K., a. k. {code}"), "secret": code,
        "evidence": [{ "kind": "steam", "text": "5\u{A0}991231 0012" }], "tags": ["ok", "ne"],
    });
    assert_eq!(told(post(all.clone())), ["evidence.0.text:guard.code", "text:guard.code", "text:guard.pupil"]);
    let schema = schema_for!(Post).to_value();
    let sure: Vec<Code> = check(&schema, &post(all), true).0.into_iter().map(|refusal| refusal.code).collect();
    assert_eq!(sure, [Code::GuardCode, Code::GuardCode]);
}
