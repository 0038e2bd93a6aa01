//! Merging a problem into another.

pub mod store;

use model::{
    access::{Action, Actor, Facts, ItemFacts, may},
    files::FileOf,
    ids::{ItemId, ProblemId},
    problems::{MergeProblem, ProblemState, same_readers},
    refusal::{Code, Refusal},
    search::FoundKind,
};

use super::{find, page, same, store as problems};
use crate::{
    app::App,
    audit,
    error::{Answer, Fault, OrMissing},
    files, pick, spaces,
    teams::Changed,
};

pub async fn merge(app: App, actor: Actor, call: MergeProblem) -> Answer<MergeProblem> {
    let at = if call.into.is_some() { "into" } else { "find" };
    let into = match (call.into, &call.find) {
        (Some(into), _) => into,
        (None, Some(typed)) => pick::one(&app, &actor, FoundKind::Problem, typed).await?,
        (None, None) => return Err(Refusal::of(Code::FieldNeeded).at(at).into()),
    };
    let mut tx = app.write().await?;
    let (source, facts) = find(&mut tx, &actor, Action::MergeItem, call.problem).await?;
    let target = target(&mut tx, &actor, &facts, source.id, into).await.map_err(|fault| at_field(fault, at))?;
    let (now, person, note) = (app.now(), actor.person().or_missing()?, call.note.as_deref());
    store::update_merged(&mut tx, source.id, source.version, into, now).await?.changed()?;
    problems::update_state(&mut tx, into, target.version, target.state, now).await?.changed()?;
    store::move_merged(&mut tx, source.id, into).await?;
    store::move_responses(&mut tx, source.id, into).await?;
    let (from, to) = (ItemId::from_uuid(source.id.uuid()), ItemId::from_uuid(into.uuid()));
    files::store::move_all(&mut tx, FileOf::Problem, from, to).await?;
    store::copy_same(&mut tx, source.id, into).await?;
    if let Some(team) = source.team {
        same::store::insert_same(&mut tx, into, team, person, now).await?;
    }
    store::delete_all_same(&mut tx, source.id).await?;
    if let Some(team) = target.team {
        same::store::delete_same(&mut tx, into, team).await?;
    }
    let merged = ProblemState::Merged;
    store::insert_merging(&mut tx, source.id, merged, person, into, note, now).await?;
    store::insert_merging(&mut tx, into, target.state, person, source.id, note, now).await?;
    audit::append(&mut tx, Some(person), "problem.merged", &format!("{} {into}", source.id), now).await?;
    let page = page(&mut tx, &actor, into).await?;
    app.commit(tx, &page).await?;
    app.search.touch(FoundKind::Problem, source.id.uuid());
    app.search.touch(FoundKind::Problem, into.uuid());
    Ok(page)
}

/// The problem to merge into, if there may be such a merging: what the actor does not see is not there.
async fn target(
    tx: &mut db::Tx,
    actor: &Actor,
    source: &Facts,
    problem: ProblemId,
    into: ProblemId,
) -> Result<problems::Row, Fault> {
    let unknown = || Fault::from(Code::FieldWrong);
    let row = problems::find(tx, into).await?.ok_or_else(unknown)?;
    let space = spaces::store::facts(tx, row.space).await?.or_missing()?;
    let draft = row.state == ProblemState::Draft;
    let facts = Facts::Item(ItemFacts { space: space.clone(), team: row.team, author: row.author, draft });
    may(actor, Action::SeeItem, &facts).map_err(|_| unknown())?;
    if into == problem || draft || row.merged_into.is_some() {
        return Err(Code::MergeWrong.into());
    }
    may(actor, Action::MergeItem, &facts)?;
    match source {
        Facts::Item(source) if same_readers(&source.space, &space) => Ok(row),
        _ => Err(Code::MergeSpace.into()),
    }
}

fn at_field(fault: Fault, at: &str) -> Fault {
    match fault {
        Fault::Refused(mut refusals) => {
            for refusal in refusals.0.iter_mut().filter(|refusal| refusal.code.status() == 422) {
                refusal.field = Some(at.to_owned());
            }
            Fault::Refused(refusals)
        }
        other => other,
    }
}
