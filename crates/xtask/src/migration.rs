//! A new migration file with the next free number.

use std::fs;

use anyhow::{Result, ensure};

use crate::shell::root_join;

pub fn add(name: &str) -> Result<()> {
    let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    ensure!(plain, "a migration's name is of small letters, digits and _: `{name}`");
    let folder = root_join("migrations");
    let mut last = 0;
    for entry in fs::read_dir(&folder)? {
        let number = entry?.file_name().to_string_lossy().split('_').next().and_then(|text| text.parse().ok());
        last = last.max(number.unwrap_or(0));
    }
    let file = folder.join(format!("{:04}_{name}.sql", last + 1));
    let text = format!(
        "-- {name}: one text for both databases. Ids and JSON text, integers and instants (ms) bigint.\n\
         -- Add, move, then remove: the previous release keeps working on this schema. Never edited once merged.\n"
    );
    fs::write(&file, text)?;
    println!("migrations/{:04}_{name}.sql", last + 1);
    Ok(())
}
