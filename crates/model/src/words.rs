//! Text as people write it: [`Line`] without line breaks, [`Prose`] with them.
//!
//! Both are kept trimmed and in Unicode NFC. Their limits are in characters and stand in their JSON schema, from which
//! [`crate::check`] refuses what is too long, empty or holds control characters, and where the personal-data guard looks.

use std::{borrow::Cow, fmt, ops::Deref};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, de};
#[cfg(not(target_arch = "wasm32"))]
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// One line of at least one and at most `MAX` characters.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Line<const MAX: usize>(String);

/// Text of at least one and at most `MAX` characters, with line breaks as `\n`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Prose<const MAX: usize>(String);

/// A secret that a person types, kept byte for byte: never normalised, trimmed, guarded or printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl JsonSchema for Secret {
    fn schema_name() -> Cow<'static, str> {
        "Secret".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "password", "minLength": 1, "maxLength": 512, "x-text": "secret" })
    }
}

/// Trimmed, in NFC, with `\r\n` and lone `\r` as `\n`.
pub fn tidy(text: &str) -> String {
    let trimmed = nfc(text.trim());
    if !trimmed.contains('\r') {
        return trimmed;
    }
    let mut after_return = false;
    let mut plain = String::with_capacity(trimmed.len());
    for character in trimmed.chars() {
        if !(after_return && character == '\n') {
            plain.push(if character == '\r' { '\n' } else { character });
        }
        after_return = character == '\r';
    }
    plain
}

#[cfg(not(target_arch = "wasm32"))]
fn nfc(text: &str) -> String {
    if text.is_ascii() || is_nfc(text) { text.to_owned() } else { text.nfc().collect() }
}

/// The tables would be half of what the browser downloads, and it has its own: the client normalises what is typed before it
/// asks, and the server whatever it is sent.
#[cfg(target_arch = "wasm32")]
fn nfc(text: &str) -> String {
    text.to_owned()
}

/// Whether `character` may not stand in any text: controls other than a line break and a tab, and the marks that turn the
/// direction of writing around.
pub fn is_forbidden(character: char) -> bool {
    (character.is_control() && !matches!(character, '\n' | '\r' | '\t'))
        || matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

macro_rules! text_type {
    ($name:ident, $kind:literal, $breaks:literal) => {
        impl<const MAX: usize> $name<MAX> {
            /// The tidied text; none when it is empty, longer than `MAX` characters, or holds what [`is_forbidden`]
            /// names (or, in a line, a line break).
            pub fn new(text: &str) -> Option<Self> {
                let text = tidy(text);
                let refused = text.is_empty()
                    || text.chars().count() > MAX
                    || text.chars().any(|c| is_forbidden(c) || (!$breaks && c == '\n'));
                (!refused).then_some(Self(text))
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }

            pub fn into_string(self) -> String {
                self.0
            }
        }

        impl<const MAX: usize> Deref for $name<MAX> {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl<const MAX: usize> fmt::Display for $name<MAX> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl<const MAX: usize> fmt::Debug for $name<MAX> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({} characters)", stringify!($name), self.0.chars().count())
            }
        }

        impl<'de, const MAX: usize> Deserialize<'de> for $name<MAX> {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = Cow::<str>::deserialize(from)?;
                Self::new(&text).ok_or_else(|| de::Error::custom(concat!("not a ", $kind, " within its limits")))
            }
        }

        impl<const MAX: usize> JsonSchema for $name<MAX> {
            fn schema_name() -> Cow<'static, str> {
                format!("{}{MAX}", stringify!($name)).into()
            }

            fn inline_schema() -> bool {
                true
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "minLength": 1, "maxLength": MAX, "x-text": $kind })
            }
        }
    };
}

text_type!(Line, "line", false);
text_type!(Prose, "prose", true);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_kept_in_one_form() {
        assert_eq!(Line::<10>::new("  s\u{30C}iaurė ").unwrap().as_str(), "šiaurė");
        assert_eq!(Prose::<10>::new("a\r\nb\rc").unwrap().as_str(), "a\nb\nc");
    }

    #[test]
    fn what_cannot_stand_in_a_text_is_refused() {
        assert!(Line::<3>::new("ąčę").is_some());
        for bad in ["", "   ", "ąčęė", "a\nb", "a\0b", "a\u{202E}b"] {
            assert!(Line::<3>::new(bad).is_none(), "{bad:?}");
        }
        assert!(Prose::<3>::new("a\nb").is_some());
    }
}
