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

use super::{
    document::{For, Rights},
    facets::{Counting, Counts, Narrow, Packed},
};

/// The two halves of a space's id; what everyone signed in sees has zeros.
pub(super) fn halves(seen: For) -> (u64, u64) {
    match seen {
        For::Space(space) => space.uuid().as_u64_pair(),
        For::SignedIn => (0, 0),
    }
}

type Spaces = HashSet<(u64, u64), BuildHasherDefault<Halves>>;

/// Ids are random already, and the set is the server's own: mixing the halves is enough.
#[derive(Default)]
struct Halves(u64);

impl Hasher for Halves {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, half: u64) {
        self.0 = (self.0.rotate_left(26) ^ half).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// Collects with `inner` what the reader may see and asked for. Asked for each document that the words found: much cheaper than a
/// query that first gathers all documents of all those spaces.
pub(super) struct Seen<C> {
    spaces: Arc<Spaces>,
    narrow: Narrow,
    inner: C,
}

impl<C> Seen<C> {
    pub(super) fn new(rights: Rights, narrow: Narrow, inner: C) -> Self {
        let spaces = rights.spaces.iter().map(|space| For::Space(*space));
        let seen = spaces.chain(rights.signed_in.then_some(For::SignedIn));
        Self { spaces: Arc::new(seen.map(halves).collect()), narrow, inner }
    }
}

pub(super) struct SeenHere<S> {
    spaces: Arc<Spaces>,
    high: Column<u64>,
    low: Column<u64>,
    facets: Column<u64>,
    counting: Counting,
    inner: S,
}

impl<C: Collector> Collector for Seen<C> {
    type Fruit = (Counts, C::Fruit);
    type Child = SeenHere<C::Child>;

    fn for_segment(&self, number: u32, segment: &SegmentReader) -> tantivy::Result<Self::Child> {
        let fast = segment.fast_fields();
        Ok(SeenHere {
            spaces: Arc::clone(&self.spaces),
            high: fast.u64("space_high")?,
            low: fast.u64("space_low")?,
            facets: fast.u64("facets")?,
            counting: Counting::new(self.narrow),
            inner: self.inner.for_segment(number, segment)?,
        })
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

impl<S: SegmentCollector> SegmentCollector for SeenHere<S> {
    type Fruit = (Counts, S::Fruit);

    fn collect(&mut self, doc: DocId, score: Score) {
        let space = self.high.first(doc).zip(self.low.first(doc));
        let seen = space.is_some_and(|space| self.spaces.contains(&space));
        if seen && self.facets.first(doc).is_some_and(|facets| self.counting.count(Packed(facets))) {
            self.inner.collect(doc, score);
        }
    }

    fn harvest(self) -> Self::Fruit {
        (self.counting.counts(), self.inner.harvest())
    }
}
