//! Lighthouse over every kind of page, and pictures of the main ones: both look at the demo through Chromium.

use std::{fs, process::Stdio};

use anyhow::{Context, Result};

use crate::{
    browser, needs,
    shell::{command, root_join, run},
};

/// Prints a table of the four categories by page. Not a part of `test`: it takes a quarter of an hour, and its figures depend on the
/// machine.
pub fn measure(options: &[String]) -> Result<()> {
    let folder = root_join("tests/lighthouse");
    let (lock, stamp) = (fs::read(folder.join("package-lock.json"))?, folder.join("node_modules/.lock-installed"));
    if fs::read(&stamp).ok().as_ref() != Some(&lock) {
        let mut npm = command("npm");
        run(npm.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(&folder).stdin(Stdio::null()))?;
        fs::write(stamp, lock)?;
    }
    let mut node = command("node");
    node.arg("run.mjs").args(options).current_dir(&folder);
    look(&mut node)
}

/// Draws `docs/pictures` anew.
pub fn pictures() -> Result<()> {
    let mut node = command("node");
    node.arg("pictures.mjs").current_dir(root_join("tests/browser"));
    look(&mut node)
}

fn look(node: &mut std::process::Command) -> Result<()> {
    node.env("CHROMIUM", needs::chromium().context("no Chromium: `cargo xtask test` installs it")?);
    node.env("SERVER", browser::server()?);
    run(node)
}
