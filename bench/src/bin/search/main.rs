//! Search over 100,000 generated practices: `search [--documents N] [--forms FILE] [--dir DIR]`. Prints rows of
//! docs/benchmarks.md.
//!
//! The practices are written into a database and indexed from there by the product's own feed, on first use; a data directory that is
//! given by `--dir` is kept, and serves later runs. There the index is only compared.

// A bench measures: it may ask the clock.
#![allow(clippy::disallowed_methods)]

mod words;

use std::{
    env, fs,
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::Context;
use bench::{
    report::{Row, table},
    seed::{self, Practice},
};
use model::{
    access::Actor,
    ids::SpaceId,
    practices::{Cost, Stage},
    problems::Area,
    schools::{MunicipalityCode, SchoolSize},
    search::{FoundKind, Search},
    words::Line,
};
use server::{
    app::{App, Clock},
    config::Config,
    facets::Narrow,
    run,
    search::{
        ask::{Ask, Mode},
        document::Rights,
        lithuanian::measure,
        search,
        words::Words,
    },
};
use words::{Dice, Vocabulary, vocabulary};

const SPACES: usize = 300;
/// What the reader of the bench may see of them.
const VISIBLE: usize = 200;
const QUERIES: usize = 4_000;
const NOW: i64 = 1_795_350_600_000;

fn main() -> anyhow::Result<()> {
    let argument = |name: &str| env::args().skip_while(|word| word != name).nth(1);
    let documents: usize = argument("--documents").map_or(Ok(100_000), |text| text.parse())?;
    let mut rows = Vec::new();
    if let Some(file) = argument("--forms") {
        forms(Path::new(&file), &mut rows)?;
    }
    let kept = argument("--dir").map(PathBuf::from);
    let dir = kept
        .clone()
        .unwrap_or_else(|| env::temp_dir().join(format!("tinklaveika-bench-search-{}", std::process::id())));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let measured = library(&dir, documents).and_then(|()| runtime.block_on(searches(&dir, &mut rows)));
    drop(runtime);
    if kept.is_none() {
        let _ = fs::remove_dir_all(&dir);
    }
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

fn config(dir: &Path) -> Config {
    Config::new(dir.to_owned(), ([127, 0, 0, 1], 0).into())
}

/// Writes the practices, unless they are there.
fn library(dir: &Path, documents: usize) -> anyhow::Result<()> {
    if dir.join("whole").exists() {
        return Ok(());
    }
    let _ = fs::remove_dir_all(dir);
    run::migrate(config(dir))?;
    let vocabulary = vocabulary();
    let mut dice = Dice(20_260_131);
    let made = (0..documents).map(|_| Practice {
        space: dice.below(SPACES as u64) as usize,
        title: vocabulary.text(&mut dice, 3, 9),
        summary: vocabulary.text(&mut dice, 10, 40),
        context: vocabulary.text(&mut dice, 70, 180),
        area: Area::ALL.get(dice.below(4) as usize).map(|area| area.as_str()),
        municipality: MunicipalityCode::new(1 + dice.below(60) as u8).map(|code| code.to_string()),
        span: Stage::ALL.get(dice.below(5) as usize).map(|stage| stage.span()).map(|span| (span.from, span.to)),
        cost: Cost::ALL[dice.below(4) as usize].as_str(),
        size: SchoolSize::ALL[dice.below(4) as usize].as_str(),
    });
    seed::library(dir, SPACES, VISIBLE, made, NOW)?;
    Ok(fs::write(dir.join("whole"), "")?)
}

async fn searches(dir: &Path, rows: &mut Vec<Row>) -> anyhow::Result<()> {
    let anew = !dir.join("search").exists();
    let began = Instant::now();
    let app = run::open(config(dir), Clock::System).await?;
    app.search.settled().await;
    let took = format!("{:.1} s", began.elapsed().as_secs_f64());
    if anew {
        let met = began.elapsed().as_secs_f64() <= 15.0;
        rows.push(row("100,000 practices indexed from the database", took, "≤ 15 s", Some(met)));
    } else {
        rows.push(row("the index compared with the database at the start", took, "–", None));
    }
    let files = fs::read_dir(dir.join("search"))?;
    let size: u64 = files.filter_map(|file| file.ok()?.metadata().ok()).map(|file| file.len()).sum();
    rows.push(row("size of the index", format!("{} MB", size / 1_000_000), "–", None));

    let spaces: Vec<SpaceId> = seed::public_spaces(dir)?.iter().filter_map(|id| id.parse().ok()).collect();
    let vocabulary = vocabulary();
    let mut dice = Dice(7_654_321);
    for (what, words, narrowed, typing, bar) in [
        ("two words", 2, false, false, Some(5.0)),
        ("two words under an area, a stage and a municipality", 2, true, false, None),
        ("one word", 1, false, false, None),
        ("four words", 4, false, false, None),
        ("two words, the last only begun", 2, false, true, None),
    ] {
        let mut draw = || typed(&vocabulary, &mut dice, words, typing);
        let narrow = Narrow {
            kind: None,
            area: narrowed.then_some(Area::Steam),
            municipality: narrowed.then(|| MunicipalityCode::new(2)).flatten(),
            stage: narrowed.then_some(Stage::Primary),
            cost: None,
            size: None,
        };
        let (mut times, mut cpu, mut hits) = (Vec::with_capacity(QUERIES), Vec::with_capacity(QUERIES), 0);
        for _ in 0..QUERIES {
            let words = Words::typed(&draw());
            let mode = if typing { Mode::Typing } else { Mode::Whole };
            let rights = Rights { spaces: &spaces, signed_in: false };
            let (began, used) = (Instant::now(), used()?);
            let found = app.search.ask(&Ask { words: &words, rights, narrow, mode, offset: 0, limit: 21 })?;
            hits += found.counts.total;
            times.push(began.elapsed().as_secs_f64() * 1_000.0);
            cpu.push((self::used()? - used) as f64 / 1e6);
        }
        let (half, most) = (share(&mut times, 50), share(&mut times, 99));
        let of_cpu = share(&mut cpu, 99);
        let found = hits / QUERIES;
        let figure = format!("p50 {half:.2} ms, p99 {most:.2} ms ({of_cpu:.2} ms of CPU; {found} found on average)");
        rows.push(bounded(&format!("search with facet counts, {what}"), figure, most, bar));
    }
    calls(&app, &vocabulary, &mut dice, rows).await
}

/// The whole call: rights, search, the rows of a page with their snippets, names of facets.
async fn calls(app: &App, vocabulary: &Vocabulary, dice: &mut Dice, rows: &mut Vec<Row>) -> anyhow::Result<()> {
    let mut times = Vec::with_capacity(QUERIES / 2);
    for _ in 0..QUERIES / 2 {
        let asked = Search { q: Line::new(&typed(vocabulary, dice, 2, false)), ..Search::default() };
        let began = Instant::now();
        let found = search(app.clone(), Actor::Anonymous, asked).await;
        times.push(began.elapsed().as_secs_f64() * 1_000.0);
        anyhow::ensure!(found.is_ok_and(|found| found.kinds.iter().all(|one| one.value == FoundKind::Practice)));
    }
    let (half, most) = (share(&mut times, 50), share(&mut times, 99));
    let figure = format!("p50 {half:.2} ms, p99 {most:.2} ms");
    rows.push(bounded(
        "the whole call with facet counts and a page of 20 with snippets, two words",
        figure,
        most,
        Some(15.0),
    ));
    Ok(())
}

fn typed(vocabulary: &Vocabulary, dice: &mut Dice, words: usize, begun: bool) -> String {
    let mut typed: Vec<_> = (0..words).map(|_| vocabulary.draw(dice).to_owned()).collect();
    if let Some(last) = typed.last_mut().filter(|_| begun) {
        *last = last.chars().take(5).collect();
    }
    typed.join(" ")
}

/// The figure under which so many of a hundred are.
fn share(figures: &mut [f64], of: usize) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() * of / 100]
}

/// Nanoseconds of CPU that this thread has used; on a busy machine more of a program than the clock on the wall.
fn used() -> anyhow::Result<u64> {
    let text = fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(text.split(' ').next().unwrap_or_default().parse()?)
}

fn bounded(what: &str, figure: String, most: f64, bar: Option<f64>) -> Row {
    let text = bar.map_or("–".to_owned(), |bar| format!("p99 ≤ {bar} ms"));
    row(what, figure, &text, bar.map(|bar| most <= bar))
}

fn row(what: &str, figure: String, bar: &str, met: Option<bool>) -> Row {
    Row { what: what.to_owned(), figure, bar: bar.to_owned(), met }
}
