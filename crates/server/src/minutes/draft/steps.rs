//! The agenda: what was planned and what it became.

use model::{
    attendance::whole_minutes,
    sessions::{Record, RecordedStep},
};
use text::{minutes as t, sessions, time};

use super::{LANG, cell};

pub fn lines(record: &Record) -> Vec<String> {
    if record.steps.is_empty() {
        return Vec::new();
    }
    let head = format!("| {} | {} | {} | {} |", t::step(LANG), t::planned(LANG), t::took(LANG), t::when(LANG));
    [head, "| --- | --- | --- | --- |".to_owned()].into_iter().chain(record.steps.iter().map(row)).collect()
}

fn row(step: &RecordedStep) -> String {
    let (took, when) = match (step.started_at, step.ended_at) {
        (Some(from), Some(to)) => (
            sessions::minutes(LANG, whole_minutes(to.since(from).ms())),
            format!("{}–{}", time::clock(from.ms()), time::clock(to.ms())),
        ),
        _ => (sessions::not_reached(LANG).to_owned(), "–".to_owned()),
    };
    let planned = sessions::minutes(LANG, step.planned_minutes);
    format!("| {} | {planned} | {took} | {when} |", cell(&step.title))
}
