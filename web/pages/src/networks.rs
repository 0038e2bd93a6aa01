//! Networks, their schools and teams.

mod mini;

use maud::{Markup, html};
use model::{
    access::{Action, Facts, may},
    ids::NetworkId,
    keys::{InstitutionKind, Named, NetworkKind},
    networks::{NetworkCard, NetworkPage},
    schools::{Municipality, School},
};
use text::{Lang, common, networks as t};

use crate::{
    Context, address, people, spaces, teams,
    ui::{self, Choice, Form, Layout},
};

pub use mini::found as found_mini;
pub(crate) use mini::of_team as minis_of_team;

/// The name of an entry that is data in the reader's language.
pub fn named<K>(lang: Lang, entry: &Named<K>) -> &str {
    match lang {
        Lang::Lt => &entry.lt,
        Lang::En => &entry.en,
    }
}

pub(crate) fn choices<K: std::fmt::Display>(lang: Lang, entries: &[Named<K>]) -> Vec<Choice> {
    entries.iter().map(|entry| Choice::new(&entry.key, named(lang, entry))).collect()
}

/// The names of those of `entries` that are `chosen`, in the order of the entries.
pub(crate) fn named_all<K: PartialEq>(lang: Lang, entries: &[Named<K>], chosen: &[K]) -> String {
    let chosen = entries.iter().filter(|entry| chosen.contains(&entry.key));
    chosen.map(|entry| named(lang, entry)).collect::<Vec<_>>().join(", ")
}

fn kind_name<'a>(lang: Lang, kinds: &'a [Named<NetworkKind>], kind: &NetworkKind) -> &'a str {
    kinds.iter().find(|entry| entry.key == *kind).map_or("", |entry| named(lang, entry))
}

pub fn list(ctx: &Context, networks: &[NetworkCard], kinds: &[Named<NetworkKind>]) -> Markup {
    let lang = ctx.lang;
    let create = may(&ctx.actor, Action::Administer, &Facts::Site).is_ok();
    let step = html! { @if create { (ui::go(address::network_new(), t::create(lang), true)) } };
    let body = html! {
        div.head { h1 { (t::title(lang)) } p.muted { (t::lead(lang)) } }
        @if networks.is_empty() {
            (ui::empty(t::none(lang), t::none_example(lang), step))
        } @else {
            ul.items {
                @for network in networks {
                    li {
                        h2.item-title { a href=(address::network(network.id)) { (network.name) } }
                        (meta(lang, network, kinds))
                    }
                }
            }
            div { (step) }
        }
    };
    Layout::new(t::title(lang)).show(ctx, body)
}

fn meta(lang: Lang, network: &NetworkCard, kinds: &[Named<NetworkKind>]) -> Markup {
    html! {
        p.meta {
            @if let Some(parent) = &network.parent_name {
                span { (t::mini(lang)) " " (t::mini_of(lang, parent)) }
            } @else {
                span { (kind_name(lang, kinds, &network.kind)) }
            }
            span { (common::teams(lang, network.teams)) }
            span { (t::municipalities(lang, network.municipalities)) }
        }
    }
}

pub fn page(ctx: &Context, page: &NetworkPage, kinds: &[Named<NetworkKind>]) -> Markup {
    let lang = ctx.lang;
    let network = &page.network;
    // Before the first team there is a school to be entered.
    let first = network.teams == 0;
    let coordinates = may(&ctx.actor, Action::Coordinate, &Facts::Network(network.id)).is_ok();
    let body = html! {
        div.head { h1 { (network.name) } (meta(lang, network, kinds)) @if !page.about.is_empty() { (ui::prose(&page.about)) } }
        @if coordinates {
            section {
                h2 { (t::coordinate(lang)) }
                p.row {
                    @if network.parent.is_none() {
                        (ui::go(address::school_new(network.id), t::add_school(lang), first))
                        (ui::go(address::team_new(network.id), t::add_team(lang), !first))
                    }
                    (ui::go(address::space_new(network.id), t::open_space(lang), network.parent.is_some()))
                    (ui::go(address::plan_new(network.id), text::plans::write(lang), false))
                    (ui::go(address::network_people(network.id), t::people_door(lang), false))
                    (ui::go(address::network_edit(network.id), t::edit(lang), false))
                }
            }
        }
        section {
            h2 { (t::spaces(lang)) }
            @if page.spaces.is_empty() { p.muted { (t::no_spaces(lang)) } } @else { (spaces::cards(ctx, &page.spaces)) }
        }
        section {
            h2 { (t::teams(lang)) }
            @if page.teams.is_empty() && network.teams > 0 {
                p.muted { (t::teams_hidden(lang)) }
            } @else if page.teams.is_empty() {
                p.muted { (t::no_teams(lang)) @if coordinates { " " (t::no_teams_step(lang)) } }
            } @else {
                ul.items { @for team in &page.teams { li { (teams::card(lang, team)) } } }
            }
        }
        (mini::list(lang, &page.mini_networks))
        @if coordinates && network.parent.is_some() { (mini::inviting(ctx, page)) }
        @if !page.people.is_empty() {
            section {
                h2 { (t::people(lang)) }
                ul.people {
                    @for holder in &page.people {
                        li { span { strong { (holder.name) } br; span.meta { span { (people::role_in_words(lang, &holder.role)) } } } }
                    }
                }
            }
        }
    };
    let mut layout = Layout::new(&network.name).under(t::title(lang), address::networks());
    if let (Some(parent), Some(name)) = (network.parent, &network.parent_name) {
        layout = layout.under(name, address::network(parent));
    }
    layout.show(ctx, body)
}

pub fn new(ctx: &Context, kinds: &[Named<NetworkKind>]) -> Markup {
    let lang = ctx.lang;
    let form = Form::new(ctx, "CreateNetwork", address::network_new());
    let fields = html! {
        (form.radios("kind", t::kind(lang), choices(lang, kinds)))
        (form.line("name", t::name(lang)).limit(120))
        (form.prose("about", t::about(lang)).limit(1000).optional())
    };
    let body = html! { h1 { (t::create(lang)) } (form.show(t::create(lang), fields)) };
    Layout::new(t::create(lang)).under(t::title(lang), address::networks()).show(ctx, body)
}

pub fn edit(ctx: &Context, page: &NetworkPage, kinds: &[Named<NetworkKind>]) -> Markup {
    let lang = ctx.lang;
    let network = &page.network;
    let form = Form::new(ctx, "EditNetwork", address::network_edit(network.id))
        .fill("name", &network.name)
        .fill("about", &page.about)
        .fill("kind", &network.kind);
    let fields = html! {
        (form.hidden("version", page.version))
        // A mini-network is of the kind of its parent.
        @if network.parent.is_some() {
            (form.hidden("kind", &network.kind))
        } @else {
            (form.radios("kind", t::kind(lang), choices(lang, kinds)))
        }
        (form.line("name", t::name(lang)).limit(120))
        (form.prose("about", t::about(lang)).limit(1000).optional())
    };
    let body = html! {
        h1 { (t::edit(lang)) }
        (ui::newer(ctx, "EditNetwork", text::spaces::now_saved(lang), "", html! {
            p { strong { (network.name) } } (ui::prose(&page.about))
        }))
        (form.show(common::save(lang), fields))
    };
    under_network(ctx, network.id, &network.name, t::edit(lang), body)
}

pub fn new_school(
    ctx: &Context,
    network: &NetworkCard,
    municipalities: &[Municipality],
    kinds: &[Named<InstitutionKind>],
) -> Markup {
    let lang = ctx.lang;
    let form = Form::new(ctx, "CreateSchool", address::school_new(network.id));
    let fields = html! {
        (form.line("name", t::school_name(lang)).limit(120))
        (form.select("municipality", t::municipality(lang), municipality_choices(municipalities)))
        (form.radios("kind", t::school_kind(lang), choices(lang, kinds)))
        (crate::schools::size(&form, lang))
    };
    let body = html! { h1 { (t::add_school(lang)) } (form.show(t::add_school(lang), fields)) };
    under_network(ctx, network.id, &network.name, t::add_school(lang), body)
}

pub(crate) fn municipality_choices(municipalities: &[Municipality]) -> Vec<Choice> {
    municipalities.iter().map(|one| Choice::new(one.code, one.name.as_str())).collect()
}

pub fn new_team(ctx: &Context, network: &NetworkCard, schools: &[School]) -> Markup {
    let lang = ctx.lang;
    let form = Form::new(ctx, "CreateTeam", address::team_new(network.id));
    let school = |school: &School| Choice::new(school.id, format!("{} – {}", school.name, school.municipality_name));
    let fields = html! {
        (form.select("school", text::teams::school(lang), schools.iter().map(school).collect()))
        (form.line("name", text::teams::name(lang)).limit(80))
    };
    let body = html! {
        div.head { h1 { (text::teams::new_title(lang)) } p.muted { (text::teams::new_lead(lang)) } }
        @if schools.is_empty() {
            (ui::empty(text::teams::no_schools(lang), "", ui::go(address::school_new(network.id), t::add_school(lang), true)))
        } @else {
            (form.show(t::add_team(lang), fields))
            p { a href=(address::school_new(network.id)) { (t::add_school(lang)) } }
        }
    };
    under_network(ctx, network.id, &network.name, text::teams::new_title(lang), body)
}

/// Opens a space by the network.
pub fn new_space(ctx: &Context, network: &NetworkCard) -> Markup {
    let lang = ctx.lang;
    let form = Form::new(ctx, "OpenSpace", address::space_new(network.id)).fill("visibility", "network");
    let body = html! { h1 { (t::open_space(lang)) } (form.show(t::open_space(lang), spaces::fields(&form, lang))) };
    under_network(ctx, network.id, &network.name, t::open_space(lang), body)
}

fn under_network(ctx: &Context, id: NetworkId, name: &str, title: &str, body: Markup) -> Markup {
    Layout::new(title).under(t::title(ctx.lang), address::networks()).under(name, address::network(id)).show(ctx, body)
}
