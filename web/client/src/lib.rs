//! The web client: the live room, and enhancers of pages that work without it.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called once by `web/public/loader.js`.
#[wasm_bindgen]
pub fn start() {
    use leptos::prelude::*;
    let (count, set) = signal(0);
    mount_to_body(
        move || view! { <p class="x"><button on:click=move |_| set.update(|n| *n += 1)>"+"</button><b>{count}</b></p> },
    );
}
