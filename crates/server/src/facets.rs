//! What lists and searches are narrowed by, as one number of each thing, and how many things there are of each value.
//!
//! The index of search keeps the number of each document; the library makes it of the columns that it groups its rows by.

use std::ops::Range;

use model::{
    practices::{Cost, Count, Facet, GradeSpan, Stage},
    problems::Area,
    schools::{MunicipalityCode, SchoolSize},
    search::FoundKind,
};

/// All facets of a thing in one number, so that a hit costs one look into one column: the kind in four bits, the area in four and
/// the municipality in eight, each 0 for none, then a bit for each grade from -1 to 12, and from bit 32 on the cost and the size of
/// the school in four bits each.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Packed(pub u64);

const AREA: u32 = 4;
const MUNICIPALITY: u32 = 8;
const GRADES: u32 = 16;
const COST: u32 = 32;
const SIZE: u32 = 36;

/// The facets of a thing; a kind is not asked for where there is only one.
#[derive(Clone, Copy, Default, Debug)]
pub struct Of {
    pub kind: Option<FoundKind>,
    pub area: Option<Area>,
    pub municipality: Option<MunicipalityCode>,
    pub span: Option<GradeSpan>,
    pub cost: Option<Cost>,
    pub size: Option<SchoolSize>,
}

/// The number that stands for a kind: from 1 to 4.
pub const fn number(kind: FoundKind) -> u64 {
    match kind {
        FoundKind::Problem => 1,
        FoundKind::Practice => 2,
        FoundKind::Session => 3,
        FoundKind::Team => 4,
    }
}

impl Packed {
    pub fn of(of: Of) -> Self {
        let kind = of.kind.map_or(0, number);
        let area = of.area.map_or(0, |area| area as u64 + 1);
        let municipality = of.municipality.map_or(0, |code| u64::from(code.number()));
        let cost = of.cost.map_or(0, |cost| cost as u64 + 1);
        let size = of.size.map_or(0, |size| size as u64 + 1);
        let grades = of.span.map_or(0, grades);
        Self(kind | area << AREA | municipality << MUNICIPALITY | grades | cost << COST | size << SIZE)
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

    fn cost(self) -> usize {
        (self.0 >> COST & 0xf) as usize
    }

    fn size(self) -> usize {
        (self.0 >> SIZE & 0xf) as usize
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
    pub cost: Option<Cost>,
    pub size: Option<SchoolSize>,
}

/// In the order in which [`Counting`] asks.
const FACETS: [Facet; 6] = [Facet::Kind, Facet::Area, Facet::Municipality, Facet::Stage, Facet::Cost, Facet::Size];

/// How many there are of each value. Each facet counts what would be found if its value were chosen, all the other filters kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Counts {
    pub total: usize,
    kinds: [usize; 16],
    areas: [usize; 16],
    municipalities: [usize; 256],
    stages: [usize; Stage::ALL.len()],
    costs: [usize; 16],
    sizes: [usize; 16],
    /// Those that fail this one filter alone, in the order of [`FACETS`].
    alone: [usize; FACETS.len()],
}

impl Default for Counts {
    fn default() -> Self {
        Self {
            total: 0,
            kinds: [0; 16],
            areas: [0; 16],
            municipalities: [0; 256],
            stages: [0; Stage::ALL.len()],
            costs: [0; 16],
            sizes: [0; 16],
            alone: [0; FACETS.len()],
        }
    }
}

impl Counts {
    pub fn kind(&self, kind: FoundKind) -> usize {
        self.kinds[number(kind) as usize]
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

    pub fn cost(&self, cost: Cost) -> usize {
        self.costs[cost as usize + 1]
    }

    pub fn size(&self, size: SchoolSize) -> usize {
        self.sizes[size as usize + 1]
    }

    /// When nothing passes all filters: how much would, were one of them left out; those that change nothing are not named.
    pub fn loosen(&self) -> Vec<Count<Facet>> {
        let alone = FACETS.into_iter().zip(self.alone);
        let counted = alone.map(|(value, count)| Count { value, count: count as i64 });
        counted.filter(|one| self.total == 0 && one.count > 0).collect()
    }

    pub(crate) fn helps(&self) -> bool {
        self.alone.iter().any(|count| *count > 0)
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

    pub fn add(&mut self, other: &Self) {
        fn sum(into: &mut [usize], from: &[usize]) {
            into.iter_mut().zip(from).for_each(|(into, from)| *into += from);
        }
        self.total += other.total;
        sum(&mut self.kinds, &other.kinds);
        sum(&mut self.areas, &other.areas);
        sum(&mut self.municipalities, &other.municipalities);
        sum(&mut self.stages, &other.stages);
        sum(&mut self.costs, &other.costs);
        sum(&mut self.sizes, &other.sizes);
        sum(&mut self.alone, &other.alone);
    }
}

/// Values without anything are left out, but for the chosen one.
pub fn values<T: Copy + PartialEq, const N: usize>(
    all: [T; N],
    chosen: Option<T>,
    count: impl Fn(T) -> usize,
) -> Vec<Count<T>> {
    let counted = all.into_iter().map(|value| Count { value, count: count(value) as i64 });
    counted.filter(|one| one.count > 0 || chosen == Some(one.value)).collect()
}

/// Counts one thing after another. Numbers from 0 stand for what is asked for, none for what is not.
#[derive(Clone)]
pub struct Counting {
    kind: Option<usize>,
    area: Option<usize>,
    municipality: Option<usize>,
    stage: Option<u64>,
    cost: Option<usize>,
    size: Option<usize>,
    stages: [u64; Stage::ALL.len()],
    counts: Counts,
}

impl Counting {
    pub fn new(narrow: Narrow) -> Self {
        Self {
            kind: narrow.kind.map(|kind| number(kind) as usize),
            area: narrow.area.map(|area| area as usize + 1),
            municipality: narrow.municipality.map(|code| usize::from(code.number())),
            stage: narrow.stage.map(|stage| grades(stage.span())),
            cost: narrow.cost.map(|cost| cost as usize + 1),
            size: narrow.size.map(|size| size as usize + 1),
            stages: Stage::ALL.map(|stage| grades(stage.span())),
            counts: Counts::default(),
        }
    }

    /// Whether things of these facets, so many of them, pass all filters. Those that fail one alone are counted in that facet.
    pub fn count(&mut self, of: Packed, times: usize) -> bool {
        let (kind, area, municipality, cost, size) = (of.kind(), of.area(), of.municipality(), of.cost(), of.size());
        let fails = [
            self.kind.is_some_and(|asked| asked != kind),
            self.area.is_some_and(|asked| asked != area),
            self.municipality.is_some_and(|asked| asked != municipality),
            self.stage.is_some_and(|asked| asked & of.0 == 0),
            self.cost.is_some_and(|asked| asked != cost),
            self.size.is_some_and(|asked| asked != size),
        ];
        let failed = fails.iter().filter(|failed| **failed).count();
        if failed > 1 {
            return false;
        }
        let counts = &mut self.counts;
        let others = |at: usize| if failed == 0 || fails[at] { times } else { 0 };
        counts.kinds[kind] += others(0);
        counts.areas[area] += others(1);
        counts.municipalities[municipality] += others(2);
        if others(3) > 0 {
            for (count, stage) in counts.stages.iter_mut().zip(self.stages) {
                *count += if stage & of.0 != 0 { times } else { 0 };
            }
        }
        counts.costs[cost] += others(4);
        counts.sizes[size] += others(5);
        if failed == 0 {
            counts.total += times;
            return true;
        }
        for (alone, failed) in counts.alone.iter_mut().zip(fails) {
            *alone += if failed { times } else { 0 };
        }
        false
    }

    pub fn counts(self) -> Counts {
        self.counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn practice(municipality: &str, area: Area, from: i64, to: i64) -> Of {
        Of {
            kind: Some(FoundKind::Practice),
            area: Some(area),
            municipality: municipality.parse().ok(),
            span: Some(GradeSpan { from, to }),
            cost: Some(Cost::Low),
            size: Some(SchoolSize::VeryLarge),
        }
    }

    fn counted(narrow: Narrow, things: &[(Of, usize)]) -> Counts {
        let mut counting = Counting::new(narrow);
        for (of, times) in things {
            counting.count(Packed::of(*of), *times);
        }
        counting.counts()
    }

    #[test]
    fn what_is_chosen_narrows_all_counts_but_its_own() {
        let here = (practice("LT-53", Area::Inclusion, 1, 5), 4);
        let there = (practice("LT-02", Area::Leadership, 5, 10), 2);
        let narrow = Narrow { municipality: "LT-53".parse().ok(), ..Narrow::default() };
        let counts = counted(narrow, &[here, there]);
        assert_eq!(counts.total, 4);
        assert_eq!((counts.area(Area::Inclusion), counts.area(Area::Leadership)), (4, 0));
        assert_eq!((counts.stage(Stage::Primary), counts.stage(Stage::UpperBasic)), (4, 0));
        let place = |code: &str| counts.municipality(code.parse().unwrap());
        assert_eq!((place("LT-53"), place("LT-02"), place("LT-01")), (4, 2, 0));
        assert_eq!((counts.cost(Cost::Low), counts.size(SchoolSize::VeryLarge)), (4, 4));
    }

    #[test]
    fn when_nothing_is_left_it_is_told_which_filter_alone_stands_in_the_way() {
        let things = [(practice("LT-53", Area::Steam, 1, 4), 3), (practice("LT-02", Area::Culture, 1, 4), 5)];
        let (area, municipality) = (Some(Area::Steam), "LT-02".parse().ok());
        let narrow = Narrow { area, municipality, cost: Some(Cost::Low), ..Narrow::default() };
        let counts = counted(narrow, &things);
        assert_eq!(counts.total, 0);
        let expected = [Count { value: Facet::Area, count: 5 }, Count { value: Facet::Municipality, count: 3 }];
        assert_eq!(counts.loosen(), expected);
        assert_eq!(counted(Narrow { cost: Some(Cost::High), ..narrow }, &things).loosen(), []);
        assert_eq!(counted(Narrow { area, ..Narrow::default() }, &things).loosen(), []);
    }

    #[test]
    fn what_has_no_municipality_or_size_is_counted_in_none() {
        let nowhere = Of { municipality: None, size: None, ..practice("LT-53", Area::Steam, 1, 1) };
        let counts = counted(Narrow::default(), &[(nowhere, 1)]);
        assert_eq!(counts.total, 1);
        assert!((1..=60).filter_map(MunicipalityCode::new).all(|code| counts.municipality(code) == 0));
        assert!(SchoolSize::ALL.into_iter().all(|size| counts.size(size) == 0));
    }

    #[test]
    fn values_of_which_there_is_nothing_are_left_out_but_for_the_chosen_one() {
        let counts = counted(Narrow::default(), &[(practice("LT-53", Area::Steam, 1, 1), 1)]);
        let listed = |chosen| -> Vec<_> {
            values(Area::ALL, chosen, |area| counts.area(area)).iter().map(|one| (one.value, one.count)).collect()
        };
        assert_eq!(listed(None), [(Area::Steam, 1)]);
        assert_eq!(listed(Some(Area::Culture)), [(Area::Culture, 0), (Area::Steam, 1)]);
    }
}
