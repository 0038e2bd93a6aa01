//! One search: every word first, then what is near, then any word; always within what the reader may see.

use std::ops::Bound;

use model::{
    ids::SpaceId,
    practices::GradeSpan,
    problems::Area,
    schools::MunicipalityCode,
    search::{FoundKind, Way},
};
use tantivy::{
    Term,
    collector::{Count, TopDocs},
    query::{
        BooleanQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, FuzzyTermQuery, Occur, Query, RangeQuery,
        TermQuery,
    },
    schema::IndexRecordOption,
};

use super::{
    document::{self, Key},
    index::{Columns, Index},
    seen::Seen,
    words::{Word, Words, can_err},
};

/// Hits after this many are not reached by paging: one narrows the search instead.
pub const DEEPEST: usize = 1_000;

/// What is looked for, and among what.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    pub words: &'a Words,
    /// All that the reader may see, in one list made by one rule; nothing outside it is found, counted or hinted at.
    pub spaces: &'a [SpaceId],
    pub kind: Option<FoundKind>,
    pub area: Option<Area>,
    pub municipality: Option<MunicipalityCode>,
    /// Finds what concerns any of these grades.
    pub span: Option<GradeSpan>,
    /// The last word may be only begun.
    pub typing: bool,
    /// At most [`DEEPEST`].
    pub offset: usize,
    pub limit: usize,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Found {
    /// Best first.
    pub hits: Vec<Hit>,
    /// Of all pages together.
    pub total: usize,
    pub way: Way,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Hit {
    pub key: Key,
    pub score: f32,
}

impl Index {
    pub fn ask(&self, ask: &Ask) -> anyhow::Result<Found> {
        let ways: &[Way] = match ask {
            Ask { words, .. } if words.is_empty() => &[],
            Ask { typing: true, .. } => &[Way::Near, Way::Any],
            _ => &[Way::All, Way::Near, Way::Any],
        };
        for way in ways {
            let found = self.ask_one_way(ask, *way)?;
            if found.total > 0 {
                return Ok(found);
            }
        }
        Ok(Found { hits: Vec::new(), total: 0, way: Way::All })
    }

    fn ask_one_way(&self, ask: &Ask, way: Way) -> anyhow::Result<Found> {
        let mut clauses = self.filters(ask);
        clauses.extend(self.words(&ask.words.0, way));
        let query = BooleanQuery::new(clauses);
        let searcher = self.searcher();
        let top = TopDocs::with_limit(ask.limit.max(1)).and_offset(ask.offset.min(DEEPEST)).order_by_score();
        let (total, top) = searcher.search(&query, &Seen::new(ask.spaces, (Count, top)))?;
        let mut hits = Vec::with_capacity(top.len());
        for (score, at) in top {
            let columns = Columns::open(searcher.segment_reader(at.segment_ord))?;
            hits.extend(columns.key(at.doc_id).map(|key| Hit { key, score }));
        }
        Ok(Found { hits, total, way })
    }

    /// They let through and give no score.
    fn filters(&self, ask: &Ask) -> Vec<Clause> {
        let fields = &self.fields;
        let mut filters: Vec<Clause> = Vec::new();
        filters.extend(ask.kind.map(|kind| filter(term(Term::from_field_u64(fields.kind, document::number(kind))))));
        filters.extend(ask.area.map(|area| filter(term(Term::from_field_u64(fields.area, area as u64)))));
        filters.extend(
            ask.municipality.map(|code| filter(term(Term::from_field_text(fields.municipality, &code.to_string())))),
        );
        if let Some(span) = ask.span {
            let from = Term::from_field_i64(fields.to_grade, span.from);
            let to = Term::from_field_i64(fields.from_grade, span.to);
            filters.push(filter(RangeQuery::new(Bound::Included(from), Bound::Unbounded)));
            filters.push(filter(RangeQuery::new(Bound::Unbounded, Bound::Included(to))));
        }
        filters
    }

    fn words(&self, words: &[Word], way: Way) -> Vec<Clause> {
        let last = words.len().saturating_sub(1);
        let each = words.iter().enumerate().map(|(place, word)| {
            let mut ways = self.in_some_form(word);
            if way != Way::All {
                ways.extend(self.nearly(word, place == last));
            }
            // The very spelling says more than another form.
            let clauses = vec![(Occur::Must, any(ways)), (Occur::Should, self.spelling(&word.spelled))];
            Box::new(BooleanQuery::new(clauses)) as Box<dyn Query>
        });
        match way {
            Way::All | Way::Near => each.map(|query| (Occur::Must, query)).collect(),
            Way::Any => vec![(Occur::Must, Box::new(BooleanQuery::union(each.collect())))],
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

fn term(term: Term) -> TermQuery {
    TermQuery::new(term, IndexRecordOption::Basic)
}

fn filter(query: impl Query) -> Clause {
    (Occur::Must, Box::new(ConstScoreQuery::new(Box::new(query), 0.0)))
}

/// The best of `ways`, so that a word found by two keys does not count twice.
fn any(mut ways: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match ways.len() {
        0 => Box::new(EmptyQuery),
        1 => ways.remove(0),
        _ => Box::new(DisjunctionMaxQuery::new(ways)),
    }
}
