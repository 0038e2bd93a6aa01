//! What was made in a group: its people, and each part of its room under the name of the group.

use text::breakouts as t;

use super::{Material, actions, agreements, boards, line, notes, polls};

pub fn lines(group: &Material<'_>) -> Vec<String> {
    let title = line(&group.record.card.title);
    let mut lines = vec![format!("# {title}"), String::new()];
    let people = group.record.people.iter().map(|one| line(::pages::ui::who(super::LANG, &one.name)));
    let people: Vec<String> = people.collect();
    lines.push(format!(
        "- {}: {}",
        t::were_there(super::LANG),
        if people.is_empty() { "–".to_owned() } else { people.join(", ") }
    ));
    let messages = group.record.messages.len();
    if messages > 0 {
        lines.push(format!("- {}", t::messages(super::LANG, messages)));
    }
    let parts = [
        boards::lines(group.record),
        polls::lines(group.room),
        agreements::lines(group.record, group.room),
        actions::lines(group.record),
        notes::lines(group.notes),
    ];
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        lines.push(String::new());
        // A heading of a part says of which group it is.
        let named = |one: String| match one.strip_prefix("# ") {
            Some(heading) => format!("# {title}: {heading}"),
            None => one,
        };
        lines.extend(part.into_iter().map(named));
    }
    lines.push(String::new());
    lines
}
