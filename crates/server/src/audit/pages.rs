//! The page of the log, and the same as a table for a spreadsheet.

use ::pages::{address::template, audit as shown};
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, header},
    response::Response,
    routing::get,
};
use futures_util::{Stream, StreamExt, stream};

use super::*;
use crate::{
    doors::{Drawn, Incoming, Visit, refused},
    export::{csv_head, csv_line},
};

pub fn routes() -> Routes {
    Routes::new().page(template::acts, acts)
}

/// `GET /valdymas/veiksmai.csv`, with the filters of the page.
pub fn router() -> Router<App> {
    Router::new().route(template::acts_csv, get(table))
}

async fn acts(app: App, visit: Visit) -> Drawn {
    may(&visit.actor, Action::Administer, &Facts::Site)?;
    let call: ListActs = visit.call()?;
    let page = list(app, visit.actor.clone(), call.clone()).await?;
    Ok(shown::list(&visit.ctx, &call, &page))
}

async fn table(State(app): State<App>, request: Request) -> Response {
    let (incoming, _, known) = Incoming::take(&app, request, template::acts_csv).await;
    let visit = Visit::of(&app, &incoming, incoming.uri.path().to_owned());
    let asked = known.and_then(|()| {
        may(&visit.actor, Action::Administer, &Facts::Site)?;
        visit.call::<ListActs>()
    });
    match asked {
        Ok(call) => {
            let mut response = Response::new(Body::from_stream(written(app, call, visit.ctx.lang)));
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
            headers.insert(
                header::CONTENT_DISPOSITION,
                HeaderValue::from_static("attachment; filename=\"tinklaveika-veiksmai.csv\""),
            );
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
        Err(fault) => refused(&incoming, &visit.ctx, &fault),
    }
}

/// Rows that are in memory at once.
const PART: i64 = 1_000;
/// Rows of a table at most: about as many as a spreadsheet shows.
const MOST: i64 = 1_000_000;

/// The table, read and sent part by part, the latest first. Between two parts no transaction is held: rows only ever come on top.
fn written(app: App, call: ListActs, lang: text::Lang) -> impl Stream<Item = db::Result<String>> {
    let head = csv_head(&["number", "at", "by", "act", "act_in_words", "subject", "names"]);
    let parts = stream::try_unfold((app, call, i64::MAX, 0), move |(app, call, before, sent)| async move {
        if sent >= MOST {
            return Ok(None);
        }
        let mut tx = app.db.read().await?;
        let rows = store::list(&mut tx, &call, before, PART).await?;
        let acts = shown(&mut tx, rows).await?;
        drop(tx);
        let Some(last) = acts.last().map(|act| act.number) else { return Ok(None) };
        let sent = sent + acts.len() as i64;
        let text = acts.into_iter().map(|act| csv_line(&cells(act, lang))).collect::<String>();
        Ok(Some((text, (app, call, last, sent))))
    });
    stream::once(async { Ok(head) }).chain(parts)
}

fn cells(act: ActShown, lang: text::Lang) -> [String; 7] {
    [
        act.number.to_string(),
        text::time::machine(act.at.ms()),
        act.by.map(|by| by.name).unwrap_or_default(),
        act.act.clone(),
        text::audit::act(lang, &act.act).unwrap_or_default().to_owned(),
        act.subject,
        act.names.join("; "),
    ]
}
