//! Reading a schema: references, combinations, and which branch of a choice a value is of.

use serde_json::{Map, Value};

use super::{DEPTH, Layer, Refusal, STEPS, Walk};
use crate::refusal::{Code, Refusals};

impl<'s> Walk<'s> {
    /// All keyword sets that apply to `value`: the schema's own, those it refers to, and the chosen branch of each choice.
    pub(super) fn layers(
        &mut self,
        schema: &'s Value,
        value: &Value,
        hops: usize,
        out: &mut Vec<Layer<'s>>,
    ) -> Result<(), Refusal> {
        let layer = match schema {
            Value::Object(layer) if hops <= DEPTH => layer,
            Value::Bool(true) => return Ok(()),
            _ => return Err(self.wrong()),
        };
        out.push(layer);
        if let Some(target) = layer.get("$ref").and_then(Value::as_str) {
            let target = resolve(self.root, target).ok_or_else(|| self.wrong())?;
            self.layers(target, value, hops + 1, out)?;
        }
        for part in branches(layer, "allOf") {
            self.layers(part, value, hops + 1, out)?;
        }
        for word in ["oneOf", "anyOf"] {
            if layer.contains_key(word) {
                let branch = self.choose(branches(layer, word), value, hops + 1)?;
                self.layers(branch, value, hops + 1, out)?;
            }
        }
        Ok(())
    }

    /// The branch that `value` is of: by its type and tag alone, so that what is wrong inside it is told as such. Branches that
    /// neither tells apart are tried; the one with the fewest refusals is meant.
    fn choose(&mut self, branches: &'s [Value], value: &Value, hops: usize) -> Result<&'s Value, Refusal> {
        // `Option` is a choice between the thing and null: what is not null is the thing.
        let things: Vec<&'s Value> = branches.iter().filter(|branch| is_null(branch) == value.is_null()).collect();
        let fitting = match things[..] {
            [_] => things,
            _ => branches.iter().filter(|branch| self.fits(branch, value, hops)).collect(),
        };
        match fitting[..] {
            [] => Err(self.unfit(branches, value)),
            [one] => Ok(one),
            ref several => {
                let mut best = (usize::MAX, several[0]);
                for branch in several {
                    let count = self.trial(branch, value);
                    if count < best.0 {
                        best = (count, branch);
                    }
                }
                Ok(best.1)
            }
        }
    }

    fn fits(&mut self, branch: &'s Value, value: &Value, hops: usize) -> bool {
        if self.steps == 0 {
            return false;
        }
        self.steps -= 1;
        let mut layers = Vec::new();
        if self.layers(branch, value, hops, &mut layers).is_err() {
            return false;
        }
        layers.iter().all(|layer| {
            takes(layer, value)
                && value.as_object().is_none_or(|fields| tags(layer).all(|(name, tag)| fields.get(name) == Some(tag)))
        })
    }

    fn trial(&mut self, branch: &'s Value, value: &Value) -> usize {
        let mut trial = Walk {
            root: self.root,
            sure: true,
            path: self.path.clone(),
            steps: self.steps.min(STEPS),
            found: Refusals::default(),
        };
        trial.value(branch, value);
        self.steps = trial.steps;
        trial.found.0.len()
    }

    /// Why `value` is of no branch: its tag is missing or unknown, or all of it is wrong.
    fn unfit(&self, branches: &'s [Value], value: &Value) -> Refusal {
        let tag = branches.iter().filter_map(|branch| branch.as_object().and_then(|layer| tags(layer).next())).next();
        let (Some((tag, _)), Value::Object(fields)) = (tag, value) else { return self.wrong() };
        let code = if fields.contains_key(tag) { Code::FieldWrong } else { Code::FieldNeeded };
        let path: Vec<&str> = self.path.iter().map(String::as_str).chain([tag]).collect();
        Refusal::of(code).at(path.join("."))
    }

    fn wrong(&self) -> Refusal {
        Refusal { field: self.field(), ..Refusal::of(Code::FieldWrong) }
    }
}

/// What `#/$defs/Name` names.
pub(crate) fn resolve<'s>(root: &'s Value, reference: &str) -> Option<&'s Value> {
    root.pointer(reference.strip_prefix('#')?)
}

pub(crate) fn branches<'s>(layer: &'s Map<String, Value>, word: &str) -> &'s [Value] {
    layer.get(word).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Whether the layer's `type`, `const` and `enum` allow the value.
pub(super) fn takes(layer: &Map<String, Value>, value: &Value) -> bool {
    let of_type = match layer.get("type") {
        Some(Value::String(kind)) => is(kind, value),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(|kind| is(kind, value)),
        _ => true,
    };
    of_type
        && layer.get("const").is_none_or(|only| only == value)
        && layer.get("enum").and_then(Value::as_array).is_none_or(|choices| choices.contains(value))
}

pub(crate) fn is_null(schema: &Value) -> bool {
    schema.get("type").is_some_and(|kind| kind == "null")
}

fn is(kind: &str, value: &Value) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        // serde reads no 1.0 into an integer.
        "integer" => value.is_i64() || value.is_u64(),
        _ => false,
    }
}

/// The fields whose value tells a branch: required, with a single possible value.
fn tags(layer: &Map<String, Value>) -> impl Iterator<Item = (&str, &Value)> {
    let required = branches(layer, "required");
    let properties = layer.get("properties").and_then(Value::as_object);
    properties.into_iter().flatten().filter_map(move |(name, schema)| {
        let only = schema.get("const").or_else(|| match branches(schema.as_object()?, "enum") {
            [only] => Some(only),
            _ => None,
        })?;
        required.iter().any(|needed| needed == name).then_some((name.as_str(), only))
    })
}
