//! The walk over the lists of documents, beside a look at each document.

use super::{super::lithuanian::keys, *};

const WORDS: [&str; 12] = [
    "mokytojas",
    "mokinių",
    "pamoka",
    "vertinimas",
    "tėvai",
    "skaitymo",
    "motyvacija",
    "klasė",
    "patirtis",
    "ugdymas",
    "pagalba",
    "vedėjo",
];

#[test]
fn all_words_find_what_a_look_at_each_document_finds() {
    // Each number says by its bits which words the document has.
    let number = |n: u128| n * 2_654_435_761 % 4_096;
    let text = |n: u128| {
        let has = |at: &usize| number(n) >> at & 1 == 1;
        (0..WORDS.len()).filter(has).map(|at| WORDS[at]).collect::<Vec<_>>().join(" ")
    };
    let index = Index::in_memory().unwrap();
    // Several parts, some documents gone, some hidden.
    for part in 0..5 {
        let documents: Vec<_> = (part * 60..part * 60 + 60)
            .map(|n| {
                let mut one = document(n, "Įrašas", &text(n));
                one.seen = For::Space(space(if n % 7 == 0 { THEIRS } else { OURS }));
                one
            })
            .collect();
        index.apply(&documents, &[]).unwrap();
    }
    let gone: Vec<_> = (0..300).step_by(11).map(practice).collect();
    index.apply(&[], &gone).unwrap();
    let there = |n: &u128| !n.is_multiple_of(7) && !n.is_multiple_of(11);
    for (from, a) in WORDS.iter().enumerate() {
        for b in &WORDS[from..] {
            let typed = format!("{a} {b}");
            let has = |n: &u128, word: &str| {
                text(*n).split(' ').any(|one| keys(one).iter().any(|key| keys(word).contains(key)))
            };
            let expected: Vec<u128> = (0..300).filter(there).filter(|n| has(n, a) && has(n, b)).collect();
            let words = Words::typed(&typed);
            let found = index.ask(&Ask { limit: 1_000, ..ask(&words, &[space(OURS)]) }).unwrap();
            assert!(!expected.is_empty() && found.way == Way::All, "{typed}");
            let mut ids: Vec<_> = found.hits.iter().map(|hit| hit.key.id.as_u128()).collect();
            ids.sort_unstable();
            assert_eq!((ids, found.counts.total), (expected.clone(), expected.len()), "{typed}");
            assert!(found.hits.windows(2).all(|two| two[0].score >= two[1].score), "{typed}");
            // A page is the same stretch of the same order.
            let some = index.ask(&Ask { limit: 7, offset: 5, ..ask(&words, &[space(OURS)]) }).unwrap();
            assert_eq!(some.hits, found.hits.iter().skip(5).take(7).copied().collect::<Vec<_>>(), "{typed}");
        }
    }
}
