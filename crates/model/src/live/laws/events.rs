//! Everything that can have happened.

use proptest::prelude::*;

use super::{agreements, boards, breakouts, given::*, play::plan, polls};
use crate::{
    live::{
        rehearsal::{jonas, step, team_of_rasa},
        *,
    },
    time::Timestamp,
};

/// Every kind of event about people, messages and steps that may or may not be there.
pub fn any_event() -> impl Strategy<Value = Event> {
    let at = || (0i64..1_000_000).prop_map(Timestamp);
    let words = || proptest::option::weighted(0.9, "[a-zą-ž]{1,8}");
    let one =
        prop_oneof![
            Just(plan()),
            at().prop_map(|at| Event::Opened { by: jonas().id, at }),
            at().prop_map(|at| Event::Closed { by: None, at }),
            (0usize..4, at(), proptest::option::weighted(0.2, person_id()))
                .prop_map(|(who, at, with)| Event::Arrived { who: people().swap_remove(who), at, with }),
            (person_id(), at()).prop_map(|(person, at)| Event::Left { person, at }),
            (person_id(), at()).prop_map(|(person, at)| Event::Removed { person, at }),
            (message(), person_id(), at(), words(), proptest::option::of(message()))
                .prop_map(|(id, by, at, text, reply_to)| Event::Said { id, by, at, text, reply_to }),
            (message(), at(), words()).prop_map(|(message, at, text)| Event::Edited { message, at, text }),
            (message(), person_id()).prop_map(|(message, by)| Event::Deleted { message, by }),
            (message(), person_id(), reaction()).prop_map(|(message, by, reaction)| Event::Reacted {
                message,
                by,
                reaction
            }),
            (message(), person_id(), reaction()).prop_map(|(message, by, reaction)| Event::Unreacted {
                message,
                by,
                reaction
            }),
            (person_id(), at()).prop_map(|(person, at)| Event::HandRaised { person, at }),
            (person_id(), person_id()).prop_map(|(person, by)| Event::HandLowered { person, by }),
            (person_id(), at()).prop_map(|(person, at)| Event::FloorGiven { person, at }),
            (person_id(), proptest::option::of(at())).prop_map(|(person, at)| Event::FloorFinished { person, at }),
            hand_order().prop_map(|order| Event::HandsOrdered { order }),
            proptest::option::of(owner()).prop_map(|who| Event::Presents { who }),
            proptest::collection::vec(owner(), 0..6).prop_map(|waiting| Event::Round(RoundEvent::Begun { waiting })),
            (proptest::option::of(owner()), at()).prop_map(|(who, at)| Event::Round(RoundEvent::Given { who, at })),
            (owner(), at()).prop_map(|(who, at)| Event::Round(RoundEvent::Passed { who, at })),
            step_of_agenda().prop_map(|step| Event::StepSkipped { step }),
            (step_of_agenda(), proptest::option::of(step_of_agenda()))
                .prop_map(|(step, before)| Event::StepMoved { step, before }),
            (11u128..90, words(), rules()).prop_map(|(number, note, rules)| Event::StepAdded {
                step: NewStep { note, rules, ..step(number, 3) }
            }),
            (step_of_agenda(), at(), at()).prop_map(|(step, at, ends_at)| Event::StepStarted { step, at, ends_at }),
            (step_of_agenda(), at()).prop_map(|(step, ends_at)| Event::StepExtended { step, ends_at }),
            (step_of_agenda(), at()).prop_map(|(step, at)| Event::StepEnded { step, at }),
            (step_of_agenda(), words()).prop_map(|(step, note)| Event::StepNoted { step, note }),
            proptest::collection::vec(room_action(), 0..80).prop_map(|actions| Event::Brought {
                actions,
                owners: vec![team_of_rasa()],
                reminders: Vec::new()
            }),
            deed().prop_map(Event::ActionAgreed),
            deed().prop_map(Event::ActionChanged),
            deed().prop_map(Event::ActionSet),
            (person_id(), at()).prop_map(|(by, at)| Event::Redacted { by, at }),
        ];
    // As often as each has kinds.
    let (of_polls, of_boards) = (PollEvent::KINDS.len() as u32, BoardEvent::KINDS.len() as u32);
    let agreed = AgreementEvent::KINDS.len() as u32;
    let of_groups = BreakoutEvent::KINDS.len() as u32;
    prop_oneof![
        Event::KINDS.len() as u32 - of_polls - of_boards - agreed - of_groups => one,
        of_polls => polls::event(),
        of_boards => boards::event(),
        agreed => agreements::event(),
        of_groups => breakouts::event(),
    ]
}
