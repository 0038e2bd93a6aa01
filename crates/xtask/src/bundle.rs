//! The web client: compiled for WebAssembly, bound to JavaScript, compressed, laid into `target/web`.
//!
//! The server's build script embeds what lies there. Nothing is done again when the compiled module is unchanged.

use std::{fs, io::Write as _, path::Path, process::Stdio};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use wasm_bindgen_cli_support::Bindgen;

use crate::shell::{cargo, command, output, root_join, run};

const TARGET: &str = "wasm32-unknown-unknown";

/// What the browser loads as a module of its own.
struct Part {
    /// Of its files.
    name: &'static str,
    package: &'static str,
    features: &'static [&'static str],
    /// What is compiled: those of one package would push each other out of one.
    folder: &'static str,
}

const PARTS: [Part; 3] = [
    Part {
        name: "client",
        package: "client",
        features: &["--no-default-features", "--features", "room"],
        folder: "target",
    },
    Part {
        name: "forms",
        package: "client",
        features: &["--no-default-features", "--features", "forms"],
        folder: "target/forms",
    },
    Part { name: "notes", package: "notes-client", features: &[], folder: "target" },
];

/// Brings `target/web` up to date: a script and a module of each part, and each as `.br` and `.gz`.
pub fn build() -> Result<()> {
    add_target()?;
    PARTS.iter().try_for_each(part)
}

fn part(part: &Part) -> Result<()> {
    let (name, folder) = (part.name, root_join(part.folder));
    let mut build = cargo(&["build", "--package", part.package, "--lib", "--profile", "client", "--target", TARGET]);
    build.args(part.features).arg("--target-dir").arg(&folder);
    run(build.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", without_paths()))?;
    let compiled = folder.join(TARGET).join("client").join(part.package.replace('-', "_") + ".wasm");
    let web = root_join("target/web");
    let bytes = fs::read(&compiled).with_context(|| format!("{} was not built", compiled.display()))?;
    let stamp = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    // Beside the folder, not in it: all that lies in the folder is embedded.
    let stamp_file = root_join(&format!("target/web.{name}.stamp"));
    let (script_file, module_file) = (format!("{name}.js"), format!("{name}.wasm"));
    let stands = web.join(format!("{module_file}.br")).is_file();
    if fs::read_to_string(&stamp_file).is_ok_and(|kept| kept == stamp) && stands {
        return Ok(());
    }
    println!("   binding and compressing the web client");
    let _ = fs::remove_file(&stamp_file);
    fs::create_dir_all(&web)?;
    let (script, module) = bind(name, &bytes)?;
    for (name, bytes) in [(script_file, script.as_bytes()), (module_file, &module)] {
        let brotli = brotli(bytes)?;
        println!("   {name}: {} bytes, {} in brotli", bytes.len(), brotli.len());
        replace(&web.join(&name), bytes)?;
        replace(&web.join(format!("{name}.br")), &brotli)?;
        replace(&web.join(format!("{name}.gz")), &gzip(bytes)?)?;
    }
    fs::write(stamp_file, stamp)?;
    Ok(())
}

/// Places of panics name source files: without the folders of the machine that built it, which concern nobody and cost bytes.
fn without_paths() -> String {
    let home = |name: &str, short: &str| {
        let folder = std::env::var_os(name).map(std::path::PathBuf::from);
        folder.or_else(|| Some(Path::new(&std::env::var_os("HOME")?).join(short)))
    };
    let mut flags = vec![format!("--remap-path-prefix={}=", root_join("").display())];
    if let Some(cargo) = home("CARGO_HOME", ".cargo") {
        let registries = fs::read_dir(cargo.join("registry/src")).into_iter().flatten().flatten();
        flags.extend(registries.map(|entry| format!("--remap-path-prefix={}/=", entry.path().display())));
    }
    flags.join(" ")
}

/// Adds the WebAssembly target when the toolchain lacks it.
pub fn add_target() -> Result<()> {
    let sysroot = output(command("rustc").args(["--print", "sysroot"]))?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET).is_dir() {
        return Ok(());
    }
    run(command("rustup").args(["target", "add", TARGET]).stdin(Stdio::null())).with_context(|| {
        format!("the Rust target {TARGET} is missing: install it (`rustup target add {TARGET}`) and try again")
    })
}

/// The script and the module that a browser loads. The names of both are given by the page, so the script knows none.
fn bind(name: &str, compiled: &[u8]) -> Result<(String, Vec<u8>)> {
    let mut bindgen = Bindgen::new();
    bindgen.input_bytes(name, compiled.to_vec()).out_name(name).web(true)?;
    bindgen.typescript(false).omit_default_module_path(true);
    bindgen.remove_name_section(true).remove_producers_section(true);
    let mut bound = bindgen.generate_output()?;
    // Each crate has an entry, mostly an empty one.
    let foreign = bound.snippets().iter().find(|(_, scripts)| !scripts.is_empty()).map(|(name, _)| name);
    let foreign = foreign.or_else(|| bound.local_modules().keys().next());
    if let Some(name) = foreign {
        bail!("{name} brings JavaScript of its own, which hashed names would break");
    }
    let script = bound.js().to_owned();
    Ok((script, bound.wasm_mut().emit_wasm()))
}

/// Quality 11 and the largest plain window: it is compressed once and downloaded by every school.
fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &params)?;
    Ok(out)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// Writes through a neighbour, so that a build under way never embeds half a file.
fn replace(file: &Path, bytes: &[u8]) -> Result<()> {
    let half = file.with_file_name(".half");
    fs::write(&half, bytes)?;
    fs::rename(&half, file).with_context(|| format!("cannot write {}", file.display()))
}
