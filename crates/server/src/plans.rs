//! Plans by which sessions are planned: ready-made ones, and those that coordinators write.

mod pages;
mod ready;
pub mod store;

use model::{
    access::{Action, Actor, Facts, may},
    endpoint::Done,
    ids::PlanId,
    plans::*,
    refusal::{Code, Refusal},
    sessions::PlannedStep,
};
use text::Lang;

use crate::{
    app::App,
    audit,
    doors::{Door, Routes},
    error::{Answer, Fault, OrMissing},
    teams::Changed,
};

pub fn routes() -> Routes {
    Routes::new().call(list).call(read).call(write).call(change).call(discard).merge(pages::routes())
}

pub async fn list(app: App, door: Door, _: ListPlans) -> Answer<ListPlans> {
    all(&app, door.lang).await
}

/// Those that come with the program first.
pub async fn all(app: &App, lang: Lang) -> Result<Vec<Plan>, Fault> {
    let mut plans = ready::all(lang);
    plans.extend(store::list(&mut app.read().await?).await?);
    Ok(plans)
}

pub async fn read(app: App, door: Door, call: ReadPlan) -> Answer<ReadPlan> {
    one(&app, door.lang, call.plan).await
}

pub async fn one(app: &App, lang: Lang, plan: PlanId) -> Result<Plan, Fault> {
    match ready::find(lang, plan) {
        Some(plan) => Ok(plan),
        None => store::find(&mut app.read().await?, plan).await?.or_missing(),
    }
}

pub async fn write(app: App, actor: Actor, call: WritePlan) -> Answer<WritePlan> {
    may(&actor, Action::Coordinate, &Facts::Network(call.network))?;
    stepped(&call.steps)?;
    let mut tx = app.write().await?;
    if store::count(&mut tx, call.network).await? >= PLANS_MAX {
        return Err(Refusal::of(Code::TooMany).fact("limit", PLANS_MAX).into());
    }
    let (id, at) = (app.id(), app.now());
    let about = call.about.as_deref().unwrap_or_default();
    let new = store::New { id, network: call.network, title: &call.title, about, steps: &call.steps, at };
    store::insert(&mut tx, &new).await?;
    audit::append(&mut tx, actor.person(), "plan.written", &id.to_string(), at).await?;
    let plan = store::find(&mut tx, id).await?.or_missing()?;
    app.commit(tx, &plan).await?;
    Ok(plan)
}

pub async fn change(app: App, actor: Actor, call: ChangePlan) -> Answer<ChangePlan> {
    let mut tx = app.write().await?;
    kept(&mut tx, &actor, call.plan).await?;
    stepped(&call.steps)?;
    let words = (call.title.as_str(), call.about.as_deref().unwrap_or_default());
    store::update(&mut tx, call.plan, call.version, words, &call.steps, app.now()).await?.changed()?;
    audit::append(&mut tx, actor.person(), "plan.changed", &call.plan.to_string(), app.now()).await?;
    let plan = store::find(&mut tx, call.plan).await?.or_missing()?;
    app.commit(tx, &plan).await?;
    Ok(plan)
}

pub async fn discard(app: App, actor: Actor, call: DropPlan) -> Answer<DropPlan> {
    let mut tx = app.write().await?;
    kept(&mut tx, &actor, call.plan).await?;
    store::delete(&mut tx, call.plan, call.version).await?.changed()?;
    audit::append(&mut tx, actor.person(), "plan.dropped", &call.plan.to_string(), app.now()).await?;
    app.commit(tx, &Done {}).await?;
    Ok(Done {})
}

/// The plan, for those who coordinate its network; one that comes with the program is changed by nobody.
async fn kept(tx: &mut db::Tx, actor: &Actor, plan: PlanId) -> Result<Plan, Fault> {
    may(actor, Action::OwnAccount, &Facts::Site)?;
    if ready::find(Lang::Lt, plan).is_some() {
        return Err(Code::Forbidden.into());
    }
    let plan = store::find(tx, plan).await?.or_missing()?;
    let network = plan.network.or_missing()?;
    may(actor, Action::Coordinate, &Facts::Network(network))?;
    Ok(plan)
}

fn stepped(steps: &[PlannedStep]) -> Result<(), Refusal> {
    if steps.is_empty() { Err(Refusal::of(Code::SessionAgenda).at("steps")) } else { Ok(()) }
}
