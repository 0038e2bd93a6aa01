//! What the demo's sessions wrote together.

use model::{
    ids::*,
    time::{Millis, Timestamp},
};
use notes::{base64, fresh};

use super::{Loading, content::Session};
use crate::{
    error::Fault,
    notes::store::{self, Row, Writer},
};

/// Of the first writer; each has the next.
const CLIENT: u64 = 1_000;

pub async fn load(
    loading: &mut Loading<'_>,
    session: &Session,
    id: SessionId,
    starts_at: Timestamp,
) -> Result<(), Fault> {
    let Some(last) = session.notes.last() else { return Ok(()) };
    let epoch: CommandId = loading.id(starts_at);
    let epoch = epoch.to_string();
    store::begin(loading.tx, id, &epoch).await?;
    let mut writers: Vec<&str> = Vec::new();
    let mut passages = Vec::new();
    for note in &session.notes {
        let at = writers.iter().position(|known| *known == note.who).unwrap_or_else(|| {
            writers.push(&note.who);
            writers.len() - 1
        });
        passages.push(fresh::Passage { client: CLIENT + at as u64, text: &note.text });
    }
    for (client, who) in (CLIENT as i64..).zip(&writers) {
        let writer = Writer { client, person: loading.person(who)?, epoch: epoch.clone() };
        store::insert_writer(loading.tx, id, &writer).await?;
    }
    let minute = |minute: i64| starts_at.plus(Millis::minutes(minute));
    let row = Row { seq: 1, data: base64::encode(&fresh::update(passages)) };
    store::insert(loading.tx, id, &[row], minute(last.minute)).await?;
    store::renew(loading.tx, id, &epoch, 1).await?;
    // As the text was after each had written.
    let mut text = String::new();
    for note in &session.notes {
        text += &note.text;
        store::insert_state(loading.tx, id, &text, minute(note.minute)).await?;
    }
    Ok(())
}
