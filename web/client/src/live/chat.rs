//! The chat: a log that screen readers follow, read and walked by the arrow keys. New messages never move what is being read.

use model::live::{Command, State, message_id};
use text::live as t;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};

use super::{composer, message, room::part, scene::Scene};
use crate::{
    edge,
    view::{Tag, View, button, tag},
};

/// The id of the scrolling log.
pub const LOG: &str = "live-log";
/// What a message's element is known by, with its id as the value.
pub const MESSAGE: &str = "data-message";

pub fn view(scene: &Scene) -> Tag {
    let (lang, act) = (scene.lang, scene.act);
    let silent = scene.room.messages.is_empty() && scene.room.state == State::Open;
    let empty = silent.then(|| tag("p").set("class", "muted").text(t::chat_empty(lang)));
    let log = tag("div")
        .set("class", "live-log")
        .set("id", LOG)
        .set("role", "log")
        .set("aria-label", t::chat(lang))
        .set("aria-describedby", "live-chat-help")
        .set("tabindex", "0")
        .on("scroll", move |_| act.scrolled())
        .on("keydown", walk)
        .on("focusin", move |event| {
            let row = target(event).and_then(|element| row_of(&element));
            if let Some(id) = row.and_then(|row| row.get_attribute(MESSAGE)?.parse().ok()) {
                act.change(&move |ui| ui.choose(id));
            }
        })
        .add(empty)
        .add_all(scene.room.messages.iter().map(|message| message::view(scene, message)).collect())
        .add_all(unsent(scene));
    let newest = (!scene.ui.at_end).then(|| button("live-newest", t::to_newest(lang), move || act.to_end()));
    part("live-chat", t::chat(lang))
        .add(tag("h2").set("class", "only-heard").text(t::chat(lang)))
        .add(tag("p").set("id", "live-chat-help").set("class", "only-heard").text(t::chat_help(lang)))
        .add(log)
        .add(newest)
}

/// One's own words on their way: they stand in the log once the server has them on disk.
fn unsent(scene: &Scene) -> Vec<View> {
    let Some(me) = scene.me() else { return Vec::new() };
    let waiting = scene.live.pending.iter().filter_map(|pending| match &pending.command {
        Command::Say { text, .. } if scene.room.message(message_id(me, pending.id)).is_none() => {
            Some((pending.id, text))
        }
        _ => None,
    });
    let row = |(id, text): (_, &str)| {
        tag("div")
            .key(id)
            .set("class", "live-message waiting")
            .add(tag("p").set("class", "small muted").text(t::sending(scene.lang)).text("…"))
            .add(tag("p").set("class", "lines").text(text))
            .into()
    };
    waiting.map(|(id, text)| row((id, text.as_str()))).collect()
}

/// Arrow keys, Home and End walk over the messages; Escape goes to where one writes.
fn walk(event: &Event) {
    let Some(key) = event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key) else { return };
    let Some(log) = edge::document().get_element_by_id(LOG) else { return };
    let Ok(rows) = log.query_selector_all("[data-message]") else { return };
    let row = target(event).and_then(|element| row_of(&element));
    let at = row.and_then(|row| (0..rows.length()).find(|index| rows.get(*index).as_ref() == Some(row.as_ref())));
    let last = rows.length().checked_sub(1);
    let next = match (key.as_str(), at) {
        ("ArrowUp", Some(at)) => at.checked_sub(1),
        ("ArrowDown", Some(at)) => Some(at + 1),
        ("ArrowUp" | "ArrowDown", None) | ("End", _) => last,
        ("Home", _) => Some(0),
        ("Escape", _) => {
            event.prevent_default();
            edge::focus(composer::TEXT);
            return;
        }
        _ => return,
    };
    event.prevent_default();
    if let Some(row) = next.and_then(|index| rows.get(index)).and_then(|row| row.dyn_into::<HtmlElement>().ok()) {
        let _ = row.focus();
    }
}

fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn row_of(element: &Element) -> Option<Element> {
    element.closest("[data-message]").ok().flatten()
}
