//! Drafts that survive: what is typed into `form[data-draft="name"]` is kept in this browser until the server has taken it.
//!
//! A draft is given back to a form that the server sent fresh; one that it redraws with refusals holds already what was typed.
//! It is forgotten when the page after the sending shows neither a refusal nor an error. A sign-in that has expired leads over the
//! sign-in page back to the fresh form, where the draft waits. Without a network nothing is sent, and the form says so.

use std::cell::Cell;

use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Event, HtmlElement, HtmlFormElement, HtmlInputElement, NodeList};

use crate::{edge, wire};

/// A control's name, its place among those of the same name, and what it holds.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
struct Kept {
    name: String,
    value: String,
}

/// Looks after every form of the page that asks for it.
pub fn attach() {
    settle();
    each(edge::document().query_selector_all("form[data-draft]").ok(), |element| {
        if let Ok(form) = element.dyn_into::<HtmlFormElement>() {
            look_after(form);
        }
    });
}

/// Decides what became of the draft that was sent last.
fn settle() {
    let Some(storage) = edge::kept_in_tab() else { return };
    let Some(sent) = storage.get_item(SENT).ok().flatten() else { return };
    if edge::document().query_selector("input[type=password]").is_ok_and(|found| found.is_some()) {
        // The sign-in has expired: the form comes back fresh after another one, and the server has taken nothing.
        edge::keep(Some(storage), SENT, "");
        return;
    }
    edge::keep(Some(storage), SENT, "");
    // Who came back to the form, from an error of the browser's own say, is not told by this page what became of the sending.
    if !refused() && !edge::came_back() {
        edge::keep(edge::kept(), &sent, "");
    }
}

/// Whether this page says that what was sent was not taken.
fn refused() -> bool {
    edge::document().get_element_by_id("refused").is_some() || edge::answer_status() >= 400
}

fn look_after(form: HtmlFormElement) {
    let key = key(&name(&form));
    let kept = edge::kept().and_then(|storage| storage.get_item(&key).ok().flatten());
    let kept: Vec<Kept> = kept.and_then(|text| wire::read(&text)).unwrap_or_default();
    if !refused() && !kept.is_empty() && kept != held(&form) {
        give_back(&form, &kept);
        tell(&form, &key);
    }
    let listen = |event: &str, work: Closure<dyn FnMut(Event)>| {
        let _ = form.add_event_listener_with_callback(event, work.as_ref().unchecked_ref());
        // For the life of the page.
        work.forget();
    };
    for event in ["input", "change"] {
        let (form, key) = (form.clone(), key.clone());
        listen(
            event,
            Closure::new(move |_| {
                let text = serde_json::to_string(&held(&form)).unwrap_or_default();
                edge::keep(edge::kept(), &key, &text);
            }),
        );
    }
    let (here, waits) = (form.clone(), Cell::new(None::<Element>));
    listen(
        "submit",
        Closure::new(move |event: Event| {
            if let Some(before) = waits.take() {
                before.remove();
            }
            if edge::online() {
                return edge::keep(edge::kept_in_tab(), SENT, &key);
            }
            event.prevent_default();
            let note = note(text::offline::waits(edge::lang()));
            if let Some(note) = note.filter(|note| here.prepend_with_node_1(&note.clone().into()).is_ok()) {
                edge::into_view(&note);
                waits.set(Some(note));
            }
        }),
    );
}

/// A word to the reader on top of a form.
fn note(says: &str) -> Option<Element> {
    let note = make("div", "")?;
    note.set_class_name("note warn");
    note.set_attribute("role", "status").ok()?;
    note.append_child(&make("p", says)?.into()).ok()?;
    Some(note)
}

fn make(tag: &str, text: &str) -> Option<Element> {
    let element = edge::document().create_element(tag).ok()?;
    element.set_text_content(Some(text));
    Some(element)
}

/// Says that the form holds a draft, and lets it be dropped for what the server sent.
fn tell(form: &HtmlFormElement, key: &str) {
    let lang = edge::lang();
    let note = (|| {
        let note = note(text::drafts::given_back(lang))?;
        note.set_class_name("note");
        let button = make("button", text::drafts::drop(lang))?;
        button.set_attribute("type", "button").ok()?;
        note.append_child(&button.clone().into()).ok()?;
        Some((note, button))
    })();
    let Some((note, button)) = note else { return };
    let (fresh, key, shown) = (form.clone(), key.to_owned(), note.clone());
    let dropped = Closure::<dyn FnMut()>::new(move || {
        edge::keep(edge::kept(), &key, "");
        fresh.reset();
        shown.remove();
    });
    let _ = button.add_event_listener_with_callback("click", dropped.as_ref().unchecked_ref());
    dropped.forget();
    let _ = form.prepend_with_node_1(&note.into());
}

/// Where the tab remembers which draft it has just sent.
const SENT: &str = "draft.sent";

fn name(form: &HtmlFormElement) -> String {
    let named = form.get_attribute("data-draft").filter(|name| !name.is_empty());
    named.or_else(|| form.get_attribute("action")).unwrap_or_default()
}

fn key(name: &str) -> String {
    format!("draft.{name}")
}

/// What the form holds that a person may have typed; never a secret or a file. Of hidden fields only the version that the text was
/// written on, so that a draft on an older one is told apart by the server and writes over nobody's words.
fn held(form: &HtmlFormElement) -> Vec<Kept> {
    let mut held = Vec::new();
    controls(form, |element, name| {
        if let Some(value) = edge::value(&element) {
            held.push(Kept { name, value });
        }
    });
    if held.iter().all(|kept| kept.value.trim().is_empty()) { Vec::new() } else { held }
}

fn give_back(form: &HtmlFormElement, kept: &[Kept]) {
    let mut rest = kept.to_vec();
    controls(form, |element, name| {
        let tick = element.dyn_ref::<HtmlInputElement>().filter(|input| is_tick(input));
        if let Some(input) = tick {
            // A tick is kept only when it is set, under its own value.
            let found = rest.iter().position(|kept| kept.name == name && kept.value == input.value());
            if !kept.is_empty() {
                input.set_checked(found.is_some());
            }
            if let Some(found) = found {
                rest.remove(found);
            }
        } else if let Some(found) = rest.iter().position(|kept| kept.name == name) {
            edge::set(&element, &rest.remove(found).value);
        }
    });
}

fn controls(form: &HtmlFormElement, mut see: impl FnMut(Element, String)) {
    let elements = form.elements();
    for index in 0..elements.length() {
        let Some(element) = elements.item(index) else { continue };
        // A leading `_` is the form door's own, not something typed.
        let named = element.get_attribute("name").filter(|name| !name.is_empty() && !name.starts_with('_'));
        if let Some(name) = named {
            see(element, name);
        }
    }
}

fn is_tick(input: &HtmlInputElement) -> bool {
    matches!(input.type_().as_str(), "checkbox" | "radio")
}

fn each(list: Option<NodeList>, mut see: impl FnMut(HtmlElement)) {
    let Some(list) = list else { return };
    for index in 0..list.length() {
        if let Some(element) = list.get(index).and_then(|node| node.dyn_into::<HtmlElement>().ok()) {
            see(element);
        }
    }
}
