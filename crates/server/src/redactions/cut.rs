//! Finding a passage in a text, and the text without it.

use std::ops::Range;

use model::redactions::{Passage, mark};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::auth::digest;

/// The fields of stored JSON that people write. Keys of taxonomies, ids and states stand in others and are left alone.
const WRITTEN: [&str; 25] = [
    "title",
    "text",
    "group",
    "goal",
    "summary",
    "context",
    "steps",
    "who",
    "time",
    "materials",
    "result",
    "limits",
    "evidence",
    "note",
    "name",
    "school",
    "reason",
    "about",
    "team_name",
    "people",
    "question",
    "options",
    "columns",
    "texts",
    "former",
];

/// What is kept of a passage: enough to know it again, and not the passage.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Trace {
    /// In characters.
    pub length: usize,
    pub salt: String,
    /// SHA-256 of salt and passage, in hex.
    pub hash: String,
}

impl Trace {
    pub fn of(passage: &Passage, salt: String) -> Self {
        let hash = digest(&format!("{salt}{}", passage.as_str()));
        Self { length: passage.as_str().chars().count(), salt, hash }
    }

    fn fits(&self, window: &str) -> bool {
        digest(&format!("{}{window}", self.salt)) == self.hash
    }
}

/// What is cut out of texts.
pub enum Cut<'a> {
    Passage(&'a str),
    /// One that is known only by its trace: slower, every part of that length is looked at.
    Known(&'a Trace),
}

impl Cut<'_> {
    /// The text without it; none when it is not there.
    pub fn text(&self, text: &str) -> Option<String> {
        match self {
            Cut::Passage(passage) => {
                let mark = mark(passage.chars().count());
                text.contains(passage).then(|| text.replace(passage, mark))
            }
            Cut::Known(trace) => known(trace, text),
        }
    }

    /// Where it stands in the text, in bytes.
    pub fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        match self {
            Cut::Passage(passage) => text.match_indices(passage).map(|(at, found)| at..at + found.len()).collect(),
            Cut::Known(trace) => places(trace, text),
        }
    }

    /// JSON without it, in whatever people wrote.
    pub fn json(&self, text: &str) -> Option<String> {
        let mut value: Value = serde_json::from_str(text).ok()?;
        self.walk(&mut value, false).then(|| value.to_string())
    }

    /// A stored event without it.
    pub fn event(&self, text: &str) -> Option<String> {
        self.json(text)
    }

    fn walk(&self, value: &mut Value, written: bool) -> bool {
        match value {
            // Beside a name may stand the id of whose it is.
            Value::String(text) if written && uuid::Uuid::try_parse(text).is_err() => match self.text(text) {
                Some(cut) => {
                    *text = cut;
                    true
                }
                None => false,
            },
            Value::Array(items) => items.iter_mut().fold(false, |found, item| self.walk(item, written) | found),
            Value::Object(fields) => fields
                .iter_mut()
                .fold(false, |found, (name, field)| self.walk(field, WRITTEN.contains(&name.as_str())) | found),
            _ => false,
        }
    }
}

fn known(trace: &Trace, text: &str) -> Option<String> {
    let (mut cut, mut kept) = (String::new(), 0);
    for place in places(trace, text) {
        cut.push_str(&text[kept..place.start]);
        cut.push_str(mark(trace.length));
        kept = place.end;
    }
    (kept > 0).then(|| cut + &text[kept..])
}

fn places(trace: &Trace, text: &str) -> Vec<Range<usize>> {
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let (mut found, mut at) = (Vec::new(), 0);
    while trace.length > 0 && at + trace.length < starts.len() {
        let (from, to) = (starts[at], starts[at + trace.length]);
        if trace.fits(&text[from..to]) {
            found.push(from..to);
            at += trace.length;
        } else {
            at += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trace(passage: &str) -> Trace {
        Trace::of(&Passage::new(passage).unwrap(), "druska".into())
    }

    #[test]
    fn a_passage_is_cut_alike_by_itself_and_by_its_trace() {
        for (passage, text, left) in [
            ("Jonukas", "Jonukas ir Jonukas", "[…] ir […]"),
            ("Ąžuolėlis Jonas", "Su Ąžuolėlis Jonas.", "Su [pašalinta]."),
            ("ąčę", "ąčęąčę", "[…][…]"),
        ] {
            assert_eq!(Cut::Passage(passage).text(text).as_deref(), Some(left));
            assert_eq!(Cut::Known(&trace(passage)).text(text).as_deref(), Some(left));
        }
        assert_eq!(Cut::Known(&trace("Jonukas")).text("Jonuka"), None);
        assert_eq!(Cut::Passage("Jonukas").text("Jonuka"), None);
    }

    #[test]
    fn in_json_only_what_people_wrote_is_cut() {
        let json = r#"{"area":"motivation","title":"motivation","evidence":[{"kind":"motivation","text":"a \"motivation\""}]}"#;
        let cut: Value = serde_json::from_str(&Cut::Passage("motivation").json(json).unwrap()).unwrap();
        assert_eq!(cut["area"], "motivation");
        assert_eq!(cut["title"], "[…]");
        assert_eq!(cut["evidence"][0]["kind"], "motivation");
        assert_eq!(cut["evidence"][0]["text"], "a \"[…]\"");
        // A passage that is a part of an id does not touch the id.
        let people = r#"{"people":[["0192f0c1-2b3c-7d4e-8f50-000000000011","Klasė 0192"]]}"#;
        let cut: Value = serde_json::from_str(&Cut::Passage("0192").json(people).unwrap()).unwrap();
        assert_eq!(cut["people"][0][0], "0192f0c1-2b3c-7d4e-8f50-000000000011");
        assert_eq!(cut["people"][0][1], "Klasė […]");
    }
}
