//! Minutes as a sheet to print and to file.

use std::time::Duration;

use model::time::Timestamp;
use tokio::sync::Semaphore;
use typeset::{Document, Error, Part};

use super::{
    files::{addendum_title, signed, standing},
    *,
};

/// Setting takes a processor for as long as it lasts: so many at once, and the others wait.
static AT_ONCE: Semaphore = Semaphore::const_new(2);
const WAITS: Duration = Duration::from_secs(20);

/// # Errors
/// `unavailable` when too many are being set, `too_large` for more text than a sheet takes.
pub async fn pdf(page: &MinutesPage) -> Result<Vec<u8>, Fault> {
    let busy = || Refusal::of(Code::Unavailable).fact("seconds", 10);
    let turn = tokio::time::timeout(WAITS, AT_ONCE.acquire()).await.map_err(|_| busy())?.map_err(|_| busy())?;
    let document = document(page);
    // With its turn: who does not wait for the answer any more does not make room for another.
    let set = tokio::task::spawn_blocking(move || {
        let set = typeset::pdf(&document);
        drop(turn);
        set
    });
    match set.await.map_err(|error| Fault::Failed(error.into()))? {
        Ok(bytes) => Ok(bytes),
        Err(Error::Long) => Err(Refusal::of(Code::TooLarge).fact("limit", typeset::TEXT_MAX).into()),
        Err(error) => Err(Fault::Failed(error.into())),
    }
}

fn document(page: &MinutesPage) -> Document {
    let minutes = &page.minutes;
    let facts = minutes.facts.iter().map(|fact| (fact.title.clone(), fact.text.clone())).collect();
    let mut parts = vec![Part::Facts { facts }];
    for section in &minutes.sections {
        parts.push(Part::Heading { level: 1, text: section.title.clone() });
        parts.extend(blocks(&section.text).into_iter().map(part));
    }
    parts.extend(notes(standing(page)));
    for addendum in &page.addenda {
        parts.push(Part::Heading { level: 1, text: addendum_title(addendum) });
        parts.extend(blocks(&addendum.text).into_iter().map(part));
        parts.extend(notes(signed(&addendum.signature, &addendum.hash)));
    }
    let made = page.signature.as_ref().map(|signature| signature.at).or(page.edited.as_ref().map(|(_, at)| *at));
    Document {
        title: minutes.title.clone(),
        lang: LANG.tag().to_owned(),
        foot: page.card.space_name.clone(),
        parts,
        made: made.and_then(instant),
    }
}

fn part(block: Block) -> Part {
    match block {
        Block::Heading(text) => Part::Heading { level: 2, text },
        Block::Paragraph(text) => Part::Paragraph { text },
        Block::List(items) => Part::List { items },
        Block::Table { head, rows } => Part::Table { head, rows },
    }
}

fn notes(lines: Vec<String>) -> impl Iterator<Item = Part> {
    lines.into_iter().map(|text| Part::Note { text })
}

/// Year, month, day, hour, minute and second in UTC.
fn instant(at: Timestamp) -> Option<[i32; 6]> {
    let spelled = time::machine(at.ms());
    let numbers: Vec<i32> = spelled.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
    numbers.get(..6)?.try_into().ok()
}
