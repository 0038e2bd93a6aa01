//! The call and the page of search.

use ::pages::{address::template, search as drawn};
use model::{
    access::Actor,
    practices::Stage,
    refusal::{Code, Refusal},
    search::{Found, Hit, Search as Asked},
    time::Timestamp,
};

use super::{
    ask::{self, Ask, DEEPEST},
    snippet::{marked, snippet},
    store::{self, Scope, Shown},
    words::Words,
};
use crate::{
    app::App,
    cursor,
    doors::{Drawn, Routes, Visit},
    error::{Answer, Fault},
    spaces,
};

pub fn routes() -> Routes {
    Routes::new().call(search).page(template::search, page)
}

/// Hits of one page.
const PAGE: usize = 20;

pub async fn search(app: App, actor: Actor, call: Asked) -> Answer<Asked> {
    let filter = format!(
        "search {:?} {:?} {:?} {:?} {:?}",
        call.q.as_deref(),
        call.kind,
        call.area,
        call.stage,
        call.municipality
    );
    let offset = offset(call.cursor.as_deref(), &filter)?;
    let words = Words::typed(call.q.as_deref().unwrap_or_default());
    let mut tx = app.read().await?;
    let visible = spaces::store::visible(&mut tx, &actor).await?;
    let (mut found, words, visible) = {
        let search = app.search.clone();
        let asked = move || {
            let ask = Ask {
                words: &words,
                spaces: &visible,
                kind: call.kind,
                area: call.area,
                municipality: call.municipality,
                span: call.stage.map(Stage::span),
                typing: false,
                offset,
                limit: PAGE + 1,
            };
            search.ask(&ask).map(|found| (found, words, visible))
        };
        // A search of rare mistyped words may take some milliseconds: other requests do not wait for it.
        tokio::task::spawn_blocking(asked).await.map_err(|error| Fault::Failed(error.into()))??
    };
    let after = offset + PAGE;
    let mut next = cursor::next(&mut found.hits, PAGE, &filter, |_| (Timestamp(after as i64), String::new()));
    next.take_if(|_| after >= DEEPEST);
    let keys: Vec<_> = found.hits.iter().map(|hit| hit.key).collect();
    // The index may be a moment behind: what is shown is what the reader may see now.
    let shown = store::find(&mut tx, Scope::Seen(&visible), &keys).await?;
    let total = found.total.saturating_sub(keys.len() - shown.len());
    let in_order = keys.iter().filter_map(|key| shown.iter().find(|shown| shown.document.key == *key));
    let items: Vec<_> = in_order.map(|shown| hit(shown, &words, &found)).collect();
    Ok(Found { items, next, total: total as i64, way: found.way })
}

fn offset(cursor: Option<&str>, filter: &str) -> Result<usize, Refusal> {
    let Some((Timestamp(offset), _)) = cursor::read(cursor, filter)? else { return Ok(0) };
    let offset = usize::try_from(offset).ok().filter(|offset| *offset < DEEPEST);
    offset.ok_or_else(|| Refusal::of(Code::CursorForeign).at("cursor"))
}

fn hit(shown: &Shown, words: &Words, found: &ask::Found) -> Hit {
    let near = found.way != model::search::Way::All;
    let document = &shown.document;
    Hit {
        kind: document.key.kind,
        id: document.key.id.to_string(),
        title: marked(&document.title, words, near),
        snippet: snippet(&document.text, words, near),
        area: document.area,
        space_name: shown.space_name.clone(),
        school: shown.school.clone(),
        municipality_name: shown.municipality_name.clone(),
    }
}

async fn page(app: App, visit: Visit) -> Drawn {
    let call: Asked = visit.call()?;
    let found = search(app, visit.actor.clone(), call.clone()).await?;
    Ok(drawn::search(&visit.ctx, &call, &found))
}
