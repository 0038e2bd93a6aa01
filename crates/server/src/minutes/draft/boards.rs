//! What was written on boards, column by column, and nobody is named by their card.

use model::sessions::{Record, RecordedCard};
use text::boards as t;

use super::{LANG, line};

pub fn lines(record: &Record) -> Vec<String> {
    let mut lines = Vec::new();
    let columns = record.boards.iter().flat_map(|board| board.columns.iter().map(move |column| (board, column)));
    for (board, column) in columns.filter(|(_, column)| !column.cards.is_empty()) {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(format!("# {}: {}", line(&board.title), line(&column.title)));
        lines.push(String::new());
        lines.extend(column.cards.iter().map(card));
    }
    lines
}

fn card(card: &RecordedCard) -> String {
    let group = card.group.as_ref().map(|group| format!("{}: ", line(group))).unwrap_or_default();
    let dots = if card.dots > 0 { format!(" ({})", t::dots(LANG, card.dots)) } else { String::new() };
    let text = card.text.as_deref().map_or_else(|| t::unseen(LANG).to_owned(), line);
    format!("- {group}{text}{dots}")
}
