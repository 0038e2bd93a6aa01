//! Pages and forms of problems.

use ::pages::{address, address::template, problems as shown, ui::Choice};
use model::{endpoint::Endpoint, problems::*};

use model::redactions::TextOf;

use super::*;
use crate::{
    doors::{Drawn, Sent, Visit},
    pick, redactions,
};

pub fn routes() -> Routes {
    let to_space = |gone: &DiscardedDraft, _: &Sent<'_>| address::space(gone.space);
    let to_problem = |page: &ProblemPage, _: &Sent<'_>| address::problem(page.card.id);
    Routes::new()
        .public_page(template::problems, problems)
        .public_page(template::problem, problem)
        .page(template::problem_new, new)
        .form(template::problem_new, template::problem_new, post, new, to_problem)
        .page(template::problem_edit, edit_page)
        .form(template::problem_edit, template::problem_edit, edit, edit_page, to_problem)
        .form(template::problem_state, template::problem, set_state, problem, to_problem)
        .form(template::problem_respond, template::problem, respond::respond, problem, to_problem)
        .page(template::problem_versions, versions_page)
        .form(template::problem_restore, template::problem_versions, restore, versions_page, to_problem)
        .form(template::response_withdraw, template::problem, respond::withdraw, problem, to_problem)
        .form(template::problem_merge, template::problem, merge::merge, problem, to_problem)
        .form(template::problem_discard, template::problem, discard::discard, problem, to_space)
        .form(template::problem_same, template::problem, same::say, problem, to_problem)
}

async fn problems(app: App, visit: Visit) -> Drawn {
    let call: ListProblems = visit.call()?;
    let topics = store::list_topics(&mut app.read().await?).await?;
    let page = list(app, visit.actor.clone(), call.clone()).await?;
    Ok(shown::list(&visit.ctx, &call, &page, &topics))
}

pub async fn problem(app: App, mut visit: Visit) -> Drawn {
    let call: ReadProblem = visit.call()?;
    let page = read(app.clone(), visit.actor.clone(), call.clone()).await?;
    if page.card.id != call.problem {
        return Err(Fault::Moved(address::problem(page.card.id)));
    }
    redactions::pages::note(&app, &mut visit, TextOf::Problem, page.card.id.uuid()).await?;
    let mut found = found(&app, &visit).await?;
    found.retain(|choice| choice.value != page.card.id.to_string());
    Ok(shown::page(&visit.ctx, &page, &found))
}

async fn new(app: App, visit: Visit) -> Drawn {
    let space = spaces::pages::to_write_in(&app, &visit, Action::Contribute).await?;
    let topics = store::list_topics(&mut app.read().await?).await?;
    Ok(shown::new(&visit.ctx, &space, &topics))
}

async fn edit_page(app: App, visit: Visit) -> Drawn {
    let mut tx = app.read().await?;
    let problem = visit.param("problem_id")?;
    find(&mut tx, &visit.actor, Action::EditItem, problem).await?;
    let topics = store::list_topics(&mut tx).await?;
    let page = page(&mut tx, &visit.actor, problem).await?;
    Ok(shown::edit(&visit.ctx, &page, &topics))
}

async fn versions_page(app: App, visit: Visit) -> Drawn {
    let page = read(app.clone(), visit.actor.clone(), visit.call()?).await?;
    let topics = store::list_topics(&mut app.read().await?).await?;
    let versions = list_versions(app, visit.actor.clone(), visit.call()?).await?;
    Ok(shown::versions(&visit.ctx, &page, &versions, &topics))
}

/// What there is to choose from, when the form was refused for naming its thing by words.
async fn found(app: &App, visit: &Visit) -> Result<Vec<Choice>, Fault> {
    let Some(form) = visit.ctx.form.as_ref() else { return Ok(Vec::new()) };
    let kind = if form.call == MergeProblem::NAME { FoundKind::Problem } else { FoundKind::Practice };
    let asked = form.refusals.0.iter().any(|refusal| refusal.code == Code::PickOne);
    let typed = form.pairs.iter().find(|(name, _)| name == "find").filter(|_| asked);
    let Some((_, typed)) = typed else { return Ok(Vec::new()) };
    let hits = pick::choices(app, &visit.actor, kind, typed).await?;
    let choice = |hit: &model::search::Hit| {
        Choice::new(&hit.id, pick::title(hit)).explained(hit.school.clone().unwrap_or_default())
    };
    Ok(hits.iter().map(choice).collect())
}
