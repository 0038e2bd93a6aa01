//! Plans of sessions: the list, one of them, and the forms that write and change them.

use maud::{Markup, html};
use model::{
    access::{Action, Facts, may},
    live::{Speakers, StepKind},
    networks::NetworkCard,
    plans::Plan,
    sessions::PlannedStep,
};
use text::{Lang, plans as t, steps as s};

use crate::{
    Context, address, sessions,
    ui::{self, Form, Layout, Place},
};

pub fn list(ctx: &Context, plans: &[Plan]) -> Markup {
    let lang = ctx.lang;
    let (ready, written): (Vec<&Plan>, Vec<&Plan>) = plans.iter().partition(|plan| plan.network.is_none());
    let body = html! {
        div.head { h1 { (t::title(lang)) } p.muted { (t::lead(lang)) } }
        section { h2 { (t::ready(lang)) } (cards(lang, &ready)) }
        section {
            h2 { (t::of_networks(lang)) }
            @if written.is_empty() { p.muted { (t::none_of_networks(lang)) } } @else { (cards(lang, &written)) }
        }
    };
    Layout::new(t::title(lang)).at(Place::Sessions).show(ctx, body)
}

fn cards(lang: Lang, plans: &[&Plan]) -> Markup {
    html! {
        ul.items {
            @for plan in plans {
                li {
                    h3.item-title { a href=(address::plan(plan.id)) { (plan.title) } }
                    p.meta {
                        span { (t::length(lang, plan.minutes())) }
                        @if let Some(network) = &plan.network_name { span { (network) } }
                    }
                }
            }
        }
    }
}

pub fn page(ctx: &Context, plan: &Plan) -> Markup {
    let lang = ctx.lang;
    let keeps =
        plan.network.is_some_and(|network| may(&ctx.actor, Action::Coordinate, &Facts::Network(network)).is_ok());
    let body = html! {
        div.head {
            h1 { (plan.title) }
            p.meta {
                span { (t::length(lang, plan.minutes())) }
                @if let Some(network) = &plan.network_name { span { (network) } }
            }
            @if !plan.about.is_empty() { (ui::prose(&plan.about)) }
        }
        section { h2 { (t::steps(lang)) } (steps(lang, &plan.steps)) }
        @if keeps {
            p.row { (ui::go(address::plan_edit(plan.id), t::change(lang), false)) }
            (ui::more(t::drop(lang), false, discarding(ctx, plan)))
        }
    };
    under(Layout::new(&plan.title), lang).show(ctx, body)
}

fn discarding(ctx: &Context, plan: &Plan) -> Markup {
    let form = Form::new(ctx, "DropPlan", address::plan_drop(plan.id));
    let fields = html! { (form.hidden("version", plan.version)) p { (t::drop_means(ctx.lang)) } };
    form.quiet(t::drop(ctx.lang), fields)
}

/// Steps with what is told of their rules.
pub(crate) fn steps(lang: Lang, steps: &[PlannedStep]) -> Markup {
    html! {
        ol.steps {
            @for step in steps {
                li {
                    (step.title) " "
                    span.muted {
                        (text::sessions::minutes(lang, step.minutes))
                        @if step.kind != StepKind::Talk { ", " (kind(lang, step.kind).to_lowercase()) }
                        @if step.rules().speakers() != StepKind::speakers(step.kind) {
                            ", " (s::speaks(lang).to_lowercase()) ": " (speakers(lang, step.rules().speakers()).to_lowercase())
                        }
                        @if step.without_chat { ", " (s::without_chat_short(lang)) }
                    }
                }
            }
        }
    }
}

pub fn new(ctx: &Context, network: &NetworkCard) -> Markup {
    let lang = ctx.lang;
    let form = Form::new(ctx, "WritePlan", address::plan_new(network.id)).keeps_draft();
    let body = html! { h1 { (t::write(lang)) } (form.show(t::save(lang), fields(&form, lang))) };
    under(Layout::new(t::write(lang)), lang).show(ctx, body)
}

pub fn edit(ctx: &Context, plan: &Plan) -> Markup {
    let lang = ctx.lang;
    let form = Form::new(ctx, "ChangePlan", address::plan_edit(plan.id))
        .keeps_draft()
        .fill("title", &plan.title)
        .fill("about", &plan.about);
    let form = sessions::fill_steps(form, &plan.steps);
    let saved = html! { p { strong { (plan.title) } } (ui::prose(&plan.about)) (steps(lang, &plan.steps)) };
    let body = html! {
        h1 { (t::changed(lang, &plan.title)) }
        (ui::newer(ctx, "ChangePlan", t::newer(lang), "", saved))
        (form.show(t::save(lang), html! { (form.hidden("version", plan.version)) (fields(&form, lang)) }))
    };
    under(Layout::new(t::change(lang)), lang).under(&plan.title, address::plan(plan.id)).show(ctx, body)
}

fn fields(form: &Form<'_>, lang: Lang) -> Markup {
    html! {
        (form.line("title", t::name(lang)).limit(120))
        (form.prose("about", t::about(lang)).limit(1000).optional())
        (sessions::agenda(form, lang))
    }
}

fn under(layout: Layout, lang: Lang) -> Layout {
    layout.at(Place::Sessions).under(t::title(lang), address::plans())
}

/// Where a session is planned: the choice of a plan, which loads the page anew with its steps.
pub(crate) fn choice(lang: Lang, plans: &[Plan], chosen: Option<&Plan>) -> Markup {
    html! {
        form.form method="get" {
            div.field {
                label for="plan" { (t::choose(lang)) }
                div.row {
                    select #plan name="scenarijus" aria-describedby="plan-help" {
                        option value="" { (t::choose_none(lang)) }
                        @for plan in plans {
                            option value=(plan.id) selected[chosen.is_some_and(|chosen| chosen.id == plan.id)] {
                                (plan.title) " (" (text::sessions::minutes(lang, plan.minutes())) ")"
                            }
                        }
                    }
                    button.quiet { (t::take(lang)) }
                }
                p.help #plan-help { (t::choose_help(lang)) " " a href=(address::plans()) { (t::title(lang)) } }
            }
        }
        @if let Some(plan) = chosen { @if !plan.about.is_empty() { p.note { (plan.about) } } }
    }
}

pub(crate) fn kind(lang: Lang, kind: StepKind) -> &'static str {
    match kind {
        StepKind::Talk => s::talk(lang),
        StepKind::Round => s::round(lang),
        StepKind::Board => s::board(lang),
        StepKind::Poll => s::poll(lang),
        StepKind::Agreement => s::agreement(lang),
        StepKind::Notes => s::notes(lang),
        StepKind::Breakout => s::breakout(lang),
        StepKind::Break => s::pause(lang),
    }
}

pub(crate) fn speakers(lang: Lang, speakers: Speakers) -> &'static str {
    match speakers {
        Speakers::Everyone => s::everyone(lang),
        Speakers::Presenter => s::presenter(lang),
        Speakers::Others => s::others(lang),
        Speakers::People => s::people(lang),
        Speakers::Teams => s::teams(lang),
        Speakers::Nobody => s::nobody(lang),
    }
}
