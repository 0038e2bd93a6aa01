//! Public pages for anonymous readers, kept compressed: once for each address, language, appearance and version of the content.
//!
//! Compressing a page costs more than rendering it, and sending it again costs next to nothing. What is kept is bounded in bytes;
//! an entry of an older version is never sent.

use std::{
    io::Write,
    sync::{Arc, OnceLock},
};

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header},
    response::Response,
};
use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use maud::Markup;
use quick_cache::{Weighter, sync::Cache};

use crate::{
    app::{App, random},
    auth::{COOKIE, cookie, hex},
    doors::Incoming,
};

pub struct PageCache {
    kept: Cache<Key, Arc<Kept>, Weight>,
    /// Tells this process from the one before, whose versions began at nought too.
    process: String,
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    path: String,
    /// What the reader chose or the browser asked for, as sent.
    lang: Box<str>,
    theme: Box<str>,
}

struct Kept {
    version: u64,
    etag: HeaderValue,
    plain: Bytes,
    // Made for the first reader who takes it: a page that is read once is compressed once.
    gzip: OnceLock<Bytes>,
    brotli: OnceLock<Bytes>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Coding {
    Plain,
    Gzip,
    Brotli,
}

#[derive(Clone)]
struct Weight;

impl Weighter<Key, Arc<Kept>> for Weight {
    fn weight(&self, key: &Key, kept: &Arc<Kept>) -> u64 {
        // Both compressed forms together are less than half of the plain one.
        (key.path.len() + key.lang.len() + 200 + kept.plain.len() * 3 / 2) as u64
    }
}

impl PageCache {
    pub fn new(bytes: u64) -> Self {
        let items = usize::try_from(bytes / 16_384).unwrap_or(64).max(64);
        Self { kept: Cache::with_weighter(items, bytes, Weight), process: hex(&random::<4>()) }
    }
}

/// The kept page for a reader without a sign-in; none when it must be rendered.
pub fn find<B>(app: &App, request: &Request<B>) -> Option<Response> {
    let headers = request.headers();
    if request.method() != Method::GET || cookie(headers, COOKIE).is_some() {
        return None;
    }
    let path = request.uri().path_and_query()?.as_str();
    let kept = app.pages.kept.get(&key(path, headers))?;
    (kept.version == app.content.version()).then(|| send(&kept, headers))
}

/// Keeps a page that was rendered at `version`, and answers with it.
pub async fn keep_and_answer(app: &App, incoming: &Incoming, version: u64, markup: Markup) -> Response {
    let path = incoming.uri.path_and_query().map_or("/", |path| path.as_str());
    // Language and appearance are part of the tag: a browser that changed them must not be told that nothing changed.
    let theme = cookie(&incoming.headers, "tema").and_then(pages::Theme::from_key).unwrap_or_default();
    let etag = format!("W/\"{}-{version}-{}-{}\"", app.pages.process, incoming.lang.tag(), theme.key());
    let etag = HeaderValue::try_from(etag).unwrap_or(HeaderValue::from_static("\"\""));
    let plain = Bytes::from(markup.into_string());
    let kept = Arc::new(Kept { version, etag, plain, gzip: OnceLock::new(), brotli: OnceLock::new() });
    let coding = Coding::taken(&incoming.headers);
    if coding != Coding::Plain {
        let kept = kept.clone();
        // Off the threads that answer; when it fails there, the answer itself compresses.
        let _ = tokio::task::spawn_blocking(move || kept.coded(coding).len()).await;
    }
    app.pages.kept.insert(key(path, &incoming.headers), kept.clone());
    send(&kept, &incoming.headers)
}

/// A page of one reader alone: compressed for this answer, in a tenth of the time that a kept one is given, and kept nowhere.
pub async fn answer_once(headers: &HeaderMap, markup: Markup) -> Response {
    let plain = markup.into_string();
    let coding = Coding::taken(headers);
    let packed = match coding {
        Coding::Plain => Ok(plain.into()),
        // Off the threads that answer.
        Coding::Gzip => tokio::task::spawn_blocking(move || gzip(plain.as_bytes(), 1)).await,
        Coding::Brotli => tokio::task::spawn_blocking(move || brotli(plain.as_bytes(), 2)).await,
    };
    let Ok(body) = packed else { return status(StatusCode::INTERNAL_SERVER_ERROR) };
    coding.answer(Bytes::from(body))
}

fn key(path: &str, headers: &HeaderMap) -> Key {
    let accepted = || headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let lang = cookie(headers, "kalba").unwrap_or_else(accepted);
    Key { path: path.to_owned(), lang: lang.into(), theme: cookie(headers, "tema").unwrap_or_default().into() }
}

fn send(kept: &Kept, headers: &HeaderMap) -> Response {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let unchanged =
        known.is_some_and(|known| known.split(',').any(|tag| tag.trim().as_bytes() == kept.etag.as_bytes()));
    let mut response = if unchanged {
        status(StatusCode::NOT_MODIFIED)
    } else {
        let coding = Coding::taken(headers);
        coding.answer(kept.coded(coding).clone())
    };
    let answer = response.headers_mut();
    answer.insert(header::ETAG, kept.etag.clone());
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    answer.insert(header::VARY, HeaderValue::from_static("cookie, accept-language, accept-encoding"));
    response
}

impl Coding {
    /// The best one that the reader takes.
    fn taken(headers: &HeaderMap) -> Self {
        let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
        match accepted {
            accepted if accepted.contains("br") => Coding::Brotli,
            accepted if accepted.contains("gzip") => Coding::Gzip,
            _ => Coding::Plain,
        }
    }

    fn name(self) -> Option<&'static str> {
        match self {
            Coding::Plain => None,
            Coding::Gzip => Some("gzip"),
            Coding::Brotli => Some("br"),
        }
    }

    /// A page in this coding.
    fn answer(self, body: Bytes) -> Response {
        let mut response = Response::new(Body::from(body));
        if let Some(name) = self.name() {
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        response
    }
}

impl Kept {
    fn coded(&self, coding: Coding) -> &Bytes {
        match coding {
            Coding::Plain => &self.plain,
            Coding::Gzip => self.gzip.get_or_init(|| gzip(&self.plain, 6).into()),
            Coding::Brotli => self.brotli.get_or_init(|| brotli(&self.plain, 5).into()),
        }
    }
}

fn status(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

fn gzip(plain: &[u8], level: u32) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(level));
    // Writing to memory does not fail.
    let _ = encoder.write_all(plain);
    encoder.finish().unwrap_or_default()
}

fn brotli(plain: &[u8], quality: i32) -> Vec<u8> {
    let mut packed = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality, ..Default::default() };
    let _ = brotli::BrotliCompress(&mut &plain[..], &mut packed, &params);
    packed
}
