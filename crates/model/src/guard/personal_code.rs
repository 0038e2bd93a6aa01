//! The Lithuanian personal code: eleven digits, of which the first tells sex and century, six the day of birth, the last is a
//! checksum. Of random eleven digits 0.145 % pass all rules, 9.98 % the checksum alone.

use std::ops::Range;

use super::{
    Finding, Kind,
    digits::{Chain, Group},
};

const LENGTH: usize = 11;
/// People write a code in few groups: `3 870318 1745`. Between more of them it may be a row of measurements.
const GROUPS: usize = 5;

/// The codes in a chain of digits. A longer run of digits is not searched: a code within it is no code.
pub(super) fn find(text: &str, chain: &Chain) -> Vec<Finding> {
    let whole = chain.len() == LENGTH;
    let mut found = Vec::new();
    let mut next = 0;
    while next < chain.groups.len() {
        let Some(window) = window(&chain.groups[next..]) else {
            next += 1;
            continue;
        };
        let at = window[0].at.start..window[window.len() - 1].at.end;
        match judge(text, window, &at, whole) {
            Some(kind) => {
                found.push(Finding { kind, at });
                next += window.len();
            }
            None => next += 1,
        }
    }
    found
}

/// The first groups that have eleven digits together.
fn window(groups: &[Group]) -> Option<&[Group]> {
    let mut length = 0;
    for (count, group) in groups.iter().enumerate() {
        length += group.digits.len();
        if length >= LENGTH {
            return (length == LENGTH).then(|| &groups[..=count]);
        }
    }
    None
}

fn judge(text: &str, groups: &[Group], at: &Range<usize>, whole: bool) -> Option<Kind> {
    let mut digits = [0; LENGTH];
    for (slot, digit) in digits.iter_mut().zip(groups.iter().flat_map(|group| &group.digits)) {
        *slot = *digit;
    }
    if !(3..=6).contains(&digits[0]) || !is_summed(&digits) || is_within_an_id(text, at) {
        return None;
    }
    let fraction = text[..at.start].ends_with('.') && text[..at.start - 1].ends_with(|c: char| c.is_ascii_digit());
    let together = groups.len() == 1;
    let plain = whole || (groups.len() <= GROUPS && !fraction);
    match is_dated(&digits) {
        true if plain => Some(Kind::Code),
        true => Some(Kind::MaybeCode),
        false => (together && !fraction).then_some(Kind::MaybeCode),
    }
}

fn is_summed(digits: &[u8; LENGTH]) -> bool {
    let sum = |weights: [u32; 10]| {
        digits.iter().zip(weights).map(|(digit, weight)| u32::from(*digit) * weight).sum::<u32>() % 11
    };
    let check = match sum([1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) {
        10 => sum([3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 10,
        check => check,
    };
    u32::from(digits[10]) == check
}

fn is_dated(digits: &[u8; LENGTH]) -> bool {
    let two = |at: usize| u32::from(digits[at]) * 10 + u32::from(digits[at + 1]);
    let year = if digits[0] < 5 { 1900 } else { 2000 } + two(1);
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let days = match two(3) {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&two(5))
}

/// Digits and Latin letters by turns, as in `7f59912310012c3`, are an id and no code.
fn is_within_an_id(text: &str, at: &Range<usize>) -> bool {
    let before = text[..at.start].chars().rev().find(|c| !c.is_ascii_alphabetic());
    let letter_before = text[..at.start].ends_with(|c: char| c.is_ascii_alphabetic());
    let after = text[at.end..].chars().find(|c| !c.is_ascii_alphabetic());
    let letter_after = text[at.end..].starts_with(|c: char| c.is_ascii_alphabetic());
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    (letter_before && digit(before)) || (letter_after && digit(after))
}
