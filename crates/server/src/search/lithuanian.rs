//! Lithuanian words made comparable: what is indexed for a word, and what is looked up for it.
//!
//! A word gets one to three keys, all without diacritics. Two words are joined when they share a key. The base is the Snowball
//! stemmer, applied to the word as written (then folded) and to the folded word with its endings guessed back; around it
//! stand [`rules`] of our own for what it joins or parts wrongly. How well it does is in `docs/search.md`.

use std::{borrow::Cow, ops::Range};

use model::letters::bare;
use snowball_stemmers_rs::{Algorithm, Stemmer};
use unicode_normalization::{UnicodeNormalization, is_nfc};

pub mod measure;
mod rules;
mod stopwords;

use rules::Shape;
pub use stopwords::is_stopword;

/// Number of the analysis. An index made by another number is rebuilt: raise it with every change of keys or words.
pub const VERSION: u32 = 2;

/// Longer words are cut here, in characters; no Lithuanian word comes near.
const LONGEST: usize = 48;

/// A word found in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Token {
    /// Where it stands, in bytes.
    pub at: Range<usize>,
    /// In NFC and lower case, at most 48 characters of it.
    pub word: String,
}

/// `text` in NFC, which [`tokens`] expects.
pub fn normal(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc(text) { Cow::Borrowed(text) } else { text.nfc().collect::<String>().into() }
}

/// The words of `text`: runs of letters and digits.
pub fn tokens(text: &str) -> impl Iterator<Item = Token> + '_ {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let at = run(text, rest)?;
        rest = at.end;
        let mut word = String::new();
        lower(&text[at.clone()], &mut word);
        Some(Token { at, word })
    })
}

/// The first run of letters and digits of `text` that begins at byte `from` or later.
pub(super) fn run(text: &str, from: usize) -> Option<Range<usize>> {
    let start = from + text[from..].find(char::is_alphanumeric)?;
    let end = text[start..].find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |length| start + length);
    Some(start..end)
}

/// `run` in lower case, its first 48 characters, put in the place of what is in `word`.
pub(super) fn lower(run: &str, word: &mut String) {
    word.clear();
    word.extend(run.chars().flat_map(char::to_lowercase).take(LONGEST));
}

/// The letters of `word` without diacritics; expects NFC and lower case.
pub fn fold(word: &str) -> String {
    word.chars().map(bare).collect()
}

/// Keys of one word in NFC and lower case: one to three, without repeats, in no order of meaning. All begin with the word's first
/// letter without its diacritic.
pub fn keys(word: &str) -> Vec<String> {
    let plain = fold(word);
    // The endings below are of Lithuanian letters; other scripts, numbers and the shortest words stand for themselves.
    if plain.len() <= 3 || !plain.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return vec![plain];
    }
    match rules::shape(word, &plain) {
        Some(Shape::Sure(key)) => vec![key],
        Some(Shape::Like(other)) => vec![stem(&other)],
        Some(Shape::Maybe(key)) => with(stems(word, &plain), key),
        None => stems(word, &plain),
    }
}

/// `fold(stem(word))` and `stem(fold(word))`, each with the rules around it.
fn stems(word: &str, plain: &str) -> Vec<String> {
    with(vec![stem(&rules::prepare(word))], stem(&rules::unfold(&rules::prepare(plain))))
}

fn stem(word: &str) -> String {
    rules::finish(&fold(&Stemmer::create(Algorithm::Lithuanian).stem(word)))
}

fn with(mut keys: Vec<String>, key: String) -> Vec<String> {
    if !keys.contains(&key) {
        keys.push(key);
    }
    keys
}

#[cfg(test)]
mod tests;
