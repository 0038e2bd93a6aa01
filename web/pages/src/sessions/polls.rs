//! Polls and boards as the record shows them.

use maud::{Markup, html};
use model::sessions::{RecordedBoard, RecordedPoll};
use text::{Lang, boards as tb, polls as t};

use crate::ui;

/// The question, a table of what was chosen, and the answers.
pub fn poll(lang: Lang, poll: &RecordedPoll) -> Markup {
    html! {
        section {
            h2 { (t::poll(lang)) ": " (poll.question) }
            p.meta { (t::took_part(lang, poll.voted, poll.voters)) }
            @if poll.withheld { p { (t::withheld(lang)) } }
            @if !poll.rows.is_empty() {
                div.scroll role="region" tabindex="0" aria-label=(poll.question) {
                    table {
                        thead { tr { th scope="col" { (t::option(lang)) } th scope="col" { (t::results(lang)) } @for team in &poll.teams { th scope="col" { (team) } } } }
                        tbody {
                            @for row in &poll.rows {
                                tr { th scope="row" { (row.option) } td { (row.count) } @for count in &row.of_teams { td { (count) } } }
                            }
                        }
                    }
                }
            }
            @if !poll.answers.is_empty() {
                ul.items {
                    @for answer in &poll.answers {
                        li { p { (answer.text) } @if let Some(by) = &answer.by { p.meta { (ui::who(lang, by)) } } }
                    }
                }
            }
        }
    }
}

pub fn board(lang: Lang, board: &RecordedBoard) -> Markup {
    html! {
        section {
            h2 { (tb::board(lang)) ": " (board.title) }
            @for column in &board.columns {
                h3 { (column.title) }
                @if column.cards.is_empty() { p.muted { (tb::empty(lang)) } }
                ul.items {
                    @for card in &column.cards {
                        li {
                            @if let Some(group) = &card.group { p.meta { (group) } }
                            p { @match &card.text { Some(text) => (text), None => span.muted { (tb::unseen(lang)) } } }
                            @if card.dots > 0 { p.meta { (tb::dots(lang, card.dots)) } }
                            @if let Some(by) = &card.by { p.meta { (ui::who(lang, by)) } }
                        }
                    }
                }
            }
        }
    }
}
