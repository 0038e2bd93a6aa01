//! Polls over real sockets: what is sealed reaches nobody, what is anonymous is tied to nobody, and each vote counts once.

use db::sql;
use model::{
    ids::*,
    live::{Choice, Command, Event, NewPoll, Poll, PollCommand, PollEvent, PollKind, PollState, poll_id},
    refusal::Code,
    time::Timestamp,
    words::{Line, Prose},
};
use server::live::{Settings, append};
use uuid::Uuid;

use crate::{
    both,
    live_client::{LiveClient, command_id},
    stand::{EGLE, JONAS, RASA, Stand, TOMAS, headers, person},
};

fn asked(kind: PollKind, options: &[&str]) -> NewPoll {
    NewPoll {
        question: Line::new("Kurią kryptį renkamės?").unwrap(),
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

fn answer(poll: PollId, text: &str) -> Command {
    Command::Poll(PollCommand::Vote { poll, picks: Vec::new(), text: Some(Prose::new(text).unwrap()) })
}

fn close(poll: PollId) -> Command {
    Command::Poll(PollCommand::Close { poll })
}

async fn ask(jonas: &mut LiveClient, new: NewPoll) -> PollId {
    let id = jonas.ask(Command::Poll(PollCommand::Ask(new))).await;
    jonas.until(|jonas| jonas.done.contains_key(&id) || jonas.refused.contains_key(&Some(id))).await;
    assert!(jonas.done.contains_key(&id), "{:?}", jonas.refused);
    poll_id(person(JONAS), id)
}

async fn opened(client: &mut LiveClient, poll: PollId) {
    client.until(|client| client.room.polls.get(poll).is_some()).await;
}

async fn closed(client: &mut LiveClient, poll: PollId) -> Poll {
    client.until(|client| client.room.polls.get(poll).is_some_and(|poll| poll.state == PollState::Closed)).await;
    client.room.polls.get(poll).unwrap().clone()
}

/// Jonas, Rasa, Tomas, Eglė and one more, all of them counted as present.
async fn five(stand: &Stand) -> Vec<LiveClient> {
    let mut all = Vec::new();
    for number in [JONAS, RASA, TOMAS, EGLE, 5] {
        all.push(stand.join(number).await);
    }
    let here = |client: &LiveClient| client.room.people.values().filter(|attendee| attendee.here).count() >= 5;
    for client in &mut all {
        client.until(here).await;
    }
    all
}

async fn ballots(stand: &Stand) -> Vec<(String, String, String, String)> {
    let mut tx = stand.fresh.db.read().await.unwrap();
    sql!("select poll, key, session, choice from ballots order by key").all(&mut tx).await.unwrap()
}

both!(sealed_choices_and_counts_reach_nobody_but_their_own_before_the_closing, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let mut jonas = stand.join(JONAS).await;
    let (mut rasa, mut tomas) = (stand.join(RASA).await, stand.join(TOMAS).await);
    let poll = ask(&mut jonas, NewPoll { sealed: true, ..asked(PollKind::Single, &["Skaitymas", "Rašymas"]) }).await;
    opened(&mut rasa, poll).await;
    opened(&mut tomas, poll).await;
    rasa.done(vote(poll, &[1])).await;
    tomas.done(vote(poll, &[0])).await;
    rasa.done(vote(poll, &[0])).await;
    rasa.done(vote(poll, &[0])).await;
    // Everyone hears that all of them took part; who comes anew hears no more than that.
    let voted = |client: &LiveClient| client.room.polls.get(poll).unwrap().voted.len() == 2;
    let mut egle = stand.join(EGLE).await;
    let mut again = stand.join(JONAS).await;
    for client in [&mut jonas, &mut tomas, &mut egle, &mut again] {
        client.until(voted).await;
    }
    for client in [&jonas, &egle, &again] {
        assert!(client.heard.iter().all(|frame| !frame.contains("picks") && !frame.contains("counts")));
    }
    // One's own comes back, and with a fresh room too; a repeat of it was nothing.
    let mine = |client: &LiveClient| {
        let of = client.you.as_ref().unwrap().id;
        let choices = &client.room.polls.get(poll).unwrap().choices;
        assert!(choices.keys().all(|one| *one == of), "only one's own");
        choices.get(&of).map(|choice| choice.picks.clone())
    };
    assert_eq!((mine(&rasa), mine(&tomas), mine(&egle)), (Some(vec![0]), Some(vec![0]), None));
    let mut fresh = stand.join(RASA).await;
    fresh.until(voted).await;
    assert_eq!(mine(&fresh), Some(vec![0]));
    let told = stand.payloads().await.iter().filter(|payload| payload.contains("voted")).count();
    assert_eq!(told, 3);

    jonas.done(close(poll)).await;
    for client in [&mut jonas, &mut rasa, &mut tomas, &mut egle, &mut fresh] {
        let poll = closed(client, poll).await;
        let results = poll.results.clone().unwrap();
        assert_eq!((results.counts, results.voted), (vec![2, 0], 2));
        assert_eq!(poll.choices.len(), 2, "now who chose what is shown");
    }
    assert_eq!(tomas.refused(vote(poll, &[1])).await, Code::PollClosed);
    let elsewhere = PollId::from_uuid(Uuid::from_u128(9));
    assert_eq!(tomas.refused(vote(elsewhere, &[1])).await, Code::PollGone);
});

both!(an_anonymous_vote_is_a_row_that_nothing_ties_to_its_voter, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let mut all = five(&stand).await;
    let new = NewPoll { anonymous: true, ..asked(PollKind::Text, &[]) };
    let poll = ask(&mut all[0], new).await;
    let texts = ["Kiaunė", "Bebras", "Ūdra", "Vilkas"];
    for (client, text) in all.iter_mut().zip(texts) {
        opened(client, poll).await;
        client.done(answer(poll, text)).await;
        assert_eq!(client.refused(answer(poll, "Kitaip")).await, Code::PollVoted);
    }
    let before = ballots(&stand).await;
    assert_eq!(before.len(), 4);
    let whole = stand.payloads().await.join("\n");
    assert!(texts.iter().all(|text| !whole.contains(text)), "no event holds a choice");
    for client in &all {
        assert!(client.heard.iter().all(|frame| texts.iter().all(|text| !frame.contains(text))));
    }

    all[0].done(close(poll)).await;
    let mut shown = Vec::new();
    for client in &mut all {
        let poll = closed(client, poll).await;
        assert!(poll.choices.is_empty() && poll.voted.len() == 4);
        shown.push(poll.results.unwrap());
    }
    let mut sorted = shown[0].texts.clone();
    sorted.sort();
    assert_eq!(sorted, ["Bebras", "Kiaunė", "Vilkas", "Ūdra"]);
    assert!(shown.iter().all(|results| *results == shown[0]));

    // Of the row there is the poll, its session, the choice and a random key; once the poll is closed another one, so that no copy from
    // before tells which row was whose. The keys are unlike ids: no time is in them.
    let after = ballots(&stand).await;
    assert_eq!(after.len(), 4);
    let people: Vec<String> = [JONAS, RASA, TOMAS, EGLE, 5].iter().map(|number| person(*number).to_string()).collect();
    for (of, key, session, choice) in &after {
        assert_eq!((of.as_str(), session.as_str()), (poll.to_string().as_str(), stand.session.to_string().as_str()));
        assert!(before.iter().all(|(_, old, _, _)| old != key));
        assert!(key.len() == 32 && people.iter().all(|person| !choice.contains(person)));
    }
    let voted: Vec<String> =
        stand.payloads().await.into_iter().filter(|payload| payload.contains("\"voted\":{")).collect();
    assert_eq!(voted.len(), 4);
    for payload in voted {
        let Event::Poll(PollEvent::Voted { choice, .. }) = serde_json::from_str(&payload).unwrap() else { panic!() };
        assert_eq!(choice, None);
    }
});

both!(sixty_four_votes_at_once_from_one_person_have_one_effect, |kind| async move {
    let stand = Stand::new(kind, Settings { frames_burst: 200, ..Settings::default() }).await;
    let mut all = five(&stand).await;
    let poll = ask(&mut all[0], NewPoll { anonymous: true, ..asked(PollKind::Single, &["Taip", "Ne"]) }).await;
    let mut other = stand.join(RASA).await;
    opened(&mut all[1], poll).await;
    opened(&mut other, poll).await;
    // From two devices, and one of them with one id again and again.
    let id = command_id();
    all[1].ask_all((0..32).map(|number| vote(poll, &[number % 2]))).await;
    for _ in 0..32 {
        other.ask_as(id, vote(poll, &[1])).await;
    }
    all[1].until(|client| client.pending.is_empty()).await;
    other.until(|client| client.pending.is_empty()).await;
    assert_eq!(ballots(&stand).await.len(), 1);
    let voted = stand.payloads().await.iter().filter(|payload| payload.contains("\"voted\":{")).count();
    assert_eq!(voted, 1);

    // With names: dots beyond the cap are refused however many come at once, and the last vote stands.
    all[0].done(close(poll)).await;
    let dots = NewPoll { each: 3, per_option: 2, ..asked(PollKind::Dots, &["Poros", "Ratas"]) };
    let poll = ask(&mut all[0], dots).await;
    opened(&mut all[1], poll).await;
    all[1].ask_all((0..63).map(|number| vote(poll, &[number % 4, number % 3]))).await;
    all[1].until(|client| client.pending.is_empty()).await;
    all[1].done(vote(poll, &[2, 1])).await;
    let known = all[1].room.polls.get(poll).unwrap();
    assert_eq!((known.choices.len(), known.counts()), (1, Some(vec![2, 1])));
    let over = all[1].events.values().flatten().any(|event| {
        let Event::Poll(PollEvent::Voted { choice: Some(Choice { picks, .. }), .. }) = event else { return false };
        picks.len() == 2 && (picks.iter().sum::<u32>() > 3 || picks.iter().any(|dots| *dots > 2))
    });
    assert!(!over);
});

both!(a_poll_goes_on_at_another_server_and_is_counted_by_whoever_opens_the_room, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let mut all = five(&stand).await;
    let anonymous = NewPoll { anonymous: true, ..asked(PollKind::Multiple, &["Taip", "Ne", "Galbūt"]) };
    let poll = ask(&mut all[0], anonymous).await;
    for client in &mut all[..3] {
        opened(client, poll).await;
        client.done(vote(poll, &[0, 2])).await;
    }
    let node = stand.another().await;
    for (client, number) in all.iter_mut().zip([JONAS, RASA, TOMAS, EGLE, 5]) {
        client.resume(node.address, &headers(number)).await.unwrap();
    }
    assert_eq!(all[1].refused(vote(poll, &[1])).await, Code::PollVoted);
    all[3].done(vote(poll, &[1])).await;
    drop(all);

    // A server dies between the end of the poll and its count.
    let ended = Event::Poll(PollEvent::Ended { poll, at: Timestamp(1), voters: 5 });
    let mut tx = stand.fresh.db.write().await.unwrap();
    assert!(append(&mut tx, stand.session, None, command_id(), &[ended], Timestamp(1)).await.unwrap());
    tx.commit().await.unwrap();
    node.rooms.wake(stand.session);
    let third = stand.another().await;
    let mut rasa = third.join(stand.session, RASA).await;
    let results = closed(&mut rasa, poll).await.results.unwrap();
    assert_eq!((results.counts, results.voted, results.voters), (vec![3, 1, 3], 4, 5));
    let closings = stand.payloads().await.iter().filter(|payload| payload.starts_with(r#"{"poll":{"closed""#)).count();
    assert_eq!(closings, 1);
});

both!(an_anonymous_poll_with_four_people_is_refused, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let mut jonas = stand.join(JONAS).await;
    let _three = (stand.join(RASA).await, stand.join(TOMAS).await, stand.join(EGLE).await);
    jonas.until(|jonas| jonas.here.len() == 4).await;
    let new = NewPoll { anonymous: true, ..asked(PollKind::Single, &["Taip", "Ne"]) };
    assert_eq!(jonas.refused(Command::Poll(PollCommand::Ask(new))).await, Code::PollFew);
    let code = Line::new("Ar 50001010006 turi ateiti?").unwrap();
    let new = NewPoll { question: code, ..asked(PollKind::Single, &["Taip", "Ne"]) };
    assert_eq!(jonas.refused(Command::Poll(PollCommand::Prepare(new))).await, Code::GuardCode);
    let new = asked(PollKind::Single, &["Taip", "Mokinio kodas 50001010006"]);
    assert_eq!(jonas.refused(Command::Poll(PollCommand::Prepare(new))).await, Code::GuardCode);
});

both!(time_closes_a_poll_for_everyone, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let (mut jonas, mut rasa) = (stand.join(JONAS).await, stand.join(RASA).await);
    let poll = ask(&mut jonas, NewPoll { seconds: Some(5), ..asked(PollKind::Scale, &[]) }).await;
    opened(&mut rasa, poll).await;
    rasa.done(vote(poll, &[5])).await;
    stand.later(6_000);
    stand.node.rooms.wake(stand.session);
    let results = closed(&mut rasa, poll).await.results.unwrap();
    assert_eq!(results.counts, [0, 0, 0, 0, 1]);
});
