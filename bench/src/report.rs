//! Figures as the tables of docs/benchmarks.md.

use std::{error::Error, str::FromStr};

use anyhow::{Context, Result};

/// The middle one of an odd number of figures.
pub fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

/// One line of the table: what was measured, the figure, the bar it has to meet.
#[derive(Clone, Debug)]
pub struct Row {
    pub what: String,
    pub figure: String,
    pub bar: String,
    pub met: Option<bool>,
}

/// A table in Markdown.
pub fn table(rows: &[Row]) -> String {
    let mut out = String::from("| what | measured | bar | met |\n|---|---|---|---|\n");
    for row in rows {
        let met = row.met.map_or("–", |met| if met { "yes" } else { "**no**" });
        out.push_str(&format!("| {} | {} | {} | {met} |\n", row.what, row.figure, row.bar));
    }
    out
}

/// The value after `name` on the command line, or the usual one.
///
/// # Errors
/// When what was given cannot be read as such a value.
pub fn option<T: FromStr<Err: Error + Send + Sync + 'static>>(name: &str, usual: T) -> Result<T> {
    let given = std::env::args().skip_while(|arg| arg != name).nth(1);
    given.map_or(Ok(usual), |given| given.parse().with_context(|| format!("{name} {given}")))
}

/// Whether `name` stands on the command line.
pub fn flag(name: &str) -> bool {
    std::env::args().any(|arg| arg == name)
}
