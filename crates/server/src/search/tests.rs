use model::{
    ids::SpaceId,
    practices::GradeSpan,
    problems::Area,
    search::{
        FoundKind::{Practice, Problem},
        Way,
    },
};
use uuid::Uuid;

use super::{
    ask::{Ask, Found},
    document::{Document, Key},
    index::Index,
    words::Words,
};

const OURS: u128 = 1;
const THEIRS: u128 = 2;

fn space(number: u128) -> SpaceId {
    SpaceId::from_uuid(Uuid::from_u128(number))
}

fn practice(number: u128) -> Key {
    Key { kind: Practice, id: Uuid::from_u128(number) }
}

fn document(number: u128, title: &str, text: &str) -> Document {
    Document {
        key: practice(number),
        space: space(OURS),
        version: 1,
        title: title.into(),
        text: text.into(),
        school: None,
        area: None,
        municipality: None,
        span: None,
    }
}

fn index(documents: &[Document]) -> Index {
    let index = Index::in_memory().unwrap();
    index.apply(documents, &[]).unwrap();
    index
}

fn ask<'a>(words: &'a Words, spaces: &'a [SpaceId]) -> Ask<'a> {
    Ask { words, spaces, kind: None, area: None, municipality: None, span: None, typing: false, offset: 0, limit: 20 }
}

fn search(index: &Index, typed: &str) -> Found {
    index.ask(&ask(&Words::typed(typed), &[space(OURS)])).unwrap()
}

/// Numbers of the documents found, best first.
fn found(index: &Index, typed: &str) -> Vec<u128> {
    search(index, typed).hits.iter().map(|hit| hit.key.id.as_u128()).collect()
}

mod disk;
mod feed;
mod ranking;
mod verb;

#[test]
fn nothing_outside_the_spaces_given_is_found_or_counted() {
    let mut theirs = document(2, "Motyvacija", "Slapta motyvacija.");
    theirs.space = space(THEIRS);
    let index = index(&[document(1, "Motyvacija", "Mūsų motyvacija."), theirs]);
    for typed in ["motyvacija", "motyvacijos slaptas", "motivacija", "motyv", "slapta"] {
        let words = Words::typed(typed);
        for typing in [false, true] {
            let ours = index.ask(&Ask { typing, ..ask(&words, &[space(OURS)]) }).unwrap();
            assert!(ours.hits.iter().all(|hit| hit.key == practice(1)) && ours.total <= 1, "{typed}");
            let none = index.ask(&Ask { typing, ..ask(&words, &[]) }).unwrap();
            assert_eq!((none.hits, none.total), (vec![], 0), "{typed}");
        }
    }
    let both = index.ask(&ask(&Words::typed("motyvacija"), &[space(OURS), space(THEIRS)])).unwrap();
    assert_eq!(both.total, 2);
    assert_eq!(search(&index, "slapta").total, 0);
}

#[test]
fn facets_narrow_what_is_found() {
    let mut young = document(1, "Skaitymas", "");
    (young.area, young.span, young.municipality) =
        (Some(Area::Steam), Some(GradeSpan { from: -1, to: 4 }), "LT-53".parse().ok());
    let mut old = document(2, "Skaitymas", "");
    (old.area, old.span) = (Some(Area::Culture), Some(GradeSpan { from: 5, to: 8 }));
    let mut problem = document(3, "Skaitymas", "");
    problem.key.kind = Problem;
    let index = index(&[young, old, problem]);
    let words = Words::typed("skaitymo");
    let spaces = [space(OURS)];
    let plain = ask(&words, &spaces);
    let ids = |ask: Ask| {
        let mut ids: Vec<_> = index.ask(&ask).unwrap().hits.iter().map(|hit| hit.key.id.as_u128()).collect();
        ids.sort_unstable();
        ids
    };
    assert_eq!(ids(plain.clone()), [1, 2, 3]);
    assert_eq!(ids(Ask { kind: Some(Problem), ..plain.clone() }), [3]);
    assert_eq!(ids(Ask { area: Some(Area::Steam), ..plain.clone() }), [1]);
    assert_eq!(ids(Ask { municipality: "LT-53".parse().ok(), ..plain.clone() }), [1]);
    assert_eq!(ids(Ask { span: Some(GradeSpan { from: 4, to: 5 }), ..plain.clone() }), [1, 2]);
    assert_eq!(ids(Ask { span: Some(GradeSpan { from: 9, to: 12 }), ..plain.clone() }), Vec::<u128>::new());
}

#[test]
fn no_text_is_read_as_a_query() {
    let index = index(&[document(1, "Mokiniai", "Tekstas."), document(2, "Kita", "Tekstas.")]);
    for typed in [
        "",
        " ",
        "*",
        "*:*",
        "title:*",
        "\"",
        "((((",
        "a AND OR NOT",
        "[1 TO 9]",
        "\\",
        "\0",
        "'; drop table practices; --",
        "/.*/",
    ] {
        assert_eq!(search(&index, typed).total, 0, "{typed:?}");
    }
    assert_eq!(found(&index, "+mokiniai* -(\"~"), [1]);
    assert_eq!(search(&index, &"mokiniai ".repeat(10_000)).total, 1);
}

#[test]
fn a_changed_document_takes_the_place_of_the_old_one() {
    let index = index(&[document(1, "Skaitymas", ""), document(2, "Skaitymas", "")]);
    let mut changed = document(1, "Matematika", "");
    changed.version = 2;
    index.apply(&[changed], &[practice(2)]).unwrap();
    assert_eq!(found(&index, "skaitymas"), [0_u128; 0]);
    assert_eq!(found(&index, "matematika"), [1]);
    assert_eq!(index.versions().unwrap(), [(practice(1), 2)].into());
}

#[test]
fn pages_follow_one_another_without_repeats() {
    let index = index(&(0..45).map(|n| document(n, "Skaitymas", "")).collect::<Vec<_>>());
    let words = Words::typed("skaitymas");
    let mut seen: Vec<_> = [0, 20, 40, 60]
        .into_iter()
        .flat_map(|offset| {
            let found = index.ask(&Ask { offset, ..ask(&words, &[space(OURS)]) }).unwrap();
            assert_eq!(found.total, 45);
            found.hits.into_iter().map(|hit| hit.key)
        })
        .collect();
    seen.sort_unstable();
    assert_eq!(seen, (0..45).map(practice).collect::<Vec<_>>());
}
