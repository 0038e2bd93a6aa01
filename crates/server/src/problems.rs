//! Problems: drafts, posting, responses, and the history of their status.

pub(crate) mod discard;
pub(crate) mod merge;
pub mod pages;
pub(crate) mod respond;
pub(crate) mod same;
pub mod store;

use model::{
    access::{Action, Actor, Facts, ItemFacts, may},
    files::FileOf,
    ids::{ItemId, ProblemId},
    moderation::ItemKind,
    problems::*,
    refusal::{Code, Refusal},
    search::FoundKind,
    sorting::{Order, sort_key},
    versions::{ListProblemVersions, RestoreProblem},
};

use crate::{
    app::App,
    cursor,
    doors::Routes,
    error::{Answer, Fault, OrMissing},
    files, moderation, spaces,
    teams::Changed,
    versions::{self, Kind},
};

pub fn routes() -> Routes {
    Routes::new()
        .call(list_topics)
        .call(list)
        .call(read)
        .call(post)
        .call(edit)
        .call(set_state)
        .call(respond::respond)
        .call(respond::withdraw)
        .call(list_versions)
        .call(restore)
        .call(same::say)
        .call(merge::merge)
        .call(discard::discard)
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

/// Problems of one page of a list.
const PAGE: i64 = 20;

pub async fn list_topics(app: App, _: Actor, _: ListTopics) -> Answer<ListTopics> {
    Ok(store::list_topics(&mut app.read().await?).await?)
}

pub async fn list(app: App, actor: Actor, call: ListProblems) -> Answer<ListProblems> {
    let filter = format!("problems {:?}", ListProblems { cursor: None, ..call.clone() });
    let mut tx = app.read().await?;
    let visible = spaces::store::visible(&mut tx, &actor).await?;
    let page = PAGE as usize;
    let (items, next) = match call.sort {
        Order::Newest => {
            let after = cursor::read(call.cursor.as_deref(), &filter)?;
            let mut items = store::list(&mut tx, &visible, &call, after, PAGE + 1).await?;
            let next = cursor::next(&mut items, page, &filter, |card| (card.posted_at, card.id.to_string()));
            (items, next)
        }
        Order::Title => {
            let after = cursor::read(call.cursor.as_deref(), &filter)?;
            let mut items = store::list_titled(&mut tx, &visible, &call, after, PAGE + 1).await?;
            let next = cursor::next(&mut items, page, &filter, |card| (sort_key(&card.title), card.id.to_string()));
            (items, next)
        }
    };
    Ok(model::endpoint::Page { items, next })
}

/// The problem with its facts, once `may` allowed the action on it. Of a merged one it is the one it was merged into, for those who
/// read it or have something to say; what else is asked of a merged one is refused with `problem.merged`.
pub(crate) async fn find(
    tx: &mut db::Tx,
    actor: &Actor,
    action: Action,
    problem: ProblemId,
) -> Result<(store::Row, Facts), Fault> {
    let mut row = store::find(tx, problem).await?.or_missing()?;
    let merged = row.merged_into;
    if let Some(into) = merged {
        row = store::find(tx, into).await?.or_missing()?;
    }
    let space = spaces::store::facts(tx, row.space).await?.or_missing()?;
    let draft = row.state == ProblemState::Draft;
    let facts = Facts::Item(ItemFacts { space, team: row.team, author: row.author, draft });
    may(actor, action, &facts)?;
    match merged {
        Some(into) if !matches!(action, Action::SeeItem | Action::Respond | Action::SameProblem) => {
            Err(Refusal::of(Code::ProblemMerged).fact("into", into).into())
        }
        _ => Ok((row, facts)),
    }
}

pub async fn read(app: App, actor: Actor, call: ReadProblem) -> Answer<ReadProblem> {
    let mut tx = app.read().await?;
    page(&mut tx, &actor, call.problem).await
}

async fn page(tx: &mut db::Tx, actor: &Actor, problem: ProblemId) -> Result<ProblemPage, Fault> {
    let (row, facts) = find(tx, actor, Action::SeeItem, problem).await?;
    let problem = row.id;
    Ok(ProblemPage {
        card: store::card(tx, problem).await?.or_missing()?,
        text: row.text()?,
        topics: store::topics_of(tx, problem).await?,
        author: row.author_name,
        team: row.team,
        same: same::list(tx, actor, problem).await?,
        responses: respond::list(tx, actor, problem, &facts).await?,
        files: files::store::list(tx, FileOf::Problem, ItemId::from_uuid(problem.uuid())).await?,
        archived: matches!(&facts, Facts::Item(item) if item.space.archived),
        history: store::list_states(tx, problem).await?,
        may_edit: may(actor, Action::EditItem, &facts).is_ok(),
        may_respond: may(actor, Action::Respond, &facts).is_ok(),
        may_merge: may(actor, Action::MergeItem, &facts).is_ok(),
        may_discard: may(actor, Action::DiscardDraft, &facts).is_ok(),
        may_same: may(actor, Action::SameProblem, &facts).is_ok(),
        version: row.version,
    })
}

pub async fn post(app: App, actor: Actor, call: PostProblem) -> Answer<PostProblem> {
    let mut tx = app.write().await?;
    let space = spaces::find(&mut tx, &actor, Action::Contribute, call.space).await?;
    let team = spaces::team_for(&actor, &space, call.team)?;
    if !call.draft {
        call.problem.ready_to_post().map_err(|refusals| refusals.under("problem"))?;
    }
    known_topics(&mut tx, &call.problem).await?;
    let (id, now, author) = (app.id(), app.now(), actor.person().or_missing()?);
    let state = if call.draft { ProblemState::Draft } else { ProblemState::Posted };
    store::insert(&mut tx, id, call.space, team, author, state, &call.problem, now).await?;
    store::replace_topics(&mut tx, id, &call.problem.topics).await?;
    store::insert_state(&mut tx, id, state, author, None, now).await?;
    let page = page(&mut tx, &actor, id).await?;
    app.commit(tx, &page).await?;
    app.search.touch(FoundKind::Problem, id.uuid());
    Ok(page)
}

pub async fn edit(app: App, actor: Actor, call: EditProblem) -> Answer<EditProblem> {
    let mut tx = app.write().await?;
    let (row, _) = find(&mut tx, &actor, Action::EditItem, call.id).await?;
    let was_draft = row.state == ProblemState::Draft;
    if was_draft && !call.draft {
        moderation::shown(&mut tx, ItemKind::Problem, call.id.uuid()).await?;
    }
    if call.draft && !was_draft {
        return Err(Code::ProblemState.into());
    }
    if !call.draft {
        call.problem.ready_to_post().map_err(|refusals| refusals.under("problem"))?;
    }
    known_topics(&mut tx, &call.problem).await?;
    let (now, author) = (app.now(), actor.person().or_missing()?);
    let posts = was_draft && !call.draft;
    let former = row.text()?;
    store::update(&mut tx, call.id, call.version, &call.problem, posts, now).await?.changed()?;
    if !was_draft && former != call.problem {
        let of = (Kind::Problem, call.id.uuid(), row.team);
        versions::keep(&mut tx, &actor, of, &former, (call.version + 1, &call.problem), now).await?;
    }
    store::replace_topics(&mut tx, call.id, &call.problem.topics).await?;
    if posts {
        store::insert_state(&mut tx, call.id, ProblemState::Posted, author, None, now).await?;
    }
    let page = page(&mut tx, &actor, call.id).await?;
    app.commit(tx, &page).await?;
    app.search.touch(FoundKind::Problem, call.id.uuid());
    Ok(page)
}

pub async fn list_versions(app: App, actor: Actor, call: ListProblemVersions) -> Answer<ListProblemVersions> {
    let mut tx = app.read().await?;
    let (row, _) = find(&mut tx, &actor, Action::SeeItem, call.problem).await?;
    versions::list(&mut tx, Kind::Problem, row.id.uuid()).await
}

pub async fn restore(app: App, actor: Actor, call: RestoreProblem) -> Answer<RestoreProblem> {
    let mut tx = app.read().await?;
    let (row, _) = find(&mut tx, &actor, Action::EditItem, call.problem).await?;
    // What others do not see is not shown to them by this.
    let draft = row.state == ProblemState::Draft;
    let problem = versions::text(&mut tx, Kind::Problem, call.problem.uuid(), call.number).await?;
    drop(tx);
    edit(app, actor, EditProblem { id: call.problem, version: call.version, draft, problem }).await
}

pub async fn set_state(app: App, actor: Actor, call: SetProblemState) -> Answer<SetProblemState> {
    let mut tx = app.write().await?;
    let (row, _) = find(&mut tx, &actor, Action::EditItem, call.problem).await?;
    if !row.state.may_become(call.state) {
        return Err(Refusal::of(Code::ProblemState).at("state").into());
    }
    if row.state == ProblemState::Draft {
        moderation::shown(&mut tx, ItemKind::Problem, call.problem.uuid()).await?;
        row.text()?.ready_to_post().map_err(|refusals| refusals.under("problem"))?;
    }
    let (now, author) = (app.now(), actor.person().or_missing()?);
    store::update_state(&mut tx, call.problem, row.version, call.state, now).await?.changed()?;
    store::insert_state(&mut tx, call.problem, call.state, author, call.note.as_deref(), now).await?;
    let page = page(&mut tx, &actor, call.problem).await?;
    app.commit(tx, &page).await?;
    app.search.touch(FoundKind::Problem, call.problem.uuid());
    Ok(page)
}

async fn known_topics(tx: &mut db::Tx, text: &ProblemText) -> Result<(), Fault> {
    if store::count_topics(tx, &text.topics).await? < text.topics.len() as i64 {
        return Err(Refusal::of(Code::FieldWrong).at("problem.topics").into());
    }
    Ok(())
}
