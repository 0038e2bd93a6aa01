//! Reporting what should not stand, the moderators' queue, and what of one's own is hidden.

use std::fmt::Display;

use maud::{Markup, html};
use model::{
    ids::*,
    moderation::{HidingShown, ItemKind, ModerationPage, ReportReason, ReportShown},
    redactions::TextOf,
};
use text::{Lang, moderation as t};

use crate::{
    Context, address,
    ui::{self, Choice, Form, Layout, Tone},
};

/// The way to report one thing; nothing for readers who are not signed in.
pub fn link(ctx: &Context, kind: ItemKind, item: impl Display, session: Option<SessionId>) -> Markup {
    let session = session.map(|session| session.to_string()).unwrap_or_default();
    let address = address::with_query(&address::report(ui::key(kind), item), &[("session", &session)]);
    html! {
        @if ctx.me().is_some_and(|me| !me.suspended) {
            p.meta.no-print { a.muted href=(address) { (t::report(ctx.lang)) } }
        }
    }
}

/// The same in the line above one of many messages: there for who points at it, for keys and on touch, and quiet for who reads.
pub fn quiet_link(ctx: &Context, item: MessageId, session: SessionId, what: &str) -> Markup {
    let lang = ctx.lang;
    let address =
        address::with_query(&address::report(ui::key(ItemKind::Message), item), &[("session", &session.to_string())]);
    html! {
        @if ctx.me().is_some_and(|me| !me.suspended) {
            a.quiet.no-print href=(address) aria-label=(t::report_heard(lang, what)) { (t::report_short(lang)) }
        }
    }
}

pub fn report(
    ctx: &Context,
    kind: ItemKind,
    item: ItemId,
    session: Option<SessionId>,
    title: &str,
    text: &str,
    moderates: bool,
) -> Markup {
    let lang = ctx.lang;
    let hiding = Form::new(ctx, "HideItem", address::moderation_hide());
    let form = Form::new(ctx, "ReportItem", address::report(ui::key(kind), item));
    let reasons = ReportReason::ALL.into_iter().map(|reason| Choice::of(reason, reason_name(lang, reason))).collect();
    let body = html! {
        div.head { h1 { (t::report(lang)) } p.muted { (t::report_lead(lang)) } }
        section {
            h2 { (t::what(lang)) }
            (quoted(lang, kind, title, text))
        }
        (form.show(t::send(lang), html! {
            @if let Some(session) = session { (form.hidden("session", session)) }
            (form.radios("reason", t::why(lang), reasons))
            (form.prose("note", t::note(lang)).help(t::note_help(lang)).limit(500).optional())
        }))
        // Whoever decides on reports need not send one to themselves.
        @if moderates {
            section {
                h2 { (t::hide_now(lang)) }
                (hiding.quiet(t::hide(lang), html! {
                    (hiding.hidden("kind", ui::key(kind)))
                    (hiding.hidden("item", item))
                    @if let Some(session) = session { (hiding.hidden("session", session)) }
                    (hiding.prose("reason", t::hide_reason(lang)).help(t::hide_help(lang)).limit(500))
                }))
            }
        }
    };
    Layout::new(t::report(lang)).show(ctx, body)
}

pub fn reported(ctx: &Context) -> Markup {
    let lang = ctx.lang;
    let body = html! {
        div.head { h1 { (t::reported(lang)) } }
        p.note.good role="status" { (t::reported_says(lang)) }
        p { a href=(address::home()) { (text::errors::to_home(lang)) } }
    };
    Layout::new(t::reported(lang)).show(ctx, body)
}

pub fn queue(ctx: &Context, page: &ModerationPage) -> Markup {
    let lang = ctx.lang;
    let body = html! {
        div.head { h1 { (t::title(lang)) } p.muted { (t::lead(lang)) } }
        section {
            h2 { (t::reports(lang)) " " span.muted { (page.reports.len()) } }
            @if page.reports.is_empty() { p.muted { (t::no_reports(lang)) } } @else {
                ul.items { @for report in &page.reports { li { (waiting(ctx, report)) } } }
            }
        }
        section {
            h2 { (t::hidden(lang)) " " span.muted { (page.hidden.len()) } }
            @if page.hidden.is_empty() { p.muted { (t::nothing_hidden(lang)) } } @else {
                ul.items { @for hiding in &page.hidden { li { (hidden(ctx, hiding)) } } }
            }
        }
    };
    Layout::new(t::title(lang)).show(ctx, body)
}

fn waiting(ctx: &Context, report: &ReportShown) -> Markup {
    let lang = ctx.lang;
    let form = Form::new(ctx, "HideItem", address::moderation_hide());
    // Several forms of one call stand here: what was typed stays at the one that was sent.
    let sent =
        ctx.form.as_ref().is_some_and(|form| form.pairs.iter().any(|(_, value)| *value == report.item.to_string()));
    html! {
        (quoted(lang, report.kind, &report.title, &report.text))
        p.meta {
            span { (report.space_name) }
            span { (t::written_by(lang, &report.author)) }
            span { (t::reported_by(lang, &report.by)) }
            (ui::time(report.at))
        }
        p.row.close { (ui::chip(Tone::Warn, reason_name(lang, report.reason))) }
        @if let Some(note) = &report.note { p.lines { (note) } }
        (ui::more(t::hide(lang), sent, form.quiet(t::hide(lang), html! {
            (form.hidden("kind", ui::key(report.kind)))
            (form.hidden("item", report.item))
            @if let Some(session) = report.session { (form.hidden("session", session)) }
            (form.prose("reason", t::hide_reason(lang)).help(t::hide_help(lang)).limit(500))
        })))
        (ui::button(address::report_dismiss(report.id), t::dismiss(lang), "", &[]))
        p.meta { (crate::redactions::link(ctx, text_of(report.kind), report.item, report.session)) }
    }
}

fn hidden(ctx: &Context, hiding: &HidingShown) -> Markup {
    let lang = ctx.lang;
    let form = Form::new(ctx, "DecideHiding", address::hiding_decide(hiding.id));
    html! {
        (quoted(lang, hiding.kind, &hiding.title, &hiding.text))
        p.meta {
            span { (hiding.space_name) }
            span { (t::written_by(lang, &hiding.author)) }
            @if let Some(by) = &hiding.by { span { (t::hidden_by(lang, by)) } }
            (ui::time(hiding.at))
        }
        (said(lang, hiding))
        (ui::button(address::hiding_decide(hiding.id), t::show(lang), "", &[("show", "on")]))
        @if hiding.appeal.is_some() && hiding.answer.is_none() {
            (form.quiet(t::keep(lang), html! { (form.prose("answer", t::answer(lang)).limit(500)) }))
        }
        p.meta { (crate::redactions::link(ctx, text_of(hiding.kind), hiding.item, session_of(hiding))) }
    }
}

/// Why it is hidden, what the author says to that, and what was answered.
fn said(lang: Lang, hiding: &HidingShown) -> Markup {
    html! {
        dl.facts {
            div { dt { (t::reason(lang)) } dd.prose { (hiding.reason) } }
            @if let Some(appeal) = &hiding.appeal { div { dt { (t::appeal_of_author(lang)) } dd.prose { (appeal) } } }
            @if let Some(answer) = &hiding.answer { div { dt { (t::answered(lang)) } dd.prose { (answer) } } }
        }
    }
}

pub fn own(ctx: &Context, hidden: &[HidingShown]) -> Markup {
    let lang = ctx.lang;
    let one = |hiding: &HidingShown| {
        let form = Form::new(ctx, "AppealHiding", address::hiding_appeal(hiding.id));
        html! {
            (quoted(lang, hiding.kind, &hiding.title, &hiding.text))
            p.meta { span { (hiding.space_name) } (ui::time(hiding.at)) }
            (said(lang, hiding))
            @if hiding.appeal.is_none() {
                (form.quiet(t::appeal(lang), html! {
                    (form.prose("appeal", t::appeal_text(lang)).help(t::appeal_help(lang)).limit(1000))
                }))
            } @else if hiding.answer.is_none() {
                p.muted { (t::waits(lang)) }
            }
        }
    };
    let body = html! {
        div.head { h1 { (t::own(lang)) } p.muted { (t::own_lead(lang)) } }
        @if hidden.is_empty() { (ui::empty(t::own_none(lang), "", html! {})) } @else {
            ul.items { @for hiding in hidden { li { (one(hiding)) } } }
        }
    };
    Layout::new(t::own(lang)).under(text::common::account(lang), address::account()).show(ctx, body)
}

fn text_of(kind: ItemKind) -> TextOf {
    match kind {
        ItemKind::Problem => TextOf::Problem,
        ItemKind::Practice => TextOf::Practice,
        ItemKind::Response => TextOf::Response,
        ItemKind::Message => TextOf::Message,
    }
}

/// A message stands in its session.
fn session_of(hiding: &HidingShown) -> Option<SessionId> {
    (hiding.kind == ItemKind::Message).then(|| SessionId::from_uuid(hiding.place.uuid()))
}

fn quoted(lang: Lang, kind: ItemKind, title: &str, text: &str) -> Markup {
    html! {
        p.row.close { (ui::chip(Tone::Calm, kind_name(lang, kind))) strong { (title) } }
        @if !text.is_empty() { blockquote { (ui::prose(text)) } }
    }
}

fn kind_name(lang: Lang, kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Problem => t::problem(lang),
        ItemKind::Practice => t::practice(lang),
        ItemKind::Response => t::response(lang),
        ItemKind::Message => t::message(lang),
    }
}

fn reason_name(lang: Lang, reason: ReportReason) -> &'static str {
    match reason {
        ReportReason::PersonalData => t::personal_data(lang),
        ReportReason::Offensive => t::offensive(lang),
        ReportReason::Copyright => t::copyright(lang),
        ReportReason::Spam => t::spam(lang),
        ReportReason::Other => t::other(lang),
    }
}
