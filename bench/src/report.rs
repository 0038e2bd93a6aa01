//! Figures as the tables of docs/benchmarks.md.

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
