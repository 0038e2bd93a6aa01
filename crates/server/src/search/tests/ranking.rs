//! What is found, and in what order.

use super::{super::lithuanian::fold, *};

const FORMS: &str = include_str!("../forms.tsv");

#[test]
fn every_form_finds_the_document_of_its_word_typed_with_or_without_diacritics() {
    let lines: Vec<_> =
        FORMS.lines().filter_map(|line| line.split_once('\t')).filter(|(lemma, _)| !lemma.starts_with('#')).collect();
    let one_each: Vec<_> =
        lines.iter().enumerate().map(|(at, (lemma, _))| document(at as u128, lemma, "Apie tai rašoma čia.")).collect();
    let index = index(&one_each);
    let (mut all, mut first, mut accented, mut first_plain) = (0, 0, 0, 0);
    for (at, (_, forms)) in lines.iter().enumerate() {
        for form in forms.split(' ') {
            let hit = |typed: &str| usize::from(found(&index, typed).first() == Some(&(at as u128)));
            all += 1;
            first += hit(form);
            if fold(form) != form {
                accented += 1;
                first_plain += hit(&fold(form));
            }
        }
    }
    assert_eq!((all, accented), (443, 168));
    assert!(first * 100 >= all * 99, "{first} of {all}");
    assert!(first_plain * 100 >= accented * 99, "{first_plain} of {accented}");
}

#[test]
fn teachers_stand_above_those_who_can_and_pay() {
    let index = index(&[
        document(1, "Moka skaityti", "Jie moka ir mokėjo skaityti, mokės ir toliau, moka, mokama."),
        document(2, "Mokėti už pietus", "Mokėti reikia laiku: moka tėvai, mokėjo ir mokės."),
        document(3, "Pamokos planas", "Planą mato mokytojai ir mokiniai, o tėvai jį moka skaityti."),
    ]);
    for form in ["mokytojas", "mokytojo", "mokytojų", "mokytoju", "mokytojams", "mokytoja", "MOKYTOJAI"] {
        assert_eq!(found(&index, form), [3], "{form}");
    }
    assert_eq!(found(&index, "mokytojai moka"), [3]);
    assert_eq!(found(&index, "mokėti")[0], 2);
}

#[test]
fn the_very_spelling_and_the_title_come_first() {
    let index = index(&[
        document(1, "Skaitymo valanda", "Vaikai skaito kasdien, o tėvas padeda namuose."),
        document(2, "Skaitymo valanda", "Vaikai skaito kasdien, o tėvai padeda namuose."),
        document(3, "Tėvai skaito", "Vaikai skaito kasdien, o močiutė padeda namuose."),
    ]);
    assert_eq!(found(&index, "tėvai"), [3, 2, 1]);
    assert_eq!(found(&index, "tevai"), [3, 2, 1]);
    assert_eq!(found(&index, "tėvas valanda")[0], 1);
}

#[test]
fn the_first_way_that_finds_anything_is_taken() {
    let index =
        index(&[document(1, "Mokinių motyvacija", "Ką daryti."), document(2, "Tėvų susirinkimas", "Kaip kviesti.")]);
    let way = |typed: &str| {
        let found = search(&index, typed);
        (found.way, found.hits.iter().map(|hit| hit.key.id.as_u128()).collect::<Vec<_>>())
    };
    assert_eq!(way("motyvacijos mokiniai"), (Way::All, vec![1]));
    assert_eq!(way("motivacijos mokiniai"), (Way::Near, vec![1]));
    assert_eq!(way("mokinių motyv"), (Way::Near, vec![1]));
    assert_eq!(way("motyvacija susirinkime").0, Way::Any);
    assert_eq!(way("motyvacija susirinkime").1.len(), 2);
    assert_eq!(way("kosmosas"), (Way::All, vec![]));
    assert_eq!(way("kaip"), (Way::All, vec![2]));
}
