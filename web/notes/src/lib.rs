//! Notes written together, in the browser: loaded when a reader opens `details[data-notes]`, whose parts the server has drawn.
//!
//! [`copy`] is the text and its talk with the server, without a browser; [`screen`] shows it, [`editor`] joins the two.

mod copy;
mod edge;
mod editor;
mod kept;
mod screen;
mod socket;

use wasm_bindgen::prelude::wasm_bindgen;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Called once by the loader.
#[wasm_bindgen]
pub fn start() {
    if let Some(place) = edge::document().query_selector("details[data-notes]").ok().flatten() {
        editor::mount(place);
    }
}
