//! The one door to every tool of the repository: `cargo xtask <command>`.
//!
//! What continuous integration runs, it runs through here; what is not here is not a rule.

// A build tool measures its own steps and belongs to no request: it may ask the clock.
#![allow(clippy::disallowed_methods)]

mod bench;
mod browser;
mod bundle;
mod check;
mod dist;
mod fuzz;
mod lighthouse;
mod migration;
mod needs;
mod probe;
mod rules;
mod sbom;
mod shell;
mod suite;

use std::{env, process::ExitCode};

use anyhow::{Result, bail};
use shell::{cargo, root, run};

const USAGE: &str = "\
cargo xtask <command>

  run [options]      build client and server and start it on the demo at http://127.0.0.1:8080
                     (further options are those of `tinklaveika serve`)
  check              formatting, lints, rules of the house, the model for WebAssembly
  test               everything: needs, check, all tests on both databases, browser journeys
  browser [file …]   the browser journeys alone, on what is built
  bundle             the web client alone, into target/web
  bench [name …]     the yardsticks, as a table
  lighthouse [options]  scores of every kind of page of the demo, of what is built (--runs 3, --only …)
  pictures           docs/pictures drawn anew, of what is built
  soak [options]     the long forms of the failure tests
  fuzz TARGET [runs] libFuzzer over frame, decide or notes (runs 10000000); `fuzz seeds` writes scripts anew
  probe [options]    sqlmap against every call of the API (options are sqlmap's)
  audit              the dependencies against the advisories of RustSec, by cargo-audit; needs the network
  dist [--built]     the program, a Debian package and a container file, into dist/ (of what is built already)
  migration <name>   a new file in migrations/ with the next number
";

fn main() -> ExitCode {
    match dispatch(env::args().skip(1).collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(args: Vec<String>) -> Result<()> {
    let Some((command, rest)) = args.split_first() else {
        bail!("which command?\n\n{USAGE}");
    };
    match (command.as_str(), rest) {
        ("run", options) => serve(options),
        ("check", []) => check::all(),
        ("test", []) => suite::all(),
        ("browser", files) => browser::journeys(files).map(drop),
        ("bundle", []) => bundle::build(),
        ("bench", options) => bench::run_all(options),
        ("lighthouse", options) => lighthouse::measure(options),
        ("pictures", []) => lighthouse::pictures(),
        ("soak", options) => {
            bundle::build()?;
            run(cargo(&["test", "--release", "--package", "tests", "--package", "model", "--", "--ignored", "soak"])
                .args(options))
        }
        ("fuzz", options) => fuzz::one(options),
        ("probe", options) => probe::all(options),
        ("audit", []) => sbom::audit(),
        ("dist", []) => dist::all(true),
        ("dist", [built]) if built == "--built" => dist::all(false),
        ("migration", [name]) => migration::add(name),
        ("help" | "--help" | "-h", _) => {
            print!("{USAGE}");
            Ok(())
        }
        _ => bail!("no such command: {}\n\n{USAGE}", args.join(" ")),
    }
}

/// Builds what is shipped and starts it on the demo. What the caller gives goes before our own choice.
fn serve(options: &[String]) -> Result<()> {
    bundle::build()?;
    run(&mut cargo(&["build", "--release", "--package", "tinklaveika"]))?;
    let mut server = shell::command(root().join("target/release/tinklaveika"));
    server.arg("serve");
    for (name, value) in [("--data", "./data"), ("--listen", "127.0.0.1:8080")] {
        if !options.iter().any(|option| option.split('=').next() == Some(name)) {
            server.args([name, value]);
        }
    }
    if !options.iter().any(|option| option == "--demo") {
        server.arg("--demo");
    }
    run(server.args(options))
}
