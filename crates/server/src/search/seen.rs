//! Lets through only what lies in the spaces that a reader may see, before anything is counted or ranked.

use std::{collections::HashSet, sync::Arc};

use model::ids::SpaceId;
use tantivy::{
    DocId, Score, SegmentReader,
    collector::{Collector, SegmentCollector},
    columnar::Column,
};

/// Collects with `inner` what is in one of the spaces. Asked for each document that the words found: much cheaper than a query
/// that first gathers all documents of all those spaces.
pub(super) struct Seen<C> {
    spaces: Arc<HashSet<(u64, u64)>>,
    inner: C,
}

impl<C> Seen<C> {
    pub(super) fn new(spaces: &[SpaceId], inner: C) -> Self {
        let pairs = spaces.iter().map(|space| space.uuid().as_u64_pair());
        Self { spaces: Arc::new(pairs.collect()), inner }
    }
}

pub(super) struct SeenHere<S> {
    spaces: Arc<HashSet<(u64, u64)>>,
    high: Column<u64>,
    low: Column<u64>,
    inner: S,
}

impl<C: Collector> Collector for Seen<C> {
    type Fruit = C::Fruit;
    type Child = SeenHere<C::Child>;

    fn for_segment(&self, number: u32, segment: &SegmentReader) -> tantivy::Result<Self::Child> {
        let fast = segment.fast_fields();
        Ok(SeenHere {
            spaces: Arc::clone(&self.spaces),
            high: fast.u64("space_high")?,
            low: fast.u64("space_low")?,
            inner: self.inner.for_segment(number, segment)?,
        })
    }

    fn requires_scoring(&self) -> bool {
        self.inner.requires_scoring()
    }

    fn merge_fruits(&self, fruits: Vec<<C::Child as SegmentCollector>::Fruit>) -> tantivy::Result<Self::Fruit> {
        self.inner.merge_fruits(fruits)
    }
}

impl<S: SegmentCollector> SegmentCollector for SeenHere<S> {
    type Fruit = S::Fruit;

    fn collect(&mut self, doc: DocId, score: Score) {
        let space = self.high.first(doc).zip(self.low.first(doc));
        if space.is_some_and(|space| self.spaces.contains(&space)) {
            self.inner.collect(doc, score);
        }
    }

    fn harvest(self) -> Self::Fruit {
        self.inner.harvest()
    }
}
