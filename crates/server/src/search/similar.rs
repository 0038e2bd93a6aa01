//! Problems like the one that is being typed, so that two teams with one problem find each other before the second posts it.

use model::{
    access::Actor,
    search::{FoundKind, ListSimilar, Similar},
};

use super::{
    ask::Mode,
    snippet::Marker,
    store::{self, Scope},
    verb::{Reader, asked, hit},
    words::Words,
};
use crate::{app::App, error::Answer, facets::Narrow};

/// As many as are read at a glance.
const MOST: usize = 3;
/// Among the best so many one looks for titles that have a word of it.
const LOOKED_AT: usize = 30;
/// What is this much less alike than the most alike says only that both are about schools.
const WORTH: f32 = 0.3;

pub async fn list_similar(app: App, actor: Actor, call: ListSimilar) -> Answer<ListSimilar> {
    let words = Words::typed(call.q.as_deref().unwrap_or_default());
    let mut tx = app.read().await?;
    let reader = Reader::of(&mut tx, &actor).await?;
    let narrow = Narrow { kind: Some(FoundKind::Problem), ..Narrow::default() };
    let (found, words, reader) = asked(&app, words, reader, narrow, Mode::Like, 0, LOOKED_AT).await?;
    let best = found.hits.first().map_or(0.0, |hit| hit.score);
    let others = found.hits.iter().filter(|hit| Some(hit.key.id) != call.except.map(|id| id.uuid()));
    let keys: Vec<_> = others.filter(|hit| hit.score >= best * WORTH).map(|hit| hit.key).collect();
    let shown = store::find(&mut tx, Scope::Seen(reader.rights()), &keys).await?;
    let in_order = keys.iter().filter_map(|key| shown.iter().find(|shown| shown.document.key == *key));
    let mut marker = Marker::new(&words, true);
    let hits = in_order.map(|shown| hit(shown, &mut marker));
    let items = hits.filter(|hit| hit.title.iter().any(|piece| piece.marked)).take(MOST).collect();
    Ok(Similar { items })
}
