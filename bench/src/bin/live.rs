//! The live path: product and yardstick in alternation, the same load on both, and the ratio of what they cost.
//!
//! `live [--runs 3] [--seconds 5] [--only WORDS] [--bare]`: `--only` scenes with these words in their names; with `--bare`, the yardstick
//! alone.

use std::time::Duration;

use anyhow::{Result, ensure};
use bench::{
    load::{Outcome, Scene, play},
    process::{LOAD_CORE, allow_files, pin},
    report::{Row, flag, median, option, table},
    target::{Bare, Lengths, Product, Says, Target},
};

/// Who speaks how: „saturated“ means that every speaker always has a command under way.
///
/// In the first pair of scenes one of six and three of two hundred speak: the loads under which the yardstick costs what
/// the reference machine measured. In the last two everybody speaks at once. A thousand who all do are no scene: a socket then
/// falls behind by more than a resume tells, gets the room anew, and its deliveries are no longer the yardstick's.
const SCENES: [(&str, usize, usize, usize, f64); 5] = [
    ("100 rooms of 6, one speaks in each", 100, 6, 1, 1.8),
    ("1 room of 200, three speak", 1, 200, 3, 1.3),
    ("1 room of 1,000, three speak", 1, 1_000, 3, 1.3),
    ("100 rooms of 6, everyone speaks", 100, 6, 6, 1.8),
    ("1 room of 200, everyone speaks", 1, 200, 200, 1.3),
];

/// Rooms, seats, messages a second in each room. Everybody speaks in turn.
const PACED: [(&str, usize, usize, f64); 3] = [
    ("100 rooms of 6, 2 messages a second in each", 100, 6, 2.0),
    ("1 room of 200, 20 messages a second", 1, 200, 20.0),
    ("1 room of 1,000, 5 messages a second", 1, 1_000, 5.0),
];
/// How much longer than the yardstick's the median delivery may take, and the 99th percentile.
const LATER: (f64, f64) = (1.5, 2.0);

const PRODUCT: Product = Product { says: Says::Lines };

fn main() -> Result<()> {
    allow_files(20_000)?;
    pin(LOAD_CORE)?;
    let runs = option("--runs", 3)?;
    let measured = Duration::from_secs_f64(option("--seconds", 5.0)?);
    let bare_alone = flag("--bare");
    let mut rows = Vec::new();
    let only: String = option("--only", String::new())?;
    let named = |name: &str| name.contains(&only);
    for (name, rooms, seats, speakers, bar) in SCENES.into_iter().filter(|scene| named(scene.0)) {
        let scene =
            Scene { name, rooms, seats, speakers, window: 1, pace: None, warm_up: Duration::from_secs(1), measured };
        rows.push(if bare_alone { alone(scene, runs)? } else { compare(scene, runs, bar)? });
    }
    for (name, rooms, seats, pace) in PACED.into_iter().filter(|_| !bare_alone).filter(|scene| named(scene.0)) {
        let (speakers, warm_up) = (seats, Duration::from_secs(1));
        // So many seconds that the 99th percentile is one of messages, not of one of them.
        let measured = measured * 2;
        rows.extend(paced(
            Scene { name, rooms, seats, speakers, window: 0, pace: Some(pace), warm_up, measured },
            runs,
        )?);
    }
    print!("{}", table(&rows));
    Ok(())
}

fn alone(scene: Scene, runs: usize) -> Result<Row> {
    let bare = Bare { lengths: Lengths { command: 230, happened: 330, done: 70 } };
    let costs = (0..runs).map(|_| run(&bare, scene).map(|outcome| outcome.cost())).collect::<Result<Vec<_>>>()?;
    Ok(Row { what: scene.name.into(), figure: format!("{:.2} ms/1,000", median(costs)), bar: "–".into(), met: None })
}

/// The product goes first: its frames give the lengths to which the yardstick pads its own.
fn compare(scene: Scene, runs: usize, bar: f64) -> Result<Row> {
    let mut bare = Bare { lengths: Lengths::default() };
    let (mut ours, mut theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..runs {
        let product = run(&PRODUCT, scene)?;
        bare.lengths = lengths(&product);
        let yardstick = run(&bare, scene)?;
        ratios.push(product.cost() / yardstick.cost());
        ours.push(product.cost());
        theirs.push(yardstick.cost());
    }
    let ratio = median(ratios);
    Ok(Row {
        what: scene.name.into(),
        figure: format!("{:.2} ms/1,000 against {:.2}: {ratio:.2}×", median(ours), median(theirs)),
        bar: format!("{bar}×"),
        met: Some(ratio <= bar),
    })
}

/// How long a message takes to each socket, against the yardstick: in the middle, and at the 99th percentile.
fn paced(scene: Scene, runs: usize) -> Result<Vec<Row>> {
    let mut bare = Bare { lengths: Lengths::default() };
    let mut found: [Vec<(f64, f64)>; 2] = [Vec::new(), Vec::new()];
    for _ in 0..runs {
        let product = run(&PRODUCT, scene)?;
        bare.lengths = lengths(&product);
        let yardstick = run(&bare, scene)?;
        for (at, quantile) in [0.5, 0.99].into_iter().enumerate() {
            found[at].push((product.delay(quantile), yardstick.delay(quantile)));
        }
    }
    let row = |(figures, (what, bar)): (Vec<(f64, f64)>, (&str, f64))| {
        let ratio = median(figures.iter().map(|(ours, theirs)| ours / theirs).collect());
        let (ours, theirs): (Vec<f64>, Vec<f64>) = figures.into_iter().unzip();
        Row {
            what: format!("{}, {what}", scene.name),
            figure: format!("{:.2} ms against {:.2}: {ratio:.2}×", median(ours), median(theirs)),
            bar: format!("{bar}×"),
            met: Some(ratio <= bar),
        }
    };
    Ok(found.into_iter().zip([("median delivery", LATER.0), ("99th percentile", LATER.1)]).map(row).collect())
}

fn lengths(product: &Outcome) -> Lengths {
    Lengths {
        command: product.command_length.round() as usize,
        happened: product.happened_length.round() as usize,
        done: product.done_length.round() as usize,
    }
}

fn run(target: &dyn Target, scene: Scene) -> Result<Outcome> {
    let outcome = play(target, scene)?;
    ensure!(outcome.faults.is_empty(), "{}, {}: {:?}", scene.name, target.name(), outcome.faults);
    let of_a_core = |time: Duration| 100.0 * time.as_secs_f64() / outcome.elapsed.as_secs_f64();
    eprintln!(
        "{} | {} | {:.2} ms/1,000 | {:.0} deliveries/s | {:.0} commands/s | server {:.0} %, load {:.0} % of a core | \
         wait p50 {:.1} p99 {:.1} ms | delivery p50 {:.2} p99 {:.2} ms | frames {:.0}, {:.0} and {:.0} bytes",
        scene.name,
        target.name(),
        outcome.cost(),
        outcome.rate(),
        outcome.commands as f64 / outcome.elapsed.as_secs_f64(),
        of_a_core(outcome.server_cpu),
        of_a_core(outcome.load_cpu),
        outcome.wait(0.5),
        outcome.wait(0.99),
        outcome.delay(0.5),
        outcome.delay(0.99),
        outcome.command_length,
        outcome.happened_length,
        outcome.done_length,
    );
    Ok(outcome)
}
