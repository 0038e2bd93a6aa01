//! The web client: the live room, and enhancers of pages that work without it.
//!
//! A page asks for it by what it holds: `#live-room[data-session]` becomes the live room (its `[data-client-waiting]` is shown
//! until then, its `[data-client-failed]` when it cannot), `form[data-draft]` keeps what is typed, `[data-suggest]` lists
//! what is like it while it is typed. Pages load it through
//! `web/public/loader.js`.

mod drafts;
mod drawn;
mod edge;
mod live;
mod suggest;
mod view;
mod wire;

use wasm_bindgen::prelude::wasm_bindgen;

/// Called once by the loader.
#[wasm_bindgen]
pub fn start() {
    drafts::attach();
    suggest::attach();
    if let Some(place) = edge::document().get_element_by_id("live-room") {
        live::mount(place);
    }
}
