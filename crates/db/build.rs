//! Lists the migrations of the repository's folder, so that a new file is picked up without being named anywhere.

use std::{env, fmt::Write as _, fs, path::Path};

fn main() {
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let folder = Path::new(&root).join("../../migrations");
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut names: Vec<String> = fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".sql"))
        .collect();
    names.sort();
    let mut list = String::from("&[\n");
    let mut last = 0;
    for name in &names {
        let number = number(name);
        assert!(number > last, "migrations/{name}: the number {number:04} is taken");
        last = number;
        let stem = name.trim_end_matches(".sql");
        let path = format!("/../../migrations/{name}");
        writeln!(
            list,
            "Migration {{
                number: {number},
                name: {stem:?},
                text: include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {path:?})),
            }},"
        )
        .expect("writing to a string does not fail");
    }
    list.push_str("]\n");
    let out = env::var("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&out).join("migrations.rs"), list).expect("the build folder can be written");
}

/// `0004_practices.sql` is 4. Numbers start at 1.
fn number(name: &str) -> i64 {
    let (number, noun) = name.split_once('_').unwrap_or_default();
    let good = number.len() == 4 && !noun.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    assert!(good, "migrations/{name}: expected a name like 0004_practices.sql");
    number.parse().expect("four digits are a number")
}
