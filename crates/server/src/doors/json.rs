//! The JSON door.

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use model::{
    address,
    endpoint::Endpoint,
    form,
    refusal::{Code, Refusal, Refusals},
};
use serde_json::{Map, Value, json};
use text::Lang;

use super::{
    Incoming, once,
    request::read,
    schema,
    verb::{Verb, perform, read_call},
};
use crate::{
    app::App,
    error::{Answer, Fault},
};

pub async fn answer<E: Endpoint, M: 'static>(
    State(app): State<App>,
    request: Request,
    verb: impl Verb<E, M>,
) -> Response {
    let template = const_format::<E>();
    let (incoming, body, known) = Incoming::take(&app, request, &template).await;
    let answer = match known {
        Ok(()) => done(&app, &incoming, body, &verb).await,
        Err(fault) => Err(fault),
    };
    let mut response = match answer {
        Ok(answer) => answered(&answer).unwrap_or_else(|fault| problem(&incoming, &fault)),
        Err(fault) => problem(&incoming, &fault),
    };
    incoming.out.write(response.headers_mut());
    response
}

/// What a call gave.
pub fn answered<T: serde::Serialize>(answer: &T) -> Result<Response, Fault> {
    let body = serde_json::to_vec(answer).map_err(anyhow::Error::from)?;
    Ok(reply(StatusCode::OK, "application/json; charset=utf-8", body.into()))
}

fn const_format<E: Endpoint>() -> String {
    format!("{}{}", address::BASE, E::PATH)
}

async fn done<E: Endpoint, M: 'static>(
    app: &App,
    incoming: &Incoming,
    body: Body,
    verb: &impl Verb<E, M>,
) -> Answer<E> {
    let (mut value, sure) =
        if E::METHOD.has_body() { from_body(incoming, body).await? } else { from_query(schema::<E>(), incoming)? };
    // A part of the path is a number only where the schema says so.
    let parts = form::given(schema::<E>(), &incoming.params)?;
    if let (Value::Object(fields), Value::Object(parts)) = (&mut value, parts) {
        if parts.keys().any(|name| fields.contains_key(name)) {
            return Err(Refusal::of(Code::FieldUnknown).into());
        }
        fields.extend(parts);
    }
    let key = incoming.headers.get("idempotency-key").and_then(|key| key.to_str().ok());
    let person = incoming.caller.actor.person();
    let key = person.zip(key).and_then(|(person, key)| once::Key::new::<E>(person, key, &value));
    let call = read_call::<E>(value, sure)?;
    perform(app, incoming, key, verb, call).await
}

/// The fields of the body, and whether the writer is sure in spite of the guard's warnings.
async fn from_body(incoming: &Incoming, body: Body) -> Result<(Value, bool), Fault> {
    let bytes = read(body).await?;
    if bytes.is_empty() {
        return Ok((Value::Object(Map::new()), false));
    }
    if !incoming.is("application/json") {
        return Err(Code::Malformed.into());
    }
    let mut value: Value = serde_json::from_slice(&bytes).map_err(|_| Fault::from(Code::Malformed))?;
    let fields = value.as_object_mut().ok_or(Fault::from(Code::Malformed))?;
    let sure = fields.remove("sure") == Some(Value::Bool(true));
    Ok((value, sure))
}

/// Unknown names in an address are ignored: other systems add their own.
fn from_query(schema: &Value, incoming: &Incoming) -> Result<(Value, bool), Fault> {
    let pairs = form::pairs(incoming.uri.query().unwrap_or_default()).ok_or(Fault::from(Code::Malformed))?;
    Ok((form::from_pairs(schema, &form::known(schema, &pairs))?, true))
}

/// A problem document (RFC 9457) with all refusals, each with its sentence in the reader's language.
pub fn problem(incoming: &Incoming, fault: &Fault) -> Response {
    problem_for(incoming.lang, &incoming.came.request_id, fault)
}

pub fn problem_for(lang: Lang, request_id: &str, fault: &Fault) -> Response {
    if let Fault::Failed(error) = fault {
        tracing::error!(request_id, error = format!("{error:#}"), "failed");
    }
    let status = fault.status();
    let none = Refusals::default();
    let refusals = fault.refusals().unwrap_or(&none);
    let told: Vec<Value> = refusals
        .0
        .iter()
        .map(|refusal| {
            let mut told = serde_json::to_value(refusal).unwrap_or_default();
            told["sentence"] = sentence(lang, refusal).into();
            told
        })
        .collect();
    let first = refusals.0.first();
    let body = json!({
        "type": format!("urn:tinklaveika:{}", first.map_or("failed", |refusal| refusal.code.as_str())),
        "title": first.map_or_else(|| text::errors::failed_says(lang).to_owned(), |refusal| sentence(lang, refusal)),
        "status": status,
        "refusals": told,
        "request_id": request_id,
    });
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = reply(status, "application/problem+json; charset=utf-8", body.to_string().into());
    if let Some(seconds) = retry_after(refusals) {
        response.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    response
}

pub fn retry_after(refusals: &Refusals) -> Option<HeaderValue> {
    let waits = |refusal: &&Refusal| matches!(refusal.code.status(), 429 | 503);
    let seconds = refusals.0.iter().find(waits)?.facts.get("seconds")?;
    HeaderValue::from_str(seconds).ok()
}

pub fn sentence(lang: Lang, refusal: &Refusal) -> String {
    text::refusals::sentence(lang, refusal.code.as_str(), |name| refusal.facts.get(name).map(String::as_str))
        .into_owned()
}

fn reply(status: StatusCode, kind: &'static str, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}
