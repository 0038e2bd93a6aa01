//! Live sessions outside of their room: the list, planning, the shell of the room, and the record.

mod feed;
pub mod invited;
mod plan;
pub(crate) mod polls;
mod record;

use maud::{Markup, html};
use model::{
    endpoint::Page,
    notes::NotesPage,
    sessions::{ListSessions, SessionCard, SessionPage, SessionState},
};
use text::{Lang, planning as p, sessions as t, time};

use crate::{
    Context, address, plans,
    ui::{self, Layout, Place, Tone},
};
pub use feed::feed;
pub use plan::{Office, cancel, edit, new};
pub(crate) use plan::{agenda, fill_steps};
pub use record::record;

pub fn state_chip(lang: Lang, state: SessionState) -> Markup {
    match state {
        SessionState::Planned => ui::chip(Tone::Plain, t::planned(lang)),
        SessionState::Open => ui::live_chip(t::open(lang)),
        SessionState::Closed => ui::chip(Tone::Calm, t::closed(lang)),
        SessionState::Cancelled => ui::chip(Tone::Bad, t::cancelled(lang)),
    }
}

pub fn list(ctx: &Context, call: &ListSessions, page: &Page<SessionCard>) -> Markup {
    let lang = ctx.lang;
    let space = call.space.map(|space| space.to_string()).unwrap_or_default();
    let of = |state| page.items.iter().filter(move |card: &&SessionCard| card.state == state);
    let section = |title: &str, state| {
        html! {
            @if of(state).next().is_some() {
                section { h2 { (title) } ul.items { @for session in of(state) { li { (card(ctx, session)) } } } }
            }
        }
    };
    let body = html! {
        div.head { h1 { (t::title(lang)) } p.muted { (t::lead(lang)) } }
        @if page.items.is_empty() {
            (ui::empty(t::none(lang), t::none_step(lang), ui::go(address::spaces(), t::to_spaces(lang), true)))
        }
        @for session in of(SessionState::Open) { (now(ctx, session)) }
        (section(t::planned_list(lang), SessionState::Planned))
        (section(t::past_list(lang), SessionState::Closed))
        (section(t::not_held(lang), SessionState::Cancelled))
        (ui::pager(ctx, &address::sessions(), &[("space", &space)], page.next.as_deref(), call.cursor.is_some()))
    };
    Layout::new(t::title(lang)).at(Place::Sessions).show(ctx, body)
}

/// The banner of a session that is on.
pub(crate) fn now(ctx: &Context, session: &SessionCard) -> Markup {
    let lang = ctx.lang;
    html! {
        section.now {
            p.row.close { (ui::live_chip(t::open_now(lang))) span.muted { (session.space_name) } }
            h2 { (session.title) }
            p.meta { span { (t::facilitator(lang)) " " (session.facilitator) } span { (t::minutes(lang, session.minutes)) } }
            (ui::go(address::session(session.id), t::enter(lang), true))
        }
    }
}

pub(crate) fn card(ctx: &Context, session: &SessionCard) -> Markup {
    drawn(ctx, session, true)
}

/// On the page of its own space.
pub(crate) fn card_here(ctx: &Context, session: &SessionCard) -> Markup {
    drawn(ctx, session, false)
}

fn drawn(ctx: &Context, session: &SessionCard, wide: bool) -> Markup {
    let lang = ctx.lang;
    let past = session.state == SessionState::Closed;
    let address = if past { address::record(session.id) } else { address::session(session.id) };
    html! {
        h3.item-title { a href=(address) { (session.title) } }
        p.meta {
            @if session.state == SessionState::Cancelled { (state_chip(lang, session.state)) }
            time.numbers datetime=(time::machine(session.starts_at.ms())) { (time::day_and_time(lang, session.starts_at.ms())) }
            span { (t::minutes(lang, session.minutes)) }
            span { (t::facilitator(lang)) " " (session.facilitator) }
            @if wide { span { (session.space_name) } }
        }
    }
}

/// The shell of the room. The client takes over `#live-room`; until then, and where it cannot, the plan can be read. Who was
/// there and what was said is for people of the platform: whoever is not signed in reads the plan, and how to get in.
pub fn room(ctx: &Context, page: &SessionPage, notes: Option<&NotesPage>) -> Markup {
    let lang = ctx.lang;
    let session = &page.card;
    let closed = session.state == SessionState::Closed;
    let inside = if closed { address::record(session.id) } else { address::session(session.id) };
    let body = html! {
        div.head {
            h1 { (session.title) }
            p.meta {
                // The room keeps it true.
                span data-session-state { (state_chip(lang, session.state)) }
                time.numbers datetime=(time::machine(session.starts_at.ms())) { (time::day_and_time(lang, session.starts_at.ms())) }
                span { (t::facilitator(lang)) " " (session.facilitator) }
                @if let Some(series) = &page.series {
                    span { (plan::every(lang, series.every)) ", " (p::place(lang, series.place, series.of)) }
                }
            }
            (video(lang, page))
        }
        @if let Some(reason) = &page.cancelled {
            div.note.bad { p { strong { (p::cancelled_because(lang)) } } (ui::prose(reason)) }
        }
        @if let Some(main) = session.main {
            p.row { (ui::go(address::session(main), text::breakouts::back(lang), false)) }
        } @else {
            (doors(ctx, page))
        }
        @if page.late { p.note.warn { (p::time_passed(lang)) } }
        @if let Some(invited) = page.invited.as_ref().filter(|_| session.state == SessionState::Planned && !page.late) {
            @if let Some(mine) = invited.mine.as_ref().filter(|_| page.may_take_part) {
                (invited::mine(ctx, session.id, mine))
            }
        }
        @if session.state == SessionState::Planned { div data-before-opening { (opening(ctx, page)) } }
        @if session.state == SessionState::Cancelled {
            (steps_of(lang, page))
        } @else if ctx.me().is_none() {
            p.note { (t::people_only(lang)) }
            p { (ui::go(address::sign_in_then(&inside), text::accounts::sign_in(lang), true)) }
            (steps_of(lang, page))
        } @else if closed {
            p { (ui::go(address::record(session.id), t::read_record(lang), true)) }
            (steps_of(lang, page))
        } @else {
            div #live-room data-session=(session.id) {
                div.stack data-client-waiting {
                    @if session.state == SessionState::Planned { p.note { (t::not_yet(lang)) } }
                    @if session.state == SessionState::Open && !page.may_take_part { p.note { (t::only_read(lang)) } }
                    noscript { p.note.warn { (t::needs_scripts(lang)) } }
                    @if (ctx.assets.address)("loader.js").is_none() { p.note.warn { (text::live::not_built(lang)) } }
                    @if session.state == SessionState::Open { (opening(ctx, page)) }
                    (steps_of(lang, page))
                }
                p.note.warn data-client-failed hidden { (text::live::failed(lang)) " " (t::old_browser(lang)) }
            }
        }
        @if let Some(notes) = notes.filter(|_| !closed && session.state != SessionState::Cancelled) { (crate::notes::section(ctx, notes)) }
        @if let Some(invited) = page.invited.as_ref().filter(|_| session.state == SessionState::Planned) {
            (invited::list(lang, invited))
        }
    };
    let layout = Layout::new(&session.title)
        .at(Place::Sessions)
        .under(text::spaces::title(lang), address::spaces())
        .under(&session.space_name, address::space(session.space));
    let room = matches!(session.state, SessionState::Planned | SessionState::Open);
    let layout = if !room || ctx.me().is_none() { layout } else { layout.live() };
    layout.show(ctx, body)
}

/// What it begins with; the live room shows the same once it is open.
fn opening(ctx: &Context, page: &SessionPage) -> Markup {
    html! {
        (crate::actions::opening(ctx, page.card.id, &page.actions))
        (crate::agreements::opening(ctx.lang, &page.reviews))
    }
}

/// Where it is seen and heard. The name of the site is told before one goes there, and nothing of this one is told there.
fn video(lang: Lang, page: &SessionPage) -> Markup {
    html! {
        @if let Some(video) = &page.video {
            p.row.close {
                a.button href=(video) target="_blank" rel="noopener noreferrer" { (p::video_open(lang, video.host())) }
                span.muted.small { "(" (p::new_tab(lang)) ")" }
            }
        }
    }
}

/// What can be done with the plan, and where the others of its series are.
fn doors(ctx: &Context, page: &SessionPage) -> Markup {
    let lang = ctx.lang;
    let id = page.card.id;
    let planned = page.card.state == SessionState::Planned;
    let changes = page.may_facilitate && matches!(page.card.state, SessionState::Planned | SessionState::Open);
    html! {
        @if page.card.state != SessionState::Closed {
            p.row {
                @if planned { a href=(address::session_ics(id)) download { (p::ics(lang)) } }
                @if let Some(series) = &page.series { a href=(address::series_ics(series.id)) download { (p::ics_series(lang)) } }
                @if changes { a href=(address::session_edit(id)) { (p::edit(lang)) } }
                @if changes && !planned { a href=(address::breakouts(id)) { (text::breakouts::title(lang)) } }
                @if planned && changes { a href=(address::session_cancel(id)) { (p::cancel(lang)) } }
            }
        }
        @if let Some(series) = &page.series {
            p.row {
                @if let Some(previous) = series.previous { a rel="prev" href=(address::session(previous)) { (p::previous(lang)) } }
                @if let Some(next) = series.next { a rel="next" href=(address::session(next)) { (p::next(lang)) } }
            }
        }
    }
}

fn steps_of(lang: Lang, page: &SessionPage) -> Markup {
    html! { section { h2 { (t::agenda(lang)) } (plans::steps(lang, &page.steps)) } }
}
