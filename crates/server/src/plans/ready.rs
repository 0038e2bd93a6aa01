//! Plans that come with the program: data in both languages.

use std::sync::LazyLock;

use model::{
    ids::PlanId,
    live::{Speakers, StepKind, StepRules},
    plans::Plan,
    sessions::PlannedStep,
    words::Line,
};
use serde::Deserialize;
use text::Lang;

static READY: LazyLock<Vec<Ready>> = LazyLock::new(|| {
    // The file is part of the program, and a test reads it.
    serde_json::from_str(include_str!("ready.json")).unwrap_or_default()
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ready {
    id: PlanId,
    title: Words<String>,
    about: Words<String>,
    steps: Vec<Step>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words<T> {
    lt: T,
    en: T,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    title: Words<Line<120>>,
    minutes: i64,
    kind: StepKind,
    speaks: Option<Speakers>,
    #[serde(default)]
    without_chat: bool,
}

impl<T> Words<T> {
    fn of(&self, lang: Lang) -> &T {
        match lang {
            Lang::Lt => &self.lt,
            Lang::En => &self.en,
        }
    }
}

impl Ready {
    fn plan(&self, lang: Lang) -> Plan {
        let step = |step: &Step| {
            let rules = StepRules { kind: step.kind, speaks: step.speaks, without_chat: step.without_chat };
            PlannedStep::of(step.title.of(lang).clone(), step.minutes, rules)
        };
        Plan {
            id: self.id,
            network: None,
            network_name: None,
            title: self.title.of(lang).clone(),
            about: self.about.of(lang).clone(),
            steps: self.steps.iter().map(step).collect(),
            version: 0,
        }
    }
}

pub fn all(lang: Lang) -> Vec<Plan> {
    READY.iter().map(|ready| ready.plan(lang)).collect()
}

pub fn find(lang: Lang, id: PlanId) -> Option<Plan> {
    READY.iter().find(|ready| ready.id == id).map(|ready| ready.plan(lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plans_that_come_with_the_program_are_six_and_whole_in_both_languages() {
        for lang in [Lang::Lt, Lang::En] {
            let plans = all(lang);
            assert_eq!(plans.len(), 6);
            for plan in plans {
                assert!(!plan.title.is_empty() && !plan.about.is_empty() && plan.title.chars().count() <= 120);
                assert!((3..=20).contains(&plan.steps.len()), "{}", plan.title);
                assert!(plan.steps.iter().all(|step| (1..=240).contains(&step.minutes)));
                assert_eq!(find(lang, plan.id), Some(plan));
            }
        }
    }

    #[test]
    fn in_the_consultancy_those_who_presented_listen_in_the_fourth_step_and_it_takes_fifty_minutes() {
        let consultancy = &all(Lang::Lt)[1];
        assert_eq!(consultancy.minutes(), 50);
        assert_eq!(consultancy.steps[3].rules().speakers(), Speakers::Others);
    }
}
