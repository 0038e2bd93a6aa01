//! Rehearsals of hybrid rooms: Rasa's laptop stands for Tomas too.

use super::{
    rehearsal::{Stage, jonas, person, rasa, team_of_rasa, vilma},
    *,
};
use crate::{ids::*, refusal::Code, time::Timestamp};

fn tomas() -> PersonId {
    team_of_rasa().people[1].0
}

fn seat(people: &[PersonId]) -> Command {
    let of_team = |(id, name): (PersonId, String)| Participant { id, name, ..rasa() };
    Command::Seat { people: people.to_vec(), cards: team_of_rasa().people.into_iter().map(of_team).collect() }
}

/// Rasa, with Tomas beside her.
fn together() -> Stage {
    let mut stage = Stage::open();
    let bring = Command::Bring { actions: Vec::new(), owners: vec![team_of_rasa()], reminders: Vec::new() };
    stage.ask(By::Clock, &bring).unwrap();
    stage.done(&rasa(), seat(&[tomas()]));
    stage
}

fn ask(stage: &mut Stage) -> PollId {
    let json =
        serde_json::json!({ "question": "Ar tinka?", "kind": "single", "options": ["Taip", "Ne"], "sealed": true });
    stage.done(&jonas(), Command::Poll(PollCommand::Ask(serde_json::from_value(json).unwrap())));
    poll_id(jonas().id, stage.last)
}

fn vote(poll: PollId, pick: u32) -> Command {
    Command::Poll(PollCommand::Vote { poll, picks: vec![pick], text: None })
}

#[test]
fn who_sits_with_somebody_is_here_like_everyone_and_votes_for_themselves() {
    let mut stage = together();
    let here = &stage.room.people.get(&tomas()).unwrap();
    assert_eq!((here.here, here.with, here.who.role), (true, Some(rasa().id), Standing::Participant));
    assert_eq!(here.who.team, rasa().team);
    assert!(stage.room.not_heard().any(|who| who.id == tomas()));
    stage.nothing(&rasa(), seat(&[tomas()]));

    let poll = ask(&mut stage);
    stage.done(&rasa(), vote(poll, 0));
    stage.ask(By::For(&rasa(), tomas()), &vote(poll, 1)).unwrap();
    let known = stage.room.polls.get(poll).unwrap();
    assert_eq!((known.voted.len(), known.choices.len()), (2, 2));
    let shown = stage.room.shown_to(&rasa());
    let own: Vec<&PersonId> = shown.polls.get(poll).unwrap().choices.keys().collect();
    assert_eq!(own, [&rasa().id], "what another chose is not shown back");
    stage.done(&jonas(), Command::Poll(PollCommand::Close { poll }));
    let results = stage.room.polls.get(poll).unwrap().results.clone().unwrap();
    assert_eq!((results.counts, results.voted, results.voters), (vec![1, 1], 2, 4));
}

#[test]
fn for_another_one_votes_and_speaks_and_nothing_else() {
    let mut stage = together();
    let by = &rasa();
    stage.ask(By::For(by, tomas()), &Command::RaiseHand {}).unwrap();
    assert_eq!(stage.room.queue(), [tomas()]);
    stage.done(&jonas(), Command::NextHand {});
    stage.ask(By::For(by, tomas()), &Command::FinishFloor {}).unwrap();
    let text = crate::words::Prose::new("Labas").unwrap();
    for command in [
        Command::Say { text, reply_to: None },
        Command::LowerHand { person: Some(by.id) },
        Command::Close {},
        Command::Arrive,
        Command::Remove { person: by.id },
        seat(&[]),
    ] {
        assert_eq!(stage.ask(By::For(by, tomas()), &command), Err(Code::Forbidden), "{command:?}");
    }
    let poll = ask(&mut stage);
    for (host, whom) in [(&vilma(), tomas()), (by, vilma().id), (by, by.id), (&jonas(), tomas())] {
        assert_eq!(stage.ask(By::For(host, whom), &vote(poll, 0)), Err(Code::Forbidden), "they do not sit together");
    }
}

#[test]
fn only_ones_own_team_sits_at_ones_device() {
    let mut stage = together();
    let other = person(40, "Iš kitur", Standing::Participant).id;
    stage.refused(&rasa(), seat(&[tomas(), other]), Code::FieldWrong);
    stage.refused(&rasa(), seat(&[rasa().id]), Code::FieldWrong);
    stage.refused(&vilma(), seat(&[tomas()]), Code::Forbidden);
    stage.refused(&rasa(), seat(&[tomas(); SEATS_MAX + 1]), Code::TooMany);
    // Of the team, and yet not to sit here.
    let new = Participant { team: rasa().team, ..person(40, "Naujokė", Standing::Facilitator) };
    let observer = Participant { team: rasa().team, ..person(41, "Stebėtoja", Standing::Observer) };
    let cards = vec![new.clone(), observer.clone()];
    let both = Command::Seat { people: vec![new.id, observer.id], cards: cards.clone() };
    stage.refused(&rasa(), both, Code::FieldWrong);
    stage.refused(&rasa(), Command::Seat { people: vec![tomas()], cards: cards.clone() }, Code::FieldWrong);
    stage.done(&rasa(), Command::Seat { people: vec![new.id], cards });
    let seated: Vec<&Participant> = stage.room.seated(rasa().id).collect();
    assert_eq!((seated.len(), seated[0].id, seated[0].role), (1, new.id, Standing::Participant));
    assert!(!stage.room.is_here(tomas()), "the list is the whole of them");
}

#[test]
fn a_device_of_their_own_wins() {
    let mut stage = together();
    let own = Participant { id: tomas(), ..rasa() };
    stage.done(&own, Command::Arrive);
    assert_eq!(stage.room.people.get(&tomas()).unwrap().with, None);
    assert_eq!(stage.ask(By::For(&rasa(), tomas()), &Command::RaiseHand {}), Err(Code::Forbidden));
    stage.nothing(&rasa(), seat(&[tomas()]));
    stage.nothing(&rasa(), seat(&[]));
    stage.nothing(&own, Command::Arrive);
    assert!(stage.room.is_here(tomas()));
}

#[test]
fn all_leave_with_the_device_at_one_instant_and_nobody_before_they_came() {
    let mut stage = together();
    let since = stage.room.people.get(&tomas()).unwrap().since;
    let at = since.plus(crate::time::Millis::minutes(1));
    let left = |person, at| Event::Left { person, at };
    let events = stage.ask(By::Person(&rasa()), &Command::Leave { at }).unwrap();
    assert_eq!(events, [left(tomas(), at), left(rasa().id, at)]);
    stage.refused(&rasa(), seat(&[tomas()]), Code::Forbidden);

    stage.done(&rasa(), Command::Arrive);
    stage.done(&rasa(), seat(&[tomas()]));
    let since = stage.room.people.get(&tomas()).unwrap().since;
    let events = stage.ask(By::Person(&rasa()), &Command::Leave { at: Timestamp(since.ms() - 1) }).unwrap();
    assert_eq!(events[0], left(tomas(), since));

    stage.done(&rasa(), Command::Arrive);
    stage.done(&rasa(), seat(&[tomas()]));
    stage.done(&rasa(), Command::Remove { person: rasa().id });
    assert!(!stage.room.is_here(tomas()) && !stage.room.is_here(rasa().id));
}
