//! Dotted names as a tree.

use std::collections::{BTreeMap, BTreeSet};

use super::blank;
use crate::refusal::{Code, Refusal};

/// Names in a name: `evidence.0.text` has three.
const DEPTH: usize = 8;

pub(super) enum Node<'p> {
    Leaf(Vec<&'p str>),
    Branch(BTreeMap<String, Node<'p>>),
}

impl Node<'_> {
    pub(super) fn is_blank(&self) -> bool {
        match self {
            Node::Leaf(texts) => texts.iter().all(|text| blank(text)),
            Node::Branch(children) => children.values().all(Node::is_blank),
        }
    }
}

pub(super) fn index(name: &str) -> Option<usize> {
    let digits = !name.is_empty() && name.len() <= 9 && name.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| name.parse().ok())?
}

pub(super) fn grow<'p>(pairs: impl Iterator<Item = (&'p str, &'p str)>) -> Result<Node<'p>, Refusal> {
    let mut root = Node::Branch(BTreeMap::new());
    for (name, text) in pairs {
        let malformed = || Refusal::of(Code::Malformed).at(name.chars().take(60).collect::<String>());
        if name.split('.').count() > DEPTH {
            return Err(malformed());
        }
        let mut node = &mut root;
        for part in name.split('.') {
            let Node::Branch(children) = node else { return Err(malformed()) };
            node = children.entry(part.to_owned()).or_insert_with(|| Node::Branch(BTreeMap::new()));
        }
        match node {
            Node::Leaf(texts) => texts.push(text),
            Node::Branch(children) if children.is_empty() => *node = Node::Leaf(vec![text]),
            Node::Branch(_) => return Err(malformed()),
        }
    }
    Ok(root)
}

pub(super) fn renumber(pairs: &[(String, String)]) -> Vec<(String, String)> {
    // The numbers, by the name before them, under which something is written.
    let mut written: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (name, _) in pairs.iter().filter(|(_, text)| !blank(text)) {
        for (before, index) in numbers(name) {
            written.entry(before).or_default().insert(index);
        }
    }
    let ranks: BTreeMap<&str, BTreeMap<usize, usize>> = written
        .into_iter()
        .map(|(before, indexes)| (before, indexes.into_iter().enumerate().map(|(rank, index)| (index, rank)).collect()))
        .collect();
    let rename = |name: &str| -> Option<String> {
        let mut renamed = String::with_capacity(name.len());
        let mut found = numbers(name).peekable();
        let mut at = 0;
        for part in name.split('.') {
            if at > 0 {
                renamed.push('.');
            }
            match found.next_if(|(before, _)| before.len() + 1 == at) {
                Some((before, index)) => renamed.push_str(&ranks.get(before)?.get(&index)?.to_string()),
                None => renamed.push_str(part),
            }
            at += part.len() + 1;
        }
        Some(renamed)
    };
    pairs.iter().filter_map(|(name, text)| Some((rename(name)?, text.clone()))).collect()
}

/// The numbers in a dotted name, each with what stands before it. Only the first [`DEPTH`] parts can be of use.
fn numbers(name: &str) -> impl Iterator<Item = (&str, usize)> {
    let dots = name.match_indices('.').map(|(at, _)| at).take(DEPTH);
    dots.filter_map(move |at| {
        let part = name[at + 1..].split('.').next()?;
        Some((&name[..at], index(part)?))
    })
}
