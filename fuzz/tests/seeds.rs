//! The seeds of the fuzzer, and what it has found, once more.

use std::{collections::BTreeSet, fs, path::PathBuf};

use model::live::Event;
use notes::{
    Message, Notes,
    presence::{self, Entry, State},
};
use serde_json::{Value, json};

fn seeds(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = root().join("seeds").join(target);
    let mut found: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    assert!(!found.is_empty());
    found.into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

#[test]
fn frames_of_the_seeds_are_read_or_refused() {
    seeds("frame").iter().for_each(|(_, input)| fuzz::frame(input));
}

#[test]
fn scripts_of_the_seeds_break_no_law_and_cause_every_kind_that_people_can() {
    let mut kinds = BTreeSet::new();
    for (path, input) in seeds("decide") {
        println!("{}", path.display());
        kinds.extend(fuzz::play(&input).iter().map(Event::kind));
    }
    // One comes from outside of the room; two are the server's, of sockets that close and of people who may no longer be here.
    let others = ["redacted", "left", "removed"];
    let missing: Vec<_> = Event::KINDS.iter().filter(|kind| !kinds.contains(*kind) && !others.contains(kind)).collect();
    assert!(missing.is_empty(), "no seed causes {missing:?}");
}

#[test]
fn messages_of_the_seeds_leave_a_sound_text() {
    seeds("notes").iter().for_each(|(_, input)| fuzz::notes(input));
}

/// Two who write one text, each message as the protocol has it, whole and in parts.
#[test]
#[ignore = "writes files: cargo xtask fuzz seeds"]
fn messages_for_the_fuzzer_are_written() {
    let (mut ona, mut jonas) = (Notes::new(2), Notes::new(3));
    let mut said: Vec<Vec<u8>> = vec![Message::Step1(&Notes::new(4).vector()).write()];
    for (at, removed, written) in [(0, 0, "Šešios žąsys"), (6, 3, "ė 🦆 "), (2, 1, ""), (0, 4, "Ąžuolas\n")] {
        said.extend(ona.edit(at, removed, written).map(|update| Message::Update(&update).write()));
        let known = ona.since(&jonas.vector()).unwrap();
        jonas.apply(&known).unwrap();
        said.extend(jonas.edit(at + 1, 1, "–").map(|update| Message::Step2(&update).write()));
        ona.apply(&jonas.since(&ona.vector()).unwrap()).unwrap();
    }
    said.push(Message::AskPresence.write());
    let caret = Some((Some((2, 3)), None));
    let here = Entry { client: 2, clock: 1, state: Some(State { caret, ..State::default() }) };
    said.push(Message::Presence(&presence::write(&[here])).write());
    said.push(Message::Step2(&ona.state()).write());
    let input = |messages: &[Vec<u8>]| -> Vec<u8> {
        let part = |message: &Vec<u8>| [&(message.len() as u16).to_le_bytes()[..], message].concat();
        messages.iter().flat_map(part).collect()
    };
    put("notes", "talk", &input(&said));
    for (number, message) in said.iter().enumerate() {
        put("notes", &format!("message-{number:02}"), &input(std::slice::from_ref(message)));
    }
}

/// Every command of the scripts in a frame, once for each kind of it, and the frames that are no command.
#[test]
#[ignore = "writes files: cargo xtask fuzz seeds"]
fn frames_for_the_fuzzer_are_written() {
    let id = "0192f0c1-2b3c-7d4e-8f50-0123456789ab";
    let last = json!({ "epoch": "a", "seq": 5 });
    put("frame", "hello", json!({ "hello": { "protocol": 1, "session": id, "last": last } }).to_string().as_bytes());
    put("frame", "here", json!({ "here": {} }).to_string().as_bytes());
    let mut words = BTreeSet::new();
    for (_, script) in seeds("decide") {
        for line in String::from_utf8(script).unwrap().lines().filter(|line| *line != "+") {
            let command: Value = serde_json::from_str(&line[1..]).unwrap();
            let mut name = Vec::new();
            keys(&command, &mut name, &mut words);
            let frame = json!({ "do": { "id": id, "command": command, "sure": true } });
            put("frame", &name.iter().take(2).cloned().collect::<Vec<_>>().join("-"), frame.to_string().as_bytes());
        }
    }
    let lines: Vec<String> = words.iter().map(|word| format!("\"\\\"{word}\\\"\"\n")).collect();
    fs::write(root().join("words.dict"), lines.concat()).unwrap();
}

/// The names of all fields on the way down, and those two that name the command.
fn keys(value: &Value, name: &mut Vec<String>, words: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                if name.len() < 2 && (name.is_empty() || fields.len() == 1) {
                    name.push(key.clone());
                }
                words.insert(key.clone());
                keys(value, name, words);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| keys(value, name, words)),
        _ => {}
    }
}

fn put(target: &str, name: &str, input: &[u8]) {
    fs::write(root().join("seeds").join(target).join(name), input).unwrap();
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
