//! Minutes of a session: to read and to print, to edit, to sign.

use maud::{Markup, html};
use model::{minutes::*, sessions::SessionCard};
use text::{Lang, common, minutes as t, time};

use crate::{
    Context, address,
    ui::{self, Form, Layout, Place, Tone},
};

/// The title of a section.
pub fn section(lang: Lang, kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::People => t::people(lang),
        SectionKind::Steps => t::steps(lang),
        SectionKind::Questions => t::questions(lang),
        SectionKind::Boards => t::boards(lang),
        SectionKind::Polls => t::polls(lang),
        SectionKind::Agreements => t::agreements(lang),
        SectionKind::Actions => t::actions(lang),
        SectionKind::Groups => text::breakouts::record(lang),
        SectionKind::Notes => t::notes(lang),
        SectionKind::Other => t::other(lang),
    }
}

pub fn page(ctx: &Context, page: &MinutesPage) -> Markup {
    let lang = ctx.lang;
    let id = page.card.id;
    let signed = page.state == MinutesState::Signed;
    let body = html! {
        div.head {
            div.row.close { h1 { (page.minutes.title) } (state_chip(lang, page.state)) }
            @if !signed {
                p.muted { (if page.may_keep { t::draft_keeper(lang) } else { t::draft_says(lang) }) }
            }
            @if let Some((by, at)) = page.edited.as_ref().filter(|_| !signed) {
                p.meta { span { (t::edited_by(lang, by, time::date_time(at.ms()))) } }
            }
            p.row.no-print {
                @if page.may_keep && !signed { a.button href=(address::minutes_edit(id)) { (t::edit(lang)) } }
                a href=(address::minutes_pdf(id)) download { (t::pdf(lang)) }
                a href=(address::minutes_md(id)) download { (t::markdown(lang)) }
                span.muted.small { (t::print_help(lang)) }
            }
        }
        article.minutes { (whole(&page.minutes)) }
        @if let Some(signature) = &page.signature { (signed_by(lang, signature, &page.hash)) }
        @for addendum in &page.addenda {
            section.minutes {
                h2 { (t::addendum(lang, addendum.number, time::date_time(addendum.signature.at.ms()))) }
                (told(&addendum.text))
            }
            (signed_by(lang, &addendum.signature, &addendum.hash))
        }
        @if page.may_keep { (keeping(ctx, page)) }
    };
    under(lang, &page.card, t::title(lang)).show(ctx, body)
}

fn state_chip(lang: Lang, state: MinutesState) -> Markup {
    match state {
        MinutesState::Draft => ui::chip(Tone::Plain, t::draft(lang)),
        MinutesState::Edited => ui::chip(Tone::Plain, t::edited_draft(lang)),
        MinutesState::Signed => ui::chip(Tone::Good, t::signed(lang)),
    }
}

fn whole(minutes: &Minutes) -> Markup {
    html! {
        dl.facts { @for fact in &minutes.facts { div { dt { (fact.title) } dd { (fact.text) } } } }
        @for section in &minutes.sections {
            section { h2 { (section.title) } (told(&section.text)) }
        }
    }
}

/// A section's text.
fn told(text: &str) -> Markup {
    html! {
        @for block in blocks(text) {
            @match block {
                Block::Heading(title) => h3 { (title) },
                Block::Paragraph(lines) => (ui::prose(&lines)),
                Block::List(items) => ul { @for item in items { li { (item) } } },
                Block::Table { head, rows } => (table(&head, &rows)),
            }
        }
    }
}

fn table(head: &[String], rows: &[Vec<String>]) -> Markup {
    html! {
        div.scroll role="region" tabindex="0" aria-label=(head.join(", ")) {
            table {
                thead { tr { @for cell in head { th scope="col" { (cell) } } } }
                tbody {
                    @for row in rows {
                        tr {
                            @for (at, cell) in row.iter().enumerate() {
                                @if at == 0 { th scope="row" { (cell) } } @else { td { (cell) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn signed_by(lang: Lang, signature: &Signature, hash: &str) -> Markup {
    html! {
        div.signature {
            p { (t::signed_by(lang)) ": " strong { (signature.by) } ", " span.numbers { (time::date_time(signature.at.ms())) } }
            p.small { (t::fingerprint(lang)) ": " code { (signature.hash) } }
            @if let Some(at) = signature.redacted_at {
                p.small { (t::redacted(lang, time::date_time(at.ms()))) }
                p.small { (t::fingerprint_now(lang)) ": " code { (hash) } }
            }
        }
    }
}

/// What the one who leads may do.
fn keeping(ctx: &Context, page: &MinutesPage) -> Markup {
    let lang = ctx.lang;
    let id = page.card.id;
    let refused = |call: &str| ctx.form.as_ref().is_some_and(|form| form.call == call);
    html! {
        @if page.state == MinutesState::Signed {
            @let form = Form::new(ctx, "AddToMinutes", address::minutes_add(id)).keeps_draft();
            div.no-print {
                (ui::more(t::add(lang), refused("AddToMinutes"), html! {
                    p.help { (t::add_help(lang)) }
                    (form.quiet(t::add_save(lang), html! {
                        (form.prose("text", t::add_field(lang)).limit(ADDENDUM_MAX))
                    }))
                }))
            }
        } @else {
            section.no-print {
                @let form = Form::new(ctx, "SignMinutes", address::minutes_sign(id));
                (ui::newer(ctx, "SignMinutes", t::newer(lang), "", html! {}))
                p.help { (t::sign_help(lang)) }
                (form.show(t::sign(lang), form.hidden("hash", &page.hash)))
            }
            @if page.state == MinutesState::Edited {
                @let form = Form::new(ctx, "RemakeMinutes", address::minutes_remake(id));
                div.no-print {
                    (ui::more(t::remake(lang), refused("RemakeMinutes"), html! {
                        p.help { (t::remake_help(lang)) }
                        (form.quiet(t::remake(lang), form.hidden("hash", &page.hash)))
                    }))
                }
            }
        }
        @if !page.former.is_empty() {
            section.no-print {
                h2 { (t::former(lang)) }
                @for former in &page.former {
                    (ui::more(&t::former_of(lang, &former.by, time::date_time(former.at.ms())), false, whole(&former.minutes)))
                }
            }
        }
    }
}

pub fn edit(ctx: &Context, page: &MinutesPage) -> Markup {
    let lang = ctx.lang;
    let id = page.card.id;
    let mut form = Form::new(ctx, "EditMinutes", address::minutes_edit(id)).keeps_draft();
    for section in &page.minutes.sections {
        form = form.fill(&name(section.kind), &section.text);
    }
    let body = html! {
        div.head { h1 { (t::edit_title(lang)) } p.muted { (page.card.title) } }
        (ui::newer(ctx, "EditMinutes", t::newer(lang), t::newer_help(lang), whole(&page.minutes)))
        p.note { (common::personal_data(lang)) }
        p.help { (t::edit_help(lang)) }
        (form.show(common::save(lang), html! {
            (form.hidden("hash", &page.hash))
            @for kind in SectionKind::ALL {
                @let field = form.prose(name(kind), section(lang, kind)).limit(SECTION_MAX).optional();
                @let written = form.value(&name(kind)).is_some_and(|text| !text.is_empty());
                @if written || kind == SectionKind::Other { (field.tall()) } @else { (field) }
            }
        }))
    };
    under(lang, &page.card, t::edit_title(lang)).under(t::title(lang), address::minutes(id)).show(ctx, body)
}

/// The name of a section's field.
fn name(kind: SectionKind) -> String {
    format!("minutes.{}", ui::key(kind))
}

/// Before the session is closed.
pub fn none_yet(ctx: &Context, card: &SessionCard) -> Markup {
    let lang = ctx.lang;
    let body = html! {
        div.head { h1 { (t::title_of(lang, &card.title)) } }
        (ui::empty(t::none_yet(lang), t::none_says(lang), ui::go(address::session(card.id), t::to_session(lang), true)))
    };
    Layout::new(t::title(lang))
        .at(Place::Sessions)
        .under(text::spaces::title(lang), address::spaces())
        .under(&card.space_name, address::space(card.space))
        .under(&card.title, address::session(card.id))
        .show(ctx, body)
}

fn under(lang: Lang, card: &SessionCard, title: &str) -> Layout {
    Layout::new(title)
        .at(Place::Sessions)
        .under(text::spaces::title(lang), address::spaces())
        .under(&card.space_name, address::space(card.space))
        .under(&card.title, address::record(card.id))
}
