//! The page of notes.

use ::pages::{address, address::template, notes as shown};
use model::redactions::TextOf;

use super::*;
use crate::{
    doors::{Drawn, Sent, Visit},
    redactions,
};

pub fn routes() -> Routes {
    let to_notes = |page: &NotesPage, _: &Sent<'_>| address::notes(page.card.id);
    Routes::new().page(template::notes, page).form(template::notes_restore, template::notes, restore, page, to_notes)
}

async fn page(app: App, mut visit: Visit) -> Drawn {
    let call: ReadNotes = visit.call()?;
    let page = read_page(app.clone(), visit.actor.clone(), call.clone()).await?;
    redactions::pages::note(&app, &mut visit, TextOf::Session, call.session.uuid()).await?;
    let states = list_states(app, visit.actor.clone(), ListNoteStates { session: call.session }).await?;
    Ok(shown::page(&visit.ctx, &page, &states))
}
