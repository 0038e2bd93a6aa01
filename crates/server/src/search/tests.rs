use std::{fs, path::PathBuf};

use model::{
    ids::SpaceId,
    practices::GradeSpan,
    problems::Area,
    search::FoundKind::{Practice, Problem},
};
use uuid::Uuid;

use super::{
    ask::{Ask, Found, Way},
    document::{Document, Key},
    index::Index,
    lithuanian::fold,
    words::Words,
};

const FORMS: &str = include_str!("forms.tsv");
const OURS: u128 = 1;
const THEIRS: u128 = 2;

fn space(number: u128) -> SpaceId {
    SpaceId::from_uuid(Uuid::from_u128(number))
}

fn practice(number: u128) -> Key {
    Key {
        kind: Practice,
        id: Uuid::from_u128(number),
    }
}

fn document(number: u128, title: &str, text: &str) -> Document {
    Document {
        key: practice(number),
        space: space(OURS),
        version: 1,
        title: title.into(),
        text: text.into(),
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
    Ask {
        words,
        spaces,
        kind: None,
        area: None,
        municipality: None,
        span: None,
        typing: false,
        offset: 0,
        limit: 20,
    }
}

fn search(index: &Index, typed: &str) -> Found {
    index
        .ask(&ask(&Words::typed(typed), &[space(OURS)]))
        .unwrap()
}

/// Numbers of the documents found, best first.
fn found(index: &Index, typed: &str) -> Vec<u128> {
    search(index, typed)
        .hits
        .iter()
        .map(|hit| hit.key.id.as_u128())
        .collect()
}

/// A directory of its own for a test, gone with the test.
struct Dir(PathBuf);

impl Dir {
    fn new(name: &str) -> Self {
        let dir =
            std::env::temp_dir().join(format!("tinklaveika-search-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        Self(dir)
    }
}

impl Drop for Dir {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn every_form_finds_the_document_of_its_word_typed_with_or_without_diacritics() {
    let lines: Vec<_> = FORMS
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter(|(lemma, _)| !lemma.starts_with('#'))
        .collect();
    let one_each: Vec<_> = lines
        .iter()
        .enumerate()
        .map(|(at, (lemma, _))| document(at as u128, lemma, "Apie tai rašoma čia."))
        .collect();
    let index = index(&one_each);
    let (mut all, mut first, mut accented, mut first_plain) = (0, 0, 0, 0);
    for (at, (_, forms)) in lines.iter().enumerate() {
        for form in forms.split(' ') {
            let hit =
                |typed: &str| usize::from(found(&index, typed).first() == Some(&(at as u128)));
            all += 1;
            first += hit(form);
            if fold(form) != form {
                accented += 1;
                first_plain += hit(&fold(form));
            }
        }
    }
    assert_eq!((all, accented), (437, 162));
    assert!(first * 100 >= all * 99, "{first} of {all}");
    assert!(
        first_plain * 100 >= accented * 99,
        "{first_plain} of {accented}"
    );
}

#[test]
fn teachers_stand_above_those_who_can_and_pay() {
    let index = index(&[
        document(
            1,
            "Moka skaityti",
            "Jie moka ir mokėjo skaityti, mokės ir toliau, moka, mokama.",
        ),
        document(
            2,
            "Mokėti už pietus",
            "Mokėti reikia laiku: moka tėvai, mokėjo ir mokės.",
        ),
        document(
            3,
            "Pamokos planas",
            "Planą mato mokytojai ir mokiniai, o tėvai jį moka skaityti.",
        ),
    ]);
    for form in [
        "mokytojas",
        "mokytojo",
        "mokytojų",
        "mokytoju",
        "mokytojams",
        "mokytoja",
        "MOKYTOJAI",
    ] {
        assert_eq!(found(&index, form), [3], "{form}");
    }
    assert_eq!(found(&index, "mokytojai moka"), [3]);
    assert_eq!(found(&index, "mokėti")[0], 2);
}

#[test]
fn the_very_spelling_and_the_title_come_first() {
    let index = index(&[
        document(
            1,
            "Skaitymo valanda",
            "Vaikai skaito kasdien, o tėvas padeda namuose.",
        ),
        document(
            2,
            "Skaitymo valanda",
            "Vaikai skaito kasdien, o tėvai padeda namuose.",
        ),
        document(
            3,
            "Tėvai skaito",
            "Vaikai skaito kasdien, o močiutė padeda namuose.",
        ),
    ]);
    assert_eq!(found(&index, "tėvai"), [3, 2, 1]);
    assert_eq!(found(&index, "tevai"), [3, 2, 1]);
    assert_eq!(found(&index, "tėvas valanda")[0], 1);
}

#[test]
fn nothing_outside_the_spaces_given_is_found_or_counted() {
    let mut theirs = document(2, "Motyvacija", "Slapta motyvacija.");
    theirs.space = space(THEIRS);
    let index = index(&[document(1, "Motyvacija", "Mūsų motyvacija."), theirs]);
    for typed in [
        "motyvacija",
        "motyvacijos slaptas",
        "motivacija",
        "motyv",
        "slapta",
    ] {
        let words = Words::typed(typed);
        for typing in [false, true] {
            let ours = index
                .ask(&Ask {
                    typing,
                    ..ask(&words, &[space(OURS)])
                })
                .unwrap();
            assert!(
                ours.hits.iter().all(|hit| hit.key == practice(1)) && ours.total <= 1,
                "{typed}"
            );
            let none = index
                .ask(&Ask {
                    typing,
                    ..ask(&words, &[])
                })
                .unwrap();
            assert_eq!((none.hits, none.total), (vec![], 0), "{typed}");
        }
    }
    let both = index
        .ask(&ask(
            &Words::typed("motyvacija"),
            &[space(OURS), space(THEIRS)],
        ))
        .unwrap();
    assert_eq!(both.total, 2);
    assert_eq!(search(&index, "slapta").total, 0);
}

#[test]
fn facets_narrow_what_is_found() {
    let mut young = document(1, "Skaitymas", "");
    (young.area, young.span, young.municipality) = (
        Some(Area::Steam),
        Some(GradeSpan { from: -1, to: 4 }),
        "LT-53".parse().ok(),
    );
    let mut old = document(2, "Skaitymas", "");
    (old.area, old.span) = (Some(Area::Culture), Some(GradeSpan { from: 5, to: 8 }));
    let mut problem = document(3, "Skaitymas", "");
    problem.key.kind = Problem;
    let index = index(&[young, old, problem]);
    let words = Words::typed("skaitymo");
    let spaces = [space(OURS)];
    let plain = ask(&words, &spaces);
    let ids = |ask: Ask| {
        let mut ids: Vec<_> = index
            .ask(&ask)
            .unwrap()
            .hits
            .iter()
            .map(|hit| hit.key.id.as_u128())
            .collect();
        ids.sort_unstable();
        ids
    };
    assert_eq!(ids(plain.clone()), [1, 2, 3]);
    assert_eq!(
        ids(Ask {
            kind: Some(Problem),
            ..plain.clone()
        }),
        [3]
    );
    assert_eq!(
        ids(Ask {
            area: Some(Area::Steam),
            ..plain.clone()
        }),
        [1]
    );
    assert_eq!(
        ids(Ask {
            municipality: "LT-53".parse().ok(),
            ..plain.clone()
        }),
        [1]
    );
    assert_eq!(
        ids(Ask {
            span: Some(GradeSpan { from: 4, to: 5 }),
            ..plain.clone()
        }),
        [1, 2]
    );
    assert_eq!(
        ids(Ask {
            span: Some(GradeSpan { from: 9, to: 12 }),
            ..plain.clone()
        }),
        Vec::<u128>::new()
    );
}

#[test]
fn the_first_way_that_finds_anything_is_taken() {
    let index = index(&[
        document(1, "Mokinių motyvacija", "Ką daryti."),
        document(2, "Tėvų susirinkimas", "Kaip kviesti."),
    ]);
    let way = |typed: &str| {
        let found = search(&index, typed);
        (
            found.way,
            found
                .hits
                .iter()
                .map(|hit| hit.key.id.as_u128())
                .collect::<Vec<_>>(),
        )
    };
    assert_eq!(way("motyvacijos mokiniai"), (Way::All, vec![1]));
    assert_eq!(way("motivacijos mokiniai"), (Way::Near, vec![1]));
    assert_eq!(way("mokinių motyv"), (Way::Near, vec![1]));
    assert_eq!(way("motyvacija susirinkime").0, Way::Any);
    assert_eq!(way("motyvacija susirinkime").1.len(), 2);
    assert_eq!(way("kosmosas"), (Way::All, vec![]));
    assert_eq!(way("kaip"), (Way::All, vec![2]));
}

#[test]
fn no_text_is_read_as_a_query() {
    let index = index(&[
        document(1, "Mokiniai", "Tekstas."),
        document(2, "Kita", "Tekstas."),
    ]);
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
    let index = index(
        &(0..45)
            .map(|n| document(n, "Skaitymas", ""))
            .collect::<Vec<_>>(),
    );
    let words = Words::typed("skaitymas");
    let mut seen: Vec<_> = [0, 20, 40, 60]
        .into_iter()
        .flat_map(|offset| {
            let found = index
                .ask(&Ask {
                    offset,
                    ..ask(&words, &[space(OURS)])
                })
                .unwrap();
            assert_eq!(found.total, 45);
            found.hits.into_iter().map(|hit| hit.key)
        })
        .collect();
    seen.sort_unstable();
    assert_eq!(seen, (0..45).map(practice).collect::<Vec<_>>());
}

#[test]
fn an_index_is_kept_on_disk() {
    let dir = Dir::new("kept");
    Index::open(&dir.0)
        .unwrap()
        .apply(&[document(1, "Skaitymas", "")], &[])
        .unwrap();
    assert_eq!(found(&Index::open(&dir.0).unwrap(), "skaityme"), [1]);
}

#[test]
fn an_index_that_does_not_fit_is_made_anew() {
    let dir = Dir::new("anew");
    let damage: [&dyn Fn(); 4] = [
        &|| fs::write(dir.0.join("tinklaveika-search"), "0.0").unwrap(),
        &|| fs::remove_file(dir.0.join("tinklaveika-search")).unwrap(),
        &|| fs::write(dir.0.join("meta.json"), "{").unwrap(),
        &|| {
            for file in fs::read_dir(&dir.0)
                .unwrap()
                .map(|entry| entry.unwrap().path())
            {
                if file
                    .extension()
                    .is_some_and(|extension| extension == "idx" || extension == "term")
                {
                    fs::write(file, "damaged").unwrap();
                }
            }
        },
    ];
    for hurt in damage {
        Index::open(&dir.0)
            .unwrap()
            .apply(&[document(1, "Skaitymas", "")], &[])
            .unwrap();
        hurt();
        let index = Index::open(&dir.0).unwrap();
        assert_eq!(found(&index, "skaitymas"), [0_u128; 0]);
        assert!(index.versions().unwrap().is_empty());
    }
}
