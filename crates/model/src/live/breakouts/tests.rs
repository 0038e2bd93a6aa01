//! Tests of what people do with break-outs.

use super::*;
use crate::{
    live::{By, Command, rehearsal::*},
    refusal::Code,
};

fn group(title: &str, people: &[PersonId]) -> NewBreakout {
    NewBreakout { title: Line::new(title).unwrap(), people: people.to_vec() }
}

fn open(groups: Vec<NewBreakout>, minutes: u32) -> Command {
    Command::Breakouts(BreakoutCommand::Open { groups, minutes })
}

fn extend(minutes: u32) -> Command {
    Command::Breakouts(BreakoutCommand::Extend { minutes })
}

fn shift(person: PersonId, to: Option<SessionId>) -> Command {
    Command::Breakouts(BreakoutCommand::Move { person, to })
}

fn close() -> Command {
    Command::Breakouts(BreakoutCommand::Close {})
}

/// Rasa in one group, Vilma in another.
fn in_two(stage: &mut Stage, minutes: u32) -> [SessionId; 2] {
    stage.done(&jonas(), open(vec![group("Pirma", &[rasa().id]), group("Antra", &[vilma().id])], minutes));
    [0, 1].map(|number| breakout_id(jonas().id, stage.last, number))
}

fn state(stage: &Stage) -> &Breakouts {
    stage.room.breakouts.as_ref().unwrap()
}

/// What the clock does at the next moment that is due.
fn due(stage: &mut Stage) -> &'static str {
    let due = stage.room.next_due(SESSION).unwrap();
    let given = crate::live::Given { at: due.at, id: due.id, sure: true };
    let events = crate::live::decide(&stage.room, By::Clock, &due.command, given).unwrap();
    events.iter().for_each(|event| crate::live::evolve(&mut stage.room, event));
    events[0].kind()
}

#[test]
fn a_facilitator_sends_everyone_into_groups_and_calls_them_back() {
    let mut stage = Stage::open();
    stage.refused(&rasa(), open(vec![group("Pirma", &[rasa().id])], 10), Code::Forbidden);
    let [first, second] = in_two(&mut stage, 10);
    assert_ne!(first, second);
    assert_eq!(state(&stage).of(rasa().id).unwrap().session, first);
    assert_eq!(state(&stage).of(jonas().id), None);

    stage.refused(&jonas(), open(vec![group("Trečia", &[])], 10), Code::BreakoutsOpen);
    stage.refused(&rasa(), close(), Code::Forbidden);
    stage.done(&jonas(), close());
    assert!(stage.room.in_groups().is_none());
    stage.refused(&jonas(), close(), Code::BreakoutsClosed);
    stage.refused(&jonas(), extend(5), Code::BreakoutsClosed);
    stage.refused(&jonas(), shift(rasa().id, None), Code::BreakoutsClosed);
    in_two(&mut stage, 10);
}

#[test]
fn only_people_of_the_room_are_placed_and_each_once() {
    let mut stage = Stage::open();
    let stranger = PersonId::from_uuid(Uuid::from_u128(77));
    stage.refused(&jonas(), open(vec![], 10), Code::FieldNeeded);
    stage.refused(&jonas(), open(vec![group("Pirma", &[stranger])], 10), Code::FieldWrong);
    stage.refused(&jonas(), open(vec![group("A", &[rasa().id]), group("B", &[rasa().id])], 10), Code::FieldWrong);
    stage.refused(&jonas(), open(vec![group("A", &[rasa().id])], 0), Code::NumberRange);
    let many = (0..=BREAKOUTS_MAX).map(|number| group(&number.to_string(), &[])).collect();
    stage.refused(&jonas(), open(many, 10), Code::TooMany);
    stage.refused(&jonas(), open(vec![group("Kodas 38806150067", &[])], 10), Code::GuardCode);
}

#[test]
fn a_person_is_moved_to_another_group_and_back_to_the_main_room() {
    let mut stage = Stage::open();
    let [first, second] = in_two(&mut stage, 10);
    stage.done(&jonas(), shift(rasa().id, Some(second)));
    assert_eq!(state(&stage).groups[0].people.len(), 0);
    assert_eq!(state(&stage).groups[1].people.len(), 2);
    stage.nothing(&jonas(), shift(rasa().id, Some(second)));
    stage.done(&jonas(), shift(rasa().id, None));
    assert_eq!(state(&stage).of(rasa().id), None);
    stage.done(&jonas(), shift(jonas().id, Some(first)));
    stage.refused(&jonas(), shift(rasa().id, Some(SESSION)), Code::FieldWrong);
    stage.refused(&rasa(), shift(rasa().id, Some(first)), Code::Forbidden);
}

#[test]
fn the_clock_warns_two_minutes_before_the_end_and_then_calls_back() {
    let mut stage = Stage::open();
    in_two(&mut stage, 10);
    let end = state(&stage).ends_at;
    assert_eq!(stage.room.next_due(SESSION).unwrap().at, end.plus(Millis::minutes(-2)));
    stage.done(&jonas(), extend(5));
    assert_eq!(state(&stage).ends_at, end.plus(Millis::minutes(5)));
    assert_eq!(due(&mut stage), "breakouts.warned");
    assert!(stage.room.in_groups().unwrap().warned);
    stage.done(&jonas(), extend(5));
    assert!(!state(&stage).warned, "with more time there is another warning");
    assert_eq!(due(&mut stage), "breakouts.warned");
    assert_eq!(due(&mut stage), "breakouts.closed");
    assert_eq!(stage.room.next_due(SESSION), None);
}

#[test]
fn groups_for_two_minutes_are_warned_of_nothing() {
    let mut stage = Stage::open();
    in_two(&mut stage, 2);
    assert_eq!(due(&mut stage), "breakouts.closed");
}

#[test]
fn the_closing_of_the_session_calls_groups_back() {
    let mut stage = Stage::open();
    in_two(&mut stage, 10);
    stage.done(&jonas(), Command::Close {});
    assert!(state(&stage).closed);
}

#[test]
fn the_room_of_a_group_is_told_all_and_has_no_clock_and_no_groups_of_its_own() {
    let mut main = Stage::open();
    let [first, _] = in_two(&mut main, 10);
    let opened = BreakoutEvent::Opened(state(&main).clone());
    let mut child = Stage { room: Room::default(), ..Stage::open() };
    let step = crate::live::NewStep { id: breakout_step(first), ..step(1, 10) };
    let plan = Event::Scheduled { title: "Pirma".into(), facilitator: jonas().id, steps: vec![step] };
    crate::live::evolve(&mut child.room, &plan);
    for event in opened.in_group(SESSION, first, jonas().id, &child.room) {
        crate::live::evolve(&mut child.room, &event);
    }
    let end = state(&main).ends_at;
    assert_eq!(child.room.in_groups().unwrap().main, Some(SESSION));
    assert_eq!(child.room.current_step().unwrap().ends_at, Some(end));
    assert!(matches!(child.room.next_due(first).unwrap().command, Command::EndStep { .. }), "only its step");
    child.refused(&jonas(), open(vec![group("Gilyn", &[])], 5), Code::SessionState);
    child.refused(&jonas(), close(), Code::SessionState);
    child.refused(&jonas(), Command::Close {}, Code::SessionState);

    main.done(&jonas(), close());
    let closed = BreakoutEvent::Closed(state(&main).clone());
    for event in closed.in_group(SESSION, first, jonas().id, &child.room) {
        assert!(event.kind() != "breakouts.closed" || child.room.in_groups().is_some());
        crate::live::evolve(&mut child.room, &event);
    }
    assert_eq!(child.room.state, crate::live::State::Closed);
    assert!(child.room.steps[0].ended_at.is_some());
    assert!(child.room.in_groups().is_none());
    let within = BreakoutEvent::Closed(child.room.breakouts.clone().unwrap());
    assert_eq!(within.in_group(first, first, jonas().id, &child.room), []);
}
