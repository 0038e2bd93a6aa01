//! Lists the files that the server carries inside itself: `web/public`, `web/style`, and the web client when
//! `cargo xtask bundle` has laid it into `target/web`. The server builds without it and says so when it starts.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

fn main() {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../..");
    // A folder that is missing would make cargo run this script, and build the server, at every command.
    let bundle = root.join("target/web");
    let _ = fs::create_dir_all(&bundle);
    let mut list = String::from("&[\n");
    for (prefix, folder) in [("", root.join("web/public")), ("style/", root.join("web/style")), ("", bundle)] {
        println!("cargo::rerun-if-changed={}", folder.display());
        for file in files(&folder) {
            let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
            let [brotli, gzip] = [".br", ".gz"].map(|end| {
                let packed = folder.join(format!("{name}{end}"));
                packed.is_file().then(|| include(&packed)).map_or("None".to_owned(), |text| format!("Some({text})"))
            });
            let plain = include(&file);
            list.push_str(&format!(
                "    Embedded {{ name: {:?}, plain: {plain}, brotli: {brotli}, gzip: {gzip} }},\n",
                format!("{prefix}{name}")
            ));
        }
    }
    list.push_str("]\n");
    let out = PathBuf::from(env::var("OUT_DIR").unwrap_or_default()).join("embedded.rs");
    if let Err(error) = fs::write(&out, list) {
        panic!("cannot write {}: {error}", out.display());
    }
}

fn include(file: &Path) -> String {
    let full = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    format!("include_bytes!({:?})", full.display().to_string())
}

/// The plain files of a folder, by name; a compressed neighbour comes with its file.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).map(|entries| entries.flatten().map(|entry| entry.path()).collect());
    let mut files: Vec<PathBuf> = entries.unwrap_or_default();
    files.retain(|file| {
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        file.is_file() && !name.starts_with('.') && !name.ends_with(".br") && !name.ends_with(".gz")
    });
    files.sort();
    files
}
