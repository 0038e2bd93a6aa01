//! The words of a text, its sentences, and what Lithuanian endings tell of a word.

use std::ops::Range;

use super::digits::is_invisible;
use crate::letters::push_lower;

/// A word, a number, or a single mark. Spaces are left out.
#[derive(Debug)]
pub(super) struct Token<'t> {
    pub text: &'t str,
    pub at: Range<usize>,
    pub kind: Kind,
    /// The word in lower case, without invisible marks; empty for a mark.
    pub lower: String,
    /// Whether nothing stands between it and the token before.
    pub joined: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Letters; a hyphen joins two.
    Word,
    Number,
    Mark,
    /// The end of a line.
    Break,
}

impl Token<'_> {
    pub fn is_capital(&self) -> bool {
        self.kind == Kind::Word && self.text.starts_with(char::is_uppercase)
    }

    pub fn is_mark(&self, marks: &str) -> bool {
        self.kind == Kind::Mark && marks.contains(self.text)
    }

    /// A single capital letter, as in `Jonas P.`
    pub fn is_initial(&self) -> bool {
        self.is_capital() && self.text.chars().count() == 1
    }

    pub fn starts(&self, stems: &[&str]) -> bool {
        self.kind == Kind::Word && stems.iter().any(|stem| self.lower.starts_with(stem))
    }
}

pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut end = usize::MAX;
    for (at, c) in text.char_indices() {
        let next = at + c.len_utf8();
        let kind = match c {
            '\n' => Kind::Break,
            _ if c.is_alphabetic() => Kind::Word,
            _ if c.is_ascii_digit() => Kind::Number,
            _ if is_invisible(c) => {
                end = if end == at { next } else { end };
                continue;
            }
            _ if c.is_whitespace() => continue,
            _ => Kind::Mark,
        };
        let joined = end == at;
        end = next;
        if let Some(last) =
            tokens.last_mut().filter(|last| joined && last.kind == kind && matches!(kind, Kind::Word | Kind::Number))
        {
            last.at.end = next;
            last.text = &text[last.at.clone()];
            push_lower(&mut last.lower, c);
            continue;
        }
        let mut token = Token { text: &text[at..next], at: at..next, kind, lower: String::new(), joined };
        if kind == Kind::Word {
            push_lower(&mut token.lower, c);
        }
        tokens.push(token);
    }
    tokens
}

/// Cuts at the ends of sentences and lines. The point of an initial and of a short word ends none.
pub(super) fn sentences<'a, 't>(tokens: &'a [Token<'t>]) -> Vec<&'a [Token<'t>]> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (index, token) in tokens.iter().enumerate() {
        let ends =
            token.kind == Kind::Break || token.is_mark("!?;") || (token.text == "." && ends_sentence(tokens, index));
        if ends {
            sentences.push(&tokens[start..index]);
            start = index + 1;
        }
    }
    sentences.push(&tokens[start..]);
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

fn ends_sentence(tokens: &[Token], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| &tokens[before]) else { return true };
    let short =
        before.kind == Kind::Word && (before.text.chars().count() < 2 || SHORT.contains(&before.lower.as_str()));
    let goes_on = tokens.get(at + 1).is_some_and(|next| !next.is_capital() && next.kind != Kind::Break);
    !(short || goes_on)
}

#[rustfmt::skip]
const SHORT: [&str; 16] = [
    "kl", "pvz", "tel", "mob", "dr", "prof", "nr", "šv", "sav", "raj", "vyr", "gim", "prog", "mok", "spec", "vad",
];

/// The endings of a noun in the singular that begins with `stem`.
#[rustfmt::skip]
const SINGULAR: [&str; 22] = [
    "ys", "is", "io", "iui", "į", "iu", "yje", "as", "o", "ui", "ą", "u", "ė", "ės", "ei", "ę", "e", "a", "os", "ai",
    "us", "aus",
];
#[rustfmt::skip]
const PLURAL: [&str; 19] = [
    "iai", "ių", "iams", "ius", "iais", "iuose", "ai", "ų", "ams", "us", "ais", "uose", "ės", "ėms", "es", "ėmis",
    "os", "oms", "omis",
];

/// Who is a pupil, by the word's beginning.
#[rustfmt::skip]
pub(super) const PUPILS: [&str; 26] = [
    "mokin", "moksleiv", "vaik", "berniuk", "mergait", "mergin", "paaugl", "auklėtin", "ugdytin", "globotin",
    "abiturient", "gimnazist", "pirmok", "antrok", "trečiok", "ketvirtok", "penktok", "šeštok", "septintok",
    "aštuntok", "devintok", "dešimtok", "pradinuk", "naujok", "sūn", "dukr",
];

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Pupil {
    One,
    /// The subject or the predicate of a sentence.
    OneNamed,
    Many,
}

/// Whether the word is of a pupil or of pupils.
pub(super) fn pupil(token: &Token) -> Option<Pupil> {
    let stem = PUPILS.iter().find(|stem| token.lower.starts_with(**stem))?;
    let ending = &token.lower[stem.len()..];
    let named = ["ys", "is", "as", "ė", "us", "a"].contains(&ending) && !(ending == "us" && *stem != "sūn");
    // „vaikai“, „vaikus“ are many; „dukrai“, „sūnaus“ one.
    let many = ["ai", "us", "os"].contains(&ending) && !["sūn", "dukr", "mergin"].contains(stem);
    match () {
        () if named => Some(Pupil::OneNamed),
        () if !many && SINGULAR.contains(&ending) => Some(Pupil::One),
        () if PLURAL.contains(&ending) => Some(Pupil::Many),
        () => None,
    }
}

/// Grown-ups of a school and people of books, by the word's beginning.
#[rustfmt::skip]
const ADULTS: [&str; 38] = [
    "mokytoj", "vadov", "auklėtoj", "direktor", "pavaduotoj", "pedagog", "psicholog", "logoped", "koleg",
    "koordinator", "konsultant", "specialist", "ekspert", "lektor", "dėstytoj", "profesor", "daktar", "rašytoj",
    "poet", "dailinink", "kompozitor", "autor", "istorik", "prezident", "ministr", "bibliotekinink", "administrator",
    "moderator", "vedėj", "tyrėj", "mokslinink", "gydytoj", "slaugytoj", "seniūn", "merė", "meras", "patarėj",
    "trener",
];

pub(super) fn is_adult(token: &Token) -> bool {
    // „vadovėlis“ is a textbook.
    token.starts(&ADULTS) && !token.lower.starts_with("vadovėl")
}

/// What a proper name before them names, by the word's beginning.
#[rustfmt::skip]
pub(super) const INSTITUTIONS: [&str; 36] = [
    "mokykl", "gimnazij", "progimnazij", "rajon", "miest", "savivaldyb", "darželi", "lopšel", "licėj", "universitet",
    "kolegij", "centr", "akademij", "seniūnij", "gatv", "muziej", "bibliotek", "program", "projekt", "konkurs",
    "olimpiad", "tinkl", "dien", "švent", "sindrom", "taksonomij", "cikl", "metod", "teorij", "apsakym", "kūryb",
    "eilėrašč", "roman", "knyg", "piramid", "skal",
];

#[rustfmt::skip]
pub(super) const DIAGNOSES: [&str; 20] = [
    "autizm", "autist", "disleksij", "disgrafij", "diskalkulij", "adhd", "aspergeri", "dauno", "epilepsij",
    "depresij", "diabet", "savižal", "sutrikim", "negali", "neįgal", "sindrom", "intelekt", "psichoz", "anoreksij",
    "mikčioj",
];
/// Verbs that say it of somebody.
#[rustfmt::skip]
pub(super) const DIAGNOSED: [&str; 11] = [
    "nustat", "diagno", "serga", "sirgo", "turi", "turėjo", "įtar", "kenčia", "patiria", "vartoja", "skirt",
];

#[rustfmt::skip]
pub(super) const PARENTS: [&str; 12] = [
    "mam", "motin", "tėt", "tėv", "globėj", "močiut", "senel", "šeim", "patėv", "pamot", "įtėv", "brol",
];
