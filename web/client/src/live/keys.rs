//! Keys that do what buttons do, and the list of them under `?`.
//!
//! They work only while nothing is written, and can be switched off for who speaks to the computer or rests a hand on the keys
//! (WCAG 2.2, 2.1.4).

use model::live::{Command, State};
use text::steps as t;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, KeyboardEvent};

use super::{chat, composer, room::part, scene::Scene};
use crate::{
    edge,
    view::{Tag, button, tag},
};

const OFF: &str = "live.keys-off";
/// Where a key is a letter.
const WRITTEN_IN: &str = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]";
pub const LIST: &str = "live-keys";

/// What a key does.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Key {
    Help,
    Close,
    Write,
    Hand,
    More,
    Newest,
    Next,
}

/// The meaning of a key, however it is shifted.
pub fn meaning(key: &str) -> Option<Key> {
    Some(match key {
        "?" => Key::Help,
        "Escape" => Key::Close,
        "r" | "R" => Key::Write,
        "k" | "K" => Key::Hand,
        "d" | "D" => Key::More,
        "n" | "N" => Key::Newest,
        "t" | "T" => Key::Next,
        _ => return None,
    })
}

pub fn are_off() -> bool {
    edge::kept().and_then(|kept| kept.get_item(OFF).ok().flatten()).is_some_and(|kept| !kept.is_empty())
}

/// Listens for as long as the page lives.
pub fn listen(work: impl Fn(Key) + 'static) {
    let pressed = Closure::<dyn FnMut(KeyboardEvent)>::new(move |event: KeyboardEvent| {
        let written = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .is_some_and(|element| element.closest(WRITTEN_IN).ok().flatten().is_some());
        if written || event.ctrl_key() || event.alt_key() || event.meta_key() || event.default_prevented() {
            return;
        }
        // The list itself opens and closes also when the rest is off.
        if let Some(key) = meaning(&event.key()).filter(|key| matches!(key, Key::Help | Key::Close) || !are_off()) {
            if key != Key::Close {
                event.prevent_default();
            }
            work(key);
        }
    });
    let _ = edge::document().add_event_listener_with_callback("keydown", pressed.as_ref().unchecked_ref());
    pressed.forget();
}

/// Does what the key means.
pub fn act(scene: &Scene, key: Key) {
    let act = scene.act;
    match key {
        Key::Help => {
            act.change(&|ui| ui.keys = !ui.keys);
            act.focus(LIST);
        }
        Key::Close => act.change(&|ui| ui.keys = false),
        Key::Write if scene.takes_part() => {
            act.change(&|ui| ui.more = false);
            act.focus(composer::TEXT);
        }
        Key::Hand if scene.takes_part() => {
            let up = scene.acting().is_some_and(|who| scene.room.hand(who.id).is_some());
            act.press(if up { Command::LowerHand { person: None } } else { Command::RaiseHand {} });
        }
        Key::More => act.change(&|ui| ui.more = !ui.more),
        Key::Newest => {
            act.to_end();
            act.focus(chat::LOG);
        }
        Key::Next if scene.facilitates() && scene.room.state == State::Open => act.press(Command::NextStep {}),
        Key::Write | Key::Hand | Key::Next => {}
    }
}

/// The button on a wide screen, and the list once it is asked for.
pub fn view(scene: &Scene) -> Tag {
    let (lang, act) = (scene.lang, scene.act);
    let open = scene.ui.keys;
    let toggle = button("link", t::keys(lang), move || act.change(&|ui| ui.keys = !ui.keys))
        .set("aria-expanded", if open { "true" } else { "false" });
    let shown = tag("div").set("class", "live-keys").add(toggle).add(tag("kbd").set("aria-hidden", "true").text("?"));
    if !open {
        return shown;
    }
    let rows = [
        ("?", t::key_help(lang)),
        ("R", t::key_write(lang)),
        ("K", t::key_hand(lang)),
        ("D", t::key_more(lang)),
        ("N", t::key_newest(lang)),
        ("T", t::key_next(lang)),
        ("Esc", t::close_keys(lang)),
    ];
    let rows = rows.iter().filter(|(key, _)| *key != "T" || scene.facilitates()).map(|(key, words)| {
        let key = tag("dt").add(tag("kbd").text(key));
        [key.into(), tag("dd").text(words).into()]
    });
    let off = are_off();
    let switch = tag("label")
        .add(tag("input").set("type", "checkbox").set("checked", if off { "" } else { "true" }).on(
            "change",
            move |_| {
                edge::keep(edge::kept(), OFF, if off { "" } else { "1" });
                act.change(&|_| ());
            },
        ))
        .text(" ")
        .text(t::keys_on(lang));
    let list = part("live-keys-list", t::keys(lang))
        .set("id", LIST)
        .add(tag("dl").add_all(rows.flatten().collect()))
        .add(switch)
        .add(button("", t::close_keys(lang), move || act.change(&|ui| ui.keys = false)));
    shown.add(list)
}

#[cfg(test)]
mod tests {
    use super::{Key, meaning};

    #[test]
    fn a_key_means_the_same_in_both_cases_and_others_nothing() {
        assert_eq!((meaning("k"), meaning("K")), (Some(Key::Hand), Some(Key::Hand)));
        assert_eq!((meaning("?"), meaning("Enter")), (Some(Key::Help), None));
    }
}
