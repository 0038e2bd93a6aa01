//! Order of texts as CLDR puts it for Lithuanian.
//!
//! Č, š and ž are letters of their own; ą, ę, ė, į, y, ų and ū differ from a, e, i and u only when all else is equal, and capitals
//! from small letters only after that (ia, ya, ib, įb, yb, iz). The databases sort by the key as by plain bytes, since their own
//! collations differ. The letters of other alphabets stand behind ours, by their number in Unicode.

use std::fmt::Write;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class};

/// What stands before the digits, in its order.
const MARKS: &str = "\t\n _-–—,;:!¡?¿.·'‘’‚‹›\"“”„«»()[]{}§@*/\\&#%†‡•`^°©®←→+±÷×<=>|~−■▪$£€";
const DIGITS: &str = "0123456789";
const LETTERS: &str = "abcčdefghijklmnopqrsštuvwxzž";
/// Accents in their order, behind those that make a Lithuanian letter.
const ACCENTS: &str =
    "\u{301}\u{300}\u{306}\u{302}\u{30C}\u{30A}\u{308}\u{30B}\u{303}\u{307}\u{338}\u{327}\u{328}\u{304}";

/// Weights of a letter without an accent, the least of their level: a tail of them is left out.
const PLAIN: u8 = 1;
const SMALL: u8 = 1;
const CAPITAL: u8 = 2;

/// In which order a list stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// The latest first.
    #[default]
    Newest,
    /// By title, as Lithuanian sorts.
    Title,
}

impl Order {
    pub const ALL: [Order; 2] = [Order::Newest, Order::Title];
}

/// The key of `text`: lower-case hexadecimal digits that sort by bytes as the texts do in Lithuanian. Texts that differ in
/// nothing that can be seen have the same key.
pub fn sort_key(text: &str) -> String {
    let mut key = Key::default();
    let decomposed: Vec<char> = text.nfd().collect();
    let mut rest = &decomposed[..];
    while let Some((&base, after)) = rest.split_first() {
        let marks = after.iter().take_while(|mark| canonical_combining_class(**mark) != 0).count();
        key.letter(base, &after[..marks]);
        rest = &after[marks..];
    }
    key.text()
}

#[derive(Default)]
struct Key {
    letters: Vec<u8>,
    accents: Vec<u8>,
    cases: Vec<u8>,
}

impl Key {
    fn letter(&mut self, base: char, marks: &[char]) {
        if let Some(parts) = expansion(base) {
            for part in parts.chars() {
                self.letter(part, if parts.ends_with(part) { marks } else { &[] });
            }
            return;
        }
        if canonical_combining_class(base) != 0 {
            return self.accent(base);
        }
        let (base, stroke) = unstroked(base);
        let small = base.to_lowercase().next().unwrap_or(base);
        let case = match base {
            '\u{A0}' | '\u{202F}' | '\u{2009}' => CAPITAL,
            _ if small == base => SMALL,
            _ => CAPITAL,
        };
        let own = ours(small, marks);
        let accent = own.map_or(PLAIN, |(_, _, accent)| accent);
        let accent = match small {
            // Quotation marks of a kind differ as accents do: when all letters are equal.
            '“' | '‘' => 2,
            'y' | '”' | '’' => 3,
            '„' | '‚' => 4,
            _ => accent,
        };
        if !self.rank(own.map_or(small, |(_, letter, _)| letter)) {
            return;
        }
        self.accents.push(accent);
        self.cases.push(case);
        if stroke {
            self.accent('\u{338}');
        }
        for (at, mark) in marks.iter().enumerate() {
            // A dot under another accent is only how Lithuanian writes the accent: i̇́ is í.
            let kept_dot = *mark == '\u{307}' && matches!(marks.get(at + 1), Some('\u{300}' | '\u{301}' | '\u{303}'));
            if own.is_none_or(|(taken, ..)| taken != at) && !kept_dot {
                self.accent(*mark);
            }
        }
    }

    fn accent(&mut self, mark: char) {
        let rank = place(ACCENTS, mark, 8).unwrap_or(0x40);
        self.accents.push(rank);
        self.cases.push(SMALL);
    }

    /// Whether the character counts at all.
    fn rank(&mut self, small: char) -> bool {
        let small = match small {
            'y' => 'i',
            '\u{A0}' | '\u{202F}' | '\u{2009}' => ' ',
            '“' | '”' | '„' => '"',
            '‘' | '’' | '‚' => '\'',
            other => other,
        };
        let first = 2 + u8::try_from(MARKS.chars().count()).unwrap_or(u8::MAX);
        let known = place(MARKS, small, 2)
            .or_else(|| place(DIGITS, small, first))
            .or_else(|| place(LETTERS, small, first + 10));
        match known {
            Some(rank) => self.letters.push(rank),
            None if small.is_control() || crate::guard::is_invisible(small) => return false,
            None => {
                self.letters.push(0xF0);
                self.letters.extend(&u32::from(small).to_be_bytes()[1..]);
            }
        }
        true
    }

    fn text(mut self) -> String {
        trim(&mut self.accents, PLAIN);
        trim(&mut self.cases, SMALL);
        let mut text = String::with_capacity(2 * (self.letters.len() + self.accents.len() + self.cases.len() + 2));
        let levels = self.letters.iter().chain(&[0]).chain(&self.accents).chain(&[0]).chain(&self.cases);
        for byte in levels {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        text
    }
}

fn trim(weights: &mut Vec<u8>, least: u8) {
    while weights.last() == Some(&least) {
        weights.pop();
    }
}

fn place(order: &str, c: char, first: u8) -> Option<u8> {
    order.chars().position(|other| other == c).and_then(|at| u8::try_from(at).ok()).map(|at| at + first)
}

/// The Lithuanian letter that `base` is with one of its marks: which mark, the letter it sorts as, its weight among them.
fn ours(base: char, marks: &[char]) -> Option<(usize, char, u8)> {
    marks.iter().enumerate().find_map(|(at, mark)| {
        let class = canonical_combining_class(*mark);
        // A mark in the same place before it takes the letter.
        if marks[..at].iter().any(|before| canonical_combining_class(*before) == class) {
            return None;
        }
        let (letter, accent) = match (base, mark) {
            ('c', '\u{30C}') => ('č', PLAIN),
            ('s', '\u{30C}') => ('š', PLAIN),
            ('z', '\u{30C}') => ('ž', PLAIN),
            ('a' | 'e' | 'i' | 'u', '\u{328}') => (base, 2),
            ('e', '\u{307}') | ('u', '\u{304}') => (base, 3),
            _ => return None,
        };
        Some((at, letter, accent))
    })
}

/// Letters that sort as several.
fn expansion(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'Æ' => "AE",
        'œ' => "oe",
        'Œ' => "OE",
        '…' => "...",
        _ => return None,
    })
}

fn unstroked(c: char) -> (char, bool) {
    match c {
        'ł' => ('l', true),
        'Ł' => ('L', true),
        'ø' => ('o', true),
        'Ø' => ('O', true),
        'đ' => ('d', true),
        'Đ' => ('D', true),
        other => (other, false),
    }
}

#[cfg(test)]
mod tests {
    use icu_collator::{Collator, CollatorBorrowed, options::CollatorOptions};
    use proptest::prelude::*;

    use super::*;

    fn lithuanian() -> CollatorBorrowed<'static> {
        let locale: icu_locale_core::Locale = "lt".parse().unwrap();
        Collator::try_new((&locale).into(), CollatorOptions::default()).unwrap()
    }

    fn sorted<'t>(words: &[&'t str]) -> Vec<&'t str> {
        let mut sorted = words.to_vec();
        sorted.sort_by_key(|word| sort_key(word));
        sorted
    }

    #[test]
    fn letters_of_lithuanian_stand_in_their_order() {
        for words in [
            &["ia", "ya", "ib", "įb", "yb", "iz"][..],
            &["C", "Č"],
            &["a", "A", "ą", "Ą", "b", "c", "č", "Č", "d", "e", "ę", "ė", "f"],
            &["Sakalas", "Suoliukas", "Šakiai", "Šalčininkai", "Tauragė"],
            &["ųžas", "uždavinys", "ūžesys", "užuot"],
            &["Yla", "ilgas", "įlanka", "ylanka"],
            &[
                "5 klasė",
                "Akmenė",
                "Ąžuolas",
                "Čekiškė",
                "Dotnuva",
                "Ėriškiai",
                "Yliai",
                "Įsrutis",
                "Šilutė",
                "Utena",
                "Ūla",
                "Zarasai",
                "Žagarė",
            ],
        ] {
            let mut by_icu = words.to_vec();
            by_icu.sort_by(|a, b| lithuanian().compare(a, b));
            let mut shuffled = words.to_vec();
            shuffled.reverse();
            assert_eq!(sorted(&shuffled), by_icu);
        }
        assert_eq!(sorted(&["iz", "yb", "įb", "ib", "ya", "ia"]), ["ia", "ya", "ib", "įb", "yb", "iz"]);
        assert_eq!(
            sorted(&["Žiežmariai", "zuikis", "Šešuoliai", "Suvalkai", "Čia", "citata"]),
            ["citata", "Čia", "Suvalkai", "Šešuoliai", "zuikis", "Žiežmariai"]
        );
    }

    #[test]
    fn the_municipalities_stand_as_icu_puts_them() {
        let names: Vec<&str> = include_str!("sorting/words.txt").lines().collect();
        let mut by_icu = names.clone();
        by_icu.sort_by(|a, b| lithuanian().compare(a, b));
        assert_eq!(sorted(&names), by_icu);
    }

    #[test]
    fn a_key_is_plain_and_the_same_however_the_text_is_composed() {
        assert_eq!(sort_key("Šilutė"), sort_key("S\u{30C}ilute\u{307}"));
        assert_eq!(sort_key(""), "0000");
        assert!(sort_key("Ąžuolas – №1, 🌳").bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')));
    }

    #[test]
    fn quotation_marks_differ_only_when_all_letters_are_equal() {
        let pairs = [
            ("“á", "”a"),
            ("„a", "“b"),
            ("„b", "“a"),
            ("‘b", "‚a"),
            ("\"b", "“a"),
            ("'b", "’a"),
            ("“Y", "”æ"),
            ("«b", "»a"),
        ];
        for (a, b) in pairs {
            assert_eq!(sort_key(a).cmp(&sort_key(b)), lithuanian().compare(a, b), "{a} {b}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]
        // Marks stand on letters that Lithuanian puts them on; of a caron on „ß“ nothing is promised.
        #[test]
        fn any_two_texts_compare_as_icu_compares_them(
            a in "[a-zA-ZąčęėįšųūžĄČĘĖĮŠŲŪŽäéłøñßæ0-9 _,.:;!?()/+„“”–-]{0,5}([aeiuyąčęėįšųūžsczAEIUYĄČĘĖĮŠŲŪŽ][\u{301}\u{307}\u{30C}\u{328}]?){0,5}",
            b in "[a-zA-ZąčęėįšųūžĄČĘĖĮŠŲŪŽäéłøñßæ0-9 _,.:;!?()/+„“”–-]{0,5}([aeiuyąčęėįšųūžsczAEIUYĄČĘĖĮŠŲŪŽ][\u{301}\u{307}\u{30C}\u{328}]?){0,5}",
        ) {
            prop_assert_eq!(sort_key(&a).cmp(&sort_key(&b)), lithuanian().compare(&a, &b), "{} {}", sort_key(&a), sort_key(&b));
        }

        #[test]
        fn texts_that_are_nearly_the_same_compare_as_icu_compares_them(a in "[aąeęėiįyuųū]{1,4}", b in "[aąAeęėiįyYuųū]{1,4}") {
            prop_assert_eq!(sort_key(&a).cmp(&sort_key(&b)), lithuanian().compare(&a, &b));
        }

        #[test]
        fn every_text_has_a_key(text in "\\PC{0,40}") {
            sort_key(&text);
        }
    }
}
