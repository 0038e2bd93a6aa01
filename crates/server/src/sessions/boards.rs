//! Boards that one takes away: as JSON, Markdown or a table.

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, header},
    response::Response,
};
use model::{
    access::{Action, Actor},
    address::BASE,
    endpoint::Endpoint,
    ids::SessionId,
    refusal::Code,
    sessions::{DownloadBoardsCsv, DownloadBoardsMd, ReadBoards, RecordedBoard, SessionState},
};
use text::Lang;

use super::{find, store};
use crate::{
    app::App,
    doors::{Incoming, Routes, Visit, problem},
    error::{Answer, Fault},
    export::{csv, markdown},
};

pub fn routes() -> Routes {
    Routes::new().call(read).bytes::<DownloadBoardsMd, _, _>(call_md).bytes::<DownloadBoardsCsv, _, _>(call_csv)
}

pub async fn read(app: App, actor: Actor, call: ReadBoards) -> Answer<ReadBoards> {
    gather(&app, &actor, call.session).await
}

/// As everyone sees them: what is hidden or sealed is so here too.
async fn gather(app: &App, actor: &Actor, session: SessionId) -> Result<Vec<RecordedBoard>, Fault> {
    let mut tx = app.read().await?;
    let (row, _) = find(&mut tx, actor, Action::ReadRecord, session).await?;
    if !matches!(row.state, SessionState::Open | SessionState::Closed) {
        return Err(Code::SessionState.into());
    }
    let history = app.histories.of(&mut tx, session, &row).await?;
    let left = store::list_left(&mut tx, &history.named()).await?;
    Ok(history.boards(&left))
}

async fn call_md(State(app): State<App>, request: Request) -> Response {
    const NAMED: (&str, &str) = ("text/markdown; charset=utf-8", "attachment; filename=\"lentos.md\"");
    sent(app, request, DownloadBoardsMd::PATH, NAMED, |_, boards| markdown::boards(boards).into_bytes()).await
}

async fn call_csv(State(app): State<App>, request: Request) -> Response {
    const NAMED: (&str, &str) = ("text/csv; charset=utf-8", "attachment; filename=\"lentos.csv\"");
    sent(app, request, DownloadBoardsCsv::PATH, NAMED, table).await
}

async fn sent(
    app: App,
    request: Request,
    path: &str,
    (media, name): (&'static str, &'static str),
    made: fn(Lang, &[RecordedBoard]) -> Vec<u8>,
) -> Response {
    let (incoming, _, known) = Incoming::take(&app, request, &format!("{BASE}{path}")).await;
    let visit = Visit::of(&app, &incoming, incoming.uri.path().to_owned());
    let found = async {
        known?;
        gather(&app, &visit.actor, visit.param("session")?).await
    };
    match found.await {
        Ok(boards) => {
            let mut response = Response::new(Body::from(made(visit.ctx.lang, &boards)));
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
            headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(name));
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
        Err(fault) => problem(&incoming, &fault),
    }
}

/// A line a card; one that was never revealed says so by having no text.
fn table(_: Lang, boards: &[RecordedBoard]) -> Vec<u8> {
    let rows = boards.iter().flat_map(|board| {
        board.columns.iter().flat_map(move |column| {
            column.cards.iter().map(move |card| {
                vec![
                    board.title.clone(),
                    column.title.clone(),
                    card.group.clone().unwrap_or_default(),
                    card.text.clone().unwrap_or_default(),
                    card.by.clone().unwrap_or_default(),
                    card.dots.to_string(),
                ]
            })
        })
    });
    csv(&["board", "column", "group", "text", "author", "dots"], rows)
}
