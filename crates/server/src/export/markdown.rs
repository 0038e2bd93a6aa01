//! A space's things as text to read.

use std::fmt::Write;

use model::{
    keys::Named,
    practices::PracticePage,
    problems::ProblemPage,
    sessions::{Record, RecordedBoard, RecordedPoll},
    spaces::SpacePage,
};
use text::{Lang, practices as p, problems as t, time};

/// The name in the reader's language.
pub fn named<T>(named: &Named<T>, lang: Lang) -> String {
    match lang {
        Lang::Lt => named.lt.clone(),
        Lang::En => named.en.clone(),
    }
}

/// What was typed is text: nothing in it becomes markup of a page.
fn plain(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

struct Text(String);

impl Text {
    fn titled(title: &str) -> Self {
        Self(format!("# {}\n", plain(title)))
    }

    fn line(&mut self, text: &str) {
        // Writing to a string does not fail.
        let _ = write!(self.0, "\n{}\n", plain(text));
    }

    fn part(&mut self, title: &str, text: Option<&str>) {
        if let Some(text) = text {
            let _ = write!(self.0, "\n## {title}\n");
            self.line(text);
        }
    }

    fn list(&mut self, title: &str, items: impl IntoIterator<Item = String>) {
        let mut items = items.into_iter().peekable();
        if items.peek().is_some() {
            let _ = write!(self.0, "\n## {title}\n\n");
        }
        for item in items {
            let _ = writeln!(self.0, "- {}", plain(&item).replace('\n', "\n  "));
        }
    }
}

fn joined<'a>(parts: impl IntoIterator<Item = Option<&'a str>>) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

pub fn space(page: &SpacePage, lang: Lang) -> String {
    let mut text = Text::titled(&page.space.name);
    text.line(&page.space.network_name);
    text.line(&page.space.about);
    text.list(text::spaces::teams(lang), page.teams.iter().map(|team| team.name.clone()));
    text.0
}

pub fn problem(page: &ProblemPage, lang: Lang) -> String {
    let (card, told) = (&page.card, &page.text);
    let mut text = Text::titled(&card.title);
    let posted = time::date(card.posted_at.ms());
    text.line(&joined([
        Some(::pages::problems::state_name(lang, card.state)),
        card.team_name.as_deref(),
        card.school.as_deref(),
        card.municipality_name.as_deref(),
        Some(&posted),
    ]));
    text.line(&t::by(lang, &page.author));
    text.part(t::group(lang), told.group.as_deref());
    text.part(t::text(lang), told.text.as_deref());
    text.part(t::goal(lang), told.goal.as_deref());
    let evidence = told.evidence.iter();
    text.list(
        t::evidence(lang),
        evidence.map(|one| format!("{}: {}", ::pages::problems::evidence_kind(lang, one.kind), &*one.text)),
    );
    text.list(t::topics(lang), page.topics.iter().map(|topic| named(topic, lang)));
    let responses = page.responses.iter();
    text.list(
        t::responses_title(lang),
        responses.map(|one| format!("{}, {}: {}", one.by, time::date_time(one.at.ms()), one.text)),
    );
    text.0
}

pub fn practice(page: &PracticePage, lang: Lang) -> String {
    let (card, told) = (&page.card, &page.text);
    let mut text = Text::titled(&card.title);
    let published = time::date(card.published_at.ms());
    text.line(&joined([
        card.team_name.as_deref(),
        card.school.as_deref(),
        card.municipality_name.as_deref(),
        Some(&published),
    ]));
    text.line(&p::by(lang, &page.author));
    text.part(p::summary(lang), told.summary.as_deref());
    text.part(p::context(lang), told.context.as_deref());
    text.list(p::steps(lang), told.steps.iter().map(|step| step.to_string()));
    text.part(p::who(lang), told.who.as_deref());
    text.part(p::cost(lang), told.cost.map(|cost| ::pages::practices::cost(lang, cost)));
    text.part(p::time(lang), told.time.as_deref());
    text.part(p::materials(lang), told.materials.as_deref());
    text.part(p::result(lang), told.result.as_deref());
    text.part(p::limits(lang), told.limits.as_deref());
    text.part(p::licence(lang), told.licence.map(|licence| ::pages::practices::licence(lang, licence)));
    text.0
}

pub fn record(record: &Record, notes: &str, lang: Lang) -> String {
    let mut text = Text::titled(&record.card.title);
    text.line(&joined([Some(time::date_time(record.card.starts_at.ms()).as_str()), Some(&record.card.facilitator)]));
    text.list(text::sessions::agenda(lang), record.steps.iter().map(|step| step.title.clone()));
    let people = record.people.iter();
    text.list(
        text::sessions::people(lang),
        people.map(|one| joined([Some(one.name.as_str()), one.team.as_deref(), one.school.as_deref()])),
    );
    for poll in &record.polls {
        text.list(&plain(&poll.question), poll_lines(poll, lang));
    }
    for board in &record.boards {
        text.0.push_str(&format!("\n## {}\n", plain(&board.title)));
        columns(&mut text, board);
    }
    for group in &record.groups {
        let people: Vec<&str> =
            group.people.iter().map(|one| one.name.as_str()).filter(|name| !name.is_empty()).collect();
        text.list(&plain(&group.title), [people.join(", "), text::breakouts::messages(lang, group.messages)]);
        for poll in &group.polls {
            text.list(&plain(&format!("{}: {}", group.title, poll.question)), poll_lines(poll, lang));
        }
        for board in &group.boards {
            text.0.push_str(&format!("\n## {}\n", plain(&format!("{}: {}", group.title, board.title))));
            columns(&mut text, board);
        }
        text.part(&group.title, Some(group.notes.trim()).filter(|notes| !notes.is_empty()));
    }
    text.part(text::notes::title(lang), Some(notes.trim()).filter(|notes| !notes.is_empty()));
    let messages = record.messages.iter();
    text.list(
        text::sessions::messages(lang),
        messages.map(|one| format!("{}, {}: {}", one.by, time::clock(one.at.ms()), one.text)),
    );
    text.0
}

/// What came of a poll, a line each.
fn poll_lines(poll: &RecordedPoll, lang: Lang) -> Vec<String> {
    let mut lines = vec![text::polls::took_part(lang, poll.voted, poll.voters)];
    if poll.withheld {
        lines.push(text::polls::withheld(lang).to_owned());
    }
    lines.extend(poll.rows.iter().map(|row| {
        let teams = poll.teams.iter().zip(&row.of_teams).map(|(team, count)| format!("{team}: {count}"));
        let teams: Vec<String> = teams.collect();
        let beside = if teams.is_empty() { String::new() } else { format!(" ({})", teams.join(", ")) };
        format!("{}: {}{beside}", row.option, row.count)
    }));
    lines.extend(poll.answers.iter().map(|answer| match &answer.by {
        Some(by) => format!("{} – {}", ::pages::ui::who(lang, by), answer.text),
        None => answer.text.clone(),
    }));
    lines
}

/// The boards of a session, each with its columns and cards.
pub fn boards(boards: &[RecordedBoard]) -> String {
    let mut text = String::new();
    for board in boards {
        let mut one = Text::titled(&board.title);
        columns(&mut one, board);
        text.push_str(&one.0);
        text.push('\n');
    }
    text
}

fn columns(text: &mut Text, board: &RecordedBoard) {
    for column in &board.columns {
        let _ = write!(text.0, "\n### {}\n\n", plain(&column.title));
        for card in &column.cards {
            let group = card.group.as_ref().map(|group| format!("[{group}] ")).unwrap_or_default();
            let dots = if card.dots > 0 { format!(" ({})", card.dots) } else { String::new() };
            let by = card.by.as_ref().filter(|by| !by.is_empty()).map(|by| format!(" – {by}")).unwrap_or_default();
            let words = card.text.as_deref().unwrap_or("…");
            let _ = writeln!(text.0, "- {}", plain(&format!("{group}{words}{dots}{by}")).replace('\n', "\n  "));
        }
    }
}
