//! Rules around the stemmer, on words without diacritics. They were made looking only at the treebank's lemmas with an even hash and
//! at the words of schools in `forms.tsv`, and exceptions name their lemma, so that the odd half measures fairly.

/// What the ending alone tells of a word.
pub enum Shape {
    /// This is its key; the stemmer is not asked.
    Sure(String),
    /// It has the stem of this other word.
    Like(String),
    /// This is one reading; the stemmer's is another.
    Maybe(String),
}

/// Endings of the pronominal (definite) adjective.
const PRONOMINAL: &str = "uosiuose iuosiuose iaisiais iesiems aisiais iuosius iosiomis iosioms iosiose iasias \
    iosios osiomis osioms osiose osios asias uosius iajame ajame iojoje ojoje iajam ajam \
    iojo ioji iajai ajai iaja iaji iuoju iuju ieji usis ysis asis iji aji aja uji uju uoju \
    ojo oji";

/// Endings of nouns in -as and -a, for agent nouns (mokytojas, mokytoja).
const AGENT: &str = "as o ui a u yje au ai uje ams am us ais uose os oje oj oms om omis ose";

/// Endings of adjectives and participles in -as, -a.
const ADJECTIVE: &str = "as o am a u ame i iems us ais uose os ai oje oms omis ose asis ojo ajam aji uoju ajame \
    ieji uju iesiems uosius aisiais oji osios ajai aja osioms asias osiomis";

/// Endings of nouns in -is.
const THING: &str = "is io iui i iu yje iai iams ius iais iuose";

/// Endings of reflexive verbal nouns (mokymasis).
const REFLEXIVE: &str = "masis mosi muisi masi musi mesi";

pub fn shape(word: &str, plain: &str) -> Option<Shape> {
    let by_ending = reflexive(plain)
        .or_else(|| bullying(plain))
        .or_else(|| agent(plain))
        .or_else(|| quality(plain))
        .or_else(|| infinitive(plain));
    by_ending.or_else(|| passive(word, plain)).or_else(|| pronominal(plain))
}

/// Learning (mokymasis) is not teaching (mokymas).
fn reflexive(word: &str) -> Option<Shape> {
    let stem = strip(word, REFLEXIVE, 4).filter(|stem| ends_any(stem, "i y"))?;
    Some(Shape::Sure(format!("{stem}ms")))
}

/// Bullying (patyčios) is not oneself (pats): the stemmer takes -yč- for an ending.
fn bullying(word: &str) -> Option<Shape> {
    let stem = strip(word, "ios iu ioms ias iomis iose", 5)?;
    stem.ends_with("yc").then(|| Shape::Sure(stem.to_owned()))
}

/// A teacher (mokytojas) is not to teach (mokyti).
fn agent(word: &str) -> Option<Shape> {
    let stem = strip(word, AGENT, 4)?;
    // aukštoji (higher) is an adjective and vartojo (used) a verb, as are all with another consonant before -toj.
    let made = stem.strip_suffix("toj").is_some_and(|root| ends_any(root, VOWELS) || root.ends_with('n'));
    // The same letters end a verb: vedėjo (of the head), tikėjo (believed).
    let verb = ends_any(word, "eja ejo ejau ejai eju") && !stem.ends_with("ejej");
    if made || (stem.ends_with("ej") && !verb) {
        Some(Shape::Sure(stem.to_owned()))
    } else if stem.ends_with("ej") && stem.len() > 4 {
        Some(Shape::Maybe(stem.to_owned()))
    } else {
        None
    }
}

/// Adjectives in -ingas and -iškas, and things in -ėlis, are not the nouns they are made of (vadovėlis, a textbook; vadovas, a head).
fn quality(word: &str) -> Option<Shape> {
    if let Some(thing) = strip(word, THING, 5).filter(|stem| stem.ends_with("el")) {
        return Some(Shape::Sure(thing.to_owned()));
    }
    let stem = strip(word, ADJECTIVE, 5).or_else(|| word.strip_suffix('e'))?;
    let stem = strip(stem, "esni esn iausi iaus", 5).unwrap_or(stem);
    let stem = stem.strip_suffix('i').unwrap_or(stem);
    (ends_any(stem, "ing isk") && stem.len() >= 6).then(|| Shape::Sure(stem.to_owned()))
}

/// Verbs in -inti keep their suffix: didinti (to enlarge) is not didėti (to grow).
fn infinitive(word: &str) -> Option<Shape> {
    let root = strip(word, ADJECTIVE, 5)?.strip_suffix("int")?;
    (root.len() >= 3 && !in_i(root)).then(|| Shape::Sure(format!("{root}in")))
}

/// Passive participles in -ima: turima, siekiama; but kūrimą is a noun.
fn passive(word: &str, plain: &str) -> Option<Shape> {
    let participle = "ima imos imoje imoms imomis imose imas imi imus imais";
    let stem = strip(plain, participle, 3)?;
    if in_i(stem) {
        return Some(Shape::Sure(finish(stem)));
    }
    let noun = word.ends_with('ą') || ends_any(plain, "imas imi imus imais") || ends_any(stem, VOWELS);
    match noun {
        true => None,
        false if plain.ends_with("ima") => Some(Shape::Maybe(finish(stem))),
        false => Some(Shape::Sure(finish(stem))),
    }
}

fn pronominal(word: &str) -> Option<Shape> {
    let stem = strip(word, PRONOMINAL, 3)?;
    let verb = ends_any(word, "auju auji iji") && !word.ends_with("esniji");
    (!verb).then(|| Shape::Like(format!("{stem}as")))
}

const VOWELS: &str = "a e i o u y";

/// Verbs of the i conjugation, whose present participle (turintis) looks like an infinitive in -inti: root and lemma.
pub(super) const I_VERBS: &[(&str, &str)] = &[("tur", "turėti"), ("nor", "norėti"), ("priklaus", "priklausyti")];

/// Roots of verbs that change from tense to tense: as it comes, as it is kept, and the verb they were seen in.
pub(super) const ROOTS: &[(&str, &str, &str)] = &[
    ("skyr", "skir", "išskirti"),
    ("tyr", "tir", "patirti"),
    ("tink", "tik", "atitikti"),
    ("liek", "lik", "likti"),
    ("kyl", "kil", "kilti"),
    ("tenk", "tek", "tekti"),
    ("simen", "simin", "neprisiminti"),
    ("suprat", "supr", "suprasti"),
    ("supras", "supr", "suprasti"),
    ("spres", "sprend", "nuspręsti"),
    ("leidz", "leid", "išleisti"),
    ("leis", "leid", "išleisti"),
    ("praded", "prad", "pradėti"),
    ("renk", "rink", "surinkti"),
];

/// Endings that the stemmer takes for those of another word.
pub fn prepare(word: &str) -> String {
    for (ending, other, left) in [("anti", "antis", 3), ("ki", "kia", 3), ("ate", "atas", 4)] {
        if let Some(stem) =
            word.strip_suffix(ending).filter(|stem| stem.chars().count() >= left && !stem.ends_with('j'))
        {
            return format!("{stem}{other}");
        }
    }
    word.to_owned()
}

/// The folded word with those letters guessed back that the stemmer knows only with their diacritics.
pub fn unfold(word: &str) -> String {
    let mut word = word.to_owned();
    for (plain, full) in ENDINGS {
        if let Some(stem) = word.strip_suffix(plain).filter(|stem| stem.len() >= 3) {
            word = format!("{stem}{full}");
            break;
        }
    }
    for vowel in ["a", "o", "u"] {
        word = word
            .replace(&format!("ci{vowel}"), &format!("či{vowel}"))
            .replace(&format!("dzi{vowel}"), &format!("dži{vowel}"));
    }
    word
}

const ENDINGS: &[(&str, &str)] = &[
    ("emis", "ėmis"),
    ("ems", "ėms"),
    ("ese", "ėse"),
    ("eje", "ėje"),
    ("ejo", "ėjo"),
    ("ejosi", "ėjosi"),
    ("eti", "ėti"),
    ("eme", "ėme"),
    ("ete", "ėte"),
    ("esi", "ėsi"),
];

/// The last cuts after the stemmer.
pub fn finish(stem: &str) -> String {
    let mut stem = stem.to_owned();
    if let Some(root) = cut(&stem, "us") {
        stem = cut(root, "av oj ej").unwrap_or(root).to_owned();
    } else if let Some(root) = cut(&stem, "iam om av") {
        stem = root.to_owned();
    } else if stem.ends_with("men") && stem.len() >= 5 {
        stem.truncate(stem.len() - 2);
    }
    if let Some(root) = cut(&stem, "au uo") {
        stem = root.to_owned();
    }
    while stem.len() > 3 && ends_any(&stem, "o y e i u") {
        stem.pop();
    }
    stem = soft(stem);
    if stem.len() > 4 && stem.ends_with('t') && !ends_any(&stem, "at et it ot ut yt") {
        stem.pop();
    }
    for (root, one, _) in ROOTS {
        if let Some(prefix) = stem.strip_suffix(root) {
            return format!("{prefix}{one}");
        }
    }
    stem
}

/// `stem` without the first of `endings` that leaves three letters.
fn cut<'a>(stem: &'a str, endings: &str) -> Option<&'a str> {
    let mut roots = endings.split(' ').filter_map(|ending| stem.strip_suffix(ending));
    roots.find(|root| root.len() >= 3)
}

fn in_i(root: &str) -> bool {
    I_VERBS.iter().any(|(verb, _)| root.ends_with(verb))
}

fn soft(stem: String) -> String {
    if let Some(root) = stem.strip_suffix("dz") {
        format!("{root}d")
    } else if let Some(root) = stem.strip_suffix('c') {
        format!("{root}t")
    } else {
        stem
    }
}

/// `word` without the longest of `endings` that leaves at least `left` letters.
fn strip<'a>(word: &'a str, endings: &str, left: usize) -> Option<&'a str> {
    let stems = endings.split(' ').filter_map(|ending| word.strip_suffix(ending));
    stems.filter(|stem| stem.len() >= left).min_by_key(|stem| stem.len())
}

fn ends_any(word: &str, endings: &str) -> bool {
    endings.split(' ').any(|ending| word.ends_with(ending))
}
