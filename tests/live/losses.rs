//! Lost sockets, lost servers, two servers at once: everyone ends with the same list.

use std::time::Duration;

use db::sql;
use model::{
    ids::*,
    live::{Event, Position},
    time::Timestamp,
};
use server::live::Settings;
use uuid::Uuid;

use crate::{
    both,
    live_client::{LiveClient, line},
    stand::{JONAS, RASA, Stand, TOMAS, headers, person},
};

/// A random number that is the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

both!(a_resume_brings_the_whole_gap_or_a_fresh_room, |kind| async move {
    // Nothing else that is told wakes a socket which has events to write.
    let people_every = Duration::from_secs(3_600);
    let settings = Settings { resume: 20, frames_burst: 1_000_000, people_every, ..Settings::default() };
    let stand = Stand::new(kind, settings).await;
    let (mut rasa, mut tomas) = (stand.join(RASA).await, stand.join(TOMAS).await);
    rasa.done(line("Pirma")).await;
    tomas.until(|tomas| tomas.texts().len() == 1).await;
    for number in 0..10 {
        rasa.done(line(&format!("{number}"))).await;
    }
    let (before, epoch) = (tomas.seq, tomas.epoch.clone());
    tomas.resume(stand.node.address, &headers(TOMAS)).await.unwrap();
    tomas.until(|tomas| tomas.seq == rasa.seq).await;
    assert_eq!((tomas.rooms, &tomas.room), (1, &rasa.room), "the gap was told");

    for (place, why) in [
        (Position { epoch: "kita".into(), seq: before }, "another epoch"),
        (Position { epoch: epoch.clone(), seq: rasa.seq + 1 }, "ahead of the server"),
        (Position { epoch: epoch.clone(), seq: -1 }, "no place at all"),
    ] {
        tomas.resume_from(stand.node.address, &headers(TOMAS), Some(place)).await.unwrap();
        assert_eq!((tomas.seq, &tomas.room), (rasa.seq, &rasa.room), "{why}");
        assert_eq!(tomas.rooms, 2, "{why}");
        tomas.rooms = 1;
    }
    for number in 0..30 {
        rasa.done(line(&format!("daug {number}"))).await;
    }
    tomas.resume_from(stand.node.address, &headers(TOMAS), Some(Position { epoch, seq: before })).await.unwrap();
    assert_eq!(tomas.rooms, 2, "too far behind");
    assert_eq!(tomas.room, rasa.room);
});

both!(twenty_who_drop_out_at_random_end_with_one_list_also_over_a_restart, |kind| async move {
    let settings = Settings { frames_burst: 1_000_000, leave_after: Duration::from_millis(200), ..Settings::default() };
    let stand = Stand::new(kind, settings).await;
    let mut clients = Vec::new();
    for number in 0..20 {
        clients.push(stand.join(20 + number).await);
    }
    let mut chance = Chance(7);
    let mut node = stand.node.clone();
    let mut sent = 0;
    for round in 0..12 {
        if round == 6 {
            // The server goes away without a word, and another comes.
            node.stop();
            node = stand.another().await;
            for (client, number) in clients.iter_mut().zip(0..) {
                client.resume(node.address, &headers(20 + number)).await.unwrap();
            }
        }
        for (client, number) in clients.iter_mut().zip(0..) {
            for _ in 0..chance.below(4) {
                client.ask(line(&format!("{number} sako {sent}"))).await;
                sent += 1;
            }
            if chance.below(4) == 0 {
                client.resume(node.address, &headers(20 + number)).await.unwrap();
            }
        }
    }
    for client in &mut clients {
        client.until(|client| client.pending.is_empty()).await;
    }
    let last = clients.iter().map(|client| client.seq).max().unwrap();
    for client in &mut clients {
        client.until(|client| client.seq >= last).await;
    }
    let (seqs, stored): (Vec<i64>, Vec<String>) = stand.journal().await.into_iter().unzip();
    let said = stored.iter().filter(|payload| payload.starts_with(r#"{"said""#)).count();
    assert_eq!(said, sent, "each once");
    let dense: Vec<i64> = (1..=stored.len() as i64).collect();
    assert_eq!(seqs, dense);
    for client in &clients {
        assert!(client.refused.is_empty(), "{:?}", client.refused);
        let told: Vec<&i64> = client.events.keys().collect();
        assert!(told.windows(2).all(|pair| *pair[1] == pair[0] + 1), "contiguous");
        for (seq, event) in &client.events {
            let stored: Event = serde_json::from_str(&stored[*seq as usize - 1]).unwrap();
            assert_eq!(event.as_ref(), Some(&stored));
        }
    }
});

both!(two_servers_over_one_database_never_give_one_number_twice, |kind| async move {
    let stand = Stand::new(kind, Settings { frames_burst: 1_000_000, ..Settings::default() }).await;
    let other = stand.another().await;
    let mut rasa = stand.join(RASA).await;
    let mut tomas = other.join(stand.session, TOMAS).await;
    for number in 0..20 {
        let mine = rasa.ask(line(&format!("r{number}"))).await;
        let theirs = tomas.ask(line(&format!("t{number}"))).await;
        rasa.until(|rasa| rasa.done.contains_key(&mine)).await;
        tomas.until(|tomas| tomas.done.contains_key(&theirs)).await;
    }
    stand.node.rooms.wake(stand.session);
    other.rooms.wake(stand.session);
    let last = rasa.seq.max(tomas.seq);
    rasa.until(|rasa| rasa.seq >= last).await;
    tomas.until(|tomas| tomas.seq >= last).await;
    assert_eq!(rasa.texts(), tomas.texts());
    assert_eq!(rasa.texts().len(), 40);
});

both!(what_is_appended_outside_of_the_room_reaches_those_who_are_in_it, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let mut rasa = stand.join(RASA).await;
    rasa.done(line("Viduje.")).await;
    let closed = Event::Closed { by: None, at: Timestamp(5) };
    let mut tx = stand.fresh.db.write().await.unwrap();
    let command = CommandId::from_uuid(Uuid::from_u128(0x777));
    assert!(server::live::append(&mut tx, stand.session, None, command, &[closed], Timestamp(5)).await.unwrap());
    tx.commit().await.unwrap();
    stand.node.rooms.wake(stand.session);
    rasa.until(|rasa| rasa.room.closed_at.is_some()).await;
});

both!(a_server_that_stops_says_goodbye_and_when_to_come_again, |kind| async move {
    let stand = Stand::new(kind, Settings { drain_spread: Duration::from_millis(50), ..Settings::default() }).await;
    let (mut rasa, mut tomas) = (stand.join(RASA).await, stand.join(TOMAS).await);
    let id = rasa.ask(line("Prieš pat.")).await;
    rasa.until(|rasa| rasa.done.contains_key(&id)).await;
    let drained = tokio::spawn({
        let rooms = stand.node.rooms.clone();
        async move { rooms.drain(Duration::from_secs(10)).await }
    });
    for client in [&mut rasa, &mut tomas] {
        client.until(|client| client.closed.is_some()).await;
        assert_eq!((client.closed, client.bye), (Some(1012), Some(model::live::ByeReason::Restart)));
    }
    drained.await.unwrap();
    let refused = LiveClient::join(stand.node.address, stand.session, &headers(RASA)).await;
    assert_eq!(refused.err(), Some(503));
    let node = stand.another().await;
    rasa.resume(node.address, &headers(RASA)).await.unwrap();
    rasa.until(|rasa| rasa.texts().contains(&"Prieš pat.".to_owned())).await;
});

both!(a_node_that_meets_an_unknown_kind_asks_for_a_reload, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let mut rasa = stand.join(RASA).await;
    rasa.done(line("Labas.")).await;
    let seq = rasa.seq + 1;
    let insert = sql!(
        r#"insert into session_events (session, seq, command_id, part, actor, payload, at)
           values ($1, $2, $3, 0, 'server', '{"danced":{}}', 1)"#,
        stand.session,
        seq,
        Uuid::from_u128(0x888).to_string()
    );
    stand.run(insert).await;
    stand.run(sql!("update sessions set last_seq = $2 where id = $1", stand.session, seq)).await;
    stand.node.rooms.wake(stand.session);
    rasa.until(|rasa| rasa.closed.is_some()).await;
    assert_eq!(rasa.closed, Some(4410));
    let _ = (JONAS, person(JONAS));
});
