//! Scripts of what people do, as the fuzzer of this repository (`fuzz/`) reads them.

use std::{collections::BTreeSet, env, fs, path::PathBuf};

use proptest::{strategy::ValueTree, test_runner::TestRunner};

use uuid::Uuid;

use super::{given::*, *};

/// Writes as few scripts as cause every kind of event that people can cause: `cargo xtask fuzz seeds`.
#[test]
#[ignore = "writes files: cargo xtask fuzz seeds"]
fn scripts_for_the_fuzzer_are_written() {
    let folder = PathBuf::from(env::var("SEEDS").expect("SEEDS says where to"));
    let mut runner = TestRunner::deterministic();
    let mut kinds = BTreeSet::new();
    for _ in 0..4_000 {
        let moves = proptest::collection::vec(a_move(), 60..120).new_tree(&mut runner).unwrap().current();
        let (script, caused) = script(&moves);
        let new = caused.difference(&kinds).count();
        if new > 0 {
            fs::write(folder.join(format!("play-{:02}", kinds.len())), script).unwrap();
            kinds.extend(caused);
        }
    }
    println!("{} of {} kinds", kinds.len(), Event::KINDS.len());
}

/// The lines of those moves that caused something, as `fuzz::play` reads them, and the kinds of what they caused.
fn script(moves: &[Move]) -> (String, BTreeSet<&'static str>) {
    let people = people();
    let (mut room, mut at) = (Room::default(), Timestamp(1_000));
    let mut events = opening();
    events.extend(people.iter().cloned().map(|who| Event::Arrived { who, at: Timestamp(1), with: None }));
    let brought = Event::Brought { actions: Vec::new(), owners: vec![team_of_rasa()], reminders: Vec::new() };
    events.push(brought);
    events.iter().for_each(|event| evolve(&mut room, event));
    let (mut lines, mut kinds) = (Vec::<String>::new(), BTreeSet::new());
    for a_move in moves {
        let later = at.plus(Millis(7_000));
        let due = room.next_due(SessionId::from_uuid(Uuid::from_u128(99))).filter(|_| a_move.clock);
        let (by, line, command, given) = match due {
            Some(due) => {
                let at = later.plus(Millis::minutes(1));
                (By::Clock, "+".to_owned(), due.command, Given { at, id: due.id, sure: true })
            }
            None => {
                let command = aimed(&room, a_move.command.clone());
                let Ok(written) = serde_json::to_string(&command) else { continue };
                let given = Given { at: later, id: command_id(lines.len() as u128), sure: true };
                (By::Person(&people[a_move.who]), format!("{}{written}", a_move.who), command, given)
            }
        };
        let caused = decide(&room, by, &command, given).unwrap_or_default();
        if caused.is_empty() {
            continue;
        }
        at = given.at;
        kinds.extend(caused.iter().map(Event::kind));
        caused.iter().for_each(|event| evolve(&mut room, event));
        lines.push(line);
    }
    (lines.join("\n"), kinds)
}
