use maud::{Markup, html};
use model::{
    ids::ProblemId,
    keys::{Named, Topic},
    problems::{Area, EvidenceKind, ProblemPage, ProblemState},
    search::FoundKind,
    spaces::SpacePage,
};
use text::{Lang, common, problems as t};

use super::{evidence_kind, under_space};
use crate::{
    Context, address,
    networks::choices,
    ui::{self, Choice, Form, Layout, Place},
};

/// As many as `ProblemText` takes.
const EVIDENCE: usize = 10;

pub fn new(ctx: &Context, space: &SpacePage, topics: &[Named<Topic>]) -> Markup {
    let lang = ctx.lang;
    let id = space.space.id;
    let here: Vec<_> = space.teams.iter().map(|team| team.id).collect();
    let mut form = Form::new(ctx, "PostProblem", address::problem_new(id)).keeps_draft();
    if let Some(acting) = ctx.acting() {
        form = form.fill("team", acting.team);
    }
    let body = html! {
        h1 { (t::new_title(lang)) }
        (form.show_with(
            t::post(lang),
            html! { (ui::on_behalf(&form, ctx, &here)) (fields(&form, lang, topics, None)) },
            html! { button name="draft" value="on" { (t::keep_draft(lang)) } },
        ))
    };
    Layout::new(t::new_title(lang))
        .at(Place::Problems)
        .under(text::spaces::title(lang), address::spaces())
        .under(&space.space.name, address::space(id))
        .show(ctx, body)
}

pub fn edit(ctx: &Context, page: &ProblemPage, topics: &[Named<Topic>]) -> Markup {
    let lang = ctx.lang;
    let card = &page.card;
    let draft = card.state == ProblemState::Draft;
    let form =
        Form::new(ctx, "EditProblem", address::problem_edit(card.id)).keeps_draft().fill_from("problem", &page.text);
    let saved = html! {
        p { strong { (page.text.title) } }
        @if let Some(text) = &page.text.text { (ui::prose(text)) }
        @if let Some(goal) = &page.text.goal { (ui::prose(goal)) }
        @for evidence in &page.text.evidence { p.prose { (evidence_kind(lang, evidence.kind)) ": " (evidence.text) } }
    };
    let body = html! {
        h1 { (t::edit_title(lang)) }
        (ui::newer(ctx, "EditProblem", t::newer(lang), t::newer_help(lang), saved))
        (form.show_with(
            if draft { t::post(lang) } else { common::save(lang) },
            html! { (form.hidden("version", page.version)) (fields(&form, lang, topics, Some(card.id))) },
            html! { @if draft { button name="draft" value="on" { (t::keep_draft(lang)) } } },
        ))
    };
    under_space(ctx, card, t::edit_title(lang)).under(&card.title, address::problem(card.id)).show(ctx, body)
}

/// `this` is the problem that is changed.
fn fields(form: &Form, lang: Lang, topics: &[Named<Topic>], this: Option<ProblemId>) -> Markup {
    let areas = Area::ALL.into_iter().map(|area| Choice::of(area, ui::area_name(lang, area))).collect();
    html! {
        p.note { (common::personal_data(lang)) }
        (form.line("problem.title", t::name(lang)).help(t::name_help(lang)).limit(120))
        (similar(form, lang, this))
        (form.radios("problem.area", common::area(lang), areas).help(t::area_help(lang)))
        (form.line("problem.group", t::group(lang)).help(t::group_help(lang)).limit(160).optional())
        (form.prose("problem.text", t::text(lang)).help(t::text_help(lang)).limit(6000).tall().optional())
        (evidence(form, lang))
        (form.prose("problem.goal", t::goal(lang)).help(t::goal_help(lang)).limit(1000).optional())
        (form.checks("problem.topics", t::topics(lang), choices(lang, topics)).help(t::topics_help(lang)).optional())
    }
}

/// Problems like this one, so that teams with the same problem find each other.
fn similar(form: &Form, lang: Lang, this: Option<ProblemId>) -> Markup {
    let except = this.map(|problem| format!("?except={problem}")).unwrap_or_default();
    let call = format!("/api/v1/problems/similar{except}");
    let linked = [(FoundKind::Problem, address::template::problem)];
    ui::suggest(&form.id("problem.title"), &call, t::similar(lang), true, &linked)
}

fn evidence(form: &Form, lang: Lang) -> Markup {
    let typed = form.rows("problem.evidence");
    let shown = typed.max(1);
    let kinds = || EvidenceKind::ALL.into_iter().map(|kind| Choice::of(kind, evidence_kind(lang, kind))).collect();
    let row = |at: usize| {
        html! {
            div.stack.tight {
                (form.select(format!("problem.evidence.{at}.kind"), t::evidence_kind(lang), kinds()))
                (form.prose(format!("problem.evidence.{at}.text"), t::evidence_text(lang)).limit(1500))
            }
        }
    };
    form.group("problem.evidence", t::evidence(lang), t::evidence_help(lang), html! {
        @for at in 0..shown { (row(at)) }
        @if shown < EVIDENCE {
            (ui::more(t::evidence_more(lang), false, html! { @for at in shown..(shown + 3).min(EVIDENCE) { (row(at)) } }))
        }
    })
}
