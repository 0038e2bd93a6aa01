//! The edge of the module: the one place that asks the browser for chance and for what it keeps.

use text::Lang;
use wasm_bindgen::{JsCast, closure::Closure, prelude::wasm_bindgen};
use web_sys::{Document, Event, EventTarget, Storage, Window};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues)]
    fn fill(bytes: &mut [u8]);
}

pub fn window() -> Window {
    match web_sys::window() {
        Some(window) => window,
        None => unreachable!("a page has a window"),
    }
}

pub fn document() -> Document {
    match window().document() {
        Some(document) => document,
        None => unreachable!("a page has a document"),
    }
}

/// A client id that no other copy has.
pub fn client_id() -> u64 {
    let mut bytes = [0; 6];
    fill(&mut bytes);
    bytes.iter().fold(0, |id, byte| id << 8 | u64::from(*byte)).max(2)
}

/// From 0 up to 1.
#[expect(clippy::disallowed_methods, reason = "the client's own chance; nothing secret hangs on it")]
pub fn chance() -> f64 {
    js_sys::Math::random()
}

pub fn lang() -> Lang {
    let tag = document().document_element().and_then(|html| html.get_attribute("lang")).unwrap_or_default();
    Lang::from_tag(&tag).unwrap_or_default()
}

/// What this browser keeps for good, and what it keeps while the tab lives; none where a person forbids it.
pub fn kept() -> [Option<Storage>; 2] {
    [window().local_storage().ok().flatten(), window().session_storage().ok().flatten()]
}

/// Does it once, so many milliseconds later.
pub fn later(ms: i32, work: impl FnOnce() + 'static) {
    let work = Closure::once_into_js(work);
    let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(work.unchecked_ref(), ms);
}

/// Listens for the life of the page.
pub fn on(target: &EventTarget, event: &str, work: impl FnMut(Event) + 'static) {
    let work = Closure::<dyn FnMut(Event)>::new(work);
    let _ = target.add_event_listener_with_callback(event, work.as_ref().unchecked_ref());
    work.forget();
}
