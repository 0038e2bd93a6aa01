use maud::{Markup, Render, html};
use text::common as t;

use super::{Form, sentence};

pub(super) enum Kind {
    /// With the `type` of its input.
    Line(&'static str),
    Prose,
    Number(i64, i64),
    /// With the ends of names that are offered.
    File(String),
    Select(Vec<Choice>),
    Ticks(&'static str, Vec<Choice>),
    Check,
}

/// What can be chosen: the value that is sent and the words that are read.
#[derive(Clone, Debug)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub help: String,
    /// Under which it stands in a long list.
    pub group: String,
}

impl Choice {
    pub fn new(value: impl std::fmt::Display, label: impl Into<String>) -> Self {
        Self { value: value.to_string(), label: label.into(), help: String::new(), group: String::new() }
    }

    /// The value is spelled as the model's enum is in JSON.
    pub fn of(value: impl serde::Serialize, label: impl Into<String>) -> Self {
        Self::new(key(value), label)
    }

    /// Choices of one group stand together.
    #[must_use]
    pub fn in_group(mut self, group: impl Into<String>) -> Self {
        self.group = group.into();
        self
    }

    #[must_use]
    pub fn explained(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }
}

/// How a model's enum is spelled in JSON, forms and addresses.
pub fn key(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(key)) => key,
        _ => String::new(),
    }
}

/// One field of a form: label above, help and limit below, its errors at it.
pub struct Field<'a> {
    form: &'a Form<'a>,
    name: String,
    label: &'a str,
    kind: Kind,
    help: Vec<String>,
    limit: Option<usize>,
    optional: bool,
    tall: bool,
    first: String,
    autocomplete: Option<&'static str>,
}

impl<'a> Field<'a> {
    pub(super) fn new(form: &'a Form<'a>, name: String, label: &'a str, kind: Kind) -> Self {
        Self {
            form,
            name,
            label,
            kind,
            help: Vec::new(),
            limit: None,
            optional: false,
            tall: false,
            first: String::new(),
            autocomplete: None,
        }
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// In characters; said before it is hit, and nothing typed is cut off.
    #[must_use]
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = Some(limit);
        self
    }

    #[must_use]
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    #[must_use]
    pub fn tall(mut self) -> Self {
        self.tall = true;
        self
    }

    /// What is ticked until something else is.
    #[must_use]
    pub fn at_first(mut self, value: String) -> Self {
        self.first = value;
        self
    }

    /// What the browser may fill in (HTML, section “Autofill”).
    #[must_use]
    pub fn autocomplete(mut self, what: &'static str) -> Self {
        self.autocomplete = Some(what);
        self
    }
}

/// The id of the field of a call, so that one page may hold several forms.
pub fn id(call: &str, name: &str) -> String {
    format!("{}-{}", call.to_lowercase(), name.replace('.', "-"))
}

impl Render for Field<'_> {
    fn render(&self) -> Markup {
        let lang = self.form.ctx.lang;
        let id = id(self.form.call, &self.name);
        let errors = self.form.refusals(&self.name);
        let wrong = !errors.is_empty();
        let helped = !self.help.is_empty() || self.limit.is_some();
        let (help_id, error_id) = (format!("{id}-help"), format!("{id}-error"));
        let described = match (wrong, helped) {
            (true, true) => Some(format!("{error_id} {help_id}")),
            (true, false) => Some(error_id.clone()),
            (false, true) => Some(help_id.clone()),
            (false, false) => None,
        };
        let label = html! {
            (self.label) @if self.optional { " " small { (t::optional(lang)) } }
        };
        let around = html! {
            @if helped {
                p.help id=(help_id) {
                    (self.help.join(" "))
                    @if let Some(limit) = self.limit { " " (t::limit(lang, limit)) }
                }
            }
            @if wrong {
                p.error id=(error_id) { @for error in &errors { (sentence(lang, error)) " " } }
            }
        };
        let value = self.form.value(&self.name).unwrap_or_default();
        let invalid = wrong.then_some("true");
        let described = described.as_deref();
        match &self.kind {
            Kind::Line(kind) => {
                // A password is typed anew: it never comes back from the server.
                let value = if *kind == "password" { "" } else { value };
                self.boxed(&id, wrong, label, around, html! {
                    input id=(id) type=(kind) name=(self.name) value=(value) aria-describedby=[described] aria-invalid=[invalid]
                        autocomplete=[self.autocomplete] data-limit=[self.limit];
                })
            }
            Kind::Number(min, max) => self.boxed(&id, wrong, label, around, html! {
                input id=(id) type="number" name=(self.name) value=(value) min=(min) max=(max) aria-describedby=[described]
                    aria-invalid=[invalid];
            }),
            Kind::File(accept) => self.boxed(&id, wrong, label, around, html! {
                input id=(id) type="file" name=(self.name) accept=(accept) required aria-describedby=[described] aria-invalid=[invalid];
            }),
            // The line break after the tag is dropped by browsers, one that the text begins with would be too.
            Kind::Prose => self.boxed(&id, wrong, label, around, html! {
                textarea id=(id) .tall[self.tall] name=(self.name) rows=(if self.tall { "8" } else { "4" })
                    aria-describedby=[described] aria-invalid=[invalid] data-limit=[self.limit] { "\n" (value) }
            }),
            Kind::Select(choices) => self.boxed(&id, wrong, label, around, html! {
                select id=(id) name=(self.name) aria-describedby=[described] aria-invalid=[invalid] {
                    // A first choice without a value is what stands when nothing is chosen.
                    @if choices.first().is_none_or(|first| !first.value.is_empty()) { option value="" { (t::choose(lang)) } }
                    @for group in choices.chunk_by(|one, next| one.group == next.group) {
                        @if group[0].group.is_empty() { (options(group, value)) }
                        @else { optgroup label=(group[0].group) { (options(group, value)) } }
                    }
                }
            }),
            Kind::Ticks(kind, choices) => {
                let mut chosen = self.form.values(&self.name);
                if chosen.is_empty() {
                    chosen.push(&self.first);
                }
                html! {
                    fieldset id=(id) .field .wrong[wrong] tabindex="-1" aria-describedby=[described] {
                        legend { (label) }
                        (around)
                        div.ticks .many[choices.len() > 5] {
                            @for choice in choices { (self.tick(kind, choice, chosen.contains(&choice.value.as_str()))) }
                        }
                    }
                }
            }
            Kind::Check => {
                let choice = Choice::new("on", self.label).explained(self.help.join(" "));
                html! {
                    div id=(id) .field .wrong[wrong] tabindex="-1" {
                        (self.tick("checkbox", &choice, value == "on" || value == "true"))
                        @if wrong { p.error { @for error in &errors { (sentence(lang, error)) " " } } }
                    }
                }
            }
        }
    }
}

fn options(choices: &[Choice], value: &str) -> Markup {
    html! {
        @for choice in choices { option value=(choice.value) selected[choice.value == value] { (choice.label) } }
    }
}

impl Field<'_> {
    fn boxed(&self, id: &str, wrong: bool, label: Markup, around: Markup, control: Markup) -> Markup {
        html! {
            div.field .wrong[wrong] {
                label for=(id) { (label) }
                (control)
                (around)
            }
        }
    }

    fn tick(&self, kind: &str, choice: &Choice, chosen: bool) -> Markup {
        html! {
            label.tick {
                input type=(kind) name=(self.name) value=(choice.value) checked[chosen];
                span { (choice.label) @if !choice.help.is_empty() { small { (choice.help) } } }
            }
        }
    }
}
