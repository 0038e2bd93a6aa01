//! Taking a passage out of notes for good: the document is made anew without it, and without a trace of what was ever deleted.

use std::{collections::HashMap, ops::Range};

use db::Tx;
use model::{ids::*, redactions::mark, time::Timestamp};
use notes::{Notes, Run, base64, fresh};

use super::{
    READER,
    store::{self, Row, Writer},
};
use crate::{app::random, auth::hex, redactions::Cut};

/// Cuts the text as it is, and lets go of every update before: what was deleted may stand in them. Answers whether the passage stood
/// there. Copies in browsers are not merged afterwards, since the epoch is another; who has it open begins anew.
///
/// # Errors
/// Those of the database, and one for rows that are none.
pub async fn cut(tx: &mut Tx, session: SessionId, cut: &Cut<'_>, at: Timestamp) -> db::Result<i64> {
    let rows = store::list_after(tx, session, 0).await?;
    let Some(last) = rows.last().map(|row| row.seq) else { return Ok(0) };
    let mut notes = Notes::new(READER);
    let mut stood = false;
    for row in &rows {
        // A row that cannot be read goes with the others.
        if base64::decode(&row.data).and_then(|data| notes.apply(&data)).is_err() {
            tracing::error!(%session, seq = row.seq, "a row of notes is none and is let go of");
        }
        // What is looked for by its trace alone would be looked for too long in each.
        stood |= matches!(cut, Cut::Passage(_)) && !cut.ranges(&notes.text()).is_empty();
    }
    let ranges = cut.ranges(&notes.text());
    stood |= !ranges.is_empty();
    if !stood && matches!(cut, Cut::Passage(_)) {
        return Ok(0);
    }
    let epoch = hex(&random::<16>());
    store::renew(tx, session, &epoch, last + 1).await?;
    let authors: HashMap<i64, PersonId> =
        store::list_writers(tx, session).await?.into_iter().map(|writer| (writer.client, writer.person)).collect();
    let mut clients: HashMap<u64, u64> = HashMap::new();
    let pieces = without(&notes.runs(), &ranges);
    for (client, _) in &pieces {
        if clients.contains_key(client) {
            continue;
        }
        // Clocks begin anew, so the ids are new; of no epoch, since nobody writes under them.
        let new = random::<6>().iter().fold(0, |id, byte| id << 8 | u64::from(*byte)).max(READER + 1);
        clients.insert(*client, new);
        if let Some(person) = authors.get(&(*client as i64)) {
            let writer = Writer { client: new as i64, person: *person, epoch: String::new() };
            store::insert_writer(tx, session, &writer).await?;
        }
    }
    let passages = pieces.iter().map(|(client, text)| fresh::Passage { client: clients[client], text });
    let row = Row { seq: last + 1, data: base64::encode(&fresh::update(passages)) };
    store::compact(tx, session, &row, at).await?;
    Ok(i64::from(stood))
}

/// The passages without the ranges of bytes of the whole text, with a mark in the place of each, by who wrote its beginning.
fn without(runs: &[Run], ranges: &[Range<usize>]) -> Vec<(u64, String)> {
    let whole: String = runs.iter().map(|run| &*run.text).collect();
    let mut pieces = Vec::new();
    let mut start = 0;
    for run in runs {
        let end = start + run.text.len();
        let mut text = String::new();
        let mut at = start;
        for range in ranges.iter().filter(|range| range.start < end && range.end > start) {
            if range.start >= at {
                text += &whole[at..range.start];
                text += mark(whole[range.clone()].chars().count());
            }
            at = range.end.min(end);
        }
        text += &whole[at..end];
        pieces.push((run.client, text));
        start = end;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_over_several_authors_goes_whole_and_leaves_one_mark() {
        let run = |client, text: &str| Run { client, clock: 0, text: text.to_owned() };
        let runs = [run(1, "Su Jo"), run(2, "nu"), run(3, "ku kalbėjo Jonukas.")];
        let whole: String = runs.iter().map(|run| &*run.text).collect();
        let ranges = Cut::Passage("Jonuk").ranges(&whole);
        let texts: Vec<String> = without(&runs, &ranges).into_iter().map(|(_, text)| text).collect();
        assert_eq!(texts, ["Su […]", "", "u kalbėjo […]as."]);
        assert_eq!(texts.concat(), Cut::Passage("Jonuk").text(&whole).unwrap());
    }
}
