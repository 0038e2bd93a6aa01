//! What happened lately, grouped: a line for each day, team and kind, and under it what it was.

use maud::{Markup, html};
use model::spaces::{Happening, HappeningKind};
use text::{Lang, spaces as t, time};

use super::address_of;
use crate::ui;

/// How many things of a group stand open; the rest is behind a word.
const OPEN: usize = 3;
/// How many groups stand open.
const LATEST: usize = 6;

/// What one team, or one person who wrote for none, did of a kind on one day.
struct Group<'a> {
    day: String,
    who: &'a str,
    kind: HappeningKind,
    all: Vec<&'a Happening>,
}

/// The latest day first; within a day in the order of the latest of each group.
fn grouped<'a>(lang: Lang, happenings: &'a [Happening]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for one in happenings {
        let day = time::date(one.at.ms());
        let who = one.team.as_deref().unwrap_or(ui::who(lang, &one.who));
        match groups.iter_mut().find(|group| group.day == day && group.who == who && group.kind == one.kind) {
            Some(group) => group.all.push(one),
            None => groups.push(Group { day, who, kind: one.kind, all: vec![one] }),
        }
    }
    groups
}

fn what(lang: Lang, kind: HappeningKind, count: usize) -> String {
    match kind {
        HappeningKind::Problem if count == 1 => t::happened_a_problem(lang).to_owned(),
        HappeningKind::Response if count == 1 => t::happened_a_response(lang).to_owned(),
        HappeningKind::Practice if count == 1 => t::happened_a_practice(lang).to_owned(),
        HappeningKind::Session if count == 1 => t::happened_a_session(lang).to_owned(),
        HappeningKind::Problem => t::happened_problems(lang, count),
        HappeningKind::Response => t::happened_responses(lang, count),
        HappeningKind::Practice => t::happened_practices(lang, count),
        HappeningKind::Session => t::happened_sessions(lang, count),
    }
}

pub(super) fn lately(lang: Lang, happenings: &[Happening]) -> Markup {
    let groups = grouped(lang, happenings);
    let (latest, earlier) = groups.split_at(groups.len().min(LATEST));
    html! {
        @if groups.is_empty() { p.muted { (t::nothing_lately(lang)) } }
        (days(lang, latest))
        @if !earlier.is_empty() { (ui::more(t::earlier(lang), false, days(lang, earlier))) }
    }
}

fn days(lang: Lang, groups: &[Group]) -> Markup {
    let starts = |at: usize| at == 0 || groups[at - 1].day != groups[at].day;
    html! {
        ol.history {
            @for (at, group) in groups.iter().enumerate() {
                li {
                    @if starts(at) { p.meta { strong.numbers { (group.day) } } }
                    p { (t::happened(lang, group.who, what(lang, group.kind, group.all.len()))) }
                    (things(&group.all[..group.all.len().min(OPEN)]))
                    @if group.all.len() > OPEN {
                        (ui::more(&t::more(lang, group.all.len() - OPEN), false, things(&group.all[OPEN..])))
                    }
                }
            }
        }
    }
}

fn things(all: &[&Happening]) -> Markup {
    html! {
        ul.plain { @for one in all { li { a href=(address_of(one.kind, &one.id)) { (one.title) } } } }
    }
}

#[cfg(test)]
mod tests {
    use model::time::Timestamp;

    use super::*;

    fn happened(at: i64, kind: HappeningKind, team: Option<&str>, title: &str) -> Happening {
        let (id, title, who) = (title.to_owned(), title.to_owned(), "Rasa Jankauskienė".to_owned());
        Happening { at: Timestamp(at), kind, id, title, who, team: team.map(str::to_owned) }
    }

    #[test]
    fn what_a_team_did_on_a_day_is_one_line_of_each_kind() {
        const DAY: i64 = 86_400_000;
        let noon = 20_000 * DAY + DAY / 2;
        let all = [
            happened(noon + 3, HappeningKind::Problem, Some("Ąžuolas"), "Trečia"),
            happened(noon + 2, HappeningKind::Practice, Some("Ąžuolas"), "Praktika"),
            happened(noon + 1, HappeningKind::Problem, Some("Ąžuolas"), "Antra"),
            happened(noon, HappeningKind::Problem, None, "Savo vardu"),
            happened(noon - DAY, HappeningKind::Problem, Some("Ąžuolas"), "Pirma"),
        ];
        let shown = lately(Lang::Lt, &all).into_string();
        assert_eq!(shown.matches("<li><p").count(), 4, "{shown}");
        for line in [
            "Ąžuolas paskelbė 2 problemas",
            "Ąžuolas pasidalijo praktika",
            "Rasa Jankauskienė paskelbė problemą",
            "Ąžuolas paskelbė problemą",
        ] {
            assert!(shown.contains(line), "{line}: {shown}");
        }
        assert_eq!(shown.matches("class=\"numbers\"").count(), 2, "a day is named once: {shown}");
        assert!(lately(Lang::En, &all).into_string().contains("Ąžuolas posted 2 problems"));
    }

    #[test]
    fn much_of_a_kind_is_behind_a_word() {
        let all: Vec<_> =
            (0..12).map(|n| happened(1_000_000 - n, HappeningKind::Response, Some("Šaltinis"), "Klausimas")).collect();
        let shown = lately(Lang::Lt, &all).into_string();
        assert!(shown.contains("Šaltinis parašė 12 atsakymų") && shown.contains("Rodyti dar 9"), "{shown}");
        assert!(lately(Lang::Lt, &[]).into_string().contains("Kol kas nieko"));
    }
}
