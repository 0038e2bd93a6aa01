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
use model::{access::Actor, words::Line};

use super::*;
use crate::{
    doors::{Drawn, Incoming, Visit, refused},
    error::Fault,
    export::csv,
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
    let written = async {
        known?;
        may(&visit.actor, Action::Administer, &Facts::Site)?;
        written(&app, &visit.actor, visit.call()?, visit.ctx.lang).await
    };
    match written.await {
        Ok(bytes) => {
            let mut response = Response::new(Body::from(bytes));
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

/// Rows of a table at most: about as many as a spreadsheet shows.
const MOST: usize = 1_000_000;

async fn written(app: &App, actor: &Actor, mut call: ListActs, lang: text::Lang) -> Result<Vec<u8>, Fault> {
    let mut rows = Vec::new();
    loop {
        let page = list(app.clone(), actor.clone(), call.clone()).await?;
        rows.extend(page.acts.into_iter().map(|act| {
            vec![
                act.number.to_string(),
                text::time::machine(act.at.ms()),
                act.by.map(|by| by.name).unwrap_or_default(),
                act.act.clone(),
                text::audit::act(lang, &act.act).unwrap_or_default().to_owned(),
                act.subject,
                act.names.join("; "),
            ]
        }));
        call.cursor = page.next.as_deref().and_then(Line::new);
        if call.cursor.is_none() || rows.len() >= MOST {
            return Ok(csv(&["number", "at", "by", "act", "act_in_words", "subject", "names"], rows.into_iter()));
        }
    }
}
