use maud::{Markup, html};
use model::{
    moderation::ItemKind,
    problems::{ProblemPage, Response},
    search::FoundKind,
};
use text::{common, problems as t};

use crate::{
    Context, address, moderation, practices,
    ui::{self, Choice, Form},
};

pub(super) fn section(ctx: &Context, page: &ProblemPage, found: &[Choice]) -> Markup {
    let lang = ctx.lang;
    let standing = page.responses.iter().filter(|response| !response.withdrawn).count();
    html! {
        section #atsakymai {
            h2 { (t::responses_title(lang)) " " span.muted { (standing) } }
            div.stack {
                @if page.responses.is_empty() {
                    p.muted { (t::no_responses(lang)) @if page.may_respond { " " (t::no_responses_step(lang)) } }
                } @else {
                    ul.items { @for response in &page.responses { (one(ctx, page, response)) } }
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

fn one(ctx: &Context, page: &ProblemPage, response: &Response) -> Markup {
    let lang = ctx.lang;
    html! {
        li #(response.id) {
            p.meta {
                strong { (ui::who(ctx.lang, &response.by)) }
                @if let Some(team) = &response.team { span { (team) } }
                (ui::time(response.at))
            }
            @if response.withdrawn { p.muted { (t::withdrawn(lang)) } } @else { (ui::prose(&response.text)) }
            @if let Some(practice) = &response.practice { (practices::offered(lang, practice)) }
            @if response.may_withdraw {
                @let action = address::response_withdraw(page.card.id, response.id);
                (ui::confirm(action, t::withdraw(lang), t::withdraw_heard(lang), t::withdraw_means(lang)))
            }
            @if !response.withdrawn && !response.may_withdraw { (moderation::link(ctx, ItemKind::Response, response.id, None)) }
        }
    }
}

fn write(ctx: &Context, page: &ProblemPage, found: &[Choice]) -> Markup {
    let lang = ctx.lang;
    let form = Form::new(ctx, "Respond", address::problem_respond(page.card.id)).keeps_draft();
    let refused = ctx.form.as_ref().is_some_and(|form| form.call == "Respond");
    let named = form.value("find").is_some_and(|typed| !typed.is_empty()) || form.value("practice").is_some();
    let offer = html! {
        (form.line("find", t::offer(lang)).help(t::offer_help(lang)).optional())
        (ui::pick(ctx, "Respond", "practice", FoundKind::Practice))
        @if refused && !found.is_empty() { (form.radios("practice", t::offer_which(lang), found.to_vec())) }
    };
    form.show(
        t::respond(lang),
        html! {
            (form.prose("text", t::respond_text(lang)).help(common::personal_data(lang)).limit(3000))
            (ui::more(t::offer_more(lang), named, offer))
        },
    )
}
