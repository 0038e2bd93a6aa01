//! Small parts: chips, times, empty states, the pager.

use maud::{Markup, html};
use model::{problems::Area, search::FoundKind, sorting::Order, time::Timestamp};
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
pub fn pager<T: AsRef<str>>(ctx: &Context, path: &str, pairs: &[(T, T)], next: Option<&str>, later: bool) -> Markup {
    let lang = ctx.lang;
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref())).collect();
    let pairs = pairs.as_slice();
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

/// The name of who wrote something for a team, or the role of who has left it.
pub fn who(lang: Lang, name: &str) -> &str {
    if name.is_empty() { text::teams::former(lang) } else { name }
}

/// Something is on at this moment.
pub fn live_chip(word: &str) -> Markup {
    html! { span.chip.good { (Icon::Live) (word) } }
}

/// When the call was refused because someone else changed the same thing: what they saved, beside the form with what was typed.
pub fn newer(ctx: &Context, call: &str, title: &str, help: &str, saved: Markup) -> Markup {
    let changed = |form: &&crate::FormState| {
        form.call == call && form.refusals.0.iter().any(|refusal| refusal.code == model::refusal::Code::Changed)
    };
    html! {
        @if ctx.form.as_ref().filter(changed).is_some() {
            section.note.warn {
                h2 { (title) }
                @if !help.is_empty() { p { (help) } }
                div.stack.tight { (saved) }
            }
        }
    }
}

/// Whose name stands under what is written in a space: chosen where the person is in several of its teams.
pub fn on_behalf(form: &super::Form, ctx: &Context, here: &[model::ids::TeamId]) -> Markup {
    let lang = ctx.lang;
    let mine: Vec<_> =
        ctx.me().map_or(&[][..], |me| &me.teams).iter().filter(|mine| here.contains(&mine.team)).collect();
    match mine[..] {
        [] => html! { p.muted { (text::problems::of_yourself(lang)) } },
        [one] => html! {
            p.muted { (text::problems::of_team(lang, &one.name)) }
            (form.hidden("team", one.team))
        },
        _ => {
            let acting = ctx.acting().map(|one| one.team.to_string()).unwrap_or_default();
            let choices = mine.iter().map(|one| super::Choice::new(one.team, format!("{}, {}", one.name, one.school)));
            html! { (form.radios("team", text::problems::of_which_team(lang), choices.collect()).at_first(acting)) }
        }
    }
}

/// Rows that are seldom needed, behind a word; open when one of them holds something.
pub fn more(label: &str, open: bool, rows: Markup) -> Markup {
    html! { details.more open[open] { summary { (label) } div.stack { (rows) } } }
}

/// In which order a list stands, in the form of its filters.
pub fn sort(lang: Lang, chosen: Order) -> Markup {
    html! {
        div.field {
            label for="filter-sort" { (t::sort(lang)) }
            select #filter-sort name="sort" {
                @for order in Order::ALL {
                    option value=(super::key(order)) selected[order == chosen] {
                        (match order { Order::Newest => t::sort_newest(lang), Order::Title => t::sort_title(lang) })
                    }
                }
            }
        }
    }
}

/// The order as an address holds it: nothing where it is the usual one.
pub fn order(order: Order) -> String {
    if order == Order::default() { String::new() } else { super::key(order) }
}

/// One filter of a list, in a form that is sent by GET: nothing chosen means all.
pub fn facet(lang: Lang, name: &str, label: &str, choices: &[super::Choice], chosen: &str) -> Markup {
    facet_or(t::any(lang), name, label, choices, chosen)
}

/// The same where nothing chosen is not called „Visos“.
pub fn facet_or(any: &str, name: &str, label: &str, choices: &[super::Choice], chosen: &str) -> Markup {
    html! {
        div.field {
            label for={ "filter-" (name) } { (label) }
            select id={ "filter-" (name) } name=(name) {
                option value="" { (any) }
                @for choice in choices {
                    option value=(choice.value) selected[choice.value == chosen] { (choice.label) }
                }
            }
        }
    }
}

/// Where the client lists up to five of what is like the words in the control `control`, as `call` finds them, while they are
/// typed. Without the client it is nothing. `linked` are kinds with the templates of their addresses.
pub fn suggest(control: &str, call: &str, says: &str, at_once: bool, linked: &[(FoundKind, &str)]) -> Markup {
    let of = |kind: FoundKind| linked.iter().find(|(one, _)| *one == kind).map(|(_, template)| *template);
    html! {
        div.suggest data-suggest=(call) data-for=(control) data-says=(says) data-at-once[at_once]
            data-problem=[of(FoundKind::Problem)] data-practice=[of(FoundKind::Practice)]
            data-session=[of(FoundKind::Session)] data-team=[of(FoundKind::Team)]
        {
            p.help role="status" {}
            ul {}
        }
    }
}

/// Where a browser with scripts lists what is meant by the words in the control of `call` that names a `kind`; what is picked is sent
/// as `name`. Without scripts the words are sent, and the form comes back with what there is to choose from.
pub fn pick(ctx: &Context, call: &str, name: &str, kind: FoundKind) -> Markup {
    let lang = ctx.lang;
    let search = format!("/api/v1/search?typing=true&kind={}", super::key(kind));
    let words = (t::pick_waiting(lang), t::pick_none(lang), t::pick_failed(lang), t::pick_found(lang));
    html! {
        @if let Some(script) = (ctx.assets.address)("pick.js") {
            div.pick data-pick=(search) data-for=(super::field::id(call, "find")) data-name=(name)
                data-waiting=(words.0) data-none=(words.1) data-failed=(words.2) data-found=(words.3)
            {
                ul role="listbox" aria-label=(t::pick_list(lang)) hidden {}
                p.help role="status" {}
            }
            script type="module" src=(script) {}
        }
    }
}

/// Something that cannot be undone: two steps, the second says what it means.
pub fn grave(action: String, label: &str, means: &str) -> Markup {
    html! {
        details {
            summary { (label) }
            div.stack.tight {
                p { (means) }
                (super::button(action, label, "danger", &[]))
            }
        }
    }
}

/// The same in a row of a list, where the word alone would not say of whom: `heard` is what is read aloud.
pub fn confirm(action: String, label: &str, heard: &str, means: &str) -> Markup {
    html! {
        details.confirm {
            summary aria-label=(heard) { (label) }
            div.stack.tight {
                p { (means) }
                form method="post" action=(action) { button.danger aria-label=(heard) { (label) } }
            }
        }
    }
}
