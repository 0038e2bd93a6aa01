//! A space's things as text to read.

use std::fmt::Write;

use model::{keys::Named, practices::PracticePage, problems::ProblemPage, sessions::Record, spaces::SpacePage};
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

pub fn record(record: &Record, lang: Lang) -> String {
    let mut text = Text::titled(&record.card.title);
    text.line(&joined([Some(time::date_time(record.card.starts_at.ms()).as_str()), Some(&record.card.facilitator)]));
    text.list(text::sessions::agenda(lang), record.steps.iter().map(|step| step.title.clone()));
    let people = record.people.iter();
    text.list(
        text::sessions::people(lang),
        people.map(|one| joined([Some(one.name.as_str()), one.team.as_deref(), one.school.as_deref()])),
    );
    let messages = record.messages.iter();
    text.list(
        text::sessions::messages(lang),
        messages.map(|one| format!("{}, {}: {}", one.by, time::clock(one.at.ms()), one.text)),
    );
    text.0
}
