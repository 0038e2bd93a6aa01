//! What a session writes together: read without scripts, with who wrote what; the place where the client lets one write; earlier texts.

use std::collections::BTreeMap;

use maud::{Markup, html};
use model::{
    endpoint::Endpoint,
    ids::{PersonId, SessionId},
    notes::{NoteState, NotesPage, NotesPassage, RestoreNotes},
    sessions::SessionState,
};
use text::{Lang, notes as t, time};

use crate::{
    Context, address,
    ui::{self, Layout, Place},
    versions::{self, Restoring, Shown},
};

/// Kinds of underline; who comes after shares one with somebody, and is told apart by name.
const STYLES: usize = 6;

pub fn page(ctx: &Context, page: &NotesPage, states: &[NoteState]) -> Markup {
    let lang = ctx.lang;
    let session = &page.card;
    let title = t::of(lang, &session.title);
    let texts: Vec<Shown<'_>> = shown(page, states);
    let restoring = page.may_restore.then(|| Restoring {
        call: RestoreNotes::NAME,
        action: address::notes_restore(session.id),
        version: None,
    });
    let body = html! {
        div.head {
            h1 { (title) }
            @if let Some(at) = page.at { p.meta { (t::saved_at(lang, time::date_time(at.ms()))) } }
            p.no-print { a href=(inside(session.id, session.state)) { (t::to_session(lang)) } }
        }
        @if page.passages.is_empty() { (ui::empty(nothing(lang, session.state), "", html! {})) } @else { (written(lang, page)) }
        section.no-print {
            h2 { (t::states(lang)) }
            @if states.is_empty() { p.muted { (t::no_states(lang)) } } @else { (versions::list(ctx, &texts, restoring.as_ref())) }
        }
    };
    Layout::new(title)
        .at(Place::Sessions)
        .under(text::spaces::title(lang), address::spaces())
        .under(&session.space_name, address::space(session.space))
        .under(&session.title, inside(session.id, session.state))
        .show(ctx, body)
}

fn inside(session: SessionId, state: SessionState) -> String {
    if state == SessionState::Closed { address::record(session) } else { address::session(session) }
}

/// The text as it is, and as it was kept before it.
fn shown<'a>(page: &NotesPage, states: &[NoteState]) -> Vec<Shown<'a>> {
    let now = page.text();
    let part = |text: &str| vec![(t::label(Lang::Lt), text.to_owned())];
    let present = states.first().filter(|latest| latest.text == now);
    let mut texts = Vec::new();
    if let (None, Some(at)) = (present, page.at) {
        texts.push(Shown { number: 0, by: None, at, parts: part(&now) });
    }
    texts.extend(states.iter().map(|state| Shown {
        number: state.number,
        by: None,
        at: state.at,
        parts: part(&state.text),
    }));
    texts
}

fn nothing(lang: Lang, state: SessionState) -> &'static str {
    match state {
        SessionState::Planned | SessionState::Open => t::none(lang),
        SessionState::Closed | SessionState::Cancelled => t::none_written(lang),
    }
}

/// The text with its authors: underlined by who wrote it, named in a legend, and told by name to who cannot see the lines.
pub(crate) fn written(lang: Lang, page: &NotesPage) -> Markup {
    let mut styles: BTreeMap<PersonId, usize> = BTreeMap::new();
    let mut legend: Vec<(&str, usize)> = Vec::new();
    for passage in &page.passages {
        let Some(by) = passage.by.filter(|by| !styles.contains_key(by)) else { continue };
        let style = styles.len() % STYLES;
        styles.insert(by, style);
        legend.push((ui::who(lang, &passage.name), style));
    }
    let one = legend.len() < 2;
    let style = |passage: &NotesPassage| passage.by.and_then(|by| styles.get(&by)).map(|style| format!("by-{style}"));
    html! {
        div.stack.tight {
            div.notes-text {
                @for passage in &page.passages {
                    @if !one { span.only-heard { " (" (t::wrote(lang, ui::who(lang, &passage.name))) ") " } }
                    span class=[style(passage).filter(|_| !one)] { (passage.text) }
                }
            }
            @if !legend.is_empty() {
                p.small { (t::author_legend(lang)) ":" }
                ul.notes-legend { @for (name, style) in &legend { li { span class=(format!("by-{style}")) { (name) } } } }
            }
        }
    }
}

/// On the page of a session: opened, the client lets one write in it; until then, and without it, it is read as it was last saved.
pub(crate) fn section(ctx: &Context, page: &NotesPage) -> Markup {
    let lang = ctx.lang;
    let session = page.card.id;
    let person = ctx.me().map(|me| me.id.to_string());
    html! {
        details.notes data-notes=(session) data-person=[person] {
            summary { h2 { (t::title(lang)) } }
            div.stack.tight data-notes-saved {
                noscript { p.note.warn { (t::needs_scripts(lang)) } }
                p.note.warn data-client-failed hidden { (t::failed(lang)) }
                @if page.passages.is_empty() { p.muted { (t::none(lang)) } } @else { (written(lang, page)) }
            }
            div.stack.tight data-notes-editor hidden {
                p.note role="status" data-notes-state { (t::connecting(lang)) }
                div.note.bad.stack.tight data-notes-refused hidden {
                    p role="alert" data-notes-sentence {}
                    label for="notes-kept" { (t::kept_label(lang)) }
                    textarea #notes-kept rows="4" {}
                    p.row {
                        button.primary type="button" data-notes-put { (t::put_in(lang)) }
                        button type="button" data-notes-anyway hidden { (t::put_anyway(lang)) }
                        button.link type="button" data-notes-throw { (t::throw(lang)) }
                    }
                }
                label for="notes-text" { (t::label(lang)) }
                div.notes-field {
                    div.notes-behind aria-hidden="true" {}
                    textarea #notes-text aria-describedby="notes-help" spellcheck="true" lang=(lang.tag()) readonly {}
                }
                p.help #notes-help { (t::help(lang)) " " (text::common::personal_data(lang)) " " b data-notes-saving {} }
                p.small data-notes-here {}
                details data-notes-authors { summary { (t::authors(lang)) } ol.items {} }
            }
            p { a href=(address::notes(session)) { (t::page(lang)) } }
        }
    }
}

/// In the record of a closed session; nothing where nothing was written.
pub(crate) fn recorded(lang: Lang, page: &NotesPage) -> Markup {
    html! {
        @if !page.passages.is_empty() {
            section.flows {
                h2 { (t::title(lang)) }
                (written(lang, page))
                p.no-print { a href=(address::notes(page.card.id)) { (t::page(lang)) } }
            }
        }
    }
}
