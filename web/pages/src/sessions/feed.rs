//! The address under which the reader's calendar finds their sessions.

use maud::{Markup, html};
use model::sessions::{Feed, NewFeed};
use text::planning as p;

use crate::{
    Context, address,
    ui::{self, Layout},
};

/// `fresh` is an address just made: it is shown this once.
pub fn feed(ctx: &Context, feed: Feed, fresh: Option<&NewFeed>) -> Markup {
    let lang = ctx.lang;
    let body = html! {
        div.head { h1 { (p::feed_title(lang)) } p { (p::feed_lead(lang)) } }
        @if let Some(fresh) = fresh {
            div.note.good role="status" {
                p { (p::feed_ready(lang)) }
                span.secret { (fresh.link) }
                p.small { (p::feed_once(lang)) }
            }
        }
        @match feed.made_at {
            Some(at) => {
                p { (p::feed_made(lang, text::time::date_time(at.ms()))) }
                p.help { (p::feed_again_means(lang)) }
                div.row {
                    (ui::button(address::calendar(), p::feed_again(lang), "", &[]))
                    (ui::button(address::calendar_end(), p::feed_end(lang), "link danger", &[]))
                }
            },
            None => (ui::button(address::calendar(), p::feed_make(lang), "primary", &[])),
        }
    };
    Layout::new(p::feed_title(lang)).under(text::accounts::account_title(lang), address::account()).show(ctx, body)
}
