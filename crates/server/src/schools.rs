//! Municipalities, kinds of institution and schools.

pub mod store;

use model::{
    access::{Action, Actor, Facts, may},
    schools::*,
};

use crate::{
    app::App,
    doors::Routes,
    error::{Answer, Fault, OrMissing},
};
use model::refusal::{Code, Refusal};

pub fn routes() -> Routes {
    Routes::new().call(list_municipalities).call(list_kinds).call(list).call(create)
}

pub async fn list_municipalities(app: App, _: Actor, _: ListMunicipalities) -> Answer<ListMunicipalities> {
    Ok(store::list_municipalities(&mut app.read().await?).await?)
}

pub async fn list_kinds(app: App, _: Actor, _: ListInstitutionKinds) -> Answer<ListInstitutionKinds> {
    Ok(store::list_kinds(&mut app.read().await?).await?)
}

pub async fn list(app: App, _: Actor, call: ListSchools) -> Answer<ListSchools> {
    Ok(store::list(&mut app.read().await?, call.municipality).await?)
}

pub async fn create(app: App, actor: Actor, call: CreateSchool) -> Answer<CreateSchool> {
    may(&actor, Action::Coordinate, &Facts::Network(call.network))?;
    let mut tx = app.write().await?;
    if !store::has_kind(&mut tx, &call.kind).await? {
        return Err(Refusal::of(Code::FieldWrong).at("kind").into());
    }
    let id = app.id();
    store::insert(&mut tx, id, &call, app.now()).await?;
    let school = store::find(&mut tx, id).await?.or_missing()?;
    app.commit(tx, &school).await?;
    Ok(school)
}

/// # Errors
/// `field.wrong` at `school` when there is none with that id.
pub async fn known(tx: &mut db::Tx, id: model::ids::SchoolId) -> Result<School, Fault> {
    store::find(tx, id).await?.ok_or_else(|| Refusal::of(Code::FieldWrong).at("school").into())
}
