//! Given names and surnames by their shape.

/// Stems of given names that pupils bear most, without endings, sorted. „Jonas“, „Jonui“ and „Jonukas“ are all `jon`.
#[rustfmt::skip]
const GIVEN: &[&str] = &[
    "adel", "adom", "adrian", "agn", "agot", "aist", "akvil", "albert", "aleksandr", "algird", "alicij", "amel",
    "amelij", "andri", "andriej", "anet", "angelin", "aren", "armand", "armant", "armin", "arn", "aron", "artūr",
    "arvyd", "audri", "august", "augustin", "aurel", "aurelij", "auri", "aurim", "austėj", "aušr", "barbor", "beat",
    "ben", "benedikt", "benjamin", "bern", "brigit", "dain", "daiv", "dali", "daniel", "danieli", "danut", "dari",
    "darij", "daumant", "deimant", "deivid", "dian", "dom", "domant", "domink", "dominyk", "donat", "dor", "dorot",
    "doroti", "dovyd", "edgar", "edvard", "edvin", "egl", "eidvil", "eigil", "eitvyd", "elen", "elij", "elz",
    "elzbiet", "emil", "emilij", "erik", "ernest", "estel", "ev", "evelin", "faust", "fausti", "feliks", "gabij",
    "gabriel", "gabrieli", "gail", "gedimin", "giedr", "giedri", "gint", "gintar", "gintaut", "gird", "god", "grant",
    "gret", "gust", "gustav", "gvid", "gyt", "henrik", "herk", "hubert", "iev", "ign", "igor", "ilon", "indr", "inet",
    "irm", "irmant", "izabel", "jauni", "jogail", "jok", "jokūb", "jolant", "jon", "jor", "jorig", "jorūn", "jovit",
    "juli", "julij", "julijon", "juoz", "jurg", "jurgit", "just", "justin", "jūrat", "kaj", "kamil", "kamilij",
    "karil", "karol", "karolin", "kaspar", "katrin", "kazimier", "kipr", "klaid", "klaudij", "kornelij", "kost",
    "kotryn", "krist", "kristijon", "kristin", "kristup", "kęstut", "laur", "lauryn", "leil", "leon", "leonard",
    "leticij", "liep", "lin", "liuci", "liucij", "luk", "lukn", "lėj", "maj", "mant", "mantvyd", "mari", "marij",
    "mark", "mart", "martyn", "mat", "mateuš", "meil", "melanij", "michail", "migl", "mikalin", "mikaloj", "milan",
    "mild", "miln", "mindaug", "monik", "mork", "motiej", "mykol", "mėt", "nagl", "ned", "neil", "nering", "nikol",
    "nikolet", "noj", "nomed", "norbert", "normant", "olgierd", "olivij", "on", "oskar", "otil", "patricij", "patrik",
    "paul", "pauli", "paulin", "petr", "pij", "pran", "pranc", "raim", "raimond", "ramint", "ramun", "rapol", "ras",
    "redit", "regim", "renat", "rimgaud", "rič", "ričard", "robert", "rok", "rom", "roman", "rug", "rugil", "rūt",
    "salomėj", "samant", "sandr", "saul", "saulen", "sauli", "sebastian", "sebastijon", "silvij", "sim", "simon",
    "skaist", "smilt", "sofij", "stepon", "svajūn", "tad", "taur", "taut", "tautvyd", "teodor", "tit", "tom", "tum",
    "ugn", "ugni", "ulijon", "urt", "vaid", "vaidot", "valent", "valentin", "vanes", "vasar", "vestin", "viktor",
    "viktorij", "vilmant", "vilt", "vincent", "vit", "vital", "vitali", "vyt", "vytaut", "vyten", "vėj", "zit", "zof",
    "zuzan", "šarūn", "ūl", "žemyn", "žilvin", "žyd", "žydr", "žygimant",
];

/// Endings of surnames in all cases, after a stem of at least two letters.
#[rustfmt::skip]
const SURNAMES: &[&str] = &[
    "ait", "aič", "yt", "yč", "ut", "uč", "ūt", "ausk", "insk", "evič", "avič", "ūn", "ėn", "on", "ul", "enk", "ovsk",
    "evsk", "ynien",
];

#[rustfmt::skip]
const ENDINGS: &[&str] = &[
    "umi", "ium", "iumi", "iui", "iaus", "ius", "iai", "ais", "aus", "io", "iu", "as", "is", "ys", "us", "os", "ės",
    "ui", "ai", "ei", "yje", "į", "ą", "ę", "ų", "ė", "a", "o", "u", "e", "y", "i",
];
const SMALL: &[&str] = &["iuk", "uk", "ut", "yt", "el", "ėl"];

/// Whether the word, in lower case, is a form of a known given name.
pub(super) fn is_given(lower: &str) -> bool {
    let known = |stem: &str| GIVEN.binary_search(&stem).is_ok();
    stems(lower).any(|stem| known(&stem) || SMALL.iter().any(|small| stem.strip_suffix(small).is_some_and(known)))
}

/// Whether the word has the shape of a surname in some case.
pub(super) fn is_surname(lower: &str) -> bool {
    let long = |stem: &str, end: &str| stem.chars().count() >= end.chars().count() + 2;
    stems(lower).any(|stem| SURNAMES.iter().any(|end| stem.ends_with(end) && long(&stem, end)))
}

/// A married woman's surname is no pupil's.
pub(super) fn is_married(lower: &str) -> bool {
    ["ienė", "ienės", "ienei", "ienę", "iene", "ienėje"]
        .iter()
        .any(|end| lower.ends_with(end) && lower.len() > end.len() + 3)
}

/// Whether the word ends as a name can end in Lithuanian.
pub(super) fn is_shaped(lower: &str) -> bool {
    lower.chars().count() >= 3 && stems(lower).next().is_some() && !is_place(lower)
}

/// In a place, by the locative.
fn is_place(lower: &str) -> bool {
    ["uje", "oje", "ėje", "yje", "uose", "ose", "ėse"].iter().any(|end| lower.ends_with(end))
}

/// What is left of a word without an ending; `č` and `dž` before one stand for `t` and `d` too.
fn stems(lower: &str) -> impl Iterator<Item = String> {
    let bare =
        ENDINGS.iter().filter_map(move |ending| lower.strip_suffix(ending)).filter(|stem| stem.chars().count() >= 2);
    bare.flat_map(|stem| {
        let soft = stem
            .strip_suffix("dž")
            .map(|rest| format!("{rest}d"))
            .or(stem.strip_suffix('č').map(|rest| format!("{rest}t")));
        std::iter::once(stem.to_owned()).chain(soft)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_names_are_sorted_stems() {
        assert!(GIVEN.is_sorted_by(|a, b| a < b), "sort them: {:?}", GIVEN.windows(2).find(|pair| pair[0] >= pair[1]));
    }

    #[test]
    fn a_given_name_is_known_in_every_case() {
        for name in [
            "jonas",
            "jono",
            "jonui",
            "joną",
            "jonu",
            "jonukas",
            "ona",
            "onos",
            "onutei",
            "emilijai",
            "gyčiui",
            "kęstučio",
            "dominyko",
            "mykolu",
            "liepą",
        ] {
            assert!(is_given(name), "{name}");
        }
        for word in ["klasė", "pamoka", "mokykla", "problema", "lietuvos", "ir", "on"] {
            assert!(!is_given(word), "{word}");
        }
        for name in ["petraitis", "petraičiui", "petraitytės", "balčiūnas", "kazlauskui", "stankevičius", "rimkutė"]
        {
            assert!(is_surname(name), "{name}");
        }
        assert!(is_married("jankauskienei") && !is_married("jankauskaitė") && !is_married("dienė"));
    }
}
