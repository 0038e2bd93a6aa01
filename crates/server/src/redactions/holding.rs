//! The files in whose content a passage stands: they are read as the guard reads them when they come in.

use std::time::Duration;

use model::{files::FileOf, ids::ItemId, redactions::*};

use crate::{
    app::App,
    error::Fault,
    files::{self, inspect, receive, store::Row},
};

/// The files of those texts, the oldest first.
pub async fn list(tx: &mut db::Tx, of: TextOf, items: &[ItemId]) -> db::Result<Vec<Row>> {
    let of = match of {
        TextOf::Problem => FileOf::Problem,
        TextOf::Practice => FileOf::Practice,
        _ => return Ok(Vec::new()),
    };
    let mut rows = Vec::new();
    for item in items {
        rows.extend(files::store::list_rows(tx, of, *item).await?);
    }
    Ok(rows)
}

/// Those in which the passage stands. One that cannot be read is told in the log, and is not among them.
pub async fn find(app: &App, rows: &[Row], passage: &str) -> Vec<usize> {
    let mut found = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        match holds(app, row, passage.to_owned()).await {
            Ok(true) => found.push(at),
            Ok(false) => {}
            Err(_) => tracing::warn!(file = %row.id, "a file was not looked into for a passage: it cannot be read"),
        }
    }
    found
}

async fn holds(app: &App, row: &Row, passage: String) -> Result<bool, Fault> {
    const SILENT: Duration = Duration::from_secs(30);
    let _alone = app.files.looking().await;
    let body = app.files.get(&row.object, None).await?.into_stream();
    let received = receive::receive(body, &app.files.incoming(), row.bytes.unsigned_abs(), SILENT).await?;
    let media = row.media;
    let looked = tokio::task::spawn_blocking(move || inspect::holds(&received, media, &passage));
    looked.await.map_err(|error| Fault::Failed(error.into()))?
}
