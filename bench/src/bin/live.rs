//! The live path: product and yardstick in alternation, the same load on both, and the ratio of what they cost.
//!
//! `live [--runs 3] [--seconds 5] [--speakers A,B] [--window A,B] [--only bare]`

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use bench::{
    load::{Outcome, Scene, play},
    process::{LOAD_CORE, allow_files, pin},
    report::median,
    target::{Bare, Lengths, Target},
};

fn main() -> Result<()> {
    allow_files(20_000)?;
    pin(LOAD_CORE)?;
    let option = |name: &str, usual: &str| -> String {
        let mut args = std::env::args().skip_while(|arg| arg != name);
        args.nth(1).unwrap_or_else(|| usual.into())
    };
    let runs: usize = option("--runs", "3").parse()?;
    let seconds: f64 = option("--seconds", "5").parse()?;
    let pair = |name: &str, usual: &str| -> Result<[usize; 2]> {
        let given = option(name, usual);
        let (small, large) = given.split_once(',').with_context(|| format!("{name} A,B"))?;
        Ok([small.parse()?, large.parse()?])
    };
    let (speakers, window) = (pair("--speakers", "6,200")?, pair("--window", "1,1")?);
    let scene = |name, rooms, seats, at: usize| Scene {
        name,
        rooms,
        seats,
        speakers: speakers[at],
        window: window[at],
        warm_up: Duration::from_secs(1),
        measured: Duration::from_secs_f64(seconds),
    };
    for scene in [scene("100 rooms of 6", 100, 6, 0), scene("1 room of 200", 1, 200, 1)] {
        let bare = Bare { lengths: Lengths { command: 260, happened: 330, done: 80 } };
        let targets: [&dyn Target; 1] = [&bare];
        let mut costs = vec![Vec::new(); targets.len()];
        for _ in 0..runs {
            for (at, target) in targets.iter().enumerate() {
                let outcome = play(*target, scene)?;
                tell(scene, *target, &outcome)?;
                costs[at].push(outcome.cost());
            }
        }
        println!("{}: median {:.2} ms of CPU per 1,000 deliveries", scene.name, median(costs.remove(0)));
    }
    Ok(())
}

fn tell(scene: Scene, target: &dyn Target, outcome: &Outcome) -> Result<()> {
    ensure!(outcome.faults.is_empty(), "{}, {}: {:?}", scene.name, target.name(), outcome.faults);
    println!(
        "{} | {} | {:.2} ms/1,000 | {:.0} deliveries/s | {:.0} commands/s | server {:.0} %, load {:.0} % of a core | wait p50 {:.1} p99 {:.1} ms | frames {:.0} and {:.0} bytes",
        scene.name,
        target.name(),
        outcome.cost(),
        outcome.rate(),
        outcome.commands as f64 / outcome.elapsed.as_secs_f64(),
        100.0 * outcome.server_cpu.as_secs_f64() / outcome.elapsed.as_secs_f64(),
        100.0 * outcome.load_cpu.as_secs_f64() / outcome.elapsed.as_secs_f64(),
        outcome.wait(0.5),
        outcome.wait(0.99),
        outcome.happened_length,
        outcome.done_length,
    );
    Ok(())
}
