//! The library of good practice: drafts, publishing, and browsing by facets.

mod facets;
pub mod pages;
pub mod store;

use model::{
    access::{Action, Actor, Facts, ItemFacts, may},
    files::FileOf,
    ids::{ItemId, PracticeId},
    moderation::ItemKind,
    practices::*,
    refusal::{Code, Refusal},
    search::FoundKind,
    sorting::{Order, sort_key},
    time::Timestamp,
    versions::{ListPracticeVersions, RestorePractice},
};

use crate::{
    app::App,
    cursor,
    doors::Routes,
    error::{Answer, Fault, OrMissing},
    files, moderation, problems, schools, spaces,
    teams::Changed,
    versions::{self, Kind},
};

pub fn routes() -> Routes {
    Routes::new()
        .call(list)
        .call(read)
        .call(share)
        .call(edit)
        .call(withdraw)
        .call(list_versions)
        .call(restore)
        .merge(pages::routes())
}

/// Gives titles that were written before there were keys theirs.
pub async fn begin(app: &App) -> Result<(), Fault> {
    let mut tx = app.db.write().await?;
    for (id, title) in store::list_unkeyed(&mut tx).await? {
        store::update_key(&mut tx, id, &title).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Practices of one page of the library.
const PAGE: i64 = 20;

pub async fn list(app: App, actor: Actor, call: ListPractices) -> Answer<ListPractices> {
    let filter = format!("practices {:?}", ListPractices { cursor: None, ..call.clone() });
    let mut tx = app.read().await?;
    let visible = spaces::store::visible(&mut tx, &actor).await?;
    let all = store::count(&mut tx, &visible, call.space).await?;
    let page = PAGE as usize;
    let (items, next) = match call.sort {
        Order::Newest => {
            let after = cursor::read(call.cursor.as_deref(), &filter)?;
            let mut items = store::list(&mut tx, &visible, &call, after, PAGE + 1).await?;
            let next = cursor::next(&mut items, page, &filter, |card| (card.published_at, card.id.to_string()));
            (items, next)
        }
        Order::Title => {
            let after = cursor::read(call.cursor.as_deref(), &filter)?;
            let mut items = store::list_titled(&mut tx, &visible, &call, after, PAGE + 1).await?;
            let next = cursor::next(&mut items, page, &filter, |card| (sort_key(&card.title), card.id.to_string()));
            (items, next)
        }
    };
    let chosen = match call.municipality.filter(|code| all.iter().all(|alike| alike.municipality != Some(*code))) {
        Some(code) => schools::store::list_municipalities(&mut tx).await?.into_iter().find(|place| place.code == code),
        None => None,
    };
    let mut everywhere = 0;
    if items.is_empty() && call.space.is_some() && call.cursor.is_none() {
        everywhere = facets::count(&call, &store::count(&mut tx, &visible, None).await?).total;
    }
    Ok(facets::list(&call, &all, items, next, chosen, everywhere))
}

/// The practice with its facts, once `may` allowed the action on it.
pub(crate) async fn find(
    tx: &mut db::Tx,
    actor: &Actor,
    action: Action,
    practice: PracticeId,
) -> Result<(store::Row, Facts), Fault> {
    let row = store::find(tx, practice).await?.or_missing()?;
    let space = spaces::store::facts(tx, row.space).await?.or_missing()?;
    // One that was withdrawn is known to those who write it, as a draft is.
    let draft = row.state != PracticeState::Published;
    let facts = Facts::Item(ItemFacts { space, team: row.team, author: row.author, draft });
    may(actor, action, &facts)?;
    Ok((row, facts))
}

pub async fn read(app: App, actor: Actor, call: ReadPractice) -> Answer<ReadPractice> {
    let mut tx = app.read().await?;
    page(&mut tx, &actor, call.practice).await
}

async fn page(tx: &mut db::Tx, actor: &Actor, practice: PracticeId) -> Result<PracticePage, Fault> {
    let (row, facts) = find(tx, actor, Action::SeeItem, practice).await?;
    let text = row.text()?;
    let topics = match text.topics.as_slice() {
        [] => Vec::new(),
        topics => problems::store::name_topics(tx, topics).await?,
    };
    let visible = spaces::store::visible(tx, actor).await?;
    Ok(PracticePage {
        card: store::card(tx, practice).await?.or_missing()?,
        text,
        topics,
        author: row.author_name,
        offered_for: problems::store::list_offered(tx, &visible, practice).await?,
        files: files::store::list(tx, FileOf::Practice, ItemId::from_uuid(practice.uuid())).await?,
        archived: matches!(&facts, Facts::Item(item) if item.space.archived),
        may_edit: may(actor, Action::EditItem, &facts).is_ok(),
        may_withdraw: may(actor, Action::WithdrawItem, &facts).is_ok(),
        version: row.version,
        updated_at: row.updated_at,
    })
}

pub async fn share(app: App, actor: Actor, call: SharePractice) -> Answer<SharePractice> {
    let mut tx = app.write().await?;
    let space = spaces::find(&mut tx, &actor, Action::Contribute, call.space).await?;
    let team = spaces::team_for(&actor, &space, call.team)?;
    ready(&mut tx, &call.practice, call.draft).await?;
    let (id, now, author) = (app.id(), app.now(), actor.person().or_missing()?);
    let state = if call.draft { PracticeState::Draft } else { PracticeState::Published };
    store::insert(&mut tx, id, call.space, team, author, state, &call.practice, now).await?;
    let page = page(&mut tx, &actor, id).await?;
    app.commit(tx, &page).await?;
    app.search.touch(FoundKind::Practice, id.uuid());
    Ok(page)
}

pub async fn edit(app: App, actor: Actor, call: EditPractice) -> Answer<EditPractice> {
    let mut tx = app.write().await?;
    let (row, _) = find(&mut tx, &actor, Action::EditItem, call.id).await?;
    let was_draft = row.state != PracticeState::Published;
    if call.draft && !was_draft {
        return Err(Code::PracticeState.into());
    }
    if was_draft && !call.draft {
        moderation::shown(&mut tx, ItemKind::Practice, call.id.uuid()).await?;
    }
    ready(&mut tx, &call.practice, call.draft).await?;
    let publishes = was_draft && !call.draft;
    save(&mut tx, &actor, &row, &call, publishes, app.now()).await?;
    let page = page(&mut tx, &actor, call.id).await?;
    app.commit(tx, &page).await?;
    app.search.touch(FoundKind::Practice, call.id.uuid());
    Ok(page)
}

/// Changes the text, and keeps both texts of what others have read.
async fn save(
    tx: &mut db::Tx,
    actor: &Actor,
    row: &store::Row,
    call: &EditPractice,
    publishes: bool,
    now: Timestamp,
) -> Result<(), Fault> {
    store::update(tx, call.id, call.version, &call.practice, publishes, now).await?.changed()?;
    let former = row.text()?;
    if row.state == PracticeState::Published && former != call.practice {
        let of = (Kind::Practice, call.id.uuid(), row.team);
        versions::keep(tx, actor, of, &former, (call.version + 1, &call.practice), now).await?;
    }
    Ok(())
}

pub async fn list_versions(app: App, actor: Actor, call: ListPracticeVersions) -> Answer<ListPracticeVersions> {
    let mut tx = app.read().await?;
    find(&mut tx, &actor, Action::SeeItem, call.practice).await?;
    versions::list(&mut tx, Kind::Practice, call.practice.uuid()).await
}

pub async fn restore(app: App, actor: Actor, call: RestorePractice) -> Answer<RestorePractice> {
    let mut tx = app.read().await?;
    let (row, _) = find(&mut tx, &actor, Action::EditItem, call.practice).await?;
    // What others do not see is not shown to them by this.
    let draft = row.state != PracticeState::Published;
    let practice = versions::text(&mut tx, Kind::Practice, call.practice.uuid(), call.number).await?;
    drop(tx);
    edit(app, actor, EditPractice { id: call.practice, version: call.version, draft, practice }).await
}

pub async fn withdraw(app: App, actor: Actor, call: WithdrawPractice) -> Answer<WithdrawPractice> {
    let mut tx = app.write().await?;
    find(&mut tx, &actor, Action::WithdrawItem, call.practice).await?;
    store::withdraw(&mut tx, call.practice, call.version, app.now()).await?.changed()?;
    let page = page(&mut tx, &actor, call.practice).await?;
    app.commit(tx, &page).await?;
    app.search.touch(FoundKind::Practice, call.practice.uuid());
    Ok(page)
}

async fn ready(tx: &mut db::Tx, text: &PracticeText, draft: bool) -> Result<(), Fault> {
    if !draft {
        text.ready_to_publish().map_err(|refusals| refusals.under("practice"))?;
    }
    if problems::store::count_topics(tx, &text.topics).await? < text.topics.len() as i64 {
        return Err(Refusal::of(Code::FieldWrong).at("practice.topics").into());
    }
    Ok(())
}
