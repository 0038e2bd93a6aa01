//! E-mail addresses and telephone numbers.

use std::ops::Range;

use super::digits::Chain;
use crate::letters::lower;

/// Words before a number that make eight digits a telephone, by their beginning.
const TELEPHONE: [&str; 8] = ["tel", "mob", "skamb", "numer", "nr", "phone", "call", "sms"];

/// The telephone number that the whole chain is: `+370 …`, `8 …` or `0 …` with eight digits after it, eight digits after the
/// word, or any number with a country code.
pub(super) fn phone(text: &str, chain: &Chain) -> Option<Range<usize>> {
    let at = chain.at();
    let digits: Vec<u8> = chain.digits().take(16).collect();
    let before = text[..at.start].trim_end_matches(['(', ' ']);
    let plus = before.ends_with('+');
    let bracket = text[at.clone()].contains(')');
    let shape = chain.shape();
    let mobile = |rest: &[u8]| rest.len() == 8 && matches!(rest[0], 3..=6);
    let is_phone = match digits[..] {
        _ if plus => (8..=15).contains(&digits.len()),
        [3, 7, 0, ref rest @ ..] => mobile(rest),
        [0, 0, 3, 7, 0, ref rest @ ..] => mobile(rest),
        [8 | 0, ref rest @ ..] if mobile(rest) => bracket || text[at.clone()].contains('~') || is_grouped(&shape),
        _ => mobile(&digits) && after_the_word(before),
    };
    is_phone.then_some(at)
}

/// How nine digits of a telephone are grouped; `861 234 567` is how a sum of money is.
fn is_grouped(shape: &[usize]) -> bool {
    matches!(
        shape,
        [9] | [1, 8]
            | [4, 5]
            | [1, 3, 5]
            | [1, 3, 2, 3]
            | [1, 3, 3, 2]
            | [4, 2, 3]
            | [4, 3, 2]
            | [1, 1, 7]
            | [1, 1, 3, 4]
            | [1, 2, 6]
            | [3, 6]
    )
}

/// Whether a word for a telephone is among the last three before the number.
fn after_the_word(before: &str) -> bool {
    let near = before.char_indices().rev().nth(40).map_or(before, |(at, _)| &before[at..]);
    let words = near.rsplit(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).take(3);
    words.map(lower).any(|word| TELEPHONE.iter().any(|known| word.starts_with(known)))
}

/// `name@school.lt`, also with `(at)`, `[at]`, `(eta)` or `[eta]` for the sign.
pub(super) fn emails(text: &str) -> impl Iterator<Item = Range<usize>> {
    let signs = text.char_indices().filter_map(|(at, c)| match c {
        '@' | '＠' => Some(at..at + c.len_utf8()),
        '(' | '[' => {
            let rest = text[at + 1..].trim_start_matches(' ');
            let word = ["at", "AT", "eta", "ETA"].into_iter().find_map(|word| rest.strip_prefix(word))?;
            let rest = word.trim_start_matches(' ').strip_prefix([')', ']'])?;
            Some(at..text.len() - rest.len())
        }
        _ => None,
    });
    signs.filter_map(|sign| email(text, &sign))
}

fn email(text: &str, sign: &Range<usize>) -> Option<Range<usize>> {
    let spaced = text[sign.clone()].starts_with(['(', '[']);
    let local = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
    let mut before = &text[..sign.start];
    let mut after = &text[sign.end..];
    if spaced {
        before = before.trim_end_matches(' ');
        after = after.trim_start_matches(' ');
    }
    let start = before.trim_end_matches(local).len();
    let domain = after.len() - after.trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, '.' | '-')).len();
    let name = after[..domain].trim_end_matches(['.', '-']);
    let (host, top) = name.rsplit_once('.')?;
    let is_top = top.chars().count() >= 2 && top.chars().all(char::is_alphabetic);
    let named = before[start..].contains(char::is_alphanumeric);
    (named && is_top && !host.is_empty()).then(|| start..text.len() - after.len() + name.len())
}
