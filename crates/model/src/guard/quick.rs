//! Whether a text can be let past the search for pupils without being cut into words.
//!
//! A finding needs a sentence that speaks of pupils, parents, diagnoses or a class. Most lines of a live session speak of none, and
//! seeing that is much less work than the search. It errs only towards searching, which its test holds it to.

use super::{
    digits::is_invisible,
    pupil::is_roman_class,
    words::{DIAGNOSES, PARENTS, PUPILS},
};

/// What else makes a sentence one that is searched: `pupil::About`.
const OTHERS: [&str; 3] = ["klas", "mokosi", "poreikiai"];

const STEMS: [&[&str]; 4] = [&PUPILS, &DIAGNOSES, &PARENTS, &OTHERS];

/// Whether no word of the text makes a sentence speak of pupils. False whenever it takes more than a glance to know: a digit may be
/// that of a class, an invisible mark may stand inside of a word, and letters beyond Europe's are not compared here.
pub(super) fn is_plain(text: &str) -> bool {
    let mut inside = false;
    for (at, c) in text.char_indices() {
        let letter = match c {
            'a'..='z' | 'A'..='Z' => true,
            '\0'..='/' | ':'..='\u{7F}' => false,
            '0'..='9' | '\u{130}' => return false,
            // Each of these has one small letter, and but for two the first byte of both is the same.
            '\u{C0}'..='\u{17F}' => c.is_alphabetic(),
            _ if c.is_alphabetic() || is_invisible(c) => return false,
            _ => false,
        };
        if letter && !inside && speaks(text, at, c) {
            return false;
        }
        inside = letter;
    }
    true
}

/// Whether the word that begins at `at` with the letter `first` makes a sentence one that is searched.
fn speaks(text: &str, at: usize, first: char) -> bool {
    let rest = &text[at..];
    let telling = !first.is_ascii() || may_begin(rest.as_bytes());
    (telling && STEMS.iter().any(|stems| stems.iter().any(|stem| begins(rest, stem))))
        || (matches!(first, 'I' | 'k' | 'K') && is_class(rest))
}

/// The first three bytes of telling words that begin with an ASCII letter: five bits of each, so that small and capital are alike.
static BEGINNINGS: [u32; 1024] = {
    let mut table = [0; 1024];
    let mut list = 0;
    while list < STEMS.len() {
        let mut at = 0;
        while at < STEMS[list].len() {
            let stem = STEMS[list][at].as_bytes();
            // The second byte of a letter of two differs between small and capital.
            let inside_of_letter = stem[2] & 0b1100_0000 == 0b1000_0000;
            table[place(stem[0], stem[1])] |= if inside_of_letter { u32::MAX } else { 1 << (stem[2] & 31) };
            at += 1;
        }
        list += 1;
    }
    table
};

const fn place(first: u8, second: u8) -> usize {
    ((first & 31) as usize) << 5 | (second & 31) as usize
}

fn may_begin(rest: &[u8]) -> bool {
    matches!(*rest, [first, second, third, ..] if BEGINNINGS[place(first, second)] & (1 << (third & 31)) != 0)
}

/// `kl.`, `IIIb`.
fn is_class(rest: &str) -> bool {
    let word = &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())];
    word.eq_ignore_ascii_case("kl") || is_roman_class(word)
}

fn begins(rest: &str, stem: &str) -> bool {
    let mut letters = rest.chars().flat_map(char::to_lowercase);
    stem.chars().all(|c| letters.next() == Some(c))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::guard::pupil::search;

    #[test]
    fn an_ordinary_line_is_let_past_and_one_about_pupils_is_not() {
        for plain in [
            "Rytoj per antrą pamoką išbandysime trumpas užduotis poromis, o po savaitės pasidalysime, kas pavyko.",
            "Ačiū, Rasa, labai įdomu! Iki pirmadienio – „Ąžuolas“.",
            "Klausimas: ar mokytojai spėja?",
        ] {
            assert!(is_plain(plain), "{plain}");
        }
        for telling in [
            "Petro MAMA",
            "Šeimos",
            "šešios, 6",
            "IIIb",
            "Ona, trečios kl.",
            "Mokosi",
            "Mo\u{AD}kinys",
            "Дети",
            "įTĖVIS",
            "ŠEIMA",
            "SŪNUS",
            "Tėvai",
            "TĖVAI",
            "Ona, Kl.",
            "Poreikiai",
            "Intelektas",
        ] {
            assert!(!is_plain(telling), "{telling}");
        }
    }

    #[test]
    fn what_the_search_finds_is_never_let_past() {
        for line in include_str!("cases.tsv").lines() {
            let text = line.split_once('\t').map_or(line, |(_, text)| text);
            assert!(search(text).is_empty() || !is_plain(text), "{text}");
        }
    }

    /// Words that make findings, in every case of letters, beside others.
    fn word() -> impl Strategy<Value = String> {
        let telling = STEMS.concat();
        let stem =
            (prop::sample::select(telling), "(ys|io|ai|a|os|ė|ui|)").prop_map(|(stem, end)| format!("{stem}{end}"));
        let word = prop_oneof![
            4 => stem,
            4 => "(Jonas|Ona|Petraitis|Xavier|Smith|P\\.|J\\.|Luko|Ugnė|mokytoja|klausimas|ir|turi|vardu|yra|iš)",
            2 => "(IIIb|IVg|Ia|5b|7|kl\\.|klasės|pirmos|antrų|mokosi|poreikiai)",
            1 => "\\PC{1,4}",
        ];
        (word, 0..4u8).prop_map(|(word, shape)| match shape {
            0 => word.to_uppercase(),
            1 => word
                .char_indices()
                .map(|(at, c)| if at == 0 { c.to_uppercase().to_string() } else { c.into() })
                .collect(),
            _ => word,
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

        #[test]
        fn letting_past_never_changes_what_is_found(
            parts in prop::collection::vec((word(), "( |, |\\. |-|\u{200B}|\\n|: „|)"), 0..8),
        ) {
            let text: String = parts.into_iter().map(|(word, gap)| word + &gap).collect();
            prop_assert!(search(&text).is_empty() || !is_plain(&text), "{}", text);
        }
    }
}
