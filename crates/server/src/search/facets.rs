//! What a search is narrowed by, as one number of each document, and how many documents there are of each value.

use std::ops::Range;

use model::{
    practices::{GradeSpan, Stage},
    problems::Area,
    schools::MunicipalityCode,
    search::FoundKind,
};

use super::document::{self, Document};

/// All facets of a document in one number, so that a hit costs one look into one column: the kind in four bits, the area in four
/// and the municipality in eight, each 0 for none, then a bit for each grade from -1 to 12.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Packed(pub u64);

const AREA: u32 = 4;
const MUNICIPALITY: u32 = 8;
const GRADES: u32 = 16;

impl Packed {
    pub(super) fn of(document: &Document) -> Self {
        let area = document.area.map_or(0, |area| area as u64 + 1);
        let municipality = document.municipality.map_or(0, |code| u64::from(code.number()));
        let grades = document.span.map_or(0, grades);
        Self(document::number(document.key.kind) | area << AREA | municipality << MUNICIPALITY | grades)
    }

    fn kind(self) -> usize {
        (self.0 & 0xf) as usize
    }

    fn area(self) -> usize {
        (self.0 >> AREA & 0xf) as usize
    }

    fn municipality(self) -> usize {
        (self.0 >> MUNICIPALITY & 0xff) as usize
    }
}

fn grades(span: GradeSpan) -> u64 {
    let grades: Range<i64> = span.from.clamp(-1, 13)..span.to.clamp(-2, 12) + 1;
    grades.fold(0, |bits, grade| bits | 1 << (GRADES as i64 + grade + 1))
}

/// What is asked for of each facet.
#[derive(Clone, Copy, Default, Debug)]
pub struct Narrow {
    pub kind: Option<FoundKind>,
    pub area: Option<Area>,
    pub municipality: Option<MunicipalityCode>,
    /// Finds what concerns any of these grades.
    pub stage: Option<Stage>,
}

/// How many hits there are of each value. Each facet counts what would be found if its value were chosen, all the other filters
/// kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Counts {
    pub total: usize,
    kinds: [usize; 16],
    areas: [usize; 16],
    municipalities: [usize; 256],
    stages: [usize; Stage::ALL.len()],
}

impl Default for Counts {
    fn default() -> Self {
        Self { total: 0, kinds: [0; 16], areas: [0; 16], municipalities: [0; 256], stages: [0; Stage::ALL.len()] }
    }
}

impl Counts {
    pub fn kind(&self, kind: FoundKind) -> usize {
        self.kinds[document::number(kind) as usize]
    }

    pub fn area(&self, area: Area) -> usize {
        self.areas[area as usize + 1]
    }

    pub fn municipality(&self, code: MunicipalityCode) -> usize {
        self.municipalities[usize::from(code.number())]
    }

    pub fn stage(&self, stage: Stage) -> usize {
        self.stages[stage as usize]
    }

    /// The total less what turned out to be gone or hidden when it was to be shown. No facet can be told from it then: what the
    /// values were of what is not there any more stays untold.
    #[must_use]
    pub fn without(mut self, gone: usize) -> Self {
        self.total = self.total.saturating_sub(gone);
        if gone > 0 {
            self = Self { total: self.total, ..Self::default() };
        }
        self
    }

    pub(super) fn add(&mut self, other: &Self) {
        fn sum(into: &mut [usize], from: &[usize]) {
            into.iter_mut().zip(from).for_each(|(into, from)| *into += from);
        }
        self.total += other.total;
        sum(&mut self.kinds, &other.kinds);
        sum(&mut self.areas, &other.areas);
        sum(&mut self.municipalities, &other.municipalities);
        sum(&mut self.stages, &other.stages);
    }
}

/// Counts one document after another. Numbers from 0 stand for what is asked for, none for what is not.
#[derive(Clone)]
pub(super) struct Counting {
    kind: Option<usize>,
    area: Option<usize>,
    municipality: Option<usize>,
    stage: Option<u64>,
    stages: [u64; Stage::ALL.len()],
    counts: Counts,
}

impl Counting {
    pub(super) fn new(narrow: Narrow) -> Self {
        Self {
            kind: narrow.kind.map(|kind| document::number(kind) as usize),
            area: narrow.area.map(|area| area as usize + 1),
            municipality: narrow.municipality.map(|code| usize::from(code.number())),
            stage: narrow.stage.map(|stage| grades(stage.span())),
            stages: Stage::ALL.map(|stage| grades(stage.span())),
            counts: Counts::default(),
        }
    }

    /// Whether the document passes all filters. One that fails one alone is counted in that facet.
    pub(super) fn count(&mut self, document: Packed) -> bool {
        let (kind, area, municipality) = (document.kind(), document.area(), document.municipality());
        let fails = [
            self.kind.is_some_and(|asked| asked != kind),
            self.area.is_some_and(|asked| asked != area),
            self.municipality.is_some_and(|asked| asked != municipality),
            self.stage.is_some_and(|asked| asked & document.0 == 0),
        ];
        let failed = fails.iter().filter(|failed| **failed).count();
        if failed > 1 {
            return false;
        }
        let counts = &mut self.counts;
        let others = |at: usize| failed == 0 || fails[at];
        counts.kinds[kind] += usize::from(others(0));
        counts.areas[area] += usize::from(others(1));
        counts.municipalities[municipality] += usize::from(others(2));
        if others(3) {
            for (count, stage) in counts.stages.iter_mut().zip(self.stages) {
                *count += usize::from(stage & document.0 != 0);
            }
        }
        counts.total += usize::from(failed == 0);
        failed == 0
    }

    pub(super) fn counts(self) -> Counts {
        self.counts
    }
}
