//! School teams, their members and invitations.

use maud::{Markup, html};
use model::{
    access::Membership,
    teams::{Invitation, Invited, Member, TEAM_SIZE, TeamCard, TeamPage, TeamState},
};
use text::{Lang, teams as t, time};

use crate::{
    Context, accounts, address,
    ui::{self, Choice, Form, Layout, Tone},
};

pub fn state_chip(lang: Lang, state: TeamState) -> Markup {
    match state {
        TeamState::Forming => ui::chip(Tone::Plain, t::forming(lang)),
        TeamState::Active => ui::chip(Tone::Good, t::active(lang)),
        TeamState::Incomplete => ui::chip(Tone::Warn, t::incomplete(lang)),
        TeamState::Archived => ui::chip(Tone::Calm, t::archived(lang)),
    }
}

pub fn card(lang: Lang, team: &TeamCard) -> Markup {
    html! {
        h3.item-title { a href=(address::team(team.id)) { (team.name) } }
        p.meta {
            span { (team.school) }
            span { (team.municipality_name) }
            span { (t::members(lang, team.members)) }
            @if team.state != TeamState::Active { (state_chip(lang, team.state)) }
        }
    }
}

/// `Ąžuolas – Ąžuolyno progimnazija, Ukmergės rajono savivaldybė`
pub(crate) fn named(team: &TeamCard) -> String {
    format!("{} – {}, {}", team.name, team.school, team.municipality_name)
}

/// `fresh` is an invitation just made: its link and code are shown this once.
pub fn page(ctx: &Context, team: &TeamPage, fresh: Option<&Invitation>) -> Markup {
    let lang = ctx.lang;
    let mine = ctx.actor.membership(team.id);
    let body = html! {
        div.head {
            div.row.close { h1 { (team.name) } (state_chip(lang, team.state)) }
            p.meta {
                span { (team.school.name) }
                span { (team.school.municipality_name) }
                @if team.may_archive { a href=(address::school_edit(team.school.id)) { (text::schools::edit(lang)) } }
                a href=(address::network(team.network)) { (team.network_name) }
            }
        }
        (standing(ctx, team))
        section {
            h2 { (t::members_title(lang)) " " span.muted { (team.members.len()) } }
            ul.people { @for member in &team.members { li { (member_row(ctx, team, member)) } } }
        }
        @if team.may_lead && team.state != TeamState::Archived { (invitation(ctx, team, fresh)) }
        (crate::actions::of_team(ctx, team.id, &team.actions))
        (crate::networks::minis_of_team(ctx, team))
        (keeping(ctx, team, mine))
    };
    Layout::new(&team.name)
        .under(text::networks::title(lang), address::networks())
        .under(&team.network_name, address::network(team.network))
        .show(ctx, body)
}

/// What the state means for the reader, and the next step.
fn standing(ctx: &Context, team: &TeamPage) -> Markup {
    let lang = ctx.lang;
    let missing = TEAM_SIZE.start().saturating_sub(team.members.len());
    html! {
        @match team.state {
            TeamState::Forming if missing > 0 => p.note { (t::members_missing(lang, missing)) },
            TeamState::Forming => div.note.good {
                p { @if team.may_lead { (t::ready_says(lang)) } @else { (t::ready_waits(lang)) } }
                @if team.may_lead { (ui::button(address::team_activate(team.id), t::activate(lang), "primary", &[])) }
            },
            TeamState::Incomplete => p.note.warn { (t::incomplete_says(lang)) },
            TeamState::Archived => div.note {
                p { (t::archived_says(lang)) }
                @if team.may_return {
                    p { (t::return_help(lang)) }
                    (ui::button(address::team_return(team.id), t::return_(lang), "primary", &[]))
                }
            },
            TeamState::Active => {}
        }
    }
}

fn member_row(ctx: &Context, team: &TeamPage, member: &Member) -> Markup {
    let lang = ctx.lang;
    let removable = team.may_lead && !member.lead && team.state != TeamState::Archived;
    html! {
        span {
            strong { (member.name) }
            @if member.lead { " " (ui::chip(Tone::Plain, t::lead(lang))) }
            br;
            span.meta {
                span { (accounts::profession(lang, member.profession)) }
                span { (t::since(lang)) " " (ui::date(member.since)) }
            }
        }
        @if removable {
            (ui::confirm(address::member_remove(team.id, member.person), t::remove(lang), &t::remove_who(lang, &member.name), t::remove_means(lang)))
        }
    }
}

fn invitation(ctx: &Context, team: &TeamPage, fresh: Option<&Invitation>) -> Markup {
    let lang = ctx.lang;
    let full = team.members.len() >= *TEAM_SIZE.end();
    let complete = team.members.len() >= *TEAM_SIZE.start();
    html! {
        section #kvietimas .stack.tight {
            h2 { (t::invite_title(lang)) }
            @if team.members.is_empty() { p { (t::invite_lead(lang)) } }
            @if let Some(fresh) = fresh {
                div.note.good role="status" {
                    p { (t::invite_ready(lang)) }
                    span.secret { (fresh.link) }
                    p { (t::invite_code(lang)) }
                    span.secret { (fresh.code) }
                    p.small { (t::invite_once(lang)) }
                }
            }
            @if full {
                p.muted { (t::full(lang)) }
            } @else {
                @if let Some(open) = &team.invitation {
                    p { (t::invite_open(lang, time::date_time(open.expires_at.ms()), open.joined)) }
                }
                p.help { (t::invite_help(lang)) }
                // A reload of the page that shows the new code must not replace it.
                @let once = ctx.key.as_deref().map(|key| ("_key", key));
                div.row {
                    @if team.invitation.is_some() {
                        (ui::button(address::invite(team.id), t::invite_again(lang), "", once.as_slice()))
                        (ui::button(address::invitation_revoke(team.id), t::revoke(lang), "link danger", &[]))
                    } @else {
                        (ui::button(address::invite(team.id), t::invite(lang), if complete { "" } else { "primary" }, once.as_slice()))
                    }
                }
            }
        }
    }
}

fn keeping(ctx: &Context, team: &TeamPage, mine: Option<&Membership>) -> Markup {
    let lang = ctx.lang;
    let archived = team.state == TeamState::Archived;
    if archived || !(team.may_lead || team.may_archive || mine.is_some()) {
        return html! {};
    }
    let others: Vec<&Member> = team.members.iter().filter(|member| !member.lead).collect();
    let form = Form::new(ctx, "HandOverLead", address::team_lead(team.id));
    let choices = others.iter().map(|member| Choice::new(member.person, &member.name)).collect();
    html! {
        section {
            details open[ctx.form.is_some()] {
                summary { h2.label { (t::keep(lang)) } }
                div.stack {
                    @if team.may_lead && !others.is_empty() {
                        (form.quiet(t::make_lead(lang), html! { (form.select("to", t::make_lead_to(lang), choices)) }))
                    }
                    @if mine.is_some() { (ui::grave(address::team_leave(team.id), t::leave(lang), t::leave_help(lang))) }
                    @if team.may_archive { (ui::grave(address::team_archive(team.id), t::archive(lang), t::archive_help(lang))) }
                }
            }
        }
    }
}

/// What one is invited to, and the one form that joins.
pub fn invited(ctx: &Context, code: &str, to: &Invited) -> Markup {
    let lang = ctx.lang;
    let title = t::invited_title(lang, &to.team_name);
    let full = to.members >= *TEAM_SIZE.end() as i64;
    let body = html! {
        div.head {
            h1 { (title) }
            p.meta {
                span { (to.school) } span { (to.municipality_name) } span { (to.network_name) }
                span { (t::members(lang, to.members)) }
            }
        }
        @if ctx.actor.membership(to.team).is_some() {
            div.note.good {
                p { (t::already_member(lang)) }
                (ui::go(address::team(to.team), t::to_team(lang), true))
            }
        } @else if full {
            p.note.warn { (text::refusals::sentence(lang, "team.full", |_| None)) }
        } @else if let Some(me) = ctx.me() {
            (ui::button(address::invitation_accept(code), &t::join_as(lang, &me.name), "primary", &[]))
        } @else {
            (join(ctx, code))
            p { a href=(address::sign_in_then(&ctx.path)) { (t::have_account(lang)) } }
        }
    };
    Layout::new(title).show(ctx, body)
}

fn join(ctx: &Context, code: &str) -> Markup {
    let lang = ctx.lang;
    let form = Form::new(ctx, "JoinTeam", address::invitation(code));
    let fields = html! {
        p.muted { (t::join_help(lang)) }
        (accounts::new_account(&form, lang))
        (form.select("profession", text::accounts::profession(lang), accounts::professions(lang)))
    };
    html! {
        @if !ctx.keeps_sign_in() { p.note.warn { (text::accounts::not_kept(lang)) } }
        (form.show(t::join(lang), fields))
    }
}

/// Where a code that was told is typed.
pub fn code(ctx: &Context, typed: Option<&str>) -> Markup {
    let lang = ctx.lang;
    let body = html! { h1 { (t::code_title(lang)) } (code_form(ctx, typed)) };
    Layout::new(t::code_title(lang)).show(ctx, body)
}

/// Where a code is typed; `typed` is one that led nowhere.
pub(crate) fn code_form(ctx: &Context, typed: Option<&str>) -> Markup {
    let lang = ctx.lang;
    let described = if typed.is_some() { "code-wrong code-help" } else { "code-help" };
    html! {
        form.form action=(address::invitation_code()) {
            div.field .wrong[typed.is_some()] {
                label for="code" { (t::code_title(lang)) }
                @if let Some(code) = typed {
                    p.error #code-wrong role="alert" { @if code.trim().is_empty() { (t::code_empty(lang)) } @else { (t::code_unknown(lang)) } }
                }
                input #code name="code" value=[typed] maxlength="40" autocomplete="off" autocapitalize="characters" spellcheck="false"
                    aria-describedby=(described) aria-invalid=[typed.map(|_| "true")];
                p.help #code-help { (t::code_help(lang)) }
            }
            div.row { button { (t::code_button(lang)) } }
        }
    }
}
