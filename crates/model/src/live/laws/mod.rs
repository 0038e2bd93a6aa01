//! The laws of the live core as property tests over what people might do, wise or not.

mod agreements;
mod boards;
mod breakouts;
mod events;
mod given;
mod moves;
mod play;
mod polls;
mod scripts;
mod typed;

use std::{cell::RefCell, collections::BTreeMap};

use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

use self::{
    events::any_event,
    given::*,
    play::{Move, Play, a_move, aimed, opening, plan, play},
};
use super::{
    rehearsal::{jonas, rasa, team_of_rasa},
    *,
};
use crate::{
    ids::*,
    time::{Millis, Timestamp},
};

/// Kinds that may ask for a fresh room; `docs/live-protocol.md` lists the same.
const RESYNC: &[&str] = &[];

fn fold<'a>(events: impl IntoIterator<Item = &'a Event>) -> Room {
    let mut room = Room::default();
    events.into_iter().for_each(|event| evolve(&mut room, event));
    room
}

fn through_json<T: serde::Serialize + serde::de::DeserializeOwned>(value: &T) -> T {
    serde_json::from_str(&serde_json::to_string(value).unwrap()).unwrap()
}

/// One event of every kind.
pub fn one_of_each() -> Vec<Event> {
    let mut found: BTreeMap<&'static str, Event> = BTreeMap::new();
    let mut runner = TestRunner::deterministic();
    while found.len() < Event::KINDS.len() {
        let event = any_event().new_tree(&mut runner).unwrap().current();
        found.insert(event.kind(), event);
    }
    found.into_values().collect()
}

/// Folding what a viewer is shown gives the room that the viewer is shown; a kind that asks for a resync must be listed.
fn shown_law(events: &[Event], seen: &RefCell<BTreeMap<&'static str, usize>>) -> Result<(), TestCaseError> {
    let people = people();
    let mut room = Room::default();
    let mut shown: Vec<Room> = people.iter().map(|viewer| room.shown_to(viewer)).collect();
    for event in events {
        *seen.borrow_mut().entry(event.kind()).or_default() += 1;
        let before = room.clone();
        evolve(&mut room, event);
        for (viewer, shown) in people.iter().zip(&mut shown) {
            match event.shown_to(&before, viewer) {
                Shown::Same => evolve(shown, event),
                Shown::Changed(event) => evolve(shown, &event),
                Shown::Hidden => {}
                Shown::Resync => {
                    prop_assert!(RESYNC.contains(&event.kind()), "{} may not ask for a resync", event.kind());
                    *shown = room.shown_to(viewer);
                }
            }
            prop_assert_eq!(&*shown, &room.shown_to(viewer), "after {:?} for {:?}", event, viewer.role);
            if !event.audience(&before).includes(viewer) {
                prop_assert_eq!(event.shown_to(&before, viewer), event.shown_to_rest());
            }
        }
    }
    Ok(())
}

#[test]
fn folding_what_a_viewer_is_shown_gives_the_room_shown_to_that_viewer() {
    // So many that each kind comes about 200 times.
    shown_in(4 * Event::KINDS.len() as u32);
}

#[test]
#[ignore = "the long form: cargo xtask soak"]
fn soak_ten_thousand_sequences_are_shown_as_they_are_folded() {
    shown_in(10_000);
}

fn shown_in(cases: u32) {
    let seen = RefCell::new(BTreeMap::new());
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    let events = prop_oneof![
        proptest::collection::vec(a_move(), 0..60).prop_map(|moves| play(&moves)),
        proptest::collection::vec(any_event(), 100),
    ];
    if let Err(failure) = TestRunner::new(config).run(&events, |events| shown_law(&events, &seen)) {
        panic!("{failure}");
    }
    for kind in Event::KINDS {
        let times = seen.borrow().get(kind).copied().unwrap_or(0);
        assert!(times >= 100, "{kind} was generated only {times} times");
    }
}

#[test]
fn people_cause_every_kind_of_event() {
    // One is caused from outside of the room.
    let mut seen: BTreeMap<&str, usize> = Event::KINDS.iter().map(|kind| (*kind, 0)).collect();
    seen.remove("redacted");
    let mut runner = TestRunner::deterministic();
    // Of a few moves the one is made that causes what came least, so that rare kinds need no luck.
    for _ in 0..20 {
        let mut play = Play::begin();
        play.events.iter().for_each(|event| *seen.get_mut(event.kind()).unwrap() += 1);
        for _ in 0..200 {
            // An end of the session is an end of the search, so it comes last.
            let ends = seen.values().filter(|times| **times == 0).count() < 2;
            let moves = [(); 16].map(|()| a_move().new_tree(&mut runner).unwrap().current());
            let caused = moves.iter().map(|a_move| (a_move, play.causes(a_move)));
            let open = caused.filter(|(_, events)| ends || events.iter().all(|event| event.kind() != "closed"));
            let times = |events: &[Event]| events.iter().map(|event| seen[event.kind()]).min().unwrap_or(usize::MAX);
            let Some((a_move, events)) = open.min_by_key(|(_, events)| times(events)) else { continue };
            events.iter().for_each(|event| *seen.get_mut(event.kind()).unwrap() += 1);
            play.take(a_move, events);
            if seen.values().all(|times| *times > 0) {
                return;
            }
        }
    }
    let missing: Vec<_> = seen.iter().filter(|(_, times)| **times == 0).collect();
    panic!("never decided: {missing:?} of {seen:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_room_is_the_fold_of_its_events_however_they_travelled(moves in proptest::collection::vec(a_move(), 0..80), cut in 0usize..80) {
        let events = play(&moves);
        let whole = fold(&events);
        let cut = cut.min(events.len());
        let mut resumed = through_json(&fold(&events[..cut]));
        events[cut..].iter().for_each(|event| evolve(&mut resumed, &through_json(event)));
        prop_assert_eq!(resumed, whole);
    }

    #[test]
    fn a_deleted_text_is_gone_from_room_and_events_and_the_fold_stays_the_same(moves in proptest::collection::vec(a_move(), 0..80)) {
        let mut events = play(&moves);
        let whole = fold(&events);
        for index in 0..events.len() {
            if let Some(deleted) = events[index].erases() {
                for earlier in &mut events[..index] {
                    if let Some(redacted) = earlier.without(deleted) {
                        *earlier = redacted;
                    }
                }
                let told = |event: &Event| match event {
                    Event::Said { id, text: Some(_), .. } => id.uuid() == deleted,
                    Event::Edited { message, text: Some(_), .. } => message.uuid() == deleted,
                    Event::Board(BoardEvent::Added { card, text: Some(_), .. }) => card.uuid() == deleted,
                    Event::Board(BoardEvent::Edited { card, text: Some(_), .. }) => card.uuid() == deleted,
                    Event::Board(BoardEvent::Revealed { cards, .. }) => {
                        cards.iter().any(|(card, face)| card.uuid() == deleted && face.text.is_some())
                    }
                    _ => false,
                };
                prop_assert!(!events.iter().any(told));
            }
        }
        prop_assert_eq!(fold(&events), whole);
    }

    #[test]
    fn any_events_in_any_order_leave_a_bounded_room(events in proptest::collection::vec(any_event(), 0..400)) {
        let mut room = Room::default();
        for event in &events {
            evolve(&mut room, event);
            prop_assert!(room.messages.len() <= MESSAGES_KEPT);
            prop_assert!(room.steps.len() <= STEPS_MAX);
            prop_assert!(room.people.len() <= PEOPLE_MAX && room.hands.len() <= PEOPLE_MAX);
            prop_assert!(room.actions.len() <= ACTIONS_MAX && room.owners.len() <= OWNER_TEAMS_MAX);
            prop_assert!(room.polls.all.len() <= 2 * POLLS_MAX);
            prop_assert!(room.boards.all.len() <= BOARDS_MAX);
            prop_assert!(room.boards.all.iter().all(|board| board.cards.len() <= CARDS_MAX));
            prop_assert!(room.agreements.len() <= AGREEMENTS_MAX && room.reminders.len() <= AGREEMENTS_MAX);
            prop_assert!(room.breakouts.as_ref().is_none_or(|state| state.groups.len() <= BREAKOUTS_MAX));
            prop_assert!(room.current.is_none() || room.current_step().is_some());
            prop_assert!(room.airtime.len() <= 2 * PEOPLE_MAX && room.wrote.len() <= PEOPLE_MAX);
            prop_assert!(room.airtime.values().all(|time| time.ms() >= 0));
        }
        prop_assert_eq!(through_json(&room), room);
    }

    #[test]
    fn a_command_is_decided_in_any_room_without_a_panic_and_twice_alike(
        events in proptest::collection::vec(any_event(), 0..60), moves in proptest::collection::vec(a_move(), 1..20),
    ) {
        let room = fold(&events);
        let people = people();
        for (number, a_move) in moves.iter().enumerate() {
            let given = Given { at: Timestamp(500_000), id: command_id(number as u128), sure: true };
            let by = a_move.by(&people);
            let once = decide(&room, by, &a_move.command, given);
            prop_assert_eq!(&once, &decide(&room, by, &a_move.command, given), "deciding is a function");
        }
    }

    #[test]
    fn who_sits_with_somebody_sits_with_one_who_is_here_by_a_device_of_their_own(moves in proptest::collection::vec(a_move(), 0..80)) {
        let mut room = Room::default();
        for event in play(&moves) {
            evolve(&mut room, &event);
            for host in room.people.values().filter(|one| one.here).filter_map(|one| one.with) {
                prop_assert!(room.people.get(&host).is_some_and(|host| host.here && host.with.is_none()));
                prop_assert!(room.seated(host).count() <= SEATS_MAX);
            }
        }
    }

    #[test]
    fn each_of_a_round_is_in_one_place_of_it(moves in proptest::collection::vec(a_move(), 0..80)) {
        let mut room = Room::default();
        for event in play(&moves) {
            evolve(&mut room, &event);
            let Some(round) = &room.round else { continue };
            prop_assert!(room.current.is_some());
            let mut all: Vec<Party> = round.waiting.iter().chain(&round.now).chain(&round.heard).copied().collect();
            let count = all.len();
            all.sort();
            all.dedup();
            prop_assert_eq!(all.len(), count);
        }
    }

    #[test]
    fn who_does_not_lead_changes_no_action_but_their_own_and_their_teams(moves in proptest::collection::vec(a_move(), 0..80)) {
        let mut room = Room::default();
        for event in play(&moves) {
            if let Event::ActionChanged(deed) | Event::ActionSet(deed) = &event
                && let Some(who) = people().into_iter().find(|who| who.id == deed.by)
            {
                prop_assert!(who.keeps(&room.action(deed.action.id).unwrap().owner) && who.keeps(&deed.action.owner));
            }
            evolve(&mut room, &event);
        }
    }

    #[test]
    fn other_words_for_an_action_leave_no_trace_of_the_first_ones(moves in proptest::collection::vec(a_move(), 0..80)) {
        let mut events = play(&moves);
        let ids: Vec<ActionItemId> = fold(&events).actions.iter().map(|action| action.id).collect();
        for id in ids {
            for event in &mut events {
                if let Some(reworded) = event.reworded(id, "…") {
                    *event = reworded;
                }
            }
        }
        prop_assert!(fold(&events).actions.iter().all(|action| action.text == "…"));
    }

    #[test]
    fn the_record_holds_every_message_and_its_end_is_the_room(texts in proptest::collection::vec("[a-z]{1,4}", 190..260)) {
        let mut record = Room::default();
        let mut room = Room::default();
        for (number, text) in texts.iter().enumerate() {
            let id = message_id(rasa().id, command_id(number as u128));
            let said = Event::Said { id, by: rasa().id, at: Timestamp(1), text: Some(text.clone()), reply_to: None };
            evolve(&mut room, &said);
            evolve_record(&mut record, &said);
        }
        prop_assert_eq!(record.messages.len(), texts.len());
        prop_assert!(record.messages.iter().rev().zip(room.messages.iter().rev()).all(|(a, b)| a == b));
        prop_assert_eq!(room.messages.len(), texts.len().min(MESSAGES_KEPT));
    }
}
