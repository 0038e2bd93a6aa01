//! From the text of a document to what is indexed of it. Most words of a text were in one before, so each is analysed once.

use std::{collections::HashMap, ops::Range};

use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use super::lithuanian::{self, fold, is_stopword, keys};

/// What is indexed of a word.
#[derive(Clone, Copy)]
enum Of {
    /// Its keys; a stop word has none.
    Keys,
    /// The word as spelled, and without diacritics.
    Spelling,
}

/// The names under which the index's schema asks for the two.
pub(super) const KEYS: &str = "keys";
pub(super) const SPELLING: &str = "spelling";

pub(super) fn register(tokenizers: &TokenizerManager) {
    tokenizers.register(KEYS, Analysis::new(Of::Keys));
    tokenizers.register(SPELLING, Analysis::new(Of::Spelling));
}

struct Analysis {
    of: Of,
    /// Words met, as they stood in the text, with where their terms lie in `terms`.
    known: HashMap<Box<str>, Range<usize>>,
    terms: String,
}

/// Ends each term; no word has it.
const END: char = '\n';

impl Analysis {
    /// Words kept for reuse: a vocabulary, not every number and typo of a country.
    const LIMIT: usize = 50_000;

    fn new(of: Of) -> Self {
        Self { of, known: HashMap::new(), terms: String::new() }
    }

    fn terms_of(&mut self, run: &str) -> Range<usize> {
        if let Some(range) = self.known.get(run) {
            return range.clone();
        }
        let begin = self.terms.len();
        let mut word = String::new();
        lithuanian::lower(run, &mut word);
        let terms = match self.of {
            Of::Keys if is_stopword(&word) => Vec::new(),
            Of::Keys => keys(&word),
            Of::Spelling => {
                let plain = fold(&word);
                if plain == word { vec![plain] } else { vec![plain, word] }
            }
        };
        for term in terms {
            self.terms.push_str(&term);
            self.terms.push(END);
        }
        let range = begin..self.terms.len();
        self.known.insert(run.into(), range.clone());
        range
    }
}

/// One for each thread that indexes, so that none waits for another's.
impl Clone for Analysis {
    fn clone(&self) -> Self {
        Self::new(self.of)
    }
}

impl Tokenizer for Analysis {
    type TokenStream<'a> = Terms<'a>;

    /// Expects `text` in NFC.
    fn token_stream<'a>(&'a mut self, text: &'a str) -> Terms<'a> {
        if self.known.len() > Self::LIMIT {
            self.known.clear();
            self.terms.clear();
        }
        Terms { analysis: self, text, rest: 0, next: 0..0, token: Token { position: 0, ..Token::default() } }
    }
}

struct Terms<'a> {
    analysis: &'a mut Analysis,
    text: &'a str,
    /// Where the part of `text` begins that is not read yet.
    rest: usize,
    /// Where the terms of the word lie that are still to come.
    next: Range<usize>,
    /// Positions are not kept: no search asks for words side by side.
    token: Token,
}

impl TokenStream for Terms<'_> {
    fn advance(&mut self) -> bool {
        while self.next.is_empty() {
            let Some(at) = lithuanian::run(self.text, self.rest) else { return false };
            self.rest = at.end;
            self.next = self.analysis.terms_of(&self.text[at]);
        }
        let terms = &self.analysis.terms[self.next.clone()];
        let term = terms.split(END).next().unwrap_or_default();
        self.token.text.clear();
        self.token.text.push_str(term);
        self.next.start += term.len() + END.len_utf8();
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(of: Of, text: &str) -> Vec<String> {
        let mut analysis = Analysis::new(of);
        let mut found = Vec::new();
        // The second time all words are known.
        for _ in 0..2 {
            found.clear();
            analysis.token_stream(text).process(&mut |token| found.push(token.text.clone()));
        }
        found
    }

    #[test]
    fn each_word_gives_its_keys_or_its_spellings_in_the_order_of_the_text() {
        assert_eq!(
            terms(Of::Spelling, "Mokytojų DARBAS – mokytojų."),
            ["mokytoju", "mokytojų", "darbas", "mokytoju", "mokytojų"]
        );
        let expected: Vec<_> = ["ugdymo", "mokytojų"].into_iter().flat_map(keys).collect();
        assert_eq!(terms(Of::Keys, "ugdymo ir mokytojų"), expected);
        assert_eq!(terms(Of::Keys, " – ir"), Vec::<String>::new());
    }
}
