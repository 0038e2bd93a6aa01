//! Throwing a draft away.

pub mod store;

use model::{
    access::{Action, Actor},
    files::FileOf,
    ids::ItemId,
    moderation::ItemKind,
    problems::{DiscardDraft, DiscardedDraft},
    search::FoundKind,
};

use super::{find, store as problems};
use crate::{app::App, error::Answer, files, moderation, teams::Changed};

pub async fn discard(app: App, actor: Actor, call: DiscardDraft) -> Answer<DiscardDraft> {
    let mut tx = app.write().await?;
    let (row, _) = find(&mut tx, &actor, Action::DiscardDraft, call.problem).await?;
    let item = ItemId::from_uuid(row.id.uuid());
    // What was posted and is hidden has been read and answered: its moderators and its author still decide on it.
    moderation::shown(&mut tx, ItemKind::Problem, row.id.uuid()).await?;
    // First its version, so that whoever writes into it meanwhile is not thrown away unread.
    problems::update_state(&mut tx, row.id, call.version, row.state, app.now()).await?.changed()?;
    moderation::store::settle_all(&mut tx, ItemKind::Problem, item, app.now()).await?;
    let objects = files::store::delete_all(&mut tx, FileOf::Problem, item).await?;
    store::delete_draft(&mut tx, row.id).await?;
    let gone = DiscardedDraft { space: row.space };
    app.commit(tx, &gone).await?;
    app.files.drop_objects(&objects).await;
    app.search.touch(FoundKind::Problem, row.id.uuid());
    Ok(gone)
}
