//! How soon the server is ready on the demo's data, and what it holds in memory when nobody asks anything.
//!
//! `start [--runs 5]`

use std::time::Duration;

use anyhow::Result;
use bench::{
    process::{LOAD_CORE, Scratch, pin},
    report::{Row, median, option, table},
    target::serve_timed,
};

fn main() -> Result<()> {
    pin(LOAD_CORE)?;
    let scratch = Scratch::new("start")?;
    let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
    let first = serve_timed(&scratch.0, &["--demo"])?.2;
    let (mut ready, mut resident) = (Vec::new(), Vec::new());
    for _ in 0..option("--runs", 5)? {
        let (server, _, time) = serve_timed(&scratch.0, &["--demo"])?;
        ready.push(milliseconds(time));
        std::thread::sleep(Duration::from_secs(3));
        resident.push(server.resident()? as f64 / 1024.0 / 1024.0);
    }
    let (ready, resident) = (median(ready), median(resident));
    let rows = [
        Row {
            what: "ready on the demo's data".into(),
            figure: format!(
                "{ready:.0} ms; the very first start, which writes the demo, {:.0} ms",
                milliseconds(first)
            ),
            bar: "300 ms".into(),
            met: Some(ready <= 300.0),
        },
        Row {
            what: "resident when idle".into(),
            figure: format!("{resident:.0} MiB"),
            bar: "60 MiB".into(),
            met: Some(resident <= 60.0),
        },
    ];
    print!("{}", table(&rows));
    Ok(())
}
