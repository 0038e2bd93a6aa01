//! What the tests need beyond Rust and a C compiler: installed as root, otherwise named with the exact command.

use std::{fs, path::PathBuf, process::Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::shell::{command, found, output, run};

/// The oldest Node.js that the browser journeys' runner works on.
const NODE: u32 = 18;

/// Each Debian package, and whether what it brings is here.
fn missing() -> Vec<&'static str> {
    let needs = [
        ("chromium", chromium().is_some()),
        ("postgresql", postgres().is_some()),
        ("strace", found("strace").is_some()),
        ("sqlite3", found("sqlite3").is_some()),
        ("nodejs", found("node").is_some()),
        ("npm", found("npm").is_some()),
        ("python3-websockets", python().is_some()),
    ];
    needs.into_iter().filter(|(_, here)| !here).map(|(package, _)| package).collect()
}

/// A Python that can import what the client in another language is written with. Debian's own, for which Debian's packages are, comes
/// before one that stands earlier on the search path.
pub fn python() -> Option<PathBuf> {
    let debian = Some(PathBuf::from("/usr/bin/python3")).filter(|file| file.is_file());
    let imports = |python: &PathBuf| command(python).args(["-c", "import websockets"]).stderr(Stdio::null()).status();
    let able = |python: &PathBuf| imports(python).is_ok_and(|status| status.success());
    [debian, found("python3")].into_iter().flatten().find(able)
}

/// Where the browser is.
pub fn chromium() -> Option<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(found)
}

/// Where PostgreSQL's own programs are (`initdb`, `pg_ctl`), 15 or newer; Debian keeps them off the search path.
fn postgres() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut versions: Vec<u32> =
        versions.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok()).filter(|v| *v >= 15).collect();
    versions.sort_unstable();
    let debian = versions.pop().map(|version| PathBuf::from(format!("/usr/lib/postgresql/{version}/bin/initdb")));
    debian.filter(|file| file.is_file()).or_else(|| found("initdb"))
}

/// Installs what is missing.
///
/// # Errors
/// When this is not root's shell, the sentence names the command to type.
pub fn install() -> Result<()> {
    let packages = missing();
    if !packages.is_empty() {
        let list = packages.join(" ");
        let root = output(command("id").arg("-u"))?.trim() == "0";
        if !root || found("apt-get").is_none() {
            bail!(
                "the tests need {list}. Install with:\n\n    \
                 sudo apt-get update && sudo apt-get install -y --no-install-recommends {list}\n"
            );
        }
        println!("   installing {list}");
        let apt = |args: &[&str]| {
            run(command("apt-get").args(args).env("DEBIAN_FRONTEND", "noninteractive").stdin(Stdio::null()))
        };
        apt(&["update", "-q"])?;
        apt(&[["install", "-q", "-y", "--no-install-recommends"].as_slice(), &packages].concat())?;
        let still = missing();
        ensure!(still.is_empty(), "still missing after the installation: {}", still.join(" "));
    }
    let version = output(command("node").arg("--version"))?;
    let major: u32 = version.trim().trim_start_matches('v').split('.').next().unwrap_or("").parse().unwrap_or(0);
    ensure!(major >= NODE, "the browser journeys need Node.js {NODE} or newer; `node` is {}", version.trim());
    npm().context("the packages of the browser journeys")
}

/// Brings `tests/browser/node_modules` up to date with its lock file; nothing when it is.
fn npm() -> Result<()> {
    let folder = crate::shell::root_join("tests/browser");
    let lock = fs::read(folder.join("package-lock.json"))?;
    let stamp = folder.join("node_modules/.lock-installed");
    if fs::read(&stamp).is_ok_and(|kept| kept == lock) {
        return Ok(());
    }
    let mut npm = command("npm");
    run(npm.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(&folder).stdin(Stdio::null()))?;
    Ok(fs::write(stamp, lock)?)
}
