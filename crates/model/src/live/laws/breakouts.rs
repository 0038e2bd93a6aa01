//! Groups that begin, change and are called back, wise or not.

use proptest::prelude::*;
use uuid::Uuid;

use super::given::*;
use crate::{ids::*, live::*, time::Timestamp, words::Line};

fn group() -> impl Strategy<Value = SessionId> {
    (0u128..40, 0usize..2).prop_map(|(number, group)| breakout_id(people()[0].id, command_id(number), group))
}

fn new_group(people: Vec<PersonId>) -> NewBreakout {
    NewBreakout { title: Line::new("Grupė").unwrap(), people }
}

pub fn command() -> impl Strategy<Value = Command> {
    let somebody = || (31u128..35).prop_map(|number| PersonId::from_uuid(Uuid::from_u128(number)));
    prop_oneof![
        4 => (somebody(), 2u32..5).prop_map(|(person, minutes)| {
            BreakoutCommand::Open { groups: vec![new_group(vec![person]), new_group(Vec::new())], minutes }
        }),
        2 => (0u32..3).prop_map(|minutes| BreakoutCommand::Extend { minutes }),
        4 => (somebody(), proptest::option::of(group())).prop_map(|(person, to)| BreakoutCommand::Move { person, to }),
        1 => Just(BreakoutCommand::Close {}),
        4 => Just(BreakoutCommand::Warn),
    ]
    .prop_map(Command::Breakouts)
}

/// Points a move at a group that the room holds.
pub fn aimed(room: &Room, command: &mut BreakoutCommand) {
    if let BreakoutCommand::Move { to: Some(to), .. } = command
        && let Some(state) = room.in_groups()
        && let number = to.uuid().as_bytes()[15] as usize
        && let Some(held) = state.groups.get(number % state.groups.len().max(1))
        && number % 8 != 0
    {
        *to = held.session;
    }
}

pub fn event() -> impl Strategy<Value = Event> {
    let groups = proptest::collection::vec((group(), proptest::collection::vec(person_id(), 0..3)), 0..60);
    let times = (0i64..1_000_000, 0i64..1_000_000, 1u32..9);
    let state = (groups, times, any::<bool>(), any::<bool>(), proptest::option::of(group())).prop_map(
        |(groups, (at, ends_at, turn), warned, closed, main)| Breakouts {
            groups: groups
                .into_iter()
                .map(|(session, people)| Breakout {
                    session,
                    title: "Grupė".into(),
                    people: people.into_iter().collect(),
                })
                .collect(),
            at: Timestamp(at),
            ends_at: Timestamp(ends_at),
            turn,
            warned,
            closed,
            main,
        },
    );
    (state, 0usize..5).prop_map(|(state, kind)| {
        let event = match kind {
            0 => BreakoutEvent::Opened(state),
            1 => BreakoutEvent::Extended(state),
            2 => BreakoutEvent::Moved(state),
            3 => BreakoutEvent::Warned(state),
            _ => BreakoutEvent::Closed(state),
        };
        Event::Breakouts(Box::new(event))
    })
}
