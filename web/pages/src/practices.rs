//! The library of good practice: browsing it, one practice, and the form of its template.

mod card;
mod versions;
mod write;

use maud::{Markup, html};
use model::moderation::ItemKind;
use model::practices::{
    Cost, Facet, GradeSpan, Licence, ListPractices, PracticeCard, PracticeList, PracticePage, PracticeState, Stage,
};
use text::{Lang, common, practices as t};

use crate::{
    Context, address, files, moderation,
    networks::named,
    problems,
    schools::size_name,
    ui::{self, Filter, Filters, Form, Layout, Place, Tone},
};
pub use card::card as paper;
pub use versions::versions;
pub use write::{edit, new};

pub fn stage_name(lang: Lang, stage: Stage) -> &'static str {
    match stage {
        Stage::Preschool => t::preschool(lang),
        Stage::Primary => t::primary(lang),
        Stage::LowerSecondary => t::lower_secondary(lang),
        Stage::UpperBasic => t::upper_basic(lang),
        Stage::Secondary => t::secondary(lang),
    }
}

fn grade(lang: Lang, grade: i64) -> String {
    match grade {
        ..=-1 => t::grade_preschool(lang).to_owned(),
        0 => t::grade_preprimary(lang).to_owned(),
        _ => t::grade(lang, grade),
    }
}

pub fn span(lang: Lang, span: GradeSpan) -> String {
    match (span.from, span.to) {
        (from, to) if from == to => grade(lang, from),
        (-1, 0) => t::preschool(lang).to_owned(),
        (from @ ..=0, to) => t::grades_below(lang, grade(lang, from), to),
        (from, to) => t::grades(lang, from, to),
    }
}

pub fn cost(lang: Lang, cost: Cost) -> &'static str {
    match cost {
        Cost::None => t::cost_none(lang),
        Cost::Low => t::cost_low(lang),
        Cost::Medium => t::cost_medium(lang),
        Cost::High => t::cost_high(lang),
    }
}

pub fn licence(lang: Lang, licence: Licence) -> &'static str {
    match licence {
        Licence::By => t::licence_by(lang),
        Licence::BySa => t::licence_by_sa(lang),
    }
}

pub fn list(ctx: &Context, call: &ListPractices, page: &PracticeList) -> Markup {
    let lang = ctx.lang;
    let filters = filters(lang, call, page);
    let body = html! {
        div.head { h1 { (t::title(lang)) } p.muted { (t::lead(lang)) } }
        form.facets action=(address::practices()) aria-label=(t::filters(lang)) {
            (filters.selects(lang))
            (ui::sort(lang, call.sort))
            button { (common::show(lang)) }
        }
        (filters.in_use(lang))
        @if page.items.is_empty() && filters.narrowed() {
            div.empty role="status" {
                p { strong { (t::none_filtered(lang)) } }
                (filters.loosen(lang, &page.loosen, |n| t::count(lang, n)))
                p { a href=(address::practices()) { (common::clear(lang)) } }
            }
        } @else if page.items.is_empty() {
            (ui::empty(t::none(lang), t::none_step(lang), ui::go(address::spaces(), t::to_spaces(lang), true)))
        } @else {
            p.row.close.muted role="status" {
                (t::count(lang, page.total))
                @if filters.narrowed() { a href=(address::practices()) { (common::clear(lang)) } }
            }
            h2.only-heard { (common::list(lang)) }
            (cards(ctx, &page.items))
        }
        (ui::pager(ctx, &address::practices(), &filters.kept(), page.next.as_deref(), call.cursor.is_some()))
    };
    Layout::new(t::title(lang)).at(Place::Practices).show(ctx, body)
}

fn filters(lang: Lang, call: &ListPractices, page: &PracticeList) -> Filters<'static> {
    let space = page.items.first().map_or(common::one_space(lang), |card| card.space_name.as_str());
    let municipality = Filter::new(Facet::Municipality, t::municipality(lang), call.municipality);
    Filters {
        path: address::practices(),
        filters: vec![
            Filter::new(Facet::Space, common::space(lang), call.space).only(space),
            Filter::new(Facet::Area, common::area(lang), call.area)
                .counted(&page.areas, |one| ui::area_name(lang, one)),
            Filter::new(Facet::Stage, t::stage(lang), call.stage).counted(&page.stages, |one| stage_name(lang, one)),
            municipality.places(&page.municipalities),
            Filter::new(Facet::Size, text::schools::size_facet(lang), call.size)
                .any(text::search::size_any(lang))
                .counted(&page.sizes, |one| size_name(lang, one)),
            Filter::new(Facet::Cost, t::cost_facet(lang), call.cost)
                .any(text::search::cost_any(lang))
                .counted(&page.costs, |one| cost(lang, one)),
        ],
        others: vec![("sort", ui::order(call.sort))],
    }
}

pub(crate) fn cards(ctx: &Context, cards: &[PracticeCard]) -> Markup {
    html! { ul.items { @for practice in cards { li { (card(ctx.lang, practice)) } } } }
}

fn card(lang: Lang, practice: &PracticeCard) -> Markup {
    html! {
        h3.item-title { a href=(address::practice(practice.id)) { (practice.title) } }
        @if !practice.summary.is_empty() { p { (practice.summary) } }
        p.row.close {
            @if let Some(area) = practice.area { (ui::area_chip(lang, area)) }
            @if let Some(grades) = practice.span { (ui::chip(Tone::Calm, &span(lang, grades))) }
            (state_chip(lang, practice.state))
        }
        p.meta { (origin(practice)) }
    }
}

/// A link to a practice that stands under something else.
pub(crate) fn offered(lang: Lang, practice: &PracticeCard) -> Markup {
    html! {
        div.offered {
            p.small.muted { (t::offered(lang)) }
            p.item-title { a href=(address::practice(practice.id)) { (practice.title) } }
            p.meta {
                @if let Some(grades) = practice.span { span { (span(lang, grades)) } }
                (origin(practice))
            }
        }
    }
}

fn origin(practice: &PracticeCard) -> Markup {
    html! {
        @if let Some(school) = &practice.school { span { (school) } }
        @else if let Some(team) = &practice.team_name { span { (team) } }
        @if let Some(municipality) = &practice.municipality_name { span { (municipality) } }
    }
}

pub fn page(ctx: &Context, page: &PracticePage) -> Markup {
    let lang = ctx.lang;
    let card = &page.card;
    let text = &page.text;
    let body = html! {
        article.stack {
            div.head {
                h1 { (card.title) }
                @if let Some(summary) = &text.summary { (ui::prose(summary)) }
                p.row.close {
                    @if let Some(area) = card.area { (ui::area_chip(lang, area)) }
                    @for topic in &page.topics { (ui::chip(Tone::Calm, named(lang, topic))) }
                    (state_chip(lang, card.state))
                }
                p.meta {
                    (origin(card))
                    @if let Some(team) = &card.team_name { span { (team) } }
                    span { (t::by(lang, ui::who(lang, &page.author))) }
                    span { (t::updated(lang)) " " (ui::date(page.updated_at)) }
                }
            }
            @if page.archived { p.note { (text::spaces::archived_says(lang)) } }
            (own(ctx, page))
            div.two {
                div.sheet { (sheet(lang, page)) }
                div.side { (at_a_glance(lang, page)) }
            }
            (files::section(ctx, &files::Attached {
                files: &page.files,
                call: "AttachToPractice",
                action: address::practice_attach(card.id),
                may_edit: page.may_edit,
            }))
            @if !page.offered_for.is_empty() {
                section #problemos {
                    h2 { (t::offered_for(lang)) }
                    (problems::cards(ctx, &page.offered_for, true))
                }
            }
            @if card.state == PracticeState::Published { (moderation::link(ctx, ItemKind::Practice, card.id, None)) }
        }
    };
    under_space(ctx, card, &card.title).about(&card.summary).show(ctx, body)
}

fn state_chip(lang: Lang, state: PracticeState) -> Markup {
    match state {
        PracticeState::Draft => ui::chip(Tone::Warn, common::draft(lang)),
        PracticeState::Withdrawn => ui::chip(Tone::Warn, t::withdrawn(lang)),
        PracticeState::Published => html! {},
    }
}

/// What those can do whose practice it is.
fn own(ctx: &Context, page: &PracticePage) -> Markup {
    let lang = ctx.lang;
    let edit = address::practice_edit(page.card.id);
    let (says, go) = match page.card.state {
        PracticeState::Draft => (t::draft_says(lang), t::go_on(lang)),
        PracticeState::Withdrawn => (t::withdrawn_says(lang), t::publish_again(lang)),
        PracticeState::Published => {
            return html! {
                p.row.small {
                    a href=(address::practice_card(page.card.id)) { (t::card_print(lang)) }
                    @if page.may_edit { a href=(edit) { (t::edit(lang)) } }
                    @if page.version > 1 { a href=(address::practice_versions(page.card.id)) { (text::versions::title(lang)) } }
                }
                @if page.may_withdraw { (withdraw(ctx, page)) }
            };
        }
    };
    html! { div.note.warn { p { (says) } @if page.may_edit { (ui::go(edit, go, true)) } } }
}

fn withdraw(ctx: &Context, page: &PracticePage) -> Markup {
    let lang = ctx.lang;
    let form = Form::new(ctx, "WithdrawPractice", address::practice_withdraw(page.card.id));
    let fields = html! { (form.hidden("version", page.version)) p { (t::withdraw_means(lang)) } };
    let refused = ctx.form.as_ref().is_some_and(|form| form.call == "WithdrawPractice");
    ui::more(t::withdraw(lang), refused, form.quiet(t::withdraw(lang), fields))
}

fn under_space(ctx: &Context, card: &PracticeCard, title: &str) -> Layout {
    Layout::new(title)
        .at(Place::Practices)
        .under(t::title(ctx.lang), address::practices())
        .under(&card.space_name, address::space(card.space))
}

/// The long parts of the template.
fn sheet(lang: Lang, page: &PracticePage) -> Markup {
    let text = &page.text;
    let part = |title: &str, body: Option<&str>| {
        html! { @if let Some(body) = body { section { h2 { (title) } (ui::prose(body)) } } }
    };
    html! {
        (part(t::context(lang), text.context.as_deref()))
        @if !text.steps.is_empty() {
            section { h2 { (t::steps(lang)) } ol.steps { @for step in &text.steps { li.lines { (step) } } } }
        }
        (part(t::result(lang), text.result.as_deref()))
        (part(t::limits(lang), text.limits.as_deref()))
    }
}

/// The short parts, to judge whether it fits one's school.
fn at_a_glance(lang: Lang, page: &PracticePage) -> Markup {
    let text = &page.text;
    let fact = |name: &str, value: Option<&str>| {
        html! { @if let Some(value) = value { div { dt { (name) } dd.lines { (value) } } } }
    };
    let grades = text.span.map(|grades| span(lang, grades));
    html! {
        dl.facts {
            (fact(t::span(lang), grades.as_deref()))
            (fact(t::who(lang), text.who.as_deref()))
            (fact(t::time(lang), text.time.as_deref()))
            (fact(t::cost(lang), text.cost.map(|one| cost(lang, one))))
            (fact(t::materials(lang), text.materials.as_deref()))
            (fact(t::licence(lang), text.licence.map(|one| licence(lang, one))))
        }
    }
}
