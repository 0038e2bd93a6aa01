//! The OpenAPI 3.1 document of the HTTP API, made from the list of its calls.
//!
//! Only the server uses it: a client that never asks for a [`CallInfo`] carries no byte of it.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use crate::{
    access::Action,
    address::{BASE, names},
    endpoint::{Carries, Endpoint, Method},
    refusal::Refusal,
};

type Shape = fn(&mut SchemaGenerator) -> Schema;

/// What is known of a call without having one.
#[derive(Clone, Copy)]
pub struct CallInfo {
    pub name: &'static str,
    pub method: Method,
    /// Below [`BASE`], with names in braces.
    pub path: &'static str,
    pub action: Action,
    pub sends: Carries,
    pub answers: Carries,
    request: Shape,
    response: Shape,
    schema: fn() -> Value,
}

impl CallInfo {
    pub fn of<E: Endpoint>() -> Self {
        Self {
            name: E::NAME,
            method: E::METHOD,
            path: E::PATH,
            action: E::ACTION,
            sends: E::SENDS,
            answers: E::ANSWERS,
            request: E::json_schema,
            response: |generator| generator.subschema_for::<E::Response>(),
            schema: || schemars::schema_for!(E).to_value(),
        }
    }

    /// The schema of the call with all it refers to, for [`crate::check()`] and [`crate::form`]. Costly: ask once and keep it.
    pub fn schema(&self) -> Value {
        (self.schema)()
    }
}

/// The document: the same calls in any order give the same text.
pub fn document(title: &str, version: &str, calls: &[CallInfo]) -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut generator = settings.into_generator();
    let mut sorted = calls.to_vec();
    sorted.sort_by_key(|call| (call.path, call.method.as_str()));
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for call in &sorted {
        paths
            .entry(call.path)
            .or_default()
            .insert(call.method.as_str().to_lowercase(), operation(call, &mut generator));
    }
    let problem = generator.subschema_for::<Problem>();
    let mut schemas = Value::Object(generator.take_definitions(true));
    sort(&mut schemas);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": version,
            "license": { "name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later" },
        },
        "servers": [{ "url": BASE }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": { "Refused": {
                "description": "All reasons at once, as a problem document (RFC 9457).",
                "content": { "application/problem+json": { "schema": problem } },
            } },
            "securitySchemes": { "session": { "type": "apiKey", "in": "cookie", "name": "__Host-tinklaveika" } },
        },
        "security": [{}, { "session": [] }],
    })
}

/// A refused call (RFC 9457).
#[derive(JsonSchema)]
#[allow(dead_code, reason = "its shape is what is documented; the server writes it")]
struct Problem {
    /// `urn:tinklaveika:` and the code of the first refusal.
    r#type: String,
    /// The sentence of the first refusal.
    title: String,
    status: u16,
    refusals: Vec<Told>,
    /// What to name when asking for help.
    request_id: String,
}

/// A reason with its sentence in the reader's language.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "as above")]
struct Told {
    #[serde(flatten)]
    refusal: Refusal,
    sentence: String,
}

fn operation(call: &CallInfo, generator: &mut SchemaGenerator) -> Value {
    let mut request = (call.request)(generator).to_value();
    let text = request.get("description").and_then(Value::as_str).unwrap_or_default().to_owned();
    let required: Vec<String> = request
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect();
    let mut fields = match request.get_mut("properties") {
        Some(Value::Object(fields)) => std::mem::take(fields),
        _ => Map::new(),
    };
    let in_path: Vec<&str> = names(call.path).collect();
    let mut parameters: Vec<Value> = Vec::new();
    for name in &in_path {
        let schema = fields.remove(*name).unwrap_or(json!({ "type": "string" }));
        parameters.push(json!({ "name": name, "in": "path", "required": true, "schema": schema }));
    }
    let mut operation = json!({
        "operationId": call.name,
        "tags": [call.path.split('/').find(|part| !part.is_empty()).unwrap_or("site")],
        "description": text,
        "x-action": format!("{:?}", call.action),
        "responses": responses(call, generator),
    });
    if call.method.has_body() {
        parameters.push(json!({
            "name": "Idempotency-Key", "in": "header", "required": false, "schema": { "type": "string" },
            "description": "A repeat with the same key gets the first answer.",
        }));
    }
    if call.method.has_body() && call.sends == Carries::Json {
        let needed: Vec<&String> = required.iter().filter(|name| fields.contains_key(*name)).collect();
        let wanted = !needed.is_empty();
        let mut body = json!({ "type": "object", "additionalProperties": false, "required": needed });
        fields.entry("sure").or_insert_with(
            || json!({ "type": "boolean", "default": false, "description": "Passes the warnings of the personal-data guard." }),
        );
        body["properties"] = Value::Object(fields);
        operation["requestBody"] = json!({ "required": wanted, "content": { "application/json": { "schema": body } } });
    } else {
        if call.method.has_body() {
            operation["requestBody"] = json!({ "required": true, "content": { "application/octet-stream": {} } });
        }
        for (name, schema) in fields {
            let needed = required.contains(&name);
            parameters.push(json!({ "name": name, "in": "query", "required": needed, "schema": schema }));
        }
    }
    operation["parameters"] = Value::Array(parameters);
    operation
}

fn responses(call: &CallInfo, generator: &mut SchemaGenerator) -> Value {
    let content = match call.answers {
        Carries::Json => json!({ "application/json": { "schema": (call.response)(generator) } }),
        Carries::Bytes => json!({ "application/octet-stream": {} }),
    };
    let mut responses = json!({
        "200": { "description": "Done.", "content": content },
        "default": { "$ref": "#/components/responses/Refused" },
    });
    let writes: &[u16] = if call.method == Method::Get { &[] } else { &[409, 410, 413, 507] };
    for status in [401, 403, 404, 422, 429, 503].iter().chain(writes) {
        responses[status.to_string()] = json!({ "$ref": "#/components/responses/Refused" });
    }
    responses
}

/// serde_json keeps keys sorted unless a feature elsewhere in the build says otherwise; the document does not depend on it.
fn sort(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            let sorted: BTreeMap<String, Value> = std::mem::take(fields).into_iter().collect();
            fields.extend(sorted);
            fields.values_mut().for_each(sort);
        }
        Value::Array(items) => items.iter_mut().for_each(sort),
        _ => {}
    }
}

#[cfg(test)]
mod tests;
