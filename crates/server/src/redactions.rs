//! Taking a passage out of a text for good: out of every row in which it stands, the files under them, the search index, rooms and folds
//! in memory, and what a backup from before would bring back.

mod again;
mod cut;
mod holding;
pub mod pages;
pub mod store;

use model::{
    access::{Action, Actor, Denial, Facts, ItemFacts, SchoolFacts, may},
    ids::*,
    live::Event,
    moderation::ItemKind,
    redactions::*,
    refusal::{Code, Refusal},
    search::FoundKind,
};

use crate::{
    app::{App, random},
    audit,
    auth::hex,
    backup, breakouts,
    doors::{Routes, once},
    error::{Answer, Fault, OrMissing},
    files,
    live::append,
    minutes,
    moderation::subject,
    networks, notes, schools, sessions, spaces, teams,
};

pub use again::{LIST, apply, keep_list, read_list};
pub use cut::Cut;
use cut::Trace;
use store::Redaction;

pub fn routes() -> Routes {
    Routes::new().call(redact).call(list).merge(pages::routes())
}

pub async fn redact(app: App, actor: Actor, call: RedactText) -> Answer<RedactText> {
    // Nobody learns by it what there is.
    let me = actor.person().ok_or(Code::SignInNeeded)?;
    let mut tx = app.read().await?;
    let facts = facts(&mut tx, call.of, call.item, call.session).await?;
    may(&actor, Action::Redact, &facts)?;
    let passage = call.passage.as_str();
    if call.reason.to_lowercase().contains(&passage.to_lowercase()) {
        return Err(Refusal::of(Code::RedactionRepeats).at("reason").into());
    }
    let items = texts(&mut tx, &call).await?;
    let files = holding::list(&mut tx, call.of, &items).await?;
    drop(tx);
    // Read before the write begins: between its beginning and its end nothing is awaited but the database.
    let holding: Vec<&files::store::Row> =
        holding::find(&app, &files, passage).await.into_iter().map(|at| &files[at]).collect();
    if !holding.is_empty() && call.files.is_none() {
        let names: Vec<&str> = holding.iter().map(|file| file.name.as_str()).collect();
        return Err(Refusal::of(Code::RedactionFiles).at("files").fact("files", names.join(", ")).into());
    }
    let mut tx = app.write().await?;
    // Meanwhile another may have come.
    let items = texts(&mut tx, &call).await?;
    let now_there = holding::list(&mut tx, call.of, &items).await?;
    if now_there.iter().any(|file| files.iter().all(|known| known.id != file.id)) {
        return Err(Code::Changed.into());
    }
    let mut objects = Vec::new();
    let going = holding.iter().filter(|_| call.files == Some(WithFiles::Remove));
    for file in going {
        objects.extend(files::store::delete(&mut tx, file.id).await?);
    }
    let hashes: Vec<String> = match objects.is_empty() {
        true => Vec::new(),
        false => holding.iter().map(|file| file.sha256.clone()).collect(),
    };
    let now = app.now();
    let mut rows = Vec::new();
    let (mut places, mut rewritten) = (0, Vec::new());
    // What was merged is one text with what it was merged into; each has a row of its own, for an archive from before that.
    for item in items {
        let row = Redaction {
            id: app.id(),
            kind: call.of,
            item,
            session: call.session.filter(|_| call.of == TextOf::Message),
            person: me,
            reason: call.reason.to_string(),
            at: now,
            trace: Trace::of(&call.passage, hex(&random::<16>())),
            files: hashes.clone(),
        };
        let done = cut(&mut tx, &row, &Cut::Passage(passage), &mut || app.id()).await?;
        places += done.places;
        rewritten.extend(done.sessions);
        if done.places > 0 || !hashes.is_empty() {
            rows.push(row);
        }
    }
    if rows.is_empty() {
        return Err(Refusal::of(Code::RedactionAbsent).at("passage").into());
    }
    once::forget(&mut tx, passage).await?;
    for row in &rows {
        store::insert(&mut tx, row).await?;
        audit::append(&mut tx, Some(me), "text.redacted", &format!("{} {}", row.id, row.item), now).await?;
    }
    let answer = Redacted { places, files: objects.len() as i64 };
    app.commit(tx, &answer).await?;
    app.files.drop_objects(&objects).await;
    told(&app, &rows, &rewritten).await?;
    wipe(&app, passage.to_owned()).await;
    Ok(answer)
}

/// The item, and of a problem all that are merged with it, the named one first.
async fn texts(tx: &mut db::Tx, call: &RedactText) -> db::Result<Vec<ItemId>> {
    let mut items = vec![call.item];
    if call.of == TextOf::Problem {
        items.extend(store::merged_with(tx, call.item).await?);
    }
    Ok(items)
}

/// What was cut.
pub struct Done {
    pub places: i64,
    /// Whose stored events were rewritten.
    pub sessions: Vec<SessionId>,
}

/// Takes the cut out of all rows, and tells in the journals of sessions that events before it were rewritten.
async fn cut(
    tx: &mut db::Tx,
    row: &Redaction,
    cut: &Cut<'_>,
    id: &mut (dyn FnMut() -> CommandId + Send),
) -> db::Result<Done> {
    let session = match row.kind {
        TextOf::Session => Some(SessionId::from_uuid(row.item.uuid())),
        TextOf::Message => row.session,
        _ => None,
    };
    let mut places = store::cut_all(tx, row.kind, row.item, session, cut).await?;
    if let (TextOf::Session, Some(session)) = (row.kind, session) {
        places += notes::cut::cut(tx, session, cut, row.at).await?;
    }
    let mut rewritten: Vec<SessionId> = session.into_iter().filter(|_| places > 0).collect();
    // What was made in groups stands in the minutes of the main session, and the names of groups in the journals of all.
    let family = match session {
        Some(session) => breakouts::store::list_family(tx, session).await?,
        None => Vec::new(),
    };
    for other in family {
        let of_session = row.kind == TextOf::Session;
        let item = if of_session { ItemId::from_uuid(other.uuid()) } else { row.item };
        let mut found = store::cut_all(tx, row.kind, item, Some(other), cut).await?;
        if of_session {
            found += notes::cut::cut(tx, other, cut, row.at).await?;
        }
        if found > 0 {
            places += found;
            rewritten.push(other);
        }
    }
    let named = match row.kind {
        TextOf::Team | TextOf::Person | TextOf::Action => vec![row.item],
        TextOf::School => store::teams_of(tx, row.item).await?,
        _ => Vec::new(),
    };
    for id in named {
        let found = store::cut_cards(tx, id, cut).await?;
        places += found.len() as i64;
        rewritten.extend(found);
    }
    rewritten.sort_unstable();
    rewritten.dedup();
    let mut told = rewritten.clone();
    told.extend(store::list_minutes_of(tx, row.kind, row.item).await?);
    for session in told {
        // What stands in it of its own session is cut already.
        places += store::cut_minutes(tx, session, cut).await?;
        minutes::redact::after(tx, session, row.at).await?;
    }
    for session in &rewritten {
        let told = Event::Redacted { by: row.person, at: row.at };
        append(tx, *session, Some(row.person), id(), &[told], row.at).await?;
    }
    if !rewritten.is_empty() {
        // Nobody in a room goes on from what was there before.
        backup::update_epoch(tx, &hex(&random::<16>())).await?;
    }
    if places > 0 {
        store::move_on(tx, row.kind, row.item, row.at).await?;
    }
    Ok(Done { places, sessions: rewritten })
}

/// Whatever keeps a copy hears of it.
async fn told(app: &App, rows: &[Redaction], rewritten: &[SessionId]) -> Result<(), Fault> {
    for row in rows {
        let touch = |kind| app.search.touch(kind, row.item.uuid());
        match row.kind {
            TextOf::Problem => touch(FoundKind::Problem),
            TextOf::Practice => touch(FoundKind::Practice),
            TextOf::Session => touch(FoundKind::Session),
            TextOf::Team => touch(FoundKind::Team),
            TextOf::School => schools::touch(app, row.item.uuid()).await?,
            TextOf::Network => networks::touch(app, row.item.uuid()).await?,
            TextOf::Person => app.search.touch_all(),
            TextOf::Response | TextOf::Message | TextOf::Space | TextOf::Invitation | TextOf::Action => {}
        }
    }
    app.search.purge();
    for session in rewritten {
        app.rooms.wake(*session);
        app.notes.wake(*session);
    }
    let mut tx = app.read().await?;
    app.redactions.heard(store::latest(&mut tx).await?);
    drop(tx);
    if let Err(error) = keep_list(&app.db, &app.config.data).await {
        tracing::error!(error = format!("{error:#}"), "the list of redactions beside the database was not written");
    }
    Ok(())
}

/// Sees that the old bytes are not in the database's files either. A long read may keep them for a while: then it goes on beside.
async fn wipe(app: &App, passage: String) {
    const AGAIN: std::time::Duration = std::time::Duration::from_secs(10);
    async fn done(app: &App, passage: &str) -> bool {
        match app.db.wipe(passage).await {
            Ok(done) => done,
            Err(error) => {
                tracing::warn!(%error, "old bytes of a redacted text are still in the database's file; it is tried again");
                false
            }
        }
    }
    if done(app, &passage).await {
        return;
    }
    let (app, mut draining) = (app.clone(), app.draining.subscribe());
    tokio::spawn(async move {
        loop {
            tokio::select! {
                _ = draining.wait_for(|draining| *draining) => return,
                () = tokio::time::sleep(AGAIN) => {}
            }
            if done(&app, &passage).await {
                return;
            }
        }
    });
}

/// What permission depends on; `missing` when there is no such text.
async fn facts(tx: &mut db::Tx, of: TextOf, item: ItemId, session: Option<SessionId>) -> Result<Facts, Fault> {
    let kind = match of {
        TextOf::Problem => ItemKind::Problem,
        TextOf::Practice => ItemKind::Practice,
        TextOf::Response => ItemKind::Response,
        TextOf::Message => {
            return of_session(tx, session.ok_or_else(|| Refusal::of(Code::FieldNeeded).at("session"))?).await;
        }
        TextOf::Session => return of_session(tx, SessionId::from_uuid(item.uuid())).await,
        TextOf::Action => {
            let space = store::space_of_action(tx, item).await?.or_missing()?;
            return Ok(Facts::Space(spaces::store::facts(tx, space).await?.or_missing()?));
        }
        TextOf::Space => {
            let space = spaces::store::facts(tx, SpaceId::from_uuid(item.uuid())).await?.or_missing()?;
            return Ok(Facts::Space(space));
        }
        TextOf::Team => {
            let team = teams::store::find(tx, TeamId::from_uuid(item.uuid())).await?.or_missing()?;
            return Ok(Facts::Team(team.facts()));
        }
        TextOf::School => {
            let school = SchoolId::from_uuid(item.uuid());
            schools::store::find(tx, school).await?.or_missing()?;
            return Ok(Facts::School(SchoolFacts { networks: schools::store::list_networks(tx, school).await? }));
        }
        TextOf::Network => {
            let network = NetworkId::from_uuid(item.uuid());
            networks::store::find(tx, network).await?.or_missing()?;
            return Ok(Facts::Network(network));
        }
        // Whether there is such an account is told to nobody else: that one is asked of the site.
        TextOf::Person | TextOf::Invitation => return Ok(Facts::Site),
    };
    let hidden = store::find_hidden(tx, of, item).await?;
    let found = subject::find(tx, kind, item, None).await?;
    let (space, team, author, draft) = match (&found, hidden) {
        // What is hidden is a draft, or kept aside, and as known to moderators as before.
        (Some(found), hidden) => (found.space, found.team, found.author, found.draft && hidden.is_none()),
        (None, Some((space, author))) => (space, None, author, false),
        (None, None) => return Err(Fault::missing()),
    };
    let space = spaces::store::facts(tx, space).await?.or_missing()?;
    Ok(Facts::Item(ItemFacts { space, team, author, draft }))
}

async fn of_session(tx: &mut db::Tx, session: SessionId) -> Result<Facts, Fault> {
    let row = sessions::store::find(tx, session).await?.or_missing()?;
    let space = spaces::store::facts(tx, row.space).await?.or_missing()?;
    Ok(Facts::Space(space))
}

pub async fn list(app: App, actor: Actor, call: ListRedactions) -> Answer<ListRedactions> {
    let mut tx = app.read().await?;
    shown(&mut tx, &actor, call.of, call.item, call.session).await
}

/// What was taken out of a text, for whoever sees the text.
pub async fn shown(
    tx: &mut db::Tx,
    actor: &Actor,
    of: TextOf,
    item: ItemId,
    session: Option<SessionId>,
) -> Result<Vec<RedactionShown>, Fault> {
    let facts = facts(tx, of, item, session).await?;
    let see = match &facts {
        Facts::Item(_) => Action::SeeItem,
        Facts::Space(_) => Action::SeeSpace,
        Facts::Team(_) => Action::SeeTeam,
        Facts::Network(_) => Action::Visit,
        Facts::School(_) => return readable_school(tx, of, item).await,
        _ => Action::Administer,
    };
    may(actor, see, &facts)?;
    let mut shown = store::list(tx, of, item).await?;
    if actor.me().is_none() {
        shown.iter_mut().for_each(|redaction| redaction.by = None);
    }
    Ok(shown)
}

/// Schools are listed for everyone.
async fn readable_school(tx: &mut db::Tx, of: TextOf, item: ItemId) -> Result<Vec<RedactionShown>, Fault> {
    let mut shown = store::list(tx, of, item).await?;
    shown.iter_mut().for_each(|redaction| redaction.by = None);
    Ok(shown)
}

/// Whether the actor may take a passage out of it.
pub async fn allowed(
    tx: &mut db::Tx,
    actor: &Actor,
    of: TextOf,
    item: ItemId,
    session: Option<SessionId>,
) -> Result<(), Fault> {
    let facts = facts(tx, of, item, session).await?;
    may(actor, Action::Redact, &facts).map_err(|denial: Denial| denial.into())
}

/// The number of the latest redaction that this node has heard of: by it browsers are told to let go of the pages they keep.
#[derive(Default)]
pub struct Latest(std::sync::atomic::AtomicI64);

impl Latest {
    pub fn number(&self) -> i64 {
        self.0.load(std::sync::atomic::Ordering::Acquire)
    }

    /// True when there is a new one.
    pub fn heard(&self, number: i64) -> bool {
        self.0.fetch_max(number, std::sync::atomic::Ordering::AcqRel) < number
    }
}

/// When this node starts, or another one may have taken something out: what this node keeps of it goes.
pub async fn follow(app: &App) -> anyhow::Result<()> {
    let latest = store::latest(&mut app.db.read().await?).await?;
    if app.redactions.heard(latest) {
        app.search.purge();
        keep_list(&app.db, &app.config.data).await?;
    }
    Ok(())
}
