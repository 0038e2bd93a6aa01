//! Everything that people can ask, wise or not.

use proptest::prelude::*;

use super::{agreements, boards, breakouts, given::*, polls};
use crate::{
    live::{rehearsal::team_of_rasa, *},
    time::Timestamp,
    words::{Line, Prose},
};

pub fn command() -> impl Strategy<Value = Command> {
    prop_oneof![
        8 => (text(), proptest::option::weighted(0.2, message())).prop_map(|(text, reply_to)| Command::Say { text, reply_to }),
        4 => (message(), text()).prop_map(|(message, text)| Command::Edit { message, text }),
        2 => message().prop_map(|message| Command::Delete { message }),
        4 => (message(), reaction()).prop_map(|(message, reaction)| Command::React { message, reaction }),
        2 => (message(), reaction()).prop_map(|(message, reaction)| Command::Unreact { message, reaction }),
        4 => Just(Command::RaiseHand {}),
        2 => proptest::option::of(person_id()).prop_map(|person| Command::LowerHand { person }),
        2 => person_id().prop_map(|person| Command::GiveFloor { person }),
        2 => Just(Command::FinishFloor {}),
        2 => Just(Command::Open {}),
        1 => Just(Command::Close {}),
        2 => step_of_agenda().prop_map(|step| Command::StartStep { step }),
        2 => (step_of_agenda(), 0u32..4).prop_map(|(step, minutes)| Command::ExtendStep { step, minutes }),
        2 => step_of_agenda().prop_map(|step| Command::EndStep { step }),
        1 => Just(Command::NextStep {}),
        1 => (0u32..4, rules())
            .prop_map(|(minutes, rules)| Command::AddStep { title: Line::new("Aptarimas").unwrap(), minutes, rules }),
        1 => step_of_agenda().prop_map(|step| Command::SkipStep { step }),
        1 => (step_of_agenda(), proptest::option::of(step_of_agenda()))
            .prop_map(|(step, before)| Command::MoveStep { step, before }),
        1 => Just(Command::NextHand {}),
        1 => hand_order().prop_map(|order| Command::OrderHands { order }),
        2 => proptest::option::weighted(0.8, owner()).prop_map(|who| Command::Present { who }),
        2 => Just(Command::Round(RoundCommand::Next {})),
        1 => owner().prop_map(|who| Command::Round(RoundCommand::Give { who })),
        2 => Just(Command::Round(RoundCommand::Pass {})),
        2 => (step_of_agenda(), proptest::option::of(Just(Prose::new("Pastaba").unwrap())))
            .prop_map(|(step, text)| Command::NoteStep { step, text }),
        4 => (words(), owner(), due()).prop_map(|(text, owner, due)| Command::AgreeAction { text, owner, due }),
        3 => (action(), words(), owner(), due())
            .prop_map(|(action, text, owner, due)| Command::ChangeAction { action, text, owner, due }),
        3 => (action(), action_state(), proptest::option::of(Just(Prose::new("Nebereikia").unwrap())))
            .prop_map(|(action, state, reason)| Command::SetAction { action, state, reason }),
        1 => (proptest::collection::vec(room_action(), 0..3), proptest::collection::vec(agreements::reminder(), 0..2))
            .prop_map(|(actions, reminders)| Command::Bring { actions, owners: vec![team_of_rasa()], reminders }),
        4 => proptest::collection::vec(seated(), 0..3).prop_map(|people| Command::Seat { people, cards: vec![tomas()] }),
        20 => polls::command(),
        24 => boards::command(),
        20 => agreements::command(),
        10 => breakouts::command(),
        4 => Just(Command::Arrive),
        2 => Just(Command::Leave { at: Timestamp(5) }),
        1 => person_id().prop_map(|person| Command::Remove { person }),
    ]
}
