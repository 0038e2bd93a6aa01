//! The log of acts.

use maud::{Markup, html};
use model::audit::{ACTS, ActShown, ActsPage, Chain, ListActs};
use text::{Lang, audit as t};

use crate::{
    Context, address,
    ui::{self, Choice, Layout},
};

pub fn list(ctx: &Context, call: &ListActs, page: &ActsPage) -> Markup {
    let lang = ctx.lang;
    let or_empty = |value: Option<String>| value.unwrap_or_default();
    let (person, act) = (or_empty(call.person.map(|id| id.to_string())), call.act.as_deref().unwrap_or_default());
    let (from, to) = (or_empty(call.from.map(|day| day.to_string())), or_empty(call.to.map(|day| day.to_string())));
    let pairs = [("person", person.as_str()), ("act", act), ("from", from.as_str()), ("to", to.as_str())];
    let people: Vec<_> = page.people.iter().map(|doer| Choice::new(doer.id, &doer.name)).collect();
    let mut acts: Vec<_> = ACTS.iter().map(|act| Choice::new(act, t::act(lang, act).unwrap_or(act))).collect();
    acts.sort_by_cached_key(|choice| model::sorting::sort_key(&choice.label));
    let body = html! {
        div.head { h1 { (t::title(lang)) } p.muted { (t::lead(lang)) } }
        (chain(lang, page.chain))
        form.facets action=(address::acts()) {
            (ui::facet_or(t::any(lang), "person", t::person(lang), &people, &person))
            (ui::facet_or(t::any(lang), "act", t::act_label(lang), &acts, act))
            (day("from", t::from(lang), &from))
            (day("to", t::to(lang), &to))
            button { (text::common::show(lang)) }
        }
        p.row {
            @if act == "space.entered" { a href=(address::acts()) { (t::all(lang)) } } @else {
                a href=(address::with_query(&address::acts(), &[("act", "space.entered")])) { (t::entered_only(lang)) }
            }
            a href=(address::with_query(&address::acts_csv(), &pairs)) { (t::table(lang)) }
        }
        // That the log is empty is said above.
        @if page.acts.is_empty() { @if page.chain.checked > 0 { (ui::empty(t::none(lang), t::none_example(lang), html! {})) } } @else {
            ul.items { @for act in &page.acts { li { (one(lang, act)) } } }
        }
        (ui::pager(ctx, &address::acts(), &pairs, page.next.as_deref(), call.cursor.is_some()))
    };
    Layout::new(t::title(lang)).under(text::people::administration(lang), address::administration()).show(ctx, body)
}

fn chain(lang: Lang, chain: Chain) -> Markup {
    html! {
        @match chain.broken_at {
            Some(number) => p.note.bad role="status" { (t::chain_broken(lang, number)) },
            None if chain.checked == 0 => p.note { (t::chain_empty(lang)) },
            None => p.note.good { (t::chain_whole(lang, chain.checked)) },
        }
    }
}

fn day(name: &str, label: &str, value: &str) -> Markup {
    html! {
        div.field {
            label for={ "filter-" (name) } { (label) }
            input id={ "filter-" (name) } type="date" name=(name) value=(value);
        }
    }
}

fn one(lang: Lang, act: &ActShown) -> Markup {
    html! {
        p.row.close { strong { (t::act(lang, &act.act).unwrap_or(&act.act)) } }
        @if !act.names.is_empty() { p { (act.names.join(" · ")) } }
        p.meta {
            span {
                @match &act.by {
                    Some(by) if by.name.is_empty() => (t::gone(lang)),
                    Some(by) => a href=(address::person(by.id)) { (by.name) },
                    None => (t::by_server(lang)),
                }
            }
            (ui::time(act.at))
            span { (t::numbered(lang, act.number)) }
        }
    }
}
