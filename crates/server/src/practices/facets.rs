//! Facets: what would be listed if another value were chosen, all the other filters kept.

use model::{
    practices::{Count, ListPractices, MunicipalityCount, PracticeCard, PracticeList, Stage},
    problems::Area,
    schools::MunicipalityCode,
};
use serde::Deserialize;

/// Practices of one municipality, counted for every facet: each count keeps the filters of area and stage but its own, and none of
/// them that of the municipality.
#[derive(Deserialize, Default)]
pub struct Place {
    pub municipality: Option<MunicipalityCode>,
    pub municipality_name: Option<String>,
    /// With both filters.
    pub count: i64,
    pub leadership: i64,
    pub inclusion: i64,
    pub culture: i64,
    pub steam: i64,
    pub preschool: i64,
    #[serde(rename = "primary_stage")]
    pub primary: i64,
    pub lower_secondary: i64,
    pub upper_basic: i64,
    pub secondary: i64,
}

impl Place {
    fn of_area(&self, area: Area) -> i64 {
        match area {
            Area::Leadership => self.leadership,
            Area::Inclusion => self.inclusion,
            Area::Culture => self.culture,
            Area::Steam => self.steam,
        }
    }

    fn of_stage(&self, stage: Stage) -> i64 {
        match stage {
            Stage::Preschool => self.preschool,
            Stage::Primary => self.primary,
            Stage::LowerSecondary => self.lower_secondary,
            Stage::UpperBasic => self.upper_basic,
            Stage::Secondary => self.secondary,
        }
    }
}

/// One page of the library out of the counts of all spaces that the reader may see.
pub fn list(call: &ListPractices, places: &[Place], items: Vec<PracticeCard>, next: Option<String>) -> PracticeList {
    let chosen = |place: &&Place| call.municipality.is_none() || place.municipality == call.municipality;
    let sum = |count: &dyn Fn(&Place) -> i64| places.iter().filter(chosen).map(count).sum::<i64>();
    let areas = Area::ALL.map(|value| Count { value, count: sum(&|place| place.of_area(value)) });
    let stages = Stage::ALL.map(|value| Count { value, count: sum(&|place| place.of_stage(value)) });
    // What is chosen stays in sight also where nothing is left of it.
    let mut municipalities: Vec<_> = places
        .iter()
        .filter(|place| place.count > 0 || place.municipality == call.municipality)
        .filter_map(|place| {
            let name = place.municipality_name.clone().unwrap_or_default();
            Some(MunicipalityCount { value: place.municipality?, name, count: place.count })
        })
        .collect();
    municipalities.sort_by_key(|one| one.value);
    PracticeList {
        items,
        next,
        total: sum(&|place| place.count),
        areas: areas.into_iter().filter(|one| one.count > 0 || call.area == Some(one.value)).collect(),
        stages: stages.into_iter().filter(|one| one.count > 0 || call.stage == Some(one.value)).collect(),
        municipalities,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(municipality: &str, areas: [i64; 4], stages: [i64; 5], count: i64) -> Place {
        let [leadership, inclusion, culture, steam] = areas;
        let [preschool, primary, lower_secondary, upper_basic, secondary] = stages;
        Place {
            municipality: municipality.parse().ok(),
            municipality_name: Some(municipality.to_owned()),
            count,
            leadership,
            inclusion,
            culture,
            steam,
            preschool,
            primary,
            lower_secondary,
            upper_basic,
            secondary,
        }
    }

    #[test]
    fn the_municipality_chosen_narrows_all_counts_but_its_own() {
        let places =
            [place("LT-53", [0, 3, 0, 1], [0, 3, 1, 0, 0], 4), place("LT-02", [2, 0, 0, 0], [0, 0, 2, 2, 0], 2)];
        let call = ListPractices { municipality: "LT-53".parse().ok(), ..Default::default() };
        let page = list(&call, &places, Vec::new(), None);
        assert_eq!(page.total, 4);
        let areas: Vec<_> = page.areas.iter().map(|one| (one.value, one.count)).collect();
        assert_eq!(areas, [(Area::Inclusion, 3), (Area::Steam, 1)]);
        let stages: Vec<_> = page.stages.iter().map(|one| (one.value, one.count)).collect();
        assert_eq!(stages, [(Stage::Primary, 3), (Stage::LowerSecondary, 1)]);
        let places: Vec<_> = page.municipalities.iter().map(|one| (one.name.as_str(), one.count)).collect();
        assert_eq!(places, [("LT-02", 2), ("LT-53", 4)]);
    }

    #[test]
    fn what_is_chosen_stays_in_sight_when_nothing_is_left_of_it() {
        let call = ListPractices {
            area: Some(Area::Steam),
            stage: Some(Stage::Secondary),
            municipality: "LT-53".parse().ok(),
            ..Default::default()
        };
        let page =
            list(&call, &[place("LT-53", [0; 4], [0; 5], 0), place("LT-02", [0; 4], [0; 5], 0)], Vec::new(), None);
        assert_eq!(page.total, 0);
        assert_eq!(page.areas, [Count { value: Area::Steam, count: 0 }]);
        assert_eq!(page.stages, [Count { value: Stage::Secondary, count: 0 }]);
        let places: Vec<_> = page.municipalities.iter().map(|one| (one.name.as_str(), one.count)).collect();
        assert_eq!(places, [("LT-53", 0)]);
    }

    #[test]
    fn practices_of_no_municipality_are_counted_and_not_listed() {
        let nowhere =
            Place { municipality: None, municipality_name: None, ..place("LT-53", [1, 0, 0, 0], [1, 0, 0, 0, 0], 1) };
        let page = list(&ListPractices::default(), &[nowhere], Vec::new(), None);
        assert_eq!((page.total, page.areas.len(), page.stages.len(), page.municipalities.len()), (1, 1, 1, 0));
    }
}
