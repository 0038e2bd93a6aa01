//! Tests of what people do with agreements.

use super::*;
use crate::{
    live::{By, Command, Event, Participant, Standing, TeamCard, rehearsal::*},
    refusal::Code,
    words::Prose,
};

fn new(text: &str) -> NewAgreement {
    NewAgreement {
        text: Prose::new(text).unwrap(),
        owner: None,
        from: None,
        review: None,
        teams: false,
        quorum: 0,
        replaces: None,
    }
}

fn ask(command: AgreementCommand) -> Command {
    Command::Agreement(command)
}

fn put(stage: &mut Stage, new: NewAgreement) -> AgreementId {
    stage.done(&rasa(), ask(AgreementCommand::Propose(new)));
    let agreement = agreement_id(rasa().id, stage.last);
    stage.done(&jonas(), ask(AgreementCommand::Open { agreement }));
    agreement
}

fn voice(agreement: AgreementId, voice: Stand) -> Command {
    let reason = (voice == Stand::Object).then(|| Prose::new("Per mažai laiko.").unwrap());
    ask(AgreementCommand::Voice { agreement, voice, reason })
}

fn close(agreement: AgreementId, reason: Option<&str>) -> Command {
    ask(AgreementCommand::Close { agreement, reason: reason.map(|reason| Prose::new(reason).unwrap()) })
}

fn outcome(stage: &Stage, agreement: AgreementId) -> Outcome {
    stage.room.agreement(agreement).unwrap().outcome.clone().unwrap()
}

fn tomas() -> Participant {
    Participant { team: rasa().team, ..person(9, "Tomas Balčiūnas", Standing::Participant) }
}

#[test]
fn an_objection_needs_a_reason_and_stands_in_the_way_until_it_is_taken_back() {
    let mut stage = Stage::open();
    let agreement = put(&mut stage, new("Telefonai pamokose – tik mokytojui leidus."));
    stage.refused(
        &vilma(),
        ask(AgreementCommand::Voice { agreement, voice: Stand::Object, reason: None }),
        Code::FieldNeeded,
    );
    stage.done(&vilma(), voice(agreement, Stand::Object));
    stage.done(&rasa(), voice(agreement, Stand::Agree));
    stage.nothing(&rasa(), voice(agreement, Stand::Agree));
    stage.refused(&jonas(), close(agreement, None), Code::AgreementObjections);
    stage.done(&vilma(), ask(AgreementCommand::Withdraw { agreement }));
    stage.nothing(&vilma(), ask(AgreementCommand::Withdraw { agreement }));
    stage.done(&vilma(), voice(agreement, Stand::Aside));
    stage.done(&jonas(), close(agreement, None));
    let outcome = outcome(&stage, agreement);
    assert!(outcome.adopted && outcome.reason.is_none() && outcome.objections.is_empty());
    assert_eq!(outcome.people, Tally { agree: 1, aside: 1, object: 0, of: 3 });
    stage.refused(&vilma(), voice(agreement, Stand::Agree), Code::AgreementClosed);
    stage.refused(&jonas(), ask(AgreementCommand::Drop { agreement }), Code::AgreementClosed);
}

#[test]
fn who_leads_adopts_it_over_an_objection_only_with_a_reason_that_is_kept() {
    let mut stage = Stage::open();
    let agreement = put(&mut stage, new("Renkamės kas dvi savaites."));
    stage.done(&rasa(), voice(agreement, Stand::Agree));
    stage.done(&vilma(), voice(agreement, Stand::Object));
    stage.done(&jonas(), close(agreement, Some("Išbandysime mėnesį.")));
    let outcome = outcome(&stage, agreement);
    assert!(outcome.adopted);
    assert_eq!(outcome.reason.as_deref(), Some("Išbandysime mėnesį."));
    assert_eq!(outcome.objections, [Objection { by: vilma().id, reason: "Per mažai laiko.".into() }]);
}

#[test]
fn without_a_quorum_or_anybody_who_agrees_it_does_not_come_about() {
    let mut stage = Stage::open();
    let agreement = put(&mut stage, NewAgreement { quorum: 67, ..new("Keičiame pamokų laiką.") });
    stage.done(&rasa(), voice(agreement, Stand::Agree));
    stage.done(&vilma(), voice(agreement, Stand::Agree));
    stage.done(&jonas(), close(agreement, None));
    assert!(!outcome(&stage, agreement).adopted, "two of three are less than 67 per cent");
    let agreement = put(&mut stage, new("Niekas nenori."));
    stage.done(&rasa(), voice(agreement, Stand::Aside));
    stage.done(&vilma(), voice(agreement, Stand::Aside));
    stage.done(&jonas(), close(agreement, None));
    assert!(!outcome(&stage, agreement).adopted);
    let agreement = put(&mut stage, new("Pamiršome užbaigti."));
    stage.done(&rasa(), voice(agreement, Stand::Agree));
    stage.done(&jonas(), Command::Close {});
    assert!(!outcome(&stage, agreement).adopted);
}

#[test]
fn a_team_objects_with_any_of_its_people_and_speaks_with_more_than_half_of_them() {
    let mut stage = Stage::open();
    stage.done(&tomas(), Command::Arrive);
    let other = TeamCard { id: TeamId::from_uuid(Uuid::from_u128(8)), name: "Beržas".into() };
    let egle = Participant { team: Some(other), ..person(21, "Eglė Šimkutė", Standing::Participant) };
    stage.done(&egle, Command::Arrive);
    let agreement = put(&mut stage, NewAgreement { teams: true, quorum: 100, ..new("Stebime viena kitos pamokas.") });
    let teams = |stage: &Stage| stage.room.agreement(agreement).unwrap().tally(&stage.room).1;
    assert_eq!(teams(&stage), Tally { of: 2, ..Tally::default() });
    stage.done(&rasa(), voice(agreement, Stand::Agree));
    assert_eq!(teams(&stage).agree, 0, "half of a team is not its voice");
    stage.done(&tomas(), voice(agreement, Stand::Object));
    assert_eq!(teams(&stage).object, 1);
    stage.done(&tomas(), voice(agreement, Stand::Aside));
    stage.done(&egle, voice(agreement, Stand::Aside));
    assert_eq!(teams(&stage), Tally { agree: 1, aside: 1, object: 0, of: 2 });
    stage.done(&jonas(), close(agreement, None));
    assert!(outcome(&stage, agreement).adopted);
}

#[test]
fn other_words_take_every_voice_back_and_keep_the_former_ones() {
    let mut stage = Stage::open();
    let agreement = put(&mut stage, new("Renkamės pirmadieniais."));
    stage.done(&vilma(), voice(agreement, Stand::Object));
    let amend = |text: &str| ask(AgreementCommand::Amend { agreement, text: Prose::new(text).unwrap() });
    stage.refused(&vilma(), amend("Renkamės antradieniais."), Code::Forbidden);
    stage.done(&rasa(), amend("Renkamės antradieniais."));
    stage.nothing(&jonas(), amend("Renkamės antradieniais."));
    let known = stage.room.agreement(agreement).unwrap();
    assert!(known.is_open() && known.voices.is_empty());
    assert_eq!(
        (&*known.paper.text, known.former.as_slice()),
        ("Renkamės antradieniais.", ["Renkamės pirmadieniais.".to_owned()].as_slice())
    );
    stage.done(&vilma(), voice(agreement, Stand::Agree));
    stage.done(&rasa(), voice(agreement, Stand::Agree));
    let Ok(events) = stage.ask(By::Person(&jonas()), &close(agreement, None)) else { panic!() };
    let [Event::Agreement(event)] = &events[..] else { panic!() };
    let AgreementEvent::Closed { paper, former, .. } = &**event else { panic!() };
    assert_eq!((&*paper.text, former.len()), ("Renkamės antradieniais.", 1));
}

#[test]
fn who_only_looks_on_says_nothing_and_only_who_leads_opens_and_closes() {
    let mut stage = Stage::open();
    stage.refused(&darius(), ask(AgreementCommand::Propose(new("Ne mano reikalas."))), Code::Forbidden);
    stage.done(&rasa(), ask(AgreementCommand::Propose(new("Renkamės."))));
    let agreement = agreement_id(rasa().id, stage.last);
    stage.refused(&rasa(), voice(agreement, Stand::Agree), Code::AgreementClosed);
    stage.refused(&rasa(), ask(AgreementCommand::Open { agreement }), Code::Forbidden);
    stage.done(&jonas(), ask(AgreementCommand::Open { agreement }));
    stage.nothing(&jonas(), ask(AgreementCommand::Open { agreement }));
    stage.refused(&darius(), voice(agreement, Stand::Agree), Code::Forbidden);
    stage.refused(&rasa(), close(agreement, None), Code::Forbidden);
    stage.refused(&vilma(), ask(AgreementCommand::Drop { agreement }), Code::Forbidden);
    let other = AgreementId::from_uuid(Uuid::from_u128(77));
    stage.refused(&rasa(), voice(other, Stand::Agree), Code::AgreementGone);
    stage.done(&rasa(), ask(AgreementCommand::Propose(new("Antras."))));
    let second = agreement_id(rasa().id, stage.last);
    stage.refused(&jonas(), ask(AgreementCommand::Open { agreement: second }), Code::AgreementOpen);
    stage.done(&rasa(), ask(AgreementCommand::Drop { agreement: second }));
    assert!(stage.room.agreement(second).is_none());
}

#[test]
fn a_proposal_is_refused_where_it_says_something_that_cannot_be() {
    let mut stage = Stage::open();
    let mut refused = |new: NewAgreement, code| stage.refused(&rasa(), ask(AgreementCommand::Propose(new)), code);
    refused(new("Skambinti Rasai, jos kodas 50001010006"), Code::GuardCode);
    refused(NewAgreement { quorum: 101, ..new("Renkamės.") }, Code::NumberRange);
    refused(
        NewAgreement { owner: Some(Owner::Team(TeamId::from_uuid(Uuid::from_u128(66)))), ..new("Renkamės.") },
        Code::FieldWrong,
    );
    let day = |text: &str| text.parse::<LocalDate>().ok();
    refused(NewAgreement { from: day("2026-12-02"), review: day("2026-12-01"), ..new("Renkamės.") }, Code::FieldWrong);
    refused(
        NewAgreement { replaces: Some(AgreementId::from_uuid(Uuid::from_u128(5))), ..new("Renkamės.") },
        Code::FieldWrong,
    );
    let long = serde_json::json!({"agreement": {"propose": {"text": "a".repeat(100_000)}}});
    assert!(serde_json::from_value::<Command>(long).is_err());
    let agreement = put(&mut stage, new("Renkamės."));
    let reason = Prose::new("Jos asmens kodas 50001010006");
    stage.refused(
        &rasa(),
        ask(AgreementCommand::Voice { agreement, voice: Stand::Object, reason: reason.clone() }),
        Code::GuardCode,
    );
    stage.refused(&jonas(), ask(AgreementCommand::Close { agreement, reason }), Code::GuardCode);
}
