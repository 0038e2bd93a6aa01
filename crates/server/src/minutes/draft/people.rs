//! Who took part, by team.

use model::sessions::{Record, RecordedPerson};
use text::{live, sessions};

use super::{LANG, line};

/// The record has them by team and name; those without a team come last.
pub fn lines(record: &Record) -> Vec<String> {
    if record.people.is_empty() {
        return vec![sessions::nobody(LANG).to_owned()];
    }
    let teams = record.people.chunk_by(|one, next| (&one.team, &one.school) == (&next.team, &next.school));
    teams.filter_map(|members| Some(format!("- {}: {}", of(members.first()?), names(members)))).collect()
}

fn of(first: &RecordedPerson) -> String {
    match (&first.team, &first.school) {
        (Some(team), Some(school)) => line(&format!("{team}, {school}")),
        (Some(team), None) => line(team),
        (None, _) => sessions::without_team(LANG).to_owned(),
    }
}

fn names(members: &[RecordedPerson]) -> String {
    let name = |one: &RecordedPerson| {
        let with = one.with.as_deref().map(|host| live::sits_with(LANG, ::pages::ui::who(LANG, host)));
        let with = with.map(|with| format!(" ({with})")).unwrap_or_default();
        line(&format!("{}{with}", ::pages::ui::who(LANG, &one.name)))
    };
    let names = members.iter().map(name);
    names.collect::<Vec<_>>().join(", ")
}
