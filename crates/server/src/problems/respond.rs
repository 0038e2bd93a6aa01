//! What is said under a problem, and the practices that it points to.

pub(crate) mod store;

use model::{
    access::{Action, Actor, Facts, ItemFacts, may},
    ids::{PracticeId, ProblemId},
    practices::PracticeCard,
    problems::{Respond, Response, WithdrawResponse},
    refusal::{Code, Refusal},
    search::FoundKind,
};

use super::{find, page};
use crate::{
    app::App,
    error::{Answer, Fault, OrMissing},
    pick, practices, spaces,
};

pub async fn respond(app: App, actor: Actor, call: Respond) -> Answer<Respond> {
    let offered: Option<PracticeId> = match (call.practice, &call.find) {
        (Some(practice), _) => Some(practice),
        (None, Some(typed)) => Some(pick::one(&app, &actor, FoundKind::Practice, typed).await?),
        (None, None) => None,
    };
    let mut tx = app.write().await?;
    let (row, _) = find(&mut tx, &actor, Action::Respond, call.problem).await?;
    let space = spaces::store::facts(&mut tx, row.space).await?.or_missing()?;
    // A person of several teams here speaks for the first; a response is the person's own.
    let team = actor.me().and_then(|me| {
        me.teams.iter().map(|membership| membership.team).find(|team| space.teams.iter().any(|facts| facts.id == *team))
    });
    let (id, person) = (app.id(), actor.person().or_missing()?);
    super::store::insert_response(&mut tx, id, row.id, person, team, &call.text, app.now()).await?;
    if let Some(practice) = offered {
        let at = if call.practice.is_some() { "practice" } else { "find" };
        let seen = !seen(&mut tx, &actor, &[practice]).await?.is_empty();
        seen.then_some(()).ok_or_else(|| Refusal::of(Code::FieldWrong).at(at))?;
        store::update_offered(&mut tx, id, practice).await?;
    }
    let page = page(&mut tx, &actor, row.id).await?;
    app.commit(tx, &page).await?;
    Ok(page)
}

pub async fn withdraw(app: App, actor: Actor, call: WithdrawResponse) -> Answer<WithdrawResponse> {
    let mut tx = app.write().await?;
    let (row, facts) = find(&mut tx, &actor, Action::SeeItem, call.problem).await?;
    let said = store::list_responses(&mut tx, row.id).await?;
    let said = said.iter().find(|said| said.id == call.response).or_missing()?;
    may(&actor, Action::WithdrawItem, &own(&facts, said).or_missing()?)?;
    store::update_withdrawn(&mut tx, call.response, app.now()).await?;
    let page = page(&mut tx, &actor, row.id).await?;
    app.commit(tx, &page).await?;
    Ok(page)
}

/// The facts of a response: it stands in the space of its problem.
fn own(problem: &Facts, said: &store::Said) -> Option<Facts> {
    let Facts::Item(problem) = problem else { return None };
    let space = problem.space.clone();
    Some(Facts::Item(ItemFacts { space, team: said.team_id, author: said.person, draft: false }))
}

/// Those of the practices that are published and that the reader may see.
async fn seen(tx: &mut db::Tx, actor: &Actor, practices: &[PracticeId]) -> Result<Vec<PracticeCard>, Fault> {
    let visible = spaces::store::visible(tx, actor).await?;
    Ok(practices::store::cards(tx, &visible, practices).await?)
}

/// The oldest first. Of a practice that the reader may not see nothing is told, not even that there is one.
pub async fn list(tx: &mut db::Tx, actor: &Actor, problem: ProblemId, facts: &Facts) -> Result<Vec<Response>, Fault> {
    let said = store::list_responses(tx, problem).await?;
    let there = said.iter().filter(|said| said.withdrawn_at.is_none());
    let offered: Vec<PracticeId> = there.filter_map(|said| said.practice).collect();
    let cards = if offered.is_empty() { Vec::new() } else { seen(tx, actor, &offered).await? };
    let shown = |said: store::Said| Response {
        id: said.id,
        by: said.by.clone(),
        team: said.team.clone(),
        withdrawn: said.withdrawn_at.is_some(),
        may_withdraw: said.withdrawn_at.is_none()
            && own(facts, &said).is_some_and(|own| may(actor, Action::WithdrawItem, &own).is_ok()),
        practice: cards.iter().find(|card| Some(card.id) == said.practice && said.withdrawn_at.is_none()).cloned(),
        text: if said.withdrawn_at.is_some() { String::new() } else { said.text },
        at: said.at,
    };
    Ok(said.into_iter().map(shown).collect())
}
