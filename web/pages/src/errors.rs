//! Pages that say no: what happened, what is safe, what to do.

use maud::{Markup, html};
use model::refusal::{Code, Refusals};
use text::{accounts, errors as t};

use crate::{
    Context, address,
    ui::{self, Layout},
};

/// The answer to a page or form that was refused as a whole. `typed` is what a form held, so that nothing is lost where the
/// form itself cannot be drawn again.
pub fn refused(ctx: &Context, refusals: &Refusals, typed: &[(String, String)]) -> Markup {
    let lang = ctx.lang;
    let code = refusals.0.first().map(|refusal| refusal.code);
    let title = match refusals.status() {
        401 => t::sign_in_title(lang),
        403 => t::forbidden_title(lang),
        404 => t::missing_title(lang),
        409 => t::conflict_title(lang),
        410 => t::gone_title(lang),
        413 => t::large_title(lang),
        422 => t::wrong_title(lang),
        429 => t::slow_title(lang),
        503 => t::unavailable_title(lang),
        507 => t::full_title(lang),
        _ => t::failed_title(lang),
    };
    let ctx = &Context { form: None, ..ctx.clone() };
    let body = html! {
        div.head {
            h1 { (title) }
            @for refusal in &refusals.0 { p { (ui::sentence(lang, refusal)) } }
        }
        (kept(ctx, typed))
        p.row {
            @match code {
                Some(Code::SignInNeeded) => (ui::go(address::sign_in_then(&ctx.path), accounts::sign_in(lang), true)),
                Some(Code::Unavailable | Code::TooMany | Code::DiskFull) => (ui::go(ctx.path.clone(), t::try_again(lang), true)),
                _ => (ui::go(address::home(), t::to_home(lang), true)),
            }
            @if code == Some(Code::Missing) && ctx.me().is_none() {
                a href=(address::sign_in_then(&ctx.path)) { (accounts::sign_in(lang)) }
            }
        }
    };
    Layout::new(title).answers_form(!typed.is_empty()).show(ctx, body)
}

/// Something of ours broke; `request` is the number under which the log tells what.
pub fn failed(ctx: &Context, request: &str, typed: &[(String, String)]) -> Markup {
    let lang = ctx.lang;
    let ctx = &Context { form: None, ..ctx.clone() };
    let body = html! {
        div.head {
            h1 { (t::failed_title(lang)) }
            p { (t::failed_says(lang)) }
            p { code { (t::request(lang, request)) } }
        }
        (kept(ctx, typed))
        p { (ui::go(ctx.path.clone(), t::try_again(lang), true)) }
    };
    Layout::new(t::failed_title(lang)).answers_form(!typed.is_empty()).show(ctx, body)
}

/// The longer texts of a form that could not be saved; secrets and short fields are left out.
fn kept(ctx: &Context, typed: &[(String, String)]) -> Markup {
    let lang = ctx.lang;
    let secret = |name: &str| matches!(name, "password" | "current" | "new" | "token") || name.starts_with('_');
    let texts: Vec<_> = typed.iter().filter(|(name, value)| !secret(name) && value.contains(' ')).collect();
    html! {
        @if !texts.is_empty() {
            section.stack.tight {
                h2 { (t::your_text(lang)) }
                p.muted { (t::your_text_help(lang)) }
                @for (name, value) in texts { textarea readonly rows="4" aria-label=(name) { "\n" (value) } }
            }
        }
    }
}
