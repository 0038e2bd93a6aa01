//! What people type into a command, whichever it is.

use std::collections::BTreeSet;

use proptest::{strategy::ValueTree, test_runner::TestRunner};
use serde_json::Value;

use super::{given::*, moves::command, *};
use crate::refusal::{Code, Refusal};

/// Of nobody: the day of birth never was.
const CODE: &str = "Jo kodas 50001010006";

/// Every text of a command, with a personal code in its place, one at a time. What has a form of its own (ids, dates, kinds) is not read
/// as a command any more, and cannot hold a code.
fn planted(command: &Command) -> Vec<(String, Command)> {
    fn leaves(value: &Value, path: &str, all: &mut Vec<String>) {
        match value {
            Value::String(_) => all.push(path.to_owned()),
            Value::Array(values) => {
                values.iter().enumerate().for_each(|(at, value)| leaves(value, &format!("{path}/{at}"), all));
            }
            Value::Object(fields) => {
                fields.iter().for_each(|(name, value)| leaves(value, &format!("{path}/{name}"), all));
            }
            _ => {}
        }
    }
    let Ok(whole) = serde_json::to_value(command) else { return Vec::new() };
    let mut places = Vec::new();
    leaves(&whole, "", &mut places);
    let with_code = |place: String| {
        let mut spoiled = whole.clone();
        *spoiled.pointer_mut(&place)? = Value::String(CODE.into());
        Some((place, serde_json::from_value(spoiled).ok()?))
    };
    places.into_iter().filter_map(with_code).collect()
}

#[test]
fn a_personal_code_in_any_text_of_any_command_is_stopped() {
    let mut runner = TestRunner::deterministic();
    let people = people();
    let mut open = fold(&[plan(), Event::Opened { by: jonas().id, at: Timestamp(1) }]);
    for who in &people {
        evolve(&mut open, &Event::Arrived { who: who.clone(), at: Timestamp(1), with: None });
    }
    let mut seen = BTreeSet::new();
    for number in 0..6_000 {
        let command = command().new_tree(&mut runner).unwrap().current();
        for (place, command) in planted(&command) {
            let given = Given { at: Timestamp(500_000), id: command_id(number), sure: true };
            let answers: Vec<_> = people.iter().map(|who| decide(&open, By::Person(who), &command, given)).collect();
            assert!(answers.iter().all(Result::is_err), "{place} of {command:?} passed");
            let stopped =
                |answer: &Result<_, Refusal>| matches!(answer, Err(refusal) if refusal.code == Code::GuardCode);
            assert!(answers.iter().any(stopped), "{place} of {command:?}: {answers:?}");
            // Which of a list it was is no other field.
            seen.insert(place.trim_end_matches(|last: char| last.is_ascii_digit()).to_owned());
        }
    }
    // Fewer would mean that the commands or their fields are not found any more.
    assert!(seen.len() >= 15, "{seen:?}");
}
