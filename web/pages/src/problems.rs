//! Educational problems: their list, one of them, and the form that posts and changes them.

mod responses;
mod same;
mod versions;
mod write;

use maud::{Markup, html};
use model::{
    endpoint::Page,
    keys::{Named, Topic},
    moderation::ItemKind,
    problems::{Area, EvidenceKind, ListProblems, ProblemCard, ProblemPage, ProblemState, StateChange},
    search::FoundKind,
};
use text::{Lang, common, problems as t};

use crate::{
    Context, address, files, moderation,
    networks::{choices, named},
    ui::{self, Choice, Form, Layout, Place, Tone},
};
pub use versions::versions;
pub use write::{edit, new};

pub fn state_name(lang: Lang, state: ProblemState) -> &'static str {
    match state {
        ProblemState::Draft => t::draft(lang),
        ProblemState::Posted => t::posted(lang),
        ProblemState::InProgress => t::in_progress(lang),
        ProblemState::Solved => t::solved(lang),
        ProblemState::Closed => t::closed(lang),
        ProblemState::Merged => t::merged(lang),
    }
}

pub fn state_chip(lang: Lang, state: ProblemState) -> Markup {
    let tone = match state {
        ProblemState::Draft => Tone::Warn,
        ProblemState::Posted | ProblemState::InProgress => Tone::Plain,
        ProblemState::Solved => Tone::Good,
        ProblemState::Closed | ProblemState::Merged => Tone::Calm,
    };
    ui::chip(tone, state_name(lang, state))
}

pub fn evidence_kind(lang: Lang, kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Survey => t::survey(lang),
        EvidenceKind::TestResults => t::test_results(lang),
        EvidenceKind::Observation => t::observation(lang),
        EvidenceKind::SelfEvaluation => t::self_evaluation(lang),
        EvidenceKind::ExternalEvaluation => t::external_evaluation(lang),
        EvidenceKind::Attendance => t::attendance(lang),
        EvidenceKind::Reflection => t::reflection(lang),
    }
}

pub fn list(ctx: &Context, call: &ListProblems, page: &Page<ProblemCard>, topics: &[Named<Topic>]) -> Markup {
    let lang = ctx.lang;
    let space = call.space.map(|space| space.to_string()).unwrap_or_default();
    let area = call.area.map(ui::key).unwrap_or_default();
    let topic = call.topic.as_ref().map(ToString::to_string).unwrap_or_default();
    let filtered = [&space, &area, &topic].iter().any(|value| !value.is_empty());
    let sort = ui::order(call.sort);
    let kept = [("space", space.as_str()), ("area", area.as_str()), ("topic", topic.as_str()), ("sort", sort.as_str())];
    let body = html! {
        div.head { h1 { (t::title(lang)) } p.muted { (t::lead(lang)) } }
        (filter_form(ctx, call, &space, &area, &topic, topics))
        @if page.items.is_empty() && filtered {
            (ui::empty(t::none_filtered(lang), "", html! { a href=(address::problems()) { (common::clear(lang)) } }))
        } @else if page.items.is_empty() {
            (ui::empty(t::none(lang), t::none_step(lang), ui::go(address::spaces(), t::to_spaces(lang), true)))
        } @else {
            h2.only-heard { (common::list(lang)) }
            (cards(ctx, &page.items, true))
        }
        (ui::pager(ctx, &address::problems(), &kept, page.next.as_deref(), call.cursor.is_some()))
    };
    Layout::new(t::title(lang)).at(Place::Problems).show(ctx, body)
}

fn filter_form(
    ctx: &Context,
    call: &ListProblems,
    space: &str,
    area: &str,
    topic: &str,
    topics: &[Named<Topic>],
) -> Markup {
    let lang = ctx.lang;
    let areas: Vec<_> = Area::ALL.into_iter().map(|one| Choice::of(one, ui::area_name(lang, one))).collect();
    html! {
        form.facets action=(address::problems()) {
            @if !space.is_empty() { input type="hidden" name="space" value=(space); }
            (ui::facet(lang, "area", common::area(lang), &areas, area))
            (ui::facet(lang, "topic", t::topics(lang), &choices(lang, topics), topic))
            (ui::sort(lang, call.sort))
            button { (common::show(lang)) }
        }
    }
}

/// `wide` also names the space.
pub(crate) fn cards(ctx: &Context, cards: &[ProblemCard], wide: bool) -> Markup {
    html! { ul.items { @for problem in cards { li { (card(ctx.lang, problem, wide)) } } } }
}

fn card(lang: Lang, problem: &ProblemCard, wide: bool) -> Markup {
    html! {
        h3.item-title { a href=(address::problem(problem.id)) { (problem.title) } }
        p.row.close {
            @if let Some(area) = problem.area { (ui::area_chip(lang, area)) }
            (state_chip(lang, problem.state))
        }
        p.meta {
            (origin(problem))
            @if wide { span { (problem.space_name) } }
            span { (t::responses(lang, problem.responses)) }
            @if problem.same > 0 { span { (t::same(lang, problem.same)) } }
            (ui::date(problem.posted_at))
        }
    }
}

fn origin(problem: &ProblemCard) -> Markup {
    html! {
        @if let Some(team) = &problem.team_name { span { (team) @if let Some(school) = &problem.school { ", " (school) } } }
        @if let Some(municipality) = &problem.municipality_name { span { (municipality) } }
    }
}

/// `found` are the things to choose from, when a form named one by words.
pub fn page(ctx: &Context, page: &ProblemPage, found: &[Choice]) -> Markup {
    let lang = ctx.lang;
    let card = &page.card;
    let text = &page.text;
    let draft = card.state == ProblemState::Draft;
    let body = html! {
        article.stack {
            div.head {
                h1 { (card.title) }
                p.row.close {
                    @if let Some(area) = card.area { (ui::area_chip(lang, area)) }
                    (state_chip(lang, card.state))
                    @for topic in &page.topics { (ui::chip(Tone::Calm, named(lang, topic))) }
                }
                p.meta { (origin(card)) span { (t::by(lang, ui::who(lang, &page.author))) } (ui::date(card.posted_at)) }
            }
            @if draft {
                div.note.warn {
                    p { (t::draft_says(lang)) }
                    @if page.may_edit { (ui::go(address::problem_edit(card.id), t::go_on(lang), true)) }
                    @if page.may_discard { (discard(ctx, page)) }
                }
            } @else {
                p.row.small {
                    @if page.may_edit { a href=(address::problem_edit(card.id)) { (t::edit(lang)) } }
                    @if page.version > 1 { a href=(address::problem_versions(card.id)) { (text::versions::title(lang)) } }
                }
            }
            @if page.archived { p.note { (text::spaces::archived_says(lang)) } }
            div.two {
                div.sheet {
                    @if let Some(group) = &text.group { section { h2 { (t::group(lang)) } (ui::prose(group)) } }
                    @if let Some(body) = &text.text { section { h2 { (t::text(lang)) } (ui::prose(body)) } }
                    @if let Some(goal) = &text.goal { section { h2 { (t::goal_read(lang)) } (ui::prose(goal)) } }
                    @if !text.evidence.is_empty() {
                        section {
                            h2 { (t::evidence(lang)) }
                            dl.facts {
                                @for evidence in &text.evidence {
                                    div { dt { (evidence_kind(lang, evidence.kind)) } dd.prose { (evidence.text) } }
                                }
                            }
                        }
                    }
                }
                div.side { @if !draft { (same::section(ctx, page)) } (history(ctx, page)) @if page.may_merge { (merge(ctx, page, found)) } }
            }
        }
        (files::section(ctx, &files::Attached {
            files: &page.files,
            call: "AttachToProblem",
            action: address::problem_attach(card.id),
            may_edit: page.may_edit,
        }))
        @if !draft { (moderation::link(ctx, ItemKind::Problem, card.id, None)) (responses::section(ctx, page, found)) }
    };
    under_space(ctx, card, &card.title).about(text.text.as_deref().unwrap_or_default()).show(ctx, body)
}

fn under_space(ctx: &Context, card: &ProblemCard, title: &str) -> Layout {
    Layout::new(title)
        .at(Place::Problems)
        .under(text::spaces::title(ctx.lang), address::spaces())
        .under(&card.space_name, address::space(card.space))
}

fn history(ctx: &Context, page: &ProblemPage) -> Markup {
    let lang = ctx.lang;
    let entry = |change: &StateChange| {
        html! {
            li {
                strong {
                    @match &change.other {
                        Some(title) => (t::merged_with(lang, title)),
                        None => (state_name(lang, change.state)),
                    }
                }
                p.meta { span { (ui::who(lang, &change.by)) } (ui::time(change.at)) }
                @if let Some(note) = &change.note { p.lines { (note) } }
            }
        }
    };
    html! {
        section {
            h2 { (t::history(lang)) }
            ol.history { @for change in &page.history { (entry(change)) } }
            @if page.may_edit && page.card.state != ProblemState::Draft { (set_state(ctx, page)) }
        }
    }
}

fn set_state(ctx: &Context, page: &ProblemPage) -> Markup {
    let lang = ctx.lang;
    let form = Form::new(ctx, "SetProblemState", address::problem_state(page.card.id));
    let all = [ProblemState::Posted, ProblemState::InProgress, ProblemState::Solved, ProblemState::Closed];
    let next = all.into_iter().filter(|next| page.card.state.may_become(*next));
    let choices = next.map(|state| Choice::of(state, state_name(lang, state))).collect();
    let refused = ctx.form.as_ref().is_some_and(|form| form.call == "SetProblemState");
    ui::more(
        t::set_state(lang),
        refused,
        form.quiet(
            t::set_state(lang),
            html! {
                (form.select("state", t::new_state(lang), choices))
                (form.prose("note", t::state_note(lang)).limit(500).optional())
            },
        ),
    )
}

/// Two steps, as [`merge`].
fn discard(ctx: &Context, page: &ProblemPage) -> Markup {
    let lang = ctx.lang;
    let form = Form::new(ctx, "DiscardDraft", address::problem_discard(page.card.id));
    let fields = html! { (form.hidden("version", page.version)) p { (t::discard_means(lang)) } };
    let refused = ctx.form.as_ref().is_some_and(|form| form.call == "DiscardDraft");
    ui::more(t::discard(lang), refused, form.quiet(t::discard_do(lang), fields))
}

/// Two steps: what it means stands beside the button.
fn merge(ctx: &Context, page: &ProblemPage, found: &[Choice]) -> Markup {
    let lang = ctx.lang;
    let form = Form::new(ctx, "MergeProblem", address::problem_merge(page.card.id));
    let refused = ctx.form.as_ref().is_some_and(|form| form.call == "MergeProblem");
    let fields = html! {
        p { (t::merge_help(lang)) }
        (form.line("find", t::merge_into(lang)).help(t::merge_into_help(lang)))
        (ui::pick(ctx, "MergeProblem", "into", FoundKind::Problem))
        @if refused && !found.is_empty() { (form.radios("into", t::merge_which(lang), found.to_vec())) }
        (form.prose("note", t::state_note(lang)).limit(500).optional())
    };
    ui::more(t::merge(lang), refused, form.quiet(t::merge_do(lang), fields))
}
