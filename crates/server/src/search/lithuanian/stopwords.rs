//! Words that say nothing of what a text is about. No Lithuanian list ships with the stemmer; this one is ours, and short: a word
//! left out costs a little ranking, a word wrongly in it cannot be found.

/// Without diacritics, sorted.
const STOPWORDS: &[&str] = &[
    "ant", "apie", "ar", "arba", "as", "be", "bei", "bet", "bus", "buti", "buvo", "cia", "dar", "del", "gal", "gali",
    "i", "ir", "is", "iki", "ja", "jai", "jam", "jas", "jau", "jei", "jeigu", "ji", "jie", "jiems", "jis", "jo", "jog",
    "joms", "jos", "ju", "juo", "juos", "jus", "jusu", "kad", "kai", "kaip", "kas", "kiek", "ko", "kol", "kuri",
    "kurie", "kuriems", "kurio", "kurios", "kuris", "kuriu", "kur", "mano", "mes", "mums", "mus", "musu", "ne", "nei",
    "nes", "nors", "nuo", "o", "pagal", "pas", "pat", "per", "po", "prie", "pries", "pro", "sau", "save", "savo", "si",
    "sia", "sie", "siu", "sio", "sios", "sis", "su", "ta", "tad", "tai", "taip", "tam", "tarp", "tas", "ten", "tie",
    "tik", "to", "toks", "tos", "tu", "tuo", "uz", "va", "visi", "yra",
];

/// Whether `word` (in lower case, with or without diacritics) is looked up only when nothing else was typed.
pub fn is_stopword(word: &str) -> bool {
    word.chars().count() <= 8 && STOPWORDS.contains(&super::fold(word).as_str())
}
