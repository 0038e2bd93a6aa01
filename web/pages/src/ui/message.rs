use maud::{Markup, PreEscaped, html};
use model::refusal::{Code, Refusal};
use text::{Lang, common as t};

use super::{field::id, form::is_warning};
use crate::Context;

/// What happened, what is safe, what to do.
pub fn sentence(lang: Lang, refusal: &Refusal) -> String {
    let fact = |name: &str| refusal.facts.get(name).map(String::as_str);
    text::refusals::sentence(lang, refusal.code.as_str(), fact).into_owned()
}

/// All that the form's call was refused for, on top of the page, with links to the fields, which `body` holds.
pub fn refusals(ctx: &Context, body: &Markup) -> Markup {
    let lang = ctx.lang;
    let Some(form) = ctx.form.as_ref().filter(|form| !form.refusals.0.is_empty()) else { return html! {} };
    let warning = form.refusals.0.iter().all(is_warning);
    // A sign-in form keeps nothing typed but the address, and no browser keeps a chosen file, so they promise nothing.
    let kept =
        !form.call.starts_with("AttachTo") && !form.refusals.0.iter().any(|refusal| refusal.code == Code::SignInWrong);
    // In the order in which the fields stand, whatever the order of the checks was.
    let mut refused: Vec<&Refusal> = form.refusals.0.iter().collect();
    refused.sort_by_key(|refusal| refusal.field.as_ref().and_then(|field| place(&body.0, &id(form.call, field))));
    html! {
        section #refused .note .warn[warning] .bad[!warning] role="alert" tabindex="-1" autofocus {
            h2 { @if warning { (t::warning_title(lang)) } @else { (t::errors_title(lang)) } }
            ul {
                @for refusal in refused {
                    li {
                        @match &refusal.field {
                            Some(field) => {
                                @let id = id(form.call, field);
                                a href={ "#" (id) } {
                                    @if let Some(label) = label(&body.0, &id) { (PreEscaped(label)) ": " }
                                    (sentence(lang, refusal))
                                }
                            },
                            None => (sentence(lang, refusal)),
                        }
                    }
                }
            }
            @if kept { p.small { (t::nothing_lost(lang)) } }
        }
    }
}

/// The label that stands at a field, still escaped. It is read from the markup, which is drawn before the list above it.
fn label<'m>(body: &'m str, id: &str) -> Option<&'m str> {
    let at_box = body.split_once(&format!("for=\"{id}\">")).map(|(_, rest)| rest);
    let in_group = || {
        let tag = body[..place(body, id)?].rfind('<')?;
        let (_, rest) = body[tag..].strip_prefix("<fieldset")?.split_once("<legend>")?;
        Some(rest)
    };
    let rest = at_box.or_else(in_group)?;
    rest.split('<').next().map(str::trim).filter(|label| !label.is_empty())
}

/// Where the control or the group of this id stands.
fn place(body: &str, id: &str) -> Option<usize> {
    body.find(&format!("id=\"{id}\""))
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

    #[test]
    fn a_refusal_names_the_field_it_is_about() {
        let boxed = r#"<label for="a-b">Vardas <small>(nebūtina)</small></label>"#;
        let grouped =
            r#"<fieldset class="group wrong" id="a-c" tabindex="-1"><legend>Sritis <small>(viena)</small></legend>"#;
        assert_eq!(label(boxed, "a-b"), Some("Vardas"));
        assert_eq!(label(grouped, "a-c"), Some("Sritis"));
        assert_eq!(label(r#"<p id="a-c">"#, "a-c"), None);
        assert_eq!(label(boxed, "a-x"), None);
    }
}
