//! The start page.

use maud::{Markup, html};
use model::{
    actions::ActionCard,
    practices::PracticeCard,
    sessions::{Meeting, SessionCard, SessionState},
    spaces::SpaceCard,
};
use text::{common, home as t};

use crate::{
    Context, actions, address, practices, sessions, spaces, teams,
    ui::{self, Layout},
};

/// How many of their own sessions a reader is shown here.
const MEETINGS: usize = 5;

/// What the start page shows; the lists are short and hold only what the reader may see.
#[derive(Clone, Debug, Default)]
pub struct Home {
    /// Of the reader's teams, or public ones for someone who is not signed in.
    pub spaces: Vec<SpaceCard>,
    /// Open ones and the next planned.
    pub sessions: Vec<SessionCard>,
    /// Those that the reader leads or is invited to, the next first.
    pub meetings: Vec<Meeting>,
    pub practices: Vec<PracticeCard>,
    /// Open ones of the reader and of their teams as a whole.
    pub actions: Vec<ActionCard>,
    /// The reader has not opened the link of the letter yet, so that no other letter is sent to them.
    pub unverified: bool,
}

pub fn page(ctx: &Context, home: &Home) -> Markup {
    let lang = ctx.lang;
    let (now, mut next): (Vec<_>, Vec<_>) = home.sessions.iter().partition(|card| card.state == SessionState::Open);
    next.retain(|card| !home.meetings.iter().any(|mine| mine.card.id == card.id));
    // What is on stands on top, and of a series the next few are enough.
    let mine: Vec<_> =
        home.meetings.iter().filter(|mine| mine.card.state != SessionState::Open).take(MEETINGS).collect();
    let belongs = ctx.me().is_some_and(|me| !me.teams.is_empty() || !me.roles.is_empty());
    let body = html! {
        div.head {
            @match ctx.me() {
                Some(_) => h1 { (t::greeting(lang)) },
                None => {
                    h1 { (common::tagline(lang)) }
                    p { (t::lead(lang)) }
                    p.row {
                        (ui::go(address::sign_in(), text::accounts::sign_in(lang), true))
                        (ui::go(address::practices(), t::see_practices(lang), false))
                    }
                }
            }
        }
        @if ctx.me().is_some_and(|me| me.suspended) { p.note.warn { (text::refusals::sentence(lang, "suspended", |_| None)) } }
        @if let Some(me) = ctx.me() && me.teams.is_empty() && me.roles.is_empty() && !me.suspended {
            (ui::empty(t::no_team(lang), t::no_team_step(lang), teams::code_form(ctx, None)))
        }
        @if home.unverified {
            div.note { p { (t::unverified(lang)) } (ui::button(address::verification(), text::accounts::verification_again(lang), "", &[])) }
        }
        // Until a space shows what the team does, the way to the team itself.
        @if let Some(me) = ctx.me() && home.spaces.is_empty() && !me.teams.is_empty() {
            section {
                h2 { (t::my_teams(lang)) }
                ul.items {
                    @for team in &me.teams {
                        li { h3.item-title { a href=(address::team(team.team)) { (team.name) } } p.meta { span { (team.school) } } }
                    }
                }
            }
        }
        @for card in &now { (sessions::now(ctx, card)) }
        div.two {
            div.stack {
                (actions::mine(ctx, &home.actions))
                section {
                    h2 { @if belongs { (t::my_spaces(lang)) } @else { (t::open_spaces(lang)) } }
                    (spaces::cards(ctx, &home.spaces))
                }
                @if !home.practices.is_empty() {
                    section {
                        h2 { (t::new_practices(lang)) }
                        (practices::cards(ctx, &home.practices))
                        p { a href=(address::practices()) { (t::all_practices(lang)) } }
                    }
                }
            }
            @if !next.is_empty() || !mine.is_empty() {
                div.side {
                    @if !mine.is_empty() {
                        section {
                            h2 { (text::planning::meetings(lang)) }
                            ul.items {
                                @for mine in &mine {
                                    li { (sessions::card(ctx, &mine.card)) (sessions::invited::chip(lang, mine)) }
                                }
                            }
                        }
                    }
                    @if !next.is_empty() {
                        section {
                            h2 { (t::next(lang)) }
                            ul.items { @for card in &next { li { (sessions::card(ctx, card)) } } }
                        }
                    }
                }
            }
        }
    };
    Layout::new(common::home(lang)).show(ctx, body)
}
