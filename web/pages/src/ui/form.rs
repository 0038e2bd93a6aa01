use maud::{Markup, html};
use model::refusal::{Code, Refusal};
use text::common as t;

use super::{
    Field,
    field::{Kind, id},
};
use crate::Context;

/// A form that makes one call. What it shows is what was typed when it was refused, else what it was filled with.
pub struct Form<'a> {
    pub(super) ctx: &'a Context,
    pub(super) call: &'static str,
    action: String,
    filled: Vec<(String, String)>,
    draft: bool,
    file: bool,
}

impl<'a> Form<'a> {
    /// `call` is the `Endpoint::NAME` of what is sent to `action`.
    pub fn new(ctx: &'a Context, call: &'static str, action: String) -> Self {
        Self { ctx, call, action, filled: Vec::new(), draft: false, file: false }
    }

    /// The value of a field at first.
    #[must_use]
    pub fn fill(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.filled.push((name.to_owned(), value.to_string()));
        self
    }

    /// All values at first: a call or a part of it, as its form would send it.
    #[must_use]
    pub fn fill_from(mut self, prefix: &str, value: &impl serde::Serialize) -> Self {
        let value = serde_json::to_value(value).unwrap_or_default();
        let nested = serde_json::json!({ prefix: value });
        self.filled.extend(model::address::query("", &nested));
        self
    }

    /// The browser keeps what is typed until it is sent.
    #[must_use]
    pub fn keeps_draft(mut self) -> Self {
        self.draft = true;
        self
    }

    /// It has a field of [`Form::file`].
    #[must_use]
    pub fn with_file(mut self) -> Self {
        self.file = true;
        self
    }

    fn state(&self) -> Option<&'a crate::FormState> {
        self.ctx.form.as_ref().filter(|form| form.call == self.call)
    }

    /// The id of the control of this name.
    pub fn id(&self, name: &str) -> String {
        super::field::id(self.call, name)
    }

    pub fn values(&self, name: &str) -> Vec<&str> {
        let pairs = self.state().map_or(&self.filled, |form| &form.pairs);
        pairs.iter().filter(|(at, _)| at == name).map(|(_, value)| value.as_str()).collect()
    }

    pub fn value(&self, name: &str) -> Option<&str> {
        self.values(name).into_iter().next()
    }

    /// How many items of a list have something typed: one more than the highest number.
    pub fn rows(&self, list: &str) -> usize {
        let pairs = self.state().map_or(&self.filled, |form| &form.pairs);
        let number = |name: &str| {
            let rest = name.strip_prefix(list)?.strip_prefix('.')?;
            rest.split('.').next()?.parse::<usize>().ok()
        };
        let typed = pairs.iter().filter(|(_, value)| !value.trim().is_empty());
        typed.filter_map(|(name, _)| number(name)).max().map_or(0, |highest| highest.min(200) + 1)
    }

    pub(super) fn refusals(&self, name: &str) -> Vec<&'a Refusal> {
        let Some(form) = self.state() else { return Vec::new() };
        form.refusals.0.iter().filter(|refusal| refusal.field.as_deref() == Some(name)).collect()
    }

    pub fn hidden(&self, name: &str, value: impl std::fmt::Display) -> Markup {
        html! { input type="hidden" name=(name) value=(value); }
    }

    pub fn line(&'a self, name: impl Into<String>, label: &'a str) -> Field<'a> {
        Field::new(self, name.into(), label, Kind::Line("text"))
    }

    pub fn email(&'a self, name: impl Into<String>, label: &'a str) -> Field<'a> {
        Field::new(self, name.into(), label, Kind::Line("email"))
    }

    pub fn password(&'a self, name: impl Into<String>, label: &'a str) -> Field<'a> {
        Field::new(self, name.into(), label, Kind::Line("password"))
    }

    /// To choose a file; `accept` lists the ends of names that are offered.
    pub fn file(&'a self, name: impl Into<String>, label: &'a str, accept: String) -> Field<'a> {
        Field::new(self, name.into(), label, Kind::File(accept))
    }

    pub fn number(&'a self, name: impl Into<String>, label: &'a str, min: i64, max: i64) -> Field<'a> {
        Field::new(self, name.into(), label, Kind::Number(min, max))
    }

    /// In Europe/Vilnius.
    pub fn date_time(&'a self, name: impl Into<String>, label: &'a str) -> Field<'a> {
        Field::new(self, name.into(), label, Kind::Line("datetime-local"))
    }

    /// A day in Europe/Vilnius.
    pub fn date(&'a self, name: impl Into<String>, label: &'a str) -> Field<'a> {
        Field::new(self, name.into(), label, Kind::Line("date"))
    }

    pub fn prose(&'a self, name: impl Into<String>, label: &'a str) -> Field<'a> {
        Field::new(self, name.into(), label, Kind::Prose)
    }

    pub fn select(&'a self, name: impl Into<String>, label: &'a str, choices: Vec<super::Choice>) -> Field<'a> {
        Field::new(self, name.into(), label, Kind::Select(choices))
    }

    pub fn radios(&'a self, name: impl Into<String>, label: &'a str, choices: Vec<super::Choice>) -> Field<'a> {
        Field::new(self, name.into(), label, Kind::Ticks("radio", choices))
    }

    /// A list: the name is sent once for each that is ticked.
    pub fn checks(&'a self, name: impl Into<String>, label: &'a str, choices: Vec<super::Choice>) -> Field<'a> {
        Field::new(self, name.into(), label, Kind::Ticks("checkbox", choices))
    }

    /// A yes or no: `on` when ticked.
    pub fn check(&'a self, name: impl Into<String>, label: &'a str) -> Field<'a> {
        Field::new(self, name.into(), label, Kind::Check)
    }

    /// A list of groups under one legend; refusals of the list as a whole stand on top of it.
    pub fn group(&self, name: &str, legend: &str, help: &str, rows: Markup) -> Markup {
        let errors = self.refusals(name);
        html! {
            fieldset #(id(self.call, name)) .group .wrong[!errors.is_empty()] tabindex="-1" {
                legend { (legend) }
                @if !help.is_empty() { p.help { (help) } }
                @for error in errors { p.error { (super::sentence(self.ctx.lang, error)) } }
                (rows)
            }
        }
    }

    /// The form with its one prominent button; what the guard only warns of can be sent all the same.
    pub fn show(&self, label: &str, fields: Markup) -> Markup {
        self.show_with(label, fields, html! {})
    }

    /// Also with other buttons or links beside the prominent one.
    pub fn show_with(&self, label: &str, fields: Markup, beside: Markup) -> Markup {
        self.drawn("primary", label, fields, beside)
    }

    /// A form that is not the next step of its page.
    pub fn quiet(&self, label: &str, fields: Markup) -> Markup {
        self.drawn("quiet", label, fields, html! {})
    }

    fn drawn(&self, class: &str, label: &str, fields: Markup, beside: Markup) -> Markup {
        let lang = self.ctx.lang;
        let refused = self.state().map_or(&[][..], |form| &form.refusals.0);
        let warned = !refused.is_empty() && refused.iter().all(is_warning);
        let coded = self.file.then_some("multipart/form-data");
        let draft = self.draft.then_some(self.action.as_str());
        html! {
            form.form method="post" action=(self.action) enctype=[coded] data-draft=[draft] novalidate {
                @if let Some(key) = &self.ctx.key { input type="hidden" name="_key" value=(key); }
                (fields)
                div.row.actions {
                    button class=(class) { (label) }
                    @if warned {
                        button #sure name="sure" value="on" { (t::send_anyway(lang)) }
                    }
                    (beside)
                }
            }
        }
    }
}

/// Only these pass when the same call comes again with `sure`.
pub(super) fn is_warning(refusal: &Refusal) -> bool {
    matches!(refusal.code, Code::GuardMaybeCode | Code::GuardContact | Code::GuardPupil)
}

/// A form that is only a button: `class` is empty, `primary`, `link` or `danger`.
pub fn button(action: String, label: &str, class: &str, hidden: &[(&str, &str)]) -> Markup {
    html! {
        form method="post" action=(action) {
            @for (name, value) in hidden {
                input type="hidden" name=(name) value=(value);
            }
            button class=[(!class.is_empty()).then_some(class)] { (label) }
        }
    }
}
