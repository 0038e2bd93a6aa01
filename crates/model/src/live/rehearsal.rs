//! Tests of what people do in a room, with the cast.

use super::*;
use crate::{
    actions::{ActionState, Owner, OwnerCard},
    ids::*,
    refusal::Code,
    time::{Millis, Timestamp},
    words::{Line, Prose},
};
use uuid::Uuid;

pub const SESSION: SessionId = SessionId::from_uuid(Uuid::from_u128(1));
const START: Timestamp = Timestamp(1_795_000_000_000);

pub fn person(number: u128, name: &str, role: Standing) -> Participant {
    Participant { id: PersonId::from_uuid(Uuid::from_u128(number)), name: name.into(), team: None, school: None, role }
}

pub fn jonas() -> Participant {
    person(1, "Jonas Petraitis", Standing::Facilitator)
}

pub fn rasa() -> Participant {
    let team = TeamCard { id: TeamId::from_uuid(Uuid::from_u128(7)), name: "Ąžuolas".into() };
    Participant { team: Some(team), ..person(2, "Rasa Jankauskienė", Standing::Participant) }
}

pub fn vilma() -> Participant {
    person(3, "Vilma Stankevičienė", Standing::Participant)
}

/// Rasa's and Tomas' team, which meets in the space.
pub fn team_of_rasa() -> OwnerTeam {
    let tomas = PersonId::from_uuid(Uuid::from_u128(9));
    OwnerTeam {
        id: TeamId::from_uuid(Uuid::from_u128(7)),
        name: "Ąžuolas".into(),
        people: vec![(rasa().id, rasa().name), (tomas, "Tomas Balčiūnas".into())],
    }
}

pub fn darius() -> Participant {
    person(4, "Darius Mockus", Standing::Observer)
}

pub fn step(number: u128, minutes: u32) -> NewStep {
    NewStep {
        id: StepId::from_uuid(Uuid::from_u128(number)),
        title: format!("Žingsnis {number}"),
        minutes,
        rules: StepRules::default(),
        note: None,
    }
}

/// A room on a stage: each command takes a second.
pub struct Stage {
    pub room: Room,
    pub seconds: i64,
    pub last: CommandId,
}

impl Stage {
    /// Open, with two steps and three people.
    pub fn open() -> Self {
        let mut stage = Self { room: Room::default(), seconds: 0, last: CommandId::from_uuid(Uuid::nil()) };
        let steps = vec![step(11, 10), step(12, 5)];
        evolve(
            &mut stage.room,
            &Event::Scheduled { title: "Įtraukusis ugdymas".into(), facilitator: jonas().id, steps },
        );
        stage.done(&jonas(), Command::Open {});
        for who in [jonas(), rasa(), vilma()] {
            stage.done(&who, Command::Arrive);
        }
        stage
    }

    pub fn ask(&mut self, by: By<'_>, command: &Command) -> Result<Vec<Event>, Code> {
        self.seconds += 1;
        self.last = CommandId::from_uuid(Uuid::from_u128(0x1000 + self.seconds as u128));
        let at = START.plus(Millis::seconds(self.seconds));
        let events = decide(&self.room, by, command, Given { at, id: self.last, sure: false })
            .map_err(|refusal| refusal.code)?;
        for event in &events {
            evolve(&mut self.room, event);
        }
        Ok(events)
    }

    #[track_caller]
    pub fn done(&mut self, by: &Participant, command: Command) {
        self.ask(By::Person(by), &command).unwrap();
    }

    #[track_caller]
    pub fn refused(&mut self, by: &Participant, command: Command, code: Code) {
        assert_eq!(self.ask(By::Person(by), &command), Err(code), "{command:?}");
    }

    /// What is so already, or asks for nothing.
    #[track_caller]
    pub fn nothing(&mut self, by: &Participant, command: Command) {
        assert_eq!(self.ask(By::Person(by), &command), Ok(vec![]), "{command:?}");
    }

    pub fn say(&mut self, by: &Participant, text: &str) -> MessageId {
        self.done(by, Command::Say { text: prose(text), reply_to: None });
        message_id(by.id, self.last)
    }
}

fn prose(text: &str) -> Prose<MESSAGE_MAX> {
    Prose::new(text).unwrap()
}

#[test]
fn what_is_said_is_edited_and_deleted_by_its_author_and_deleted_by_a_facilitator() {
    let mut stage = Stage::open();
    let first = stage.say(&rasa(), "Labas rytas.");
    stage.refused(&vilma(), Command::Edit { message: first, text: prose("Ne aš.") }, Code::Forbidden);
    stage.refused(&vilma(), Command::Delete { message: first }, Code::Forbidden);
    stage.done(&rasa(), Command::Edit { message: first, text: prose("Labas.") });
    assert!(stage.room.message(first).unwrap().edited_at.is_some());

    stage.done(&vilma(), Command::React { message: first, reaction: Reaction::Agree });
    stage.refused(&vilma(), Command::React { message: first, reaction: Reaction::Agree }, Code::ReactionTwice);
    stage.done(&vilma(), Command::Unreact { message: first, reaction: Reaction::Agree });
    assert!(stage.room.message(first).unwrap().reactions.is_empty());

    stage.done(&jonas(), Command::Delete { message: first });
    assert_eq!(stage.room.message(first).unwrap().text, None);
    stage.refused(&rasa(), Command::Edit { message: first, text: prose("Dar kartą.") }, Code::MessageGone);
    stage.refused(&rasa(), Command::Say { text: prose("Atsakau."), reply_to: Some(first) }, Code::MessageGone);
}

#[test]
fn hands_keep_their_order_and_only_their_owner_or_a_facilitator_lowers_them() {
    let mut stage = Stage::open();
    stage.done(&rasa(), Command::RaiseHand {});
    stage.done(&vilma(), Command::RaiseHand {});
    stage.refused(&vilma(), Command::RaiseHand {}, Code::HandUp);
    stage.refused(&vilma(), Command::LowerHand { person: Some(rasa().id) }, Code::Forbidden);
    assert_eq!((stage.room.hand(rasa().id), stage.room.hand(vilma().id)), (Some(1), Some(2)));

    stage.done(&rasa(), Command::Leave { at: START });
    assert_eq!(stage.room.hand(rasa().id), Some(1), "a hand outlives a lost network");

    stage.refused(&rasa(), Command::GiveFloor { person: vilma().id }, Code::Forbidden);
    stage.done(&jonas(), Command::GiveFloor { person: rasa().id });
    assert_eq!((stage.room.hand(rasa().id), stage.room.hand(vilma().id)), (None, Some(1)));
    stage.refused(&rasa(), Command::RaiseHand {}, Code::SpeakNow);
    stage.refused(&vilma(), Command::FinishFloor {}, Code::Forbidden);
    stage.done(&rasa(), Command::FinishFloor {});
    stage.refused(&rasa(), Command::FinishFloor {}, Code::HandDown);

    stage.done(&jonas(), Command::LowerHand { person: Some(vilma().id) });
    stage.refused(&vilma(), Command::LowerHand { person: None }, Code::HandDown);
}

#[test]
fn a_step_has_one_end_that_is_moved_without_a_reset_and_ended_by_the_clock() {
    let mut stage = Stage::open();
    let (first, second) = (step(11, 10).id, step(12, 5).id);
    stage.refused(&rasa(), Command::NextStep {}, Code::Forbidden);
    stage.done(&jonas(), Command::NextStep {});
    let ends_at = stage.room.next_due(SESSION).unwrap().at;
    assert_eq!(ends_at, START.plus(Millis::seconds(stage.seconds)).plus(Millis::minutes(10)));

    stage.done(&jonas(), Command::ExtendStep { step: first, minutes: 2 });
    assert_eq!(stage.room.next_due(SESSION).unwrap().at, ends_at.plus(Millis::minutes(2)));
    assert_eq!(stage.ask(By::Clock, &Command::EndStep { step: first }), Ok(vec![]), "its time has not run out");

    stage.seconds += 12 * 60;
    assert!(!stage.ask(By::Clock, &Command::EndStep { step: first }).unwrap().is_empty());
    assert_eq!(stage.room.current, None);
    stage.done(&jonas(), Command::ExtendStep { step: first, minutes: 1 });
    assert_eq!(stage.room.current, Some(first), "the talk went on");

    stage.done(&jonas(), Command::NextStep {});
    assert_eq!(stage.room.current, Some(second));
    assert!(stage.room.step(first).unwrap().ended_at.is_some());
    stage.refused(&jonas(), Command::ExtendStep { step: first, minutes: 1 }, Code::StepGone);
    stage.refused(&jonas(), Command::ExtendStep { step: second, minutes: 0 }, Code::NumberRange);
    stage.done(&jonas(), Command::NextStep {});
    assert_eq!(stage.room.current, None);
    stage.refused(&jonas(), Command::NextStep {}, Code::StepGone);
}

#[test]
fn one_may_only_watch_without_a_part_and_nothing_happens_before_the_opening_or_after_the_closing() {
    let mut stage = Stage::open();
    stage.refused(&darius(), Command::Say { text: prose("Sveiki."), reply_to: None }, Code::Forbidden);
    stage.refused(&jonas(), Command::Open {}, Code::SessionState);
    stage.refused(&rasa(), Command::Close {}, Code::Forbidden);
    stage.done(&jonas(), Command::NextStep {});
    stage.done(&jonas(), Command::Close {});
    assert_eq!((stage.room.state, stage.room.current), (State::Closed, None));
    assert!(stage.room.steps[0].ended_at.is_some());
    stage.refused(&rasa(), Command::Say { text: prose("Pavėlavau."), reply_to: None }, Code::Closed);

    stage.room = Room::default();
    stage.refused(&rasa(), Command::RaiseHand {}, Code::SessionState);
    assert_eq!(stage.ask(By::Person(&rasa()), &Command::Arrive), Ok(vec![]));
    stage.done(
        &jonas(),
        Command::AddStep { title: Line::new("Įžanga").unwrap(), minutes: 5, rules: StepRules::default() },
    );
    assert_eq!(stage.room.steps.len(), 1);
}

#[test]
fn a_person_who_may_no_longer_be_here_loses_hand_and_word() {
    let mut stage = Stage::open();
    stage.done(&rasa(), Command::RaiseHand {});
    stage.done(&jonas(), Command::Remove { person: rasa().id });
    assert_eq!(stage.room.hand(rasa().id), None);
    assert!(!stage.room.is_here(rasa().id));
    assert_eq!(stage.ask(By::Person(&jonas()), &Command::Remove { person: rasa().id }), Ok(vec![]));
}

#[test]
fn an_action_is_agreed_for_an_owner_of_the_space_changed_while_open_and_ticked_once() {
    let mut stage = Stage::open();
    let team = team_of_rasa();
    let open_before = RoomAction {
        id: ActionItemId::from_uuid(Uuid::from_u128(50)),
        text: "Iš praeito karto".into(),
        owner: OwnerCard { team: team.id, team_name: team.name.clone(), person: None, name: String::new() },
        due: None,
        state: ActionState::Open,
        reason: None,
        brought: false,
        step: None,
    };
    let bring =
        Command::Bring { actions: vec![open_before.clone()], owners: vec![team.clone()], reminders: Vec::new() };
    assert_eq!(stage.ask(By::Person(&jonas()), &bring), Ok(vec![]), "nobody brings by hand");
    assert_eq!(stage.ask(By::Clock, &bring).map(|events| events.len()), Ok(1));
    assert_eq!(stage.ask(By::Clock, &bring), Ok(vec![]), "once a session");
    assert!(stage.room.actions[0].brought);

    let (tomas, due) = (team.people[1].0, "2026-12-04".parse().ok());
    let agree = |owner| Command::AgreeAction { text: Prose::new("Parengti klausimyną").unwrap(), owner, due };
    stage.refused(&jonas(), agree(Owner::Person(vilma().id)), Code::FieldWrong);
    stage.refused(&vilma(), agree(Owner::Team(team.id)), Code::Forbidden);
    stage.done(&rasa(), agree(Owner::Team(team.id)));
    stage.done(&jonas(), agree(Owner::Person(tomas)));
    let action = action_id(jonas().id, stage.last);
    let agreed = stage.room.action(action).unwrap();
    assert_eq!((agreed.owner.name.as_str(), agreed.due, agreed.brought), ("Tomas Balčiūnas", due, false));

    let change = |text: &str| Command::ChangeAction {
        action,
        text: Prose::new(text).unwrap(),
        owner: Owner::Person(tomas),
        due,
    };
    stage.refused(&vilma(), change("Kitaip"), Code::Forbidden);
    stage.done(&rasa(), change("Parengti du klausimynus"));
    assert_eq!(stage.ask(By::Person(&rasa()), &change("Parengti du klausimynus")), Ok(vec![]));
    let set = |state, reason: Option<&str>| Command::SetAction { action, state, reason: reason.and_then(Prose::new) };
    stage.refused(&vilma(), set(ActionState::Done, None), Code::Forbidden);
    stage.done(&rasa(), set(ActionState::Done, None));
    assert_eq!(stage.ask(By::Person(&jonas()), &set(ActionState::Done, None)), Ok(vec![]), "two ticks are one");
    stage.refused(&rasa(), change("Per vėlai"), Code::ActionState);
    stage.refused(&rasa(), set(ActionState::Dropped, Some("Nebereikia")), Code::ActionState);
    stage.done(&rasa(), set(ActionState::Open, None));
    stage.refused(&rasa(), set(ActionState::Dropped, None), Code::FieldNeeded);
    stage.done(&rasa(), set(ActionState::Dropped, Some("Nebereikia")));
    assert_eq!(stage.room.action(action).unwrap().reason.as_deref(), Some("Nebereikia"));
    let gone =
        Command::SetAction { action: ActionItemId::from_uuid(Uuid::nil()), state: ActionState::Done, reason: None };
    stage.refused(&jonas(), gone, Code::ActionGone);
}

#[test]
fn a_client_cannot_send_what_only_the_server_commands_nor_what_is_unknown() {
    for text in [
        r#""arrive""#,
        r#"{"arrive":{}}"#,
        r#"{"leave":{"at":1}}"#,
        r#"{"remove":{"person":"00000000-0000-0000-0000-000000000001"}}"#,
        r#"{"bring":{"actions":[],"owners":[]}}"#,
        r#"{"dance":{}}"#,
        r#"{"raise_hand":{"high":true}}"#,
        r#"{"say":{"text":""}}"#,
    ] {
        assert!(serde_json::from_str::<Command>(text).is_err(), "{text}");
    }
    assert_eq!(serde_json::from_str::<Command>(r#"{"raise_hand":{}}"#).unwrap(), Command::RaiseHand {});
}

#[test]
fn the_kinds_are_spelled_as_they_are_stored() {
    for event in laws::one_of_each() {
        let value = serde_json::to_value(&event).unwrap();
        let spelled = |value: &serde_json::Value| value.as_object().unwrap().keys().next().unwrap().clone();
        // An event of a part of the room is spelled part and kind.
        let outer = spelled(&value);
        match event.kind().split_once('.') {
            Some((part, kind)) => assert_eq!((outer.as_str(), spelled(&value[part]).as_str()), (part, kind)),
            None => assert_eq!(outer, event.kind()),
        }
    }
}
