//! Municipalities, kinds of institution and schools.

pub mod store;

use model::{
    access::{Action, Actor, Facts, may},
    schools::*,
};

use crate::{
    app::App,
    audit,
    doors::Routes,
    error::{Answer, Fault, OrMissing},
    networks, redactions,
    teams::Changed,
};
use model::{
    access::SchoolFacts,
    keys::{Named, key_of},
    refusal::{Code, Refusal},
};

pub fn routes() -> Routes {
    Routes::new()
        .call(list_municipalities)
        .call(list_kinds)
        .call(add_kind)
        .call(edit_kind)
        .call(list)
        .call(create)
        .call(edit)
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
    networks::whole(&mut tx, call.network).await?;
    if !store::has_kind(&mut tx, &call.kind).await? {
        return Err(Refusal::of(Code::FieldWrong).at("kind").into());
    }
    let id = app.id();
    store::insert(&mut tx, id, &call, app.now()).await?;
    audit::append(&mut tx, actor.person(), "school.created", &id.to_string(), app.now()).await?;
    let school = store::find(&mut tx, id).await?.or_missing()?;
    app.commit(tx, &school).await?;
    Ok(school)
}

/// # Errors
/// `field.wrong` at `school` when there is none with that id.
pub async fn known(tx: &mut db::Tx, id: model::ids::SchoolId) -> Result<School, Fault> {
    store::find(tx, id).await?.ok_or_else(|| Refusal::of(Code::FieldWrong).at("school").into())
}

/// The school, once `may` allowed to change it.
pub async fn to_edit(tx: &mut db::Tx, actor: &Actor, school: model::ids::SchoolId) -> Result<School, Fault> {
    let found = store::find(tx, school).await?;
    let networks = store::list_networks(tx, school).await?;
    may(actor, Action::EditSchool, &Facts::School(SchoolFacts { networks }))?;
    found.or_missing()
}

/// Teams, problems and practices are found by the name of their school.
pub async fn touch(app: &App, school: uuid::Uuid) -> Result<(), Fault> {
    let found = redactions::store::found_by_school(&mut app.read().await?, school).await?;
    found.into_iter().for_each(|(kind, id)| app.search.touch(kind, id));
    Ok(())
}

pub async fn edit(app: App, actor: Actor, call: EditSchool) -> Answer<EditSchool> {
    let mut tx = app.write().await?;
    let former = to_edit(&mut tx, &actor, call.school).await?;
    if !store::has_kind(&mut tx, &call.kind).await? {
        return Err(Refusal::of(Code::FieldWrong).at("kind").into());
    }
    store::update(&mut tx, &call).await?.changed()?;
    audit::append(&mut tx, actor.person(), "school.edited", &call.school.to_string(), app.now()).await?;
    let school = store::find(&mut tx, call.school).await?.or_missing()?;
    let mut found = Vec::new();
    if school.size != former.size {
        store::update_practices(&mut tx, call.school).await?;
        found = store::list_sized(&mut tx, call.school).await?;
    }
    app.commit(tx, &school).await?;
    found.into_iter().for_each(|(kind, id)| app.search.touch(kind, id));
    touch(&app, call.school.uuid()).await?;
    Ok(school)
}

pub async fn add_kind(app: App, actor: Actor, call: AddInstitutionKind) -> Answer<AddInstitutionKind> {
    let mut tx = app.write().await?;
    for nth in 1.. {
        let key = key_of(&call.lt, nth);
        if store::insert_kind(&mut tx, &key, &call.lt, &call.en).await? == 1 {
            audit::append(&mut tx, actor.person(), "institution_kind.added", &key, app.now()).await?;
            let key = key.parse().map_err(anyhow::Error::msg)?;
            let kind = Named { key, lt: call.lt.into_string(), en: call.en.into_string() };
            app.commit(tx, &kind).await?;
            return Ok(kind);
        }
    }
    unreachable!("some number is free")
}

pub async fn edit_kind(app: App, actor: Actor, call: EditInstitutionKind) -> Answer<EditInstitutionKind> {
    let mut tx = app.write().await?;
    if store::update_kind(&mut tx, &call.kind, &call.lt, &call.en).await? == 0 {
        return Err(Fault::missing());
    }
    audit::append(&mut tx, actor.person(), "institution_kind.edited", call.kind.as_str(), app.now()).await?;
    let kind = Named { key: call.kind, lt: call.lt.into_string(), en: call.en.into_string() };
    app.commit(tx, &kind).await?;
    Ok(kind)
}
