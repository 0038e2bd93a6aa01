//! What a session writes together: read, as it was before, and taken back to how it was. The writing itself is [`crate::live::notes`].

pub mod cut;
pub mod pages;
pub mod store;

use std::collections::HashMap;

use db::Tx;
use model::{
    access::{Action, Actor, may},
    ids::*,
    live::{Participant, Standing},
    notes::*,
    refusal::{Code, Refusal},
};
use notes::{Notes, Run, base64};

use crate::{
    app::App,
    doors::Routes,
    error::{Answer, Fault, OrMissing},
    live::notes::is_open,
    sessions,
};

pub fn routes() -> Routes {
    Routes::new().call(read_page).call(list_states).call(restore).merge(pages::routes())
}

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

pub async fn read_page(app: App, actor: Actor, call: ReadNotes) -> Answer<ReadNotes> {
    let mut tx = app.read().await?;
    let (row, facts) = sessions::find(&mut tx, &actor, Action::ReadRecord, call.session).await?;
    let open = is_open(Some(row.state));
    let authors = authors(&mut tx, call.session).await?;
    let runs = load(&mut tx, call.session).await?.runs();
    let names: HashMap<PersonId, String> = authors.values().cloned().collect();
    let passage = |(by, text): (Option<PersonId>, String)| NotesPassage {
        by,
        name: by.and_then(|by| names.get(&by).cloned()).unwrap_or_default(),
        text,
    };
    Ok(NotesPage {
        card: sessions::store::card(&mut tx, call.session).await?.or_missing()?,
        at: if runs.is_empty() { None } else { store::last_at(&mut tx, call.session).await? },
        passages: passages(runs, &authors).into_iter().map(passage).collect(),
        may_write: open && may(&actor, Action::TakePart, &facts).is_ok(),
        may_restore: open && may(&actor, Action::Facilitate, &facts).is_ok(),
    })
}

/// States of one page.
const STATES: i64 = 50;

pub async fn list_states(app: App, actor: Actor, call: ListNoteStates) -> Answer<ListNoteStates> {
    let mut tx = app.read().await?;
    sessions::find(&mut tx, &actor, Action::ReadRecord, call.session).await?;
    let states = store::list_states(&mut tx, call.session, STATES).await?;
    Ok(states.into_iter().map(|state| NoteState { number: state.number, at: state.at, text: state.text }).collect())
}

/// The edit is made by the task of the text, which knows what is written meanwhile.
pub async fn restore(app: App, actor: Actor, call: RestoreNotes) -> Answer<RestoreNotes> {
    let mut tx = app.read().await?;
    let (row, _) = sessions::find(&mut tx, &actor, Action::Facilitate, call.session).await?;
    let me = actor.me().ok_or(Code::SignInNeeded)?;
    if !is_open(Some(row.state)) {
        return Err(Code::SessionState.into());
    }
    let state = store::find_state(&mut tx, call.session, call.number).await?;
    let state = state.ok_or_else(|| Refusal::of(Code::FieldWrong).at("number"))?;
    drop(tx);
    let by = Participant { id: me.id, name: me.name.clone(), team: None, school: None, role: Standing::Facilitator };
    app.notes.replace(call.session, &by, state.text).await?;
    read_page(app, actor, ReadNotes { session: call.session }).await
}
