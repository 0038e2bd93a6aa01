//! Names where pupils are spoken of.
//!
//! A name alone is no finding: colleagues are named all the time. It is one beside a class („Jonas P., 5b“), a word for a pupil
//! („mokinė Ona“), a parent („Luko mama“) or a diagnosis, unless a word for a grown-up stands by it.

use std::ops::Range;

use super::{
    names::{is_given, is_married, is_shaped, is_surname},
    words::{DIAGNOSED, DIAGNOSES, INSTITUTIONS, Kind, PARENTS, Pupil, Token, is_adult, pupil, sentences, tokens},
};

pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    // Nothing to find without a capital letter.
    if !text.contains(char::is_uppercase) {
        return Vec::new();
    }
    #[cfg(not(target_arch = "wasm32"))]
    if super::quick::is_plain(text) {
        return Vec::new();
    }
    search(text)
}

pub(super) fn search(text: &str) -> Vec<Range<usize>> {
    let tokens = tokens(text);
    sentences(&tokens).into_iter().flat_map(in_sentence).collect()
}

/// How a person is named.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Form {
    /// „Jonas“, a known given name.
    Given,
    /// „Jonas P.“
    Shortened,
    /// „J. P.“
    Letters,
    /// „Jonas Petraitis“, „J. Petraitis“
    Full,
    /// A capitalised word that could be a name.
    Word,
}

/// A name at the tokens `from..to` of a sentence.
#[derive(Clone, Debug)]
struct Mention {
    form: Form,
    from: usize,
    to: usize,
}

fn in_sentence(sentence: &[Token]) -> Vec<Range<usize>> {
    let about = About::of(sentence);
    if !about.anything {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut at = 0;
    while at < sentence.len() {
        let Some(mention) = mention(sentence, at) else {
            at += 1;
            continue;
        };
        if !is_grown_up(sentence, &mention) && !is_institution(sentence, &mention) && tells(sentence, &about, &mention)
        {
            found.push(sentence[mention.from].at.start..sentence[mention.to - 1].at.end);
        }
        at = mention.to;
    }
    found
}

/// What a sentence speaks about.
#[derive(Default)]
struct About {
    pupils: bool,
    diagnosis: bool,
    diagnosed: bool,
    class: bool,
    anything: bool,
}

impl About {
    fn of(sentence: &[Token]) -> Self {
        let mut about = Self::default();
        let mut parents = false;
        for (at, token) in sentence.iter().enumerate() {
            about.pupils |= pupil(token).is_some();
            about.diagnosis |= token.starts(&DIAGNOSES) || (token.lower == "poreikiai" && at > 0);
            about.diagnosed |= token.starts(&DIAGNOSED);
            parents |= token.starts(&PARENTS);
            about.class |= class(sentence, at).is_some();
            about.anything |= token.lower == "mokosi";
        }
        about.anything |= about.pupils || about.diagnosis || about.class || parents;
        about
    }
}

fn mention(sentence: &[Token], at: usize) -> Option<Mention> {
    let token = &sentence[at];
    let quoted = at > 0 && sentence[at - 1].is_mark("„“\"«");
    if !token.is_capital() || quoted {
        return None;
    }
    let name = |form, to| Some(Mention { form, from: at, to });
    let point = |at: usize| sentence.get(at).is_some_and(|token| token.text == ".");
    let next = sentence.get(at + 1);
    if token.is_initial() {
        let after = sentence.get(at + 2).filter(|_| point(at + 1))?;
        return match after {
            after if after.is_initial() && point(at + 3) => name(Form::Letters, at + 4),
            after if after.is_capital() && is_shaped(&after.lower) => name(Form::Full, at + 3),
            _ => None,
        };
    }
    if class(sentence, at).is_some() || pupil(token).is_some() || is_adult(token) {
        return None;
    }
    if !is_shaped(&token.lower) {
        // A name from elsewhere, when two capitalised words stand together: „Xavier Smith“.
        let named = |token: &Token| token.is_capital() && token.text.chars().nth(1).is_some_and(char::is_lowercase);
        let both = at > 0 && named(token) && next.is_some_and(named);
        return if both { name(Form::Word, at + 2) } else { None };
    }
    let given = is_given(&token.lower);
    match next {
        // A capitalised word begins every sentence: there only a known name counts.
        Some(next) if next.is_initial() && (given || at > 0) && class(sentence, at + 1).is_none() => {
            name(Form::Shortened, at + 2 + usize::from(point(at + 2)))
        }
        Some(next)
            if next.is_capital() && !next.is_initial() && !next.starts(&INSTITUTIONS) && pupil(next).is_none() =>
        {
            if given || is_surname(&next.lower) {
                name(Form::Full, at + 2)
            } else {
                name(Form::Word, at + 1)
            }
        }
        _ if given => name(Form::Given, at + 1),
        _ if at > 0 => name(Form::Word, at + 1),
        _ => None,
    }
}

/// A word for a grown-up up to two words before the name or beside it after it, or a married woman's surname.
fn is_grown_up(sentence: &[Token], mention: &Mention) -> bool {
    let married = sentence[mention.from..mention.to].iter().any(|token| is_married(&token.lower));
    let is_titled = |token: &Token| is_adult(token) || matches!(token.lower.as_str(), "dr" | "prof");
    let before = sentence[..mention.from].iter().rev().take(2).any(is_titled);
    let after = &sentence[mention.to..];
    let reach = if after.first().is_some_and(|token| token.is_mark(",(–-—")) { 4 } else { 1 };
    let after = after.iter().take(reach).take_while(|token| pupil(token).is_none()).any(is_adult);
    married || before || after
}

/// „Vinco Kudirkos progimnazija“, „Ukmergės rajonas“, „J. Biliūno apsakymas“.
fn is_institution(sentence: &[Token], mention: &Mention) -> bool {
    let mut after = sentence[mention.to..].iter().skip_while(|token| token.is_capital());
    after
        .next()
        .is_some_and(|token| token.starts(&INSTITUTIONS) || matches!(token.lower.as_str(), "r" | "m" | "sav" | "g"))
}

fn tells(sentence: &[Token], about: &About, mention: &Mention) -> bool {
    let before = &sentence[..mention.from];
    let after = &sentence[mention.to..];
    let short = matches!(mention.form, Form::Shortened | Form::Letters);
    let known = short || mention.form == Form::Given || mention.form == Form::Full;

    // „mokinys Petras“, „mokinys vardu Petras“, „Vaikui (Nojui P.)“
    let mut close = before.iter().rev().skip_while(|token| token.is_mark("(,:–-—") || token.starts(&["vard"]));
    match close.next().and_then(pupil) {
        Some(Pupil::One | Pupil::OneNamed) if known || !before.last().is_some_and(|token| token.is_mark(",:–-—")) =>
        {
            return true;
        }
        Some(Pupil::Many) if known && mention.form != Form::Full => return true,
        _ => {}
    }
    // „Petras, 7 klasės mokinys“, „Benas Butkus yra gabus mokinys“
    let predicate = after.first().is_some_and(|token| token.is_mark(",(–-—") || token.lower == "yra");
    if known && predicate && after.iter().take(6).any(|token| pupil(token) == Some(Pupil::OneNamed)) {
        return true;
    }
    if short && mention.form == Form::Shortened && about.pupils {
        return true;
    }
    // „mokosi Tadas“, „jo vardas Jonas, mokosi 5b klasėje“
    let named = before.last().is_some_and(|token| token.starts(&["vard"])) && about.class;
    if known && (named || before.last().is_some_and(|token| token.lower == "mokosi")) {
        return true;
    }
    // „Luko mama“, „Ugnės K. tėvais“
    if known && mention.form != Form::Full && after.first().is_some_and(|token| token.starts(&PARENTS)) {
        return true;
    }
    // Where pupils are spoken of besides, a whole name is rather of who speaks of them.
    if about.diagnosis && (short || (known && about.diagnosed && !about.pupils)) {
        return true;
    }
    known && beside_a_class(sentence, mention, short)
}

/// „Jonas P., 5b“, „(5b) Ona K.“; a whole name only when the class is said of it: „Jonas iš 5b“, „IIIb Jonas“.
fn beside_a_class(sentence: &[Token], mention: &Mention, short: bool) -> bool {
    let reach = if short { 7 } else { 3 };
    let mut at = mention.to;
    while at < sentence.len().min(mention.to + reach) {
        if class(sentence, at).is_some() {
            let link = &sentence[mention.to..at];
            let said = !link.is_empty() && link.iter().all(|token| token.is_mark(",(–-—") || token.lower == "iš");
            if said || short {
                return true;
            }
        }
        at += 1;
    }
    let from = mention.from.saturating_sub(reach);
    (from..mention.from).any(|at| {
        class(sentence, at).is_some_and(|end| {
            let link = sentence.get(end..mention.from).unwrap_or(&[]);
            end <= mention.from && (short || link.iter().all(|token| token.is_mark(":,)–-—")))
        })
    })
}

/// Where the class that is written at `at` ends: `5b`, `5 b klasės`, `7 klasės`, `IIIb`, `3 kl.`, `pirmos klasės`.
fn class(sentence: &[Token], at: usize) -> Option<usize> {
    let token = &sentence[at];
    let is_class = |at: usize| sentence.get(at).is_some_and(|token| token.starts(&["klas"]) || token.lower == "kl");
    let letter = |token: &Token| matches!(token.lower.as_str(), "a" | "b" | "c" | "d" | "e" | "f" | "g");
    match token.kind {
        Kind::Number if matches!(token.text.parse(), Ok(1..=12)) => {
            let next = sentence.get(at + 1)?;
            let end = if letter(next) && (next.joined || is_class(at + 2)) { at + 2 } else { at + 1 };
            (end == at + 2 || is_class(end)).then(|| end + usize::from(is_class(end)))
        }
        Kind::Word if is_roman_class(token.text) => Some(at + 1 + usize::from(is_class(at + 1))),
        Kind::Word if token.starts(&ORDINALS) && is_class(at + 1) => Some(at + 2),
        _ => None,
    }
}

const ORDINALS: [&str; 12] = [
    "pirm",
    "antr",
    "treč",
    "ketvirt",
    "penkt",
    "šešt",
    "septint",
    "aštunt",
    "devint",
    "dešimt",
    "vienuolikt",
    "dvylikt",
];

/// `Ia` to `IVg`: the classes of a gymnasium.
pub(super) fn is_roman_class(text: &str) -> bool {
    let number = text.trim_end_matches(|c: char| matches!(c, 'a'..='g'));
    matches!(number, "I" | "II" | "III" | "IV") && text.len() == number.len() + 1
}
