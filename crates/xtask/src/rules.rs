//! Rules of the house that no compiler knows: who may depend on whom, where SQL stands, how long a file is.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Result, bail};
use serde_json::Value;

use crate::shell::{cargo, output, root};

/// What each crate of ours may use of ours, for any purpose. Crates not named here (the tests, the bench) may use all.
const MAY_USE: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("db", &[]),
    ("text", &[]),
    ("notes", &[]),
    ("typeset", &[]),
    ("xtask", &[]),
    ("pages", &["model", "text"]),
    ("client", &["model", "text"]),
    ("notes-client", &["notes", "text"]),
    ("tinklaveika", &["model", "db", "notes", "pages", "text", "typeset"]),
];

/// TLS is rustls; what follows needs a C library that differs from machine to machine. And nothing that fetches pages: the server speaks to its
/// mail server, its database and its scanner, to nobody whom a text or an address could name (row 1.3.6 of SECURITY.md).
const UNWANTED: &[&str] = &["openssl", "openssl-sys", "native-tls", "leptos", "reqwest", "ureq", "isahc", "curl"];

/// The oldest minor and patch of a crate whose older ones let a stranger harm the server: requests smuggled past a proxy (hyper),
/// a connection that floods (h2, RUSTSEC-2026-0258). Row 4.2.1 of SECURITY.md.
const LEAST: &[(&str, (u32, u32, u32))] = &[("hyper", (1, 11, 0)), ("h2", (0, 4, 16))];

/// A longer file is a question, not a crime: it is reported.
const LONG: usize = 400;

pub fn all() -> Result<()> {
    let metadata: Value =
        serde_json::from_str(&output(&mut cargo(&["metadata", "--format-version", "1", "--locked"]))?)?;
    let mut broken = dependencies(&metadata);
    broken.extend(versions(&metadata));
    let sources = sources(root())?;
    broken.extend(sources.iter().filter_map(|(path, text)| stray_sql(path, text)));
    report_length(&sources);
    if broken.is_empty() {
        return Ok(());
    }
    bail!("{} broken:\n  {}", broken.len(), broken.join("\n  "))
}

pub fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

pub fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

/// The direct edges are enough: each crate named has its own line in the table.
fn dependencies(metadata: &Value) -> Vec<String> {
    let ours: Vec<&Value> = list(metadata, "packages").iter().filter(|package| package["source"].is_null()).collect();
    let names: Vec<&str> = ours.iter().map(|package| text(package, "name")).collect();
    let mut broken = Vec::new();
    for package in &ours {
        let name = text(package, "name");
        let Some((_, allowed)) = MAY_USE.iter().find(|(known, _)| *known == name) else { continue };
        for used in list(package, "dependencies").iter().map(|dependency| text(dependency, "name")) {
            // A crate may name itself, with features for its own tests.
            if names.contains(&used) && used != name && !allowed.contains(&used) {
                broken.push(format!("{name} may not depend on {used}"));
            }
        }
    }
    broken
}

fn versions(metadata: &Value) -> Vec<String> {
    let mut found: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in list(metadata, "packages") {
        found.entry(text(package, "name")).or_default().push(text(package, "version"));
    }
    let of = |name: &str| found.get(name).cloned().unwrap_or_default();
    let mut broken = Vec::new();
    broken.extend(
        UNWANTED
            .iter()
            .filter(|name| found.contains_key(*name))
            .map(|name| format!("{name} is in the dependency tree")),
    );
    // A difference between the two shows only in the browser, at run time.
    if of("wasm-bindgen") != of("wasm-bindgen-cli-support") || of("wasm-bindgen").len() != 1 {
        broken.push("wasm-bindgen and wasm-bindgen-cli-support must be one version, pinned with `=`".to_owned());
    }
    // Older ones carry a SQLite that can corrupt a WAL on reset.
    let sqlite = of("libsqlite3-sys");
    let new = |version: &&str| version.split('.').nth(1).and_then(|minor| minor.parse().ok()).unwrap_or(0) >= 37_u32;
    if sqlite.len() > 1 || !sqlite.iter().all(new) {
        broken.push(format!("libsqlite3-sys must be one version, 0.37 or newer: {sqlite:?}"));
    }
    for (name, least) in LEAST {
        let old = of(name).into_iter().filter(|version| number(version) < *least);
        broken.extend(old.map(|version| format!("{name} {version} is older than {least:?}")));
    }
    broken
}

/// `1.12.0` as a number of three parts; what follows a hyphen is left out.
fn number(version: &str) -> (u32, u32, u32) {
    let mut parts = version.split(['.', '-', '+']).map(|part| part.parse().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    (next(), next(), next())
}

/// SQL stands in files named `store.rs` and in the folder of such a file; the crate `db` owns the macro, and tests may look behind.
fn stray_sql(path: &Path, text: &str) -> Option<String> {
    let tests = path.components().any(|part| part.as_os_str() == "tests") || path.ends_with("tests.rs");
    let inside = path.starts_with("crates/server/src")
        && !path.ends_with("store.rs")
        && !path.components().any(|part| part.as_os_str() == "store")
        && !tests;
    let calls =
        text.lines().enumerate().find(|(_, line)| line.contains("sql!(") && !line.trim_start().starts_with("//"));
    let (line, _) = calls.filter(|_| inside)?;
    Some(format!("{}:{}: SQL outside store.rs", path.display(), line + 1))
}

fn report_length(sources: &[(PathBuf, String)]) {
    let mut lengths: Vec<usize> = sources.iter().map(|(_, text)| text.lines().count()).collect();
    lengths.sort_unstable();
    for (path, text) in sources.iter().filter(|(_, text)| text.lines().count() > LONG) {
        println!("   long: {} has {} lines", path.display(), text.lines().count());
    }
    println!("   {} files of Rust, median {} lines", lengths.len(), lengths.get(lengths.len() / 2).unwrap_or(&0));
}

/// All Rust files that are ours, by their path from the workspace's folder.
fn sources(root: &Path) -> Result<Vec<(PathBuf, String)>> {
    let mut folders: Vec<PathBuf> = ["crates", "web", "tests", "bench"].map(|name| root.join(name)).into();
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                if !path.ends_with("node_modules") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push((path.strip_prefix(root)?.to_owned(), fs::read_to_string(&path)?));
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_model_may_use_nothing_of_ours() {
        let package = |name: &str, uses: &[&str]| json!({ "name": name, "source": null, "dependencies": uses.iter().map(|n| json!({ "name": n })).collect::<Vec<_>>() });
        let good = json!({ "packages": [package("model", &["serde"]), package("pages", &["model"])] });
        assert!(dependencies(&good).is_empty());
        let bad = json!({ "packages": [package("model", &["pages"]), package("pages", &["model"])] });
        assert_eq!(dependencies(&bad), ["model may not depend on pages"]);
    }

    #[test]
    fn a_crate_that_lets_a_stranger_harm_the_server_is_named() {
        let of = |version: &str| json!({ "packages": [{ "name": "h2", "version": version }] });
        let named = |version: &str| versions(&of(version)).iter().any(|line| line.contains("h2"));
        assert!(named("0.4.15") && named("0.3.99"));
        assert!(!named("0.4.16") && !named("0.5.0") && !named("1.0.0-rc.1"));
    }

    #[test]
    fn sql_is_found_outside_store_rs() {
        let line = "let rows = sql!(\"select 1\").all(&mut tx).await?;";
        assert!(stray_sql(Path::new("crates/server/src/problems.rs"), line).is_some());
        assert!(stray_sql(Path::new("crates/server/src/problems/store.rs"), line).is_none());
        assert!(stray_sql(Path::new("crates/server/src/search/store/rooms.rs"), line).is_none());
        assert!(stray_sql(Path::new("crates/server/src/problems.rs"), "// sql!(…) stands in store.rs").is_none());
    }
}
