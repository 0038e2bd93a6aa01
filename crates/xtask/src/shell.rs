//! Running other programs, and saying which one failed.

use std::{
    ffi::OsStr,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context, Result, bail};

/// The folder of the workspace.
pub fn root() -> &'static Path {
    // Two folders above this crate's own, which stands when xtask is compiled and when it runs.
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

pub fn root_join(path: &str) -> PathBuf {
    root().join(path)
}

/// A program to be run in the workspace's folder.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

pub fn cargo(args: &[&str]) -> Command {
    let mut cargo = command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(args);
    // The alias runs us under a cargo that has set these for itself.
    cargo.env_remove("CARGO_PKG_NAME").env_remove("CARGO_MANIFEST_DIR");
    cargo
}

/// Runs to the end, its output on ours.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start {}", told(command)))?;
    if !status.success() {
        bail!("{} failed ({status})", told(command));
    }
    Ok(())
}

/// Runs to the end and gives what it printed.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::inherit()).output();
    let output = output.with_context(|| format!("cannot start {}", told(command)))?;
    if !output.status.success() {
        bail!("{} failed ({})", told(command), output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("{} printed what is not UTF-8", told(command)))
}

/// Runs to the end, prints its lines as they come, and gives each to `see`; the answer says whether it succeeded.
pub fn watch(command: &mut Command, mut see: impl FnMut(&str)) -> Result<bool> {
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("cannot start {}", told(command)))?;
    let out = child.stdout.take().context("no output to read")?;
    for line in BufReader::new(out).lines() {
        let line = line?;
        println!("{line}");
        see(&line);
    }
    Ok(child.wait()?.success())
}

/// Does one step of a longer work, and says how long it took.
pub fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("── {name}");
    let begun = Instant::now();
    let value = work().with_context(|| name.to_owned())?;
    println!("   {name}: {:.1} s", begun.elapsed().as_secs_f64());
    Ok(value)
}

/// The command as one would type it.
pub fn told(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// Where a program of this name stands, if the search path has it.
pub fn found(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}
