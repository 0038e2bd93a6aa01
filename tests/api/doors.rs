//! The doors of every call: what they refuse before anything is done.

use model::{
    openapi::CallInfo,
    problems::{ListTopics, Respond},
    refusal::Code,
    words::Prose,
};
use serde_json::{Value, json};
use server::{auth::COOKIE, routes};
use tests::{TestApp, on_both};

const UNKNOWN: &str = "0192f0c1-2b3c-7d4e-8f50-0123456789ab";
/// Nobody's: the birthday is to come.
const PERSONAL_CODE: &str = "Kodas 59912310012";

on_both! {
    async fn fields_that_do_not_fit_are_all_told_at_once(app) {
        let rasa = app.as_("Rasa").await;
        let path = format!("/api/v1/spaces/{}/problems", app.space("dirbtuve"));
        let refused = async |body: Value| rasa.json("POST", &path, Some(&body)).await.codes();
        assert_eq!(refused(json!({})).await, ["field.needed@problem"]);
        assert_eq!(refused(json!({ "problem": "tekstas" })).await, ["field.wrong@problem"]);
        let many = json!({
            "kas": 1,
            "draft": "taip",
            "problem": {
                "title": "a\u{0}b",
                "area": "sportas",
                "group": "ž".repeat(161),
                "goal": "",
                "evidence": [{ "kind": "survey" }, { "kind": "survey", "text": "gerai", "dar": true }],
            },
        });
        assert_eq!(refused(many).await, [
            "field.needed@problem.evidence.0.text",
            "field.unknown@kas",
            "field.unknown@problem.evidence.1.dar",
            "field.wrong@draft",
            "field.wrong@problem.area",
            "text.control@problem.title",
            "text.long@problem.group",
            "text.short@problem.goal",
        ]);
        // A part of the path in the body too would have two answers.
        let twice = json!({ "space": app.space("kiemas"), "draft": true, "problem": { "title": "Du kartus" } });
        assert_eq!(rasa.json("POST", &path, Some(&twice)).await.status, 422);
    }

    async fn what_is_no_json_object_is_malformed(app) {
        let rasa = app.as_("Rasa").await;
        let path = format!("/api/v1/spaces/{}/problems", app.space("dirbtuve"));
        let json = rasa.clone().with("content-type", "application/json");
        for body in ["{", "[]", "null", "{\"problem\":{}}}", "{\"a\":1,}", "\u{feff}{}", "NaN"] {
            assert_eq!(json.send("POST", &path, body.as_bytes()).await.codes(), ["malformed"], "{body}");
        }
        assert_eq!(json.send("POST", &path, b"{\"problem\":\"\xff\"}").await.codes(), ["malformed"]);
        // 200 levels deep.
        let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
        assert_eq!(json.send("POST", &path, format!("{{\"problem\":{deep}}}").as_bytes()).await.codes(), ["malformed"]);
        for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""] {
            let other = rasa.clone().with("content-type", kind);
            assert_eq!(other.send("POST", &path, b"{\"problem\":{}}").await.codes(), ["malformed"], "{kind}");
        }
        let form = rasa.clone().with("content-type", "application/json");
        let path = format!("/erdves/{}/problemos/nauja", app.space("dirbtuve"));
        assert_eq!(form.send("POST", &path, b"{}").await.status, 422);
        assert_eq!(app.anonymous().get("/api/v1/problems?area=%ff").await.status, 422);
        assert_eq!(app.anonymous().get("/api/v1/spaces/ne-id").await.status, 422);
        assert_eq!(app.anonymous().get("/erdves/ne-id").await.status, 404);
    }

    async fn a_body_above_256_kib_is_too_large(app) {
        let rasa = app.as_("Rasa").await.with("content-type", "application/json");
        let path = format!("/api/v1/problems/{}/responses", app.problem("motyvacija"));
        let body = |size: usize| format!("{{\"text\":\"{}\"}}", "a".repeat(size - 11)).into_bytes();
        assert_eq!(rasa.send("POST", &path, &body(256 << 10)).await.codes(), ["text.long@text"]);
        assert_eq!(rasa.send("POST", &path, &body((256 << 10) + 1)).await.codes(), ["too_large"]);
        let form = rasa.with("content-type", "application/x-www-form-urlencoded");
        let path = format!("/problemos/{}/atsakymai", app.problem("motyvacija"));
        assert_eq!(form.send("POST", &path, &body((256 << 10) + 1)).await.status, 413);
    }

    async fn a_personal_code_is_blocked_in_every_text_of_every_call(app) {
        let rasa = app.as_("Rasa").await;
        let (mut texts, mut calls) = (0, 0);
        for call in routes().calls.iter().filter(|call| call.method.has_body()) {
            let schema = call.schema();
            let mut found = Vec::new();
            text_fields(&schema, &schema, &mut Vec::new(), &mut found);
            let in_path: Vec<_> = model::address::names(call.path).collect();
            found.retain(|path| !in_path.contains(&path[0].as_str()));
            calls += usize::from(!found.is_empty());
            for path in found {
                let body = nested(&path, PERSONAL_CODE);
                for body in [body.clone(), with(body, "sure", true)] {
                    let codes = rasa.json(call.method.as_str(), &filled(call), Some(&body)).await.codes();
                    let blocked = format!("{}@{}", Code::GuardCode.as_str(), path.join("."));
                    assert!(codes.contains(&blocked), "{} {}: {codes:?}", call.name, path.join("."));
                    texts += 1;
                }
            }
        }
        assert!(calls >= 8 && texts >= 40, "only {texts} texts of {calls} calls were tried");
    }

    async fn a_warning_passes_when_the_writer_is_sure_and_a_block_never(app) {
        let rasa = app.as_("Rasa").await;
        let respond = |text: &str| Respond { problem: app.problem("motyvacija"), text: Prose::new(text).unwrap(), practice: None, find: None };
        let contact = "Rašykite man: rasa.jankauskiene@mokykla.example.";
        rasa.call(respond(contact)).await.refused_at(Code::GuardContact, "text");
        rasa.call_with(respond(contact), |body| body["sure"] = json!("taip")).await.refused_at(Code::GuardContact, "text");
        let passed = rasa.call_with(respond(contact), |body| body["sure"] = json!(true)).await.granted();
        assert!(passed.responses.iter().any(|response| response.text == contact));
        rasa.call_with(respond(PERSONAL_CODE), |body| body["sure"] = json!(true)).await.refused_at(Code::GuardCode, "text");
        let path = format!("/problemos/{}/atsakymai", app.problem("motyvacija"));
        let asked = rasa.form(&path, &[("text", contact)]).await;
        assert_eq!(asked.status, 422);
        assert!(asked.text().contains("name=\"sure\"") && asked.text().contains("rasa.jankauskiene@"));
        assert_eq!(rasa.form(&path, &[("text", contact), ("sure", "on")]).await.status, 303);
    }

    async fn other_sites_change_nothing_by_any_address(app) {
        let own = format!("http://{}", app.address);
        let signed_in = app.with_token(&"0".repeat(64));
        let bare = app.anonymous().with("sec-fetch-site", "");
        let with_cookie = bare.clone().with("cookie", &format!("{COOKIE}={}", "0".repeat(64)));
        let routes = routes();
        let calls = routes.calls.iter().map(|call| (call.method.as_str(), filled(call)));
        let forms = routes.forms.iter().map(|form| ("POST", page(form)));
        let mut tried = 0;
        for (method, path) in calls.chain(forms).chain([("POST", "/nustatymai".to_owned())]) {
            if method == "GET" {
                continue;
            }
            tried += 1;
            for (refused, client) in [
                (true, signed_in.clone().with("sec-fetch-site", "cross-site")),
                (true, signed_in.clone().with("sec-fetch-site", "same-site")),
                (true, signed_in.clone().with("sec-fetch-site", "cross-site").with("origin", &own)),
                (true, with_cookie.clone().with("origin", "https://kitur.example")),
                (true, with_cookie.clone().with("origin", "null")),
                (true, with_cookie.clone()),
                (false, signed_in.clone()),
                (false, signed_in.clone().with("sec-fetch-site", "none")),
                (false, with_cookie.clone().with("origin", &own)),
                (false, bare.clone()),
            ] {
                let raw = client.send(method, &path, b"").await;
                let cross = raw.status == 403 && raw.text().contains("urn:tinklaveika:cross_site");
                assert_eq!(cross, refused, "{method} {path}: {} {}", raw.status, raw.text());
                assert!(raw.status < 500, "{method} {path}: {}", raw.text());
                assert!(raw.header("access-control-allow-origin").is_none());
            }
        }
        assert!(tried > 50, "only {tried}");
    }

    async fn the_limit_of_calls_is_told_with_a_wait(kind: tests::Kind) {
        let app = TestApp::set(kind, true, |config| config.limits.calls_a_minute = 5).await;
        let call = async |from: &str| app.anonymous().with("x-forwarded-for", from).call(ListTopics {}).await;
        for _ in 0..5 {
            call("10.0.0.1").await.granted();
        }
        // Who claims another address is the same sender still.
        let reply = call("10.0.0.2").await;
        assert_eq!(reply.refused(Code::TooMany).facts["seconds"], "12");
        assert_eq!(reply.header("retry-after"), Some("12"));
        let behind = TestApp::set(kind, true, |config| {
            config.limits.calls_a_minute = 5;
            config.proxies = vec!["127.0.0.1/32".parse().unwrap()];
        })
        .await;
        for n in 0..20 {
            behind.anonymous().with("x-forwarded-for", &format!("10.0.0.{n}")).call(ListTopics {}).await.granted();
        }
    }

    async fn the_limit_of_writes_is_told_with_a_wait(kind: tests::Kind) {
        let app = TestApp::set(kind, true, |config| config.limits.writes_a_minute = 3).await;
        let respond = || Respond { problem: app.problem("motyvacija"), text: Prose::new("Ačiū.").unwrap(), practice: None, find: None };
        let rasa = app.as_("Rasa").await;
        for _ in 0..3 {
            rasa.call(respond()).await.granted();
        }
        let reply = rasa.call(respond()).await;
        assert_eq!(reply.refused(Code::TooMany).facts["seconds"], "20");
        assert_eq!(reply.header("retry-after"), Some("20"));
        app.as_("Tomas").await.call(respond()).await.granted();
    }

    async fn the_openapi_document_lists_every_call_with_its_action(app) {
        let raw = app.anonymous().get("/api/v1/openapi.json").await;
        assert_eq!((raw.status, raw.header("content-type")), (200, Some("application/json; charset=utf-8")));
        let document = raw.json();
        assert_eq!(document["openapi"], "3.1.0");
        let calls = routes().calls;
        for call in &calls {
            let operation = &document["paths"][call.path][call.method.as_str().to_lowercase()];
            assert_eq!(operation["operationId"], call.name);
            assert_eq!(operation["x-action"], format!("{:?}", call.action));
        }
        let listed: usize = document["paths"].as_object().unwrap().values().map(|path| path.as_object().unwrap().len()).sum();
        assert_eq!(listed, calls.len());
    }
}

/// The address of a call with ids that are nobody's.
fn filled(call: &CallInfo) -> String {
    format!("{}{}", model::address::BASE, page(call.path))
}

fn page(template: &str) -> String {
    template.split('/').map(|part| if part.starts_with('{') { UNKNOWN } else { part }).collect::<Vec<_>>().join("/")
}

/// The dotted paths of everything people write in a call.
fn text_fields(root: &Value, schema: &Value, at: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    if let Some(name) = schema["$ref"].as_str().and_then(|name| name.strip_prefix("#/$defs/")) {
        return text_fields(root, &root["$defs"][name], at, found);
    }
    if matches!(schema["x-text"].as_str(), Some("line" | "prose")) {
        found.push(at.clone());
        return;
    }
    for way in ["anyOf", "oneOf", "allOf"] {
        for one in schema[way].as_array().into_iter().flatten() {
            text_fields(root, one, at, found);
        }
    }
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        at.push(name.clone());
        text_fields(root, field, at, found);
        at.pop();
    }
    if schema["items"].is_object() {
        at.push("0".to_owned());
        text_fields(root, &schema["items"], at, found);
        at.pop();
    }
}

fn nested(path: &[String], text: &str) -> Value {
    match path.split_first() {
        None => text.into(),
        Some((first, rest)) if first == "0" => json!([nested(rest, text)]),
        Some((first, rest)) => json!({ first: nested(rest, text) }),
    }
}

fn with(mut body: Value, name: &str, value: bool) -> Value {
    body[name] = value.into();
    body
}
