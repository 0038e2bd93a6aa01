//! The register of agreements. What a room agrees upon comes here by its events ([`follow`]); outside of it an agreement is read,
//! reviewed and linked to a problem.

pub mod follow;
pub mod pages;
pub mod store;

use model::{
    access::{Action, ActionItemFacts, Actor, Facts, SpaceFacts, may},
    agreements::*,
    endpoint::Page,
    ids::*,
    refusal::{Code, Refusal},
    time::LocalDateTime,
};

use crate::{
    app::App,
    cursor,
    doors::Routes,
    error::{Answer, Fault, OrMissing},
    spaces,
    teams::Changed,
};

pub fn routes() -> Routes {
    Routes::new().call(list).call(read).call(review).call(link).merge(pages::routes())
}

/// Agreements of one page of the register.
const PAGE: i64 = 50;

pub async fn list(app: App, actor: Actor, call: ListAgreements) -> Answer<ListAgreements> {
    let words = call.words.as_deref().unwrap_or_default();
    let filter = format!(
        "agreements {} {:?} {:?} {:?} {:?} {} {words}",
        call.space, call.state, call.team, call.session, call.problem, call.overdue
    );
    let after = cursor::read(call.cursor.as_deref(), &filter)?;
    let mut tx = app.read().await?;
    let space = spaces::find(&mut tx, &actor, Action::SeeSpace, call.space).await?;
    let mut found = store::list(&mut tx, &call, today(&app), after, PAGE + 1).await?;
    let next = cursor::next(&mut found, PAGE as usize, &filter, |row| (row.agreed_at, row.id.to_string()));
    Ok(Page { items: found.into_iter().map(|row| card(&app, &actor, row, &space)).collect(), next })
}

fn today(app: &App) -> model::time::LocalDate {
    LocalDateTime::of(app.now()).date()
}

/// What was agreed in a session, in that order.
///
/// # Errors
/// Those of the database.
pub async fn of_session(
    app: &App,
    tx: &mut db::Tx,
    actor: &Actor,
    space: &SpaceFacts,
    session: SessionId,
) -> Result<Vec<AgreementCard>, Fault> {
    let rows = store::list_of_session(tx, session).await?;
    Ok(rows.into_iter().map(|row| card(app, actor, row, space)).collect())
}

/// Those of a space whose review has come.
///
/// # Errors
/// Those of the database.
pub async fn due(app: &App, tx: &mut db::Tx, actor: &Actor, space: SpaceId) -> Result<Vec<AgreementCard>, Fault> {
    let facts = spaces::store::facts(tx, space).await?.or_missing()?;
    let rows = store::list_due(tx, space, today(app), PAGE).await?;
    Ok(rows.into_iter().map(|row| card(app, actor, row, &facts)).collect())
}

fn facts_of(row: &store::Row, space: &SpaceFacts) -> Facts {
    // One without an owner is kept by who leads sessions in the space and by who closed it: no team has this id.
    let team = row.team.unwrap_or(TeamId::from_uuid(uuid::Uuid::nil()));
    Facts::ActionItem(ActionItemFacts { space: space.clone(), team, person: row.person, by: Some(row.agreed_by) })
}

fn card(app: &App, actor: &Actor, row: store::Row, space: &SpaceFacts) -> AgreementCard {
    let facts = facts_of(&row, space);
    let known = may(actor, Action::SeeActionItem, &facts).is_ok();
    let kept = row.state == AgreementState::Kept;
    AgreementCard {
        overdue: kept && row.review.is_some_and(|review| review <= today(app)),
        may_keep: may(actor, Action::KeepActionItem, &facts).is_ok(),
        owner: row.owner(known),
        id: row.id,
        space: row.space,
        space_name: row.space_name,
        session: row.session,
        session_title: row.session_title,
        number: row.number,
        text: row.text,
        in_force: row.in_force,
        review: row.review,
        problem: row.problem,
        problem_title: row.problem_title,
        state: row.state,
        agreed_at: row.agreed_at,
        version: row.version,
    }
}

/// The agreement, once its space is seen and `may` allowed what is asked.
async fn find(
    tx: &mut db::Tx,
    actor: &Actor,
    asked: Action,
    agreement: AgreementId,
) -> Result<(store::Row, SpaceFacts), Fault> {
    let row = store::find(tx, agreement).await?.or_missing()?;
    let space = spaces::find(tx, actor, Action::SeeSpace, row.space).await?;
    if asked != Action::SeeSpace {
        if actor.me().is_none() {
            return Err(Code::SignInNeeded.into());
        }
        may(actor, asked, &facts_of(&row, &space))?;
    }
    Ok((row, space))
}

pub async fn read(app: App, actor: Actor, call: ReadAgreement) -> Answer<ReadAgreement> {
    page(&app, &mut app.read().await?, &actor, call.agreement).await
}

async fn page(app: &App, tx: &mut db::Tx, actor: &Actor, agreement: AgreementId) -> Result<AgreementPage, Fault> {
    let (row, space) = find(tx, actor, Action::SeeSpace, agreement).await?;
    let known = may(actor, Action::SeeActionItem, &facts_of(&row, &space)).is_ok();
    let outcome: model::live::Outcome = serde_json::from_str(&row.outcome).unwrap_or_default();
    let mut objections = Vec::new();
    for objection in outcome.objections.iter().filter(|_| known) {
        let name = store::name_in(tx, row.space, objection.by).await?.unwrap_or_default();
        objections.push((name, objection.reason.clone()));
    }
    let reviews = if known { store::list_reviews(tx, row.space, agreement).await? } else { Vec::new() };
    Ok(AgreementPage {
        people: outcome.people,
        teams: outcome.teams,
        reason: outcome.reason.filter(|_| known),
        objections,
        replaced_by: row.replaced_by,
        replaces: store::replaced(tx, agreement).await?,
        former: store::list_wordings(tx, agreement).await?,
        reviews,
        card: card(app, actor, row, &space),
    })
}

pub async fn review(app: App, actor: Actor, call: ReviewAgreement) -> Answer<ReviewAgreement> {
    let mut tx = app.write().await?;
    let (row, _) = find(&mut tx, &actor, Action::KeepActionItem, call.agreement).await?;
    if row.state != AgreementState::Kept {
        return Err(Code::AgreementState.into());
    }
    let drops = match call.state {
        AgreementState::Kept => false,
        AgreementState::Dropped => true,
        AgreementState::Changed => return Err(Refusal::of(Code::FieldWrong).at("state").into()),
    };
    if drops && call.reason.is_none() {
        return Err(Refusal::of(Code::FieldNeeded).at("reason").into());
    }
    if call.review.is_some_and(|review| !drops && review <= today(&app)) {
        return Err(Refusal::of(Code::FieldWrong).at("review").into());
    }
    let by = actor.person().or_missing()?;
    let review = call.review.filter(|_| !drops);
    store::update(&mut tx, row.id, call.version, call.state, review).await?.changed()?;
    store::insert_review(&mut tx, row.id, by, app.now(), call.reason.as_deref()).await?;
    let page = page(&app, &mut tx, &actor, row.id).await?;
    app.commit(tx, &page).await?;
    Ok(page)
}

pub async fn link(app: App, actor: Actor, call: LinkAgreement) -> Answer<LinkAgreement> {
    let mut tx = app.write().await?;
    let (row, _) = find(&mut tx, &actor, Action::KeepActionItem, call.agreement).await?;
    if let Some(problem) = call.problem
        && !store::has_problem(&mut tx, row.space, problem).await?
    {
        return Err(Refusal::of(Code::FieldWrong).at("problem").into());
    }
    if row.problem != call.problem {
        store::link(&mut tx, row.id, call.problem).await?;
    }
    let page = page(&app, &mut tx, &actor, row.id).await?;
    app.commit(tx, &page).await?;
    Ok(page)
}
