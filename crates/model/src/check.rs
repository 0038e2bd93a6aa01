//! Checks JSON against the JSON schema of a call, before it becomes a value of its type.
//!
//! serde stops at the first thing that is wrong and speaks English; [`check`] finds everything at once and names each field, so
//! that a form is corrected in one go. It reads what schemars makes of our types, and `x-text`: `line`, `prose` and
//! `secret` of [`crate::words`], `email`, and `key` for a line that no person writes. An object is closed unless its schema says `additionalProperties`.

mod pattern;
mod schema;
mod text;

use std::collections::BTreeSet;

pub(crate) use schema::{branches, is_null, resolve};

use serde_json::{Map, Value};

use crate::{
    guard,
    refusal::{Code, Refusal, Refusals},
};

/// Levels of nesting that are read; deeper values are `malformed`.
pub const DEPTH: usize = 32;
/// Values that are looked at, trials of an untagged choice counted; a larger body is `too_large`.
const STEPS: usize = 200_000;
/// Refusals that are told at once; nobody corrects more in one go.
const TOLD: usize = 100;

/// Everything in `value` that `schema` does not allow, in the order of the schema's reading; empty when all is well.
///
/// `field.unknown`, `field.needed`, `field.wrong` (type, choice, format, pattern), `text.short` and `text.long` (facts `limit`,
/// `count`, in characters of the tidied text), `text.control`, `number.range` (facts `min`, `max` as far as they are set),
/// `list.short` and `list.long` (facts `limit`, `count`), `email.wrong`, and the `guard.*` codes of [`guard::refusals`]: the guard's warnings
/// pass when the person is `sure`, its block never.
pub fn check(schema: &Value, value: &Value, sure: bool) -> Refusals {
    let mut walk = Walk { root: schema, sure, path: Vec::new(), steps: STEPS, found: Refusals::default() };
    walk.value(schema, value);
    walk.found
}

struct Walk<'s> {
    root: &'s Value,
    sure: bool,
    path: Vec<String>,
    steps: usize,
    found: Refusals,
}

/// The keywords of one schema object.
type Layer<'s> = &'s Map<String, Value>;

impl<'s> Walk<'s> {
    fn value(&mut self, schema: &'s Value, value: &Value) {
        if self.steps == 0 {
            return self.tell(Refusal::of(Code::TooLarge));
        }
        self.steps -= 1;
        if self.path.len() > DEPTH {
            return self.refuse(Code::Malformed);
        }
        let mut layers = Vec::new();
        if let Err(refusal) = self.layers(schema, value, 0, &mut layers) {
            return self.tell(refusal);
        }
        if !layers.iter().all(|layer| schema::takes(layer, value)) {
            return self.refuse(Code::FieldWrong);
        }
        match value {
            Value::Object(fields) => self.object(&layers, fields),
            Value::Array(items) => layers.iter().for_each(|layer| self.array(layer, items)),
            Value::String(text) => layers.iter().for_each(|layer| self.text(layer, text)),
            Value::Number(number) => layers.iter().for_each(|layer| self.number(layer, number)),
            Value::Null | Value::Bool(_) => {}
        }
    }

    /// The layers of an object are one: a field is known when any of them knows it.
    fn object(&mut self, layers: &[Layer<'s>], fields: &Map<String, Value>) {
        let names = |word| move |layer: &Layer<'s>| layer.get(word).and_then(Value::as_object);
        let mut told = BTreeSet::new();
        for layer in layers {
            for name in layer.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
            {
                if !fields.contains_key(name) && told.insert(name) {
                    self.within(name, |walk| walk.refuse(Code::FieldNeeded));
                }
            }
        }
        let mut known = BTreeSet::new();
        for (name, schema) in layers.iter().filter_map(names("properties")).flatten() {
            if let Some(value) = fields.get(name) {
                known.insert(name.as_str());
                self.within(name, |walk| walk.value(schema, value));
            }
        }
        for (name, value) in fields.iter().filter(|(name, _)| !known.contains(name.as_str())) {
            let patterns = layers.iter().filter_map(names("patternProperties")).flatten();
            let by_pattern = patterns.filter(|(pattern, _)| pattern::holds(pattern, name)).map(|(_, schema)| schema);
            let rest = layers.iter().filter_map(|layer| layer.get("additionalProperties"));
            match by_pattern.chain(rest).find(|schema| **schema != Value::Bool(false)) {
                Some(schema) => {
                    self.key(name);
                    self.within(name, |walk| walk.value(schema, value));
                }
                None => self.within(&cut(name), |walk| walk.refuse(Code::FieldUnknown)),
            }
        }
    }

    /// The key of a map is text that a person may have chosen.
    fn key(&mut self, name: &str) {
        if name.chars().any(crate::words::is_forbidden) {
            self.within(&cut(name), |walk| walk.refuse(Code::TextControl));
        }
        for refusal in guard::refusals(None, name, true).0 {
            let field = self.field();
            self.tell(Refusal { field, ..refusal });
        }
    }

    fn array(&mut self, layer: Layer<'s>, items: &[Value]) {
        let limit = |word| layer.get(word).and_then(Value::as_u64).map(|limit| limit as usize);
        let size = |code, limit: usize| Refusal::of(code).fact("limit", limit).fact("count", items.len());
        if let Some(least) = limit("minItems").filter(|least| items.len() < *least) {
            self.tell_here(size(Code::ListShort, least));
        }
        if let Some(most) = limit("maxItems").filter(|most| items.len() > *most) {
            // What is too long is not read through: its length is the message.
            return self.tell_here(size(Code::ListLong, most));
        }
        if layer.get("uniqueItems") == Some(&Value::Bool(true)) {
            let mut seen = BTreeSet::new();
            for (index, item) in items.iter().enumerate() {
                if !seen.insert(item.to_string()) {
                    self.within(&index.to_string(), |walk| walk.refuse(Code::FieldWrong));
                }
            }
        }
        let first = layer.get("prefixItems").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let rest = layer.get("items");
        for (index, item) in items.iter().enumerate() {
            if let Some(schema) = first.get(index).or(rest) {
                self.within(&index.to_string(), |walk| walk.value(schema, item));
            }
        }
    }

    fn within(&mut self, name: &str, then: impl FnOnce(&mut Self)) {
        self.path.push(name.to_owned());
        then(self);
        self.path.pop();
    }

    fn field(&self) -> Option<String> {
        (!self.path.is_empty()).then(|| self.path.join("."))
    }

    fn refuse(&mut self, code: Code) {
        self.tell_here(Refusal::of(code));
    }

    fn tell_here(&mut self, refusal: Refusal) {
        let field = self.field();
        self.tell(Refusal { field, ..refusal });
    }

    fn tell(&mut self, refusal: Refusal) {
        if self.found.0.len() < TOLD && !self.found.0.contains(&refusal) {
            self.found.push(refusal);
        }
    }
}

/// A name that the caller made up, safe to be told back.
fn cut(name: &str) -> String {
    name.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).take(60).collect()
}

#[cfg(test)]
mod tests;
