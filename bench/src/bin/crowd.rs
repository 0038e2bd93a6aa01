//! Many at once: a poll that two hundred answer within a second, a thousand sockets that are lost and come back, and a long room that opens.
//!
//! `crowd [--runs 3] [--messages 100000]`

use anyhow::{Result, ensure};
use bench::{
    load::{opened, resumed, votes},
    process::{LOAD_CORE, allow_files, pin},
    report::{Row, median, option, table},
};

fn main() -> Result<()> {
    allow_files(20_000)?;
    pin(LOAD_CORE)?;
    let (runs, messages): (usize, i64) = (option("--runs", 3)?, option("--messages", 100_000)?);
    let mut rows = Vec::new();
    let (mut middle, mut late) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        let outcome = votes(200)?;
        ensure!(
            outcome.faults.is_empty() && outcome.commands == 200,
            "{} votes, {:?}",
            outcome.commands,
            outcome.faults
        );
        ensure!(outcome.delays.len() == 200 * 200, "{} deliveries", outcome.delays.len());
        middle.push(outcome.delay(0.5));
        late.push(outcome.delay(0.99));
    }
    let late = median(late);
    rows.push(row(
        "200 people answer a sealed poll within a second",
        format!("p50 {:.1} ms, p99 {late:.1} ms from the sending of a vote to each", median(middle)),
        "p99 100 ms after the commit",
        late <= 100.0,
    ));
    for (rooms, runs, bar) in [(1, runs, 500.0), (10, 1, 60_000.0)] {
        let (mut middle, mut last) = (Vec::new(), Vec::new());
        for _ in 0..runs {
            let (half, all) = resumed(rooms, 1_000, 50)?;
            middle.push(half);
            last.push(all);
        }
        let last = median(last);
        rows.push(row(
            &format!("{} sockets lost at once, each resumes over 50 events", 1_000 * rooms),
            format!("all complete after {last:.0} ms, half of them after {:.0} ms", median(middle)),
            &format!("{bar} ms"),
            last <= bar,
        ));
    }
    let (mut folded, mut kept, mut grown) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..runs {
        let found = opened(messages)?;
        folded.push(found.folded);
        kept.push(found.kept);
        grown.push(found.grown as f64 / 1024.0 / 1024.0);
    }
    let (kept, grown) = (median(kept), median(grown));
    rows.push(row(
        &format!("a room of {messages} messages opens from what was kept of it"),
        format!("{kept:.1} ms; {:.0} ms when it is folded from all events", median(folded)),
        "50 ms",
        kept <= 50.0,
    ));
    rows.push(row("the same room open", format!("{grown:.1} MiB more of resident memory"), "20 MiB", grown <= 20.0));
    print!("{}", table(&rows));
    Ok(())
}

fn row(what: &str, figure: String, bar: &str, met: bool) -> Row {
    eprintln!("{what}: {figure}");
    Row { what: what.into(), figure, bar: bar.into(), met: Some(met) }
}
