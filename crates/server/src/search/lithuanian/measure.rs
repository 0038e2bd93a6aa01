//! How well the analysis joins the forms of one word and keeps different words apart: over all pairs of forms in a list.

use super::{fold, keys};

/// A form and the word it is a form of.
pub struct Form {
    pub form: String,
    pub lemma: String,
}

/// Shares from 0 to 1.
#[derive(Clone, Copy, Debug)]
pub struct Measures {
    /// Of the pairs joined, those of one word.
    pub precision: f64,
    /// Of the pairs of one word, those joined.
    pub recall: f64,
    pub f1: f64,
    /// Of the pairs of one word whose first form has diacritics, those joined when it is typed without them.
    pub typed_plain: f64,
    pub forms: usize,
}

/// Reads `form<TAB>lemma<TAB>…` lines with one heading line, and keeps the half on which no rule or exception was made: the lemmas
/// whose FNV-1a hash is odd.
pub fn measured_half(table: &str) -> Vec<Form> {
    let rows = table.lines().skip(1).filter_map(|line| {
        let mut columns = line.split('\t');
        Some(Form { form: columns.next()?.to_lowercase(), lemma: columns.next()?.to_owned() })
    });
    rows.filter(|row| hash(&row.lemma) & 1 == 1).collect()
}

/// FNV-1a, 64 bits, of the UTF-8 bytes.
pub fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Compares every form with every other.
pub fn measure(forms: &[Form]) -> Measures {
    let written: Vec<_> = forms.iter().map(|row| keys(&row.form)).collect();
    let typed: Vec<_> = forms.iter().map(|row| keys(&fold(&row.form))).collect();
    let (mut right, mut wrong, mut missed, mut found, mut sought) = (0_u64, 0_u64, 0_u64, 0_u64, 0_u64);
    for (a, one) in forms.iter().enumerate() {
        let accented = fold(&one.form) != one.form;
        for (b, other) in forms.iter().enumerate() {
            let same = one.lemma == other.lemma;
            if same && a != b && accented {
                sought += 1;
                found += u64::from(joined(&typed[a], &written[b]));
            }
            if b < a {
                match (same, joined(&written[a], &written[b])) {
                    (true, true) => right += 1,
                    (false, true) => wrong += 1,
                    (true, false) => missed += 1,
                    (false, false) => {}
                }
            }
        }
    }
    let (precision, recall) = (share(right, right + wrong), share(right, right + missed));
    let f1 = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
    Measures { precision, recall, f1, typed_plain: share(found, sought), forms: forms.len() }
}

fn joined(one: &[String], other: &[String]) -> bool {
    one.iter().any(|key| other.contains(key))
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}
