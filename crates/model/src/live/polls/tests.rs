//! Tests of what people do with polls.

use super::*;
use crate::{
    live::{By, Command, Event, Participant, Standing, State, rehearsal::*},
    refusal::Code,
};

fn asked(kind: PollKind, options: &[&str]) -> NewPoll {
    NewPoll {
        question: Line::new("Ką renkamės?").unwrap(),
        kind,
        options: options.iter().map(|option| Line::new(option).unwrap()).collect(),
        each: 0,
        per_option: 0,
        sealed: false,
        anonymous: false,
        seconds: None,
        step: None,
    }
}

fn vote(poll: PollId, picks: &[u32]) -> Command {
    Command::Poll(PollCommand::Vote { poll, picks: picks.to_vec(), text: None })
}

fn say(poll: PollId, text: &str) -> Command {
    Command::Poll(PollCommand::Vote { poll, picks: Vec::new(), text: Some(Prose::new(text).unwrap()) })
}

fn ask(stage: &mut Stage, new: NewPoll) -> PollId {
    stage.done(&jonas(), Command::Poll(PollCommand::Ask(new)));
    poll_id(jonas().id, stage.last)
}

fn close(poll: PollId) -> Command {
    Command::Poll(PollCommand::Close { poll })
}

fn closed(stage: &mut Stage, poll: PollId) -> Results {
    stage.done(&jonas(), close(poll));
    stage.room.polls.get(poll).unwrap().results.clone().unwrap()
}

/// Jonas, Rasa and Vilma, and two more.
fn five(stage: &mut Stage) -> Vec<Participant> {
    let mut all = vec![jonas(), rasa(), vilma()];
    for number in [20, 21] {
        let one = person(number, "Mokytoja", Standing::Participant);
        stage.done(&one, Command::Arrive);
        all.push(one);
    }
    all
}

#[test]
fn the_last_vote_counts_and_a_repeat_of_it_is_nothing() {
    let mut stage = Stage::open();
    let poll = ask(&mut stage, asked(PollKind::Single, &["Taip", "Ne"]));
    stage.done(&rasa(), vote(poll, &[0]));
    stage.done(&rasa(), vote(poll, &[1]));
    assert_eq!(stage.ask(By::Person(&rasa()), &vote(poll, &[1])), Ok(vec![]));
    stage.done(&jonas(), vote(poll, &[0]));
    assert_eq!(stage.room.polls.get(poll).unwrap().counts(), Some(vec![1, 1]));
    let results = closed(&mut stage, poll);
    assert_eq!((results.counts, results.voted, results.voters), (vec![1, 1], 2, 3));
    stage.refused(&vilma(), vote(poll, &[0]), Code::PollClosed);
    let other = PollId::from_uuid(Uuid::from_u128(77));
    stage.refused(&vilma(), vote(other, &[0]), Code::PollGone);
}

#[test]
fn each_kind_counts_in_its_way_and_keeps_its_caps() {
    let mut stage = Stage::open();
    let three = ["a", "b", "c"];
    let poll = ask(&mut stage, NewPoll { each: 2, ..asked(PollKind::Multiple, &three) });
    stage.refused(&rasa(), vote(poll, &[0, 1, 2]), Code::PollCap);
    stage.refused(&rasa(), vote(poll, &[0, 0]), Code::FieldWrong);
    stage.refused(&rasa(), vote(poll, &[3]), Code::FieldWrong);
    stage.refused(&rasa(), vote(poll, &[]), Code::FieldNeeded);
    stage.done(&rasa(), vote(poll, &[2, 0]));
    assert_eq!(closed(&mut stage, poll).counts, [1, 0, 1]);

    let poll = ask(&mut stage, NewPoll { each: 4, ..asked(PollKind::Scale, &[]) });
    stage.refused(&rasa(), vote(poll, &[0]), Code::FieldWrong);
    stage.refused(&rasa(), vote(poll, &[5]), Code::FieldWrong);
    stage.refused(&rasa(), vote(poll, &[1, 2]), Code::PollCap);
    stage.done(&rasa(), vote(poll, &[4]));
    assert_eq!(closed(&mut stage, poll).counts, [0, 0, 0, 1]);

    let poll = ask(&mut stage, asked(PollKind::Ranking, &three));
    stage.refused(&rasa(), vote(poll, &[0, 1]), Code::FieldWrong);
    stage.refused(&rasa(), vote(poll, &[0, 1, 1]), Code::FieldWrong);
    stage.done(&rasa(), vote(poll, &[2, 0, 1]));
    stage.done(&vilma(), vote(poll, &[2, 1, 0]));
    assert_eq!(closed(&mut stage, poll).counts, [3, 3, 6]);

    let poll = ask(&mut stage, NewPoll { each: 3, per_option: 2, ..asked(PollKind::Dots, &three) });
    stage.refused(&rasa(), vote(poll, &[3, 0, 0]), Code::PollCap);
    stage.refused(&rasa(), vote(poll, &[2, 2, 0]), Code::PollCap);
    stage.refused(&rasa(), vote(poll, &[u32::MAX, 0, 0]), Code::PollCap);
    stage.refused(&rasa(), vote(poll, &[0, 0, 0]), Code::FieldNeeded);
    stage.refused(&rasa(), vote(poll, &[1, 1]), Code::FieldWrong);
    stage.done(&rasa(), vote(poll, &[2, 0, 1]));
    assert_eq!(closed(&mut stage, poll).counts, [2, 0, 1]);

    let poll = ask(&mut stage, asked(PollKind::Text, &[]));
    stage.refused(&rasa(), vote(poll, &[0]), Code::FieldNeeded);
    stage.refused(&rasa(), say(poll, "Rašykite man 50001010006"), Code::GuardCode);
    stage.done(&rasa(), say(poll, "Daugiau laiko."));
    assert_eq!(closed(&mut stage, poll).voted, 1);
}

#[test]
fn only_who_takes_part_votes_and_only_who_leads_asks() {
    let mut stage = Stage::open();
    let new = asked(PollKind::Single, &["Taip", "Ne"]);
    stage.refused(&rasa(), Command::Poll(PollCommand::Ask(new.clone())), Code::Forbidden);
    let poll = ask(&mut stage, new.clone());
    stage.refused(&darius(), vote(poll, &[0]), Code::Forbidden);
    stage.refused(&rasa(), close(poll), Code::Forbidden);
    stage.refused(&jonas(), Command::Poll(PollCommand::Ask(new)), Code::PollOpen);
    let twice = asked(PollKind::Single, &["Taip", "Taip"]);
    stage.refused(&jonas(), Command::Poll(PollCommand::Prepare(twice)), Code::FieldWrong);
    let one = asked(PollKind::Single, &["Taip"]);
    stage.refused(&jonas(), Command::Poll(PollCommand::Prepare(one)), Code::NumberRange);
}

#[test]
fn a_poll_is_prepared_before_the_session_and_nobody_else_sees_it() {
    let mut stage = Stage::open();
    stage.room.state = State::Planned;
    let new = asked(PollKind::Single, &["Taip", "Ne"]);
    stage.done(&jonas(), Command::Poll(PollCommand::Prepare(new)));
    let poll = poll_id(jonas().id, stage.last);
    let open = Command::Poll(PollCommand::Open { poll });
    stage.refused(&jonas(), open.clone(), Code::SessionState);
    stage.refused(&rasa(), vote(poll, &[0]), Code::SessionState);
    assert!(stage.room.shown_to(&rasa()).polls.all.is_empty());
    stage.room.state = State::Open;
    stage.refused(&rasa(), vote(poll, &[0]), Code::PollGone);
    stage.done(&jonas(), open.clone());
    assert_eq!(stage.room.shown_to(&rasa()).polls.all.len(), 1);
    assert_eq!(stage.room.polls.shown, Some(poll));
    assert_eq!(stage.ask(By::Person(&jonas()), &open), Ok(vec![]), "two who open it at once mean the same");
}

#[test]
fn a_sealed_poll_shows_no_choice_and_no_count_to_anybody_before_it_has_closed() {
    let mut stage = Stage::open();
    let poll = ask(&mut stage, NewPoll { sealed: true, ..asked(PollKind::Single, &["Taip", "Ne"]) });
    let voted = stage.ask(By::Person(&rasa()), &vote(poll, &[1])).unwrap().remove(0);
    for viewer in [jonas(), vilma(), darius()] {
        let shown = stage.room.shown_to(&viewer);
        assert!(shown.polls.get(poll).unwrap().choices.is_empty());
        assert_eq!(shown.polls.get(poll).unwrap().counts(), None);
        assert!(shown.polls.get(poll).unwrap().by_team(&shown).is_empty());
        assert!(shown.polls.get(poll).unwrap().voted.contains(&rasa().id));
        let shown = voted.shown_to(&stage.room, &viewer);
        assert!(!format!("{shown:?}").contains("picks"), "{shown:?}");
    }
    assert_eq!(stage.room.shown_to(&rasa()).polls.get(poll).unwrap().choices.len(), 1);
    assert!(stage.room.has_for(rasa().id) && !stage.room.has_for(jonas().id));
    let results = closed(&mut stage, poll);
    assert_eq!(results.counts, [0, 1]);
    let shown = stage.room.shown_to(&vilma());
    let teams = shown.polls.get(poll).unwrap().by_team(&shown);
    assert_eq!((teams.len(), &*teams[0].team.name, teams[0].counts.as_slice()), (1, "Ąžuolas", [0, 1].as_slice()));
}

#[test]
fn an_anonymous_poll_needs_five_voters_and_its_events_hold_no_choice() {
    let mut stage = Stage::open();
    let new = NewPoll { anonymous: true, ..asked(PollKind::Single, &["Taip", "Ne"]) };
    stage.refused(&jonas(), Command::Poll(PollCommand::Ask(new.clone())), Code::PollFew);
    let all = five(&mut stage);
    let poll = ask(&mut stage, new);
    assert!(stage.room.polls.get(poll).unwrap().sheet.sealed);
    let mut ballots = Vec::new();
    for (index, who) in all[..4].iter().enumerate() {
        let command = vote(poll, &[u32::from(index != 0)]);
        ballots.push(ballot(&stage.room, &command).unwrap().choice);
        let events = stage.ask(By::Person(who), &command).unwrap();
        assert_eq!(events, [Event::Poll(PollEvent::Voted { poll, by: who.id, choice: None })]);
        stage.refused(who, vote(poll, &[0]), Code::PollVoted);
    }
    stage.done(&jonas(), close(poll));
    stage.refused(&all[4], vote(poll, &[0]), Code::PollClosed);
    assert_eq!(stage.room.polls.counting(), Some(poll));
    let count = Command::Poll(PollCommand::Count { poll, ballots });
    stage.refused(&jonas(), count.clone(), Code::Forbidden);
    stage.ask(By::Clock, &count).unwrap();
    assert_eq!(stage.ask(By::Clock, &count), Ok(vec![]), "counted once");
    let known = stage.room.polls.get(poll).unwrap();
    let results = known.results.clone().unwrap();
    assert_eq!((results.counts, results.voted, results.voters), (vec![1, 3], 4, 5));
    assert!(known.choices.is_empty() && known.by_team(&stage.room).is_empty());
}

#[test]
fn what_two_people_chose_anonymously_is_not_told() {
    let mut stage = Stage::open();
    let all = five(&mut stage);
    let poll = ask(&mut stage, NewPoll { anonymous: true, ..asked(PollKind::Text, &[]) });
    for who in &all[..2] {
        stage.done(who, say(poll, "Nežinau."));
    }
    stage.done(&jonas(), Command::Close {});
    let ballots = vec![Choice { picks: Vec::new(), text: Some("Nežinau.".into()) }; 2];
    stage.ask(By::Clock, &Command::Poll(PollCommand::Count { poll, ballots })).unwrap();
    let results = stage.room.polls.get(poll).unwrap().results.clone().unwrap();
    assert!(results.withheld && results.texts.is_empty());
    assert_eq!((results.voted, results.voters), (2, 5));
}

#[test]
fn the_clock_ends_a_poll_and_takes_no_vote_after_its_time() {
    let mut stage = Stage::open();
    let poll = ask(&mut stage, NewPoll { seconds: Some(5), ..asked(PollKind::Single, &["Taip", "Ne"]) });
    let due = stage.room.next_due(SESSION).unwrap();
    assert_eq!(due.command, close(poll));
    assert_eq!(stage.ask(By::Clock, &due.command), Ok(vec![]), "not yet");
    stage.done(&rasa(), vote(poll, &[0]));
    stage.seconds += 5;
    stage.refused(&vilma(), vote(poll, &[0]), Code::PollClosed);
    assert_eq!(stage.ask(By::Clock, &due.command).unwrap().len(), 1);
    assert_eq!(stage.room.next_due(SESSION), None);
}
