//! Rehearsals of steps with rules and of being heard.

use super::{
    rehearsal::{Stage, jonas, rasa, step, team_of_rasa, vilma},
    *,
};
use crate::{
    actions::Owner,
    ids::*,
    refusal::Code,
    time::Millis,
    words::{Line, Prose},
};

fn say(text: &str) -> Command {
    Command::Say { text: Prose::new(text).unwrap(), reply_to: None }
}

/// A running step of these rules, the last of the agenda.
fn begin(stage: &mut Stage, rules: StepRules) -> StepId {
    stage.done(&jonas(), Command::AddStep { title: Line::new("Kitas").unwrap(), minutes: 5, rules });
    let step = stage.room.steps.last().unwrap().id;
    stage.done(&jonas(), Command::StartStep { step });
    step
}

fn speaks(speaks: Speakers) -> StepRules {
    StepRules { speaks: Some(speaks), ..StepRules::default() }
}

#[test]
fn whoever_presents_listens_in_the_listening_step_and_nobody_can_give_them_the_word() {
    let mut stage = Stage::open();
    stage.done(&jonas(), Command::Present { who: Some(Owner::Team(team_of_rasa().id)) });
    begin(&mut stage, speaks(Speakers::Others));
    stage.refused(&rasa(), say("Norėčiau paaiškinti"), Code::StepListen);
    stage.refused(&rasa(), Command::RaiseHand {}, Code::StepListen);
    stage.refused(&jonas(), Command::GiveFloor { person: rasa().id }, Code::StepListen);
    stage.done(&vilma(), say("Siūlyčiau pradėti nuo stebėjimo"));

    stage.done(&jonas(), Command::Present { who: Some(Owner::Person(jonas().id)) });
    stage.refused(&jonas(), say("Leiskite pridurti"), Code::StepListen);
    stage.done(&rasa(), say("Ačiū"));
}

#[test]
fn a_text_of_before_is_not_changed_either_by_who_listens() {
    let mut stage = Stage::open();
    stage.done(&rasa(), say("Mūsų problema"));
    let message = stage.room.messages[0].id;
    stage.done(&jonas(), Command::Present { who: Some(Owner::Person(rasa().id)) });
    begin(&mut stage, speaks(Speakers::Others));
    stage.refused(&rasa(), Command::Edit { message, text: Prose::new("Paaiškinimas").unwrap() }, Code::StepListen);
}

#[test]
fn where_one_presents_others_wait_for_the_word() {
    let mut stage = Stage::open();
    begin(&mut stage, speaks(Speakers::Presenter));
    stage.done(&vilma(), say("Kol nieko nepaskirta, kalba visi"));
    stage.refused(&rasa(), Command::Present { who: None }, Code::Forbidden);
    stage.done(&jonas(), Command::Present { who: Some(Owner::Person(rasa().id)) });
    stage.refused(&vilma(), say("Klausimas"), Code::StepPresenter);
    stage.done(&rasa(), say("Pristatome"));
    stage.done(&vilma(), Command::RaiseHand {});
    stage.done(&jonas(), Command::NextHand {});
    stage.done(&vilma(), say("Klausimas"));
    stage.refused(&jonas(), Command::NextHand {}, Code::HandDown);
    stage.refused(
        &jonas(),
        Command::Present { who: Some(Owner::Person(PersonId::from_uuid(uuid::Uuid::from_u128(77)))) },
        Code::FieldWrong,
    );
}

#[test]
fn a_break_and_a_step_without_chat_are_quiet() {
    let mut stage = Stage::open();
    begin(&mut stage, StepRules { kind: StepKind::Break, ..StepRules::default() });
    stage.refused(&rasa(), say("Kava"), Code::StepFacilitator);
    stage.done(&jonas(), say("Grįžtame 15 val."));
    begin(&mut stage, StepRules { without_chat: true, ..StepRules::default() });
    stage.refused(&jonas(), say("Tyla"), Code::StepWithoutChat);
}

#[test]
fn in_a_round_each_has_a_turn_who_was_heard_least_first() {
    let mut stage = Stage::open();
    // Rasa has had the word, so Vilma comes first.
    stage.done(&jonas(), Command::GiveFloor { person: rasa().id });
    stage.done(&rasa(), Command::FinishFloor {});
    begin(&mut stage, StepRules { kind: StepKind::Round, ..StepRules::default() });
    let (rasa_, vilma_) = (Owner::Person(rasa().id), Owner::Person(vilma().id));
    assert_eq!(stage.room.round.as_ref().unwrap().waiting, [vilma_, rasa_]);
    stage.refused(&vilma(), say("Jau?"), Code::StepTurn);
    stage.refused(&vilma(), Command::Round(RoundCommand::Next {}), Code::Forbidden);

    stage.done(&jonas(), Command::Round(RoundCommand::Next {}));
    stage.done(&vilma(), say("Mano mintis"));
    stage.refused(&rasa(), say("Ne mano eilė"), Code::StepTurn);
    stage.done(&vilma(), Command::Round(RoundCommand::Pass {}));
    assert_eq!(stage.room.round.as_ref().unwrap().now, Some(rasa_), "whoever passes lets the next one speak");
    stage.done(&rasa(), Command::Round(RoundCommand::Next {}));
    stage.done(&vilma(), Command::Round(RoundCommand::Next {}));
    let round = stage.room.round.clone().unwrap();
    assert_eq!((round.now, round.waiting, round.heard), (None, vec![], vec![rasa_, vilma_]));
    // Once more, by the facilitator.
    stage.done(&jonas(), Command::Round(RoundCommand::Give { who: rasa_ }));
    stage.done(&jonas(), Command::NextStep {});
    assert_eq!(stage.room.round, None);
    stage.refused(&jonas(), Command::Round(RoundCommand::Next {}), Code::RoundGone);
}

#[test]
fn in_a_round_of_teams_any_of_the_team_speaks() {
    let mut stage = Stage::open();
    begin(&mut stage, StepRules { kind: StepKind::Round, speaks: Some(Speakers::Teams), without_chat: false });
    let team = Owner::Team(team_of_rasa().id);
    assert_eq!(stage.room.round.as_ref().unwrap().waiting, [team]);
    stage.done(&jonas(), Command::Round(RoundCommand::Next {}));
    stage.done(&rasa(), say("Mūsų komanda"));
    stage.refused(&vilma(), say("Ir aš"), Code::StepTurn);
}

#[test]
fn time_with_the_word_is_the_servers_and_pauses_while_another_has_it() {
    let mut stage = Stage::open();
    let time = |stage: &Stage, who: &Participant| stage.room.airtime.get(&Owner::Person(who.id)).copied();
    begin(&mut stage, StepRules { kind: StepKind::Round, ..StepRules::default() });
    stage.done(&jonas(), Command::Round(RoundCommand::Give { who: Owner::Person(rasa().id) }));
    stage.seconds += 29;
    stage.done(&jonas(), Command::GiveFloor { person: vilma().id });
    assert_eq!(time(&stage, &rasa()), Some(Millis::seconds(30)));
    stage.seconds += 9;
    stage.done(&vilma(), Command::FinishFloor {});
    assert_eq!(time(&stage, &vilma()), Some(Millis::seconds(10)));
    stage.seconds += 4;
    stage.done(&jonas(), Command::Close {});
    assert_eq!(time(&stage, &rasa()), Some(Millis::seconds(35)), "30, a pause, and 5");
}

#[test]
fn hands_may_stand_by_who_was_heard_least() {
    let mut stage = Stage::open();
    stage.done(&jonas(), Command::GiveFloor { person: rasa().id });
    stage.done(&rasa(), Command::FinishFloor {});
    stage.done(&rasa(), Command::RaiseHand {});
    stage.done(&vilma(), Command::RaiseHand {});
    assert_eq!(stage.room.hand(rasa().id), Some(1));
    stage.refused(&rasa(), Command::OrderHands { order: HandOrder::LeastHeard }, Code::Forbidden);
    stage.done(&jonas(), Command::OrderHands { order: HandOrder::LeastHeard });
    assert_eq!((stage.room.hand(vilma().id), stage.room.hand(rasa().id)), (Some(1), Some(2)));
    stage.done(&jonas(), Command::NextHand {});
    assert_eq!(stage.room.floor.as_ref().unwrap().person, vilma().id);
}

#[test]
fn who_has_not_been_heard_is_known() {
    let mut stage = Stage::open();
    let names = |stage: &Stage| stage.room.not_heard().map(|who| who.id).collect::<Vec<_>>();
    assert_eq!(names(&stage), [rasa().id, vilma().id], "facilitators are not waited for");
    stage.done(&rasa(), say("Labas"));
    stage.done(&jonas(), Command::GiveFloor { person: vilma().id });
    assert_eq!(names(&stage), []);
    stage.done(&vilma(), Command::FinishFloor {});
    assert_eq!(names(&stage), []);
}

#[test]
fn steps_are_put_aside_and_moved_as_long_as_they_have_not_begun() {
    let mut stage = Stage::open();
    let (first, second) = (step(11, 10).id, step(12, 5).id);
    stage.done(&jonas(), Command::MoveStep { step: second, before: Some(first) });
    assert_eq!(stage.room.next_step().unwrap().id, second);
    stage.nothing(&jonas(), Command::MoveStep { step: second, before: Some(first) });
    stage.done(&jonas(), Command::SkipStep { step: second });
    assert_eq!(stage.room.next_step().unwrap().id, first);
    stage.done(&jonas(), Command::NextStep {});
    stage.refused(&jonas(), Command::SkipStep { step: first }, Code::StepGone);
    stage.refused(&jonas(), Command::MoveStep { step: second, before: Some(first) }, Code::StepGone);
    stage.refused(&rasa(), Command::SkipStep { step: second }, Code::Forbidden);
    stage.done(&jonas(), Command::StartStep { step: second });
    assert!(!stage.room.step(second).unwrap().skipped, "what is started is not put aside");
}

#[test]
fn a_floor_of_before_times_were_counted_is_read_and_counts_nothing() {
    let mut room = Room::default();
    for event in [
        r#"{"floor_given":{"person":"00000000-0000-0000-0000-000000000002","at":1000}}"#,
        r#"{"floor_finished":{"person":"00000000-0000-0000-0000-000000000002"}}"#,
    ] {
        evolve(&mut room, &serde_json::from_str(event).unwrap());
    }
    assert_eq!((room.floor, room.airtime.len()), (None, 0));
}
