//! Addresses of calls: one function splits and joins for the server, the client and the OpenAPI document.
//!
//! A template is a path with names in braces, each a whole segment: `/spaces/{space}/problems`. Fields of a call that the
//! template names travel in the path, the others in the query (or in the body of a call that has one).

use serde_json::{Map, Value};

use crate::endpoint::{Carries, Endpoint};

/// Where the API begins.
pub const BASE: &str = "/api/v1";

/// The names in the template's braces, in order.
pub fn names(template: &str) -> impl Iterator<Item = &str> {
    template.split('/').filter_map(name)
}

fn name(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

/// The decoded parts of `path` by the template's names; none when the path is not of the template. A query is not looked at.
pub fn split(template: &str, path: &str) -> Option<Vec<(String, String)>> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let mut given = path.split('/');
    let mut pairs = Vec::new();
    for segment in template.split('/') {
        let part = decode(given.next()?, false)?;
        match name(segment) {
            Some(_) if part.is_empty() => return None,
            Some(name) => pairs.push((name.to_owned(), part)),
            None if part != segment => return None,
            None => {}
        }
    }
    given.next().is_none().then_some(pairs)
}

/// The path of `call`, with its other fields as the query: lists repeat their name, nested ones are dotted (`evidence.0.text`),
/// nulls are left out. [`crate::form::from_pairs`] reads it back. A name that the call lacks leaves its segment empty.
pub fn join(template: &str, call: &Value) -> String {
    let mut address = path(template, call);
    let mut separator = '?';
    for (name, value) in query(template, call) {
        address.push(separator);
        address.push_str(&encode(&name));
        address.push('=');
        address.push_str(&encode(&value));
        separator = '&';
    }
    address
}

/// The path of `call` alone.
pub fn path(template: &str, call: &Value) -> String {
    let segment = |segment: &str| match name(segment) {
        Some(name) => encode(&call.get(name).and_then(plain).unwrap_or_default()),
        None => segment.to_owned(),
    };
    template.split('/').map(segment).collect::<Vec<_>>().join("/")
}

/// The fields of `call` that the template does not name, as pairs.
pub fn query(template: &str, call: &Value) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for (name, value) in call.as_object().into_iter().flatten() {
        if !names(template).any(|taken| taken == name) {
            flatten(name, value, &mut pairs);
        }
    }
    pairs
}

/// The address of a call on this server, `/api/v1` included; with the query when the call has no body of JSON.
pub fn url<E: Endpoint>(call: &E) -> String {
    let call = value(call);
    let rest = if sends_json::<E>() { path(E::PATH, &call) } else { join(E::PATH, &call) };
    format!("{BASE}{rest}")
}

/// The JSON body of a call: its fields that are not in its path; none when it sends none.
pub fn body<E: Endpoint>(call: &E) -> Option<Value> {
    if !sends_json::<E>() {
        return None;
    }
    let mut body = value(call);
    if let Some(fields) = body.as_object_mut() {
        fields.retain(|field, _| !names(E::PATH).any(|name| name == field));
    }
    Some(body)
}

fn sends_json<E: Endpoint>() -> bool {
    E::METHOD.has_body() && E::SENDS == Carries::Json
}

/// A call is an object; one that serde cannot write has no fields.
fn value<E: Endpoint>(call: &E) -> Value {
    serde_json::to_value(call).ok().filter(Value::is_object).unwrap_or_else(|| Value::Object(Map::new()))
}

fn flatten(name: &str, value: &Value, pairs: &mut Vec<(String, String)>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| flatten(&format!("{name}.{key}"), value, pairs)),
        Value::Array(items) => items.iter().enumerate().for_each(|(index, item)| match plain(item) {
            Some(text) => pairs.push((name.to_owned(), text)),
            None => flatten(&format!("{name}.{index}"), item, pairs),
        }),
        single => pairs.extend(plain(single).map(|text| (name.to_owned(), text))),
    }
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Percent-encodes all but the unreserved characters of RFC 3986; a segment of dots alone too, since browsers resolve those.
pub fn encode(text: &str) -> String {
    let dots = matches!(text, "." | "..");
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'.' if dots => out.push_str("%2E"),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => {
                out.push('%');
                for digit in [byte >> 4, byte & 15] {
                    out.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
                }
            }
        }
    }
    out
}

/// Undoes [`encode`]; none for a broken escape or what is not UTF-8. In a form (`plus`) a `+` is a space.
pub fn decode(text: &str, plus: bool) -> Option<String> {
    if !text.contains(['%', '+']) {
        return Some(text.to_owned());
    }
    let digit = |byte: Option<u8>| {
        byte.and_then(|byte| char::from(byte).to_digit(16)).and_then(|digit| u8::try_from(digit).ok())
    };
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'%' => digit(bytes.next())? << 4 | digit(bytes.next())?,
            b'+' if plus => b' ',
            byte => byte,
        });
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn parts(template: &str, path: &str) -> Option<Vec<String>> {
        split(template, path).map(|pairs| pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect())
    }

    #[test]
    fn a_path_is_split_by_its_template() {
        let template = "/spaces/{space}/problems/{problem}";
        assert_eq!(names(template).collect::<Vec<_>>(), ["space", "problem"]);
        assert_eq!(parts(template, "/spaces/a/problems/%C5%A1%2F?x=1").unwrap(), ["space=a", "problem=š/"]);
        assert_eq!(parts("/", "/").unwrap(), [""; 0]);
        assert_eq!(parts("/spaces", "/sp%61ces").unwrap(), [""; 0]);
        for other in [
            "/spaces/a/problems",
            "/spaces/a/problems/",
            "/spaces//problems/b",
            "/spaces/a/problems/b/",
            "",
            "/spaces/a/problemos/b",
            "/spaces/%/problems/b",
            "/spaces/%C5/problems/b",
        ] {
            assert_eq!(split(template, other), None, "{other}");
        }
    }

    #[test]
    fn a_call_is_joined_into_its_address() {
        let call = json!({
            "space": "a/b", "q": "šilta diena+", "area": ["steam", "x"], "draft": false, "none": null, "limit": 20,
            "near": [{ "x": 1, "y": [2, 3] }], "deep": { "er": "." },
        });
        assert_eq!(
            join("/spaces/{space}/problems", &call),
            "/spaces/a%2Fb/problems?area=steam&area=x&deep.er=%2E&draft=false&limit=20&near.0.x=1&near.0.y=2&near.0.y=3&q=%C5%A1ilta%20diena%2B"
        );
        assert_eq!(join("/a/{b}/c", &json!({})), "/a//c");
        assert_eq!(path("/{x}", &json!({ "x": ".." })), "/%2E%2E");
    }

    proptest! {
        #[test]
        fn what_is_joined_is_split_again(a in "\\PC{1,20}", b in any::<u64>()) {
            let call = json!({ "a": a, "b": b });
            let pairs = split("/x/{a}/{b}", &join("/x/{a}/{b}", &call)).unwrap();
            prop_assert_eq!(pairs, vec![("a".to_owned(), a), ("b".to_owned(), b.to_string())]);
        }

        #[test]
        fn nothing_in_a_path_is_fatal(template in "\\PC{0,40}", path in "\\PC{0,40}") {
            let _ = (split(&template, &path), decode(&path, true), join(&template, &json!({ path.as_str(): [path.as_str()] })));
        }
    }
}
