//! Minutes of closed sessions: drafted from the events, edited, signed, added to, and taken away.
//!
//! What nobody has edited has no row: it is drafted anew each time it is read (docs/decisions/0012-minutes.md).

mod draft;
mod files;
mod pages;
mod paper;
pub mod redact;
mod store;

use model::{
    access::{Action, Actor, Facts, may},
    ids::*,
    minutes::*,
    refusal::{Code, Refusal},
    sessions::SessionState,
};
use text::{Lang, minutes as t, time};

use crate::{
    app::App,
    audit,
    auth::digest,
    doors::Routes,
    error::{Answer, Fault, OrMissing},
    sessions,
    teams::Changed,
};

pub use files::markdown;

pub fn routes() -> Routes {
    Routes::new().call(read).call(edit).call(remake).call(sign).call(add).merge(files::routes()).merge(pages::routes())
}

/// Schools keep their minutes in Lithuanian, whoever reads them.
pub const LANG: Lang = Lang::Lt;

pub fn hash(minutes: &Minutes) -> String {
    digest(&minutes.markdown())
}

/// The session with its facts, once it is closed and `may` allowed the action on it.
async fn find(tx: &mut db::Tx, actor: &Actor, action: Action, session: SessionId) -> Result<Facts, Fault> {
    let (row, facts) = sessions::find(tx, actor, action, session).await?;
    if row.state != SessionState::Closed {
        return Err(Code::SessionState.into());
    }
    Ok(facts)
}

pub async fn read(app: App, actor: Actor, call: ReadMinutes) -> Answer<ReadMinutes> {
    page(&app, &mut app.read().await?, &actor, call.session).await
}

async fn page(app: &App, tx: &mut db::Tx, actor: &Actor, session: SessionId) -> Result<MinutesPage, Fault> {
    let facts = find(tx, actor, Action::ReadRecord, session).await?;
    let may_keep = may(actor, Action::KeepMinutes, &facts).is_ok();
    let former = match may_keep {
        true => store::list_former(tx, session).await?,
        false => Vec::new(),
    };
    let card = sessions::store::card(tx, session).await?.or_missing()?;
    let Some(row) = store::find(tx, session).await? else {
        let minutes = draft::make(app, tx, session).await?;
        let hash = hash(&minutes);
        let state = MinutesState::Draft;
        let (edited, signature, addenda) = (None, None, Vec::new());
        return Ok(MinutesPage { card, state, minutes, hash, edited, signature, addenda, former, may_keep });
    };
    let signature = match (row.signed_by, row.signed_at, row.signed_hash) {
        (Some(by), Some(at), Some(hash)) => Some(Signature { by, at, hash, redacted_at: row.redacted_at }),
        _ => None,
    };
    Ok(MinutesPage {
        card,
        state: if signature.is_some() { MinutesState::Signed } else { MinutesState::Edited },
        minutes: row.body,
        hash: row.hash,
        edited: Some((row.edited_by, row.edited_at)),
        signature,
        addenda: store::list_addenda(tx, session).await?,
        former,
        may_keep,
    })
}

/// What stands now, once it is known that the actor may change it and has read it.
async fn changeable(
    app: &App,
    tx: &mut db::Tx,
    actor: &Actor,
    session: SessionId,
    read: &str,
) -> Result<MinutesPage, Fault> {
    find(tx, actor, Action::KeepMinutes, session).await?;
    let now = page(app, tx, actor, session).await?;
    if now.state == MinutesState::Signed {
        return Err(Code::MinutesSigned.into());
    }
    if now.hash != read {
        return Err(Code::Changed.into());
    }
    Ok(now)
}

pub async fn edit(app: App, actor: Actor, call: EditMinutes) -> Answer<EditMinutes> {
    let (session, read) = (call.session, call.hash.as_str());
    let mut tx = app.write().await?;
    let before = changeable(&app, &mut tx, &actor, session, read).await?;
    let (me, now) = (actor.person().or_missing()?, app.now());
    let minutes =
        Minutes { sections: draft::sections(|kind| call.minutes.of(kind).map(str::to_owned)), ..before.minutes };
    let hash = hash(&minutes);
    let done = match before.state {
        MinutesState::Draft => store::insert(&mut tx, session, &minutes, &hash, me, now).await?,
        _ => store::update(&mut tx, session, read, &minutes, &hash, me, now).await?,
    };
    done.changed()?;
    let page = page(&app, &mut tx, &actor, session).await?;
    app.commit(tx, &page).await?;
    Ok(page)
}

pub async fn remake(app: App, actor: Actor, call: RemakeMinutes) -> Answer<RemakeMinutes> {
    let (session, read) = (call.session, call.hash.as_str());
    let mut tx = app.write().await?;
    let before = changeable(&app, &mut tx, &actor, session, read).await?;
    if before.state == MinutesState::Edited {
        let me = actor.person().or_missing()?;
        store::delete(&mut tx, session, read).await?.changed()?;
        store::keep_former(&mut tx, session, &before.minutes, me, app.now()).await?;
    }
    let page = page(&app, &mut tx, &actor, session).await?;
    app.commit(tx, &page).await?;
    Ok(page)
}

pub async fn sign(app: App, actor: Actor, call: SignMinutes) -> Answer<SignMinutes> {
    let (session, read) = (call.session, call.hash.as_str());
    let mut tx = app.write().await?;
    let before = changeable(&app, &mut tx, &actor, session, read).await?;
    let (me, now) = (actor.person().or_missing()?, app.now());
    if before.state == MinutesState::Draft {
        store::insert(&mut tx, session, &before.minutes, read, me, now).await?.changed()?;
    }
    store::sign(&mut tx, session, read, me, now).await?.changed()?;
    audit::append(&mut tx, Some(me), "minutes.signed", &session.to_string(), now).await?;
    let page = page(&app, &mut tx, &actor, session).await?;
    app.commit(tx, &page).await?;
    Ok(page)
}

pub async fn add(app: App, actor: Actor, call: AddToMinutes) -> Answer<AddToMinutes> {
    let session = call.session;
    let mut tx = app.write().await?;
    find(&mut tx, &actor, Action::KeepMinutes, session).await?;
    let row = store::find(&mut tx, session).await?.filter(|row| row.signed_at.is_some());
    row.ok_or(Code::MinutesUnsigned)?;
    let number = store::count_addenda(&mut tx, session).await? + 1;
    if number > ADDENDA_MAX as i64 {
        return Err(Refusal::of(Code::ListLong).at("text").fact("limit", ADDENDA_MAX).into());
    }
    let (me, now) = (actor.person().or_missing()?, app.now());
    let title = t::addendum(LANG, number, time::date_time(now.ms()));
    let hash = digest(&Addendum::markdown(&title, &call.text));
    store::insert_addendum(&mut tx, session, (number, &call.text), &hash, me, now).await?;
    audit::append(&mut tx, Some(me), "minutes.added", &session.to_string(), now).await?;
    let page = page(&app, &mut tx, &actor, session).await?;
    app.commit(tx, &page).await?;
    Ok(page)
}
