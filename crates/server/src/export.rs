//! A space to take away: a ZIP of Markdown to read, CSV to count, JSON to bring in elsewhere, and the attached files. It holds what its reader may see.

pub mod markdown;

use std::{
    io::{Seek, Write},
    path::Path,
};

use anyhow::{Context, bail};
use futures_util::StreamExt;
use model::{
    access::Actor,
    ids::{SessionId, SpaceId},
    minutes::{MinutesPage, ReadMinutes},
    practices::{ListPractices, PracticePage, ReadPractice},
    problems::{ListProblems, ProblemPage, ReadProblem},
    sessions::{ListSessions, ReadRecord, ReadSession, Record, SessionPage, SessionState},
    spaces::{ReadSpace, SpacePage},
    words::Line,
};
use serde::Serialize;
use text::Lang;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::{
    app::{App, Clock},
    auth,
    auth::new_token,
    config::Config,
    error::Fault,
    files, minutes, notes,
    operate::{self, existing},
    practices, problems,
    run::runtime,
    sessions, spaces,
};

#[derive(Serialize)]
struct Content {
    space: SpacePage,
    problems: Vec<ProblemPage>,
    practices: Vec<PracticePage>,
    sessions: Vec<Held>,
}

#[derive(Serialize)]
struct Held {
    session: SessionPage,
    /// Of a closed one.
    record: Option<Record>,
    minutes: Option<MinutesPage>,
    /// What was written together in it; empty where the record is not read.
    notes: String,
}

/// Writes the space to a file, as an administrator sees it.
///
/// # Errors
/// When there is no such space, no administrator, or the file is there already.
pub fn run(config: &Config, space: SpaceId, to: &Path, lang: Lang) -> anyhow::Result<()> {
    if to.exists() {
        bail!("{} is there already", to.display());
    }
    runtime()?.block_on(async {
        let db = existing(config).await?;
        let mut tx = db.read().await?;
        let administrators = operate::administrators(&mut tx).await?;
        let first = administrators.first().context("nobody is an administrator yet")?;
        let me = auth::store::find_me(&mut tx, *first).await?.context("the administrator is gone")?;
        drop(tx);
        // An index of its own: that of the running site is the site's.
        let scratch = std::env::temp_dir().join(format!("tinklaveika-export-{}", &new_token()[..16]));
        let app = App::new(
            db,
            Config { data: scratch.clone(), files: Some(config.data.clone()), ..config.clone() },
            Clock::System,
        )?;
        let out = std::fs::File::create_new(to).with_context(|| format!("cannot write {}", to.display()))?;
        let written = export(&app, &Actor::Person(Box::new(me)), space, lang, out).await;
        app.db.close().await;
        let _ = std::fs::remove_dir_all(scratch);
        if written.is_err() {
            let _ = std::fs::remove_file(to);
        }
        let out = written.map_err(|fault| match fault.refusals() {
            Some(_) => anyhow::anyhow!("there is no space {space}"),
            None => anyhow::anyhow!("{fault:?}"),
        })?;
        println!("{}: {} KiB", to.display(), out.metadata()?.len() >> 10);
        Ok(())
    })
}

/// Writes the archive of a space for `actor` to `out`, its files one after another.
///
/// # Errors
/// `missing` for a space that the actor may not see.
pub async fn export<W: Write + Seek>(app: &App, actor: &Actor, space: SpaceId, lang: Lang, out: W) -> Result<W, Fault> {
    let content = gather(app, actor, space).await?;
    let mut zip = ZipWriter::new(out);
    for (name, bytes) in files(&content, lang)? {
        zip.start_file(name, SimpleFileOptions::default()).map_err(anyhow::Error::from)?;
        zip.write_all(&bytes).map_err(anyhow::Error::from)?;
    }
    attached(app, &content, &mut zip).await?;
    Ok(zip.finish().map_err(anyhow::Error::from)?)
}

/// The files of what the archive holds, each in the folder of its item.
async fn attached<W: Write + Seek>(app: &App, content: &Content, zip: &mut ZipWriter<W>) -> Result<(), Fault> {
    let rows = files::store::list_of_space(&mut app.read().await?, content.space.space.id).await?;
    let items = content.problems.iter().map(|page| (page.card.title.as_str(), page.card.id.to_string(), &page.files));
    let items = items
        .chain(content.practices.iter().map(|page| (page.card.title.as_str(), page.card.id.to_string(), &page.files)));
    for (title, item, shown) in items {
        for row in rows.iter().filter(|row| shown.iter().any(|file| file.id == row.id)) {
            // It was compressed when it was made.
            let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
            let name = format!("failai/{}/{}-{}", named(title, &item), end(&row.id.to_string()), row.name);
            zip.start_file(name, options).map_err(anyhow::Error::from)?;
            let mut bytes = app.files.get(&row.object, None).await?.into_stream();
            while let Some(part) = bytes.next().await {
                zip.write_all(&part.map_err(anyhow::Error::from)?).map_err(anyhow::Error::from)?;
            }
        }
    }
    Ok(())
}

/// How the files of an item are called.
fn named(title: &str, id: &str) -> String {
    format!("{}-{}", slug(title), end(id))
}

fn end(id: &str) -> &str {
    &id[id.len().saturating_sub(6)..]
}

/// Every call is the one by which pages read, so that rights are asked where they always are.
async fn gather(app: &App, actor: &Actor, space: SpaceId) -> Result<Content, Fault> {
    let page = spaces::read(app.clone(), actor.clone(), ReadSpace { space }).await?;
    let (mut problems, mut practices, mut held) = (Vec::new(), Vec::new(), Vec::new());
    let mut cursor = None;
    loop {
        let call = ListProblems { space: Some(space), cursor, ..ListProblems::default() };
        let list = problems::list(app.clone(), actor.clone(), call).await?;
        for card in list.items {
            problems.push(problems::read(app.clone(), actor.clone(), ReadProblem { problem: card.id }).await?);
        }
        cursor = list.next.as_deref().and_then(Line::new);
        if cursor.is_none() {
            break;
        }
    }
    loop {
        let call = ListPractices { space: Some(space), cursor, ..ListPractices::default() };
        let list = practices::list(app.clone(), actor.clone(), call).await?;
        for card in list.items {
            practices.push(practices::read(app.clone(), actor.clone(), ReadPractice { practice: card.id }).await?);
        }
        cursor = list.next.as_deref().and_then(Line::new);
        if cursor.is_none() {
            break;
        }
    }
    let mut cursor = None;
    loop {
        let call = ListSessions { space: Some(space), cursor };
        let list = sessions::list(app.clone(), actor.clone(), call).await?;
        for card in list.items {
            let session = sessions::read(app.clone(), actor.clone(), ReadSession { session: card.id }).await?;
            let record = match card.state {
                SessionState::Closed => record(app, actor, card.id).await?,
                _ => None,
            };
            let (minutes, notes) = match record {
                Some(_) => {
                    let call = ReadMinutes { session: card.id };
                    let minutes = minutes::read(app.clone(), actor.clone(), call).await?;
                    (Some(minutes), notes::text(&mut app.read().await?, card.id).await?)
                }
                None => (None, String::new()),
            };
            held.push(Held { session, record, minutes, notes });
        }
        cursor = list.next.as_deref().and_then(Line::new);
        if cursor.is_none() {
            break;
        }
    }
    Ok(Content { space: page, problems, practices, sessions: held })
}

/// The record; none for those who see the session and may not read who was there.
async fn record(app: &App, actor: &Actor, session: SessionId) -> Result<Option<Record>, Fault> {
    match sessions::read_record(app.clone(), actor.clone(), ReadRecord { session }).await {
        Ok(record) => Ok(Some(record)),
        Err(fault) if fault.refusals().is_some_and(|refusals| matches!(refusals.status(), 401 | 403)) => Ok(None),
        Err(fault) => Err(fault),
    }
}

fn files(content: &Content, lang: Lang) -> Result<Vec<(String, Vec<u8>)>, Fault> {
    let json = serde_json::to_vec_pretty(content).map_err(anyhow::Error::from)?;
    let mut files = vec![
        ("erdve.json".to_owned(), json),
        ("erdve.md".to_owned(), markdown::space(&content.space, lang).into_bytes()),
        ("problemos.csv".to_owned(), problems_csv(content, lang)),
        ("praktikos.csv".to_owned(), practices_csv(content, lang)),
        ("sesijos.csv".to_owned(), sessions_csv(content)),
    ];
    let mut add = |folder: &str, title: &str, id: String, text: String| {
        files.push((format!("{folder}/{}.md", named(title, &id)), text.into_bytes()));
    };
    for page in &content.problems {
        add("problemos", &page.card.title, page.card.id.to_string(), markdown::problem(page, lang));
    }
    for page in &content.practices {
        add("praktikos", &page.card.title, page.card.id.to_string(), markdown::practice(page, lang));
    }
    for held in &content.sessions {
        if let Some(record) = &held.record {
            add("sesijos", &record.card.title, record.card.id.to_string(), markdown::record(record, &held.notes, lang));
        }
        if let Some(page) = &held.minutes {
            add("protokolai", &page.card.title, page.card.id.to_string(), minutes::markdown(page));
        }
    }
    Ok(files)
}

fn problems_csv(content: &Content, lang: Lang) -> Vec<u8> {
    let row = |page: &ProblemPage| {
        let card = &page.card;
        let some = |value: &Option<String>| value.clone().unwrap_or_default();
        vec![
            card.id.to_string(),
            card.title.clone(),
            ::pages::problems::state_name(lang, card.state).to_owned(),
            some(&card.team_name),
            some(&card.school),
            some(&card.municipality_name),
            page.topics.iter().map(|topic| markdown::named(topic, lang)).collect::<Vec<_>>().join(", "),
            card.responses.to_string(),
            text::time::date(card.posted_at.ms()),
        ]
    };
    csv(
        &["id", "title", "state", "team", "school", "municipality", "topics", "responses", "posted"],
        content.problems.iter().map(row),
    )
}

fn practices_csv(content: &Content, lang: Lang) -> Vec<u8> {
    let row = |page: &PracticePage| {
        let card = &page.card;
        let some = |value: &Option<String>| value.clone().unwrap_or_default();
        vec![
            card.id.to_string(),
            card.title.clone(),
            card.summary.clone(),
            card.span.map(|span| ::pages::practices::span(lang, span)).unwrap_or_default(),
            card.cost.map(|cost| ::pages::practices::cost(lang, cost).to_owned()).unwrap_or_default(),
            some(&card.team_name),
            some(&card.school),
            some(&card.municipality_name),
            text::time::date(card.published_at.ms()),
        ]
    };
    csv(
        &["id", "title", "summary", "grades", "cost", "team", "school", "municipality", "published"],
        content.practices.iter().map(row),
    )
}

fn sessions_csv(content: &Content) -> Vec<u8> {
    let row = |held: &Held| {
        let card = &held.session.card;
        let of = |count: fn(&Record) -> usize| {
            held.record.as_ref().map(|record| count(record).to_string()).unwrap_or_default()
        };
        vec![
            card.id.to_string(),
            card.title.clone(),
            text::time::date_time(card.starts_at.ms()),
            card.minutes.to_string(),
            card.facilitator.clone(),
            of(|record| record.people.len()),
            of(|record| record.messages.len()),
        ]
    };
    csv(&["id", "title", "starts", "minutes", "facilitator", "people", "messages"], content.sessions.iter().map(row))
}

/// RFC 4180 with a mark by which spreadsheets know UTF-8.
/// A table as spreadsheets open it; no cell becomes a formula.
pub fn csv(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut text = csv_head(head);
    rows.for_each(|row| text.push_str(&csv_line(&row)));
    text.into_bytes()
}

/// The first line of such a table, for one that is written bit by bit.
pub fn csv_head(head: &[&str]) -> String {
    format!("\u{feff}{}\r\n", head.join(","))
}

pub fn csv_line(row: &[String]) -> String {
    let cells: Vec<_> = row.iter().map(|cell| field(cell)).collect();
    format!("{}\r\n", cells.join(","))
}

/// A spreadsheet would take what begins like this for a formula and carry it out.
fn field(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    format!("\"{}{}\"", if formula { "'" } else { "" }, cell.replace('"', "\"\""))
}

fn slug(title: &str) -> String {
    let letters = |c: char| if c.is_alphanumeric() { c.to_lowercase().next().unwrap_or(c) } else { '-' };
    let slug: String = title.chars().map(letters).take(60).collect();
    slug.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula_nor_ends_early() {
        assert_eq!(field("=1+1"), "\"'=1+1\"");
        assert_eq!(field("sakė „taip“, \"ne\"\r\nir viskas"), "\"sakė „taip“, \"\"ne\"\"\r\nir viskas\"");
    }

    #[test]
    fn the_name_of_a_file_is_of_the_title_and_leads_nowhere() {
        assert_eq!(slug("../Žodžiai, kurie padeda?"), "žodžiai-kurie-padeda");
        assert_eq!(slug("\0\u{202e}..//"), "");
    }
}
