//! Every shape of event ever written stays readable. `stored/` is added to, never edited.

use std::{collections::BTreeSet, fs, path::Path};

use model::live::{Event, Room, evolve};

fn samples() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("live/stored");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let text: String = files.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    text.lines().map(str::to_owned).collect()
}

#[test]
fn every_event_ever_stored_is_read_folded_and_written_alike() {
    let mut room = Room::default();
    let mut kinds = BTreeSet::new();
    for line in samples() {
        let event: Event = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert_eq!(serde_json::to_string(&event).unwrap(), line);
        kinds.insert(event.kind());
        evolve(&mut room, &event);
    }
    assert_eq!(kinds, Event::KINDS.iter().copied().collect(), "a kind has no sample");
}

#[test]
fn an_event_of_a_newer_server_is_read_if_its_kind_is_known() {
    let newer = r#"{"opened":{"by":"0192f0c1-2b3c-7d4e-8f50-000000000001","at":1,"weather":"saulėta"}}"#;
    assert!(serde_json::from_str::<Event>(newer).is_ok());
    assert!(serde_json::from_str::<Event>(r#"{"danced":{"by":"0192f0c1-2b3c-7d4e-8f50-000000000001"}}"#).is_err());
}
