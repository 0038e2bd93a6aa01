//! The search page: one form, what was found, and what to try when nothing was.

use maud::{Markup, html};
use model::{
    practices::Stage,
    problems::Area,
    search::{Found, FoundKind, Hit, Piece, Search, Way},
};
use text::{Lang, common, search as t};

use crate::{
    Context, address,
    practices::stage_name,
    ui::{self, Choice, Icon, Layout},
};

/// `found` is what `asked` gave; without words nothing was searched.
pub fn search(ctx: &Context, asked: &Search, found: &Found) -> Markup {
    let lang = ctx.lang;
    let words = asked.q.as_deref().unwrap_or_default();
    let title = if words.is_empty() { t::title(lang).to_owned() } else { t::title_for(lang, words) };
    let body = html! {
        h1 { (t::title(lang)) }
        (form(lang, asked, words))
        @if words.is_empty() {
            (ui::empty(t::nothing_yet(lang), t::example(lang), ui::go(address::practices(), t::browse(lang), false)))
        } @else if found.total == 0 {
            (nothing(ctx, asked, words))
        } @else {
            section aria-labelledby="found" {
                h2 #found { (t::found(lang, found.total)) }
                @match found.way {
                    Way::All => {}
                    Way::Near => p.note { (t::near(lang)) }
                    Way::Any => p.note { (t::any(lang)) }
                }
                ul.items { @for hit in &found.items { li { (item(lang, hit)) } } }
                (pager(ctx, asked, found))
            }
        }
    };
    Layout::new(title).searched(words).show(ctx, body)
}

fn form(lang: Lang, asked: &Search, words: &str) -> Markup {
    let kinds = vec![
        Choice::of(FoundKind::Problem, t::kind_problem(lang)),
        Choice::of(FoundKind::Practice, t::kind_practice(lang)),
    ];
    let areas = Area::ALL.map(|area| Choice::of(area, ui::area_name(lang, area))).to_vec();
    let stages = Stage::ALL.map(|stage| Choice::of(stage, stage_name(lang, stage))).to_vec();
    html! {
        form.form.wide action=(address::search()) aria-label=(t::title(lang)) {
            div.field {
                label for="words" { (common::search_for(lang)) }
                input #words type="search" name="q" value=(words) maxlength="200" aria-describedby="words-help";
                p.help #words-help { (t::help(lang)) }
            }
            div.facets {
                (select("kind", t::kind(lang), t::kind_any(lang), &kinds, asked.kind.map(ui::key)))
                (select("area", common::area(lang), t::area_any(lang), &areas, asked.area.map(ui::key)))
                (select("stage", t::stage(lang), t::stage_any(lang), &stages, asked.stage.map(ui::key)))
            }
            @if let Some(municipality) = asked.municipality {
                input type="hidden" name="municipality" value=(municipality);
            }
            div.row.actions { button.primary { (Icon::Search) (common::search_button(lang)) } }
        }
    }
}

fn select(name: &str, label: &str, any: &str, choices: &[Choice], chosen: Option<String>) -> Markup {
    let id = format!("search-{name}");
    html! {
        div.field {
            label for=(id) { (label) }
            select id=(id) name=(name) {
                option value="" { (any) }
                @for choice in choices {
                    option value=(choice.value) selected[chosen.as_ref() == Some(&choice.value)] { (choice.label) }
                }
            }
        }
    }
}

fn item(lang: Lang, hit: &Hit) -> Markup {
    let (icon, kind, address) = match hit.kind {
        FoundKind::Problem => (Icon::Problems, t::problem(lang), hit.id.parse().map(address::problem)),
        FoundKind::Practice => (Icon::Practices, t::practice(lang), hit.id.parse().map(address::practice)),
    };
    html! {
        article.item {
            h3.item-title { a href=(address.unwrap_or_default()) { (pieces(&hit.title)) } }
            p { (pieces(&hit.snippet)) }
            p.meta {
                span { (icon) (kind) }
                @if let Some(area) = hit.area { (ui::area_chip(lang, area)) }
                span { (hit.space_name) }
                @if let Some(school) = &hit.school { span { (school) } }
                @if let Some(municipality) = &hit.municipality_name { span { (municipality) } }
            }
        }
    }
}

/// Escaped like all text; a mark is the only markup.
fn pieces(pieces: &[Piece]) -> Markup {
    html! { @for piece in pieces { @if piece.marked { mark { (piece.text) } } @else { (piece.text) } } }
}

/// Nothing is said of what this reader may not see, not even that there is more.
fn nothing(ctx: &Context, asked: &Search, words: &str) -> Markup {
    let lang = ctx.lang;
    let narrowed =
        asked.kind.is_some() || asked.area.is_some() || asked.stage.is_some() || asked.municipality.is_some();
    html! {
        div.empty role="status" {
            p { strong { (t::none(lang, words)) } }
            p { (t::none_advice(lang)) }
            @if narrowed { p { (t::none_narrowed(lang)) } }
            @if ctx.me().is_none() {
                p { (t::none_signed_out(lang)) " " a href=(address::sign_in_then(&ctx.path)) { (text::accounts::sign_in(lang)) } }
            }
            @if narrowed {
                (ui::go(address::with_query(&address::search(), &[("q", words)]), t::everywhere(lang), false))
            } @else {
                (ui::go(address::practices(), t::browse(lang), false))
            }
        }
    }
}

fn pager(ctx: &Context, asked: &Search, found: &Found) -> Markup {
    let (kind, area, stage) = (asked.kind.map(ui::key), asked.area.map(ui::key), asked.stage.map(ui::key));
    let municipality = asked.municipality.map(|code| code.to_string());
    let pairs = [
        ("q", asked.q.as_deref().unwrap_or_default()),
        ("kind", kind.as_deref().unwrap_or_default()),
        ("area", area.as_deref().unwrap_or_default()),
        ("stage", stage.as_deref().unwrap_or_default()),
        ("municipality", municipality.as_deref().unwrap_or_default()),
    ];
    ui::pager(ctx, &address::search(), &pairs, found.next.as_deref(), asked.cursor.is_some())
}

#[cfg(test)]
mod tests {
    use model::{access::Actor, words::Line};

    use super::*;
    use crate::{Assets, Theme};

    fn ctx() -> Context {
        Context {
            lang: Lang::Lt,
            theme: Theme::Auto,
            actor: Actor::Anonymous,
            acting: None,
            path: "/paieska".into(),
            origin: "http://localhost:8080".into(),
            form: None,
            key: None,
            done: None,
            read_only: false,
            assets: Assets { style: "", address: |_| None },
        }
    }

    fn asked(words: &str) -> Search {
        Search { q: Line::new(words), ..Search::default() }
    }

    fn nothing_found() -> Found {
        Found { items: vec![], next: None, total: 0, way: Way::All }
    }

    fn piece(text: &str, marked: bool) -> Piece {
        Piece { text: text.into(), marked }
    }

    #[test]
    fn what_was_found_is_marked_and_never_markup() {
        let hit = Hit {
            kind: FoundKind::Practice,
            id: "0192f0c1-2b3c-7d4e-8f50-0123456789ab".into(),
            title: vec![piece("<script>", false), piece("Skaitymo", true)],
            snippet: vec![piece("a & ", false), piece("<b>", true)],
            area: Some(Area::Inclusion),
            space_name: "Dirbtuvė".into(),
            school: None,
            municipality_name: None,
        };
        let found = Found { items: vec![hit], next: Some("20-0".into()), total: 41, way: Way::Near };
        let page = search(&ctx(), &asked("skaitymas <i>"), &found).into_string();
        assert!(page.contains("&lt;script&gt;<mark>Skaitymo</mark>"), "{page}");
        assert!(page.contains("a &amp; <mark>&lt;b&gt;</mark>"));
        assert!(page.contains("href=\"/praktikos/0192f0c1-2b3c-7d4e-8f50-0123456789ab\""));
        assert!(page.contains("Rastas 41 įrašas") && page.contains(t::near(Lang::Lt)));
        assert!(page.contains("cursor=20-0") && !page.contains("<script") && !page.contains("<i>"));
    }

    #[test]
    fn without_words_the_page_shows_how_to_begin() {
        let page = search(&ctx(), &Search::default(), &nothing_found()).into_string();
        assert!(page.contains(t::nothing_yet(Lang::Lt)) && !page.contains(t::none_advice(Lang::Lt)));
    }

    #[test]
    fn when_nothing_is_found_the_page_says_what_to_try() {
        let page = search(&ctx(), &asked("kosmosas"), &nothing_found()).into_string();
        assert!(page.contains("Pagal „kosmosas“ nieko nerasta.") && page.contains(t::none_signed_out(Lang::Lt)));
        assert!(!page.contains(t::everywhere(Lang::Lt)));
        let narrow = Search { kind: Some(FoundKind::Problem), ..asked("kosmosas") };
        assert!(search(&ctx(), &narrow, &nothing_found()).into_string().contains(t::everywhere(Lang::Lt)));
    }
}
