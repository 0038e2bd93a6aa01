//! Keys of entries that are data, not code: kinds of network and institution, topics of problems.
//!
//! A key is 1 to 40 of `a–z`, `0–9` and `_`, beginning with a letter; it stands in addresses and never changes.

use std::{borrow::Cow, fmt, str::FromStr};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, de};

use crate::letters;

fn is_key(text: &str) -> bool {
    text.len() <= 40
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// A key made of a name in Lithuanian: `Profesinio mokymo įstaiga` gives `profesinio_mokymo_istaiga`. `nth` tells apart what
/// would be the same; 1 adds nothing.
pub fn key_of(name: &str, nth: usize) -> String {
    let mut key = String::new();
    for letter in name.to_lowercase().chars() {
        let plain = match letters::bare(letter) {
            plain @ ('a'..='z' | '0'..='9') => plain,
            _ => '_',
        };
        if plain != '_' || !(key.is_empty() || key.ends_with('_')) {
            key.push(plain);
        }
    }
    if !key.starts_with(|first: char| first.is_ascii_lowercase()) {
        key.insert_str(0, "k_");
    }
    key.truncate(34);
    let key = key.trim_end_matches('_');
    if nth > 1 { format!("{key}_{nth}") } else { key.to_owned() }
}

macro_rules! keys {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => { $(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = &'static str;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                if is_key(text) { Ok(Self(text.to_owned())) } else { Err("not a key") }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                Cow::<str>::deserialize(from)?.parse().map_err(de::Error::custom)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn inline_schema() -> bool {
                true
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "pattern": "^[a-z][a-z0-9_]{0,39}$" })
            }
        }
    )* };
}

keys! {
    NetworkKind,
    InstitutionKind,
    /// An entry of the problem taxonomy.
    Topic,
}

/// An entry with its name in both languages.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Named<K> {
    pub key: K,
    pub lt: String,
    pub en: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_of_a_name() {
        assert_eq!(key_of("Profesinio mokymo įstaiga", 1), "profesinio_mokymo_istaiga");
        assert_eq!(key_of("  „Žiežulė“ – 2  ", 2), "ziezule_2_2");
        for name in ["", "–", "42", "Ы", &"ilgas vardas ".repeat(20)] {
            for nth in [1, 2, 10_000] {
                assert!(is_key(&key_of(name, nth)), "{name} {nth}: {}", key_of(name, nth));
            }
        }
    }
}
