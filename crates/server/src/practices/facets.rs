//! One page of the library with its facets: what would be listed if another value were chosen, all the other filters kept.

use model::{
    practices::{Cost, Count, Facet, GradeSpan, ListPractices, MunicipalityCount, PracticeCard, PracticeList, Stage},
    problems::Area,
    schools::{Municipality, SchoolSize},
};

use super::store::Alike;
use crate::facets::{Counting, Counts, Narrow, Of, Packed, values};

pub fn count(call: &ListPractices, all: &[Alike]) -> Counts {
    let mut counting = Counting::new(Narrow {
        kind: None,
        area: call.area,
        municipality: call.municipality,
        stage: call.stage,
        cost: call.cost,
        size: call.size,
    });
    for alike in all {
        let span = alike.grade_from.zip(alike.grade_to).map(|(from, to)| GradeSpan { from, to });
        let Alike { area, municipality, cost, size, .. } = *alike;
        let of = Of { kind: None, area, municipality, span, cost, size };
        counting.count(Packed::of(of), usize::try_from(alike.count).unwrap_or_default());
    }
    counting.counts()
}

/// `chosen` is the municipality asked for, when there is no practice of it at all; `everywhere` is how much there is without the
/// space, where that is all that stands in the way.
pub fn list(
    call: &ListPractices,
    all: &[Alike],
    items: Vec<PracticeCard>,
    next: Option<String>,
    chosen: Option<Municipality>,
    everywhere: usize,
) -> PracticeList {
    let counts = count(call, all);
    let mut municipalities: Vec<MunicipalityCount> = Vec::new();
    for alike in all {
        let Some(value) = alike.municipality.filter(|code| municipalities.iter().all(|one| one.value != *code)) else {
            continue;
        };
        let (name, count) = (alike.municipality_name.clone().unwrap_or_default(), counts.municipality(value) as i64);
        // What is chosen stays in sight also where nothing is left of it.
        if count > 0 || call.municipality == Some(value) {
            municipalities.push(MunicipalityCount { value, name, count });
        }
    }
    municipalities.extend(chosen.map(|place| MunicipalityCount { value: place.code, name: place.name, count: 0 }));
    municipalities.sort_by_key(|one| one.value);
    let mut loosen = counts.loosen();
    if everywhere > 0 {
        loosen.insert(0, Count { value: Facet::Space, count: everywhere as i64 });
    }
    PracticeList {
        items,
        next,
        total: counts.total as i64,
        areas: values(Area::ALL, call.area, |area| counts.area(area)),
        stages: values(Stage::ALL, call.stage, |stage| counts.stage(stage)),
        municipalities,
        sizes: values(SchoolSize::ALL, call.size, |size| counts.size(size)),
        costs: values(Cost::ALL, call.cost, |cost| counts.cost(cost)),
        loosen,
    }
}
