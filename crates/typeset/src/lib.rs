//! A document of headings, paragraphs, lists, tables and facts as a tagged PDF.
//!
//! What is set comes as data: the one template reads it as JSON, and nothing of it is ever read as markup. The template sees no file
//! but its data, no network, no package and no clock, so that the same document is the same bytes.

mod fonts;
mod world;

use serde::Serialize;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

/// Characters of all texts of a document: more of them would take longer than a reader waits.
pub const TEXT_MAX: usize = 400_000;

/// A document on A4.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Document {
    pub title: String,
    /// Of two letters, as ISO 639-1 has it: by it words are hyphenated.
    pub lang: String,
    /// At the foot of each page, before its number.
    pub foot: String,
    pub parts: Vec<Part>,
    /// When it was made, in UTC: year, month, day, hour, minute, second.
    #[serde(skip)]
    pub made: Option<[i32; 6]>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Part {
    /// Level 1 stands under the title.
    Heading {
        level: u8,
        text: String,
    },
    Paragraph {
        text: String,
    },
    /// Small and quiet.
    Note {
        text: String,
    },
    List {
        items: Vec<String>,
    },
    /// Names and what they are.
    Facts {
        facts: Vec<(String, String)>,
    },
    /// Each row is as long as the head, which is repeated on each page.
    Table {
        head: Vec<String>,
        rows: Vec<Vec<String>>,
    },
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the document is longer than {TEXT_MAX} characters")]
    Long,
    /// Without the texts of the document.
    #[error("the document cannot be set: {0}")]
    Set(String),
}

/// The document as a PDF of the standard PDF/UA-1. Letters that no font of ours has stand in it as `□`. It takes processor time alone,
/// so call it where it may block.
///
/// # Errors
/// [`Error::Long`] beyond [`TEXT_MAX`], and what the typesetter cannot do.
pub fn pdf(document: &Document) -> Result<Vec<u8>, Error> {
    let made = document.made.and_then(|[year, month, day, hour, minute, second]| {
        let part = |number: i32| u8::try_from(number).ok();
        Datetime::from_ymd_hms(year, part(month)?, part(day)?, part(hour)?, part(minute)?, part(second)?)
    });
    let mut value = serde_json::to_value(document).map_err(|error| Error::Set(error.to_string()))?;
    let mut left = TEXT_MAX;
    settable(&mut value, &mut left).ok_or(Error::Long)?;
    let result = set(&value, made);
    // What the typesetter remembers of a document is of no use to the next one, and holds what people wrote.
    typst::comemo::evict(0);
    result
}

fn set(value: &serde_json::Value, made: Option<Datetime>) -> Result<Vec<u8>, Error> {
    let world = world::World::new(value.to_string());
    let told = |errors: &[typst::diag::SourceDiagnostic]| {
        let messages: Vec<_> = errors.iter().map(|error| error.message.to_string()).collect();
        Error::Set(messages.join("; "))
    };
    let document: PagedDocument = typst::compile(&world).output.map_err(|errors| told(&errors))?;
    let standards = PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|error| Error::Set(error.message().to_string()))?;
    let options = PdfOptions {
        ident: Smart::Auto,
        creator: Smart::Custom(None),
        timestamp: made.map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|errors| told(&errors))
}

/// Puts letters that can be set in place of those that cannot, in every string; none when there are too many.
fn settable(value: &mut serde_json::Value, left: &mut usize) -> Option<()> {
    match value {
        serde_json::Value::String(text) => {
            *left = left.checked_sub(text.chars().count())?;
            *text = breakable(text.chars().filter_map(fonts::settable));
        }
        serde_json::Value::Array(items) => items.iter_mut().try_for_each(|item| settable(item, left))?,
        serde_json::Value::Object(fields) => fields.values_mut().try_for_each(|field| settable(field, left))?,
        _ => {}
    }
    Some(())
}

/// With a place to break in words that no line could hold.
fn breakable(letters: impl Iterator<Item = char>) -> String {
    const RUN: usize = 40;
    let (mut text, mut run) = (String::new(), 0);
    for letter in letters {
        run = if letter.is_whitespace() { 0 } else { run + 1 };
        if run > RUN {
            text.push('\u{200B}');
            run = 1;
        }
        text.push(letter);
    }
    text
}
