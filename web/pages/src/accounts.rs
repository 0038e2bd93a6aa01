//! Sign-in, set-up, and what is a person's own.

use maud::{Markup, html};
use model::{
    access::Role,
    accounts::{MyAccount, PASSWORD_LENGTH, Profession, SignInShown},
};
use text::{Lang, accounts as t};

use crate::{
    Context, address, teams,
    ui::{self, Choice, Form, Layout},
};

/// `back` is where the person wanted to go: an address of ours, from its first `/` on.
pub fn sign_in(ctx: &Context, back: &str) -> Markup {
    let lang = ctx.lang;
    let form = Form::new(ctx, "SignIn", address::sign_in());
    let fields = html! {
        @if !back.is_empty() { (form.hidden("_grizti", back)) }
        (form.email("email", t::email(lang)).autocomplete("username"))
        (form.password("password", t::password(lang)).autocomplete("current-password"))
        (form.check("shared_computer", t::shared_computer(lang)).help(t::shared_computer_help(lang)))
    };
    let body = html! {
        div.head {
            h1 { (t::sign_in_title(lang)) }
            p.muted { (t::sign_in_lead(lang)) }
        }
        @if !ctx.keeps_sign_in() { p.note.warn { (t::not_kept(lang)) } }
        (form.show(t::sign_in(lang), fields))
        p { a href=(address::forgotten()) { (t::forgot(lang)) } }
        section.stack.tight {
            h2 { (t::no_account(lang)) }
            p { (t::no_account_step(lang)) }
            (teams::code_form(ctx, None))
        }
    };
    Layout::new(t::sign_in_title(lang)).show(ctx, body)
}

pub fn set_up(ctx: &Context, token: &str) -> Markup {
    let lang = ctx.lang;
    let form = Form::new(ctx, "SetUp", address::set_up(token));
    let fields = html! { (new_account(&form, lang)) };
    let body = html! {
        div.head {
            h1 { (t::set_up_title(lang)) }
            p.muted { (t::set_up_lead(lang)) }
        }
        @if !ctx.keeps_sign_in() { p.note.warn { (t::not_kept(lang)) } }
        (form.show(t::set_up_button(lang), fields))
    };
    Layout::new(t::set_up_title(lang)).show(ctx, body)
}

/// The fields that every new account has.
pub(crate) fn new_account(form: &Form, lang: Lang) -> Markup {
    html! {
        (form.line("name", t::name(lang)).help(t::name_help(lang)).limit(80).autocomplete("name"))
        (form.email("email", t::email(lang)).help(t::email_help(lang)).autocomplete("username"))
        (form.password("password", t::password(lang)).help(t::password_help(lang)).autocomplete("new-password"))
    }
}

/// Opened by the link of a letter; the button does it, so that a mail scanner that follows links does not.
pub fn verify(ctx: &Context, token: &str) -> Markup {
    let lang = ctx.lang;
    let form = Form::new(ctx, "VerifyEmail", address::verify_email(token));
    let body = html! {
        h1 { (t::verify_title(lang)) }
        p { (t::verify_lead(lang)) }
        (form.show(t::verify_button(lang), html! {}))
    };
    Layout::new(t::verify_title(lang)).show(ctx, body)
}

/// Asks where to send the link.
pub fn forgotten(ctx: &Context) -> Markup {
    let lang = ctx.lang;
    let form = Form::new(ctx, "AskReset", address::forgotten());
    let fields = html! { (form.email("email", t::email(lang)).autocomplete("username")) };
    let body = html! {
        div.head {
            h1 { (t::forgot_title(lang)) }
            p.muted { (t::forgot_lead(lang)) }
        }
        (form.show(t::forgot_button(lang), fields))
    };
    Layout::new(t::forgot_title(lang)).show(ctx, body)
}

/// The same for every address, so that nobody learns here who has an account.
pub fn forgotten_sent(ctx: &Context) -> Markup {
    let lang = ctx.lang;
    let body = html! {
        h1 { (t::forgot_sent(lang)) }
        p { (t::forgot_sent_lead(lang)) }
        p.muted { (t::forgot_sent_else(lang)) }
    };
    Layout::new(t::forgot_sent(lang)).show(ctx, body)
}

pub fn reset(ctx: &Context, token: &str) -> Markup {
    let lang = ctx.lang;
    let form = Form::new(ctx, "ResetPassword", address::reset(token));
    let fields = html! {
        (form.password("password", t::new_password(lang)).help(t::password_help(lang)).autocomplete("new-password"))
    };
    let body = html! {
        div.head {
            h1 { (t::reset_title(lang)) }
            p.muted { (t::reset_lead(lang)) }
        }
        (form.show(t::reset_button(lang), fields))
    };
    Layout::new(t::reset_title(lang)).show(ctx, body)
}

pub fn reset_done(ctx: &Context) -> Markup {
    let lang = ctx.lang;
    let body = html! {
        h1 { (t::reset_done(lang)) }
        p { (t::reset_done_lead(lang)) }
        (ui::go(address::sign_in(), t::sign_in(lang), true))
    };
    Layout::new(t::reset_done(lang)).show(ctx, body)
}

pub fn account(ctx: &Context, me: &MyAccount, sign_ins: &[SignInShown]) -> Markup {
    let lang = ctx.lang;
    let body = html! {
        h1 { (me.name) }
        @if me.suspended {
            p.note.warn { strong { (t::suspended(lang)) } (text::refusals::sentence(lang, "suspended", |_| None)) }
        }
        dl.facts.two-facts {
            dt { (t::email(lang)) }
            dd {
                (me.email) " "
                span.muted { "(" @if me.email_verified { (t::verified(lang)) } @else { (t::not_verified(lang)) } ")" }
            }
            @if !me.email_verified && !me.suspended {
                dd { (ui::button(address::verification(), t::verification_again(lang), "", &[])) }
            }
            dt { (t::profession(lang)) }
            dd { (profession(lang, me.profession)) }
            @if !me.roles.is_empty() {
                dt { (t::roles(lang)) }
                @for role in &me.roles { dd { (role_name(lang, *role)) } }
            }
            @if !me.teams.is_empty() {
                dt { (t::teams(lang)) }
                @for team in &me.teams {
                    dd { a href=(address::team(team.team)) { (team.name) } ", " (team.school) }
                }
            }
        }
        p { a href=(address::calendar()) { (text::planning::feed_title(lang)) } }
        p { a href=(address::own_hidden()) { (text::moderation::own(lang)) } }
        section {
            h2 { (t::sign_ins(lang)) }
            ul.people {
                @for sign_in in sign_ins { li { (sign_in_row(lang, sign_in)) } }
            }
            @if sign_ins.len() > 1 {
                (ui::button(address::end_other_sign_ins(), t::end_others(lang), "danger", &[]))
            } @else {
                p.muted { (t::only_here(lang)) }
            }
        }
        @if !me.suspended { (password(ctx)) }
    };
    Layout::new(t::account_title(lang)).show(ctx, body)
}

fn sign_in_row(lang: Lang, sign_in: &SignInShown) -> Markup {
    html! {
        span {
            (sign_in.device) " "
            @if sign_in.current { (ui::chip(ui::Tone::Good, t::this_device(lang))) }
            br;
            span.meta {
                span { (t::since(lang)) " " (ui::time(sign_in.since)) }
                span { (t::last_seen(lang)) " " (ui::time(sign_in.last_seen)) }
            }
        }
        @if !sign_in.current { (ui::button(address::end_sign_in(sign_in.id), t::end_sign_in(lang), "", &[])) }
    }
}

fn password(ctx: &Context) -> Markup {
    let lang = ctx.lang;
    let form = Form::new(ctx, "ChangePassword", address::password());
    let fields = html! {
        (form.password("current", t::current_password(lang)).autocomplete("current-password"))
        (form.password("new", t::new_password(lang)).help(t::password_help(lang)).autocomplete("new-password"))
    };
    html! {
        section {
            h2 { (t::change_password(lang)) }
            div.stack.tight {
                p.muted { (t::change_password_help(lang)) }
                (form.show(t::change_password(lang), fields))
            }
        }
    }
}

pub fn profession(lang: Lang, profession: Profession) -> &'static str {
    match profession {
        Profession::Teacher => t::teacher(lang),
        Profession::ClassHead => t::class_head(lang),
        Profession::PupilSupport => t::pupil_support(lang),
        Profession::Head => t::head(lang),
        Profession::DeputyHead => t::deputy_head(lang),
        Profession::Specialist => t::specialist(lang),
        Profession::Other => t::other(lang),
    }
}

pub(crate) fn professions(lang: Lang) -> Vec<Choice> {
    Profession::ALL.into_iter().map(|one| Choice::of(one, profession(lang, one))).collect()
}

pub(crate) fn role_name(lang: Lang, role: Role) -> &'static str {
    match role {
        Role::Administrator => t::administrator(lang),
        Role::Coordinator(_) => t::coordinator(lang),
        Role::Consultant(_) => t::consultant(lang),
        Role::Expert(_) => t::expert(lang),
        Role::MunicipalSpecialist(_) => t::municipal_specialist(lang),
        Role::CentreSpecialist(_) => t::centre_specialist(lang),
    }
}

// The help text says the number in words.
const _: () = assert!(*PASSWORD_LENGTH.start() == 12);
