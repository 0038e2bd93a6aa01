use maud::{Markup, html};
use model::problems::{ProblemPage, Response};
use text::{common, problems as t};

use crate::{
    Context, address, practices,
    ui::{self, Choice, Form},
};

pub(super) fn section(ctx: &Context, page: &ProblemPage, found: &[Choice]) -> Markup {
    let lang = ctx.lang;
    html! {
        section #atsakymai {
            h2 { (t::responses_title(lang)) " " span.muted { (page.responses.len()) } }
            div.stack {
                @if page.responses.is_empty() {
                    p.muted { (t::no_responses(lang)) @if page.may_respond { " " (t::no_responses_step(lang)) } }
                } @else {
                    ul.items { @for response in &page.responses { (one(ctx, response)) } }
                }
                @if page.may_respond {
                    (write(ctx, page, found))
                } @else if ctx.me().is_none() {
                    p { a href=(address::sign_in_then(&ctx.path)) { (t::respond_sign_in(lang)) } }
                }
            }
        }
    }
}

fn one(ctx: &Context, response: &Response) -> Markup {
    html! {
        li #(response.id) {
            p.meta {
                strong { (ui::who(ctx.lang, &response.by)) }
                @if let Some(team) = &response.team { span { (team) } }
                (ui::time(response.at))
            }
            (ui::prose(&response.text))
            @if let Some(practice) = &response.practice { (practices::offered(ctx.lang, practice)) }
        }
    }
}

fn write(ctx: &Context, page: &ProblemPage, found: &[Choice]) -> Markup {
    let lang = ctx.lang;
    let form = Form::new(ctx, "Respond", address::problem_respond(page.card.id)).keeps_draft();
    let named = form.value("find").is_some_and(|typed| !typed.is_empty()) || form.value("practice").is_some();
    let offer = html! {
        (form.line("find", t::offer(lang)).help(t::offer_help(lang)).optional())
        @if !found.is_empty() { (form.radios("practice", t::offer_which(lang), found.to_vec())) }
    };
    form.show(
        t::respond(lang),
        html! {
            (form.prose("text", t::respond_text(lang)).help(common::personal_data(lang)).limit(3000))
            (ui::more(t::offer_more(lang), named, offer))
        },
    )
}
