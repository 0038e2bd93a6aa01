//! One search: every word first, then what is near, then any word; always within what the reader may see.

use model::search::{DEEPEST, Way};
use tantivy::{
    Term,
    collector::TopDocs,
    query::{BooleanQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, FuzzyTermQuery, Occur, Query, TermQuery},
    schema::IndexRecordOption,
};

use super::{
    document::{Key, Rights},
    index::{Columns, Index},
    seen::{Collecting, Seen},
    words::{Word, Words, can_err},
};
use crate::facets::{Counts, Narrow};

/// What is looked for, and among what.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    pub words: &'a Words,
    /// Nothing outside of it is found, counted or hinted at.
    pub rights: Rights<'a>,
    pub narrow: Narrow,
    pub mode: Mode,
    /// At most [`DEEPEST`].
    pub offset: usize,
    pub limit: usize,
}

/// Which ways are tried, one after another until one finds anything.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// All words, then what is near, then any word.
    Whole,
    /// While it is being typed: at once also what is near, so that the last word may be only begun.
    Typing,
    /// What is like it: any word at once, those with more and rarer ones first.
    Like,
}

impl Mode {
    const fn ways(self) -> &'static [Way] {
        match self {
            Mode::Whole => &[Way::All, Way::Near, Way::Any],
            Mode::Typing => &[Way::Near, Way::Any],
            Mode::Like => &[Way::Any],
        }
    }
}

#[derive(Clone, PartialEq, Debug)]
pub struct Found {
    /// Best first.
    pub hits: Vec<Hit>,
    /// Of all pages together.
    pub counts: Counts,
    pub way: Way,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Hit {
    pub key: Key,
    pub score: f32,
}

impl Index {
    pub fn ask(&self, ask: &Ask) -> anyhow::Result<Found> {
        let ways = if ask.words.is_empty() { &[] } else { ask.mode.ways() };
        let mut nothing = Found { hits: Vec::new(), counts: Counts::default(), way: Way::All };
        for way in ways {
            let found = self.ask_one_way(ask, *way)?;
            if found.counts.total > 0 {
                return Ok(found);
            }
            // What a filter keeps out is told of the strictest way in which there is anything without it.
            if !nothing.counts.helps() {
                nothing.counts = found.counts;
            }
        }
        Ok(nothing)
    }

    fn ask_one_way(&self, ask: &Ask, way: Way) -> anyhow::Result<Found> {
        let searcher = self.searcher();
        let seen = Seen::new(ask.rights, ask.narrow);
        let (limit, offset) = (ask.limit.max(1), ask.offset.min(DEEPEST));
        let (counts, top) = if way == Way::All {
            let (counts, mut best) = self.every(&searcher, &ask.words.0, &seen, offset + limit)?;
            best.drain(..offset.min(best.len()));
            (counts, best)
        } else {
            let query = BooleanQuery::new(self.words(&ask.words.0, way));
            let inner = TopDocs::with_limit(limit).and_offset(offset).order_by_score();
            searcher.search(&query, &Collecting { seen: &seen, inner })?
        };
        let mut hits = Vec::with_capacity(top.len());
        for (score, at) in top {
            let columns = Columns::open(searcher.segment_reader(at.segment_ord))?;
            hits.extend(columns.key(at.doc_id).map(|key| Hit { key, score }));
        }
        Ok(Found { hits, counts, way })
    }

    /// What is near, or any of it; every word as it stands is looked for by [`Index::every`].
    fn words(&self, words: &[Word], way: Way) -> Vec<Clause> {
        let last = words.len().saturating_sub(1);
        let each = words.iter().enumerate().map(|(place, word)| {
            let mut ways = self.in_some_form(word);
            ways.extend(self.nearly(word, place == last));
            // The very spelling says more than another form.
            let clauses = vec![(Occur::Must, any(ways)), (Occur::Should, self.spelling(&word.spelled))];
            Box::new(BooleanQuery::new(clauses)) as Box<dyn Query>
        });
        match way {
            Way::Any => vec![(Occur::Must, Box::new(BooleanQuery::union(each.collect())))],
            Way::All | Way::Near => each.map(|query| (Occur::Must, query)).collect(),
        }
    }

    /// A stop word has no key in the index: when nothing else was typed it is found as spelled.
    fn in_some_form(&self, word: &Word) -> Vec<Box<dyn Query>> {
        if super::lithuanian::is_stopword(&word.spelled) {
            return vec![self.spelling(&word.spelled)];
        }
        let keys = word.keys.iter().map(|key| -> Box<dyn Query> {
            Box::new(TermQuery::new(Term::from_field_text(self.fields.text, key), IndexRecordOption::WithFreqs))
        });
        keys.collect()
    }

    fn nearly(&self, word: &Word, last: bool) -> Vec<Box<dyn Query>> {
        let typos = word.keys.iter().filter(|key| can_err(key)).map(|key| -> Box<dyn Query> {
            let typo = FuzzyTermQuery::new(Term::from_field_text(self.fields.text, key), 1, true);
            Box::new(ConstScoreQuery::new(Box::new(typo), 0.5))
        });
        let mut ways: Vec<_> = typos.collect();
        if last && word.can_begin() {
            let begun = FuzzyTermQuery::new_prefix(Term::from_field_text(self.fields.spelled, &word.folded), 0, true);
            ways.push(Box::new(ConstScoreQuery::new(Box::new(begun), 1.0)));
        }
        ways
    }

    fn spelling(&self, word: &str) -> Box<dyn Query> {
        Box::new(TermQuery::new(Term::from_field_text(self.fields.spelled, word), IndexRecordOption::Basic))
    }
}

type Clause = (Occur, Box<dyn Query>);

/// The best of `ways`, so that a word found by two keys does not count twice.
fn any(mut ways: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match ways.len() {
        0 => Box::new(EmptyQuery),
        1 => ways.remove(0),
        _ => Box::new(DisjunctionMaxQuery::new(ways)),
    }
}
