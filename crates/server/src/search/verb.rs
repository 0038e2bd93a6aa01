//! The call and the page of search.

use ::pages::{address::template, search as drawn};
use model::{
    access::Actor,
    ids::SpaceId,
    practices::{Cost, MunicipalityCount, Stage},
    problems::Area,
    refusal::{Code, Refusal},
    schools::{Municipality, MunicipalityCode, SchoolSize},
    search::{DEEPEST, Found as Answered, FoundKind, Hit, Search as Asked, Way},
    time::Timestamp,
};

use tokio::task::spawn_blocking;

use super::{
    ask::{Ask, Found, Mode},
    document::Rights,
    similar,
    snippet::{Marker, marked, snippet},
    store::{self, Scope, Shown},
    words::Words,
};
use crate::{
    app::App,
    cursor,
    doors::{Drawn, Routes, Visit},
    error::{Answer, Fault},
    facets::{Counts, Narrow, values},
    schools, spaces,
};

pub fn routes() -> Routes {
    Routes::new().call(search).call(similar::list_similar).page(template::search, page)
}

/// Hits of one page.
const PAGE: usize = 20;

pub async fn search(app: App, actor: Actor, call: Asked) -> Answer<Asked> {
    let filter = format!(
        "search {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        call.q.as_deref(),
        call.kind,
        call.area,
        call.stage,
        call.municipality,
        call.size,
        call.cost,
        call.typing
    );
    let offset = offset(call.cursor.as_deref(), &filter)?;
    let words = Words::typed(call.q.as_deref().unwrap_or_default());
    let narrow = Narrow {
        kind: call.kind,
        area: call.area,
        municipality: call.municipality,
        stage: call.stage,
        cost: call.cost,
        size: call.size,
    };
    let mode = if call.typing { Mode::Typing } else { Mode::Whole };
    let mut tx = app.read().await?;
    let reader = Reader::of(&mut tx, &actor).await?;
    let (mut found, words, reader) = asked(&app, words, reader, narrow, mode, offset, PAGE + 1).await?;
    let after = offset + PAGE;
    let mut next = cursor::next(&mut found.hits, PAGE, &filter, |_| (Timestamp(after as i64), String::new()));
    next.take_if(|_| after >= DEEPEST);
    let keys: Vec<_> = found.hits.iter().map(|hit| hit.key).collect();
    // The index may be a moment behind: what is shown is what the reader may see now.
    let shown = store::find(&mut tx, Scope::Seen(reader.rights()), &keys).await?;
    let counts = found.counts.without(found.hits.len() - shown.len());
    let in_order = keys.iter().filter_map(|key| shown.iter().find(|shown| shown.document.key == *key));
    let mut marker = Marker::new(&words, found.way != Way::All);
    let items: Vec<_> = in_order.map(|shown| hit(shown, &mut marker)).collect();
    let names = schools::store::list_municipalities(&mut tx).await?;
    Ok(Answered {
        items,
        next,
        total: counts.total as i64,
        way: found.way,
        kinds: values(FoundKind::ALL, call.kind, |kind| counts.kind(kind)),
        areas: values(Area::ALL, call.area, |area| counts.area(area)),
        stages: values(Stage::ALL, call.stage, |stage| counts.stage(stage)),
        municipalities: municipalities(names, call.municipality, &counts),
        sizes: values(SchoolSize::ALL, call.size, |size| counts.size(size)),
        costs: values(Cost::ALL, call.cost, |cost| counts.cost(cost)),
        loosen: counts.loosen(),
        partial: app.search.is_partial(),
    })
}

/// Asks the index, and gives back what it was asked with. A search of rare mistyped words may take some milliseconds: other
/// requests do not wait for it.
pub(super) async fn asked(
    app: &App,
    words: Words,
    reader: Reader,
    narrow: Narrow,
    mode: Mode,
    offset: usize,
    limit: usize,
) -> Result<(Found, Words, Reader), Fault> {
    let search = app.search.clone();
    let work = move || {
        let ask = Ask { words: &words, rights: reader.rights(), narrow, mode, offset, limit };
        search.ask(&ask).map(|found| (found, words, reader))
    };
    Ok(spawn_blocking(work).await.map_err(|error| Fault::Failed(error.into()))??)
}

/// What an actor may see, asked for once.
pub(super) struct Reader {
    spaces: Vec<SpaceId>,
    signed_in: bool,
}

impl Reader {
    pub(super) async fn of(tx: &mut db::Tx, actor: &Actor) -> db::Result<Self> {
        // Teams are seen by everyone signed in, as `may(SeeTeam)` has it; a test holds the two together.
        let signed_in = actor.me().is_some_and(|me| !me.suspended);
        Ok(Self { spaces: spaces::store::visible(tx, actor).await?, signed_in })
    }

    pub(super) fn rights(&self) -> Rights<'_> {
        Rights { spaces: &self.spaces, signed_in: self.signed_in }
    }
}

fn municipalities(
    names: Vec<Municipality>,
    chosen: Option<MunicipalityCode>,
    counts: &Counts,
) -> Vec<MunicipalityCount> {
    let counted = names.into_iter().map(|place| MunicipalityCount {
        count: counts.municipality(place.code) as i64,
        value: place.code,
        name: place.name,
    });
    counted.filter(|one| one.count > 0 || chosen == Some(one.value)).collect()
}

fn offset(cursor: Option<&str>, filter: &str) -> Result<usize, Refusal> {
    let Some((Timestamp(offset), _)) = cursor::read(cursor, filter)? else { return Ok(0) };
    let offset = usize::try_from(offset).ok().filter(|offset| *offset < DEEPEST);
    offset.ok_or_else(|| Refusal::of(Code::CursorForeign).at("cursor"))
}

pub(super) fn hit(shown: &Shown, marker: &mut Marker) -> Hit {
    let document = &shown.document;
    Hit {
        kind: document.key.kind,
        id: document.key.id.to_string(),
        title: marked(&document.title, marker),
        snippet: snippet(&document.text, marker),
        area: document.area,
        space_name: shown.space_name.clone(),
        starts_at: shown.starts_at,
        school: shown.school.clone(),
        municipality_name: shown.municipality_name.clone(),
    }
}

async fn page(app: App, visit: Visit) -> Drawn {
    let call: Asked = visit.call()?;
    let found = search(app, visit.actor.clone(), call.clone()).await?;
    Ok(drawn::search(&visit.ctx, &call, &found))
}
