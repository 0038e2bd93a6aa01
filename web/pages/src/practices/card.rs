//! A practice on one sheet of paper: what one hangs on the wall of the staff room or gives to a colleague.

use fast_qr::{ECL, QRBuilder};
use maud::{Markup, html};
use model::practices::PracticePage;
use text::{common, practices as t};

use super::{cost, licence, origin, span, under_space};
use crate::{Context, address, ui};

pub fn card(ctx: &Context, page: &PracticePage) -> Markup {
    let lang = ctx.lang;
    let (card, text) = (&page.card, &page.text);
    let address = format!("{}{}", ctx.origin, address::practice(card.id));
    let part = |title: &str, body: Option<&str>| {
        html! { @if let Some(body) = body { section { h2 { (title) } (ui::prose(body)) } } }
    };
    let fact = |name: &str, value: Option<&str>| {
        html! { @if let Some(value) = value { div { dt { (name) } dd.lines { (value) } } } }
    };
    let grades = text.span.map(|grades| span(lang, grades));
    let body = html! {
        p.note.on-screen { (t::card_says(lang)) }
        article.paper {
            header {
                div {
                    p.kicker { (t::card_title(lang)) " · " (common::product(lang)) }
                    h1 { (card.title) }
                    p.meta {
                        @if let Some(team) = &card.team_name { span { (team) } }
                        (origin(card))
                        span { (t::updated(lang)) " " (ui::date(page.updated_at)) }
                    }
                }
                (qr(&address, t::card_qr(lang)))
            }
            @if let Some(summary) = &text.summary { p.lead { (summary) } }
            dl {
                (fact(common::area(lang), text.area.map(|area| ui::area_name(lang, area))))
                (fact(t::span(lang), grades.as_deref()))
                (fact(t::cost(lang), text.cost.map(|one| cost(lang, one))))
                (fact(t::time(lang), text.time.as_deref()))
                (fact(t::who(lang), text.who.as_deref()))
                (fact(t::materials(lang), text.materials.as_deref()))
            }
            @if !text.steps.is_empty() {
                section { h2 { (t::steps(lang)) } ol.steps { @for step in &text.steps { li.lines { (step) } } } }
            }
            (part(t::result(lang), text.result.as_deref()))
            (part(t::limits(lang), text.limits.as_deref()))
            footer {
                p { a href=(address) { (address) } }
                @if let Some(one) = text.licence { p { (licence(lang, one)) } }
            }
        }
    };
    under_space(ctx, card, t::card_title(lang)).under(&card.title, address::practice(card.id)).show(ctx, body)
}

/// The address as a square that a phone reads; nothing where it is too long for one.
fn qr(address: &str, heard: &str) -> Markup {
    let Ok(code) = QRBuilder::new(address).ecl(ECL::M).build() else { return html! {} };
    let mut path = String::new();
    for row in 0..code.size {
        let mut column = 0;
        // Dark modules side by side are one rectangle.
        for run in code[row][..code.size].chunk_by(|one, next| one.value() == next.value()) {
            if run[0].value() {
                path.push_str(&format!("M{column} {row}h{0}v1h-{0}z", run.len()));
            }
            column += run.len();
        }
    }
    // Four modules of quiet on each side, as the standard asks.
    let view = format!("-4 -4 {0} {0}", code.size + 8);
    html! { svg.qr viewBox=(view) role="img" aria-label=(heard) { path d=(path) {} } }
}
