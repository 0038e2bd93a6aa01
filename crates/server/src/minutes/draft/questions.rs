//! What was asked: messages that [`is_question`] takes for questions, in their order.

use model::{minutes::is_question, sessions::Record};
use text::time;

use super::{LANG, line};

pub fn lines(record: &Record) -> Vec<String> {
    let asked =
        record.messages.iter().filter(|one| is_question(&one.text, one.reactions.iter().map(|(kind, _)| *kind)));
    let told = asked.map(|one| {
        let team = one.team.as_ref().map(|team| format!(", {}", line(team))).unwrap_or_default();
        format!("- {} {}{team}: {}", time::clock(one.at.ms()), line(::pages::ui::who(LANG, &one.by)), line(&one.text))
    });
    told.collect()
}
