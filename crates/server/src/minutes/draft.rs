//! The draft: what happened in a session, as text. One function for each part of the room; a new part is a function and a line in
//! [`written`].

mod actions;
mod agreements;
mod boards;
mod groups;
mod notes;
mod people;
mod polls;
mod questions;
mod steps;

use db::Tx;
use model::{
    access::Actor,
    ids::SessionId,
    live::Room,
    minutes::{Fact, Minutes, SECTION_MAX, Section, SectionKind},
    sessions::Record,
};
use text::{minutes as t, time};

use super::LANG;
use crate::{
    app::App,
    error::{Fault, OrMissing},
    sessions,
};

/// What a draft is made of.
struct Material<'a> {
    record: &'a Record,
    room: &'a Room,
    /// What was written together.
    notes: &'a str,
    /// The same of each group.
    groups: &'a [Material<'a>],
}

/// The lines of a section, or none when there is nothing to tell.
fn written(kind: SectionKind, from: &Material<'_>) -> Vec<String> {
    match kind {
        SectionKind::People => people::lines(from.record),
        SectionKind::Steps => steps::lines(from.record),
        SectionKind::Questions => questions::lines(from.record),
        SectionKind::Actions => actions::lines(from.record),
        SectionKind::Polls => polls::lines(from.room),
        SectionKind::Groups => from.groups.iter().flat_map(groups::lines).collect(),
        SectionKind::Notes => notes::lines(from.notes),
        SectionKind::Boards => boards::lines(from.record),
        SectionKind::Agreements => agreements::lines(from.record, from.room),
        SectionKind::Other => Vec::new(),
    }
}

/// As the journal tells it now: what was deleted or taken out since is not in it, and who has left is not named.
///
/// # Errors
/// Those of the database.
pub async fn make(app: &App, tx: &mut Tx, session: SessionId) -> Result<Minutes, Fault> {
    let row = sessions::store::find(tx, session).await?.or_missing()?;
    let (record, history) = sessions::gather(app, tx, &Actor::Clock, session, &row).await?;
    let notes = crate::notes::text(tx, session).await?;
    let groups = sessions::groups(app, tx, &Actor::Clock, session).await?;
    let groups: Vec<_> = groups
        .iter()
        .map(|(record, history, notes)| Material { record, room: history.room(), notes, groups: &[] })
        .collect();
    Ok(of(&Material { record: &record, room: history.room(), notes: &notes, groups: &groups }))
}

fn of(from: &Material<'_>) -> Minutes {
    let record = from.record;
    Minutes {
        title: t::title_of(LANG, &record.card.title),
        facts: facts(record),
        sections: sections(|kind| Some(fit(written(kind, from)))),
    }
}

/// The sections that have a text, in their order and under their titles.
pub fn sections(text: impl Fn(SectionKind) -> Option<String>) -> Vec<Section> {
    let section = |kind| {
        let text = text(kind).filter(|text| !text.is_empty())?;
        Some(Section { kind, title: title(kind).to_owned(), text })
    };
    SectionKind::ALL.into_iter().filter_map(section).collect()
}

fn title(kind: SectionKind) -> &'static str {
    ::pages::minutes::section(LANG, kind)
}

fn facts(record: &Record) -> Vec<Fact> {
    let fact = |title: &str, text: String| Fact { title: title.to_owned(), text };
    let from = record.opened_at.unwrap_or(record.card.starts_at);
    let mut held = time::date_time(from.ms());
    if let Some(to) = record.closed_at {
        let same = time::date(from.ms()) == time::date(to.ms());
        held += &format!("–{}", if same { time::clock(to.ms()) } else { time::date_time(to.ms()) });
    }
    vec![
        fact(t::space(LANG), record.card.space_name.clone()),
        fact(t::held(LANG), held),
        fact(t::led_by(LANG), record.card.facilitator.clone()),
        fact(t::took_part(LANG), t::people_of(LANG, record.people.len())),
    ]
}

/// As many lines as a section takes; of how many more there are, it tells.
fn fit(lines: Vec<String>) -> String {
    // Room for the last line.
    const ROOM: usize = SECTION_MAX - 100;
    let mut length = 0;
    let fitting = |line: &&String| {
        length += line.chars().count() + 1;
        length <= ROOM
    };
    let whole = lines.iter().take_while(fitting).count();
    let mut text = lines[..whole].join("\n");
    if whole < lines.len() {
        text += &format!("\n\n{}", t::cut(LANG, lines.len() - whole));
    }
    text
}

/// On one line, and no mark of a table.
fn cell(text: &str) -> String {
    line(text).replace('|', "¦")
}

/// On one line.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_that_is_too_long_tells_how_much_more_there_is() {
        let lines: Vec<String> = (0..200).map(|_| format!("- {}", "ž".repeat(98))).collect();
        let text = fit(lines);
        assert!(text.chars().count() <= SECTION_MAX);
        assert!(text.ends_with("\n\n… ir dar 83; viskas – sesijos įraše."), "{}", &text[text.len() - 80..]);
        assert_eq!(fit(vec!["- a".into(), "- b".into()]), "- a\n- b");
    }
}
