//! First paint and usable on the emulated slow link: starts the demo and hands it to `bench/web/paint.mjs`.
//!
//! `paint [--runs 5]`; needs Node and Chromium.

use std::{path::Path, process::Command};

use anyhow::{Context, Result, ensure};
use bench::{
    process::Scratch,
    report::{Row, option, table},
    target::serve,
};
use serde_json::Value;

/// The demo prints it to whoever starts it; it opens nothing but the demo.
const DEMO_PASSWORD: &str = "graži diena prie ežero";

fn main() -> Result<()> {
    let scratch = Scratch::new("paint")?;
    let (_server, address) = serve(&scratch.0, &["--demo"])?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("web/paint.mjs");
    let done = Command::new("node")
        .arg(script)
        .arg(format!("http://localhost:{}", address.port()))
        .arg(option("--runs", 5_usize)?.to_string())
        .env("BENCH_PASSWORD", DEMO_PASSWORD)
        .output()
        .context("node, for paint.mjs")?;
    ensure!(done.status.success(), "paint.mjs: {}", String::from_utf8_lossy(&done.stderr));
    let found: Vec<Value> = serde_json::from_slice(&done.stdout)?;
    let rows: Vec<Row> = found.iter().flat_map(rows).collect();
    print!("{}", table(&rows));
    Ok(())
}

fn rows(page: &Value) -> Vec<Row> {
    let number = |key: &str| page[key].as_f64().unwrap_or(f64::NAN);
    let name = page["page"].as_str().unwrap_or("a page");
    let row = |what: &str, figure: String, bar: &str, met: bool| Row {
        what: format!("{name}: {what}"),
        figure,
        bar: bar.into(),
        met: Some(met),
    };
    let kilobytes = number("bytes") / 1000.0;
    let wasm = number("wasm") / 1000.0;
    if name == "live room" {
        return vec![
            row("usable", format!("{:.0} ms", number("usable")), "3000 ms", number("usable") <= 3000.0),
            row("WASM, brotli", format!("{wasm:.1} KB of {kilobytes:.1} KB in all"), "160 KB", wasm <= 160.0),
        ];
    }
    vec![
        row("first paint", format!("{:.0} ms", number("paint")), "900 ms", number("paint") <= 900.0),
        row(
            "over the wire, cold",
            format!("{kilobytes:.1} KB in {} requests", number("requests")),
            "40 KB",
            kilobytes <= 40.0,
        ),
        row("WASM", format!("{wasm:.0} KB"), "none", wasm == 0.0),
    ]
}
