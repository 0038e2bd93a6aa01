//! What was asked of everyone and what came of it: polls that were closed, without who chose what.

use model::live::{Poll, PollKind, PollState, Results, Room};
use text::minutes as t;

use super::{LANG, cell, line};

pub fn lines(room: &Room) -> Vec<String> {
    let closed = room.polls.all.iter().filter(|poll| poll.state == PollState::Closed);
    closed.flat_map(told).collect()
}

fn told(poll: &Poll) -> Vec<String> {
    let Some(results) = &poll.results else { return Vec::new() };
    let mut lines = vec![format!("# {}", line(&poll.sheet.question)), t::voted(LANG, results.voted, results.voters)];
    if results.withheld {
        lines.push(String::new());
        lines.push(t::withheld(LANG).to_owned());
    } else if poll.sheet.kind == PollKind::Text {
        lines.push(String::new());
        lines.extend(answers(poll, results));
    } else {
        lines.push(String::new());
        lines.extend(table(poll, results));
    }
    lines.push(String::new());
    lines
}

/// Free answers, of named polls too without names: minutes tell what was said, not who said it.
fn answers(poll: &Poll, results: &Results) -> Vec<String> {
    let mut named: Vec<&str> = poll.choices.values().filter_map(|choice| choice.text.as_deref()).collect();
    named.sort_unstable();
    let all = named.into_iter().chain(results.texts.iter().map(String::as_str));
    all.map(|answer| format!("- {}", line(answer))).collect()
}

fn table(poll: &Poll, results: &Results) -> Vec<String> {
    let counted = match poll.sheet.kind {
        PollKind::Ranking => t::points(LANG),
        PollKind::Dots => t::dots(LANG),
        _ => t::votes(LANG),
    };
    let rows = results.counts.iter().enumerate().map(|(place, count)| format!("| {} | {count} |", option(poll, place)));
    [format!("| {} | {counted} |", t::option(LANG)), "| --- | --- |".to_owned()].into_iter().chain(rows).collect()
}

/// The words of an option; of a scale its number, at its ends with what they mean.
fn option(poll: &Poll, place: usize) -> String {
    let words = |at: usize| poll.sheet.options.get(at).map(|words| cell(words));
    if poll.sheet.kind != PollKind::Scale {
        return words(place).unwrap_or_default();
    }
    let means = match place + 1 {
        1 => words(0),
        last if last == poll.sheet.each as usize => words(1),
        _ => None,
    };
    means.map_or_else(|| (place + 1).to_string(), |means| format!("{} – {means}", place + 1))
}
