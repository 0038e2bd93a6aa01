//! The groups of an open session: proposed, made, led and called back. Works without scripts.

use maud::{Markup, html};
use model::{
    breakouts::*,
    live::{GroupWay, STEP_MINUTES_MAX},
    sessions::{RecordedBoard, RecordedGroup, RecordedPoll},
};
use text::{Lang, breakouts as t, time};

use crate::{
    Context, address,
    sessions::polls,
    ui::{self, Choice, Form, Layout, Place},
};

pub fn page(ctx: &Context, page: &BreakoutsPage) -> Markup {
    let lang = ctx.lang;
    let card = &page.card;
    let body = html! {
        div.head {
            h1 { (t::title_of(lang, &card.title)) }
            p.muted { (t::lead(lang)) }
        }
        @if let Some(ends_at) = page.ends_at {
            section {
                div.row {
                    h2 { (t::works_until(lang, time::clock(ends_at.ms()))) }
                    a href=(address::breakouts(card.id)) { (t::refresh(lang)) }
                }
                p.muted { (t::warned(lang)) }
                div.row {
                    (button(ctx, address::breakouts_extend(card.id), &t::extend(lang, BREAKOUT_MORE), "quiet", &[("minutes", &BREAKOUT_MORE.to_string())]))
                    (button(ctx, address::breakouts_close(card.id), t::close(lang), "primary", &[]))
                }
            }
            (working(lang, page))
            (moving(ctx, page))
        } @else if page.people.is_empty() {
            (ui::empty(t::nobody_here(lang), t::nobody_step(lang), ui::go(address::session(card.id), t::back(lang), false)))
        } @else {
            (asking(lang, page))
            (making(ctx, page))
        }
    };
    Layout::new(t::title_of(lang, &card.title))
        .at(Place::Sessions)
        .under(text::spaces::title(lang), address::spaces())
        .under(&card.space_name, address::space(card.space))
        .under(&card.title, address::session(card.id))
        .show(ctx, body)
}

fn button(ctx: &Context, action: String, label: &str, class: &str, hidden: &[(&str, &str)]) -> Markup {
    // Pressed twice it is done once.
    let key = ctx.key.as_deref().unwrap_or_default();
    let all: Vec<_> = hidden.iter().copied().chain((!key.is_empty()).then_some(("_key", key))).collect();
    ui::button(action, label, class, &all)
}

fn title(lang: Lang, group: &GroupShown) -> String {
    group.title.clone().unwrap_or_else(|| t::group_number(lang, group.number))
}

fn named(lang: Lang, one: &GroupPerson) -> String {
    let team = one.team.as_ref().map(|team| format!(" („{team}“)")).unwrap_or_default();
    format!("{}{team}", ui::who(lang, &one.name))
}

fn seen(lang: Lang, seen: GroupSeen) -> &'static str {
    match seen {
        GroupSeen::Main => t::seen_main(lang),
        GroupSeen::Group => t::seen_group(lang),
        GroupSeen::Nowhere => t::seen_nowhere(lang),
    }
}

fn working(lang: Lang, page: &BreakoutsPage) -> Markup {
    let of = |number: Option<i64>| page.people.iter().filter(move |one| one.group == number);
    let people = |number: Option<i64>, place: GroupSeen| {
        html! {
            ul.plain {
                @for one in of(number) {
                    li {
                        (ui::who(lang, &one.name))
                        @if one.seen != place { " " span.muted.small { (seen(lang, one.seen)) } }
                    }
                }
            }
        }
    };
    html! {
        ul.tiles {
            @for group in &page.groups {
                li.tile {
                    h2 { (title(lang, group)) }
                    @if of(Some(group.number)).next().is_none() { p.muted { (t::nobody(lang)) } }
                    (people(Some(group.number), GroupSeen::Group))
                    @if let Some(session) = group.session {
                        a href=(address::session(session)) aria-label=(t::go_in_to(lang, title(lang, group))) { (t::go_in(lang)) }
                    }
                }
            }
            @if of(None).next().is_some() {
                li.tile { h2 { (t::in_main(lang)) } (people(None, GroupSeen::Main)) }
            }
        }
    }
}

fn moving(ctx: &Context, page: &BreakoutsPage) -> Markup {
    let lang = ctx.lang;
    let form = Form::new(ctx, "MoveToBreakout", address::breakouts_move(page.card.id));
    let people = page.people.iter().map(|one| Choice::new(one.id, named(lang, one))).collect();
    let groups = page.groups.iter().filter_map(|group| Some(Choice::new(group.session?, title(lang, group))));
    let to = std::iter::once(Choice::new("", t::stays(lang))).chain(groups).collect();
    html! {
        section {
            h2 { (t::shift(lang)) }
            (form.quiet(t::shift_do(lang), html! {
                div.beside {
                    (form.select("person", t::person(lang), people))
                    (form.select("to", t::to(lang), to))
                }
            }))
        }
    }
}

fn way(lang: Lang, way: GroupWay) -> &'static str {
    match way {
        GroupWay::Random => t::random(lang),
        GroupWay::Strangers => t::strangers(lang),
        GroupWay::Team => t::by_team(lang),
        GroupWay::Hand => t::by_hand(lang),
    }
}

/// How it is proposed: sent by GET, so that a proposal has an address.
fn asking(lang: Lang, page: &BreakoutsPage) -> Markup {
    let option = |value: String, words: &str, chosen: bool| html! { option value=(value) selected[chosen] { (words) } };
    let unit = |unit| if unit == GroupUnit::Groups { t::of_groups(lang) } else { t::of_people(lang) };
    let next = [
        ("way", ui::key(page.way)),
        ("unit", ui::key(page.unit)),
        ("number", page.number.to_string()),
        ("seed", (page.seed + 1).to_string()),
    ];
    let next: Vec<_> = next.iter().map(|(name, value)| format!("{name}={value}")).collect();
    html! {
        section {
            h2 { (t::how(lang)) }
            form.facets method="get" action=(address::breakouts(page.card.id)) {
                div.field {
                    label for="groups-way" { (t::way(lang)) }
                    select #groups-way name="way" { @for one in GroupWay::ALL { (option(ui::key(one), way(lang, one), one == page.way)) } }
                }
                div.field {
                    label for="groups-number" { (t::number(lang)) }
                    input #groups-number type="number" name="number" min="1" max="50" value=(page.number);
                }
                div.field {
                    label for="groups-unit" { (t::unit(lang)) }
                    select #groups-unit name="unit" {
                        @for one in [GroupUnit::People, GroupUnit::Groups] { (option(ui::key(one), unit(one), one == page.unit)) }
                    }
                }
                div.field { button { (t::propose(lang)) } }
            }
            @if matches!(page.way, GroupWay::Random | GroupWay::Strangers) {
                p { a href=(format!("{}?{}", address::breakouts(page.card.id), next.join("&"))) { (t::again(lang)) } }
            }
        }
    }
}

fn making(ctx: &Context, page: &BreakoutsPage) -> Markup {
    let lang = ctx.lang;
    let sent = ctx.form.as_ref().is_some_and(|form| form.call == "OpenBreakouts");
    let mut form =
        Form::new(ctx, "OpenBreakouts", address::breakouts_open(page.card.id)).fill("minutes", BREAKOUT_MINUTES);
    for (group, row) in page.groups.iter().zip(0..) {
        form = form
            .fill(&format!("groups.{row}.number"), group.number)
            .fill(&format!("groups.{row}.title"), title(lang, group));
    }
    // Those of one group stand together; a form that was refused keeps its rows as they were sent.
    let mut people: Vec<&GroupPerson> = page.people.iter().collect();
    people.sort_by_key(|one| (one.group.is_none(), one.group));
    for (one, row) in people.iter().zip(0..) {
        form = form.fill(&format!("people.{row}.person"), one.id);
        if let Some(group) = one.group {
            form = form.fill(&format!("people.{row}.group"), group);
        }
    }
    let groups = if sent { form.rows("groups") } else { page.groups.len() };
    let rows = if sent { form.rows("people") } else { people.len() };
    let numbers: Vec<i64> =
        (0..groups).filter_map(|row| form.value(&format!("groups.{row}.number"))?.parse().ok()).collect();
    let choices = || {
        let choice = |(row, number): (usize, &i64)| {
            let title = form.value(&format!("groups.{row}.title")).map(str::to_owned);
            Choice::new(number, title.unwrap_or_else(|| t::group_number(lang, number)))
        };
        std::iter::once(Choice::new("", t::stays(lang)))
            .chain(numbers.iter().enumerate().map(choice))
            .collect::<Vec<_>>()
    };
    let name = |row: usize| {
        let id = form.value(&format!("people.{row}.person")).unwrap_or_default();
        page.people.iter().find(|one| one.id.to_string() == id).map(|one| named(lang, one))
    };
    form.show(
        t::start(lang),
        html! {
            (form.number("minutes", t::minutes(lang), 1, STEP_MINUTES_MAX.into()))
            (form.group("groups", t::groups(lang), t::groups_help(lang), html! {
                div.fields-beside {
                    @for row in 0..groups {
                        (form.hidden(&format!("groups.{row}.number"), numbers.get(row).copied().unwrap_or_default()))
                        (form.line(format!("groups.{row}.title"), &t::group_number(lang, numbers.get(row).copied().unwrap_or_default())))
                    }
                }
            }))
            (form.group("people", t::people(lang), t::people_help(lang), html! {
                div.fields-beside {
                    @for row in 0..rows {
                        (form.hidden(&format!("people.{row}.person"), form.value(&format!("people.{row}.person")).unwrap_or_default()))
                        (form.select(format!("people.{row}.group"), &name(row).unwrap_or_default(), choices()))
                    }
                }
            }))
        },
    )
}

/// What groups made, in the record of their session. All else they did stands in records of their own.
pub(crate) fn recorded(lang: Lang, groups: &[RecordedGroup]) -> Markup {
    html! {
        section {
            h2 { (t::record(lang)) }
            ul.items {
                @for group in groups {
                    li {
                        h3.item-title { a href=(address::record(group.session)) { (group.title) } }
                        p.meta {
                            @if let (Some(from), Some(to)) = (group.opened_at, group.closed_at) {
                                span.numbers { (time::clock(from.ms())) "–" (time::clock(to.ms())) }
                            }
                            span { (t::messages(lang, group.messages)) }
                        }
                        p { (group.people.iter().map(|one| ui::who(lang, &one.name)).collect::<Vec<_>>().join(", ")) }
                        @if !group.agreements.is_empty() { (crate::agreements::rows(lang, &group.agreements)) }
                        @for action in &group.actions { p { a href=(address::action(action.id)) { (action.text) } } }
                        @if !group.notes.trim().is_empty() { (ui::prose(group.notes.trim())) }
                    }
                }
            }
        }
        @for group in groups {
            @for poll in &group.polls {
                (polls::poll(lang, &RecordedPoll { question: format!("{}: {}", group.title, poll.question), ..poll.clone() }))
            }
            @for board in &group.boards {
                (polls::board(lang, &RecordedBoard { title: format!("{}: {}", group.title, board.title), ..board.clone() }))
            }
        }
    }
}
