//! The register of agreements, and one of them with how it was agreed, its former words and its reviews.

use maud::{Markup, html};
use model::{
    agreements::{AgreementCard, AgreementPage, AgreementReview, AgreementState, ListAgreements},
    endpoint::Page,
    ids::{ProblemId, TeamId},
    live::Tally,
    spaces::SpaceCard,
};
use text::{Lang, agreements as t};

use crate::{
    Context, actions, address,
    ui::{self, Choice, Form, Layout, Tone},
    versions,
};

pub fn state_name(lang: Lang, state: AgreementState) -> &'static str {
    match state {
        AgreementState::Kept => t::kept(lang),
        AgreementState::Changed => t::changed(lang),
        AgreementState::Dropped => t::dropped(lang),
    }
}

fn state_chip(lang: Lang, state: AgreementState) -> Markup {
    let tone = match state {
        AgreementState::Kept => Tone::Good,
        AgreementState::Changed => Tone::Plain,
        AgreementState::Dropped => Tone::Calm,
    };
    ui::chip(tone, state_name(lang, state))
}

/// From when, whose, and when it is looked at again; overdue is said in words.
fn about(lang: Lang, card: &AgreementCard) -> Markup {
    html! {
        span.numbers { (t::in_force(lang, card.in_force)) }
        @if let Some(owner) = &card.owner { span { (actions::owner_name(lang, owner)) } }
        @match (card.review, card.overdue) {
            (Some(day), true) => (ui::chip(Tone::Bad, &t::review_due(lang, day))),
            (Some(day), false) if card.state == AgreementState::Kept => span.numbers { (t::review(lang, day)) },
            _ => {}
        }
    }
}

pub(crate) fn rows(lang: Lang, cards: &[AgreementCard]) -> Markup {
    html! {
        ul.items {
            @for card in cards {
                li {
                    p.item-title { span.muted.numbers { (t::number(lang, card.number)) } " " a href=(address::agreement(card.id)) { (card.text) } }
                    p.meta { @if card.state != AgreementState::Kept { (state_chip(lang, card.state)) } (about(lang, card)) }
                }
            }
        }
    }
}

/// What was agreed in a session; nothing when nothing was.
pub(crate) fn of_session(lang: Lang, cards: &[AgreementCard]) -> Markup {
    html! { @if !cards.is_empty() { section { h2 { (t::title(lang)) } (rows(lang, cards)) } } }
}

/// What a session begins with.
pub(crate) fn opening(lang: Lang, cards: &[AgreementCard]) -> Markup {
    html! {
        @if !cards.is_empty() {
            section { h2 { (t::opens_with(lang)) " " span.muted { (cards.len()) } } (rows(lang, cards)) }
        }
    }
}

pub fn register(
    ctx: &Context,
    space: &SpaceCard,
    teams: &[(TeamId, String)],
    call: &ListAgreements,
    page: &Page<AgreementCard>,
) -> Markup {
    let lang = ctx.lang;
    let own = address::agreements(space.id);
    let state = call.state.map(ui::key).unwrap_or_default();
    let team = call.team.map(|team| team.to_string()).unwrap_or_default();
    let session = call.session.map(|session| session.to_string()).unwrap_or_default();
    let problem = call.problem.map(|problem| problem.to_string()).unwrap_or_default();
    let words = call.words.as_deref().unwrap_or_default();
    let states: Vec<Choice> =
        AgreementState::ALL.into_iter().map(|one| Choice::of(one, state_name(lang, one))).collect();
    let owners: Vec<Choice> = teams.iter().map(|(id, name)| Choice::new(*id, name)).collect();
    let pairs = [
        ("session", session.as_str()),
        ("problem", problem.as_str()),
        ("state", state.as_str()),
        ("team", team.as_str()),
        ("words", words),
        ("overdue", if call.overdue { "on" } else { "" }),
    ];
    let asked = pairs.iter().any(|(_, value)| !value.is_empty());
    let body = html! {
        div.head {
            h1 { (t::title(lang)) }
            p.muted { (t::lead(lang)) }
            @if asked { p { a href=(own) { (t::see_all(lang)) } } }
        }
        @if asked || !page.items.is_empty() {
            form.facets action=(own) {
                @for (name, value) in &pairs[..2] { @if !value.is_empty() { input type="hidden" name=(name) value=(value); } }
                (ui::facet(lang, "state", t::state(lang), &states, &state))
                @if !owners.is_empty() { (ui::facet(lang, "team", t::owner(lang), &owners, &team)) }
                div.field { label for="words" { (t::words(lang)) } input #words name="words" maxlength="100" value=(words); }
                label.tick { input type="checkbox" name="overdue" value="on" checked[call.overdue]; span { (t::only_overdue(lang)) } }
                div.row { button { (t::filter(lang)) } }
            }
        }
        @if !page.items.is_empty() {
            (rows(lang, &page.items))
        } @else if asked {
            p.muted { (t::none_found(lang)) }
        } @else {
            (ui::empty(t::none(lang), t::none_step(lang), html! {}))
        }
        (ui::pager(ctx, &own, &pairs, page.next.as_deref(), call.cursor.is_some()))
    };
    Layout::new(t::of_one_space(lang, &space.name))
        .under(text::spaces::title(lang), address::spaces())
        .under(&space.name, address::space(space.id))
        .show(ctx, body)
}

pub fn page(ctx: &Context, page: &AgreementPage, problems: &[(ProblemId, String)]) -> Markup {
    let lang = ctx.lang;
    let card = &page.card;
    let title = t::agreement_title(lang, card.number);
    let kept = card.state == AgreementState::Kept;
    let body = html! {
        div.head {
            h1 { (title) }
            p.meta { (state_chip(lang, card.state)) (about(lang, card)) }
        }
        (ui::prose(&card.text))
        dl.facts {
            div { dt { (t::owner(lang)) } dd { @match &card.owner { Some(owner) => (actions::owner_name(lang, owner)), None => span.muted { (t::no_owner(lang)) } } } }
            div { dt { (t::agreed_in(lang)) } dd { a href=(address::session(card.session)) { (card.session_title) } " " span.muted { (ui::time(card.agreed_at)) } } }
            @if let (Some(problem), Some(title)) = (card.problem, &card.problem_title) {
                div { dt { (t::problem(lang)) } dd { a href=(address::problem(problem)) { (title) } } }
            }
            @if let Some(other) = page.replaced_by { div { dt { (t::changed(lang)) } dd { a href=(address::agreement(other)) { (t::replaced_by(lang)) } } } }
            @if let Some(other) = page.replaces { div { dt { (t::history(lang)) } dd { a href=(address::agreement(other)) { (t::replaces(lang)) } } } }
        }
        @if card.may_keep {
            @if kept { (keeping(ctx, page)) (dropping(ctx, card)) }
            (linking(ctx, card, problems))
        }
        section { h2 { (t::voices(lang)) } (tallies(lang, page)) }
        @if let Some(reason) = &page.reason {
            section {
                h2 { (t::despite(lang)) }
                (ui::prose(reason))
                ul.items { @for (by, why) in &page.objections { li { p.prose { (why) } p.meta { span { (who(lang, by)) } } } } }
            }
        }
        @if !page.former.is_empty() {
            section.versions {
                h2 { (t::former(lang)) }
                p.muted { (t::former_help(lang)) }
                ol.items { @for (at, old) in page.former.iter().enumerate().rev() { li { (versions::change(old, page.former.get(at + 1).unwrap_or(&card.text))) } } }
            }
        }
        @if !page.reviews.is_empty() {
            section { h2 { (t::history(lang)) } ol.history { @for one in &page.reviews { li { (reviewed(lang, one)) } } } }
        }
    };
    Layout::new(&title)
        .under(text::spaces::title(lang), address::spaces())
        .under(&card.space_name, address::space(card.space))
        .under(t::title(lang), address::agreements(card.space))
        .show(ctx, body)
}

fn who(lang: Lang, name: &str) -> &str {
    if name.is_empty() { t::somebody(lang) } else { name }
}

fn tallies(lang: Lang, page: &AgreementPage) -> Markup {
    let row = |name: &str, tally: &Tally| {
        html! {
            tr {
                th scope="row" { (name) }
                td.numbers { (tally.agree) } td.numbers { (tally.aside) } td.numbers { (tally.object) }
                td.numbers { (tally.of.saturating_sub(tally.spoken())) }
            }
        }
    };
    html! {
        div.scroll role="region" tabindex="0" aria-label=(t::voices(lang)) {
            table {
                thead { tr { td {} th scope="col" { (t::agree(lang)) } th scope="col" { (t::aside(lang)) } th scope="col" { (t::object(lang)) } th scope="col" { (t::silent(lang)) } } }
                tbody { (row(t::by_people(lang), &page.people)) (row(t::by_teams(lang), &page.teams)) }
            }
        }
    }
}

fn reviewed(lang: Lang, one: &AgreementReview) -> Markup {
    let words = match one.state {
        AgreementState::Kept => t::became_kept(lang),
        AgreementState::Changed => t::became_changed(lang),
        AgreementState::Dropped => t::became_dropped(lang),
    };
    html! {
        p { (words) @if let (AgreementState::Kept, Some(day)) = (one.state, one.review) { "; " (t::review(lang, day)) } @if let Some(reason) = &one.reason { ". " (reason) } }
        p.meta { span { (who(lang, &one.by)) } (ui::time(one.at)) }
    }
}

fn keeping(ctx: &Context, page: &AgreementPage) -> Markup {
    let (lang, card) = (ctx.lang, &page.card);
    let form = Form::new(ctx, "ReviewAgreement", address::agreement_review(card.id)).fill("version", card.version);
    let sent = form.value("state") == Some("kept");
    ui::more(
        t::keep(lang),
        sent || card.overdue,
        html! {
            (ui::newer(ctx, "ReviewAgreement", t::saved_meanwhile(lang), "", html! { p.meta { (about(lang, card)) } }))
            (form.quiet(t::keep(lang), html! {
                (form.hidden("version", card.version))
                (form.hidden("state", "kept"))
                (form.date("review", t::keep_day(lang)).optional())
                (form.prose("reason", t::keep_note(lang)).limit(500).optional())
            }))
        },
    )
}

fn dropping(ctx: &Context, card: &AgreementCard) -> Markup {
    let lang = ctx.lang;
    let form = Form::new(ctx, "ReviewAgreement", address::agreement_review(card.id)).fill("version", card.version);
    let sent = form.value("state") == Some("dropped");
    ui::more(
        t::drop(lang),
        sent,
        form.quiet(
            t::drop(lang),
            html! {
                (form.hidden("version", card.version))
                (form.hidden("state", "dropped"))
                (form.prose("reason", t::drop_reason(lang)).limit(500))
            },
        ),
    )
}

fn linking(ctx: &Context, card: &AgreementCard, problems: &[(ProblemId, String)]) -> Markup {
    let lang = ctx.lang;
    if problems.is_empty() {
        return html! {};
    }
    let sent = ctx.form.as_ref().is_some_and(|form| form.call == "LinkAgreement");
    let form = Form::new(ctx, "LinkAgreement", address::agreement_link(card.id))
        .fill("problem", card.problem.map(|problem| problem.to_string()).unwrap_or_default());
    let choices = problems.iter().map(|(id, title)| Choice::new(*id, title)).collect();
    ui::more(
        t::link(lang),
        sent,
        form.quiet(t::link_save(lang), html! { (form.select("problem", t::problem(lang), choices).optional()) }),
    )
}
