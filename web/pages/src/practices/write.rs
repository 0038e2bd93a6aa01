use maud::{Markup, html};
use model::{
    keys::{Named, Topic},
    practices::{Cost, GRADES, Licence, PracticePage, PracticeState},
    problems::Area,
    spaces::SpacePage,
};
use text::{Lang, common, practices as t};

use super::{cost, grade, licence, sheet, under_space};
use crate::{
    Context, address,
    networks::choices,
    ui::{self, Choice, Form, Layout, Place},
};

/// As many as `PracticeText` takes.
const STEPS: usize = 15;

pub fn new(ctx: &Context, space: &SpacePage, topics: &[Named<Topic>]) -> Markup {
    let lang = ctx.lang;
    let id = space.space.id;
    let here: Vec<_> = space.teams.iter().map(|team| team.id).collect();
    let mut form = Form::new(ctx, "SharePractice", address::practice_new(id)).keeps_draft();
    if let Some(acting) = ctx.acting() {
        form = form.fill("team", acting.team);
    }
    let body = html! {
        h1 { (t::new_title(lang)) }
        (form.show_with(
            t::share(lang),
            html! { (ui::on_behalf(&form, ctx, &here)) (fields(&form, lang, topics)) },
            html! { button name="draft" value="on" { (t::keep_draft(lang)) } },
        ))
    };
    Layout::new(t::new_title(lang))
        .at(Place::Practices)
        .under(text::spaces::title(lang), address::spaces())
        .under(&space.space.name, address::space(id))
        .show(ctx, body)
}

pub fn edit(ctx: &Context, page: &PracticePage, topics: &[Named<Topic>]) -> Markup {
    let lang = ctx.lang;
    let card = &page.card;
    let draft = card.state == PracticeState::Draft;
    let form =
        Form::new(ctx, "EditPractice", address::practice_edit(card.id)).keeps_draft().fill_from("practice", &page.text);
    let saved = html! { p { strong { (page.text.title) } } (sheet(lang, page)) };
    let body = html! {
        h1 { (t::edit_title(lang)) }
        (ui::newer(ctx, "EditPractice", t::newer(lang), t::newer_help(lang), saved))
        (form.show_with(
            if card.state == PracticeState::Published { common::save(lang) } else { t::share(lang) },
            html! { (form.hidden("version", page.version)) (fields(&form, lang, topics)) },
            html! { @if draft { button name="draft" value="on" { (t::keep_draft(lang)) } } },
        ))
    };
    under_space(ctx, card, t::edit_title(lang)).under(&card.title, address::practice(card.id)).show(ctx, body)
}

fn fields(form: &Form, lang: Lang, topics: &[Named<Topic>]) -> Markup {
    let areas = Area::ALL.into_iter().map(|area| Choice::of(area, ui::area_name(lang, area))).collect();
    let costs = Cost::ALL.into_iter().map(|one| Choice::of(one, cost(lang, one))).collect();
    let licences = Licence::ALL.into_iter().map(|one| Choice::of(one, licence(lang, one))).collect();
    let grades = || GRADES.map(|one| Choice::new(one, grade(lang, one))).collect();
    html! {
        p.note { (common::personal_data(lang)) }
        (form.line("practice.title", t::name(lang)).help(t::name_help(lang)).limit(120))
        (form.prose("practice.summary", t::summary(lang)).help(t::summary_help(lang)).limit(300))
        (form.radios("practice.area", common::area(lang), areas))
        (form.group("practice.span", t::span(lang), t::span_help(lang), html! {
            div.beside {
                (form.select("practice.span.from", t::from(lang), grades()))
                (form.select("practice.span.to", t::to(lang), grades()))
            }
        }))
        (form.prose("practice.context", t::context(lang)).help(t::context_help(lang)).limit(3000))
        (steps(form, lang))
        (form.prose("practice.who", t::who(lang)).help(t::who_help(lang)).limit(600))
        (form.prose("practice.time", t::time(lang)).help(t::time_help(lang)).limit(300))
        (form.radios("practice.cost", t::cost(lang), costs))
        (form.prose("practice.materials", t::materials(lang)).limit(1000))
        (form.prose("practice.result", t::result(lang)).help(t::result_help(lang)).limit(2000))
        (form.prose("practice.limits", t::limits(lang)).help(t::limits_help(lang)).limit(1500))
        (form.radios("practice.licence", t::licence(lang), licences).help(t::licence_help(lang)))
        (form.checks("practice.topics", t::topics(lang), choices(lang, topics)).help(text::problems::topics_help(lang)).optional())
    }
}

fn steps(form: &Form, lang: Lang) -> Markup {
    let shown = form.rows("practice.steps").max(3);
    let row = |at: usize| {
        let label = t::step(lang, at + 1);
        html! { (form.prose(format!("practice.steps.{at}"), &label).limit(1000)) }
    };
    form.group(
        "practice.steps",
        t::steps(lang),
        t::steps_help(lang),
        html! {
            @for at in 0..shown { (row(at)) }
            @if shown < STEPS {
                (ui::more(t::steps_more(lang), false, html! { @for at in shown..(shown + 4).min(STEPS) { (row(at)) } }))
            }
        },
    )
}
