//! What came of a poll, as bars with words, and beside them a table: of all, of each team, and of each person where names are told.

use model::{
    ids::PersonId,
    live::{Choice, Poll, PollKind, PollState, Sheet},
};
use text::{Lang, polls as t};

use super::scene::Scene;
use crate::view::{Tag, View, tag};

pub fn results(scene: &Scene, poll: &Poll) -> Tag {
    let (lang, sheet) = (scene.lang, &poll.sheet);
    let shown = tag("div").set("class", "live-results").add(tag("h3").text(t::results(lang)));
    if poll.results.as_ref().is_some_and(|results| results.withheld) {
        return shown.add(tag("p").text(t::withheld(lang)));
    }
    if sheet.kind == PollKind::Text {
        return shown.add(answers(scene, poll));
    }
    let counts = poll.counts().unwrap_or_default();
    if counts.iter().all(|count| *count == 0) {
        return shown.add(tag("p").set("class", "muted").text(t::no_votes(lang)));
    }
    // Bars of votes are shares of those who voted, others of the longest.
    let longest = counts.iter().copied().max().unwrap_or(1);
    let of = match sheet.kind {
        PollKind::Single | PollKind::Multiple => poll.voted.len() as u32,
        _ => longest,
    };
    let bar = |(index, count): (usize, &u32)| {
        let progress = tag("progress").set("max", &of.to_string()).set("value", &count.to_string());
        let row = tag("li").key(index).add(tag("span").text(&sheet.place(index)));
        View::from(row.add(tag("b").text(&count.to_string())).add(progress.set("aria-hidden", "true")))
    };
    let bars = tag("ul").set("class", "live-bars").add_all(counts.iter().enumerate().map(bar).collect());
    shown.add(average(lang, sheet, &counts)).add(bars).add(table(scene, poll, &counts))
}

/// To a tenth.
fn average(lang: Lang, sheet: &Sheet, counts: &[u32]) -> Option<Tag> {
    let voted: u32 = counts.iter().sum();
    if sheet.kind != PollKind::Scale || voted == 0 {
        return None;
    }
    let sum: u32 = counts.iter().zip(1..).map(|(count, number)| count * number).sum();
    let tenths = (sum * 10 + voted / 2) / voted;
    let point = if lang == Lang::Lt { "," } else { "." };
    let number = [&(tenths / 10).to_string(), point, &(tenths % 10).to_string()].concat();
    Some(tag("p").text(&t::average(lang, number)))
}

/// Free answers: with their names where they are told.
fn answers(scene: &Scene, poll: &Poll) -> Tag {
    let named = poll.choices.iter().filter_map(|(person, choice)| {
        let words = tag("p").set("class", "lines").text(choice.text.as_deref()?);
        let by = tag("p").set("class", "small muted").text(scene.name(*person));
        Some(View::from(tag("li").key(person).add(words).add(by)))
    });
    let texts = poll.results.iter().flat_map(|results| &results.texts);
    let unnamed = texts.map(|text| View::from(tag("li").add(tag("p").set("class", "lines").text(text))));
    let rows: Vec<View> = named.chain(unnamed).collect();
    if rows.is_empty() {
        return tag("p").set("class", "muted").text(t::no_votes(scene.lang));
    }
    tag("ul").set("class", "live-answers").add_all(rows)
}

fn table(scene: &Scene, poll: &Poll, counts: &[u32]) -> Tag {
    let (lang, sheet) = (scene.lang, &poll.sheet);
    let teams = poll.by_team(scene.room);
    let unit = match sheet.kind {
        PollKind::Dots => t::dots(lang),
        PollKind::Ranking => t::points(lang),
        _ => t::votes(lang),
    };
    let head = |words: &str| View::from(tag("th").set("scope", "col").text(words));
    let cell = |number: u32| View::from(tag("td").set("class", "count").text(&number.to_string()));
    let mut heads = vec![head(t::option(lang)), head(&[unit, ": ", t::all(lang)].concat())];
    heads.extend(teams.iter().map(|team| head(&["„", &team.team.name, "“"].concat())));
    let row = |(index, count): (usize, &u32)| {
        let first = tag("th").set("scope", "row").text(&sheet.place(index));
        let of_teams = teams.iter().map(|team| cell(team.counts.get(index).copied().unwrap_or(0))).collect();
        View::from(tag("tr").key(index).add(first).add(cell(*count)).add_all(of_teams))
    };
    let rows = counts.iter().enumerate().map(row).collect();
    let table = tag("table").add(tag("thead").add(tag("tr").add_all(heads))).add(tag("tbody").add_all(rows));
    let scrolls =
        tag("div").set("class", "scroll").set("tabindex", "0").set("role", "region").set("aria-label", t::table(lang));
    let named = !sheet.anonymous && (!sheet.sealed || poll.state == PollState::Closed);
    let by_name = named.then(|| {
        let chose = |(person, choice): (&PersonId, &Choice)| {
            View::from(tag("li").key(person).text(scene.name(*person)).text(" – ").text(&sheet.in_words(choice)))
        };
        let list = tag("ul").add_all(poll.choices.iter().map(chose).collect());
        tag("div").add(tag("h4").text(t::by_name(lang))).add(list)
    });
    tag("details").add(tag("summary").text(t::table(lang))).add(scrolls.add(table)).add(by_name)
}
