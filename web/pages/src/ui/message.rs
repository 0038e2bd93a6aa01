use maud::{Markup, html};
use model::refusal::{Code, Refusal};
use text::{Lang, common as t};

use super::{field::id, form::is_warning};
use crate::Context;

/// What happened, what is safe, what to do.
pub fn sentence(lang: Lang, refusal: &Refusal) -> String {
    let fact = |name: &str| refusal.facts.get(name).map(String::as_str);
    text::refusals::sentence(lang, refusal.code.as_str(), fact).into_owned()
}

/// All that the form's call was refused for, on top of the page, with links to the fields.
pub fn refusals(ctx: &Context) -> Markup {
    let lang = ctx.lang;
    let Some(form) = ctx.form.as_ref().filter(|form| !form.refusals.0.is_empty()) else { return html! {} };
    let warning = form.refusals.0.iter().all(is_warning);
    // A sign-in form keeps nothing typed but the address, so it promises nothing.
    let kept = !form.refusals.0.iter().any(|refusal| refusal.code == Code::SignInWrong);
    html! {
        section #refused .note .warn[warning] .bad[!warning] role="alert" tabindex="-1" {
            h2 { @if warning { (t::warning_title(lang)) } @else { (t::errors_title(lang)) } }
            ul {
                @for refusal in &form.refusals.0 {
                    li {
                        @match &refusal.field {
                            Some(field) => a href={ "#" (id(form.call, field)) } { (sentence(lang, refusal)) },
                            None => (sentence(lang, refusal)),
                        }
                    }
                }
            }
            @if kept { p.small { (t::nothing_lost(lang)) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_has_a_sentence_in_both_languages() {
        let silent: Vec<_> = Code::ALL.iter().filter(|code| !text::refusals::is_known(code.as_str())).collect();
        assert!(silent.is_empty(), "add to web/text/src/refusals.rs: {silent:?}");
        for code in Code::ALL {
            for lang in Lang::ALL {
                assert!(sentence(lang, &Refusal::of(*code)).len() > 10);
            }
        }
    }
}
