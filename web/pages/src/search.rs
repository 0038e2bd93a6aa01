//! The search page: one form, what was found, and what to try when nothing was.

use maud::{Markup, html};
use model::{
    practices::{Count, Stage},
    problems::Area,
    search::{DEEPEST, Found, FoundKind, Hit, Piece, Search, Way},
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
        (form(lang, asked, found))
        @if found.partial && !words.is_empty() { p.note.warn role="status" { (t::partial(lang)) } }
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
                @if found.total > DEEPEST as i64 { p.note { (t::too_many(lang, DEEPEST as i64)) } }
                ul.items { @for hit in &found.items { li { (item(lang, hit)) } } }
                (pager(ctx, asked, found))
            }
        }
    };
    Layout::new(title).searched(words).show(ctx, body)
}

fn form(lang: Lang, asked: &Search, found: &Found) -> Markup {
    let words = asked.q.as_deref().unwrap_or_default();
    // Before anything was searched there is nothing to count: all values are there to choose from.
    let searched = !words.is_empty();
    let name = |name: &str, count: i64| if searched { format!("{name} ({count})") } else { name.to_owned() };
    let kinds = if searched { found.kinds.clone() } else { uncounted(FoundKind::ALL) };
    let areas = if searched { found.areas.clone() } else { uncounted(Area::ALL) };
    let stages = if searched { found.stages.clone() } else { uncounted(Stage::ALL) };
    let kinds = kinds.iter().map(|one| Choice::of(one.value, name(kind_names(lang, one.value), one.count)));
    let areas = areas.iter().map(|one| Choice::of(one.value, name(ui::area_name(lang, one.value), one.count)));
    let stages = stages.iter().map(|one| Choice::of(one.value, name(stage_name(lang, one.value), one.count)));
    let places = found.municipalities.iter().map(|one| Choice::of(one.value, name(&one.name, one.count)));
    html! {
        form.form.wide action=(address::search()) aria-label=(t::title(lang)) {
            div.field {
                label for="words" { (common::search_for(lang)) }
                input #words type="search" name="q" value=(words) maxlength="200" aria-describedby="words-help";
                p.help #words-help { (t::help(lang)) }
            }
            (ui::suggest("words", "/api/v1/search?typing=true", t::suggested(lang), false, &[
                (FoundKind::Problem, address::template::problem),
                (FoundKind::Practice, address::template::practice),
                (FoundKind::Session, address::template::session),
                (FoundKind::Team, address::template::team),
            ]))
            div.facets {
                (select("kind", t::kind(lang), t::kind_any(lang), kinds, asked.kind.map(ui::key)))
                (select("area", common::area(lang), t::area_any(lang), areas, asked.area.map(ui::key)))
                (select("stage", t::stage(lang), t::stage_any(lang), stages, asked.stage.map(ui::key)))
                (select("municipality", t::place(lang), t::place_any(lang), places, asked.municipality.map(ui::key)))
            }
            div.row.actions { button.primary { (Icon::Search) (common::search_button(lang)) } }
        }
    }
}

fn uncounted<T, const N: usize>(values: [T; N]) -> Vec<Count<T>> {
    values.into_iter().map(|value| Count { value, count: 0 }).collect()
}

fn select(name: &str, label: &str, any: &str, choices: impl Iterator<Item = Choice>, chosen: Option<String>) -> Markup {
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

fn kind_names(lang: Lang, kind: FoundKind) -> &'static str {
    match kind {
        FoundKind::Problem => t::kind_problem(lang),
        FoundKind::Practice => t::kind_practice(lang),
        FoundKind::Session => t::kind_session(lang),
        FoundKind::Team => t::kind_team(lang),
    }
}

fn item(lang: Lang, hit: &Hit) -> Markup {
    let (icon, kind, address) = match hit.kind {
        FoundKind::Problem => (Icon::Problems, t::problem(lang), hit.id.parse().map(address::problem)),
        FoundKind::Practice => (Icon::Practices, t::practice(lang), hit.id.parse().map(address::practice)),
        FoundKind::Session => (Icon::Sessions, t::session(lang), hit.id.parse().map(address::session)),
        FoundKind::Team => (Icon::Spaces, t::team(lang), hit.id.parse().map(address::team)),
    };
    html! {
        article.item {
            h3.item-title { a href=(address.unwrap_or_default()) { (pieces(&hit.title)) } }
            @if !hit.snippet.is_empty() { p { (pieces(&hit.snippet)) } }
            p.meta {
                span { (icon) (kind) }
                @if let Some(area) = hit.area { (ui::area_chip(lang, area)) }
                @if let Some(at) = hit.starts_at { (ui::time(at)) }
                @if let Some(space) = &hit.space_name { span { (space) } }
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
        Found {
            items: vec![],
            next: None,
            total: 0,
            way: Way::All,
            kinds: vec![],
            areas: vec![],
            stages: vec![],
            municipalities: vec![],
            partial: false,
        }
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
            space_name: Some("Dirbtuvė".into()),
            starts_at: None,
            school: None,
            municipality_name: None,
        };
        let kinds = vec![Count { value: FoundKind::Practice, count: 41 }];
        let found =
            Found { items: vec![hit], next: Some("20-0".into()), total: 41, way: Way::Near, kinds, ..nothing_found() };
        let page = search(&ctx(), &asked("skaitymas <i>"), &found).into_string();
        assert!(page.contains("&lt;script&gt;<mark>Skaitymo</mark>"), "{page}");
        assert!(page.contains("a &amp; <mark>&lt;b&gt;</mark>"));
        assert!(page.contains("href=\"/praktikos/0192f0c1-2b3c-7d4e-8f50-0123456789ab\""));
        assert!(page.contains("Rastas 41 įrašas") && page.contains(t::near(Lang::Lt)));
        assert!(
            page.contains("<option value=\"practice\">Praktikos (41)</option>") && !page.contains("value=\"team\"")
        );
        assert!(!page.contains(t::partial(Lang::Lt)));
        assert!(page.contains("cursor=20-0") && !page.contains("<script") && !page.contains("<i>"));
    }

    #[test]
    fn without_words_the_page_shows_how_to_begin() {
        let page = search(&ctx(), &Search::default(), &nothing_found()).into_string();
        assert!(page.contains(t::nothing_yet(Lang::Lt)) && !page.contains(t::none_advice(Lang::Lt)));
        assert!(page.contains("<option value=\"team\">Komandos</option>"));
    }

    #[test]
    fn of_ten_thousand_the_page_says_how_far_it_goes() {
        let many = Found { total: 10_000, ..nothing_found() };
        let page = search(&ctx(), &asked("mokiniai"), &many).into_string();
        assert!(page.contains("Rasta 10\u{a0}000 įrašų") && page.contains(&t::too_many(Lang::Lt, 1_000)), "{page}");
        let few = Found { total: 1_000, ..nothing_found() };
        assert!(!search(&ctx(), &asked("mokiniai"), &few).into_string().contains(&t::too_many(Lang::Lt, 1_000)));
    }

    #[test]
    fn while_the_index_is_made_the_page_says_that_more_may_come() {
        let found = Found { partial: true, ..nothing_found() };
        assert!(search(&ctx(), &asked("kosmosas"), &found).into_string().contains(t::partial(Lang::Lt)));
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
