use model::{
    ids::SpaceId,
    practices::{GradeSpan, Stage},
    problems::Area,
    search::{
        FoundKind::{Practice, Problem, Team},
        Way,
    },
};
use uuid::Uuid;

use super::{
    ask::{Ask, Found, Mode},
    document::{Document, For, Key, Rights},
    index::Index,
    words::Words,
};
use crate::facets::Narrow;

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
        seen: For::Space(space(OURS)),
        version: 1,
        title: title.into(),
        text: text.into(),
        school: None,
        area: None,
        municipality: None,
        span: None,
        cost: None,
        size: None,
    }
}

fn index(documents: &[Document]) -> Index {
    let index = Index::in_memory().unwrap();
    index.apply(documents, &[]).unwrap();
    index
}

fn ask<'a>(words: &'a Words, spaces: &'a [SpaceId]) -> Ask<'a> {
    let rights = Rights { spaces, signed_in: false };
    Ask { words, rights, narrow: Narrow::default(), mode: Mode::Whole, offset: 0, limit: 20 }
}

fn search(index: &Index, typed: &str) -> Found {
    index.ask(&ask(&Words::typed(typed), &[space(OURS)])).unwrap()
}

/// Numbers of the documents found, best first.
fn found(index: &Index, typed: &str) -> Vec<u128> {
    search(index, typed).hits.iter().map(|hit| hit.key.id.as_u128()).collect()
}

mod disk;
mod every;
mod feed;
mod ranking;
mod verb;

#[test]
fn nothing_outside_the_spaces_given_is_found_or_counted() {
    let mut theirs = document(2, "Motyvacija", "Slapta motyvacija.");
    theirs.seen = For::Space(space(THEIRS));
    let index = index(&[document(1, "Motyvacija", "Mūsų motyvacija."), theirs]);
    for typed in ["motyvacija", "motyvacijos slaptas", "motivacija", "motyv", "slapta"] {
        let words = Words::typed(typed);
        for mode in [Mode::Whole, Mode::Typing, Mode::Like] {
            let ours = index.ask(&Ask { mode, ..ask(&words, &[space(OURS)]) }).unwrap();
            assert!(ours.hits.iter().all(|hit| hit.key == practice(1)) && ours.counts.total <= 1, "{typed}");
            let none = index.ask(&Ask { mode, ..ask(&words, &[]) }).unwrap();
            assert_eq!((none.hits, none.counts.total), (vec![], 0), "{typed}");
        }
    }
    let both = index.ask(&ask(&Words::typed("motyvacija"), &[space(OURS), space(THEIRS)])).unwrap();
    assert_eq!(both.counts.total, 2);
    assert_eq!(search(&index, "slapta").counts.total, 0);
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
    let ids = |narrow: Narrow| {
        let found = index.ask(&Ask { narrow, ..ask(&words, &spaces) }).unwrap();
        let mut ids: Vec<_> = found.hits.iter().map(|hit| hit.key.id.as_u128()).collect();
        ids.sort_unstable();
        assert_eq!(ids.len(), found.counts.total);
        ids
    };
    let place = "LT-53".parse().ok();
    assert_eq!(ids(Narrow::default()), [1, 2, 3]);
    assert_eq!(ids(Narrow { kind: Some(Problem), ..Narrow::default() }), [3]);
    assert_eq!(ids(Narrow { area: Some(Area::Steam), ..Narrow::default() }), [1]);
    assert_eq!(ids(Narrow { municipality: place, ..Narrow::default() }), [1]);
    assert_eq!(ids(Narrow { stage: Some(Stage::Primary), ..Narrow::default() }), [1]);
    assert_eq!(ids(Narrow { stage: Some(Stage::LowerSecondary), ..Narrow::default() }), [2]);
    assert_eq!(ids(Narrow { stage: Some(Stage::Secondary), ..Narrow::default() }), Vec::<u128>::new());
    assert_eq!(
        ids(Narrow { stage: Some(Stage::Primary), area: Some(Area::Culture), ..Narrow::default() }),
        Vec::<u128>::new()
    );
}

#[test]
fn a_facet_counts_what_another_value_would_find() {
    let of = |number, area, from, to, place: &str| {
        let mut one = document(number, "Skaitymas", "");
        (one.area, one.span, one.municipality) = (Some(area), Some(GradeSpan { from, to }), place.parse().ok());
        one
    };
    let mut hidden = of(9, Area::Steam, 1, 4, "LT-53");
    hidden.seen = For::Space(space(THEIRS));
    let mut problem = document(5, "Skaitymas", "");
    (problem.key.kind, problem.area) = (Problem, Some(Area::Steam));
    let index = index(&[
        of(1, Area::Steam, 1, 4, "LT-53"),
        of(2, Area::Steam, 3, 6, "LT-02"),
        of(3, Area::Culture, -1, 12, "LT-53"),
        of(4, Area::Culture, 11, 12, "LT-60"),
        problem,
        hidden,
    ]);
    let words = Words::typed("skaitymo");
    let spaces = [space(OURS)];
    let counts = |narrow| index.ask(&Ask { narrow, limit: 1, ..ask(&words, &spaces) }).unwrap().counts;
    let all = counts(Narrow::default());
    assert_eq!((all.total, all.kind(Practice), all.kind(Problem)), (5, 4, 1));
    assert_eq!((all.area(Area::Steam), all.area(Area::Culture), all.area(Area::Leadership)), (3, 2, 0));
    assert_eq!(Stage::ALL.map(|stage| all.stage(stage)), [1, 3, 2, 1, 2]);
    let place = |text: &str| all.municipality(text.parse().unwrap());
    assert_eq!((place("LT-53"), place("LT-02"), place("LT-60"), place("LT-01")), (2, 1, 1, 0));

    let narrow = Narrow { area: Some(Area::Steam), stage: Some(Stage::Primary), ..Narrow::default() };
    let some = counts(narrow);
    assert_eq!((some.total, some.kind(Practice), some.kind(Problem)), (2, 2, 0));
    assert_eq!((some.area(Area::Steam), some.area(Area::Culture)), (2, 1));
    assert_eq!(Stage::ALL.map(|stage| some.stage(stage)), [0, 2, 1, 0, 0]);
    assert_eq!(some.municipality("LT-53".parse().unwrap()), 1);
}

#[test]
fn what_everyone_signed_in_sees_is_found_by_them_alone() {
    let mut team = document(1, "Ąžuolų komanda", "Rasa");
    (team.key.kind, team.seen) = (Team, For::SignedIn);
    let index = index(&[team, document(2, "Komanda", "")]);
    let words = Words::typed("komandos");
    let found = |signed_in| {
        let spaces = [space(OURS)];
        let found = index.ask(&Ask { rights: Rights { spaces: &spaces, signed_in }, ..ask(&words, &spaces) }).unwrap();
        (found.counts.total, found.counts.kind(Team), found.hits.len())
    };
    assert_eq!((found(false), found(true)), ((1, 0, 1), (2, 1, 2)));
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
        assert_eq!(search(&index, typed).counts.total, 0, "{typed:?}");
    }
    assert_eq!(found(&index, "+mokiniai* -(\"~"), [1]);
    assert_eq!(search(&index, &"mokiniai ".repeat(10_000)).counts.total, 1);
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
            assert_eq!(found.counts.total, 45);
            found.hits.into_iter().map(|hit| hit.key)
        })
        .collect();
    seen.sort_unstable();
    assert_eq!(seen, (0..45).map(practice).collect::<Vec<_>>());
}
