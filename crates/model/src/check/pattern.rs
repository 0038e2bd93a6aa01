//! The small part of regular expressions that our schemas use: `^ $ . [a-z] [^…] ( | ) ? * + {m,n} \d \w \s` and escapes.
//!
//! A regex engine would weigh more than the rest of the model in WebAssembly. A pattern outside this part holds for every text:
//! the type's own reading still refuses what is wrong.

/// Repetitions, groups and choices looked into before a match is given up.
const STEPS: usize = 4_000;

/// Whether `pattern` is found in `text`.
pub fn holds(pattern: &str, text: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let mut at = 0;
    let Some(choice) = parse(&pattern, &mut at, 0).filter(|_| at == pattern.len()) else { return true };
    let text: Vec<char> = text.chars().collect();
    let mut steps = STEPS;
    (0..=text.len()).any(|start| run_choice(&choice, &text, start, &mut steps, &mut |_, _| true))
}

type Choice = Vec<Vec<Piece>>;

struct Piece {
    what: What,
    least: usize,
    most: usize,
}

enum What {
    Start,
    End,
    Any,
    One(char),
    Set { not: bool, ranges: Vec<(char, char)> },
    Group(Choice),
}

fn parse(pattern: &[char], at: &mut usize, depth: usize) -> Option<Choice> {
    if depth > 8 {
        return None;
    }
    let mut choice = vec![Vec::new()];
    while let Some(&c) = pattern.get(*at) {
        *at += 1;
        let what = match c {
            '^' => What::Start,
            '$' => What::End,
            '.' => What::Any,
            '|' => {
                choice.push(Vec::new());
                continue;
            }
            '(' => {
                if pattern[*at..].starts_with(&['?', ':']) {
                    *at += 2;
                }
                let inner = parse(pattern, at, depth + 1)?;
                if pattern.get(*at) != Some(&')') {
                    return None;
                }
                *at += 1;
                What::Group(inner)
            }
            ')' => {
                *at -= 1;
                return (depth > 0).then_some(choice);
            }
            '[' => set(pattern, at)?,
            '\\' => {
                let escaped = *pattern.get(*at)?;
                *at += 1;
                match class(escaped) {
                    Some(ranges) => What::Set { not: false, ranges },
                    None if escaped.is_alphanumeric() => return None,
                    None => What::One(escaped),
                }
            }
            '?' | '*' | '+' | '{' => return None,
            c => What::One(c),
        };
        let (least, most) = times(pattern, at)?;
        choice.last_mut()?.push(Piece { what, least, most });
    }
    (depth == 0).then_some(choice)
}

fn class(name: char) -> Option<Vec<(char, char)>> {
    match name {
        'd' => Some(vec![('0', '9')]),
        'w' => Some(vec![('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]),
        's' => Some(vec![(' ', ' '), ('\t', '\r')]),
        _ => None,
    }
}

fn set(pattern: &[char], at: &mut usize) -> Option<What> {
    let not = pattern.get(*at) == Some(&'^');
    *at += usize::from(not);
    let mut ranges = Vec::new();
    loop {
        let mut from = *pattern.get(*at)?;
        *at += 1;
        match from {
            ']' if !ranges.is_empty() => return Some(What::Set { not, ranges }),
            '\\' => {
                from = *pattern.get(*at)?;
                *at += 1;
                if let Some(known) = class(from) {
                    ranges.extend(known);
                    continue;
                }
                if from.is_alphanumeric() {
                    return None;
                }
            }
            _ => {}
        }
        match pattern.get(*at..*at + 2) {
            Some(&['-', to]) if to != ']' && to != '\\' => {
                *at += 2;
                ranges.push((from, to));
            }
            _ => ranges.push((from, from)),
        }
    }
}

fn times(pattern: &[char], at: &mut usize) -> Option<(usize, usize)> {
    let found = match pattern.get(*at) {
        Some('?') => (0, 1),
        Some('*') => (0, usize::MAX),
        Some('+') => (1, usize::MAX),
        Some('{') => {
            let length = pattern[*at..].iter().position(|&c| c == '}')?;
            let inside: String = pattern[*at + 1..*at + length].iter().collect();
            *at += length;
            match inside.split_once(',') {
                None => inside.parse().map(|count| (count, count)).ok()?,
                Some((least, "")) => (least.parse().ok()?, usize::MAX),
                Some((least, most)) => (least.parse().ok()?, most.parse().ok()?),
            }
        }
        _ => return Some((1, 1)),
    };
    *at += 1;
    // A lazy or possessive mark changes nothing here but is not spoken either.
    (!matches!(pattern.get(*at), Some('?' | '+' | '*' | '{'))).then_some(found)
}

type Then<'a> = dyn FnMut(usize, &mut usize) -> bool + 'a;

fn run_choice(choice: &Choice, text: &[char], at: usize, steps: &mut usize, then: &mut Then) -> bool {
    choice.iter().any(|pieces| run(pieces, 0, text, at, steps, then))
}

/// Matches `pieces`, the first of them already taken `done` times. Only groups recurse for each repetition.
fn run(pieces: &[Piece], done: usize, text: &[char], at: usize, steps: &mut usize, then: &mut Then) -> bool {
    if *steps == 0 {
        return false;
    }
    *steps -= 1;
    let Some((piece, rest)) = pieces.split_first() else { return then(at, steps) };
    if let What::Group(inner) = &piece.what {
        // A group that took nothing cannot help by being taken again.
        let again = &mut |end: usize, steps: &mut usize| {
            (end > at || done < piece.least) && run(pieces, done + 1, text, end, steps, then)
        };
        return (done < piece.most && run_choice(inner, text, at, steps, again))
            || (done >= piece.least && run(rest, 0, text, at, steps, then));
    }
    let mut ends = vec![at];
    while ends.len() <= piece.most
        && let Some(end) = ends.last().and_then(|end| one(&piece.what, text, *end))
    {
        let still = ends.last() == Some(&end);
        ends.push(end);
        if still {
            break;
        }
    }
    let enough = ends.len() > piece.least || ends.len() > 1 && ends[ends.len() - 1] == ends[ends.len() - 2];
    let least = piece.least.min(ends.len() - 1);
    enough && ends[least..].iter().rev().any(|end| run(rest, 0, text, *end, steps, then))
}

fn one(what: &What, text: &[char], at: usize) -> Option<usize> {
    let here = text.get(at);
    let taken = match what {
        What::Start => return (at == 0).then_some(at),
        What::End => return (at == text.len()).then_some(at),
        What::Any => here.is_some_and(|c| *c != '\n'),
        What::One(c) => here == Some(c),
        What::Set { not, ranges } => here.is_some_and(|c| ranges.iter().any(|(from, to)| from <= c && c <= to) != *not),
        What::Group(_) => false,
    };
    taken.then_some(at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_of_ours_is_read_as_a_regex_engine_reads_it() {
        let municipality = "^LT-(0[1-9]|[1-5][0-9]|60)$";
        for (pattern, text, expected) in [
            (municipality, "LT-01", true),
            (municipality, "LT-60", true),
            (municipality, "LT-00", false),
            (municipality, "LT-61", false),
            (municipality, "xLT-01", false),
            (municipality, "LT-011", false),
            ("^[A-Z2-9]{4}(-[A-Z2-9]{4}){2}$", "ABCD-2345-WXYZ", true),
            ("^[A-Z2-9]{4}(-[A-Z2-9]{4}){2}$", "ABCD-2345", false),
            ("^[^@ ]+@[^@ ]+\\.[a-z]{2,}$", "rasa@tinklaveika.example", true),
            ("^[^@ ]+@[^@ ]+\\.[a-z]{2,}$", "rasa@tinklaveika", false),
            ("^\\d{4}-\\d{2}$", "2026-11", true),
            ("^a?b*c+$", "bbcc", true),
            ("^a?b*c+$", "abb", false),
            ("b", "abc", true),
            ("^-?\\d+$", "-12", true),
            ("^(a|ab)(c|bcd)$", "abcd", true),
            ("", "x", true),
        ] {
            assert_eq!(holds(pattern, text), expected, "{pattern} on {text}");
        }
    }

    #[test]
    fn a_pattern_beyond_the_small_part_refuses_nothing() {
        for pattern in ["(?=x)y", "\\p{L}", "a**", "(", "[", ")", "{2}", "a{x}", "\\"] {
            assert!(holds(pattern, "z"), "{pattern}");
        }
    }

    #[test]
    fn a_costly_pattern_is_given_up() {
        assert!(!holds("^(a+)+$", &format!("{}b", "a".repeat(10_000))));
    }
}
