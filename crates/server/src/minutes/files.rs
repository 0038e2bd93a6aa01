//! Minutes that one takes away: as Markdown and as PDF.

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
    Routes::new()
        .bytes::<DownloadMinutesMd, _, _>(call_md)
        .bytes::<DownloadMinutesPdf, _, _>(call_pdf)
        .file(template::minutes_md, page_md)
        .file(template::minutes_pdf, page_pdf)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Md,
    Pdf,
}

async fn call_md(State(app): State<App>, request: Request) -> Response {
    called(app, request, DownloadMinutesMd::PATH, Kind::Md).await
}

async fn call_pdf(State(app): State<App>, request: Request) -> Response {
    called(app, request, DownloadMinutesPdf::PATH, Kind::Pdf).await
}

async fn page_md(State(app): State<App>, request: Request) -> Response {
    shown(app, request, template::minutes_md, Kind::Md).await
}

async fn page_pdf(State(app): State<App>, request: Request) -> Response {
    shown(app, request, template::minutes_pdf, Kind::Pdf).await
}

async fn called(app: App, request: Request, path: &str, kind: Kind) -> Response {
    let (incoming, _, known) = Incoming::take(&app, request, &format!("{BASE}{path}")).await;
    let visit = Visit::of(&app, &incoming, incoming.uri.path().to_owned());
    sent(&app, &visit, known, kind).await.unwrap_or_else(|fault| problem(&incoming, &fault))
}

async fn shown(app: App, request: Request, at: &str, kind: Kind) -> Response {
    let (incoming, _, known) = Incoming::take(&app, request, at).await;
    let visit = Visit::of(&app, &incoming, incoming.uri.path().to_owned());
    sent(&app, &visit, known, kind).await.unwrap_or_else(|fault| refused(&incoming, &visit.ctx, &fault))
}

async fn sent(app: &App, visit: &Visit, known: Result<(), Fault>, kind: Kind) -> Result<Response, Fault> {
    known?;
    let session = visit.param("session")?;
    let page = page(app, &mut app.read().await?, &visit.actor, session).await?;
    let (bytes, media, name) = match kind {
        Kind::Md => {
            (markdown(&page).into_bytes(), "text/markdown; charset=utf-8", "attachment; filename=\"protokolas.md\"")
        }
        Kind::Pdf => (paper::pdf(&page).await?, "application/pdf", "attachment; filename=\"protokolas.pdf\""),
    };
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(name));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// The canonical text, and after a line of `***` what is said of its signing; addenda follow in the same way. What stands before the
/// first such line is what was signed, byte for byte.
pub fn markdown(page: &MinutesPage) -> String {
    let mut text = page.minutes.markdown();
    under(&mut text, standing(page));
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
    let _ = writeln!(text, "***");
    for line in lines {
        let _ = write!(text, "\n{}\n", inline(&line));
    }
}

/// What is said of the whole: that it is a draft, or who signed it.
pub fn standing(page: &MinutesPage) -> Vec<String> {
    match &page.signature {
        None => vec![t::draft_says(LANG).to_owned()],
        Some(signature) => signed(signature, &page.hash),
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
