//! Who attended a session for how long: one's own, and everyone's for those who lead it.

use maud::{Markup, html};
use model::attendance::{Attendance, CORRECTION_MAX, Correction, PersonAttendance, REASON_MAX};
use text::{Lang, attendance as t, sessions, time};

use crate::{
    Context, address,
    ui::{self, Choice, Form, Layout, Place, Tone},
};

pub fn page(ctx: &Context, page: &Attendance) -> Markup {
    let lang = ctx.lang;
    let card = &page.card;
    let title = t::title_of(lang, &card.title);
    let body = html! {
        div.head {
            p.on-paper { (card.space_name) }
            h1 { (title) }
            p.meta {
                span.numbers { (time::date_time(page.opened_at.ms())) @if let Some(at) = page.closed_at { "–" (time::clock(at.ms())) } }
                span { (t::length(lang, page.minutes, page.share)) }
            }
            p.muted.no-print { (t::lead(lang)) }
            @if page.closed_at.is_none() { p.note { (t::still_on(lang)) } }
        }
        @if page.people.is_none() || page.mine.is_some() {
            section.no-print {
                h2 { (t::mine(lang)) }
                @match &page.mine { Some(mine) => (own(lang, mine)), None => p.muted { (t::not_there(lang)) } }
            }
        }
        @if let Some(people) = &page.people {
            section {
                h2 { (sessions::people(lang)) " " span.muted { (people.len()) } }
                @if people.is_empty() {
                    p.muted { (t::none(lang)) }
                } @else {
                    @let attended = people.iter().filter(|one| one.counted.attended).count();
                    p.meta { span { (sessions::participants(lang, people.len())) } span { (t::attended_by(lang, attended)) } }
                    (table(lang, people))
                }
            }
            p.row.no-print {
                strong { (t::take_away(lang)) }
                a href=(address::attendance_csv(card.id)) { (t::csv(lang)) }
                a href=(address::attendance_xlsx(card.id)) { (t::xlsx(lang)) }
            }
        }
        @if page.may_correct {
            @if page.closed_at.is_some() { (correcting(ctx, page)) } @else { p.help { (t::after_closing(lang)) } }
            (sharing(ctx, page))
        }
    };
    Layout::new(title)
        .at(Place::Sessions)
        .under(text::spaces::title(lang), address::spaces())
        .under(&card.space_name, address::space(card.space))
        .under(&card.title, if page.closed_at.is_some() { address::record(card.id) } else { address::session(card.id) })
        .show(ctx, body)
}

fn chip(lang: Lang, attended: bool) -> Markup {
    if attended { ui::chip(Tone::Good, t::yes(lang)) } else { ui::chip(Tone::Calm, t::no(lang)) }
}

/// `13:00–13:45, 13:50–14:30`.
fn times(one: &PersonAttendance) -> String {
    let interval =
        |at: &model::attendance::Interval| format!("{}–{}", time::clock(at.from.ms()), time::clock(at.to.ms()));
    one.intervals.iter().map(interval).collect::<Vec<_>>().join(", ")
}

fn corrections(lang: Lang, all: &[Correction]) -> Markup {
    html! {
        @for one in all {
            p.small {
                (t::correction(lang, format!("{:+}", one.minutes), &one.reason))
                " " span.muted { (ui::who(lang, &one.by)) " " (ui::time(one.at)) }
            }
        }
    }
}

fn own(lang: Lang, mine: &PersonAttendance) -> Markup {
    html! {
        dl.facts {
            div { dt { (t::present(lang)) } dd.numbers { (sessions::minutes(lang, mine.counted.minutes)) " (" (mine.counted.percent) " %)" } }
            @if !mine.intervals.is_empty() { div { dt { (t::when(lang)) } dd.numbers { (times(mine)) } } }
            div { dt { (t::attended(lang)) } dd { (chip(lang, mine.counted.attended)) } }
            @if !mine.corrections.is_empty() { div { dt { (t::corrections(lang)) } dd { (corrections(lang, &mine.corrections)) } } }
        }
    }
}

fn table(lang: Lang, people: &[PersonAttendance]) -> Markup {
    html! {
        div.scroll role="region" tabindex="0" aria-label=(t::title(lang)) {
            table {
                thead { tr {
                    th scope="col" { (t::person(lang)) }
                    th scope="col" { (t::team(lang)) }
                    th scope="col" { (t::when(lang)) }
                    th scope="col" { (t::present(lang)) }
                    th scope="col" { (t::share(lang)) }
                    th scope="col" { (t::attended(lang)) }
                } }
                tbody {
                    @for one in people {
                        tr {
                            th scope="row" { (ui::who(lang, &one.name)) (corrections(lang, &one.corrections)) }
                            td { (one.team.as_deref().unwrap_or(sessions::without_team(lang))) }
                            td.numbers { (times(one)) }
                            td.numbers { (sessions::minutes(lang, one.counted.minutes)) }
                            td.numbers { (one.counted.percent) " %" }
                            td { (chip(lang, one.counted.attended)) }
                        }
                    }
                }
            }
        }
    }
}

fn correcting(ctx: &Context, page: &Attendance) -> Markup {
    let lang = ctx.lang;
    let sent = ctx.form.as_ref().is_some_and(|form| form.call == "CorrectAttendance");
    let form = Form::new(ctx, "CorrectAttendance", address::attendance_correct(page.card.id));
    let there = page.people.iter().flatten().map(|one| {
        let team = one.team.as_ref().map(|team| format!(", „{team}“")).unwrap_or_default();
        Choice::new(one.id, format!("{}{team}", ui::who(lang, &one.name)))
    });
    let others =
        page.others.iter().filter_map(|one| Some(Choice::new(one.person?, crate::actions::owner_name(lang, one))));
    let people = there.chain(others).collect();
    ui::more(
        t::correct(lang),
        sent,
        html! {
            p.help { (t::correct_help(lang)) }
            (form.quiet(t::save_correction(lang), html! {
                (form.select("person", t::person(lang), people))
                (form.number("minutes", t::correct_minutes(lang), -CORRECTION_MAX, CORRECTION_MAX).help(t::correct_minutes_help(lang)))
                (form.prose("reason", t::reason(lang)).help(t::correct_reason_help(lang)).limit(REASON_MAX))
            }))
        },
    )
}

fn sharing(ctx: &Context, page: &Attendance) -> Markup {
    let lang = ctx.lang;
    let sent = ctx.form.as_ref().is_some_and(|form| form.call == "SetAttendanceShare");
    let form = Form::new(ctx, "SetAttendanceShare", address::attendance_share(page.card.id)).fill("share", page.share);
    ui::more(
        t::set_share(lang),
        sent,
        form.quiet(t::save_share(lang), html! { (form.number("share", t::share_field(lang), 1, 100)) }),
    )
}
