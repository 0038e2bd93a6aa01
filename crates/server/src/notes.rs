//! What a session writes together: read, as it was before, and taken back to how it was. The writing itself is [`crate::live::notes`].

pub mod cut;
pub mod store;

use std::collections::HashMap;

use db::Tx;
use model::ids::*;
use notes::{Notes, Run, base64};

use crate::{error::Fault, sessions};

/// The client id under which a copy here only reads.
pub const READER: u64 = 1;

/// A copy of what the database has; the text of a session that nobody opened is empty.
///
/// # Errors
/// Those of the database; a failure when a row is none of ours.
pub async fn load(tx: &mut Tx, session: SessionId) -> Result<Notes, Fault> {
    let rows = store::list_after(tx, session, 0).await?;
    read(&rows).map_err(|error| anyhow::anyhow!("the notes of {session} cannot be read: {error}").into())
}

/// A copy of what rows say.
///
/// # Errors
/// When one of them does not follow, or is none of ours.
pub fn read(rows: &[store::Row]) -> Result<Notes, notes::Wrong> {
    let mut notes = Notes::new(READER);
    for row in rows {
        notes.apply(&base64::decode(&row.data)?)?;
    }
    Ok(notes)
}

/// The text as it was last saved, for whatever tells of a session; empty when nothing was written.
pub async fn text(tx: &mut Tx, session: SessionId) -> Result<String, Fault> {
    Ok(load(tx, session).await?.text())
}

/// Whose each client id is: the person, and a name that is empty once they have left.
pub async fn authors(tx: &mut Tx, session: SessionId) -> db::Result<HashMap<u64, (PersonId, String)>> {
    let writers = store::list_writers(tx, session).await?;
    let mut people: Vec<PersonId> = writers.iter().map(|writer| writer.person).collect();
    people.sort_unstable();
    people.dedup();
    let named: Vec<_> = people.iter().map(|person| (*person, None)).collect();
    let left = sessions::store::list_left(tx, &named).await?;
    let names = store::list_names(tx, &people).await?.into_iter();
    let names: HashMap<PersonId, String> = names.filter(|(person, _)| !left.contains(person)).collect();
    let author = |writer: store::Writer| {
        let name = names.get(&writer.person).cloned().unwrap_or_default();
        (writer.client as u64, (writer.person, name))
    };
    Ok(writers.into_iter().map(author).collect())
}

/// Passages of the text with who wrote each, those of one person joined.
pub fn passages(runs: Vec<Run>, authors: &HashMap<u64, (PersonId, String)>) -> Vec<(Option<PersonId>, String)> {
    let mut passages: Vec<(Option<PersonId>, String)> = Vec::new();
    for run in runs {
        let by = authors.get(&run.client).map(|(person, _)| *person);
        match passages.last_mut() {
            Some((last, text)) if *last == by => *text += &run.text,
            _ => passages.push((by, run.text)),
        }
    }
    passages
}
