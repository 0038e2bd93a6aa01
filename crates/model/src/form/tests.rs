use proptest::prelude::*;
use schemars::{JsonSchema, schema_for};
use serde_json::json;

use super::*;
use crate::{address, check::check, ids::*, words::*};

#[derive(JsonSchema)]
#[allow(dead_code)]
struct Call {
    space: SpaceId,
    title: Line<20>,
    text: Option<Prose<40>>,
    grade: Option<u8>,
    share: Option<f64>,
    open: bool,
    areas: Vec<Area>,
    evidence: Vec<Evidence>,
    goal: Goal,
    part: Option<Part>,
    #[serde(default)]
    numbers: Vec<i64>,
    secret: Option<Secret>,
    span: Option<Goal>,
}

#[derive(JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(dead_code)]
enum Area {
    /// Documented.
    Leadership,
    Steam,
}

#[derive(JsonSchema)]
#[allow(dead_code)]
struct Evidence {
    kind: Option<Area>,
    text: Prose<30>,
    sure: bool,
}

#[derive(JsonSchema)]
#[allow(dead_code)]
struct Goal {
    text: Line<9>,
    done: bool,
}

#[derive(JsonSchema)]
#[serde(rename_all = "snake_case", tag = "type")]
#[allow(dead_code)]
enum Part {
    Say { text: Line<9>, loud: bool },
    Wait { minutes: i64 },
}

fn schema() -> Value {
    schema_for!(Call).to_value()
}

fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn read(pairs: &[(&str, &str)]) -> Value {
    from_pairs(&schema(), &owned(pairs)).unwrap()
}

#[test]
fn an_empty_form_is_boxes_unticked_and_nothing_chosen() {
    let empty = json!({ "open": false, "areas": [], "evidence": [], "goal": { "done": false } });
    assert_eq!(read(&[]), empty);
    assert_eq!(
        read(&[
            ("title", ""),
            ("text", "  "),
            ("evidence.0.text", ""),
            ("goal.text", " "),
            ("_csrf", "x"),
            ("sure", "on")
        ]),
        empty
    );
}

#[test]
fn a_path_gives_what_it_says() {
    let value = given(&schema(), &owned(&[("space", "x"), ("grade", "5")])).unwrap();
    assert_eq!(value, json!({ "space": "x", "grade": 5 }));
}

#[test]
fn a_full_form_becomes_the_call() {
    let value = read(&[
        ("space", "0192f0c1-2b3c-7d4e-8f50-0123456789ab"),
        ("title", " Motyvacija "),
        ("grade", " 5 "),
        ("share", "0,25"),
        ("open", "on"),
        ("areas", "steam"),
        ("evidence.7.text", "Apklausa"),
        ("evidence.7.sure", "on"),
        ("evidence.10.text", "Stebėjimas"),
        ("evidence.10.kind", "steam"),
        ("evidence.9.text", ""),
        ("goal.text", "Tikslas"),
        ("part.type", "say"),
        ("part.text", "Labas"),
        ("numbers", "1"),
        ("numbers", ""),
        ("numbers", "−2"),
        ("secret", " "),
    ]);
    assert_eq!(
        value,
        json!({
            "space": "0192f0c1-2b3c-7d4e-8f50-0123456789ab", "title": " Motyvacija ", "grade": 5, "share": 0.25, "open": true,
            "areas": ["steam"], "goal": { "text": "Tikslas", "done": false }, "part": { "type": "say", "text": "Labas", "loud": false },
            "evidence": [{ "text": "Apklausa", "sure": true }, { "text": "Stebėjimas", "kind": "steam", "sure": false }],
            "numbers": [1, -2], "secret": " ",
        })
    );
    assert!(check(&schema(), &value, false).0.is_empty());
}

#[test]
fn what_cannot_be_read_stays_text_and_is_refused_under_its_field() {
    let value = read(&[
        ("title", "a"),
        ("title", "b"),
        ("grade", "penki"),
        ("open", "gal"),
        ("areas", "sport"),
        ("what.0.x", "1"),
        ("goal.text", "x"),
    ]);
    let told: Vec<_> = check(&schema(), &value, false).0.into_iter().map(|r| (r.field.unwrap(), r.code)).collect();
    let expected = [
        ("space", Code::FieldNeeded),
        ("areas.0", Code::FieldWrong),
        ("grade", Code::FieldWrong),
        ("open", Code::FieldWrong),
        ("title", Code::FieldWrong),
        ("what", Code::FieldUnknown),
    ];
    assert_eq!(told, expected.map(|(field, code)| (field.to_owned(), code)));
}

#[test]
fn rows_are_renumbered_as_the_refusals_number_them() {
    let pairs = owned(&[
        ("a.12.x", "1"),
        ("a.3.x", ""),
        ("a.3.y", " "),
        ("a.5.b.9.z", "2"),
        ("a.5.b.2.z", ""),
        ("title", "t"),
        ("3", "x"),
    ]);
    let expected = owned(&[("a.1.x", "1"), ("a.0.b.0.z", "2"), ("title", "t"), ("3", "x")]);
    assert_eq!(renumber(&pairs), expected);
    assert_eq!(renumber(&expected), expected);
}

#[test]
fn a_form_beyond_all_measure_is_refused() {
    let code = |pairs: Vec<(String, String)>| {
        let refusal = from_pairs(&schema(), &pairs).unwrap_err().0.remove(0);
        (refusal.code, refusal.field)
    };
    let rows = |count: usize| (0..count).map(|n| (format!("evidence.{n}.text"), "x".to_owned())).collect::<Vec<_>>();
    assert!(from_pairs(&schema(), &rows(ITEMS)).is_ok());
    assert_eq!(code(rows(ITEMS + 1)), (Code::ListLong, Some("evidence".into())));
    assert_eq!(code(vec![("areas".into(), "steam".into()); ITEMS + 1]), (Code::ListLong, Some("areas".into())));
    assert_eq!(code(vec![("x".into(), String::new()); PAIRS + 1]), (Code::TooLarge, None));
    assert_eq!(code(owned(&[("a", "1"), ("a.b", "2")])), (Code::Malformed, Some("a.b".into())));
    assert_eq!(code(owned(&[("a.b", "2"), ("a", "1")])), (Code::Malformed, Some("a".into())));
    assert_eq!(code(owned(&[("a.a.a.a.a.a.a.a.a", "1")])).0, Code::Malformed);
}

#[test]
fn a_query_is_decoded() {
    assert_eq!(
        pairs("q=%C5%A1ilta+diena&&x&y=a%3Db=c").unwrap(),
        owned(&[("q", "šilta diena"), ("x", ""), ("y", "a=b=c")])
    );
    assert_eq!(pairs("q=%C5"), None);
    assert_eq!(pairs("q=%zz"), None);
    let asked = owned(&[("title", "a"), ("utm", "x"), ("evidence.0.text", "b")]);
    assert_eq!(known(&schema(), &asked), owned(&[("title", "a"), ("evidence.0.text", "b")]));
}

#[test]
fn an_address_reads_back_as_the_call_it_was_made_of() {
    let call = json!({
        "title": "a & b", "grade": 5, "share": 0.5, "open": true, "areas": ["steam", "leadership"], "numbers": [1],
        "evidence": [{ "text": "č=+", "sure": false }], "goal": { "text": "x", "done": true },
    });
    let address = address::join("/x", &call);
    let asked = pairs(address.split_once('?').unwrap().1).unwrap();
    assert_eq!(from_pairs(&schema(), &asked).unwrap(), call);
}

proptest! {
    #[test]
    fn no_form_is_fatal(pairs in prop::collection::vec(
        ("(title|areas|evidence|part|goal|numbers|[._0-9a-z]{0,4})([.](0|1|77|9999999999|text|type|\\PC{0,3})){0,9}", "on|say|-?[0-9]{0,22}[,.]?[0-9]{0,3}|\\PC{0,6}"), 0..20,
    )) {
        let schema = schema();
        if let Ok(value) = from_pairs(&schema, &pairs) {
            check(&schema, &value, false);
        }
        let once = renumber(&pairs);
        prop_assert_eq!(renumber(&once), once);
    }

    #[test]
    fn no_body_is_fatal(body in "\\PC{0,60}|[%+&=a-f0-9.]{0,60}") {
        if let Some(pairs) = pairs(&body) {
            let _ = from_pairs(&schema(), &pairs);
        }
    }
}
