//! Groups of a session over real sockets: rooms of their own, led from the main one.

use db::sql;
use model::{
    ids::*,
    live::{BreakoutCommand, Command, NewBreakout, NewPoll, PollCommand, PollState, State, breakout_id},
    refusal::Code,
    words::Line,
};
use server::live::Settings;

use crate::{
    both,
    live_client::{LiveClient, line},
    stand::{EGLE, JONAS, NERIJUS, RASA, Stand, TOMAS, person},
};

const MINUTE: i64 = 60_000;

fn group(title: &str, people: &[u128]) -> NewBreakout {
    NewBreakout { title: Line::new(title).unwrap(), people: people.iter().map(|number| person(*number)).collect() }
}

fn ask(command: BreakoutCommand) -> Command {
    Command::Breakouts(command)
}

fn open(minutes: u32) -> Command {
    let groups = vec![group("Pirma grupė", &[RASA]), group("Antra grupė", &[TOMAS, EGLE])];
    ask(BreakoutCommand::Open { groups, minutes })
}

/// Jonas, Rasa, Tomas and Eglė in the main room, and the ids of two groups.
async fn grouped(stand: &Stand) -> (Vec<LiveClient>, [SessionId; 2]) {
    let mut all = Vec::new();
    for number in [JONAS, RASA, TOMAS, EGLE] {
        all.push(stand.join(number).await);
    }
    let jonas = &mut all[0];
    jonas.until(|jonas| jonas.room.people.len() == 4).await;
    let id = jonas.ask(open(10)).await;
    jonas.until(|jonas| jonas.done.contains_key(&id)).await;
    (all, [0, 1].map(|number| breakout_id(person(JONAS), id, number)))
}

async fn rows(stand: &Stand) -> Vec<(String, String, String)> {
    let mut tx = stand.fresh.db.read().await.unwrap();
    sql!("select title, state, parent_id from sessions where parent_id is not null order by title desc")
        .all(&mut tx)
        .await
        .unwrap()
}

async fn count(stand: &Stand, session: SessionId, like: &str) -> i64 {
    let mut tx = stand.fresh.db.read().await.unwrap();
    sql!("select count(*) from session_events where session = $1 and payload like $2", session, like)
        .one(&mut tx)
        .await
        .unwrap()
}

both!(a_group_has_a_room_of_its_own_and_what_is_said_there_stays_there, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let (mut all, [first, second]) = grouped(&stand).await;
    let main = stand.session.to_string();
    let expected = [("Pirma grupė", "open"), ("Antra grupė", "open")];
    let found = rows(&stand).await;
    assert_eq!(found, expected.map(|(title, state)| (title.to_owned(), state.to_owned(), main.clone())));
    all[1].until(|rasa| rasa.room.in_groups().is_some()).await;
    assert_eq!(all[1].room.in_groups().unwrap().of(person(RASA)).unwrap().session, first);

    let (mut rasa, mut tomas, mut egle) =
        (stand.node.join(first, RASA).await, stand.node.join(second, TOMAS).await, stand.node.join(second, EGLE).await);
    assert_eq!(rasa.room.in_groups().unwrap().main, Some(stand.session));
    assert_eq!(rasa.room.current_step().unwrap().ends_at, Some(all[0].room.breakouts.as_ref().unwrap().ends_at));
    tomas.done(line("Tik mums dviem.")).await;
    egle.until(|egle| egle.texts() == ["Tik mums dviem."]).await;
    all[0].done(line("Visiems.")).await;
    rasa.done(line("Esu viena.")).await;
    assert_eq!((rasa.texts(), all[0].texts()), (vec!["Esu viena.".to_owned()], vec!["Visiems.".to_owned()]));
    assert!(LiveClient::join(stand.node.address, first, &crate::stand::headers(NERIJUS)).await.is_err());
});

both!(groups_are_extended_warned_and_called_back_together, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let (mut all, [first, second]) = grouped(&stand).await;
    let mut rasa = stand.node.join(first, RASA).await;
    let mut tomas = stand.node.join(second, TOMAS).await;
    all[0].done(ask(BreakoutCommand::Extend { minutes: 5 })).await;
    let end = all[0].room.in_groups().unwrap().ends_at;
    for client in [&mut rasa, &mut tomas] {
        client.until(|client| client.room.current_step().is_some_and(|step| step.ends_at == Some(end))).await;
    }
    all[0].done(ask(BreakoutCommand::Move { person: person(EGLE), to: Some(first) })).await;
    rasa.until(|rasa| rasa.room.in_groups().unwrap().of(person(EGLE)).is_some_and(|group| group.session == first))
        .await;

    stand.later(13 * MINUTE);
    stand.node.rooms.wake(stand.session);
    rasa.until(|rasa| rasa.room.in_groups().is_some_and(|state| state.warned)).await;
    tomas.until(|tomas| tomas.room.in_groups().is_some_and(|state| state.warned)).await;
    assert_eq!(rasa.room.state, State::Open);
    // What is open in a group when it is called back is closed with it, and counted.
    let poll: NewPoll = serde_json::from_value(serde_json::json!({
        "question": "Ar spėjote?", "kind": "single", "options": ["Taip", "Ne"]
    }))
    .unwrap();
    assert_eq!(tomas.refused(Command::Poll(PollCommand::Ask(poll.clone()))).await, Code::Forbidden);
    let mut jonas = stand.node.join(second, JONAS).await;
    jonas.done(Command::Poll(PollCommand::Ask(poll))).await;
    stand.later(2 * MINUTE);
    stand.node.rooms.wake(stand.session);
    for client in [&mut rasa, &mut tomas, &mut jonas] {
        client.until(|client| client.room.state == State::Closed).await;
        assert!(client.room.in_groups().is_none());
    }
    assert_eq!(jonas.room.polls.all[0].state, PollState::Closed);
    all[0].until(|jonas| jonas.room.in_groups().is_none()).await;
    assert_eq!(all[0].room.state, State::Open);
    assert!(rows(&stand).await.iter().all(|(_, state, _)| state == "closed"));
    assert_eq!(count(&stand, first, "%breakouts%closed%").await, 1);
    assert_eq!(all[0].refused(ask(BreakoutCommand::Close {})).await, Code::BreakoutsClosed);
});

both!(a_main_room_that_everyone_left_still_calls_the_groups_back, |kind| async move {
    let settings = Settings { leave_after: std::time::Duration::from_millis(20), ..Settings::default() };
    let stand = Stand::new(kind, settings).await;
    let (all, [first, _]) = grouped(&stand).await;
    let mut rasa = stand.node.join(first, RASA).await;
    drop(all);
    // Everyone has left: the main room is open for the group alone.
    let left = async {
        while count(&stand, stand.session, r#"{"left"%"#).await < 4 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), left).await.unwrap();
    stand.later(10 * MINUTE);
    stand.node.rooms.wake(stand.session);
    rasa.until(|rasa| rasa.room.state == State::Closed).await;
});

both!(groups_outlive_a_server_that_dies, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let (all, [first, second]) = grouped(&stand).await;
    drop(all);
    stand.node.stop();
    let node = stand.another().await;
    let mut rasa = node.join(first, RASA).await;
    rasa.done(line("Tęsiame.")).await;
    stand.later(10 * MINUTE);
    node.rooms.wake(stand.session);
    rasa.until(|rasa| rasa.room.state == State::Closed).await;
    let tomas = node.join(second, TOMAS).await;
    assert_eq!(tomas.room.state, State::Closed);
    let jonas = node.join(stand.session, JONAS).await;
    assert!(jonas.room.breakouts.as_ref().unwrap().closed);
    // What the main room stored and what the groups were told is one transaction: each group has each event once.
    for kind in ["opened", "warned", "closed"] {
        let like = format!(r#"{{"breakouts":{{"{kind}"%"#);
        for session in [stand.session, first, second] {
            assert_eq!(count(&stand, session, &like).await, 1, "{kind}");
        }
    }
});

both!(groups_begin_once_however_often_they_are_asked_for, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let (mut all, _) = grouped(&stand).await;
    let (id, command) = (crate::live_client::command_id(), ask(BreakoutCommand::Close {}));
    for _ in 0..3 {
        all[0].ask_as(id, command.clone()).await;
    }
    all[0].until(|jonas| jonas.room.in_groups().is_none()).await;
    let again = all[0].ask(open(5)).await;
    all[0].ask_as(again, open(5)).await;
    all[0].until(|jonas| jonas.pending.is_empty()).await;
    assert_eq!(rows(&stand).await.len(), 4);
    assert_eq!(all[1].refused(open(5)).await, Code::Forbidden);
});
