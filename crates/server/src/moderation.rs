//! Reports, hiding in place, appeals. A hidden problem or practice is a draft again, which lists, counts and search leave out as
//! they do every draft; a response is taken out and kept, a message deleted from its session and kept.

pub mod pages;
pub mod store;
pub(crate) mod subject;

use model::{
    access::{Action, Actor, Facts, may},
    endpoint::Done,
    ids::*,
    live::Event,
    moderation::*,
    refusal::{Code, Refusal},
    search::FoundKind,
};

use crate::{
    app::App,
    audit,
    doors::Routes,
    error::{Answer, Fault, OrMissing},
    live::append,
    spaces,
};

use subject::Subject;

pub fn routes() -> Routes {
    Routes::new()
        .call(report)
        .call(read)
        .call(dismiss)
        .call(hide)
        .call(appeal)
        .call(decide)
        .call(list_own)
        .merge(pages::routes())
}

pub async fn report(app: App, actor: Actor, mut call: ReportItem) -> Answer<ReportItem> {
    may(&actor, Action::OwnAccount, &Facts::Site)?;
    let mut tx = app.write().await?;
    call.item = subject::read_at(&mut tx, call.kind, call.item).await?;
    let subject = subject::seen(&mut tx, &actor, call.kind, call.item, call.session).await?;
    let space = spaces::store::facts(&mut tx, subject.space).await?.or_missing()?;
    may(&actor, Action::Report, &Facts::Space(space))?;
    let person = actor.person().or_missing()?;
    store::upsert_report(&mut tx, app.id(), &call, subject.space, person, app.now()).await?;
    app.commit(tx, &Done {}).await?;
    Ok(Done {})
}

pub async fn read(app: App, actor: Actor, _: ReadModeration) -> Answer<ReadModeration> {
    may(&actor, Action::Moderate, &Facts::Site)?;
    let mut tx = app.read().await?;
    let spaces = moderated(&mut tx, &actor).await?;
    let mut reports = Vec::new();
    for row in store::list_reports(&mut tx, &spaces).await? {
        // Its author may have taken it away meanwhile, or another moderator hidden it: then there is nothing to decide.
        let found = subject::find(&mut tx, row.kind, row.item, row.session).await?;
        if let Some(subject) = found.filter(|subject| !subject.draft) {
            let author = store::name(&mut tx, subject.author).await?.unwrap_or_default();
            reports.push(row.shown(subject, author));
        }
    }
    let hidden = store::list_hidden(&mut tx, &spaces).await?;
    Ok(ModerationPage { reports, hidden })
}

/// The spaces that the actor moderates.
async fn moderated(tx: &mut db::Tx, actor: &Actor) -> Result<Vec<SpaceId>, Fault> {
    let mut mine = Vec::new();
    for space in spaces::store::visible(tx, actor).await? {
        let facts = spaces::store::facts(tx, space).await?;
        if facts.is_some_and(|facts| may(actor, Action::Moderate, &Facts::Space(facts)).is_ok()) {
            mine.push(space);
        }
    }
    Ok(mine)
}

async fn may_moderate(tx: &mut db::Tx, actor: &Actor, space: SpaceId) -> Result<(), Fault> {
    let facts = spaces::store::facts(tx, space).await?.or_missing()?;
    Ok(may(actor, Action::Moderate, &Facts::Space(facts))?)
}

pub async fn dismiss(app: App, actor: Actor, call: DismissReport) -> Answer<DismissReport> {
    may(&actor, Action::Moderate, &Facts::Site)?;
    let mut tx = app.write().await?;
    let space = store::find_report(&mut tx, call.report).await?.or_missing()?;
    may_moderate(&mut tx, &actor, space).await?;
    store::settle(&mut tx, call.report, app.now()).await?;
    audit::append(&mut tx, actor.person(), "report.dismissed", &call.report.to_string(), app.now()).await?;
    app.commit(tx, &Done {}).await?;
    Ok(Done {})
}

pub async fn hide(app: App, actor: Actor, call: HideItem) -> Answer<HideItem> {
    may(&actor, Action::Moderate, &Facts::Site)?;
    let mut tx = app.write().await?;
    let subject = subject::find(&mut tx, call.kind, call.item, call.session).await?.or_missing()?;
    may_moderate(&mut tx, &actor, subject.space).await?;
    if store::find_hiding_of(&mut tx, call.kind, call.item).await?.is_some() {
        return Err(Code::Hidden.into());
    }
    // A draft is nobody's business but its writers'.
    if subject.draft {
        return Err(Fault::missing());
    }
    let (id, now, me) = (app.id::<HidingId>(), app.now(), actor.person().or_missing()?);
    store::insert_hiding(&mut tx, id, &call, &subject, me, now).await?;
    store::settle_all(&mut tx, call.kind, call.item, now).await?;
    take_out(&app, &mut tx, &call, me).await?;
    audit::append(&mut tx, Some(me), "item.hidden", &format!("{id} {}", call.item), now).await?;
    app.commit(tx, &Done {}).await?;
    told(&app, call.kind, call.item, call.session);
    Ok(Done {})
}

async fn take_out(app: &App, tx: &mut db::Tx, call: &HideItem, by: PersonId) -> Result<(), Fault> {
    match call.kind {
        ItemKind::Problem => store::set_problem_state(tx, call.item, "draft", app.now()).await?,
        ItemKind::Practice => store::set_practice_state(tx, call.item, "draft", app.now()).await?,
        ItemKind::Response => store::delete_response(tx, call.item).await?,
        ItemKind::Message => {
            let message = MessageId::from_uuid(call.item.uuid());
            let session = call.session.or_missing()?;
            append(tx, session, Some(by), app.id(), &[Event::Deleted { message, by }], app.now()).await?;
            1
        }
    };
    Ok(())
}

/// Whatever keeps a copy hears of it.
fn told(app: &App, kind: ItemKind, item: ItemId, session: Option<SessionId>) {
    match kind {
        ItemKind::Problem => app.search.touch(FoundKind::Problem, item.uuid()),
        ItemKind::Practice => app.search.touch(FoundKind::Practice, item.uuid()),
        ItemKind::Response => {}
        ItemKind::Message => session.into_iter().for_each(|session| app.rooms.wake(session)),
    }
}

pub async fn appeal(app: App, actor: Actor, call: AppealHiding) -> Answer<AppealHiding> {
    let me = actor.person().or_missing()?;
    let mut tx = app.write().await?;
    let hiding = store::find_hiding(&mut tx, call.hiding).await?.filter(|hiding| hiding.author == me).or_missing()?;
    if hiding.appealed_at.is_some() {
        return Err(Code::HiddenAppealed.into());
    }
    store::appeal(&mut tx, call.hiding, &call.appeal, app.now()).await?;
    app.commit(tx, &Done {}).await?;
    Ok(Done {})
}

pub async fn decide(app: App, actor: Actor, call: DecideHiding) -> Answer<DecideHiding> {
    may(&actor, Action::Moderate, &Facts::Site)?;
    let mut tx = app.write().await?;
    let hiding = store::find_hiding(&mut tx, call.hiding).await?.or_missing()?;
    may_moderate(&mut tx, &actor, hiding.space).await?;
    let now = app.now();
    if !call.show {
        let answer = call.answer.as_deref().ok_or_else(|| Refusal::of(Code::FieldNeeded).at("answer"))?;
        store::answer(&mut tx, call.hiding, answer).await?;
        audit::append(&mut tx, actor.person(), "item.kept_hidden", &call.hiding.to_string(), now).await?;
        app.commit(tx, &Done {}).await?;
        return Ok(Done {});
    }
    put_back(&app, &mut tx, &hiding, actor.person()).await?;
    store::end(&mut tx, call.hiding, now).await?;
    audit::append(&mut tx, actor.person(), "item.shown", &call.hiding.to_string(), now).await?;
    app.commit(tx, &Done {}).await?;
    told(&app, hiding.kind, hiding.item, hiding.session);
    Ok(Done {})
}

async fn put_back(app: &App, tx: &mut db::Tx, hiding: &store::Hiding, by: Option<PersonId>) -> Result<(), Fault> {
    let now = app.now();
    match hiding.kind {
        ItemKind::Problem => store::set_problem_state(tx, hiding.item, hiding.kept(), now).await?,
        ItemKind::Practice => store::set_practice_state(tx, hiding.item, hiding.kept(), now).await?,
        ItemKind::Response => store::restore_response(tx, hiding).await?,
        ItemKind::Message => {
            let message = MessageId::from_uuid(hiding.item.uuid());
            let back = Event::Edited { message, at: now, text: Some(hiding.text.clone()) };
            append(tx, hiding.session.or_missing()?, by, app.id(), &[back], now).await?;
            1
        }
    };
    Ok(())
}

pub async fn list_own(app: App, actor: Actor, _: ListOwnHidden) -> Answer<ListOwnHidden> {
    let me = actor.person().or_missing()?;
    let mut own = store::list_own(&mut app.read().await?, me).await?;
    // Whoever hid it speaks for the network, not for themselves.
    own.iter_mut().for_each(|hiding| hiding.by = None);
    Ok(own)
}

/// # Errors
/// `hidden` while moderators keep the item hidden: its writers do not show it again by themselves.
pub async fn shown(tx: &mut db::Tx, kind: ItemKind, item: uuid::Uuid) -> Result<(), Fault> {
    match store::find_hiding_of(tx, kind, ItemId::from_uuid(item)).await? {
        Some(_) => Err(Code::Hidden.into()),
        None => Ok(()),
    }
}
