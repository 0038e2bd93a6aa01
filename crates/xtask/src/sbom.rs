//! What the program is made of: every crate in it with its version and licence, as CycloneDX 1.5 in JSON, beside the program in `dist`.

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::{
    rules::{list, text},
    shell::{cargo, found, output, run},
};

const PROGRAM: &str = "tinklaveika";
const TARGET: &str = "x86_64-unknown-linux-gnu";

pub fn write(to: &Path) -> Result<()> {
    let told = output(&mut cargo(&["metadata", "--format-version", "1", "--locked", "--filter-platform", TARGET]))?;
    let parts = of(&serde_json::from_str(&told)?).context("cargo tells nothing of the program")?;
    fs::write(to, serde_json::to_vec_pretty(&parts)?)?;
    Ok(())
}

/// Asks cargo-audit, which fetches the list of advisories.
pub fn audit() -> Result<()> {
    if found("cargo-audit").is_none() {
        bail!("no cargo-audit; install it by: cargo install --locked cargo-audit");
    }
    run(&mut cargo(&["audit", "--deny", "warnings"]))
}

fn of(metadata: &Value) -> Option<Value> {
    let packages = list(metadata, "packages");
    let program = packages.iter().find(|package| text(package, "name") == PROGRAM)?;
    let nodes = list(&metadata["resolve"], "nodes");
    // What only builds or tests it is not in it.
    let mut within = BTreeSet::new();
    let mut next = vec![text(program, "id")];
    while let Some(id) = next.pop() {
        if !within.insert(id) {
            continue;
        }
        let Some(node) = nodes.iter().find(|node| text(node, "id") == id) else { continue };
        let used =
            list(node, "deps").iter().filter(|dep| list(dep, "dep_kinds").iter().any(|kind| kind["kind"].is_null()));
        next.extend(used.map(|dep| text(dep, "pkg")));
    }
    let component = |package: &Value| {
        let (name, version) = (text(package, "name"), text(package, "version"));
        let mut part = json!({ "type": "library", "name": name, "version": version });
        if !package["source"].is_null() {
            part["purl"] = format!("pkg:cargo/{name}@{version}").into();
        }
        if let Some(licence) = package["license"].as_str() {
            part["licenses"] = json!([{ "expression": licence.replace('/', " OR ") }]);
        }
        part
    };
    let parts: Vec<Value> = packages
        .iter()
        .filter(|package| within.contains(text(package, "id")) && text(package, "name") != PROGRAM)
        .map(component)
        .collect();
    let mut whole = component(program);
    whole["type"] = "application".into();
    Some(json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": { "component": whole },
        "components": parts,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_names_what_is_in_the_program_and_not_what_builds_it() {
        let dep = |pkg: &str, kind: Value| json!({ "pkg": pkg, "dep_kinds": [{ "kind": kind }] });
        let package = |name: &str| json!({ "id": name, "name": name, "version": "1.0.0", "license": "MIT/Apache-2.0", "source": "registry" });
        let metadata = json!({
            "packages": [package(PROGRAM), package("within"), package("deeper"), package("builds")],
            "resolve": { "nodes": [
                { "id": PROGRAM, "deps": [dep("within", Value::Null), dep("builds", "build".into())] },
                { "id": "within", "deps": [dep("deeper", Value::Null), dep(PROGRAM, "dev".into())] },
                { "id": "deeper", "deps": [] },
                { "id": "builds", "deps": [] },
            ] },
        });
        let parts = of(&metadata).unwrap();
        let names: Vec<_> = list(&parts, "components").iter().map(|part| text(part, "purl")).collect();
        assert_eq!(names, ["pkg:cargo/within@1.0.0", "pkg:cargo/deeper@1.0.0"]);
        assert_eq!(parts["components"][0]["licenses"][0]["expression"], "MIT OR Apache-2.0");
        assert_eq!(parts["metadata"]["component"]["type"], "application");
    }
}
