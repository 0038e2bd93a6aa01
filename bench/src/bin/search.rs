//! Search over 100,000 generated practices: `search [--documents N] [--forms FILE]`. Prints rows of docs/benchmarks.md.
//!
//! The text is made from a fixed seed: words of schools in all their forms and, behind them, a long tail of invented ones, as
//! often as words are in a language (the n-th about 1/n as often as the first).

// A bench measures: it may ask the clock.
#![allow(clippy::disallowed_methods)]

use std::{env, fs, path::Path, time::Instant};

use anyhow::Context;
use bench::report::{Row, table};
use model::{ids::SpaceId, practices::Stage, problems::Area, schools::MunicipalityCode, search::FoundKind};
use server::search::{
    ask::Ask,
    document::{Document, Key},
    index::Index,
    lithuanian::measure,
    words::Words,
};
use uuid::Uuid;

const FORMS: &str = include_str!("../../../crates/server/src/search/forms.tsv");
const SPACES: u64 = 300;
/// What the reader of the bench may see of them.
const VISIBLE: u64 = 200;
const QUERIES: usize = 4_000;

fn main() -> anyhow::Result<()> {
    let argument = |name: &str| env::args().skip_while(|word| word != name).nth(1);
    let documents: u64 = argument("--documents").map_or(Ok(100_000), |text| text.parse())?;
    let mut rows = Vec::new();
    if let Some(file) = argument("--forms") {
        forms(Path::new(&file), &mut rows)?;
    }
    let dir = env::temp_dir().join(format!("tinklaveika-bench-search-{}", std::process::id()));
    let measured = index(&dir, documents, &mut rows);
    let _ = fs::remove_dir_all(&dir);
    measured?;
    print!("{}", table(&rows));
    Ok(())
}

fn forms(file: &Path, rows: &mut Vec<Row>) -> anyhow::Result<()> {
    let table = fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    let forms = measure::measured_half(&table);
    let found = measure::measure(&forms);
    let what = format!("pairs of {} forms of lemmas with an odd hash", forms.len());
    rows.push(row(&format!("{what}: precision"), format!("{:.3}", found.precision), "–", None));
    rows.push(row(&format!("{what}: recall"), format!("{:.3}", found.recall), "–", None));
    rows.push(row(&format!("{what}: F1"), format!("{:.3}", found.f1), "≥ 0.84", Some(found.f1 >= 0.84)));
    let typed = format!("{:.3}", found.typed_plain);
    rows.push(row("accented forms typed without diacritics: found", typed, "≥ 0.80", Some(found.typed_plain >= 0.80)));
    Ok(())
}

fn index(dir: &Path, documents: u64, rows: &mut Vec<Row>) -> anyhow::Result<()> {
    let vocabulary = vocabulary();
    let mut dice = Dice(20_260_131);
    let index = Index::open(dir)?;
    let began = Instant::now();
    let mut made = 0;
    while made < documents {
        let batch: Vec<_> = (made..documents.min(made + 5_000)).map(|n| document(n, &vocabulary, &mut dice)).collect();
        index.apply(&batch, &[])?;
        made += batch.len() as u64;
    }
    let what = format!("{documents} practices indexed");
    rows.push(row(&what, format!("{:.1} s", began.elapsed().as_secs_f64()), "–", None));
    let size: u64 = fs::read_dir(dir)?.filter_map(|file| file.ok()?.metadata().ok()).map(|file| file.len()).sum();
    rows.push(row("size of the index", format!("{} MB", size / 1_000_000), "–", None));

    let spaces: Vec<_> = (0..VISIBLE).map(space).collect();
    for (what, words, narrowed, bar) in [
        ("two words", 2, false, Some(5.0)),
        ("two words under an area, a stage and a municipality", 2, true, None),
        ("one word", 1, false, None),
        ("four words", 4, false, None),
        ("two words, the last only begun", 0, false, None),
    ] {
        let mut times = Vec::with_capacity(QUERIES);
        let mut cpu = Vec::with_capacity(QUERIES);
        let mut hits = 0;
        for _ in 0..QUERIES {
            let typing = words == 0;
            let mut typed: Vec<_> =
                (0..words.max(2).min(if words == 1 { 1 } else { 4 })).map(|_| vocabulary.draw(&mut dice)).collect();
            let begun: String = typed.last().map(|word| word.chars().take(5).collect()).unwrap_or_default();
            if typing {
                typed.pop();
                typed.push(&begun);
            }
            let words = Words::typed(&typed.join(" "));
            let ask = Ask {
                words: &words,
                spaces: &spaces,
                kind: None,
                area: narrowed.then_some(Area::Steam),
                municipality: narrowed.then(|| MunicipalityCode::new(2)).flatten(),
                span: narrowed.then(|| Stage::Primary.span()),
                typing,
                offset: 0,
                limit: 20,
            };
            let (began, used) = (Instant::now(), used()?);
            hits += index.ask(&ask)?.total;
            times.push(began.elapsed().as_secs_f64() * 1_000.0);
            cpu.push((self::used()? - used) as f64 / 1e6);
        }
        times.sort_by(f64::total_cmp);
        cpu.sort_by(f64::total_cmp);
        let at = |share: usize| times[times.len() * share / 100];
        let of_cpu = cpu[cpu.len() * 99 / 100];
        let figure = format!(
            "p50 {:.2} ms, p99 {:.2} ms ({of_cpu:.2} ms of CPU; {} found on average)",
            at(50),
            at(99),
            hits / QUERIES
        );
        let bar_text = bar.map_or("–".to_owned(), |bar| format!("p99 ≤ {bar} ms"));
        rows.push(row(&format!("search, {what}"), figure, &bar_text, bar.map(|bar| at(99) <= bar)));
    }
    Ok(())
}

/// Nanoseconds of CPU that this thread has used; on a busy machine more of a program than the clock on the wall.
fn used() -> anyhow::Result<u64> {
    let text = fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(text.split(' ').next().unwrap_or_default().parse()?)
}

fn row(what: &str, figure: String, bar: &str, met: Option<bool>) -> Row {
    Row { what: what.to_owned(), figure, bar: bar.to_owned(), met }
}

fn space(number: u64) -> SpaceId {
    SpaceId::from_uuid(Uuid::from_u64_pair(7, number))
}

fn document(number: u64, vocabulary: &Vocabulary, dice: &mut Dice) -> Document {
    let mut words = |least: u64, most: u64| {
        let count = least + dice.below(most - least);
        let words: Vec<_> = (0..count).map(|_| vocabulary.draw(dice)).collect();
        words.join(" ")
    };
    let (title, text) = (words(3, 9), words(80, 220));
    Document {
        key: Key { kind: FoundKind::Practice, id: Uuid::from_u64_pair(number, number) },
        space: space(dice.below(SPACES)),
        version: 1,
        title,
        text,
        school: None,
        area: Area::ALL.get(dice.below(4) as usize).copied(),
        municipality: MunicipalityCode::new(1 + dice.below(60) as u8),
        span: Stage::ALL.get(dice.below(5) as usize).map(|stage| stage.span()),
    }
}

/// Words by how often they come.
struct Vocabulary {
    words: Vec<String>,
    /// Sum of 1/n up to each word.
    weights: Vec<f64>,
}

impl Vocabulary {
    fn draw(&self, dice: &mut Dice) -> &str {
        let total = self.weights.last().copied().unwrap_or(0.0);
        let drawn = dice.share() * total;
        let at = self.weights.partition_point(|weight| *weight < drawn);
        &self.words[at.min(self.words.len() - 1)]
    }
}

fn vocabulary() -> Vocabulary {
    let mut dice = Dice(1_236_547);
    let lines = FORMS.lines().filter_map(|line| line.split_once('\t')).filter(|(lemma, _)| !lemma.starts_with('#'));
    let mut words: Vec<String> = lines.flat_map(|(_, forms)| forms.split(' ').map(str::to_owned)).collect();
    for at in (1..words.len()).rev() {
        words.swap(at, dice.below(at as u64 + 1) as usize);
    }
    let starts =
        ["b", "br", "d", "dr", "g", "k", "kl", "l", "m", "n", "p", "pr", "r", "s", "st", "š", "t", "tr", "v", "ž"];
    let vowels = ["a", "e", "ė", "i", "y", "o", "u", "ū", "ai", "ei", "au", "uo"];
    let endings = [
        "as", "o", "ui", "ą", "u", "e", "ai", "ų", "ams", "us", "ais", "uose", "a", "os", "oje", "oms", "ė", "ės",
        "inti", "auti",
    ];
    let mut pick = |list: &[&'static str]| list[dice.below(list.len() as u64) as usize];
    for _ in 0..30_000 {
        let word = [pick(&starts), pick(&vowels), pick(&starts), pick(&vowels), pick(&starts), pick(&endings)];
        words.push(word.concat());
    }
    let weights = words.iter().enumerate().scan(0.0, |sum, (at, _)| {
        *sum += 1.0 / (at as f64 + 8.0);
        Some(*sum)
    });
    Vocabulary { weights: weights.collect(), words }
}

/// Marsaglia's xorshift: the same text on every machine.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}
