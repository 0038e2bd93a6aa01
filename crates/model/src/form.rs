//! Forms and queries: from pairs of text to the JSON of a call, by the schema of the call.
//!
//! Empty is absent, `on` is true, a repeated name is a list, `evidence.0.text` is nested, and numbers are read from text with a
//! decimal comma or point. Names that begin with `_`, and `sure`, are the door's own. What cannot be read (`grade=five`) stays
//! text, so that [`crate::check`] refuses it under its field.

mod number;
mod tree;

use serde_json::{Map, Value};

use crate::{
    address::decode,
    check::{branches, is_null, resolve},
    refusal::{Code, Refusal, Refusals},
};
use tree::Node;

/// Pairs that one form may have; more are `too_large`.
pub const PAIRS: usize = 2_000;
/// Items of one list in a form; more are `list.long`.
pub const ITEMS: usize = 200;

/// The pairs of an `application/x-www-form-urlencoded` body or of a query; none when it is not well formed or not UTF-8.
pub fn pairs(encoded: &str) -> Option<Vec<(String, String)>> {
    let pair = |part: &str| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        Some((decode(name, true)?, decode(value, true)?))
    };
    encoded.split('&').filter(|part| !part.is_empty()).map(pair).collect()
}

/// The JSON object that the pairs of a form stand for.
///
/// # Errors
/// `too_large` above [`PAIRS`], `list.long` above [`ITEMS`], `malformed` for a name that is both a text and a group, or is
/// nested too deep. Everything else is for [`crate::check()`] to refuse.
pub fn from_pairs(schema: &Value, pairs: &[(String, String)]) -> Result<Value, Refusals> {
    read(schema, pairs, true)
}

/// What the pairs say and nothing more: as [`from_pairs`], but a missing box or list stays missing. For the parts of a path.
///
/// # Errors
/// As [`from_pairs`].
pub fn given(schema: &Value, pairs: &[(String, String)]) -> Result<Value, Refusals> {
    read(schema, pairs, false)
}

fn read(schema: &Value, pairs: &[(String, String)], whole: bool) -> Result<Value, Refusals> {
    if pairs.len() > PAIRS {
        return Err(Refusal::of(Code::TooLarge).into());
    }
    let read = renumber(pairs);
    let own = |name: &str| name.starts_with('_') || (name == "sure" && property(schema, "sure").is_empty());
    let tree =
        tree::grow(read.iter().filter(|(name, _)| !own(name)).map(|(name, value)| (name.as_str(), value.as_str())))?;
    let mut form = Form { root: schema, whole, refusals: Refusals::default() };
    let value = form.object(&[schema], &tree, "");
    form.refusals.into_result()?;
    Ok(Value::Object(value))
}

/// Only the pairs whose name the schema knows: in the address of a page unknown names are ignored.
pub fn known(schema: &Value, pairs: &[(String, String)]) -> Vec<(String, String)> {
    let first = |name: &str| name.split('.').next().unwrap_or_default().to_owned();
    pairs.iter().filter(|(name, _)| !property(schema, &first(name)).is_empty()).cloned().collect()
}

/// The same pairs with list items that are all empty left out and the gaps of their numbers closed, so that a redrawn form
/// numbers its rows as the refusals do.
pub fn renumber(pairs: &[(String, String)]) -> Vec<(String, String)> {
    tree::renumber(pairs)
}

struct Form<'s> {
    root: &'s Value,
    /// Whether what a browser does not send of a form is added.
    whole: bool,
    refusals: Refusals,
}

/// A keyword set that may apply, and whether it surely does (it is no branch of a choice).
type View<'s> = (&'s Map<String, Value>, bool);

impl<'s> Form<'s> {
    /// `None` when there is nothing in it.
    fn node(&mut self, schemas: &[&'s Value], node: &Node, field: &str) -> Option<Value> {
        let views = views(self.root, schemas, Some(node));
        let takes = |kind: &str| views.iter().any(|(layer, _)| is_of(layer, kind));
        match node {
            Node::Leaf(texts) if takes("array") => {
                let items = items(&views);
                let given: Vec<&str> = texts.iter().copied().filter(|text| !blank(text)).collect();
                self.count(given.len(), field)?;
                let list: Vec<Value> = given.iter().map(|text| self.single(&items, text)).collect();
                (!list.is_empty()).then_some(Value::Array(list))
            }
            Node::Leaf(texts) => match texts[..] {
                [text] if blank(text) && !(takes("string") && is_secret(&views) && !text.is_empty()) => None,
                [text] => Some(self.single(schemas, text)),
                _ => Some(Value::Array(texts.iter().map(|text| Value::from(*text)).collect())),
            },
            Node::Branch(children) if !takes("object") && children.keys().all(|key| tree::index(key).is_some()) => {
                self.count(children.len(), field)?;
                let items = items(&views);
                let mut rows: Vec<(usize, &Node)> =
                    children.iter().filter_map(|(key, node)| Some((tree::index(key)?, node))).collect();
                rows.sort_by_key(|(index, _)| *index);
                let list: Vec<Value> = rows
                    .into_iter()
                    .filter_map(|(index, row)| self.node(&items, row, &format!("{field}.{index}")))
                    .collect();
                (!list.is_empty()).then_some(Value::Array(list))
            }
            Node::Branch(_) => {
                let fields = self.object(schemas, node, field);
                (!node.is_blank()).then_some(Value::Object(fields))
            }
        }
    }

    fn object(&mut self, schemas: &[&'s Value], node: &Node, field: &str) -> Map<String, Value> {
        let none = Default::default();
        let children = if let Node::Branch(children) = node { children } else { &none };
        let views = views(self.root, schemas, Some(node));
        let mut fields = Map::new();
        for (name, child) in children {
            let path = if field.is_empty() { name.clone() } else { format!("{field}.{name}") };
            let schemas = properties(&views, name);
            if let Some(value) = self.node(&schemas, child, &path) {
                fields.insert(name.clone(), value);
            }
        }
        // A box that is not ticked, a list of which nothing is chosen and a group in which nothing is written are not sent.
        let sure = views.iter().filter(|(_, sure)| *sure && self.whole);
        for name in sure.flat_map(|(layer, _)| branches(layer, "required")).filter_map(Value::as_str) {
            if !fields.contains_key(name)
                && let Some(value) = self.unsent(&properties(&views, name), 0)
            {
                fields.insert(name.to_owned(), value);
            }
        }
        fields
    }

    fn unsent(&self, schemas: &[&'s Value], depth: usize) -> Option<Value> {
        let views = views(self.root, schemas, None);
        let only = |kind: &str| {
            !views.is_empty()
                && views.iter().all(|(layer, sure)| *sure && (is_of(layer, kind) || !layer.contains_key("type")))
        };
        if views.iter().all(|(layer, _)| !layer.contains_key("type")) || depth > 4 {
            None
        } else if only("boolean") {
            Some(false.into())
        } else if only("array") {
            Some(Value::Array(Vec::new()))
        } else if only("object") {
            let required = views.iter().flat_map(|(layer, _)| branches(layer, "required")).filter_map(Value::as_str);
            let unsent = |name: &str| Some((name.to_owned(), self.unsent(&properties(&views, name), depth + 1)?));
            Some(Value::Object(required.filter_map(unsent).collect()))
        } else {
            None
        }
    }

    fn single(&self, schemas: &[&'s Value], text: &str) -> Value {
        let views = views(self.root, schemas, None);
        let takes = |kind: &str| views.iter().any(|(layer, _)| is_of(layer, kind));
        if takes("string") || views.is_empty() {
            return text.into();
        }
        let trimmed = text.trim();
        let read = match trimmed {
            "on" | "true" if takes("boolean") => Some(true.into()),
            "off" | "false" if takes("boolean") => Some(false.into()),
            _ if takes("integer") || takes("number") => number::read(trimmed, takes("number")),
            _ => None,
        };
        read.unwrap_or_else(|| text.into())
    }

    fn count(&mut self, count: usize, field: &str) -> Option<()> {
        if count > ITEMS {
            self.refusals.push(Refusal::of(Code::ListLong).at(field).fact("limit", ITEMS).fact("count", count));
            return None;
        }
        Some(())
    }
}

fn blank(text: &str) -> bool {
    text.trim().is_empty()
}

fn is_of(layer: &Map<String, Value>, kind: &str) -> bool {
    match layer.get("type") {
        Some(Value::String(only)) => only == kind,
        Some(Value::Array(kinds)) => kinds.iter().any(|one| one == kind),
        _ => {
            let choices = layer.get("const").into_iter().chain(branches(layer, "enum"));
            choices.into_iter().any(|choice| choice.is_string() && kind == "string")
        }
    }
}

fn is_secret(views: &[View]) -> bool {
    views.iter().any(|(layer, _)| layer.get("x-text").is_some_and(|kind| kind == "secret"))
}

fn items<'s>(views: &[View<'s>]) -> Vec<&'s Value> {
    views.iter().filter_map(|(layer, _)| layer.get("items")).collect()
}

fn properties<'s>(views: &[View<'s>], name: &str) -> Vec<&'s Value> {
    let named = |(layer, _): &View<'s>| layer.get("properties").and_then(|all| all.get(name));
    let found: Vec<&Value> = views.iter().filter_map(named).collect();
    if found.is_empty() {
        views.iter().filter_map(|(layer, _)| layer.get("additionalProperties")).collect()
    } else {
        found
    }
}

fn property<'s>(schema: &'s Value, name: &str) -> Vec<&'s Value> {
    properties(&views(schema, &[schema], None), name)
}

/// The keyword sets that may apply to a node: branches of a choice whose tag says otherwise are left out.
fn views<'s>(root: &'s Value, schemas: &[&'s Value], node: Option<&Node>) -> Vec<View<'s>> {
    let mut out = Vec::new();
    for schema in schemas {
        look(root, schema, node, schemas.len() == 1, 0, &mut out);
    }
    out
}

fn look<'s>(root: &'s Value, schema: &'s Value, node: Option<&Node>, sure: bool, hops: usize, out: &mut Vec<View<'s>>) {
    let Value::Object(layer) = schema else { return };
    if hops > 16 || out.len() > 200 {
        return;
    }
    out.push((layer, sure));
    let target = layer.get("$ref").and_then(Value::as_str).and_then(|reference| resolve(root, reference));
    for part in target.into_iter().chain(branches(layer, "allOf")) {
        look(root, part, node, sure, hops + 1, out);
    }
    for word in ["oneOf", "anyOf"] {
        // A form cannot send null.
        let fits = |branch: &&Value| !is_null(branch) && !contradicts(branch, node);
        let fitting: Vec<&Value> = branches(layer, word).iter().filter(fits).collect();
        for branch in &fitting {
            look(root, branch, node, sure && fitting.len() == 1, hops + 1, out);
        }
    }
}

/// Whether the node's texts contradict a constant of the branch.
fn contradicts(branch: &Value, node: Option<&Node>) -> bool {
    let (Some(Node::Branch(children)), Some(properties)) = (node, branch.get("properties").and_then(Value::as_object))
    else {
        return false;
    };
    properties.iter().any(|(name, schema)| match (schema.get("const").and_then(Value::as_str), children.get(name)) {
        (Some(only), Some(Node::Leaf(texts))) => texts[..] != [only],
        _ => false,
    })
}

#[cfg(test)]
mod tests;
