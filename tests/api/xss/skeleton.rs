//! What a browser makes elements of: told by a tokenizer that follows the standard of HTML.

use std::collections::BTreeSet;

use html5gum::{DefaultEmitter, Token, Tokenizer};

/// An element with the names of its attributes in order, and where it leads or loads from.
pub struct Tag {
    pub name: String,
    pub leads: Vec<String>,
}

/// Attributes by which a page leads or loads.
const LEADING: [&str; 9] = ["href", "src", "action", "formaction", "data", "srcset", "poster", "xlink:href", "content"];

pub fn tags(page: &str) -> Vec<Tag> {
    let mut emitter = DefaultEmitter::default();
    // As a browser: nothing is an element within a style sheet, a title or a text field.
    emitter.naively_switch_states(true);
    let mut tags = Vec::new();
    for Ok(token) in Tokenizer::new_with_emitter(page, emitter) {
        let Token::StartTag(tag) = token else { continue };
        let mut name = String::from_utf8_lossy(&tag.name).into_owned();
        let mut leads = Vec::new();
        for (key, value) in &tag.attributes {
            let key = String::from_utf8_lossy(key).into_owned();
            name += " ";
            name += &key;
            if LEADING.contains(&key.as_str()) && !name.starts_with("meta") {
                leads.push(String::from_utf8_lossy(value).into_owned());
            }
        }
        tags.push(Tag { name, leads });
    }
    tags
}

/// An address that runs nothing.
pub fn is_safe(address: &str) -> bool {
    let inside = ["/", "#", "?"].iter().any(|start| address.starts_with(start)) && !address.starts_with("//");
    inside || ["https://", "http://", "mailto:"].iter().any(|start| address.starts_with(start)) || address.is_empty()
}

/// The first element in which the pages differ.
pub fn difference(page: &[Tag], plain: &[Tag]) -> Option<String> {
    let at = (0..page.len().max(plain.len()))
        .find(|at| page.get(*at).map(|tag| &tag.name) != plain.get(*at).map(|tag| &tag.name))?;
    let name = |tags: &[Tag]| tags.get(at).map_or("nothing", |tag| &tag.name).to_owned();
    Some(format!("element {at} is „{}“ where „{}“ was", name(page), name(plain)))
}

pub fn names(tags: &[Tag]) -> BTreeSet<&str> {
    tags.iter().map(|tag| tag.name.as_str()).collect()
}

#[test]
fn an_element_or_an_attribute_more_is_seen() {
    let plain = tags(r#"<p class="a">x</p>"#);
    assert!(difference(&tags(r#"<p class="&lt;b onclick=&quot;">&lt;script&gt;</p>"#), &plain).is_none());
    for broken in [
        r#"<p class="a"><b>x</b></p>"#,
        r#"<p class="a" onclick="x">x</p>"#,
        r#"<p class="a"onclick="x">x</p>"#,
        r#"<p class=a/onclick=x>x</p>"#,
        "<p class='a'\tonclick=x>x</p>",
    ] {
        let found = difference(&tags(broken), &plain).is_some();
        assert!(found || broken.contains("a/onclick"), "{broken}");
    }
    // What closes a text field early makes elements; what only stands in it does not.
    let field = tags("<textarea><b></textarea>");
    assert_eq!(names(&field), BTreeSet::from(["textarea"]));
    assert_eq!(names(&tags("<textarea></textarea><b></textarea>")), BTreeSet::from(["textarea", "b"]));
    assert_eq!(names(&tags("<title><b></title><style><i></style>")), BTreeSet::from(["title", "style"]));
    for address in ["javascript:alert(1)", " javascript:x", "data:text/html,x", "//kitur.example/x", "vbscript:x"] {
        assert!(!is_safe(address), "{address}");
    }
}
