//! Taking a passage out of a text, and the note beside a text from which one was taken.

use maud::{Markup, html};
use model::{
    ids::*,
    redactions::{RedactionShown, TextOf, WithFiles},
    refusal::Code,
};
use text::redactions as t;

use crate::{
    Context, address,
    ui::{self, Choice, Form, Layout},
};

pub fn form(ctx: &Context, of: TextOf, item: ItemId, session: Option<SessionId>, before: &[RedactionShown]) -> Markup {
    let lang = ctx.lang;
    let form = Form::new(ctx, "RedactText", address::redact(ui::key(of), item));
    let found =
        ctx.form.as_ref().is_some_and(|form| form.refusals.0.iter().any(|one| one.code == Code::RedactionFiles));
    let asked = found || form.value("files").is_some();
    let choices =
        vec![Choice::of(WithFiles::Remove, t::files_remove(lang)), Choice::of(WithFiles::Leave, t::files_leave(lang))];
    let body = html! {
        div.head { h1 { (t::title(lang)) } p.muted { (t::lead(lang)) }
            @if matches!(of, TextOf::Problem | TextOf::Practice) { p.muted { (t::unread(lang)) } }
        }
        (form.show(t::remove(lang), html! {
            @if let Some(session) = session { (form.hidden("session", session)) }
            (form.prose("passage", t::passage(lang)).help(t::passage_help(lang)).limit(500))
            (form.prose("reason", t::reason(lang)).help(t::reason_help(lang)).limit(300))
            @if asked { (form.radios("files", t::files(lang), choices)) }
        }))
        @if !before.is_empty() {
            section { h2 { (t::before(lang)) } ul { @for redaction in before { li { (line(ctx, redaction)) } } } }
        }
    };
    Layout::new(t::title(lang)).show(ctx, body)
}

pub fn done(ctx: &Context, of: TextOf, item: ItemId) -> Markup {
    let lang = ctx.lang;
    let body = html! {
        div.head { h1 { (t::done(lang)) } }
        p.note.good role="status" { (t::done_says(lang)) }
        p { a href=(place(of, item)) { (t::back(lang)) } }
    };
    Layout::new(t::done(lang)).show(ctx, body)
}

/// The page on which the text stands.
fn place(of: TextOf, item: ItemId) -> String {
    let id = item.uuid();
    match of {
        TextOf::Problem => address::problem(ProblemId::from_uuid(id)),
        TextOf::Practice => address::practice(PracticeId::from_uuid(id)),
        TextOf::Session => address::session(SessionId::from_uuid(id)),
        TextOf::Space => address::space(SpaceId::from_uuid(id)),
        TextOf::Team => address::team(TeamId::from_uuid(id)),
        TextOf::Network => address::network(NetworkId::from_uuid(id)),
        TextOf::School => address::schools(),
        TextOf::Person | TextOf::Invitation => address::people(),
        TextOf::Response | TextOf::Message | TextOf::Action => address::moderation(),
    }
}

/// Beneath a text: that something was taken out of it, and the way to take out more for who may.
pub fn note(ctx: &Context) -> Markup {
    let lang = ctx.lang;
    html! {
        @if !ctx.redactions.is_empty() {
            section.redacted aria-label=(t::noted(lang)) {
                @for redaction in &ctx.redactions { p.meta { span { (t::noted(lang)) } (line(ctx, redaction)) } }
            }
        }
        @if let Some(redact) = &ctx.redact {
            p.meta.no-print { a.muted href=(redact) { (t::title(lang)) } }
        }
    }
}

fn line(ctx: &Context, redaction: &RedactionShown) -> Markup {
    html! {
        (ui::time(redaction.at))
        @if let Some(by) = &redaction.by { " " span { (t::by(ctx.lang, by)) } }
        " " span { (redaction.reason) }
    }
}

/// The way to take a passage out of one thing, beside others like it.
pub fn link(ctx: &Context, of: TextOf, item: impl std::fmt::Display, session: Option<SessionId>) -> Markup {
    let session = session.map(|session| session.to_string()).unwrap_or_default();
    let address = address::with_query(&address::redact(ui::key(of), item), &[("session", &session)]);
    html! { a.muted href=(address) { (t::title(ctx.lang)) } }
}
