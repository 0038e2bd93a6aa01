//! Digits as they are written: in groups, in full width, with invisible marks between them.

use std::ops::Range;

/// Digits written together.
#[derive(Debug)]
pub(super) struct Group {
    pub digits: Vec<u8>,
    pub at: Range<usize>,
}

/// Groups with nothing between them but a few spaces, dashes, dots and the like.
#[derive(Debug, Default)]
pub(super) struct Chain {
    pub groups: Vec<Group>,
}

impl Chain {
    pub fn len(&self) -> usize {
        self.groups.iter().map(|group| group.digits.len()).sum()
    }

    pub fn digits(&self) -> impl Iterator<Item = u8> {
        self.groups.iter().flat_map(|group| group.digits.iter().copied())
    }

    /// The lengths of the groups.
    pub fn shape(&self) -> Vec<usize> {
        self.groups.iter().map(|group| group.digits.len()).collect()
    }

    pub fn at(&self) -> Range<usize> {
        let start = self.groups.first().map_or(0, |group| group.at.start);
        start..self.groups.last().map_or(start, |group| group.at.end)
    }
}

/// Marks between two groups of one number: ` - `, `) `.
const GAP: usize = 3;

pub(super) fn chains(text: &str) -> Vec<Chain> {
    let mut chains: Vec<Chain> = Vec::new();
    // Marks since the last digit; none once something else stood there.
    let mut gap: Option<usize> = None;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if let Some(digit) = digit(c) {
            match (gap, chains.last_mut().filter(|_| gap.is_some())) {
                (Some(0), Some(Chain { groups })) if !groups.is_empty() => {
                    if let Some(group) = groups.last_mut() {
                        group.digits.push(digit);
                        group.at.end = end;
                    }
                }
                (Some(_), Some(chain)) => chain.groups.push(Group { digits: vec![digit], at: at..end }),
                _ => chains.push(Chain { groups: vec![Group { digits: vec![digit], at: at..end }] }),
            }
            gap = Some(0);
        } else if !is_invisible(c) {
            gap = gap.filter(|count| *count < GAP && joins(c)).map(|count| count + 1);
        }
    }
    chains
}

/// The digit that a reader sees.
fn digit(c: char) -> Option<u8> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{FF10}'..='\u{FF19}' => '\u{FF10}',
        '\u{0660}'..='\u{0669}' => '\u{0660}',
        '\u{06F0}'..='\u{06F9}' => '\u{06F0}',
        // The mathematical digits: bold, double-struck, sans-serif, its bold, monospace.
        '\u{1D7CE}'..='\u{1D7FF}' => return u8::try_from((u32::from(c) - 0x1D7CE) % 10).ok(),
        _ => return None,
    };
    u8::try_from(u32::from(c) - u32::from(zero)).ok()
}

/// Marks of no width: they join what stands around them.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{180E}' | '\u{FE00}'..='\u{FE0F}')
}

fn joins(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}')
        || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FF0D}')
        || matches!(c, '.' | '\u{B7}' | '\u{2022}' | '_' | '/' | '(' | ')' | '~' | '*')
}
