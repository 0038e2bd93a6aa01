//! The browser journeys of `tests/browser`, by Node.js' own test runner.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result, bail};

use crate::{
    needs,
    shell::{command, root_join, watch},
    suite::Count,
};

/// Runs the named journeys, or all. Each starts a server of its own: the newest of those built.
pub fn journeys(files: &[String]) -> Result<Count> {
    let folder = root_join("tests/browser");
    let files = if files.is_empty() { all(&folder)? } else { files.to_vec() };
    let mut node = command("node");
    // One at a time: two cores, and each journey drives up to three browsers.
    node.args(["--test", "--test-concurrency=1", "--test-reporter=spec"]).args(&files).current_dir(&folder);
    node.env("CHROMIUM", needs::chromium().context("no Chromium: `cargo xtask test` installs it")?);
    node.env("SERVER", server()?);
    let mut count = Count::default();
    let success = watch(&mut node, |line| {
        let number = |word: &str| line.trim_start_matches("ℹ ").strip_prefix(word).and_then(|n| n.trim().parse().ok());
        count.passed = number("pass ").unwrap_or(count.passed);
        count.failed = number("fail ").unwrap_or(count.failed);
        count.skipped = number("skipped ").unwrap_or(count.skipped);
    })?;
    if !success && count.failed == 0 {
        bail!("the journeys could not be run to their end");
    }
    Ok(count)
}

fn all(folder: &std::path::Path) -> Result<Vec<String>> {
    let names = fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    let names: Result<Vec<String>> = names.collect();
    let mut names: Vec<String> = names?.into_iter().filter(|name| name.ends_with(".test.mjs")).collect();
    names.sort();
    Ok(names)
}

/// The newest of those built.
pub fn server() -> Result<PathBuf> {
    let built = ["debug", "release"].map(|profile| root_join("target").join(profile).join("tinklaveika"));
    let newest = built.into_iter().filter(|file| file.is_file()).max_by_key(|file| {
        fs::metadata(file).and_then(|data| data.modified()).unwrap_or(std::time::SystemTime::UNIX_EPOCH)
    });
    newest.context("no server is built: `cargo build`")
}
