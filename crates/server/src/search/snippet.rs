//! The piece of a text that shows why it was found: text and marks, never markup.

use std::collections::HashMap;

use model::search::Piece;

use super::{lithuanian, words::Words};

/// About how much is shown, in characters.
pub const LENGTH: usize = 220;
/// How much of it stands before the first marked word, at most.
const LEAD: usize = 60;

/// Marks the words of one search in the texts of its hits. Most words of a text were in the one before, so each is compared once.
pub struct Marker<'a> {
    words: &'a Words,
    near: bool,
    known: HashMap<String, Option<usize>>,
}

impl<'a> Marker<'a> {
    /// `near` marks also beginnings and typos, as they were found.
    pub fn new(words: &'a Words, near: bool) -> Self {
        Self { words, near, known: HashMap::new() }
    }

    fn marks(&mut self, text: &str) -> Vec<Mark> {
        let marks = lithuanian::tokens(text).filter_map(|token| {
            let place = self.known.entry(token.word).or_insert_with_key(|word| self.words.place(word, self.near));
            Some(Mark { place: (*place)?, at: token.at })
        });
        marks.collect()
    }
}

struct Mark {
    at: std::ops::Range<usize>,
    place: usize,
}

/// The stretch of `text` with the most of `words`, cut between words, with `…` where it is cut; the beginning when none is there.
pub fn snippet(text: &str, marker: &mut Marker) -> Vec<Piece> {
    let text = lithuanian::normal(text);
    let marks = marker.marks(&text);
    let (start, end) = window(&text, &marks);
    let mut pieces = Vec::new();
    if start > 0 {
        push(&mut pieces, "…", false);
    }
    let mut from = start;
    for mark in marks.iter().filter(|mark| mark.at.start >= start && mark.at.end <= end) {
        push(&mut pieces, &text[from..mark.at.start], false);
        push(&mut pieces, &text[mark.at.clone()], true);
        from = mark.at.end;
    }
    push(&mut pieces, text[from..end].trim_end(), false);
    if !text[end..].trim().is_empty() {
        push(&mut pieces, "…", false);
    }
    pieces
}

/// The whole of a short text, such as a title, with its marks.
pub fn marked(text: &str, marker: &mut Marker) -> Vec<Piece> {
    let text = lithuanian::normal(text);
    let mut pieces = Vec::new();
    let mut from = 0;
    for mark in marker.marks(&text) {
        push(&mut pieces, &text[from..mark.at.start], false);
        push(&mut pieces, &text[mark.at.clone()], true);
        from = mark.at.end;
    }
    push(&mut pieces, &text[from..], false);
    pieces
}

/// Bytes from and to; both between characters.
fn window(text: &str, marks: &[Mark]) -> (usize, usize) {
    let best = marks.iter().enumerate().max_by_key(|(first, mark)| {
        let within =
            marks[*first..].iter().take_while(|other| other.at.end <= forward(text, mark.at.start, LENGTH - LEAD));
        let places: Vec<usize> = within.map(|other| other.place).collect();
        let distinct = (0..16).filter(|place| places.contains(place)).count();
        (distinct, places.len().min(3), std::cmp::Reverse(*first))
    });
    let start = best.map_or(0, |(_, mark)| begin(text, mark.at.start));
    (start, finish(text, start))
}

/// Where to begin so that the word at `first` has some words before it: at a sentence if one begins near, else at a word.
fn begin(text: &str, first: usize) -> usize {
    let earliest = text[..first].char_indices().rev().take(LEAD).last().map_or(first, |(at, _)| at);
    if earliest == 0 {
        return 0;
    }
    let lead = &text[earliest..first];
    let sentence = [". ", "\n", " · "].iter().filter_map(|end| lead.rfind(end).map(|at| at + end.len())).max();
    let word = lead.find(char::is_whitespace).map_or(lead.len(), |at| at + 1);
    earliest + sentence.unwrap_or(word)
}

fn finish(text: &str, start: usize) -> usize {
    let end = forward(text, start, LENGTH);
    if end == text.len() {
        return end;
    }
    text[start..end].rfind(char::is_whitespace).filter(|length| *length > 0).map_or(end, |length| start + length)
}

/// The byte `count` characters after `from`, or the end.
fn forward(text: &str, from: usize, count: usize) -> usize {
    text[from..].char_indices().nth(count).map_or(text.len(), |(at, _)| from + at)
}

fn push(pieces: &mut Vec<Piece>, text: &str, marked: bool) {
    match pieces.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.marked == marked && !marked => last.text.push_str(text),
        _ => pieces.push(Piece { text: text.to_owned(), marked }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, typed: &str) -> String {
        let pieces = snippet(text, &mut Marker::new(&Words::typed(typed), false));
        pieces.iter().map(|piece| if piece.marked { format!("[{}]", piece.text) } else { piece.text.clone() }).collect()
    }

    #[test]
    fn the_words_looked_for_are_marked_in_any_form() {
        assert_eq!(shown("Mokinių pasiekimai gerėja.", "pasiekimu mokinys"), "[Mokinių] [pasiekimai] gerėja.");
        assert_eq!(shown("<b>mokinys</b>", "mokinys"), "<b>[mokinys]</b>");
        assert_eq!(shown("Nieko bendra.", "mokinys"), "Nieko bendra.");
        assert_eq!(shown("", "mokinys"), "");
    }

    #[test]
    fn a_long_text_is_cut_around_the_words() {
        let filler = "Šis sakinys nieko nesako apie tai. ".repeat(30);
        let text = format!("{filler}Tėvai padeda. {filler}Patirtimi dalijasi tėvai ir komanda. {filler}");
        let shown = shown(&text, "tėvų patirtis");
        assert!(shown.starts_with("…") && shown.ends_with('…'), "{shown}");
        assert!(shown.contains("[Patirtimi] dalijasi [tėvai] ir"), "{shown}");
        assert!(shown.chars().count() <= LENGTH + 8, "{shown}");
    }

    #[test]
    fn any_text_is_cut_between_characters() {
        for text in [
            "š".repeat(1000),
            "ą ".repeat(700),
            "\n".repeat(500),
            format!("{} tėvai", "ž".repeat(900)),
            "👩‍🏫 tėvai ".repeat(90),
        ] {
            let pieces = snippet(&text, &mut Marker::new(&Words::typed("tėvų"), true));
            assert!(pieces.iter().map(|piece| piece.text.chars().count()).sum::<usize>() <= LENGTH + 2);
        }
    }
}
