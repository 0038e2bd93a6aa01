//! Who is invited to a session and what they answered, and the reader's own answer.

use maud::{Markup, html};
use model::{
    ids::SessionId,
    sessions::{Coming, Count, Invited, InvitedPerson, Meeting, SessionState},
};
use text::{Lang, planning as p};

use crate::{
    Context, address,
    ui::{self, Choice, Form, Tone},
};

/// The reader's own answer, or the form that gives it.
pub fn mine(ctx: &Context, session: SessionId, mine: &InvitedPerson) -> Markup {
    let lang = ctx.lang;
    let form = Form::new(ctx, "AnswerInvitation", address::session_answer(session))
        .fill("answer", mine.answer.map(ui::key).unwrap_or_default())
        .fill("note", mine.note.as_deref().unwrap_or_default());
    let choices = Coming::ALL.iter().map(|one| Choice::of(one, own(lang, *one))).collect();
    let fields = html! {
        (form.radios("answer", p::answer(lang), choices))
        (form.line("note", p::note(lang)).help(p::note_help(lang)).limit(200).optional())
    };
    let label = if mine.answer.is_some() { p::change_answer(lang) } else { p::send_answer(lang) };
    html! {
        section {
            h2 { (p::mine(lang)) }
            @if mine.answer.is_some() { (form.quiet(label, fields)) } @else { (form.show(label, fields)) }
        }
    }
}

pub fn list(lang: Lang, invited: &Invited) -> Markup {
    html! {
        section {
            h2 { (p::invited(lang)) " " span.muted { (p::people_invited(lang, invited.all.sum())) } }
            @if invited.all.sum() == 0 {
                p.muted { (p::nobody_invited(lang)) }
            } @else {
                p.meta { (counts(lang, invited.all)) }
                ul.items {
                    @for team in &invited.teams {
                        li {
                            h3.item-title { (team.name) }
                            p.meta { (counts(lang, team.count)) }
                            (names(lang, &team.people))
                        }
                    }
                    @if !invited.people.is_empty() {
                        li { h3.item-title { (p::by_name(lang)) } (names(lang, &invited.people)) }
                    }
                }
            }
        }
    }
}

/// A word of what the reader answered, for a list of their sessions.
pub fn chip(lang: Lang, meeting: &Meeting) -> Markup {
    let stands = matches!(meeting.card.state, SessionState::Planned | SessionState::Open);
    html! {
        @if stands {
            p.row.close {
                @if meeting.leads { (ui::chip(Tone::Plain, p::you_lead(lang))) }
                @match meeting.answer {
                    Some(answer) => (ui::chip(tone(answer), own(lang, answer))),
                    None if !meeting.leads => (ui::chip(Tone::Warn, p::not_answered(lang))),
                    None => {},
                }
            }
        }
    }
}

fn names(lang: Lang, people: &[InvitedPerson]) -> Markup {
    html! {
        @if !people.is_empty() {
            details {
                summary { (p::names(lang)) }
                ul.people {
                    @for person in people {
                        li {
                            span { (person.name) @if let Some(note) = &person.note { span.muted { " – " (note) } } }
                            (answered(lang, person.answer))
                        }
                    }
                }
            }
        }
    }
}

fn answered(lang: Lang, answer: Option<Coming>) -> Markup {
    match answer {
        Some(answer) => ui::chip(tone(answer), theirs(lang, answer)),
        None => ui::chip(Tone::Calm, p::who_waits(lang)),
    }
}

fn counts(lang: Lang, count: Count) -> Markup {
    let of = [
        (p::who_said_yes(lang), count.yes),
        (p::who_said_maybe(lang), count.maybe),
        (p::who_said_no(lang), count.no),
        (p::who_waits(lang), count.waiting),
    ];
    html! { @for (word, number) in of { span { (word) ": " span.numbers { (number) } } } }
}

const fn tone(answer: Coming) -> Tone {
    match answer {
        Coming::Yes => Tone::Good,
        Coming::Maybe => Tone::Plain,
        Coming::No => Tone::Calm,
    }
}

const fn own(lang: Lang, answer: Coming) -> &'static str {
    match answer {
        Coming::Yes => p::yes(lang),
        Coming::Maybe => p::maybe(lang),
        Coming::No => p::no(lang),
    }
}

const fn theirs(lang: Lang, answer: Coming) -> &'static str {
    match answer {
        Coming::Yes => p::who_said_yes(lang),
        Coming::Maybe => p::who_said_maybe(lang),
        Coming::No => p::who_said_no(lang),
    }
}
