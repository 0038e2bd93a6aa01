//! People and things that laws are tried upon: few of each, so that they meet.

use proptest::prelude::*;
use uuid::Uuid;

use crate::{
    actions::{ACTION_MAX, ActionState, Owner, OwnerCard},
    ids::*,
    live::{
        rehearsal::{jonas, person, rasa, step, team_of_rasa, vilma},
        *,
    },
    time::{LocalDate, Timestamp},
    words::Prose,
};

pub fn people() -> Vec<Participant> {
    vec![jonas(), rasa(), vilma(), person(5, "Eglė Šimkutė", Standing::Observer)]
}

pub fn person_id() -> impl Strategy<Value = PersonId> {
    (1u128..7).prop_map(|number| PersonId::from_uuid(Uuid::from_u128(number)))
}

/// Of Rasa's team, without a device of his own.
pub fn tomas() -> Participant {
    let (id, name) = team_of_rasa().people.swap_remove(1);
    Participant { id, name, ..rasa() }
}

/// Of Rasa's team, but for one.
pub fn seated() -> impl Strategy<Value = PersonId> {
    prop_oneof![6 => Just(team_of_rasa().people[1].0), 1 => Just(rasa().id), 1 => Just(vilma().id)]
}

pub fn command_id(number: u128) -> CommandId {
    CommandId::from_uuid(Uuid::from_u128(0x1000 + number))
}

/// Ids of messages that the moves before may have made.
pub fn message() -> impl Strategy<Value = MessageId> {
    (0usize..3, 0u128..40).prop_map(|(who, number)| message_id(people()[who].id, command_id(number)))
}

pub fn step_of_agenda() -> impl Strategy<Value = StepId> {
    (11u128..15).prop_map(|number| step(number, 1).id)
}

pub fn rules() -> impl Strategy<Value = StepRules> {
    let speaks = proptest::option::of(proptest::sample::select(&Speakers::ALL[..]));
    (proptest::sample::select(&StepKind::ALL[..]), speaks, proptest::bool::weighted(0.2))
        .prop_map(|(kind, speaks, without_chat)| StepRules { kind, speaks, without_chat })
}

pub fn hand_order() -> impl Strategy<Value = HandOrder> {
    proptest::sample::select(vec![HandOrder::Raised, HandOrder::LeastHeard])
}

pub fn reaction() -> impl Strategy<Value = Reaction> {
    proptest::sample::select(&Reaction::ALL[..2])
}

pub fn words() -> impl Strategy<Value = Prose<ACTION_MAX>> {
    "[a-zą-ž]{1,8}".prop_map(|text| Prose::new(&text).unwrap())
}

pub fn text() -> impl Strategy<Value = Prose<MESSAGE_MAX>> {
    "[a-zą-ž ]{0,12}[a-z]".prop_map(|text| Prose::new(&text).unwrap())
}

pub fn action() -> impl Strategy<Value = ActionItemId> {
    (0usize..3, 0u128..40).prop_map(|(who, number)| action_id(people()[who].id, command_id(number)))
}

pub fn owner() -> impl Strategy<Value = Owner> {
    prop_oneof![
        (1u128..5).prop_map(|number| Owner::Person(PersonId::from_uuid(Uuid::from_u128(number)))),
        (7u128..9).prop_map(|number| Owner::Team(TeamId::from_uuid(Uuid::from_u128(number)))),
    ]
}

pub fn owner_card() -> impl Strategy<Value = OwnerCard> {
    owner().prop_map(|owner| {
        let person = if let Owner::Person(person) = owner { Some(person) } else { None };
        OwnerCard {
            team: TeamId::from_uuid(Uuid::from_u128(7)),
            team_name: "Ąžuolas".into(),
            person,
            name: String::new(),
        }
    })
}

pub fn due() -> impl Strategy<Value = Option<LocalDate>> {
    proptest::option::of((1u8..29).prop_map(|day| format!("2026-12-{day:02}").parse().unwrap()))
}

pub fn action_state() -> impl Strategy<Value = ActionState> {
    proptest::sample::select(vec![ActionState::Open, ActionState::Done, ActionState::Dropped])
}

pub fn room_action() -> impl Strategy<Value = RoomAction> {
    (action(), "[a-zą-ž]{1,8}", owner_card(), due(), action_state(), any::<bool>()).prop_map(
        |(id, text, owner, due, state, brought)| RoomAction {
            id,
            text,
            owner,
            due,
            state,
            reason: (state == ActionState::Dropped).then(|| "Nebereikia".into()),
            brought,
            step: None,
        },
    )
}

pub fn deed() -> impl Strategy<Value = Deed> {
    (room_action(), person_id(), 0i64..1_000_000).prop_map(|(action, by, at)| Deed { action, by, at: Timestamp(at) })
}
