//! The edge of the client: the one place that asks the browser for the time, for randomness, for what it keeps.

use model::{ids::CommandId, time::Timestamp};
use text::Lang;
use uuid::Builder;
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use web_sys::{
    Document, Element, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, Storage, Window,
};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues)]
    fn fill(bytes: &mut [u8]);
}

pub fn window() -> Window {
    match web_sys::window() {
        Some(window) => window,
        // The client runs in a page, never in a worker.
        None => unreachable!("a page has a window"),
    }
}

pub fn document() -> Document {
    match window().document() {
        Some(document) => document,
        None => unreachable!("a page has a document"),
    }
}

#[expect(clippy::disallowed_methods, reason = "the client's own clock")]
pub fn now() -> Timestamp {
    Timestamp(js_sys::Date::now() as i64)
}

/// From 0 up to 1.
#[expect(clippy::disallowed_methods, reason = "the client's own chance; nothing secret hangs on it")]
pub fn chance() -> f64 {
    js_sys::Math::random()
}

/// An id for one action of a person.
pub fn command_id() -> CommandId {
    let mut random = [0; 10];
    fill(&mut random);
    let ms = u64::try_from(now().ms()).unwrap_or_default();
    CommandId::from_uuid(Builder::from_unix_timestamp_millis(ms, &random).into_uuid())
}

/// The language of the page.
pub fn lang() -> Lang {
    let tag = document().document_element().and_then(|html| html.get_attribute("lang")).unwrap_or_default();
    Lang::from_tag(&tag).unwrap_or_default()
}

/// What this browser keeps for good; none where a person forbids it.
pub fn kept() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// What this browser keeps while the tab lives, over reloads.
pub fn kept_in_tab() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

/// Keeps `text` under `key`; an empty one is forgotten. A full storage keeps what it had: the text still stands on the page.
pub fn keep(storage: Option<Storage>, key: &str, text: &str) {
    let Some(storage) = storage else { return };
    let _ = if text.is_empty() { storage.remove_item(key) } else { storage.set_item(key, text) };
}

/// The HTTP status of the answer that this page is; 200 where the browser does not tell.
pub fn answer_status() -> u16 {
    let status = arrival("responseStatus").and_then(|status| status.as_f64());
    status.filter(|status| *status > 0.0).map_or(200, |status| status as u16)
}

/// Whether the reader came here by the browser's own way back or forward.
pub fn came_back() -> bool {
    arrival("type").is_some_and(|kind| kind.as_string().as_deref() == Some("back_forward"))
}

/// What the browser tells of how it came to this page.
fn arrival(what: &str) -> Option<JsValue> {
    let performance = js_sys::Reflect::get(&window(), &"performance".into()).ok()?;
    let list = js_sys::Reflect::get(&performance, &"getEntriesByType".into()).ok()?;
    let list = list.dyn_into::<js_sys::Function>().ok()?.call1(&performance, &"navigation".into()).ok()?;
    let entry = js_sys::Reflect::get_u32(&list, 0).ok()?;
    js_sys::Reflect::get(&entry, &what.into()).ok()
}

/// Whether the browser believes that there is a network; it is sure only when it says that there is none.
pub fn online() -> bool {
    window().navigator().on_line()
}

/// Focuses the element of this id, if the page has it.
pub fn focus(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        focus_on(&element);
    }
}

pub fn focus_on(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// Scrolls as little as is needed to see it.
pub fn into_view(element: &Element) {
    element.scroll_into_view_with_bool(true);
}

/// Does it once, so many milliseconds later. Not with the next frame of the screen: a tab in the background has none.
pub fn later(ms: i32, work: impl FnOnce() + 'static) {
    let work = Closure::once_into_js(work);
    let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(work.unchecked_ref(), ms);
}

/// The text in Unicode NFC, by the browser's own tables.
pub fn nfc(text: &str) -> String {
    js_sys::JsString::from(text).normalize("NFC").into()
}

/// What stands in a control; none where it is not to be kept.
pub fn value(element: &Element) -> Option<String> {
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        let kind = input.type_();
        return match kind.as_str() {
            "password" | "file" | "submit" | "button" => None,
            "hidden" => (input.name() == "version").then(|| input.value()),
            "checkbox" | "radio" => input.checked().then(|| input.value()),
            _ => Some(input.value()),
        };
    }
    if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        return Some(area.value());
    }
    element.dyn_ref::<HtmlSelectElement>().map(HtmlSelectElement::value)
}

/// Puts it back.
pub fn set(element: &Element, value: &str) {
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        if !matches!(input.type_().as_str(), "password" | "file" | "submit" | "button") {
            input.set_value(value);
        }
    } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        area.set_value(value);
    } else if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
        select.set_value(value);
    }
}
