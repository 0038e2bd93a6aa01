//! Files attached to problems and practices. Whoever sees the item sees its files, and whoever may change it attaches and removes them.

mod download;
pub mod inspect;
mod objects;
pub mod receive;
mod scan;
mod settings;
pub mod store;
mod upload;

use model::{
    access::{Action, Actor},
    files::*,
    ids::*,
    refusal::{Code, Refusal},
};
use pages::address;

use crate::{
    app::App,
    doors::{Drawn, Routes, Sent, Visit},
    error::{Answer, Fault, OrMissing},
    practices, problems,
};
use inspect::Kept;

pub use objects::{Files, hold, keep_clean};
pub use scan::Scanner;
pub use settings::Settings;

pub fn routes() -> Routes {
    let to_item = |gone: &RemovedFile, _: &Sent<'_>| item_address(gone.of, gone.item);
    Routes::new()
        .bytes::<AttachToPractice, _, _>(upload::call::<AttachToPractice>)
        .bytes::<AttachToProblem, _, _>(upload::call::<AttachToProblem>)
        .posted(address::template::practice_attach, upload::form::<AttachToPractice>)
        .posted(address::template::problem_attach, upload::form::<AttachToProblem>)
        .call(read)
        .bytes::<DownloadFile, _, _>(download::call)
        .call(remove)
        .file(address::template::file, download::page)
        .file(address::template::file_small, download::small)
        .form(address::template::file_remove, address::template::file_remove, remove, item_page, to_item)
}

fn item_address(of: FileOf, item: ItemId) -> String {
    match of {
        FileOf::Problem => address::problem(ProblemId::from_uuid(item.uuid())),
        FileOf::Practice => address::practice(PracticeId::from_uuid(item.uuid())),
    }
}

/// The page that the file stands on.
async fn item_page(app: App, visit: Visit) -> Drawn {
    let (row, _) = find(&mut app.read().await?, &visit.actor, Action::SeeItem, visit.param("file")?).await?;
    let item = |name: &str| vec![(name.to_owned(), row.item.to_string())];
    match row.kind {
        FileOf::Problem => problems::pages::problem(app, Visit { params: item("problem"), ..visit }).await,
        FileOf::Practice => practices::pages::practice(app, Visit { params: item("practice"), ..visit }).await,
    }
}

/// What a file is attached to, once `may` allowed the action on it.
pub(crate) struct Place {
    pub of: FileOf,
    pub item: ItemId,
    pub space: SpaceId,
}

pub(crate) async fn place(
    tx: &mut db::Tx,
    actor: &Actor,
    action: Action,
    of: FileOf,
    item: ItemId,
) -> Result<Place, Fault> {
    let (item, space) = match of {
        FileOf::Problem => {
            let (row, _) = problems::find(tx, actor, action, ProblemId::from_uuid(item.uuid())).await?;
            (ItemId::from_uuid(row.id.uuid()), row.space)
        }
        FileOf::Practice => {
            let (row, _) = practices::find(tx, actor, action, PracticeId::from_uuid(item.uuid())).await?;
            (item, row.space)
        }
    };
    Ok(Place { of, item, space })
}

/// The file, once `may` allowed the action on what it is attached to.
async fn find(tx: &mut db::Tx, actor: &Actor, action: Action, file: FileId) -> Result<(store::Row, Place), Fault> {
    let row = store::find(tx, file).await?.or_missing()?;
    let place = place(tx, actor, action, row.kind, row.item).await?;
    Ok((row, place))
}

pub async fn read(app: App, actor: Actor, call: ReadFile) -> Answer<ReadFile> {
    let (row, _) = find(&mut app.read().await?, &actor, Action::SeeItem, call.file).await?;
    Ok(shown(row))
}

fn shown(row: store::Row) -> File {
    let store::Row { id, name, media, bytes, sha256, width, height, at, .. } = row;
    File { id, name, media, bytes, sha256, width, height, at }
}

/// # Errors
/// `file.many` and `file.room` when there is no room for `bytes` more; `file.disk` when too little of the disk is free.
async fn room(app: &App, tx: &mut db::Tx, place: &Place, person: PersonId, bytes: u64) -> Result<(), Fault> {
    let limits = &app.files.settings.limits;
    let used = store::usage(tx, place.of, place.item, place.space, person).await?;
    if used.files >= i64::from(limits.files) {
        return Err(Refusal::of(Code::FileMany).at("file").fact("files", limits.files).into());
    }
    for (used, limit) in [(used.item, limits.item), (used.space, limits.space), (used.person, limits.person)] {
        if used.unsigned_abs() + bytes > limit {
            return Err(Refusal::of(Code::FileRoom).at("file").fact("mib", receive::mib(limit)).into());
        }
    }
    if app.files.is_disk_short() { Err(Refusal::of(Code::FileDisk).at("file").into()) } else { Ok(()) }
}

/// Keeps a file that was looked into: first its object, then its row.
async fn attach(app: App, actor: Actor, of: FileOf, item: ItemId, name: String, kept: Kept) -> Result<File, Fault> {
    let pending = app.files.pending().await;
    let object = Files::new_key();
    let saved = async {
        app.files.put_all(&object, &kept).await.map_err(not_stored)?;
        save(&app, &actor, of, item, name, &kept, &object).await
    };
    let saved = saved.await;
    drop(pending);
    if saved.is_err() {
        app.files.drop_objects(std::slice::from_ref(&object)).await;
    }
    saved
}

async fn save(
    app: &App,
    actor: &Actor,
    of: FileOf,
    item: ItemId,
    name: String,
    kept: &Kept,
    object: &str,
) -> Result<File, Fault> {
    let mut tx = app.write().await?;
    // Once more: while it came in, much may have changed.
    let place = place(&mut tx, actor, Action::EditItem, of, item).await?;
    let person = actor.person().or_missing()?;
    room(app, &mut tx, &place, person, kept.bytes).await?;
    let row = kept.row(app.id(), place.of, place.item, name, object.to_owned(), app.now());
    store::insert(&mut tx, &row, place.space, person).await?;
    let file = shown(row);
    app.commit(tx, &file).await?;
    Ok(file)
}

fn not_stored(error: anyhow::Error) -> Fault {
    let full = error.chain().filter_map(|cause| cause.downcast_ref::<std::io::Error>());
    match full.into_iter().any(|error| error.kind() == std::io::ErrorKind::StorageFull) {
        true => Code::DiskFull.into(),
        false => Fault::Failed(error.context("a file cannot be stored")),
    }
}

pub async fn remove(app: App, actor: Actor, call: RemoveFile) -> Answer<RemoveFile> {
    let mut tx = app.write().await?;
    let (_, place) = find(&mut tx, &actor, Action::EditItem, call.file).await?;
    let object = store::delete(&mut tx, call.file).await?;
    let gone = RemovedFile { of: place.of, item: place.item };
    app.commit(tx, &gone).await?;
    app.files.drop_objects(object.as_slice()).await;
    Ok(gone)
}
