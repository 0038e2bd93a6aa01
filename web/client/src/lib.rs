//! The web client: the live room, and enhancers of pages that work without it.
//!
//! A page asks for it by what it holds: `#live-room[data-session]` becomes the live room (its `[data-client-waiting]` is shown
//! until then, its `[data-client-failed]` when it cannot), `form[data-draft]` keeps what is typed, `[data-suggest]` lists
//! what is like it while it is typed. The room and the forms are two modules, each loaded through `web/public/loader.js` where it
//! is needed.

#![cfg_attr(
    not(all(feature = "room", feature = "forms")),
    allow(dead_code, reason = "each part uses some of what they share")
)]

#[cfg(feature = "forms")]
mod drafts;
#[cfg(feature = "room")]
mod drawn;
mod edge;
#[cfg(feature = "room")]
mod live;
#[cfg(feature = "forms")]
mod suggest;
#[cfg(feature = "room")]
mod view;
mod wire;

use wasm_bindgen::prelude::wasm_bindgen;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Called once by the loader.
#[wasm_bindgen]
pub fn start() {
    #[cfg(feature = "forms")]
    {
        drafts::attach();
        suggest::attach();
    }
    #[cfg(feature = "room")]
    if let Some(place) = edge::document().get_element_by_id("live-room") {
        live::mount(place);
    }
}
