//! Hits that have every word: the lists of the words' documents, walked side by side.
//!
//! The library's own query for it asks each document for its score before anyone can say that it is not to be seen, through five
//! layers of boxes; with two words that are in most documents, that is where the time goes.

use std::{cmp::Reverse, collections::BinaryHeap};

use tantivy::{
    DocAddress, DocId, DocSet, Score, Searcher, SegmentReader, TERMINATED, Term,
    fieldnorm::FieldNormReader,
    postings::{Postings, SegmentPostings},
    query::Bm25Weight,
    schema::IndexRecordOption,
};

use super::{index::Index, lithuanian::is_stopword, seen::Seen, words::Word};
use crate::facets::Counts;

/// Scores with their documents, best first, then as they lie in the index.
pub(super) type Best = Vec<(Score, DocAddress)>;

/// A word with what its terms weigh in the whole index.
struct Weighed {
    /// Its keys; of a stop word its spelling.
    forms: Vec<(Term, Bm25Weight)>,
    /// What the very spelling adds.
    spelled: Option<(Term, Score)>,
}

/// The lists of a word within one segment.
struct Lists<'a> {
    forms: Vec<(SegmentPostings, &'a Bm25Weight)>,
    spelled: Option<(SegmentPostings, Score)>,
}

impl Index {
    /// The best `top` documents that have every word, and counts of all of them.
    pub(super) fn every(
        &self,
        searcher: &Searcher,
        words: &[Word],
        seen: &Seen,
        top: usize,
    ) -> tantivy::Result<(Counts, Best)> {
        let weighed: Vec<_> = words.iter().map(|word| self.weigh(searcher, word)).collect::<tantivy::Result<_>>()?;
        let mut counts = Counts::default();
        let mut best = Heap { most: top, kept: BinaryHeap::new() };
        for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
            counts.add(&self.walk(segment, ordinal, &weighed, seen, &mut best)?);
        }
        let mut best: Vec<_> = best.kept.into_iter().map(|Reverse(ranked)| (ranked.score, ranked.at)).collect();
        best.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        Ok((counts, best))
    }

    fn weigh(&self, searcher: &Searcher, word: &Word) -> tantivy::Result<Weighed> {
        let weigh = |term: &Term| Bm25Weight::for_terms(searcher, std::slice::from_ref(term));
        let spelled = Term::from_field_text(self.fields.spelled, &word.spelled);
        let weight = weigh(&spelled)?;
        // That field keeps neither lengths nor how often a word comes.
        let once = weight.score(FieldNormReader::fieldnorm_to_id(1), 1);
        if is_stopword(&word.spelled) {
            return Ok(Weighed { forms: vec![(spelled.clone(), weight)], spelled: Some((spelled, once)) });
        }
        let keys = word.keys.iter().map(|key| Term::from_field_text(self.fields.text, key));
        let forms = keys.map(|term| weigh(&term).map(|weight| (term, weight))).collect::<tantivy::Result<_>>()?;
        Ok(Weighed { forms, spelled: Some((spelled, once)) })
    }

    fn walk(
        &self,
        segment: &SegmentReader,
        ordinal: u32,
        words: &[Weighed],
        seen: &Seen,
        best: &mut Heap,
    ) -> tantivy::Result<Counts> {
        let mut sieve = seen.sieve(segment)?;
        let mut lists = Vec::with_capacity(words.len());
        for word in words {
            match Lists::of(segment, word)? {
                Some(found) => lists.push(found),
                None => return Ok(sieve.counts()),
            }
        }
        // The rarest word says where to look.
        lists.sort_by_key(|list| list.forms.iter().map(|(postings, _)| postings.doc_freq()).sum::<u32>());
        let lengths = segment.get_fieldnorms_reader(self.fields.text)?;
        let mut doc = 0;
        'walk: while doc != TERMINATED {
            for list in &mut lists {
                let next = list.seek(doc);
                if next > doc {
                    doc = next;
                    continue 'walk;
                }
            }
            if !segment.is_deleted(doc) && sieve.lets_through(doc) {
                let length = lengths.fieldnorm_id(doc);
                let score = lists.iter_mut().map(|list| list.score(doc, length)).sum();
                best.push(Ranked { score, at: DocAddress::new(ordinal, doc) });
            }
            doc += 1;
        }
        Ok(sieve.counts())
    }
}

impl<'a> Lists<'a> {
    /// None when no document of the segment has the word.
    fn of(segment: &SegmentReader, word: &'a Weighed) -> tantivy::Result<Option<Self>> {
        let read = |term: &Term, option| -> tantivy::Result<_> {
            Ok(segment.inverted_index(term.field())?.read_postings(term, option)?)
        };
        let mut forms = Vec::with_capacity(word.forms.len());
        for (term, weight) in &word.forms {
            if let Some(postings) = read(term, IndexRecordOption::WithFreqs)? {
                forms.push((postings, weight));
            }
        }
        if forms.is_empty() {
            return Ok(None);
        }
        let spelled = match &word.spelled {
            Some((term, once)) => read(term, IndexRecordOption::Basic)?.map(|postings| (postings, *once)),
            None => None,
        };
        Ok(Some(Self { forms, spelled }))
    }

    /// The first document at `doc` or after it that has the word.
    fn seek(&mut self, doc: DocId) -> DocId {
        self.forms.iter_mut().map(|(postings, _)| reach(postings, doc)).min().unwrap_or(TERMINATED)
    }

    /// Of the document to which was sought. A word that is there by two keys counts once.
    fn score(&mut self, doc: DocId, length: u8) -> Score {
        let here = self.forms.iter().filter(|(postings, _)| postings.doc() == doc);
        let best = here.map(|(postings, weight)| weight.score(length, postings.term_freq())).fold(0.0, Score::max);
        match &mut self.spelled {
            Some((postings, once)) => best + if reach(postings, doc) == doc { *once } else { 0.0 },
            None => best,
        }
    }
}

fn reach(postings: &mut SegmentPostings, doc: DocId) -> DocId {
    if postings.doc() >= doc { postings.doc() } else { postings.seek(doc) }
}

/// The best so far; the least of them lies on top.
struct Heap {
    most: usize,
    kept: BinaryHeap<Reverse<Ranked>>,
}

impl Heap {
    fn push(&mut self, ranked: Ranked) {
        if self.kept.len() < self.most {
            self.kept.push(Reverse(ranked));
        } else if let Some(mut least) = self.kept.peek_mut().filter(|least| least.0 < ranked) {
            *least = Reverse(ranked);
        }
    }
}

#[derive(PartialEq)]
struct Ranked {
    score: Score,
    at: DocAddress,
}

impl Eq for Ranked {}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ranked {
    /// Of two that are as good, the one that lies first in the index is the greater.
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.score.total_cmp(&other.score).then(other.at.cmp(&self.at))
    }
}
