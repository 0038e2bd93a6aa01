use super::{measure::hash, *};

/// Lemma, then its forms written out by declension.
const FORMS: &str = include_str!("../forms.tsv");

fn forms() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = FORMS.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once('\t'))
        .flat_map(|(lemma, forms)| forms.split(' ').map(move |form| (lemma, form)))
}

fn joined(one: &str, other: &str) -> bool {
    let other = keys(other);
    keys(one).iter().any(|key| other.contains(key))
}

#[test]
fn every_form_of_the_words_of_schools_finds_its_word() {
    let missed: Vec<_> = forms().filter(|(lemma, form)| !joined(lemma, form)).collect();
    assert_eq!((forms().count(), missed), (443, vec![]));
}

#[test]
fn forms_typed_without_diacritics_find_their_word() {
    let accented: Vec<_> =
        forms().map(|(lemma, form)| (lemma, fold(form), form)).filter(|(_, plain, form)| plain != form).collect();
    let missed: Vec<_> = accented.iter().filter(|(lemma, plain, _)| !joined(lemma, plain)).collect();
    // „elgesi“ reads as a verb in the second person.
    assert_eq!(accented.len(), 168);
    assert!(missed.len() <= 1, "{missed:?}");
}

#[test]
fn keys_keep_the_first_letter() {
    for (_, form) in forms().chain([("", "tyrė"), ("", "liekančių"), ("", "ėmėsi"), ("", "ąčęėį")]) {
        let first = fold(form).chars().next();
        assert!(keys(form).iter().all(|key| key.chars().next() == first), "{form}");
    }
}

#[test]
fn words_that_only_look_alike_stay_apart() {
    for (one, other) in [
        ("mokytojas", "mokėti"),
        ("mokytojas", "moka"),
        ("mokytojų", "mokyti"),
        ("mokytoja", "mokymas"),
        ("mokinys", "mokykla"),
        ("mokymas", "mokymasis"),
        ("mokymo", "mokymosi"),
        ("pamoka", "moka"),
        ("vertinimas", "įsivertinimas"),
        ("patirtis", "patiekalas"),
        ("tėvai", "tėvynė"),
        ("vadovas", "vadovėlis"),
        ("didinti", "didėti"),
        ("specialusis", "specialistas"),
        ("klasė", "klausimas"),
        ("patyčios", "pats"),
        ("patyčių", "pateikti"),
        ("patycios", "pati"),
    ] {
        assert!(!joined(one, other), "{one} {:?}, {other} {:?}", keys(one), keys(other));
    }
}

#[test]
fn verbs_find_their_tenses_and_participles() {
    for (one, other) in [
        ("įtraukusio", "įtraukusis"),
        ("skatinti", "skatinančios"),
        ("skatina", "skatinama"),
        ("skatinti", "skatintų"),
        ("dalyvauti", "dalyvavusių"),
        ("sukurti", "sukurtos"),
        ("spręsti", "sprendžia"),
        ("turėti", "turinčių"),
        ("patyrė", "patirti"),
    ] {
        assert!(joined(one, other), "{one} {:?}, {other} {:?}", keys(one), keys(other));
    }
}

#[test]
fn a_text_is_cut_into_words_of_letters_and_digits() {
    let words: Vec<_> = tokens("„Ąžuolo“ 5–6 klasėse; ugdymo(si) STEAM.").map(|token| token.word).collect();
    assert_eq!(words, ["ąžuolo", "5", "6", "klasėse", "ugdymo", "si", "steam"]);
    assert_eq!(tokens("a ėb").last().unwrap().at, 2..5);
    assert_eq!(tokens(&"ą".repeat(500)).next().unwrap().word.chars().count(), LONGEST);
    assert_eq!(tokens(" –…\u{301} ").next(), None);
}

#[test]
fn letters_of_two_code_points_are_one() {
    assert_eq!(normal("s\u{30C}eima"), "šeima");
    assert_eq!(keys(&normal("s\u{30C}eimos")), keys("šeima"));
}

#[test]
fn any_text_has_keys_and_none_panics() {
    for odd in ["ß", "школа", "日本語", "e2e", "ėėėėėė", "ijijijij", "usususus", "123456", "ǆǆǆǆ", "sisisisi", "asasis"]
    {
        for word in tokens(odd) {
            assert!(keys(&word.word).iter().all(|key| !key.is_empty()), "{odd}");
        }
    }
}

#[test]
fn stop_words_are_short_words_of_grammar() {
    assert!(["ir", "į", "iš", "dėl", "yra", "kuriuos"].map(is_stopword) == [true, true, true, true, true, false]);
    assert!(!forms().any(|(_, form)| is_stopword(form)));
}

#[test]
fn the_hash_that_halves_the_treebank_is_fnv_1a() {
    assert_eq!(hash(""), 0xcbf2_9ce4_8422_2325);
    assert_eq!(hash("a"), 0xaf63_dc4c_8601_ec8c);
}

#[test]
fn exceptions_are_made_on_the_half_that_does_not_measure() {
    let verbs = rules::I_VERBS.iter().map(|(_, lemma)| lemma);
    for lemma in verbs.chain(rules::ROOTS.iter().map(|(_, _, lemma)| lemma)) {
        assert_eq!(hash(lemma) & 1, 0, "{lemma}");
    }
}
