//! Roles: in words, invited to, taken away, accepted.

use maud::{Markup, html};
use model::{
    ids::PersonId,
    networks::NetworkCard,
    people::{RoleHolder, RoleInvitationShown, RoleOffer, RoleShown, RoleWord},
};
use text::{Lang, people as t};

use crate::{
    Context, accounts, address,
    ui::{self, Choice, Form, Layout},
};

/// `Tinklo koordinatorius (-ė) – Besimokančių mokyklų tinklas „Kartu“`
pub fn role_in_words(lang: Lang, role: &RoleShown) -> String {
    let name = accounts::role_name(lang, role.role);
    if role.scope_name.is_empty() { name.to_owned() } else { format!("{name} – {}", role.scope_name) }
}

pub(super) fn choices(lang: Lang, givable: &[RoleShown]) -> Vec<Choice> {
    let choice = |role: &RoleShown| {
        let choice = Choice::new(RoleWord(role.role), role_in_words(lang, role));
        // There are sixty municipalities.
        if role.scope_name.is_empty() { choice } else { choice.in_group(accounts::role_name(lang, role.role)) }
    };
    givable.iter().map(choice).collect()
}

pub(super) fn taken_at(person: PersonId, role: &RoleShown) -> String {
    address::role_take(person, RoleWord(role.role))
}

pub(super) fn take(lang: Lang, role: &RoleShown, name: &str, action: String) -> Markup {
    let heard = t::take_who(lang, role_in_words(lang, role), name);
    ui::confirm(action, t::take(lang), &heard, t::take_means(lang))
}

/// The form that invites somebody by e-mail.
pub(super) fn invite(ctx: &Context, action: String, givable: &[RoleShown], mails: bool) -> Markup {
    let lang = ctx.lang;
    let form = Form::new(ctx, "InviteToRole", action);
    let fields = html! {
        (form.select("role", t::which(lang), choices(lang, givable)))
        (form.line("name", t::invite_name(lang)).limit(80).autocomplete("off"))
        (form.email("email", t::invite_email(lang)).help(t::invite_email_help(lang)).autocomplete("off"))
    };
    html! {
        section #kvietimas .stack.tight {
            h2 { (t::invite(lang)) }
            p.help { (t::invite_help(lang)) }
            @if !mails { p.note.warn { (t::no_mail(lang)) } }
            (form.show(t::send(lang), fields))
        }
    }
}

pub(super) fn waiting(
    lang: Lang,
    invitations: &[RoleInvitationShown],
    revoked_at: impl Fn(&RoleInvitationShown) -> String,
) -> Markup {
    html! {
        section {
            h2 { (t::invitations(lang)) }
            @if invitations.is_empty() { p.muted { (t::no_invitations(lang)) } }
            ul.people {
                @for invitation in invitations {
                    li {
                        span {
                            strong { (invitation.name) } br;
                            span.meta {
                                span { (role_in_words(lang, &invitation.role)) }
                                span { (t::until(lang)) " " (ui::date(invitation.expires_at)) }
                            }
                        }
                        form method="post" action=(revoked_at(invitation)) {
                            button.link.danger aria-label=(t::revoke_who(lang, &invitation.name)) { (t::revoke(lang)) }
                        }
                    }
                }
            }
        }
    }
}

/// Who has a role in a network, for those who coordinate it.
pub fn of_network(
    ctx: &Context,
    network: &NetworkCard,
    holders: &[RoleHolder],
    invitations: &[RoleInvitationShown],
    givable: &[RoleShown],
    mails: bool,
) -> Markup {
    let lang = ctx.lang;
    let taken_at =
        |holder: &RoleHolder| address::network_role_take(network.id, holder.person, RoleWord(holder.role.role));
    let body = html! {
        div.head { h1 { (t::network_title(lang)) } p.muted { (t::network_lead(lang)) } }
        @if holders.is_empty() { p.muted { (t::holders_none(lang)) } }
        ul.people {
            @for holder in holders {
                li {
                    span { strong { (holder.name) } br; span.meta { span { (role_in_words(lang, &holder.role)) } } }
                    (take(lang, &holder.role, &holder.name, taken_at(holder)))
                }
            }
        }
        (invite(ctx, address::network_people(network.id), givable, mails))
        (waiting(lang, invitations, |invitation| address::network_uninvite(network.id, invitation.id)))
    };
    Layout::new(t::network_title(lang))
        .under(text::networks::title(lang), address::networks())
        .under(&network.name, address::network(network.id))
        .show(ctx, body)
}

/// What role one is invited to, and the one form that takes it.
pub fn offer(ctx: &Context, token: &str, offer: &RoleOffer) -> Markup {
    let lang = ctx.lang;
    let form = Form::new(ctx, "JoinByRole", address::role_invitation(token)).fill("name", &offer.name);
    let fields = html! {
        p.muted { (t::join_help(lang)) }
        (form.line("name", text::accounts::name(lang)).help(text::accounts::name_help(lang)).limit(80).autocomplete("name"))
        (form.password("password", text::accounts::password(lang)).help(text::accounts::password_help(lang)).autocomplete("new-password"))
        (form.select("profession", text::accounts::profession(lang), accounts::professions(lang)))
    };
    let body = html! {
        div.head { h1 { (t::offer_title(lang)) } p { (t::offered(lang, &offer.name, role_in_words(lang, &offer.role))) } }
        @if let Some(me) = ctx.me() {
            (ui::button(address::role_invitation_accept(token), &t::accept_as(lang, &me.name), "primary", &[]))
        } @else {
            @if !ctx.keeps_sign_in() { p.note.warn { (text::accounts::not_kept(lang)) } }
            (form.show(t::join(lang), fields))
            p { a href=(address::sign_in_then(&ctx.path)) { (text::teams::have_account(lang)) } }
        }
    };
    Layout::new(t::offer_title(lang)).show(ctx, body)
}
