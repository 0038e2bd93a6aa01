//! `cargo xtask check`: what must hold before a test is worth running.

use anyhow::Result;

use crate::{
    bundle, rules,
    shell::{cargo, run, step},
};

pub fn all() -> Result<()> {
    step("formatting", || run(&mut cargo(&["fmt", "--all", "--", "--check"])))?;
    step("rules of the house", rules::all)?;
    step("lints", || run(&mut cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"])))?;
    step("the model for WebAssembly", || {
        bundle::add_target()?;
        run(&mut cargo(&["check", "--quiet", "--package", "model", "--target", "wasm32-unknown-unknown"]))
    })
}
