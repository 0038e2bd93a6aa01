//! `cargo xtask test`: everything that continuous integration runs, in one order, with one closing line.

use anyhow::{Context, Result, bail};

use crate::{
    browser, bundle, check, needs,
    shell::{cargo, command, root_join, step, watch},
};

/// Tests that passed, failed, and were left for `soak`.
#[derive(Clone, Copy, Default)]
pub struct Count {
    pub passed: u32,
    pub failed: u32,
    pub skipped: u32,
}

impl Count {
    pub fn add(&mut self, other: Count) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

pub fn all() -> Result<()> {
    step("what the tests need", needs::install)?;
    check::all()?;
    step("web client", bundle::build)?;
    // One build of everything, so that no later step resolves features anew and compiles a second time.
    step("build", || crate::shell::run(&mut cargo(&["build", "--workspace", "--all-targets"])))?;
    let mut count = step("tests", rust)?;
    count.add(step("browser journeys", || browser::journeys(&[]))?);
    count.add(step("a client in Python", python)?);
    // By itself on a line, and last: tools that watch a run read it.
    println!("{} passed, {} failed, {} skipped", count.passed, count.failed, count.skipped);
    if count.failed > 0 {
        bail!("{} tests failed", count.failed);
    }
    Ok(())
}

/// The live protocol as a stranger implements it, against the newest server that was built.
fn python() -> Result<Count> {
    let mut python = command(needs::python().context("no python3-websockets: `cargo xtask test` installs it")?);
    python.arg("tests/python/test_client.py").env("PYTHONDONTWRITEBYTECODE", "1");
    python.current_dir(root_join("")).env("SERVER", browser::server()?);
    let mut count = Count::default();
    let success = watch(&mut python, |line| {
        let number = |text: &str| text.split(|c: char| !c.is_ascii_digit()).find_map(|part| part.parse::<u32>().ok());
        if let Some(ran) = line.strip_prefix("Ran ") {
            count.passed = number(ran).unwrap_or(0);
        }
        if let Some(failed) = line.strip_prefix("FAILED") {
            count.failed = failed.split(',').filter_map(number).sum();
            count.passed = count.passed.saturating_sub(count.failed);
        }
    })?;
    if count.passed == 0 || (!success && count.failed == 0) {
        bail!("the client in Python could not be run to its end");
    }
    Ok(count)
}

/// All Rust tests, none left out because an earlier one failed.
fn rust() -> Result<Count> {
    let mut count = Count::default();
    let success = watch(&mut cargo(&["test", "--workspace", "--no-fail-fast"]), |line| {
        if let Some(result) = line.strip_prefix("test result: ") {
            let number = |word: &str| -> u32 {
                let part = result.split([';', '.']).map(str::trim).find(|part| part.ends_with(word));
                part.and_then(|part| part.split(' ').next()?.parse().ok()).unwrap_or(0)
            };
            count.add(Count { passed: number("passed"), failed: number("failed"), skipped: number("ignored") });
        }
    })?;
    if !success && count.failed == 0 {
        bail!("the tests could not be run to their end");
    }
    Ok(count)
}
