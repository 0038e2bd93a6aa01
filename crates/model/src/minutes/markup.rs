//! The few marks of a section's text: `# ` a heading, `- ` an item, `| a | b |` a row of a table, an empty line between paragraphs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A part of a section, of plain text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    Heading(String),
    /// With its line breaks.
    Paragraph(String),
    List(Vec<String>),
    /// Each row is as long as the head.
    Table {
        head: Vec<String>,
        rows: Vec<Vec<String>>,
    },
}

/// What a section's text is made of. Total: what is no mark is a paragraph.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    for line in text.lines().map(str::trim_end) {
        let trimmed = line.trim_start();
        if trimmed.is_empty() {
            open = false;
        } else if let Some(heading) = heading(trimmed) {
            blocks.push(Block::Heading(heading.to_owned()));
            open = false;
        } else if let Some(item) = ["- ", "* ", "• "].iter().find_map(|mark| trimmed.strip_prefix(mark)) {
            match blocks.last_mut() {
                Some(Block::List(items)) if open => items.push(item.trim().to_owned()),
                _ => blocks.push(Block::List(vec![item.trim().to_owned()])),
            }
            open = true;
        } else if let Some(cells) = cells(trimmed) {
            match blocks.last_mut() {
                Some(Block::Table { head, rows }) if open => {
                    if !cells.iter().all(|cell| is_rule(cell)) {
                        let row = cells.into_iter().chain(std::iter::repeat_with(String::new));
                        rows.push(row.take(head.len()).collect());
                    }
                }
                _ => blocks.push(Block::Table { head: cells, rows: Vec::new() }),
            }
            open = true;
        } else {
            match blocks.last_mut() {
                // What is indented under an item belongs to it.
                Some(Block::List(items)) if open && line.starts_with(' ') => {
                    if let Some(last) = items.last_mut() {
                        last.push(' ');
                        last.push_str(trimmed);
                    }
                }
                Some(Block::Paragraph(paragraph)) if open => {
                    paragraph.push('\n');
                    paragraph.push_str(trimmed);
                }
                _ => blocks.push(Block::Paragraph(trimmed.to_owned())),
            }
            open = true;
        }
    }
    blocks
}

fn heading(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches('#');
    let marks = line.len() - rest.len();
    ((1..=6).contains(&marks) && rest.starts_with(' ')).then(|| rest.trim()).filter(|title| !title.is_empty())
}

fn cells(line: &str) -> Option<Vec<String>> {
    let inner = line.strip_prefix('|')?.strip_suffix('|')?;
    Some(inner.split('|').map(|cell| cell.trim().to_owned()).collect())
}

fn is_rule(cell: &str) -> bool {
    cell.len() >= 3 && cell.chars().all(|c| matches!(c, '-' | ':'))
}

/// The blocks as Markdown, each after an empty line.
pub(super) fn markdown(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        text.push('\n');
        match block {
            Block::Heading(title) => text += &format!("### {}\n", inline(title)),
            Block::Paragraph(lines) => {
                let lines: Vec<_> = lines.lines().map(|line| start(&inline(line))).collect();
                text += &format!("{}\n", lines.join("\\\n"));
            }
            Block::List(items) => items.iter().for_each(|item| text += &format!("- {}\n", start(&inline(item)))),
            Block::Table { head, rows } => {
                let row = |cells: &[String]| {
                    let cells: Vec<_> = cells.iter().map(|cell| inline(cell)).collect();
                    format!("| {} |\n", cells.join(" | "))
                };
                text += &row(head);
                text += &row(&vec!["---".to_owned(); head.len()]);
                rows.iter().for_each(|cells| text += &row(cells));
            }
        }
    }
    text
}

/// Plain text as it is spelled in Markdown.
pub fn inline(text: &str) -> String {
    let mut spelled = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => spelled.push_str("&amp;"),
            '<' => spelled.push_str("&lt;"),
            '\\' | '`' | '*' | '_' | '[' => spelled.extend(['\\', c]),
            _ => spelled.push(c),
        }
    }
    spelled
}

/// At the beginning of a line also other characters are marks.
fn start(spelled: &str) -> String {
    let digits = spelled.len() - spelled.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let numbered = (1..=9).contains(&digits) && spelled[digits..].starts_with(['.', ')']);
    if numbered {
        return format!("{}\\{}", &spelled[..digits], &spelled[digits..]);
    }
    match spelled.starts_with(['#', '>', '+', '-', '=', '|', '~']) {
        true => format!("\\{spelled}"),
        false => spelled.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_and_all_else_is_a_paragraph() {
        let text =
            "Pirma\nantra\n\n## Kas\n- vienas\n  tęsinys\n• du\n\n- kitas\n|a|b|\n|---|:-:|\n|1|\n#ne antraštė\n-ne";
        let line = |text: &str| text.to_owned();
        assert_eq!(
            blocks(text),
            [
                Block::Paragraph(line("Pirma\nantra")),
                Block::Heading(line("Kas")),
                Block::List(vec![line("vienas tęsinys"), line("du")]),
                Block::List(vec![line("kitas")]),
                Block::Table { head: vec![line("a"), line("b")], rows: vec![vec![line("1"), line("")]] },
                Block::Paragraph(line("#ne antraštė\n-ne")),
            ]
        );
        assert!(blocks(" \n\n").is_empty());
    }

    #[test]
    fn a_line_that_looks_like_a_mark_is_spelled_as_text() {
        let told = |text: &str| markdown(&[Block::Paragraph(text.into())]);
        assert_eq!(told("12) dvylika"), "\n12\\) dvylika\n");
        assert_eq!(told("> a\n=== \n`x`"), "\n\\> a\\\n\\=== \\\n\\`x\\`\n");
    }
}
