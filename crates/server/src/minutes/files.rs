//! Minutes that one takes away.

use std::fmt::Write;

use ::pages::address::template;
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, header},
    response::Response,
};
use model::{address::BASE, endpoint::Endpoint};

use super::*;
use crate::doors::{Incoming, Visit, problem, refused};

pub fn routes() -> Routes {
    Routes::new().bytes::<DownloadMinutesMd, _, _>(call_md).file(template::minutes_md, page_md)
}

async fn call_md(State(app): State<App>, request: Request) -> Response {
    let (incoming, _, known) = Incoming::take(&app, request, &format!("{BASE}{}", DownloadMinutesMd::PATH)).await;
    let visit = Visit::of(&app, &incoming, incoming.uri.path().to_owned());
    sent(&app, &visit, known).await.unwrap_or_else(|fault| problem(&incoming, &fault))
}

async fn page_md(State(app): State<App>, request: Request) -> Response {
    let (incoming, _, known) = Incoming::take(&app, request, template::minutes_md).await;
    let visit = Visit::of(&app, &incoming, incoming.uri.path().to_owned());
    sent(&app, &visit, known).await.unwrap_or_else(|fault| refused(&incoming, &visit.ctx, &fault))
}

async fn sent(app: &App, visit: &Visit, known: Result<(), Fault>) -> Result<Response, Fault> {
    known?;
    let session = visit.param("session")?;
    let page = page(app, &mut app.read().await?, &visit.actor, session).await?;
    let mut response = Response::new(Body::from(markdown(&page)));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/markdown; charset=utf-8"));
    let name = HeaderValue::from_static("attachment; filename=\"protokolas.md\"");
    headers.insert(header::CONTENT_DISPOSITION, name);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// The canonical text, and after a line of `***` what is said of its signing; addenda follow in the same way. What stands before the
/// first such line is what was signed, byte for byte.
pub fn markdown(page: &MinutesPage) -> String {
    let mut text = page.minutes.markdown();
    match &page.signature {
        None => under(&mut text, [t::draft_says(LANG).to_owned()]),
        Some(signature) => under(&mut text, signed(signature, &page.hash)),
    }
    for addendum in &page.addenda {
        text += &format!("\n{}", Addendum::markdown(&addendum_title(addendum), &addendum.text));
        under(&mut text, signed(&addendum.signature, &addendum.hash));
    }
    text
}

pub fn addendum_title(addendum: &Addendum) -> String {
    t::addendum(LANG, addendum.number, time::date_time(addendum.signature.at.ms()))
}

fn under(text: &mut String, lines: impl IntoIterator<Item = String>) {
    // Writing to a string does not fail.
    let _ = write!(text, "***\n");
    for line in lines {
        let _ = write!(text, "\n{line}\n");
    }
}

/// Who signed what; where a passage was taken out since, both hashes.
pub fn signed(signature: &Signature, hash: &str) -> Vec<String> {
    let who = format!("{}: {}, {}", t::signed_by(LANG), signature.by, time::date_time(signature.at.ms()));
    let mut lines = vec![who, format!("{}: {}", t::fingerprint(LANG), signature.hash)];
    if let Some(at) = signature.redacted_at {
        lines.push(t::redacted(LANG, time::date_time(at.ms())));
        lines.push(format!("{}: {hash}", t::fingerprint_now(LANG)));
    }
    lines
}
