//! A client of one test's server: somebody of the cast, or nobody.

use std::{fmt::Debug, marker::PhantomData, ops::Deref};

use model::{
    address::{self, encode},
    endpoint::Endpoint,
    refusal::{Code, Refusal},
};
use serde_json::Value;
use server::auth::COOKIE;

use crate::{
    app::TestApp,
    http::{Raw, send},
};

#[derive(Clone)]
pub struct Client<'a> {
    pub app: &'a TestApp,
    pub token: Option<String>,
    headers: Vec<(String, String)>,
}

impl<'a> Client<'a> {
    pub fn new(app: &'a TestApp, token: Option<String>) -> Self {
        let mut headers = vec![("sec-fetch-site".to_owned(), "same-origin".to_owned())];
        headers.extend(token.iter().map(|token| ("cookie".to_owned(), format!("{COOKIE}={token}"))));
        Self { app, token, headers }
    }

    /// The same client with one header set, or taken away by an empty value.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(key, _)| key != name);
        if !value.is_empty() {
            self.headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }

    /// A call through the JSON door.
    pub async fn call<E: Endpoint>(&self, call: E) -> Reply<E> {
        let body = address::body(&call);
        let raw = self.json(E::METHOD.as_str(), &address::url(&call), body.as_ref()).await;
        Reply { raw, of: PhantomData }
    }

    /// A call of which more is said than its type can: other fields, wrong ones, `sure`.
    pub async fn call_with<E: Endpoint>(&self, call: E, change: impl FnOnce(&mut Value)) -> Reply<E> {
        let mut body = address::body(&call).expect("a call with a body");
        change(&mut body);
        let raw = self.json(E::METHOD.as_str(), &address::url(&call), Some(&body)).await;
        Reply { raw, of: PhantomData }
    }

    pub async fn json(&self, method: &str, path: &str, body: Option<&Value>) -> Raw {
        let body = body.map(|body| body.to_string());
        let client = if body.is_some() { self.clone().with("content-type", "application/json") } else { self.clone() };
        client.send(method, path, body.unwrap_or_default().as_bytes()).await
    }

    pub async fn get(&self, path: &str) -> Raw {
        self.send("GET", path, b"").await
    }

    /// A form, as a browser without scripts sends it.
    pub async fn form(&self, path: &str, pairs: &[(&str, &str)]) -> Raw {
        let pair = |(name, value): &(&str, &str)| format!("{}={}", encode(name), encode(value));
        let body = pairs.iter().map(pair).collect::<Vec<_>>().join("&");
        let client = self.clone().with("content-type", "application/x-www-form-urlencoded");
        client.send("POST", path, body.as_bytes()).await
    }

    pub async fn send(&self, method: &str, path: &str, body: &[u8]) -> Raw {
        send(self.app.address, method, path, &self.headers, body).await
    }
}

/// The answer to a call.
#[derive(Clone, Debug)]
pub struct Reply<E> {
    pub raw: Raw,
    of: PhantomData<E>,
}

impl<E> Deref for Reply<E> {
    type Target = Raw;

    fn deref(&self) -> &Raw {
        &self.raw
    }
}

impl<E: Endpoint> Reply<E> {
    /// What the call gave.
    #[track_caller]
    pub fn granted(&self) -> E::Response {
        assert_eq!(self.raw.status, 200, "{} was refused: {}", E::NAME, self.raw.text());
        serde_json::from_slice(&self.raw.body).unwrap_or_else(|error| panic!("{error}: {}", self.raw.text()))
    }

    /// The one reason it was refused for.
    #[track_caller]
    pub fn refused(&self, code: Code) -> Refusal {
        let refusals = self.raw.refusals();
        let codes: Vec<_> = refusals.iter().map(|refusal| refusal.code.as_str()).collect();
        assert_eq!(codes, [code.as_str()], "{}: {}", E::NAME, self.raw.text());
        assert_eq!(self.raw.status, code.status(), "{}", E::NAME);
        refusals.into_iter().next().expect("one refusal")
    }

    /// Refused for `code` at `field`.
    #[track_caller]
    pub fn refused_at(&self, code: Code, field: &str) {
        assert_eq!(self.refused(code).field.as_deref(), Some(field), "{}", E::NAME);
    }

    #[track_caller]
    pub fn missing(&self) {
        self.refused(Code::Missing);
    }
}

impl Raw {
    /// Why a call was refused; empty when it was granted.
    #[track_caller]
    pub fn refusals(&self) -> Vec<Refusal> {
        if self.status == 200 {
            return Vec::new();
        }
        assert_eq!(self.header("content-type"), Some("application/problem+json; charset=utf-8"), "{}", self.text());
        serde_json::from_value(self.json()["refusals"].clone())
            .unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// The codes and fields of the refusals, as `code@field`, sorted.
    #[track_caller]
    pub fn codes(&self) -> Vec<String> {
        let spell = |refusal: Refusal| match refusal.field {
            Some(field) => format!("{}@{field}", refusal.code.as_str()),
            None => refusal.code.as_str().to_owned(),
        };
        let mut codes: Vec<_> = self.refusals().into_iter().map(spell).collect();
        codes.sort();
        codes
    }

    /// Where a form led.
    #[track_caller]
    pub fn led_to(&self) -> &str {
        assert_eq!(self.status, 303, "{}", self.text());
        self.header("location").expect("a redirect has a location")
    }
}
