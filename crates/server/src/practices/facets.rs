//! Facets: what would be listed if another value were chosen, all the other filters kept.

use std::collections::BTreeMap;

use model::{
    practices::{Count, GradeSpan, ListPractices, MunicipalityCount, PracticeCard, PracticeList, Stage},
    problems::Area,
    schools::MunicipalityCode,
};
use serde::Deserialize;

/// How many practices share all that the library is browsed by. Every facet is a sum of such groups, so one statement counts all.
#[derive(Deserialize)]
pub struct Group {
    pub area: Option<Area>,
    pub grade_from: Option<i64>,
    pub grade_to: Option<i64>,
    pub municipality: Option<MunicipalityCode>,
    pub municipality_name: Option<String>,
    pub count: i64,
}

impl Group {
    fn meets(&self, stage: Stage) -> bool {
        let GradeSpan { from, to } = stage.span();
        self.grade_from.is_some_and(|start| start <= to) && self.grade_to.is_some_and(|end| end >= from)
    }
}

/// One page of the library out of the groups of all spaces that the reader may see.
pub fn list(call: &ListPractices, groups: &[Group], items: Vec<PracticeCard>, next: Option<String>) -> PracticeList {
    let (mut areas, mut stages, mut places) = (BTreeMap::new(), [0; Stage::ALL.len()], BTreeMap::new());
    let mut total = 0;
    for group in groups {
        let area = call.area.is_none_or(|area| group.area == Some(area));
        let stage = call.stage.is_none_or(|stage| group.meets(stage));
        let place = call.municipality.is_none_or(|code| group.municipality == Some(code));
        if area && stage && place {
            total += group.count;
        }
        if let Some(value) = group.area.filter(|_| stage && place) {
            *areas.entry(value).or_default() += group.count;
        }
        if area && place {
            for (value, count) in Stage::ALL.into_iter().zip(&mut stages) {
                *count += if group.meets(value) { group.count } else { 0 };
            }
        }
        let chosen = |value| call.municipality == Some(value);
        if let Some(value) = group.municipality.filter(|value| (area && stage) || chosen(*value)) {
            let name = group.municipality_name.as_deref().unwrap_or_default();
            places.entry(value).or_insert((name, 0)).1 += if area && stage { group.count } else { 0 };
        }
    }
    // What is chosen stays in sight also where nothing is left of it.
    if let Some(area) = call.area {
        areas.entry(area).or_default();
    }
    let stages = Stage::ALL.into_iter().zip(stages).filter(|(value, count)| *count > 0 || call.stage == Some(*value));
    PracticeList {
        items,
        next,
        total,
        areas: areas.into_iter().map(|(value, count)| Count { value, count }).collect(),
        stages: stages.map(|(value, count)| Count { value, count }).collect(),
        municipalities: places
            .into_iter()
            .map(|(value, (name, count))| MunicipalityCount { value, name: name.to_owned(), count })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(area: Area, grades: (i64, i64), municipality: &str, count: i64) -> Group {
        Group {
            area: Some(area),
            grade_from: Some(grades.0),
            grade_to: Some(grades.1),
            municipality: municipality.parse().ok(),
            municipality_name: Some(municipality.to_owned()),
            count,
        }
    }

    #[test]
    fn a_facet_keeps_all_the_other_filters_and_not_its_own() {
        let groups = [
            group(Area::Inclusion, (1, 4), "LT-53", 3),
            group(Area::Inclusion, (4, 6), "LT-02", 2),
            group(Area::Steam, (5, 12), "LT-02", 1),
            Group { municipality: None, ..group(Area::Culture, (-1, 0), "LT-02", 4) },
        ];
        let call = ListPractices { area: Some(Area::Inclusion), stage: Some(Stage::Primary), ..Default::default() };
        let page = list(&call, &groups, Vec::new(), None);
        assert_eq!(page.total, 5);
        let areas: Vec<_> = page.areas.iter().map(|one| (one.value, one.count)).collect();
        assert_eq!(areas, [(Area::Inclusion, 5)]);
        let stages: Vec<_> = page.stages.iter().map(|one| (one.value, one.count)).collect();
        assert_eq!(stages, [(Stage::Primary, 5), (Stage::LowerSecondary, 2)]);
        let places: Vec<_> = page.municipalities.iter().map(|one| (one.name.as_str(), one.count)).collect();
        assert_eq!(places, [("LT-02", 2), ("LT-53", 3)]);
    }

    #[test]
    fn what_is_chosen_stays_in_sight_when_nothing_is_left_of_it() {
        let groups = [group(Area::Inclusion, (1, 4), "LT-53", 3), group(Area::Culture, (5, 8), "LT-02", 1)];
        let call = ListPractices {
            area: Some(Area::Steam),
            stage: Some(Stage::Secondary),
            municipality: "LT-53".parse().ok(),
            ..Default::default()
        };
        let page = list(&call, &groups, Vec::new(), None);
        assert_eq!(page.total, 0);
        assert_eq!(page.areas, [Count { value: Area::Steam, count: 0 }]);
        assert_eq!(page.stages, [Count { value: Stage::Secondary, count: 0 }]);
        assert_eq!(
            page.municipalities.iter().map(|one| (one.name.as_str(), one.count)).collect::<Vec<_>>(),
            [("LT-53", 0)]
        );
    }

    #[test]
    fn without_filters_everything_is_counted() {
        let groups = [
            group(Area::Inclusion, (1, 12), "LT-53", 3),
            Group { area: None, grade_from: None, grade_to: None, ..group(Area::Steam, (1, 1), "LT-02", 1) },
        ];
        let page = list(&ListPractices::default(), &groups, Vec::new(), None);
        assert_eq!(page.total, 4);
        assert_eq!(page.areas.len(), 1);
        assert_eq!(page.stages.iter().map(|one| one.count).collect::<Vec<_>>(), [3, 3, 3, 3]);
        assert_eq!(page.municipalities.len(), 2);
    }
}
