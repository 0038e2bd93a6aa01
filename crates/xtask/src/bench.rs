//! The yardsticks of `bench/`, one after another, their rows in one table.

use anyhow::{Result, bail};

use crate::{
    bundle,
    shell::{cargo, command, output, root, run, step},
};

/// In the order of docs/benchmarks.md. Each prints a table with the same columns.
const PROGRAMS: [&str; 12] =
    ["live", "crowd", "idle", "core", "pages", "signed_in", "signin", "start", "paint", "search", "backup", "upload"];

/// All of them, or those that are named first; further options go to each.
pub fn run_all(options: &[String]) -> Result<()> {
    let named = options.iter().take_while(|word| !word.starts_with("--")).count();
    let (names, options) = options.split_at(named);
    if let Some(unknown) = names.iter().find(|name| !PROGRAMS.contains(&name.as_str())) {
        bail!("no such bench: {unknown}; there are {}", PROGRAMS.join(", "));
    }
    bundle::build()?;
    // What is shipped is built by itself, so that nothing of the bench is in it.
    run(&mut cargo(&["build", "--release", "--package", "tinklaveika"]))?;
    run(&mut cargo(&["build", "--release", "--package", "bench", "--bins"]))?;
    let mut table = Vec::new();
    let mut failed = Vec::new();
    for program in PROGRAMS.iter().filter(|name| names.is_empty() || names.iter().any(|given| given == *name)) {
        let found = step(program, || output(command(root().join("target/release").join(program)).args(options)));
        match found {
            Ok(rows) if table.is_empty() => table.extend(rows.lines().map(str::to_owned)),
            Ok(rows) => table.extend(rows.lines().skip(2).map(str::to_owned)),
            Err(error) => failed.push(format!("{program}: {error:#}")),
        }
    }
    println!("\n{}", table.join("\n"));
    if failed.is_empty() { Ok(()) } else { bail!("{}", failed.join("\n")) }
}
