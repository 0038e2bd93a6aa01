//! Lets through only what a reader may see, before anything is counted or ranked; then what was asked for, counted by facet.

use std::{
    collections::HashSet,
    hash::{BuildHasherDefault, Hasher},
    sync::Arc,
};

use tantivy::{
    DocId, Score, SegmentReader,
    collector::{Collector, SegmentCollector},
    columnar::Column,
};

use super::document::{For, Rights};
use crate::facets::{Counting, Counts, Narrow, Packed};

/// What stands for those who see a document, in one number: the space's id mixed into 64 bits, of which 62 or more are random in
/// ids of version 7. Two spaces hardly ever share one; if they did, the rows would still be read through the reader's rights.
pub(super) fn mark(seen: For) -> u64 {
    match seen {
        For::Space(space) => {
            let (high, low) = space.uuid().as_u64_pair();
            (high.rotate_left(26) ^ low).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        }
        For::SignedIn => 1,
    }
}

type Marks = HashSet<u64, BuildHasherDefault<Mixed>>;

/// Marks are mixed already.
#[derive(Default)]
struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(self.0 << 8 | u64::from(*byte)));
    }

    fn write_u64(&mut self, mark: u64) {
        self.0 = mark;
    }
}

/// What the reader may see and asked for. It is asked of each document that the words found: much cheaper than a query that first
/// gathers all documents of all those spaces.
#[derive(Clone)]
pub(super) struct Seen {
    marks: Arc<Marks>,
    narrow: Narrow,
}

impl Seen {
    pub(super) fn new(rights: Rights, narrow: Narrow) -> Self {
        let spaces = rights.spaces.iter().map(|space| For::Space(*space));
        let seen = spaces.chain(rights.signed_in.then_some(For::SignedIn));
        Self { marks: Arc::new(seen.map(mark).collect()), narrow }
    }

    pub(super) fn sieve(&self, segment: &SegmentReader) -> tantivy::Result<Sieve> {
        let fast = segment.fast_fields();
        Ok(Sieve {
            marks: Arc::clone(&self.marks),
            seen: fast.u64("seen")?,
            facets: fast.u64("facets")?,
            counting: Counting::new(self.narrow),
        })
    }
}

/// It for one segment, and the counts of what it was asked of.
pub(super) struct Sieve {
    marks: Arc<Marks>,
    seen: Column<u64>,
    facets: Column<u64>,
    counting: Counting,
}

impl Sieve {
    /// Counts the document where the reader may see it, and says whether it is to be listed.
    pub(super) fn lets_through(&mut self, doc: DocId) -> bool {
        self.seen.first(doc).is_some_and(|mark| self.marks.contains(&mark))
            && self.facets.first(doc).is_some_and(|facets| self.counting.count(Packed(facets), 1))
    }

    pub(super) fn counts(self) -> Counts {
        self.counting.counts()
    }
}

/// Collects with `inner` what is let through.
pub(super) struct Collecting<'a, C> {
    pub seen: &'a Seen,
    pub inner: C,
}

impl<C: Collector> Collector for Collecting<'_, C> {
    type Fruit = (Counts, C::Fruit);
    type Child = CollectingHere<C::Child>;

    fn for_segment(&self, number: u32, segment: &SegmentReader) -> tantivy::Result<Self::Child> {
        Ok(CollectingHere { sieve: self.seen.sieve(segment)?, inner: self.inner.for_segment(number, segment)? })
    }

    fn requires_scoring(&self) -> bool {
        self.inner.requires_scoring()
    }

    fn merge_fruits(&self, fruits: Vec<<Self::Child as SegmentCollector>::Fruit>) -> tantivy::Result<Self::Fruit> {
        let (all, inner): (Vec<Counts>, Vec<_>) = fruits.into_iter().unzip();
        let mut counts = Counts::default();
        all.iter().for_each(|here| counts.add(here));
        Ok((counts, self.inner.merge_fruits(inner)?))
    }
}

pub(super) struct CollectingHere<S> {
    sieve: Sieve,
    inner: S,
}

impl<S: SegmentCollector> SegmentCollector for CollectingHere<S> {
    type Fruit = (Counts, S::Fruit);

    fn collect(&mut self, doc: DocId, score: Score) {
        if self.sieve.lets_through(doc) {
            self.inner.collect(doc, score);
        }
    }

    fn harvest(self) -> Self::Fruit {
        (self.sieve.counts(), self.inner.harvest())
    }
}
