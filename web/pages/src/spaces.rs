//! Shared spaces: their list, a space with all that is in it, and its keeping.

mod feed;

use maud::{Markup, html};
use model::{
    access::Visibility,
    sessions::SessionState,
    spaces::{Draft, HappeningKind, SpaceCard, SpacePage},
};
use text::{Lang, common, spaces as t};

use crate::{
    Context, address, practices, problems, sessions, teams,
    ui::{self, Choice, Form, Layout, Place, Tone},
};

pub fn visibility(lang: Lang, visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Team => t::visible_team(lang),
        Visibility::Network => t::visible_network(lang),
        Visibility::All => t::visible_all(lang),
        Visibility::Public => t::visible_public(lang),
    }
}

pub fn list(ctx: &Context, spaces: &[SpaceCard]) -> Markup {
    let lang = ctx.lang;
    let body = html! {
        div.head { h1 { (t::title(lang)) } p.muted { (t::lead(lang)) } }
        (cards(ctx, spaces))
    };
    Layout::new(t::title(lang)).at(Place::Spaces).show(ctx, body)
}

pub(crate) fn cards(ctx: &Context, spaces: &[SpaceCard]) -> Markup {
    let lang = ctx.lang;
    if spaces.is_empty() {
        return match ctx.me() {
            Some(_) => {
                let step =
                    html! { p { (t::none_step(lang)) } (ui::go(address::networks(), t::to_networks(lang), false)) };
                ui::empty(t::none(lang), t::none_example(lang), step)
            }
            None => {
                let step = ui::go(address::sign_in_then(&ctx.path), text::accounts::sign_in(lang), false);
                ui::empty(t::none(lang), t::none_signed_out(lang), step)
            }
        };
    }
    html! {
        ul.items { @for space in spaces { li { (card(lang, space)) } } }
    }
}

fn card(lang: Lang, space: &SpaceCard) -> Markup {
    html! {
        p.row.close {
            span.item-title { a href=(address::space(space.id)) { (space.name) } }
            @if space.live { (ui::live_chip(t::live_now(lang))) }
            @if space.archived { (ui::chip(Tone::Calm, common::archived(lang))) }
        }
        @if !space.about.is_empty() { p { (space.about) } }
        p.meta {
            span { (space.network_name) }
            span { (common::teams(lang, space.teams)) }
            span { (text::problems::count(lang, space.problems)) }
            span { (text::practices::count(lang, space.practices)) }
        }
    }
}

pub fn page(ctx: &Context, page: &SpacePage) -> Markup {
    let lang = ctx.lang;
    let space = &page.space;
    let now = page.sessions.iter().find(|card| card.state == SessionState::Open);
    let rest: Vec<_> = page.sessions.iter().filter(|card| card.state != SessionState::Open).collect();
    let body = html! {
        div.head {
            div.row.close { h1 { (space.name) } @if space.archived { (ui::chip(Tone::Calm, common::archived(lang))) } }
            @if !space.about.is_empty() { (ui::prose(&space.about)) }
            p.meta {
                span { (t::opened_by(lang)) " " a href=(address::network(space.network)) { (space.network_name) } }
                span { (t::visibility(lang)) ": " (visibility(lang, space.visibility)) }
            }
        }
        @if space.archived {
            div.note {
                p { (t::archived_says(lang)) }
                @if page.may.bring_back {
                    p { (t::return_help(lang)) }
                    (ui::button(address::space_return(space.id), t::return_(lang), "primary", &[]))
                }
            }
        }
        @if let Some(now) = now { (sessions::now(ctx, now)) }
        @if page.may.contribute || page.may.schedule {
            p.row.actions {
                @if page.may.contribute {
                    (ui::go(address::problem_new(space.id), text::problems::post_new(lang), now.is_none()))
                    (ui::go(address::practice_new(space.id), text::practices::share_new(lang), false))
                }
                @if page.may.schedule { (ui::go(address::session_new(space.id), text::sessions::schedule_new(lang), false)) }
            }
        }
        div.two {
            div.stack {
                (drafts(lang, &page.drafts))
                section {
                    h2 { (t::problems(lang)) }
                    @if page.problems.is_empty() {
                        (ui::empty(t::no_problems(lang), t::no_problems_example(lang), html! {}))
                    } @else {
                        (problems::cards(ctx, &page.problems, false))
                        (all(t::all_problems(lang), &address::problems(), space))
                    }
                }
                section {
                    h2 { (t::practices(lang)) }
                    @if page.practices.is_empty() {
                        (ui::empty(t::no_practices(lang), t::no_practices_example(lang), html! {}))
                    } @else {
                        (practices::cards(ctx, &page.practices))
                        (all(t::all_practices(lang), &address::practices(), space))
                    }
                }
            }
            div.side {
                section {
                    h2 { (t::sessions(lang)) }
                    @if rest.is_empty() && now.is_none() {
                        p.muted { (t::no_sessions(lang)) " " (t::no_sessions_example(lang)) }
                    } @else {
                        ul.items { @for card in rest { li { (sessions::card_here(ctx, card)) } } }
                    }
                }
                section {
                    h2 { (text::agreements::title(lang)) }
                    p { a href=(address::agreements(space.id)) { (text::agreements::see_all(lang)) } }
                }
                @if ctx.me().is_some() { (crate::actions::of_space(ctx, space, &page.actions, page.may.contribute)) }
                section {
                    h2 { (t::teams(lang)) " " span.muted { (space.teams) } }
                    @if page.teams.is_empty() {
                        p.muted { @if space.teams > 0 { (text::networks::teams_hidden(lang)) } @else { (t::no_teams(lang)) } }
                    }
                    ul.items { @for team in &page.teams { li { (teams::card(lang, team)) } } }
                }
                section { h2 { (t::lately(lang)) } (feed::lately(lang, &page.lately)) }
                @if page.may.keep { (keeping(ctx, page)) }
            }
        }
    };
    Layout::new(&space.name).at(Place::Spaces).under(t::title(lang), address::spaces()).show(ctx, body)
}

fn all(label: &str, path: &str, space: &SpaceCard) -> Markup {
    html! { p { a href=(address::with_query(path, &[("space", &space.id.to_string())])) { (label) } } }
}

fn drafts(lang: Lang, drafts: &[Draft]) -> Markup {
    html! {
        @if !drafts.is_empty() {
            section {
                h2 { (t::drafts(lang)) }
                ul.items {
                    @for draft in drafts {
                        li { a href={ (address_of(draft.kind, &draft.id)) } { (draft.title) } }
                    }
                }
            }
        }
    }
}

fn address_of(kind: HappeningKind, id: &str) -> String {
    let base = match kind {
        HappeningKind::Problem | HappeningKind::Response => address::problems(),
        HappeningKind::Practice => address::practices(),
        HappeningKind::Session => address::sessions(),
    };
    format!("{base}/{id}")
}

fn keeping(ctx: &Context, page: &SpacePage) -> Markup {
    let lang = ctx.lang;
    let id = page.space.id;
    let form = Form::new(ctx, "TakeInTeam", address::space_teams(id));
    let choices = page.addable.iter().map(|team| Choice::new(team.id, teams::named(team)));
    html! {
        section {
            // A new space waits for its teams.
            details open[ctx.form.is_some() || page.space.teams == 0] {
                summary { h2.label { (t::keep(lang)) } }
                div.stack.tight {
                    @if page.addable.is_empty() && page.space.teams == 0 { p.help { (t::none_to_take_in(lang)) } }
                    p { a href=(address::space_edit(id)) { (t::edit(lang)) } }
                    @if !page.addable.is_empty() {
                        (form.quiet(t::take_in(lang), html! { (form.select("team", t::take_in_which(lang), choices.collect())) }))
                    }
                    @for team in &page.teams {
                        @let out = t::take_out(lang, &team.name);
                        (ui::confirm(address::space_team_out(id, team.id), &out, &out, t::take_out_means(lang)))
                    }
                    (ui::grave(address::space_archive(id), t::archive(lang), t::archive_help(lang)))
                }
            }
        }
    }
}

/// Name, purpose and visibility, of a new space and of one that is changed.
pub(crate) fn fields(form: &Form, lang: Lang) -> Markup {
    let all = [Visibility::Team, Visibility::Network, Visibility::All, Visibility::Public];
    let choices = all.into_iter().map(|one| Choice::of(one, visibility(lang, one))).collect();
    html! {
        (form.line("name", t::name(lang)).limit(80))
        (form.prose("about", t::about(lang)).limit(600).optional())
        (form.radios("visibility", t::visibility(lang), choices))
    }
}

pub fn edit(ctx: &Context, page: &SpacePage) -> Markup {
    let lang = ctx.lang;
    let space = &page.space;
    let form = Form::new(ctx, "EditSpace", address::space_edit(space.id))
        .fill("name", &space.name)
        .fill("about", &space.about)
        .fill("visibility", ui::key(space.visibility));
    let body = html! {
        h1 { (t::edit(lang)) }
        (ui::newer(ctx, "EditSpace", t::now_saved(lang), "", html! {
            p { strong { (space.name) } } (ui::prose(&space.about)) p { (visibility(lang, space.visibility)) }
        }))
        (form.show(common::save(lang), html! { (form.hidden("version", page.version)) (fields(&form, lang)) }))
    };
    Layout::new(t::edit(lang))
        .at(Place::Spaces)
        .under(t::title(lang), address::spaces())
        .under(&space.name, address::space(space.id))
        .show(ctx, body)
}
