//! sqlmap against every call of the API (row 1.2.4 of SECURITY.md): `tests/browser/probe.mjs`, with the tool in a place of its own.

use anyhow::{Context, Result};

use crate::{
    needs,
    shell::{cargo, command, root_join, run},
};

/// The version whose reading of OpenAPI and whose words `probe.mjs` knows.
const SQLMAP: &str = "sqlmap==1.10.10";

/// What is tried unless the caller says otherwise: whether an answer can be steered, and errors and unions. Waiting is left out:
/// where nothing else gives way it is slow and finds the same.
const THOROUGH: [&str; 4] = ["--level=1", "--risk=1", "--technique=BEU", "--threads=2"];

/// Runs it on a server of its own with the demo; `options` are sqlmap's, in place of ours.
///
/// # Errors
/// When Python's `venv`, Node.js or the network is missing, and when an input lets SQL through.
pub fn all(options: &[String]) -> Result<()> {
    needs::install()?;
    run(&mut cargo(&["build", "--release", "--package", "tinklaveika"]))?;
    let place = root_join("target/probe");
    let sqlmap = place.join("bin/sqlmap");
    if !sqlmap.is_file() {
        run(command("python3").args(["-m", "venv"]).arg(&place)).context("python3-venv, for sqlmap")?;
        run(command(place.join("bin/pip")).args(["install", "--quiet", SQLMAP]))?;
    }
    let mut node = command("node");
    node.arg("probe.mjs").current_dir(root_join("tests/browser"));
    node.env("SQLMAP", sqlmap).env("SERVER", root_join("target/release/tinklaveika"));
    if options.is_empty() {
        node.args(THOROUGH)
    } else {
        node.args(options)
    };
    run(&mut node)
}
