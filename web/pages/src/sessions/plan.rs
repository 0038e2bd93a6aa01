//! Planning a session, changing its plan, cancelling it.

use maud::{Markup, html};
use model::{
    access::Role,
    ids::PersonId,
    live::{Speakers, StepKind},
    plans::Plan,
    sessions::{Every, PlannedStep, Reach, SeriesShown, SessionPage},
    spaces::SpacePage,
    time::LocalDateTime,
};
use text::{Lang, planning as p, sessions as t, steps as s};

use crate::{
    Context, accounts, address, plans,
    ui::{self, Choice, Form, Layout, Place},
};

/// As many as `ScheduleSession` takes.
const STEPS: usize = 20;
/// As many as `Repeat` takes.
const SKIPS: usize = 12;

/// Somebody who serves the teams of a space, with their roles in it.
#[derive(Clone, Debug)]
pub struct Office {
    pub id: PersonId,
    pub name: String,
    pub roles: Vec<Role>,
}

/// `chosen` is the plan whose steps the agenda begins with.
pub fn new(ctx: &Context, space: &SpacePage, office: &[Office], plans: &[Plan], chosen: Option<&Plan>) -> Markup {
    let lang = ctx.lang;
    let id = space.space.id;
    let mut form = Form::new(ctx, "ScheduleSession", address::session_new(id)).keeps_draft();
    form = match chosen {
        Some(plan) => fill_steps(form.fill("title", &plan.title), &plan.steps),
        None => form
            .fill("steps.0.title", t::first_step(lang))
            .fill("steps.0.minutes", 10)
            .fill("steps.1.title", t::second_step(lang))
            .fill("steps.1.minutes", 30)
            .fill("steps.2.title", t::third_step(lang))
            .fill("steps.2.minutes", 10),
    };
    for team in &space.teams {
        form = form.fill("teams", team.id);
    }
    let fields = html! {
        p.muted { (t::facilitator_help(lang)) }
        (what_and_when(&form, lang, ""))
        (repeating(&form, lang))
        (agenda(&form, lang))
        (video(&form, lang))
        (invited(&form, lang, space, office))
    };
    let body = html! {
        h1 { (t::new_title(lang)) }
        (plans::choice(lang, plans, chosen))
        (form.show(t::schedule(lang), fields))
    };
    under(Layout::new(t::new_title(lang)), lang, space).show(ctx, body)
}

pub fn edit(ctx: &Context, page: &SessionPage, space: &SpacePage, office: &[Office]) -> Markup {
    let lang = ctx.lang;
    let card = &page.card;
    let mut form = Form::new(ctx, "EditSession", address::session_edit(card.id))
        .keeps_draft()
        .fill("title", &card.title)
        .fill("starts_at", LocalDateTime::of(card.starts_at))
        .fill("video", page.video.as_ref().map_or("", |video| video.as_str()));
    form = fill_steps(form, &page.steps);
    for team in page.invited.iter().flat_map(|invited| &invited.teams) {
        form = form.fill("teams", team.id);
    }
    for person in page.invited.iter().flat_map(|invited| &invited.people) {
        form = form.fill("people", person.id);
    }
    let saved = html! {
        p { strong { (card.title) } }
        p { (text::time::day_and_time(lang, card.starts_at.ms())) }
        (plans::steps(lang, &page.steps))
    };
    let fields = html! {
        (form.hidden("version", page.version))
        @if let Some(series) = &page.series { (reach(&form, lang, series)) }
        (what_and_when(&form, lang, p::moving_help(lang)))
        (agenda(&form, lang))
        (video(&form, lang))
        (invited(&form, lang, space, office))
    };
    let title = p::edit_title(lang, &card.title);
    let body = html! {
        h1 { (title) }
        (ui::newer(ctx, "EditSession", p::newer(lang), "", saved))
        (form.show_with(p::save(lang), fields, html! {
            a href=(address::session_cancel(card.id)) { (p::cancel(lang)) }
        }))
    };
    under(Layout::new(&title), lang, space).under(&card.title, address::session(card.id)).show(ctx, body)
}

pub fn cancel(ctx: &Context, page: &SessionPage) -> Markup {
    let lang = ctx.lang;
    let card = &page.card;
    let form = Form::new(ctx, "CancelSession", address::session_cancel(card.id)).keeps_draft();
    let fields = html! {
        (form.hidden("version", page.version))
        @if let Some(series) = &page.series { (reach(&form, lang, series)) }
        (form.prose("reason", p::reason(lang)).help(p::reason_help(lang)).limit(300))
    };
    let body = html! {
        div.head {
            h1 { (p::cancel(lang)) }
            p { strong { (card.title) } ", " (text::time::day_and_time(lang, card.starts_at.ms())) }
            p { (p::cancel_means(lang)) }
        }
        (form.show(p::cancel(lang), fields))
    };
    Layout::new(p::cancel(lang))
        .at(Place::Sessions)
        .under(&card.space_name, address::space(card.space))
        .under(&card.title, address::session(card.id))
        .show(ctx, body)
}

pub fn every(lang: Lang, every: Every) -> &'static str {
    match every {
        Every::Weekly => p::weekly(lang),
        Every::TwoWeekly => p::two_weekly(lang),
        Every::FourWeekly => p::four_weekly(lang),
        Every::Monthly => p::monthly(lang),
    }
}

fn under(layout: Layout, lang: Lang, space: &SpacePage) -> Layout {
    layout
        .at(Place::Sessions)
        .under(text::spaces::title(lang), address::spaces())
        .under(&space.space.name, address::space(space.space.id))
}

fn what_and_when(form: &Form<'_>, lang: Lang, help: &str) -> Markup {
    html! {
        (form.line("title", t::name(lang)).help(t::name_help(lang)).limit(120))
        (form.date_time("starts_at", t::starts_at(lang)).help(t::starts_at_help(lang)).help(help))
    }
}

/// The form with these steps in its agenda.
pub(crate) fn fill_steps<'a>(mut form: Form<'a>, steps: &[PlannedStep]) -> Form<'a> {
    for (at, step) in steps.iter().enumerate() {
        form = form.fill(&format!("steps.{at}.title"), &*step.title).fill(&format!("steps.{at}.minutes"), step.minutes);
        if step.kind != StepKind::Talk {
            form = form.fill(&format!("steps.{at}.kind"), ui::key(step.kind));
        }
        if let Some(speaks) = step.speaks {
            form = form.fill(&format!("steps.{at}.speaks"), ui::key(speaks));
        }
        if step.without_chat {
            form = form.fill(&format!("steps.{at}.without_chat"), "on");
        }
    }
    form
}

pub(crate) fn agenda(form: &Form<'_>, lang: Lang) -> Markup {
    // What is chosen at first sends nothing, so that an empty row stays one.
    let kinds = || {
        let others = StepKind::ALL.iter().filter(|kind| **kind != StepKind::Talk);
        let others = others.map(|kind| Choice::of(kind, plans::kind(lang, *kind)));
        std::iter::once(Choice::new("", s::talk(lang))).chain(others).collect()
    };
    let speakers = || {
        let all = Speakers::ALL.iter().map(|who| Choice::of(who, plans::speakers(lang, *who)));
        std::iter::once(Choice::new("", s::as_kind(lang))).chain(all).collect()
    };
    let row = |at: usize| {
        let ruled = ["speaks", "without_chat"]
            .iter()
            .any(|name| form.value(&format!("steps.{at}.{name}")).is_some_and(|value| !value.is_empty()));
        html! {
            div.agenda-row {
                div.beside {
                    (form.line(format!("steps.{at}.title"), t::step(lang)))
                    (form.number(format!("steps.{at}.minutes"), t::minutes_of(lang), 1, 240))
                    (form.select(format!("steps.{at}.kind"), s::kind(lang), kinds()))
                }
                (ui::more(text::plans::rules(lang), ruled, html! {
                    (form.select(format!("steps.{at}.speaks"), s::speaks(lang), speakers()))
                    (form.check(format!("steps.{at}.without_chat"), s::without_chat(lang)))
                }))
            }
        }
    };
    let shown = form.rows("steps").max(3);
    form.group(
        "steps",
        t::agenda(lang),
        t::agenda_help(lang),
        html! {
            @for at in 0..shown { (row(at)) }
            @if shown < STEPS {
                (ui::more(t::steps_more(lang), false, html! { @for at in shown..(shown + 4).min(STEPS) { (row(at)) } }))
            }
        },
    )
}

fn repeating(form: &Form<'_>, lang: Lang) -> Markup {
    let choices = Every::ALL.iter().map(|one| Choice::of(one, every(lang, *one))).collect();
    let typed = ["repeat.every", "repeat.count", "repeat.until"]
        .iter()
        .any(|name| form.value(name).is_some_and(|value| !value.is_empty()));
    let skips = form.rows("repeat.skip");
    let shown = skips.clamp(2, SKIPS);
    let skip = |at: usize| form.date(format!("repeat.skip.{at}"), p::skip_one(lang));
    ui::more(
        p::repeat(lang),
        typed || skips > 0,
        html! {
            p.help { (p::repeat_help(lang)) }
            (form.select("repeat.every", p::every(lang), choices).optional())
            div.beside {
                (form.number("repeat.count", p::count(lang), 2, 40).help(p::count_help(lang)))
                (form.date("repeat.until", p::until(lang)).help(p::until_help(lang)))
            }
            (form.group("repeat.skip", p::skip(lang), p::skip_help(lang), html! {
                div.beside { @for at in 0..shown { (skip(at)) } }
                @if shown < SKIPS {
                    (ui::more(p::skip_more(lang), false, html! { div.beside { @for at in shown..(shown + 4).min(SKIPS) { (skip(at)) } } }))
                }
            }))
        },
    )
}

fn video(form: &Form<'_>, lang: Lang) -> Markup {
    html! { (form.line("video", p::video(lang)).help(p::video_help(lang)).limit(300).optional()) }
}

fn invited(form: &Form<'_>, lang: Lang, space: &SpacePage, office: &[Office]) -> Markup {
    let teams: Vec<_> =
        space.teams.iter().map(|team| Choice::new(team.id, &team.name).explained(&team.school)).collect();
    let people: Vec<_> = office
        .iter()
        .map(|one| {
            let mut roles: Vec<_> = one.roles.iter().map(|role| accounts::role_name(lang, *role)).collect();
            roles.dedup();
            Choice::new(one.id, &one.name).explained(roles.join(", "))
        })
        .collect();
    form.group(
        "invite",
        p::invite(lang),
        p::invite_help(lang),
        html! {
            // What is ticked is meant, also when nothing is.
            (form.hidden("whom", "chosen"))
            @if teams.is_empty() { p.muted { (p::no_teams(lang)) } }
            @else { (form.checks("teams", p::teams(lang), teams)) }
            @if !people.is_empty() { (form.checks("people", p::people(lang), people)) }
        },
    )
}

fn reach(form: &Form<'_>, lang: Lang, series: &SeriesShown) -> Markup {
    let following = format!("{} {}", p::reach_following_help(lang), p::following(lang, series.following));
    let choices = vec![
        Choice::of(Reach::One, p::reach_one(lang)),
        Choice::of(Reach::Following, p::reach_following(lang)).explained(following),
    ];
    html! {
        @if series.following > 0 { (form.radios("reach", p::reach(lang), choices).at_first(ui::key(Reach::One))) }
    }
}
