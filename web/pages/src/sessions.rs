//! Live sessions outside of their room: the list, planning, the shell of the room, and the record.

mod record;

use maud::{Markup, html};
use model::{
    endpoint::Page,
    sessions::{ListSessions, SessionCard, SessionPage, SessionState},
    spaces::SpacePage,
};
use text::{Lang, sessions as t, time};

use crate::{
    Context, address,
    ui::{self, Form, Layout, Place, Tone},
};
pub use record::record;

/// As many as `ScheduleSession` takes.
const STEPS: usize = 20;

pub fn state_chip(lang: Lang, state: SessionState) -> Markup {
    match state {
        SessionState::Planned => ui::chip(Tone::Plain, t::planned(lang)),
        SessionState::Open => ui::live_chip(t::open(lang)),
        SessionState::Closed => ui::chip(Tone::Calm, t::closed(lang)),
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
            time.numbers datetime=(time::machine(session.starts_at.ms())) { (time::day_and_time(lang, session.starts_at.ms())) }
            span { (t::minutes(lang, session.minutes)) }
            span { (t::facilitator(lang)) " " (session.facilitator) }
            @if wide { span { (session.space_name) } }
        }
    }
}

pub fn new(ctx: &Context, space: &SpacePage) -> Markup {
    let lang = ctx.lang;
    let id = space.space.id;
    let form = Form::new(ctx, "ScheduleSession", address::session_new(id))
        .keeps_draft()
        .fill("steps.0.title", t::first_step(lang))
        .fill("steps.0.minutes", 10)
        .fill("steps.1.title", t::second_step(lang))
        .fill("steps.1.minutes", 30)
        .fill("steps.2.title", t::third_step(lang))
        .fill("steps.2.minutes", 10);
    let row = |at: usize| {
        html! {
            div.beside.agenda-row {
                (form.line(format!("steps.{at}.title"), t::step(lang)))
                (form.number(format!("steps.{at}.minutes"), t::minutes_of(lang), 1, 240))
            }
        }
    };
    let shown = form.rows("steps").max(3);
    let fields = html! {
        p.muted { (t::facilitator_help(lang)) }
        (form.line("title", t::name(lang)).help(t::name_help(lang)).limit(120))
        (form.date_time("starts_at", t::starts_at(lang)).help(t::starts_at_help(lang)))
        (form.group("steps", t::agenda(lang), t::agenda_help(lang), html! {
            @for at in 0..shown { (row(at)) }
            @if shown < STEPS {
                (ui::more(t::steps_more(lang), false, html! { @for at in shown..(shown + 4).min(STEPS) { (row(at)) } }))
            }
        }))
    };
    let body = html! { h1 { (t::new_title(lang)) } (form.show(t::schedule(lang), fields)) };
    Layout::new(t::new_title(lang))
        .at(Place::Sessions)
        .under(text::spaces::title(lang), address::spaces())
        .under(&space.space.name, address::space(id))
        .show(ctx, body)
}

/// The shell of the room. The client takes over `#live-room`; until then, and where it cannot, the plan can be read. Who was
/// there and what was said is for people of the platform: whoever is not signed in reads the plan, and how to get in.
pub fn room(ctx: &Context, page: &SessionPage) -> Markup {
    let lang = ctx.lang;
    let session = &page.card;
    let closed = session.state == SessionState::Closed;
    let inside = if closed { address::record(session.id) } else { address::session(session.id) };
    let body = html! {
        div.head {
            h1 { (session.title) }
            p.meta {
                (state_chip(lang, session.state))
                time.numbers datetime=(time::machine(session.starts_at.ms())) { (time::day_and_time(lang, session.starts_at.ms())) }
                span { (t::facilitator(lang)) " " (session.facilitator) }
            }
        }
        @if !closed { (crate::actions::opening(ctx, session.id, &page.actions)) }
        @if ctx.me().is_none() {
            p.note { (t::people_only(lang)) }
            p { (ui::go(address::sign_in_then(&inside), text::accounts::sign_in(lang), true)) }
            (plan(lang, page))
        } @else if closed {
            p { (ui::go(address::record(session.id), t::read_record(lang), true)) }
            (plan(lang, page))
        } @else {
            div #live-room data-session=(session.id) {
                div.stack data-client-waiting {
                    @if session.state == SessionState::Planned { p.note { (t::not_yet(lang)) } }
                    @if session.state == SessionState::Open && !page.may_take_part { p.note { (t::only_read(lang)) } }
                    noscript { p.note.warn { (t::needs_scripts(lang)) } }
                    @if (ctx.assets.address)("loader.js").is_none() { p.note.warn { (text::live::not_built(lang)) } }
                    (plan(lang, page))
                }
                p.note.warn data-client-failed hidden { (text::live::failed(lang)) " " (t::old_browser(lang)) }
            }
        }
    };
    let layout = Layout::new(&session.title)
        .at(Place::Sessions)
        .under(text::spaces::title(lang), address::spaces())
        .under(&session.space_name, address::space(session.space));
    let layout = if closed || ctx.me().is_none() { layout } else { layout.live() };
    layout.show(ctx, body)
}

fn plan(lang: Lang, page: &SessionPage) -> Markup {
    html! {
        section {
            h2 { (t::agenda(lang)) }
            ol.steps {
                @for step in &page.steps { li { (step.title) " " span.muted { (t::minutes(lang, step.minutes)) } } }
            }
        }
    }
}
