use maud::{Markup, html};
use model::{
    actions::ActionCard,
    ids::SessionId,
    live::Reaction,
    notes::NotesPage,
    sessions::{Record, RecordedMessage, RecordedPerson, RecordedStep},
    time::Timestamp,
};
use text::{Lang, sessions as t, time};

use super::{polls, state_chip};
use crate::{
    Context, address,
    ui::{self, Layout, Place},
};

/// What a closed session leaves to read and to print.
pub fn record(ctx: &Context, record: &Record, notes: Option<&NotesPage>) -> Markup {
    let lang = ctx.lang;
    let session = &record.card;
    let title = t::record_title(lang, &session.title);
    let body = html! {
        div.head {
            p.on-paper { (session.space_name) }
            div.row.close { h1 { (title) } (state_chip(lang, session.state)) }
            p.meta {
                span { (t::took_place(lang)) " " (between(record.opened_at.unwrap_or(session.starts_at), record.closed_at)) }
                span { (t::facilitator(lang)) " " (session.facilitator) }
                span { (t::participants(lang, record.people.len())) }
                @if let Some(main) = session.main { a.no-print href=(address::record(main)) { (text::breakouts::main_record(lang)) } }
                a.no-print href=(address::minutes(session.id)) { (text::minutes::see(lang)) }
                a.no-print href=(address::attendance(session.id)) { (text::attendance::see(lang)) }
            }
        }
        div.two {
            div.stack {
                section { h2 { (t::agenda(lang)) } (steps(lang, &record.steps)) }
                (crate::agreements::of_session(lang, &record.agreements))
                @if !record.actions.is_empty() {
                    section {
                        h2 { (text::actions::title(lang)) }
                        ul.items { @for action in &record.actions { li { (agreed(lang, action)) } } }
                    }
                }
                @if !record.reviewed.is_empty() {
                    section {
                        h2 { (t::reviewed(lang)) }
                        ul.items { @for action in &record.reviewed { li { (agreed(lang, action)) } } }
                    }
                }
                @for poll in &record.polls { (polls::poll(lang, poll)) }
                @for board in &record.boards { (polls::board(lang, board)) }
                @if !record.groups.is_empty() { (crate::breakouts::recorded(lang, &record.groups)) }
                @if let Some(notes) = notes { (crate::notes::recorded(lang, notes)) }
                section.flows {
                    h2 { (t::messages(lang)) }
                    @if record.messages.is_empty() { p.muted { (t::no_messages(lang)) } }
                    (conversation(ctx, record))
                }
            }
            div.side {
                section {
                    h2 { (t::people(lang)) " " span.muted { (record.people.len()) } }
                    (people(lang, &record.people))
                }
                @if !record.floor.is_empty() {
                    section {
                        h2 { (t::floor(lang)) }
                        ol.steps { @for turn in &record.floor { li { (ui::who(lang, &turn.name)) " " span.muted.numbers { (time::clock(turn.from.ms())) @if let Some(to) = turn.to { "–" (time::clock(to.ms())) } } } } }
                    }
                }
            }
        }
    };
    Layout::new(title)
        .at(Place::Sessions)
        .under(text::spaces::title(lang), address::spaces())
        .under(&session.space_name, address::space(session.space))
        .show(ctx, body)
}

/// `2026-11-22 14:30–15:20`; the day of the end is left out when it is the same.
fn between(from: Timestamp, to: Option<Timestamp>) -> Markup {
    let end = to.map(|to| {
        let same = time::date(from.ms()) == time::date(to.ms());
        if same { time::clock(to.ms()) } else { time::date_time(to.ms()) }
    });
    html! { (ui::time(from)) @if let Some(end) = end { "–" (end) } }
}

fn steps(lang: Lang, steps: &[RecordedStep]) -> Markup {
    let real = |step: &RecordedStep| match (step.started_at, step.ended_at) {
        (Some(from), Some(to)) => t::minutes(lang, (to.since(from).ms() + 30_000) / 60_000),
        _ => t::not_reached(lang).to_owned(),
    };
    let clock = |step: &RecordedStep| match (step.started_at, step.ended_at) {
        (Some(from), Some(to)) => format!("{}–{}", time::clock(from.ms()), time::clock(to.ms())),
        _ => "–".to_owned(),
    };
    html! {
        div.scroll role="region" tabindex="0" aria-label=(text::live::agenda(lang)) {
            table {
                thead { tr { th scope="col" { (t::step(lang)) } th scope="col" { (t::planned_length(lang)) } th scope="col" { (t::real_length(lang)) } th scope="col" { (t::real_time(lang)) } } }
                tbody {
                    @for step in steps {
                        tr { th scope="row" { (step.title) } td { (t::minutes(lang, step.planned_minutes)) } td { (real(step)) } td.numbers { (clock(step)) } }
                    }
                }
            }
        }
    }
}

/// What was agreed, whose it is and what has become of it.
fn agreed(lang: Lang, action: &ActionCard) -> Markup {
    html! {
        p { a href=(address::action(action.id)) { (action.text) } }
        p.meta { (crate::actions::about(lang, action)) }
        @if let Some(reason) = &action.reason { p.meta { (reason) } }
    }
}

/// A long conversation is folded by so many messages; on paper all of it is open.
const FOLD: usize = 100;

fn conversation(ctx: &Context, record: &Record) -> Markup {
    let lang = ctx.lang;
    let row = |message: &RecordedMessage| {
        html! {
            li { (spoken(ctx, record.card.id, message)) }
        }
    };
    let span = |part: &[RecordedMessage]| match (part.first(), part.last()) {
        (Some(first), Some(last)) => format!("{}–{}", time::clock(first.at.ms()), time::clock(last.at.ms())),
        _ => String::new(),
    };
    html! {
        @if record.messages.len() <= 2 * FOLD {
            ol.items { @for message in &record.messages { (row(message)) } }
        } @else {
            @for (at, part) in record.messages.chunks(FOLD).enumerate() {
                details.fold open[at == 0] {
                    summary { (span(part)) " " span.muted { (t::message_count(lang, part.len())) } }
                    ol.items start=(at * FOLD + 1) { @for message in part { (row(message)) } }
                }
            }
        }
    }
}

fn reaction_name(lang: Lang, reaction: Reaction) -> &'static str {
    match reaction {
        Reaction::Agree => text::live::agree(lang),
        Reaction::Thanks => text::live::thanks(lang),
        Reaction::Idea => text::live::idea(lang),
        Reaction::Question => text::live::question(lang),
        Reaction::Joy => text::live::joy(lang),
        Reaction::Wonder => text::live::wonder(lang),
    }
}

fn spoken(ctx: &Context, session: SessionId, message: &RecordedMessage) -> Markup {
    let lang = ctx.lang;
    let what = format!("{}, {}", ui::who(lang, &message.by), time::clock(message.at.ms()));
    html! {
        p.meta {
            strong { (ui::who(lang, &message.by)) }
            @if let Some(team) = &message.team { span { (team) } }
            time.numbers datetime=(time::machine(message.at.ms())) { (time::clock(message.at.ms())) }
            @if message.edited { span { "(" (t::edited(lang)) ")" } }
            (crate::moderation::quiet_link(ctx, message.id, session, &what))
        }
        @if let Some(answered) = &message.reply_to {
            blockquote.small.muted { span.only-heard { (t::in_reply_to(lang)) } " " (answered) }
        }
        (ui::prose(&message.text))
        @if !message.reactions.is_empty() {
            p.meta { @for (reaction, count) in &message.reactions { span { (reaction_name(lang, *reaction)) " " (count) } } }
        }
    }
}

fn names(lang: Lang, people: &[RecordedPerson]) -> String {
    let name = |person: &RecordedPerson| {
        let name = ui::who(lang, &person.name);
        match &person.with {
            Some(host) => format!("{name} ({})", text::live::sits_with(lang, ui::who(lang, host))),
            None => name.to_owned(),
        }
    };
    people.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// By team, as schools report attendance; the record gives them in this order.
fn people(lang: Lang, people: &[RecordedPerson]) -> Markup {
    let teams = people.chunk_by(|one, next| (&one.team, &one.school) == (&next.team, &next.school));
    let teams = teams.filter_map(|members| Some((members.first()?, names(lang, members))));
    html! {
        @if people.is_empty() { p.muted { (t::nobody(lang)) } }
        dl.facts {
            @for (first, names) in teams {
                div {
                    dt {
                        @if let Some(team) = &first.team { (team) @if let Some(school) = &first.school { ", " (school) } }
                        @else { (t::without_team(lang)) }
                    }
                    dd { (names) }
                }
            }
        }
    }
}
