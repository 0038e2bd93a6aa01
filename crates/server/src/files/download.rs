//! The doors by which files go out. No browser ever takes one for a page of this site: all but pictures are to be saved, and a policy without any right
//! goes with each.

use std::ops::Range;

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};
use model::{
    access::{Action, Actor},
    address::{BASE, encode},
    endpoint::Endpoint,
    files::DownloadFile,
    ids::FileId,
    refusal::Code,
};
use pages::address::template;

use super::{find, objects::SMALL};
use crate::{
    app::App,
    doors::{Incoming, Visit, problem, refused},
    error::{Fault, OrMissing},
};

/// It may do nothing at all where it is opened by itself.
const POLICY: HeaderValue = HeaderValue::from_static("sandbox; default-src 'none'; frame-ancestors 'none'");

pub async fn call(State(app): State<App>, request: Request) -> Response {
    let (incoming, _, known) = Incoming::take(&app, request, &format!("{BASE}{}", DownloadFile::PATH)).await;
    let sent = match known {
        Ok(()) => send(&app, &incoming, false).await,
        Err(fault) => Err(fault),
    };
    sent.unwrap_or_else(|fault| problem(&incoming, &fault))
}

pub async fn page(State(app): State<App>, request: Request) -> Response {
    shown(app, request, template::file, false).await
}

pub async fn small(State(app): State<App>, request: Request) -> Response {
    shown(app, request, template::file_small, true).await
}

async fn shown(app: App, request: Request, at: &str, small: bool) -> Response {
    let (incoming, _, known) = Incoming::take(&app, request, at).await;
    let sent = match known {
        Ok(()) => send(&app, &incoming, small).await,
        Err(fault) => Err(fault),
    };
    sent.unwrap_or_else(|fault| {
        let visit = Visit::of(&app, &incoming, incoming.uri.path().to_owned());
        refused(&incoming, &visit.ctx, &fault)
    })
}

async fn send(app: &App, incoming: &Incoming, small: bool) -> Result<Response, Fault> {
    let named = incoming.params.iter().find(|(name, _)| name == "file");
    let file: FileId = named.and_then(|(_, id)| id.parse().ok()).ok_or(Fault::from(Code::Missing))?;
    let actor = &incoming.caller.actor;
    let (row, _) = find(&mut app.read().await?, actor, Action::SeeItem, file).await?;
    let (key, bytes, kind) = match (small, row.small_bytes) {
        (false, _) => (row.object, row.bytes, row.media.mime()),
        (true, Some(bytes)) => (format!("{}{SMALL}", row.object), bytes, "image/jpeg"),
        // One that is small itself has no other copy.
        (true, None) => {
            Some((row.object, row.bytes, row.media.mime())).filter(|_| row.media.is_picture()).or_missing()?
        }
    };
    let tag = format!("\"{}{}\"", row.sha256, if small { SMALL } else { "" });
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &str| {
        headers.insert(name, HeaderValue::try_from(value).unwrap_or(HeaderValue::from_static("")));
    };
    set(header::CONTENT_TYPE, kind);
    set(
        header::CONTENT_DISPOSITION,
        &disposition(&row.name, row.media.is_picture() && is_looked_at(&incoming.headers)),
    );
    set(header::ETAG, &tag);
    set(header::ACCEPT_RANGES, "bytes");
    // Of what everybody may read a browser keeps a copy and asks whether it still may; of all else nothing stays on the computer.
    let public = matches!(actor, Actor::Anonymous);
    set(header::CACHE_CONTROL, if public { "no-cache" } else { "no-store" });
    set(header::VARY, "cookie, sec-fetch-dest");
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    if is_known(&incoming.headers, &tag) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return Ok(response);
    }
    let whole = bytes.unsigned_abs();
    let range = match asked(&incoming.headers, whole, &tag) {
        Asked::Whole => None,
        Asked::Range(range) => Some(range),
        Asked::Nothing => {
            response.headers_mut().insert(header::CONTENT_RANGE, value(&format!("bytes */{whole}")));
            *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
            return Ok(response);
        }
    };
    let found =
        app.files.get(&key, range.clone()).await.map_err(|error| error.context("the object of a file is gone"))?;
    let length = found.range.end - found.range.start;
    response.headers_mut().insert(header::CONTENT_LENGTH, length.into());
    if let Some(range) = range {
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
        let told = format!("bytes {}-{}/{whole}", range.start, range.end - 1);
        response.headers_mut().insert(header::CONTENT_RANGE, value(&told));
    }
    *response.body_mut() = Body::from_stream(found.into_stream());
    Ok(response)
}

fn value(text: &str) -> HeaderValue {
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}

/// Whether a picture is asked for as one, by itself or within a page; what a browser would run, frame or embed is only to be saved.
fn is_looked_at(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-dest").is_none_or(|dest| dest == "image" || dest == "document")
}

/// RFC 6266, with the name as RFC 8187 has it beside one in ASCII.
fn disposition(name: &str, inline: bool) -> String {
    let kind = if inline { "inline" } else { "attachment" };
    let plain = |c: char| if c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '%') || c == ' ' { c } else { '_' };
    let folded: String = name.chars().map(bare).map(plain).collect();
    format!("{kind}; filename=\"{folded}\"; filename*=UTF-8''{}", encode(name))
}

/// Without its Lithuanian mark.
fn bare(c: char) -> char {
    match c.to_lowercase().next().filter(|_| c.is_uppercase()) {
        Some(small) => model::letters::bare(small).to_ascii_uppercase(),
        None => model::letters::bare(c),
    }
}

fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok());
    known.is_some_and(|known| {
        known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag || one.trim() == "*")
    })
}

#[derive(PartialEq, Eq, Debug)]
enum Asked {
    Whole,
    Range(Range<u64>),
    /// A range that is not in it.
    Nothing,
}

/// One range of bytes (RFC 9110, section 14); whatever else is asked for is answered with the whole.
fn asked(headers: &HeaderMap, whole: u64, tag: &str) -> Asked {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(range) = text(header::RANGE).and_then(|range| range.strip_prefix("bytes=")) else { return Asked::Whole };
    if text(header::IF_RANGE).is_some_and(|known| known != tag) {
        return Asked::Whole;
    }
    let number = |digits: &str| match digits {
        "" => Some(None),
        digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse().ok().map(Some),
        _ => None,
    };
    let Some((Some(first), Some(last))) = range.split_once('-').map(|(first, last)| (number(first), number(last)))
    else {
        return Asked::Whole;
    };
    match (first, last) {
        (Some(first), Some(last)) if first > last => Asked::Whole,
        (Some(first), _) if first >= whole => Asked::Nothing,
        (Some(first), Some(last)) => Asked::Range(first..whole.min(last.saturating_add(1))),
        (Some(first), None) => Asked::Range(first..whole),
        (None, Some(0)) => Asked::Nothing,
        (None, Some(count)) => Asked::Range(whole.saturating_sub(count)..whole),
        (None, None) => Asked::Whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(range: &str) -> Asked {
        let mut headers = HeaderMap::new();
        headers.insert(header::RANGE, range.parse().unwrap());
        asked(&headers, 100, "\"a\"")
    }

    #[test]
    fn one_range_is_answered_and_a_strange_one_with_the_whole() {
        assert_eq!(of("bytes=0-9"), Asked::Range(0..10));
        assert_eq!(of("bytes=90-"), Asked::Range(90..100));
        assert_eq!(of("bytes=-10"), Asked::Range(90..100));
        assert_eq!(of("bytes=90-1000"), Asked::Range(90..100));
        for nothing in ["bytes=100-", "bytes=-0", "bytes=200-300"] {
            assert_eq!(of(nothing), Asked::Nothing, "{nothing}");
        }
        for whole in
            ["bytes=9-0", "bytes=0-1,3-4", "bytes=-", "bytes=a-b", "seconds=1-2", "bytes=99999999999999999999-"]
        {
            assert_eq!(of(whole), Asked::Whole, "{whole}");
        }
    }

    #[test]
    fn a_name_is_told_in_ascii_and_in_full_and_ends_no_header() {
        assert_eq!(
            disposition("Žąsų \"planas\".pdf", false),
            "attachment; filename=\"Zasu _planas_.pdf\"; filename*=UTF-8''%C5%BD%C4%85s%C5%B3%20%22planas%22.pdf"
        );
        assert!(!disposition("a\r\nb.pdf", true).contains(['\r', '\n']));
    }
}
