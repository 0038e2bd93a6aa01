//! What was written together, as it was when the session was closed.

pub fn lines(notes: &str) -> Vec<String> {
    // A tab or a mark that turns writing around is no text of minutes.
    let clean = |line: &str| line.chars().filter(|c| !model::words::is_forbidden(*c)).collect::<String>();
    notes.trim().lines().map(|line| clean(line).trim_end().to_owned()).collect()
}
