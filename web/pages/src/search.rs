//! The search page: one form, what was found, and what to try when nothing was.

use maud::{Markup, html};
use model::{
    practices::{Cost, Count, Facet, Stage},
    problems::Area,
    schools::SchoolSize,
    search::{DEEPEST, Found, FoundKind, Hit, Piece, Search, Way},
};
use text::{Lang, common, search as t};

use crate::{
    Context, address,
    practices::{cost as cost_name, stage_name},
    schools::size_name,
    ui::{self, Filter, Filters, Icon, Layout},
};

/// `found` is what `asked` gave; without words nothing was searched.
pub fn search(ctx: &Context, asked: &Search, found: &Found) -> Markup {
    let lang = ctx.lang;
    let words = asked.q.as_deref().unwrap_or_default();
    let filters = filters(lang, asked, found);
    let title = if words.is_empty() { t::title(lang).to_owned() } else { t::title_for(lang, words) };
    let body = html! {
        h1 { (t::title(lang)) }
        (form(lang, asked, &filters))
        (filters.in_use(lang))
        @if found.partial && !words.is_empty() { p.note.warn role="status" { (t::partial(lang)) } }
        @if words.is_empty() {
            (ui::empty(t::nothing_yet(lang), t::example(lang), ui::go(address::practices(), t::browse(lang), false)))
        } @else if found.total == 0 {
            (nothing(ctx, &filters, found, words))
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
                (ui::pager(ctx, &address::search(), &filters.kept(), found.next.as_deref(), asked.cursor.is_some()))
            }
        }
    };
    Layout::new(title).searched(words).show(ctx, body)
}

fn form(lang: Lang, asked: &Search, filters: &Filters) -> Markup {
    let words = asked.q.as_deref().unwrap_or_default();
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
            div.facets { (filters.selects(lang)) }
            div.row.actions { button.primary { (Icon::Search) (common::search_button(lang)) } }
        }
    }
}

fn filters<'a>(lang: Lang, asked: &Search, found: &Found) -> Filters<'a> {
    let words = asked.q.as_deref().unwrap_or_default();
    // Before anything was searched there is nothing to count: all values are there to choose from.
    let searched = !words.is_empty();
    fn of<T: serde::Serialize + Copy>(
        filter: Filter,
        searched: bool,
        counts: &[Count<T>],
        all: &[T],
        name: impl Fn(T) -> &'static str,
    ) -> Filter {
        if searched { filter.counted(counts, name) } else { filter.uncounted(all, name) }
    }
    let kind = Filter::new(Facet::Kind, t::kind(lang), asked.kind).any(t::kind_any(lang));
    let area = Filter::new(Facet::Area, common::area(lang), asked.area).any(t::area_any(lang));
    let stage = Filter::new(Facet::Stage, t::stage(lang), asked.stage).any(t::stage_any(lang));
    let place = Filter::new(Facet::Municipality, t::place(lang), asked.municipality).any(t::place_any(lang));
    let size = Filter::new(Facet::Size, text::schools::size_facet(lang), asked.size).any(t::size_any(lang));
    let cost = Filter::new(Facet::Cost, text::practices::cost_facet(lang), asked.cost).any(t::cost_any(lang));
    Filters {
        path: address::search(),
        filters: vec![
            of(kind, searched, &found.kinds, &FoundKind::ALL, |one| kind_names(lang, one)),
            of(area, searched, &found.areas, &Area::ALL, |one| ui::area_name(lang, one)),
            of(stage, searched, &found.stages, &Stage::ALL, |one| stage_name(lang, one)),
            place.places(&found.municipalities),
            of(size, searched, &found.sizes, &SchoolSize::ALL, |one| size_name(lang, one)),
            of(cost, searched, &found.costs, &Cost::ALL, |one| cost_name(lang, one)),
        ],
        others: vec![("q", words.to_owned())],
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
fn nothing(ctx: &Context, filters: &Filters, found: &Found, words: &str) -> Markup {
    let lang = ctx.lang;
    let narrowed = filters.narrowed();
    html! {
        div.empty role="status" {
            p { strong { (t::none(lang, words)) } }
            @if narrowed && !found.loosen.is_empty() {
                (filters.loosen(lang, &found.loosen, |n| t::items(lang, n)))
            } @else {
                p { (t::none_advice(lang)) }
                @if narrowed { p { (t::none_narrowed(lang)) } }
            }
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
            files: model::files::FileLimits::default(),
            redactions: Vec::new(),
            redact: None,
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
            sizes: vec![],
            costs: vec![],
            loosen: vec![],
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
