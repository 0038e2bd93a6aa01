//! What is shown without a network. The server makes it, and `web/public/sw.js` keeps it and fills what stands empty here.

use maud::{Markup, html};
use text::{Lang, offline as t};

use crate::{Context, ui::Layout};

/// Where the worker finds no copy: the page says so, or that a form was not sent, and names the copies that there are. Each part is
/// hidden until the worker shows it, by exactly these openings.
pub fn page(ctx: &Context) -> Markup {
    let lang = ctx.lang;
    let body = html! {
        div.head { h1 { (t::title(lang)) } }
        section id="no-copy" hidden { p.prose { (t::no_copy(lang)) } }
        // By this id the client knows that what was sent was not taken, and keeps the draft.
        section id="refused" hidden {
            h2 { (t::not_sent(lang)) }
            p.prose { (t::not_sent_says(lang)) }
        }
        section id="kept" hidden {
            h2 { (t::kept_pages(lang)) }
            p.muted { (t::kept_help(lang)) }
            ul id="kept-pages" {}
        }
    };
    Layout::new(t::title(lang)).answers_form(true).show(ctx, body)
}

/// On every page of a signed-in reader: what stands on top of its kept copy, once the worker has taken the `hidden` away and filled the
/// time in.
pub fn banner(lang: Lang) -> Markup {
    html! {
        p id="saved-copy" class="note warn" role="status" hidden {
            span { (t::saved_copy(lang)) " " time id="saved-at" class="numbers" {} }
        }
    }
}
