//! What a stranger's bytes must never do, as functions of those bytes: the fuzzer calls them with whatever it thinks of, and the test
//! of the seeds with what it has thought of before. They panic where a promise is broken.

use model::{
    ids::{CommandId, PersonId, StepId, TeamId},
    live::{
        By, ClientFrame, Command, Event, Given, NewStep, OwnerTeam, Participant, Room, Shown, Standing, StepKind,
        StepRules, TeamCard, decide as decided, evolve,
    },
    time::{Millis, Timestamp},
};
use notes::{MESSAGE_MAX, Notes, Wrong};
use uuid::Uuid;

/// Lines of one script that are played; an input of a mebibyte shows no more than a short one.
const LINES_MAX: usize = 200;

/// A frame is read or refused, and what is read says the same when it is written and read again.
pub fn frame(input: &[u8]) {
    let Ok(frame) = serde_json::from_slice::<ClientFrame>(input) else { return };
    let written = serde_json::to_string(&frame).expect("a frame is JSON");
    assert_eq!(serde_json::from_str::<ClientFrame>(&written).ok(), Some(frame), "{written}");
}

/// People of every standing.
pub fn people() -> [Participant; 4] {
    let team = || Some(TeamCard { id: TeamId::from_uuid(Uuid::from_u128(7)), name: "Ąžuolas".into() });
    let person = |number, role, team| {
        let id = PersonId::from_uuid(Uuid::from_u128(number));
        Participant { id, name: format!("Mokytoja {number}"), team, school: None, role }
    };
    [
        person(1, Standing::Facilitator, None),
        person(2, Standing::Participant, team()),
        person(3, Standing::Participant, None),
        person(5, Standing::Observer, None),
    ]
}

/// The room in which a script begins: opened, everybody here, three steps, one with a note of who leads.
fn opening() -> Vec<Event> {
    let step = |number, kind, note: Option<&str>| NewStep {
        id: StepId::from_uuid(Uuid::from_u128(number)),
        title: "Žingsnis".into(),
        minutes: 1,
        rules: StepRules { kind, ..StepRules::default() },
        note: note.map(Into::into),
    };
    let steps = vec![
        step(11, StepKind::Talk, None),
        step(12, StepKind::Board, Some("Tik vedėjams")),
        step(13, StepKind::Round, None),
    ];
    let at = Timestamp(1);
    let people = people();
    let mut events = vec![
        Event::Scheduled { title: "Sesija".into(), facilitator: people[0].id, steps },
        Event::Opened { by: people[0].id, at },
    ];
    // Who only listens, so that there are enough for an anonymous poll.
    let listener = |number| Participant { id: PersonId::from_uuid(Uuid::from_u128(number)), ..people[2].clone() };
    let everybody = people.iter().cloned().chain((31..34).map(listener));
    events.extend(everybody.map(|who| Event::Arrived { who, at, with: None }));
    events
}

/// The id of the command on a line, so that a script can speak of what an earlier line has made.
pub fn command_id(line: usize) -> CommandId {
    CommandId::from_uuid(Uuid::from_u128(0x1000 + line as u128))
}

/// A script is lines of `<who><JSON of a command>`, where who is a digit of [`people`]; in a line of `+` a minute passes and the clock
/// does what is due. What was read is decided without a panic and twice alike, every viewer's room stays what folding the events shown
/// to them makes, and the room comes through JSON unchanged.
pub fn decide(input: &[u8]) {
    play(input);
}

/// As [`decide`], and gives what has happened.
pub fn play(input: &[u8]) -> Vec<Event> {
    let Ok(script) = std::str::from_utf8(input) else { return Vec::new() };
    let people = people();
    let (mut room, mut happened) = (Room::default(), opening());
    for event in &happened {
        evolve(&mut room, event);
    }
    let owners = vec![OwnerTeam {
        id: TeamId::from_uuid(Uuid::from_u128(7)),
        name: "Ąžuolas".into(),
        people: vec![(people[1].id, people[1].name.clone())],
    }];
    let bring = Command::Bring { actions: Vec::new(), owners, reminders: Vec::new() };
    let given = Given { at: Timestamp(1), id: command_id(100_000), sure: true };
    let brought = decided(&room, By::Clock, &bring, given).unwrap_or_default();
    brought.iter().for_each(|event| evolve(&mut room, event));
    happened.extend(brought);
    let mut shown: Vec<Room> = people.iter().map(|viewer| room.shown_to(viewer)).collect();
    let mut at = Timestamp(1_000);
    for (number, line) in script.lines().take(LINES_MAX).enumerate() {
        at = at.plus(Millis(7_000));
        let (by, command, id) = if line == "+" {
            at = at.plus(Millis::minutes(1));
            let Some(due) = room.next_due(model::ids::SessionId::from_uuid(Uuid::from_u128(99))) else { continue };
            (By::Clock, due.command, due.id)
        } else {
            let Some((who, command)) = line.split_at_checked(1) else { continue };
            let Some(person) = who.parse::<usize>().ok().and_then(|who| people.get(who)) else { continue };
            let Ok(command) = serde_json::from_str::<Command>(command) else { continue };
            (By::Person(person), command, command_id(number))
        };
        let given = Given { at, id, sure: true };
        let answer = decided(&room, by, &command, given);
        assert_eq!(answer, decided(&room, by, &command, given), "deciding is a function");
        for event in answer.unwrap_or_default() {
            let before = room.clone();
            evolve(&mut room, &event);
            for (viewer, shown) in people.iter().zip(&mut shown) {
                match event.shown_to(&before, viewer) {
                    Shown::Same => evolve(shown, &event),
                    Shown::Changed(event) => evolve(shown, &event),
                    Shown::Hidden => {}
                    Shown::Resync => *shown = room.shown_to(viewer),
                }
                assert_eq!(*shown, room.shown_to(viewer), "after {event:?} for {:?}", viewer.role);
            }
            happened.push(event);
        }
    }
    let written = serde_json::to_string(&room).expect("a room is JSON");
    assert_eq!(serde_json::from_str::<Room>(&written).ok(), Some(room), "{written}");
    happened
}

/// Messages of the notes' protocol, each after its length in two bytes, the lower first: read or refused, and every letter that is taken
/// in has a writer.
pub fn notes(mut input: &[u8]) {
    let mut copy = Notes::new(1);
    while let [low, high, rest @ ..] = input {
        let length = usize::from(u16::from_le_bytes([*low, *high])).min(rest.len()).min(MESSAGE_MAX);
        let (message, rest) = rest.split_at(length);
        input = rest;
        if let Err(Wrong::Gap | Wrong::Foreign) = notes::hear(&mut copy, message) {
            // The server then takes up the copy on disk again.
            return;
        }
    }
    let text = copy.text();
    let written: usize = copy.runs().iter().map(|run| run.text.encode_utf16().count()).sum();
    assert_eq!(written, text.encode_utf16().count(), "each letter has a writer");
    assert_eq!(copy.text(), text, "who wrote what is asked without a change");
    // The server keeps no update after which this does not hold.
    let _ = copy.is_sound();
}
