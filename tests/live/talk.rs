//! What people see of one another.

use std::time::Duration;

use db::{sql, testing::Kind};
use model::{
    live::{Command, Event, State, message_id},
    refusal::Code,
    words::Prose,
};
use server::live::Settings;

use crate::{
    both,
    live_client::{command_id, line},
    stand::{EGLE, JONAS, NERIJUS, RASA, Stand, TOMAS, headers, person, step},
};

both!(everyone_hears_the_same_in_one_order, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let (mut rasa, mut tomas) = (stand.join(RASA).await, stand.join(TOMAS).await);
    let seq = rasa.done(line("Labas rytas.")).await;
    tomas.done(line("Sveiki.")).await;
    rasa.done(line("Pradėkime.")).await;
    tomas.until(|tomas| tomas.texts().len() == 3).await;
    assert_eq!(tomas.texts(), ["Labas rytas.", "Sveiki.", "Pradėkime."]);
    assert_eq!(rasa.room, tomas.room);
    assert!(matches!(&tomas.events[&seq], Some(Event::Said { .. })));
    let mut late = stand.join(EGLE).await;
    late.until(|late| late.room.people.len() == 3).await;
    assert_eq!(late.texts(), tomas.texts());
    let dense: Vec<i64> = (1..=late.seq).collect();
    assert_eq!(stand.seqs().await, dense);
});

both!(a_command_is_done_once_however_often_it_comes, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let (mut rasa, mut tomas) = (stand.join(RASA).await, stand.join(TOMAS).await);
    let id = command_id();
    for _ in 0..3 {
        rasa.ask_as(id, line("Kartą.")).await;
    }
    let after = rasa.done(line("Po to.")).await;
    let first = rasa.done[&id];
    assert_eq!(after, first + 1);

    // Forged: the id of another's command is another command.
    tomas.ask_as(id, line("Mano.")).await;
    tomas.until(|tomas| tomas.done.contains_key(&id)).await;
    assert_eq!(tomas.done[&id], after + 1);

    // A repeat that would now be refused, after a restart that forgot everything.
    let hand = command_id();
    rasa.ask_as(hand, Command::RaiseHand {}).await;
    rasa.until(|rasa| rasa.done.contains_key(&hand)).await;
    let node = stand.another().await;
    let mut again = node.join(stand.session, RASA).await;
    again.ask_as(hand, Command::RaiseHand {}).await;
    again.until(|again| again.done.contains_key(&hand)).await;
    assert_eq!(again.done[&hand], rasa.done[&hand]);
    again.ask_as(id, line("Kartą.")).await;
    again.until(|again| again.done.contains_key(&id)).await;
    assert_eq!(again.done[&id], first);
    assert_eq!(again.refused(Command::RaiseHand {}).await, Code::HandUp);
    assert_eq!(again.texts().iter().filter(|text| *text == "Kartą.").count(), 1);
});

both!(what_facilitators_note_reaches_nobody_else, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let (mut jonas, mut rasa) = (stand.join(JONAS).await, stand.join(RASA).await);
    let note = Command::NoteStep { step: step(11), text: Prose::new("Paklausti Tomo") };
    assert_eq!(rasa.refused(note.clone()).await, Code::Forbidden);
    let seq = jonas.done(note).await;
    rasa.until(|rasa| rasa.seq >= seq).await;
    assert_eq!(rasa.events[&seq], None);
    assert!(matches!(&jonas.events[&seq], Some(Event::StepNoted { .. })));
    let late = stand.join(TOMAS).await;
    assert_eq!(late.room.steps[0].note, None);
    let again = stand.join(JONAS).await;
    assert_eq!(again.room.steps[0].note.as_deref(), Some("Paklausti Tomo"));
});

both!(a_deleted_text_is_nowhere, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let mut rasa = stand.join(RASA).await;
    let tomas = stand.join(TOMAS).await;
    let id = rasa.ask(line("Slaptas tekstas")).await;
    rasa.until(|rasa| rasa.done.contains_key(&id)).await;
    let message = message_id(person(RASA), id);
    rasa.done(Command::Edit { message, text: Prose::new("Slaptesnis tekstas").unwrap() }).await;
    rasa.done(Command::Delete { message }).await;
    rasa.done(line("Kitas")).await;
    for payload in stand.payloads().await {
        assert!(!payload.contains("tekstas"), "{payload}");
    }
    // Whoever had not read it gets a room without it, and so does a server that opens it anew.
    let mut behind = stand.join(EGLE).await;
    let last = model::live::Position { epoch: tomas.epoch.clone(), seq: tomas.seq };
    behind.rooms = 0;
    behind.resume_from(stand.node.address, &headers(EGLE), Some(last.clone())).await.unwrap();
    assert_eq!(behind.rooms, 1);
    assert_eq!(behind.texts(), ["", "Kitas"]);
    let node = stand.another().await;
    let mut anew = node.join(stand.session, EGLE).await;
    anew.seq = last.seq;
    anew.events.clear();
    anew.resume_from(node.address, &headers(EGLE), Some(last)).await.unwrap();
    anew.until(|anew| anew.texts().contains(&"Kitas".to_owned())).await;
    assert!(anew.events.values().flatten().all(|event| !serde_json::to_string(event).unwrap().contains("tekstas")));
});

both!(the_clock_ends_a_step_and_does_so_late_if_nobody_had_the_room_open, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let mut jonas = stand.join(JONAS).await;
    jonas.done(Command::NextStep {}).await;
    assert_eq!(jonas.room.current, Some(step(11)));
    stand.later(10 * 60_000);
    // The room looks at the clock at the next command, or when its own wait is over.
    jonas.done(line("Laikas.")).await;
    jonas.until(|jonas| jonas.room.current.is_none()).await;
    jonas.done(Command::NextStep {}).await;

    stand.later(6 * 60_000);
    let node = stand.another().await;
    let mut late = node.join(stand.session, RASA).await;
    late.until(|late| late.room.current.is_none()).await;
    assert!(late.room.steps[1].ended_at.is_some());
});

both!(a_join_is_told_and_a_leave_some_time_after_the_last_socket, |kind| async move {
    let settings = Settings {
        leave_after: Duration::from_millis(300),
        people_every: Duration::from_millis(50),
        ..Settings::default()
    };
    let stand = Stand::new(kind, settings).await;
    let mut rasa = stand.join(RASA).await;
    let tomas = stand.join(TOMAS).await;
    rasa.until(|rasa| rasa.here.len() == 2 && rasa.room.is_here(person(TOMAS))).await;
    drop(tomas);
    rasa.until(|rasa| rasa.here.len() == 1 && !rasa.room.is_here(person(TOMAS))).await;
    let mut tx = stand.fresh.db.read().await.unwrap();
    let open = sql!("select person from attendance where session = $1 and left_at is null", stand.session);
    assert_eq!(open.all::<String>(&mut tx).await.unwrap(), [person(RASA).to_string()]);
});

both!(attendance_begins_with_the_opening_for_everyone_who_waited, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    stand.run(sql!("delete from session_events where session = $1", stand.session)).await;
    stand.run(sql!("update sessions set last_seq = 0, state = 'planned' where id = $1", stand.session)).await;
    let (mut jonas, mut rasa) = (stand.join(JONAS).await, stand.join(RASA).await);
    rasa.until(|rasa| rasa.here.len() == 2).await;
    assert_eq!(rasa.refused(line("Per anksti.")).await, Code::SessionState);
    assert_eq!(rasa.refused(Command::Open {}).await, Code::Forbidden);
    jonas.done(Command::Open {}).await;
    rasa.until(|rasa| rasa.room.is_here(person(JONAS)) && rasa.room.is_here(person(RASA))).await;
    let mut tx = stand.fresh.db.read().await.unwrap();
    let here = sql!("select person from attendance where session = $1 and left_at is null", stand.session);
    assert_eq!(here.all::<String>(&mut tx).await.unwrap().len(), 2);
    let state = sql!("select state from sessions where id = $1", stand.session);
    assert_eq!(state.one::<String>(&mut tx).await.unwrap(), "open");
});

both!(a_closed_session_takes_nothing_more, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let (mut jonas, mut rasa) = (stand.join(JONAS).await, stand.join(RASA).await);
    jonas.done(Command::Close {}).await;
    rasa.until(|rasa| rasa.room.state == State::Closed).await;
    assert_eq!(rasa.refused(line("Dar kai kas.")).await, Code::Closed);
    let mut tx = stand.fresh.db.read().await.unwrap();
    let state = sql!("select state from sessions where id = $1", stand.session);
    assert_eq!(state.one::<String>(&mut tx).await.unwrap(), "closed");
    let open = sql!("select person from attendance where session = $1 and left_at is null", stand.session);
    assert!(open.all::<String>(&mut tx).await.unwrap().is_empty());
    let events = sql!("select cast(count(*) as bigint) from session_events where session = $1", stand.session);
    assert_eq!(events.one::<i64>(&mut tx).await.unwrap(), jonas.seq);
});

both!(who_may_not_see_the_session_is_told_that_there_is_none, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let shake = |number| {
        crate::live_client::LiveClient::join(stand.node.address, stand.session, Box::leak(Box::new(headers(number))))
    };
    assert_eq!(shake(NERIJUS).await.err(), Some(404));
    assert_eq!(shake(0xffff).await.err(), Some(401));
    let other = model::ids::SessionId::from_uuid(uuid::Uuid::from_u128(0x501));
    let unknown = crate::live_client::LiveClient::join(stand.node.address, other, &headers(RASA)).await;
    assert_eq!(unknown.err(), Some(404));
    let _: Kind = kind;
});
