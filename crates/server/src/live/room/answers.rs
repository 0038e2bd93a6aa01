//! What the latest commands were answered with, so that a repeat seldom asks the database.

use std::collections::{HashMap, VecDeque};

use model::ids::CommandId;

/// Clients repeat what a lost socket left unanswered, so only the latest matter; older ones are looked up.
const KEPT: usize = 2_048;

/// An actor's command.
pub type Key = (String, CommandId);

#[derive(Default)]
pub struct Answers {
    seqs: HashMap<CommandId, Vec<(Box<str>, i64)>>,
    order: VecDeque<CommandId>,
}

impl Answers {
    pub fn get(&self, actor: &str, command: CommandId) -> Option<i64> {
        let (_, seq) = self.seqs.get(&command)?.iter().find(|(who, _)| **who == *actor)?;
        Some(*seq)
    }

    /// Takes in answers; of two parts of one command the later one counts.
    pub fn extend(&mut self, found: impl IntoIterator<Item = (Key, i64)>) {
        for ((actor, command), seq) in found {
            let known = self.seqs.entry(command).or_insert_with(|| {
                self.order.push_back(command);
                Vec::with_capacity(1)
            });
            match known.iter_mut().find(|(who, _)| **who == *actor) {
                Some((_, last)) => *last = seq.max(*last),
                None => known.push((actor.into(), seq)),
            }
        }
        while self.order.len() > KEPT {
            if let Some(oldest) = self.order.pop_front() {
                self.seqs.remove(&oldest);
            }
        }
    }
}
