//! Small parts: chips, times, empty states, the pager.

use maud::{Markup, html};
use model::{problems::Area, time::Timestamp};
use text::{Lang, common as t};

use super::Icon;
use crate::{Context, address};

pub use super::field::key;

pub fn area_name(lang: Lang, area: Area) -> &'static str {
    match area {
        Area::Leadership => t::leadership(lang),
        Area::Inclusion => t::inclusion(lang),
        Area::Culture => t::culture(lang),
        Area::Steam => t::steam(lang),
    }
}

/// The area by word, icon and colour.
pub fn area_chip(lang: Lang, area: Area) -> Markup {
    let (icon, class) = match area {
        Area::Leadership => (Icon::Leadership, "leadership"),
        Area::Inclusion => (Icon::Inclusion, "inclusion"),
        Area::Culture => (Icon::Culture, "culture"),
        Area::Steam => (Icon::Steam, "steam"),
    };
    html! { span class={ "chip " (class) } { (icon) (area_name(lang, area)) } }
}

/// How a state is felt; its word says what it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tone {
    Plain,
    Good,
    Warn,
    Bad,
    Calm,
}

pub fn chip(tone: Tone, word: &str) -> Markup {
    let class = match tone {
        Tone::Plain => "chip",
        Tone::Good => "chip good",
        Tone::Warn => "chip warn",
        Tone::Bad => "chip bad",
        Tone::Calm => "chip calm",
    };
    html! { span class=(class) { (word) } }
}

/// `2026-11-22 14:30`, readable by machines too.
pub fn time(at: Timestamp) -> Markup {
    html! { time.numbers datetime=(text::time::machine(at.ms())) { (text::time::date_time(at.ms())) } }
}

/// `2026-11-22`
pub fn date(at: Timestamp) -> Markup {
    html! { time.numbers datetime=(text::time::machine(at.ms())) { (text::time::date(at.ms())) } }
}

/// What a page says when there is nothing yet: what would stand here, and the first step (a link or a form).
pub fn empty(says: &str, example: &str, step: Markup) -> Markup {
    html! {
        div.empty {
            p { (says) }
            @if !example.is_empty() { p.muted { (example) } }
            (step)
        }
    }
}

/// A link that looks like a button; `primary` at most once a page.
pub fn go(address: String, label: &str, primary: bool) -> Markup {
    html! { a.button .primary[primary] href=(address) { (label) } }
}

/// Where the list goes on. `pairs` are the filters of this page without its cursor.
pub fn pager(ctx: &Context, path: &str, pairs: &[(&str, &str)], next: Option<&str>, later: bool) -> Markup {
    let lang = ctx.lang;
    if next.is_none() && !later {
        return html! {};
    }
    let mut onward = pairs.to_vec();
    onward.push(("cursor", next.unwrap_or_default()));
    html! {
        nav.pager aria-label=(t::pages_of_list(lang)) {
            @if later { a href=(address::with_query(path, pairs)) { (t::first_page(lang)) } }
            @if next.is_some() { a.button href=(address::with_query(path, &onward)) { (t::next_page(lang)) } }
        }
    }
}

/// Paragraphs as they were typed.
pub fn prose(text: &str) -> Markup {
    html! { p.prose { (text) } }
}
