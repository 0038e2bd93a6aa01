//! The fuzzer: libFuzzer over the functions of the crate `fuzz`, by the stable compiler.

use std::{fs, process::Command};

use anyhow::{Result, bail};

use crate::shell::{cargo, command, root_join, run};

const TARGETS: [&str; 3] = ["frame", "decide", "notes"];
const HOST: &str = "x86_64-unknown-linux-gnu";
/// What cargo-fuzz passes too, without a sanitizer, since `unsafe` is forbidden here.
const FLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 -Cdebug-assertions";

/// `fuzz TARGET [RUNS]`: so many runs over the seeds and what was found before, in `target/fuzz/corpus`; `fuzz seeds` writes the scripts
/// of `decide` anew.
pub fn one(options: &[String]) -> Result<()> {
    let (target, runs) = match options {
        [seeds] if seeds == "seeds" => return seeds_anew(),
        [target] => (target, "10000000"),
        [target, runs] => (target, runs.as_str()),
        _ => bail!("cargo xtask fuzz TARGET [RUNS], or seeds; targets are {TARGETS:?}"),
    };
    if !TARGETS.contains(&target.as_str()) {
        bail!("{target} is none of {TARGETS:?}");
    }
    let built = root_join("target/fuzz");
    let mut build = cargo(&["build", "--release", "--package", "fuzz", "--features", "libfuzzer", "--target", HOST]);
    run(build.args(["--bin", target, "--target-dir"]).arg(&built).env("RUSTFLAGS", FLAGS))?;
    let corpus = built.join("corpus").join(target);
    fs::create_dir_all(&corpus)?;
    let mut fuzz: Command = command(built.join(HOST).join("release").join(target));
    let words = root_join("fuzz/words.dict");
    fuzz.arg(format!("-runs={runs}"))
        .arg(format!("-dict={}", words.display()))
        .arg("-timeout=10")
        .arg("-print_final_stats=1");
    fuzz.arg(format!("-artifact_prefix={}/", built.join(format!("broken-{target}-")).display()).trim_end_matches('/'));
    run(fuzz.arg(corpus).arg(root_join("fuzz/seeds").join(target)))
}

fn seeds_anew() -> Result<()> {
    let folder = root_join("fuzz/seeds/decide");
    for old in fs::read_dir(&folder)?.collect::<Result<Vec<_>, _>>()? {
        if old.file_name().to_string_lossy().starts_with("play-") {
            fs::remove_file(old.path())?;
        }
    }
    let name = "scripts_for_the_fuzzer_are_written";
    run(cargo(&["test", "--package", "model", "--lib", name, "--", "--ignored", "--nocapture"]).env("SEEDS", folder))?;
    run(&mut cargo(&["test", "--package", "fuzz", "--", "--ignored"]))
}
