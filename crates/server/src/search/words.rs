//! What a person typed, made ready to be looked up. It is cut into words and never parsed: there is no query language to inject.

use super::lithuanian::{self, fold, is_stopword, keys};

/// Longest text that is read, in characters; the call refuses a longer one.
pub const LONGEST: usize = 200;
/// Words looked up; those after them are left out.
pub const MOST: usize = 16;

/// The words of one search.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Words(pub Vec<Word>);

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Word {
    /// As typed, in NFC and lower case.
    pub spelled: String,
    /// The same without diacritics.
    pub folded: String,
    pub keys: Vec<String>,
}

impl Words {
    /// Without repeats, and without stop words unless there is nothing else.
    pub fn typed(text: &str) -> Self {
        let text: String = lithuanian::normal(text).chars().take(LONGEST).collect();
        let mut spelled: Vec<String> = Vec::new();
        for token in lithuanian::tokens(&text) {
            if !spelled.contains(&token.word) {
                spelled.push(token.word);
            }
        }
        if !spelled.iter().all(|word| is_stopword(word)) {
            spelled.retain(|word| !is_stopword(word));
        }
        Self(spelled.into_iter().take(MOST).map(Word::new).collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Which of the words a word of a text stands for, in the way that `near` allows.
    pub(super) fn place(&self, word: &str, near: bool) -> Option<usize> {
        // Keys keep the first letter: most words of a text are passed over by it.
        let first = |text: &str| text.chars().next().map(model::letters::bare);
        if !near && !self.0.iter().any(|typed| first(&typed.folded) == first(word)) {
            return None;
        }
        let found = keys(word);
        let same =
            self.0.iter().position(|typed| typed.spelled == word || typed.keys.iter().any(|key| found.contains(key)));
        if same.is_some() || !near {
            return same;
        }
        let plain = fold(word);
        self.0.iter().enumerate().position(|(place, typed)| {
            let begun = place + 1 == self.0.len() && typed.can_begin() && plain.starts_with(&typed.folded);
            begun || typed.keys.iter().any(|key| can_err(key) && found.iter().any(|other| one_typo(key, other)))
        })
    }
}

impl Word {
    fn new(spelled: String) -> Self {
        Self { folded: fold(&spelled), keys: keys(&spelled), spelled }
    }

    /// Two letters begin too many words.
    pub(super) fn can_begin(&self) -> bool {
        self.folded.chars().count() >= 3
    }
}

/// In a short word one letter makes another word.
pub(super) fn can_err(key: &str) -> bool {
    key.chars().count() >= 5
}

/// One letter more, less, other, or two neighbours exchanged.
fn one_typo(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > 1 {
        return false;
    }
    let head = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[head..], &other[head..]);
    let tail = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    match (&one[..one.len() - tail], &other[..other.len() - tail]) {
        ([], []) | ([_], []) | ([], [_]) | ([_], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(text: &str) -> Vec<String> {
        Words::typed(text).0.into_iter().map(|word| word.spelled).collect()
    }

    #[test]
    fn what_is_typed_is_words_and_nothing_else() {
        assert_eq!(
            spelled("title:(Mokinių OR *) AND -\"pagalba\"~2^9"),
            ["title", "mokinių", "or", "and", "pagalba", "2", "9"]
        );
        assert_eq!(spelled("mokinių ir tėvų, tėvų"), ["mokinių", "tėvų"]);
        assert_eq!(spelled("ir su"), ["ir", "su"]);
        assert_eq!(spelled(" –!? "), Vec::<String>::new());
    }

    #[test]
    fn a_search_is_bounded() {
        let many: String = (10..60).map(|n| format!("{n} ")).collect();
        assert_eq!(Words::typed(&many).0.len(), MOST);
        assert_eq!(Words::typed(&"š".repeat(100_000)).0.len(), 1);
    }

    #[test]
    fn one_typo_is_one_letter_or_two_exchanged() {
        for other in ["motyvacij", "motivacij", "motyvcij", "motyvaccij", "omtyvacij", "motyvacji"] {
            assert!(one_typo("motyvacij", other), "{other}");
        }
        for other in ["matyvacja", "motyv", "omtyvacji"] {
            assert!(!one_typo("motyvacij", other), "{other}");
        }
    }
}
