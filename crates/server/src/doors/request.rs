//! What every door takes from a request.

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    body::{Body, Bytes},
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, header},
};
use http_body_util::{BodyExt, Limited};
use model::{
    address,
    refusal::{Code, Refusal},
};
use text::Lang;

use crate::{
    app::App,
    auth::{self, Caller},
    error::Fault,
};

/// The most a body of JSON or of a form may have; files have doors of their own.
pub const BODY: usize = 256 << 10;

/// Where a request came from, found out once on the outside.
#[derive(Clone, Debug)]
pub struct Came {
    pub ip: IpAddr,
    pub request_id: Arc<str>,
}

impl Default for Came {
    fn default() -> Self {
        Self { ip: Ipv4Addr::LOCALHOST.into(), request_id: "".into() }
    }
}

pub struct Incoming {
    pub caller: Caller,
    pub came: Came,
    pub method: Method,
    pub uri: Uri,
    pub headers: HeaderMap,
    /// The parts of the address by the names of its template.
    pub params: Vec<(String, String)>,
    pub lang: Lang,
    /// Headers that the verb adds to the answer.
    pub out: Out,
}

/// Headers for the answer.
#[derive(Clone, Default)]
pub struct Out(Arc<Mutex<Vec<(HeaderName, HeaderValue)>>>);

impl Out {
    pub fn add(&self, name: HeaderName, value: HeaderValue) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((name, value));
    }

    pub fn write(&self, headers: &mut HeaderMap) {
        for (name, value) in self.0.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            headers.append(name, value);
        }
    }
}

impl Incoming {
    /// Splits the request, and finds who sends it.
    pub async fn take(app: &App, request: Request, template: &str) -> (Self, Body, Result<(), Fault>) {
        let (parts, body) = request.into_parts();
        let came = parts.extensions.get::<Came>().cloned().unwrap_or_default();
        let lang = language(&parts.headers);
        let mut incoming = Self {
            caller: Caller::default(),
            came,
            method: parts.method,
            params: address::split(template, parts.uri.path()).unwrap_or_default(),
            uri: parts.uri,
            headers: parts.headers,
            lang,
            out: Out::default(),
        };
        let known = incoming.know(app).await;
        (incoming, body, known)
    }

    async fn know(&mut self, app: &App) -> Result<(), Fault> {
        app.throttle.call(self.came.ip, app.now())?;
        self.caller = auth::caller(app, &self.headers).await?;
        Ok(())
    }

    /// Whether the body says it is of `kind`.
    pub fn is(&self, kind: &str) -> bool {
        let value = self.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        value.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(kind)
    }
}

/// Reads a body of at most [`BODY`] bytes.
///
/// # Errors
/// `too_large`; `malformed` when it breaks off.
pub async fn read(body: Body) -> Result<Bytes, Fault> {
    match Limited::new(body, BODY).collect().await {
        Ok(read) => Ok(read.to_bytes()),
        Err(error) if error.is::<http_body_util::LengthLimitError>() => {
            Err(Refusal::of(Code::TooLarge).fact("limit", BODY).into())
        }
        Err(_) => Err(Code::Malformed.into()),
    }
}

/// The language that the reader chose, else the browser's, else Lithuanian.
pub fn language(headers: &HeaderMap) -> Lang {
    let chosen = auth::cookie(headers, "kalba").and_then(Lang::from_tag);
    let accepted = || headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).map(Lang::accepted);
    chosen.or_else(accepted).unwrap_or_default()
}
