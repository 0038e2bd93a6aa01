use super::*;
use crate::{accounts::*, check::check, practices::*, problems::*, search::*, teams::*};

fn calls() -> Vec<CallInfo> {
    vec![
        CallInfo::of::<PostProblem>(),
        CallInfo::of::<ReadProblem>(),
        CallInfo::of::<ListPractices>(),
        CallInfo::of::<SharePractice>(),
        CallInfo::of::<Search>(),
        CallInfo::of::<SignIn>(),
        CallInfo::of::<ReadMe>(),
        CallInfo::of::<RemoveMember>(),
    ]
}

fn each<'v>(value: &'v Value, visit: &mut impl FnMut(&'v Map<String, Value>)) {
    match value {
        Value::Object(fields) => {
            visit(fields);
            fields.values().for_each(|value| each(value, visit));
        }
        Value::Array(items) => items.iter().for_each(|item| each(item, visit)),
        _ => {}
    }
}

#[test]
fn the_document_is_whole_and_the_same_in_any_order() {
    let document = document("Tinklaveika", "0.1.0", &calls());
    let mut turned = calls();
    turned.reverse();
    assert_eq!(document.to_string(), super::document("Tinklaveika", "0.1.0", &turned).to_string());
    each(&document, &mut |fields| {
        if let Some(reference) = fields.get("$ref").and_then(Value::as_str) {
            assert!(document.pointer(&reference[1..]).is_some(), "{reference} leads nowhere");
        }
        assert!(!fields.contains_key("$defs") && !fields.contains_key("$schema"));
    });
    let mut names = std::collections::BTreeSet::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            assert!(["get", "post", "put", "delete"].contains(&method.as_str()));
            assert!(names.insert(operation["operationId"].as_str().unwrap()), "{path}");
            assert!(!operation["x-action"].as_str().unwrap().is_empty());
            assert!(operation["responses"]["200"]["content"]["application/json"]["schema"].is_object());
            let in_path = |parameter: &&Value| parameter["in"] == "path";
            let parameters = operation["parameters"].as_array().unwrap();
            assert_eq!(parameters.iter().filter(in_path).count(), crate::address::names(path).count(), "{path}");
            assert!(parameters.iter().filter(in_path).all(|parameter| parameter["required"] == true));
            assert_eq!(operation["requestBody"].is_object(), method == "post" || method == "put");
        }
    }
}

#[test]
fn fields_stand_where_they_travel() {
    let document = document("Tinklaveika", "0.1.0", &calls());
    let post = &document["paths"]["/spaces/{space}/problems"]["post"];
    let body = &post["requestBody"]["content"]["application/json"]["schema"];
    assert_eq!(post["x-action"], "Contribute");
    assert!(body["properties"]["space"].is_null() && body["properties"]["problem"].is_object());
    assert_eq!(body["required"], json!(["problem"]));
    assert_eq!(body["properties"]["sure"]["type"], "boolean");
    let list = document["paths"]["/practices"]["get"]["parameters"].as_array().unwrap();
    assert!(
        list.iter().any(|parameter| parameter["name"] == "area"
            && parameter["in"] == "query"
            && parameter["required"] == false)
    );
    let refused = &document["components"]["responses"]["Refused"]["content"]["application/problem+json"]["schema"];
    let problem = document.pointer(&refused["$ref"].as_str().unwrap()[1..]).unwrap();
    assert_eq!(problem["required"], json!(["type", "title", "status", "refusals", "request_id"]));
}

#[test]
fn the_schema_of_a_call_stands_alone() {
    let schema = CallInfo::of::<RemoveMember>().schema();
    let id = "0192f0c1-2b3c-7d4e-8f50-0123456789ab";
    assert!(check(&schema, &json!({ "team": id, "person": id }), false).0.is_empty());
    assert_eq!(check(&schema, &json!({ "team": id }), false).0.len(), 1);
}
