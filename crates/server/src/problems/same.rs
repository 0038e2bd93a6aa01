//! Teams that have the same problem.

pub(crate) mod store;

use model::{
    access::{Action, Actor, Facts, TeamFacts, may},
    ids::ProblemId,
    problems::{SameProblem, SameTeam},
    refusal::{Code, Refusal},
};

use super::{find, page};
use crate::{
    app::App,
    error::{Answer, Fault},
};

pub async fn say(app: App, actor: Actor, call: SameProblem) -> Answer<SameProblem> {
    let mut tx = app.write().await?;
    let (row, _) = find(&mut tx, &actor, Action::SameProblem, call.problem).await?;
    let Some(person) = actor.membership(call.team).filter(|_| row.team != Some(call.team)).and(actor.person()) else {
        return Err(Refusal::of(Code::FieldWrong).at("team").into());
    };
    match call.same {
        true => store::insert_same(&mut tx, row.id, call.team, person, app.now()).await?,
        false => store::delete_same(&mut tx, row.id, call.team).await?,
    };
    let page = page(&mut tx, &actor, row.id).await?;
    app.commit(tx, &page).await?;
    Ok(page)
}

/// Those that the reader may know of: a team is known to who is signed in.
pub async fn list(tx: &mut db::Tx, actor: &Actor, problem: ProblemId) -> Result<Vec<SameTeam>, Fault> {
    let known = |row: &store::Same| {
        let facts = TeamFacts { id: row.id, network: row.network, municipality: row.municipality, archived: false };
        may(actor, Action::SeeTeam, &Facts::Team(facts)).is_ok()
    };
    let rows = store::list_same(tx, problem).await?;
    let team = |row: store::Same| SameTeam {
        id: row.id,
        name: row.name,
        school: row.school,
        municipality_name: row.municipality_name,
    };
    Ok(rows.into_iter().filter(known).map(team).collect())
}
