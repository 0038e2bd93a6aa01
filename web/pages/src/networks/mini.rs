//! Mini-networks: founding one, the teams it invites, and what a team is invited to.

use maud::{Markup, html};
use model::{
    networks::{NetworkCard, NetworkPage},
    teams::{TeamPage, TeamState},
};
use text::{Lang, networks as t};

use crate::{
    Context, address, teams,
    ui::{self, Choice, Form, Layout},
};

/// The form in which a team's lead founds one.
pub fn found(ctx: &Context, team: &TeamPage) -> Markup {
    let lang = ctx.lang;
    let form = Form::new(ctx, "FoundMiniNetwork", address::mini_new(team.id));
    let fields = html! {
        (form.line("name", t::name(lang)).limit(120))
        (form.prose("about", t::mini_about(lang)).limit(1000).optional())
    };
    let body = html! {
        div.head { h1 { (t::mini_found(lang)) } p.muted { (t::mini_found_lead(lang)) } }
        @if team.state == TeamState::Active {
            (form.show(t::mini_found(lang), fields))
        } @else {
            p.note.warn { (t::mini_active_only(lang)) }
        }
    };
    Layout::new(t::mini_found(lang))
        .under(t::title(lang), address::networks())
        .under(&team.network_name, address::network(team.network))
        .under(&team.name, address::team(team.id))
        .show(ctx, body)
}

/// The mini-networks of a network.
pub(super) fn list(lang: Lang, minis: &[NetworkCard]) -> Markup {
    html! {
        @if !minis.is_empty() {
            section {
                h2 { (t::minis(lang)) }
                ul.items {
                    @for mini in minis {
                        li {
                            h3.item-title { a href=(address::network(mini.id)) { (mini.name) } }
                            p.meta { span { (text::common::teams(lang, mini.teams)) } span { (t::municipalities(lang, mini.municipalities)) } }
                        }
                    }
                }
            }
        }
    }
}

/// For those who coordinate a mini-network: whom it has asked, and whom it could ask; and taking a team out.
pub(super) fn inviting(ctx: &Context, page: &NetworkPage) -> Markup {
    let lang = ctx.lang;
    let id = page.network.id;
    let form = Form::new(ctx, "InviteTeam", address::mini_invited(id));
    let choice = |team: &model::teams::TeamCard| {
        Choice::new(team.id, format!("{} – {}, {}", team.name, team.school, team.municipality_name))
    };
    let others = page.invitable.iter().map(choice).collect();
    html! {
        section.stack.tight {
            h2 { (t::mini_invite(lang)) }
            p.help { (t::mini_invite_help(lang)) }
            @if page.invitable.is_empty() {
                p.muted { (t::mini_nobody(lang)) }
            } @else {
                (form.quiet(t::mini_invite(lang), html! { (form.select("team", text::spaces::take_in_which(lang), others)) }))
            }
            @if !page.invited.is_empty() {
                h3 { (t::mini_waiting(lang)) }
                ul.people {
                    @for team in &page.invited {
                        li {
                            span { (teams::named(team)) }
                            (ui::confirm(address::mini_team_remove(id, team.id), t::mini_uninvite(lang), &t::mini_uninvite_which(lang, &team.name), t::mini_uninvite_means(lang)))
                        }
                    }
                }
            }
            @if !page.teams.is_empty() {
                h3 { (t::mini_members(lang)) }
                ul.people {
                    @for team in &page.teams {
                        li {
                            span { (teams::named(team)) }
                            (ui::confirm(address::mini_team_remove(id, team.id), t::mini_remove(lang), &t::mini_remove_which(lang, &team.name), t::mini_remove_means(lang)))
                        }
                    }
                }
            }
        }
    }
}

/// On a team's page: what it has joined and is invited to, for all; the answer, for its lead.
pub(crate) fn of_team(ctx: &Context, team: &TeamPage) -> Markup {
    let lang = ctx.lang;
    let leads = team.may_lead && team.state != TeamState::Archived;
    let shown: Vec<_> = team.mini_networks.iter().filter(|mini| leads || mini.joined_at.is_some()).collect();
    if shown.is_empty() && !(leads && team.state == TeamState::Active) {
        return html! {};
    }
    html! {
        section.stack.tight {
            h2 { (t::minis(lang)) }
            @if shown.is_empty() { p.muted { (t::mini_none(lang)) } }
            ul.people {
                @for mini in shown {
                    li {
                        span {
                            a href=(address::network(mini.network)) { (mini.name) }
                            @if mini.joined_at.is_none() { br; span.meta { span { (t::mini_asked(lang)) } } }
                        }
                        @if leads && mini.joined_at.is_none() {
                            span.row.close {
                                form method="post" action=(address::mini_join(team.id, mini.network)) {
                                    button aria-label=(t::mini_accept_which(lang, &mini.name)) { (t::mini_accept(lang)) }
                                }
                                form method="post" action=(address::mini_leave(team.id, mini.network)) {
                                    button.link aria-label=(t::mini_decline_which(lang, &mini.name)) { (t::mini_decline(lang)) }
                                }
                            }
                        }
                        @if leads && mini.joined_at.is_some() {
                            (ui::confirm(address::mini_leave(team.id, mini.network), t::mini_leave(lang), &t::mini_leave_which(lang, &mini.name), t::mini_leave_means(lang)))
                        }
                    }
                }
            }
            @if leads && team.state == TeamState::Active { p { a href=(address::mini_new(team.id)) { (t::mini_found(lang)) } } }
        }
    }
}
