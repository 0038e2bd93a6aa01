use maud::{DOCTYPE, Markup, PreEscaped, html};
use model::redactions::{MARK, MARK_EN};
use text::{Lang, common as t};

use super::{Icon, button, refusals};
use crate::{Context, Theme, address};

/// One of the four destinations.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    Spaces,
    Problems,
    Practices,
    Sessions,
}

/// What surrounds a page. `Layout::new(title).at(Place::Problems).under(name, address).show(ctx, body)`
#[derive(Clone, Debug)]
pub struct Layout {
    title: String,
    place: Option<Place>,
    trail: Vec<(String, String)>,
    live: bool,
    answers_form: bool,
    search: String,
    about: Option<String>,
}

impl Layout {
    /// `title` names the page in the browser's tab and at the end of the breadcrumb.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            place: None,
            trail: Vec::new(),
            live: false,
            answers_form: false,
            search: String::new(),
            about: None,
        }
    }

    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// What the page is about, for those who find it elsewhere; without it, what the site is.
    #[must_use]
    pub fn about(mut self, about: &str) -> Self {
        self.about = Some(about.chars().take(200).collect()).filter(|about: &String| !about.is_empty());
        self
    }

    /// Adds what stands above this page to the breadcrumb.
    #[must_use]
    pub fn under(mut self, name: impl Into<String>, address: String) -> Self {
        self.trail.push((name.into(), address));
        self
    }

    /// The page is the live room: it has the client and the style of the room.
    #[must_use]
    pub fn live(mut self) -> Self {
        self.live = true;
        self
    }

    /// The page answers a form that was not taken: the client is told, also where nobody is signed in any more, so that it keeps
    /// the draft.
    #[must_use]
    pub fn answers_form(mut self, answers: bool) -> Self {
        self.answers_form = answers;
        self
    }

    /// What was searched for, to stand in the box.
    #[must_use]
    pub fn searched(mut self, words: impl Into<String>) -> Self {
        self.search = words.into();
        self
    }

    pub fn show(&self, ctx: &Context, body: Markup) -> Markup {
        marked(ctx.lang, self.whole(ctx, body))
    }

    fn whole(&self, ctx: &Context, body: Markup) -> Markup {
        let lang = ctx.lang;
        let title = if ctx.form.is_some() { t::error_title(lang, &self.title) } else { self.title.clone() };
        let theme = (ctx.theme != Theme::Auto).then(|| ctx.theme.key());
        // Public pages load no script: reading needs none.
        let client =
            if ctx.me().is_some() || self.live || self.answers_form { (ctx.assets.address)("loader.js") } else { None };
        html! {
            (DOCTYPE)
            html lang=(lang.tag()) data-theme=[theme] {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (t::title_of(lang, title)) }
                    meta name="description" content=(self.about.as_deref().unwrap_or(t::about(lang)));
                    style { (PreEscaped(ctx.assets.style)) }
                    @if self.live {
                        @if let Some(live) = (ctx.assets.address)("live.css") {
                            link rel="stylesheet" href=(live);
                        }
                        // Asked for at once, beside the loader that would only then ask for them.
                        @if let Some(script) = (ctx.assets.address)("client.js") {
                            link rel="modulepreload" href=(script);
                        }
                        @if let Some(module) = (ctx.assets.address)("client.wasm") {
                            link rel="preload" as="fetch" type="application/wasm" crossorigin href=(module);
                        }
                    }
                    @if let Some(icon) = (ctx.assets.address)("icon.svg") {
                        link rel="icon" type="image/svg+xml" href=(icon);
                    }
                    // For the home screen of phones that read no manifest.
                    @if let Some(icon) = (ctx.assets.address)("icon-180.png") {
                        link rel="apple-touch-icon" href=(icon);
                    }
                    @if let Some(manifest) = (ctx.assets.address)("app.webmanifest") {
                        link rel="manifest" href=(manifest);
                    }
                    @if let Some(client) = client {
                        script type="module" src=(client) {}
                    }
                }
                body {
                    a.skip href="#main" { (t::skip(lang)) }
                    (self.top(ctx))
                    main #main .page tabindex="-1" {
                        @if ctx.me().is_some() { (crate::offline::banner(lang)) }
                        (self.breadcrumb(lang))
                        @if ctx.read_only {
                            p.note.bad role="status" { (text::errors::read_only(lang)) }
                        }
                        (refusals(ctx, &body))
                        @if let Some(done) = &ctx.done {
                            p.note.good role="status" { (done) }
                        }
                        (body)
                        (crate::redactions::note(ctx))
                        p.on-paper { (t::printed_from(lang, format!("{}{}", ctx.origin, ctx.path))) }
                    }
                    (foot(ctx))
                }
            }
        }
    }

    fn top(&self, ctx: &Context) -> Markup {
        let lang = ctx.lang;
        let places = [
            (Place::Spaces, Icon::Spaces, t::spaces(lang), address::spaces()),
            (Place::Problems, Icon::Problems, t::problems(lang), address::problems()),
            (Place::Practices, Icon::Practices, t::practices(lang), address::practices()),
            (Place::Sessions, Icon::Sessions, t::sessions(lang), address::sessions()),
        ];
        html! {
            header.top {
                div {
                    a.mark href=(address::home()) {
                        (mark())
                        span.word { (t::product(lang)) }
                        span.only-heard { (t::home(lang)) }
                    }
                    nav.main-nav aria-label=(t::main_menu(lang)) {
                        ul {
                            @for (place, icon, name, address) in places {
                                li {
                                    a href=(address) aria-current=[(self.place == Some(place)).then_some("true")] {
                                        (icon) (name)
                                    }
                                }
                            }
                        }
                    }
                    form.find role="search" action=(address::search()) {
                        label.only-heard for="q" { (t::search_for(lang)) }
                        input #q type="search" name="q" value=(self.search) maxlength="200" placeholder=(t::search(lang));
                        button { (Icon::Search) span.only-heard { (t::search_button(lang)) } }
                    }
                    (menu(ctx))
                }
            }
        }
    }

    fn breadcrumb(&self, lang: Lang) -> Markup {
        html! {
            @if !self.trail.is_empty() {
                nav.trail aria-label=(t::you_are_here(lang)) {
                    ol {
                        @for (name, address) in &self.trail {
                            li { a href=(address) { (name) } }
                        }
                    }
                }
            }
        }
    }
}

/// In English the mark of what was taken out is in English.
fn marked(lang: Lang, page: Markup) -> Markup {
    match lang {
        Lang::En if page.0.contains(MARK) => PreEscaped(page.0.replace(MARK, MARK_EN)),
        _ => page,
    }
}

/// Three people of one net.
fn mark() -> Markup {
    html! {
        svg viewBox="0 0 24 24" aria-hidden="true" {
            path d="M12 6 5.5 17.5h13z" {}
            g fill="currentColor" { circle cx="12" cy="5.5" r="2.5" {} circle cx="5.5" cy="17.5" r="2.5" {} circle cx="18.5" cy="17.5" r="2.5" {} }
        }
    }
}

/// Who I am, for which team I act, and the way out.
fn menu(ctx: &Context) -> Markup {
    let lang = ctx.lang;
    let Some(me) = ctx.me() else {
        return html! { a.sign-in href=(address::sign_in_then(&ctx.path)) { (text::accounts::sign_in(lang)) } };
    };
    let acting = ctx.acting();
    html! {
        details.menu {
            summary {
                (Icon::Person)
                span.who { (me.name) }
                @if let Some(team) = acting { span { (team.name) } }
                span.only-heard { (t::my_menu(lang)) }
            }
            div {
                p { strong { (me.name) } }
                @if let Some(team) = acting {
                    p.small {
                        span.muted { (t::acting_for(lang)) } br;
                        a href=(address::team(team.team)) { (team.name) ", " (team.school) }
                    }
                    @for other in me.teams.iter().filter(|other| other.team != team.team) {
                        (preference(ctx, "komanda", &other.team.to_string(), &t::act_for(lang, &other.name), false))
                    }
                }
                a href=(address::networks()) { (t::networks(lang)) }
                @if ctx.actor.is_administrator() { a href=(address::administration()) { (text::people::administration(lang)) } }
                @if model::access::may(&ctx.actor, model::access::Action::Moderate, &model::access::Facts::Site).is_ok() {
                    a href=(address::moderation()) { (text::moderation::title(lang)) }
                }
                a href=(address::account()) { (t::account(lang)) }
                (button(address::sign_out(), text::accounts::sign_out(lang), "link", &[]))
            }
        }
    }
}

fn foot(ctx: &Context) -> Markup {
    let lang = ctx.lang;
    html! {
        footer.foot {
            div {
                p { (t::about_footer(lang)) " " a href=(address::networks()) { (t::networks(lang)) } " · " a href=(address::licence()) { (text::licence::footer(lang)) } }
                (switch(ctx, t::language(lang), "kalba", &Lang::ALL.map(|other| (other.tag(), other.name(), other == lang))))
                (switch(ctx, t::theme(lang), "tema", &[
                    ("auto", t::theme_auto(lang), ctx.theme == Theme::Auto),
                    ("light", t::theme_light(lang), ctx.theme == Theme::Light),
                    ("dark", t::theme_dark(lang), ctx.theme == Theme::Dark),
                ]))
            }
        }
    }
}

/// A choice that is remembered on the device and works without scripts.
fn switch(ctx: &Context, label: &str, name: &str, choices: &[(&str, &str, bool)]) -> Markup {
    html! {
        form method="post" action=(address::preferences()) aria-label=(label) {
            input type="hidden" name="grizti" value=(ctx.path);
            span { (label) ":" }
            @for (value, shown, chosen) in choices {
                button.link name=(name) value=(value) aria-pressed=(chosen) lang=[(name == "kalba").then_some(value)] { (shown) }
            }
        }
    }
}

fn preference(ctx: &Context, name: &str, value: &str, label: &str, pressed: bool) -> Markup {
    html! {
        form method="post" action=(address::preferences()) {
            input type="hidden" name="grizti" value=(ctx.path);
            button.link name=(name) value=(value) aria-pressed=[pressed.then_some("true")] { (label) }
        }
    }
}
