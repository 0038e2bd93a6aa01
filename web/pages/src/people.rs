//! People and their roles, for those who keep the site or a network; and the invitation to a role.

mod roles;

use maud::{Markup, html};
use model::people::{PeoplePage, PersonCard, PersonPage};
use text::{Lang, people as t};

use crate::{
    Context, accounts, address,
    ui::{self, Form, Layout, Tone},
};

pub use roles::{of_network, offer, role_in_words};

/// Where the site is kept: a door to each thing that all networks share.
pub fn administration(ctx: &Context) -> Markup {
    let lang = ctx.lang;
    let body = html! {
        div.head { h1 { (t::administration(lang)) } p.muted { (t::administration_lead(lang)) } }
        ul.items {
            @for (name, says, address) in doors(lang) {
                li { h2.item-title { a href=(address) { (name) } } p.muted { (says) } }
            }
        }
    };
    Layout::new(t::administration(lang)).show(ctx, body)
}

fn doors(lang: Lang) -> Vec<(&'static str, &'static str, String)> {
    vec![
        (t::title(lang), t::people_door(lang), address::people()),
        (text::networks::title(lang), t::networks_door(lang), address::networks()),
        (text::schools::title(lang), t::schools_door(lang), address::schools()),
        (text::kinds::title(lang), t::kinds_door(lang), address::kinds()),
        (text::audit::title(lang), text::audit::door(lang), address::acts()),
    ]
}

pub fn list(ctx: &Context, page: &PeoplePage, sought: &str, later: bool, mails: bool) -> Markup {
    let lang = ctx.lang;
    let body = html! {
        div.head { h1 { (t::title(lang)) } p.muted { (t::lead(lang)) } }
        p { a.button href="#kvietimas" { (t::invite(lang)) } }
        form.row action=(address::people()) {
            div.field {
                label for="vardas" { (t::find(lang)) }
                input #vardas type="search" name="q" value=(sought) maxlength="80";
            }
            button { (t::show(lang)) }
        }
        @if page.people.is_empty() {
            (ui::empty(t::nobody(lang), t::nobody_example(lang), html! {}))
        } @else {
            p.muted { (t::count(lang, page.count)) }
            ul.items { @for person in &page.people { li { (card(lang, person)) } } }
            (ui::pager(ctx, &address::people(), &[("q", sought)], page.next.as_deref(), later))
        }
        (roles::invite(ctx, address::people_invite(), &page.givable, mails))
        (roles::waiting(lang, &page.invitations, |invitation| address::people_uninvite(invitation.id)))
    };
    Layout::new(t::title(lang)).under(t::administration(lang), address::administration()).show(ctx, body)
}

fn card(lang: Lang, person: &PersonCard) -> Markup {
    html! {
        p.row.close {
            span.item-title { a href=(address::person(person.id)) { (person.name) } }
            @if person.suspended { (ui::chip(Tone::Bad, t::suspended(lang))) }
        }
        p.meta {
            span { (accounts::profession(lang, person.profession)) }
            @for team in &person.teams { span { (team.name) ", " (team.school) } }
        }
        @for role in &person.roles { p.meta { span { (role_in_words(lang, role)) } } }
    }
}

pub fn page(ctx: &Context, page: &PersonPage) -> Markup {
    let lang = ctx.lang;
    let person = &page.person;
    let form = Form::new(ctx, "GiveRole", address::role_give(person.id));
    let body = html! {
        div.head {
            div.row.close { h1 { (person.name) } @if person.suspended { (ui::chip(Tone::Bad, t::suspended(lang))) } }
            p.meta {
                span { (accounts::profession(lang, person.profession)) }
                span { (t::account_since(lang)) " " (ui::date(page.since)) }
                @if let Some(at) = page.suspended_at { span { (t::suspended_since(lang)) " " (ui::time(at)) } }
            }
        }
        @if person.suspended {
            div.note.warn {
                p { (t::return_means(lang)) }
                (ui::button(address::person_return(person.id), t::return_(lang), "primary", &[]))
            }
        }
        section {
            h2 { (t::roles(lang)) }
            @if person.roles.is_empty() { p.muted { (t::no_roles(lang)) } }
            ul.people {
                @for role in &person.roles {
                    li { span { (role_in_words(lang, role)) } (roles::take(lang, role, &person.name, roles::taken_at(person.id, role))) }
                }
            }
        }
        section {
            h2 { (t::teams(lang)) }
            @if person.teams.is_empty() { p.muted { (t::no_teams(lang)) } }
            ul.items {
                @for team in &person.teams {
                    li { a href=(address::team(team.team)) { (team.name) } p.meta { span { (team.school) } } }
                }
            }
        }
        section {
            h2 { (t::give(lang)) }
            (form.quiet(t::give(lang), html! {
                (form.select("role", t::which(lang), roles::choices(lang, &page.givable)).help(t::give_help(lang)))
            }))
        }
        @if !person.suspended && ctx.me().is_some_and(|me| me.id != person.id) {
            section { (ui::grave(address::person_suspend(person.id), t::suspend(lang), t::suspend_means(lang))) }
        }
    };
    Layout::new(&person.name)
        .under(t::administration(lang), address::administration())
        .under(t::title(lang), address::people())
        .show(ctx, body)
}
