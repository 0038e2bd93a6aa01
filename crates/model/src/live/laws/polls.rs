//! Polls that are asked, answered and closed, wise or not.

use proptest::prelude::*;

use super::given::*;
use crate::{
    ids::*,
    live::{rehearsal::step, *},
    sorted::Map,
    time::Timestamp,
    words::{Line, Prose},
};

fn poll() -> impl Strategy<Value = PollId> {
    (0usize..2, 0u128..40).prop_map(|(who, number)| poll_id(people()[who].id, command_id(number)))
}

/// A few that meet often.
fn known_poll() -> impl Strategy<Value = PollId> {
    (0u128..4).prop_map(|number| poll_id(people()[0].id, command_id(number)))
}

fn kind() -> impl Strategy<Value = PollKind> {
    proptest::sample::select(&PollKind::ALL[..])
}

fn new_poll() -> impl Strategy<Value = NewPoll> {
    let line = |text: &str| Line::new(text).unwrap();
    (kind(), 0u32..4, 0u32..3, any::<bool>(), proptest::bool::weighted(0.4), proptest::option::of(1u32..90)).prop_map(
        move |(kind, each, per_option, sealed, anonymous, seconds)| NewPoll {
            question: Line::new("Ką renkamės?").unwrap(),
            kind,
            options: match kind {
                PollKind::Text | PollKind::Scale => Vec::new(),
                _ => vec![line("Pirmą"), line("Antrą"), line("Trečią")],
            },
            each,
            per_option,
            sealed,
            anonymous,
            seconds,
            step: (each == 1).then(|| step(11, 1).id),
        },
    )
}

fn sheet() -> impl Strategy<Value = Sheet> {
    (kind(), any::<bool>(), any::<bool>()).prop_map(|(kind, sealed, anonymous)| Sheet {
        question: "Ką renkamės?".into(),
        kind,
        options: vec!["Pirmą".into(), "Antrą".into()],
        each: 3,
        per_option: 2,
        sealed: sealed || anonymous,
        anonymous,
        seconds: None,
        step: None,
    })
}

fn picks() -> impl Strategy<Value = Vec<u32>> {
    prop_oneof![
        3 => proptest::collection::vec(0u32..4, 1..2),
        1 => Just(vec![2, 0, 1]),
        1 => proptest::collection::vec(0u32..3, 3),
        1 => proptest::collection::vec(0u32..40, 0..5),
    ]
}

fn choice() -> impl Strategy<Value = Choice> {
    (picks(), proptest::option::of("[a-zą-ž]{1,8}")).prop_map(|(picks, text)| Choice { picks, text })
}

pub fn command() -> impl Strategy<Value = Command> {
    let text = proptest::option::weighted(0.3, "[a-zą-ž]{1,8}".prop_map(|text| Prose::new(&text).unwrap()));
    prop_oneof![
        2 => new_poll().prop_map(PollCommand::Prepare),
        1 => poll().prop_map(|poll| PollCommand::Drop { poll }),
        2 => poll().prop_map(|poll| PollCommand::Open { poll }),
        3 => new_poll().prop_map(PollCommand::Ask),
        2 => poll().prop_map(|poll| PollCommand::Close { poll }),
        1 => proptest::option::of(poll()).prop_map(|poll| PollCommand::Show { poll }),
        6 => (poll(), picks(), text).prop_map(|(poll, picks, text)| PollCommand::Vote { poll, picks, text }),
        2 => (poll(), proptest::collection::vec(choice(), 0..5))
            .prop_map(|(poll, ballots)| PollCommand::Count { poll, ballots }),
    ]
    .prop_map(Command::Poll)
}

/// Points a command at a poll that the room holds: a vote and a closing at the open one, a count at the one that waits for it.
pub fn aimed(room: &Room, command: &mut PollCommand) {
    let open = room.polls.open().map(|poll| poll.id);
    let prepared = room.polls.all.iter().find(|poll| poll.state == PollState::Prepared).map(|poll| poll.id);
    let (target, poll) = match command {
        PollCommand::Vote { poll, .. } | PollCommand::Close { poll } => (open, poll),
        PollCommand::Count { poll, .. } => (room.polls.counting(), poll),
        PollCommand::Open { poll } | PollCommand::Drop { poll } => (prepared, poll),
        PollCommand::Show { poll: Some(poll) } => (room.polls.all.first().map(|poll| poll.id), poll),
        _ => return,
    };
    if let Some(target) = target.filter(|_| poll.uuid().as_bytes()[15] % 8 != 0) {
        *poll = target;
    }
}

pub fn event() -> impl Strategy<Value = Event> {
    let at = || (0i64..1_000_000).prop_map(Timestamp);
    let choices = || proptest::collection::vec((person_id(), choice()), 0..3).prop_map(Map::from_iter);
    let results = (proptest::collection::vec(0u32..9, 0..3), any::<bool>()).prop_map(|(counts, withheld)| Results {
        counts,
        withheld,
        ..Results::default()
    });
    prop_oneof![
        (known_poll(), sheet()).prop_map(|(poll, sheet)| PollEvent::Prepared { poll, sheet }),
        known_poll().prop_map(|poll| PollEvent::Dropped { poll }),
        (known_poll(), sheet(), at(), proptest::option::of(at()))
            .prop_map(|(poll, sheet, at, ends_at)| PollEvent::Opened { poll, sheet, at, ends_at }),
        (known_poll(), person_id(), proptest::option::weighted(0.8, choice()))
            .prop_map(|(poll, by, choice)| PollEvent::Voted { poll, by, choice }),
        (known_poll(), at(), 0u32..9).prop_map(|(poll, at, voters)| PollEvent::Ended { poll, at, voters }),
        (known_poll(), at(), results, choices()).prop_map(|(poll, at, results, choices)| PollEvent::Closed {
            poll,
            at,
            results,
            choices
        }),
        proptest::option::of(known_poll()).prop_map(|poll| PollEvent::Shown { poll }),
    ]
    .prop_map(Event::Poll)
}
