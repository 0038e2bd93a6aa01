//! Bad input, too much input, and people who may no longer be here.

use std::time::{Duration, Instant};

use db::sql;
use model::{live::ByeReason, refusal::Code};
use serde_json::{Value, json};
use server::live::Settings;
use tokio_tungstenite::tungstenite::Message;

use crate::{
    both,
    live_client::{LiveClient, command_id, line, shake},
    stand::{RASA, Stand, TOMAS, headers, person},
};

both!(a_frame_of_64_kib_and_one_byte_ends_the_socket, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let mut rasa = stand.join(RASA).await;
    rasa.raw(Message::text("x".repeat(64 * 1024))).await;
    rasa.until(|rasa| rasa.refused.contains_key(&None)).await;
    assert_eq!(rasa.refused[&None], Code::Malformed, "65,536 bytes are read, and are no frame of ours");
    rasa.raw(Message::text("x".repeat(64 * 1024 + 1))).await;
    rasa.until(|rasa| rasa.closed.is_some()).await;
    assert_eq!((rasa.closed, rasa.bye), (Some(1009), Some(ByeReason::Malformed)));
});

both!(a_text_of_100_000_characters_changes_nothing, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let (mut rasa, mut tomas) = (stand.join(RASA).await, stand.join(TOMAS).await);
    // What a page of ours refuses before it is sent, made by hand.
    let say = |text: &str| json!({ "do": { "id": command_id(), "command": { "say": { "text": text } } } }).to_string();
    let within = say(&"ž".repeat(30_000));
    let id = serde_json::from_str::<Value>(&within).unwrap()["do"]["id"].as_str().unwrap().parse().unwrap();
    rasa.raw(Message::text(within)).await;
    rasa.until(|rasa| rasa.refused.contains_key(&Some(id))).await;
    assert_eq!(rasa.refused[&Some(id)], Code::Malformed, "its command is answered");
    rasa.raw(Message::text(say(&"ž".repeat(100_000)))).await;
    rasa.until(|rasa| rasa.closed.is_some()).await;
    assert_eq!((rasa.closed, rasa.bye), (Some(1009), Some(ByeReason::Malformed)));
    tomas.done(line("Toliau.")).await;
    assert_eq!(tomas.texts(), ["Toliau."]);
});

both!(frames_that_cannot_be_read_are_refused_and_the_third_ends_the_socket, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let mut rasa = stand.join(RASA).await;
    rasa.raw(Message::text(r#"{"dance":{}}"#)).await;
    rasa.raw(Message::text(
        r#"{"do":{"id":"0192f0c1-2b3c-7d4e-8f50-0123456789ab","command":{"raise_hand":{}},"quietly":true}}"#,
    ))
    .await;
    rasa.done(line("Vis dar čia.")).await;
    assert_eq!(rasa.refused[&None], Code::Malformed);
    let id = "0192f0c1-2b3c-7d4e-8f50-0123456789ab".parse().unwrap();
    assert_eq!(rasa.refused[&Some(id)], Code::Malformed, "what has an id is answered by it");
    rasa.raw(Message::text("{")).await;
    rasa.until(|rasa| rasa.closed.is_some()).await;
    assert_eq!((rasa.closed, rasa.bye), (Some(1008), Some(ByeReason::Malformed)));

    let mut tomas = stand.join(TOMAS).await;
    tomas.raw(Message::binary(vec![1, 2, 3])).await;
    tomas.until(|tomas| tomas.closed.is_some()).await;
    assert_eq!(tomas.closed, Some(1003));
});

both!(too_many_frames_are_refused_and_a_flood_ends_the_socket, |kind| async move {
    let stand = Stand::new(kind, Settings { frames_a_second: 1, frames_burst: 5, ..Settings::default() }).await;
    let mut rasa = stand.join(RASA).await;
    for number in 0..7 {
        rasa.ask(line(&format!("{number}"))).await;
    }
    rasa.until(|rasa| rasa.pending.is_empty()).await;
    assert_eq!(rasa.done.len(), 5);
    assert!(rasa.refused.values().all(|code| *code == Code::TooMany));
    for _ in 0..20 {
        rasa.ask(line("dar")).await;
    }
    rasa.until(|rasa| rasa.closed.is_some()).await;
    assert_eq!(rasa.closed, Some(1008));
});

both!(a_person_has_so_many_sockets_and_no_more, |kind| async move {
    let stand = Stand::new(kind, Settings { sockets_a_person: 2, sockets_an_address: 4, ..Settings::default() }).await;
    let (first, _second) = (stand.join(RASA).await, stand.join(RASA).await);
    let third = stand.join(RASA).await;
    assert_eq!((third.closed, third.bye), (Some(4429), Some(ByeReason::TooMany)));
    drop((first, third));
    let _tomas = stand.join(TOMAS).await;
    // A socket that has gone makes room as soon as the server has seen it go.
    let end = Instant::now() + Duration::from_secs(5);
    while stand.join(RASA).await.closed.is_some() {
        assert!(Instant::now() < end);
    }
});

both!(who_is_removed_loses_the_socket_within_a_second, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let (mut rasa, mut tomas) = (stand.join(RASA).await, stand.join(TOMAS).await);
    rasa.done(model::live::Command::RaiseHand {}).await;
    stand.run(sql!("delete from members where person = $1", person(RASA))).await;
    let since = Instant::now();
    stand.node.rooms.recheck(person(RASA));
    rasa.until(|rasa| rasa.closed.is_some()).await;
    assert!(since.elapsed() < Duration::from_secs(1));
    assert_eq!((rasa.closed, rasa.bye), (Some(4403), Some(ByeReason::Removed)));
    tomas.until(|tomas| tomas.room.hands.is_empty() && !tomas.here.contains(&person(RASA))).await;
    let again = LiveClient::join(stand.node.address, stand.session, &headers(RASA)).await;
    assert_eq!(again.err(), Some(404));
});

both!(a_sign_in_that_has_ended_loses_its_sockets_within_a_second, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let (mut rasa, mut tomas) = (stand.join(RASA).await, stand.join(TOMAS).await);
    stand.run(sql!("update sign_ins set ended_at = 5 where person = $1", person(RASA))).await;
    let since = Instant::now();
    stand.node.rooms.recheck_sign_in(model::ids::SignInId::from_uuid(person(RASA).uuid()));
    rasa.until(|rasa| rasa.closed.is_some()).await;
    assert!(since.elapsed() < Duration::from_secs(1));
    assert_eq!((rasa.closed, rasa.bye), (Some(4401), Some(ByeReason::SignedOut)));
    tomas.done(line("Tebesu.")).await;
});

both!(a_suspended_person_loses_the_socket, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let mut rasa = stand.join(RASA).await;
    stand.run(sql!("update people set suspended_at = 5 where id = $1", person(RASA))).await;
    stand.node.rooms.recheck_all();
    rasa.until(|rasa| rasa.closed.is_some()).await;
    assert_eq!(rasa.closed, Some(4403));
});

both!(a_handshake_names_the_subprotocol_and_a_socket_begins_with_hello, |kind| async move {
    let stand = Stand::new(kind, Settings { hello_within: Duration::from_millis(100), ..Settings::default() }).await;
    let mut bare = headers(RASA);
    bare.push(("origin", format!("http://{}", stand.node.address)));
    assert_eq!(shake(stand.node.address, stand.session, &bare).await.err(), Some(422));
    let mut with = headers(RASA);
    with.push(("sec-websocket-protocol", "tinklaveika.v1".into()));
    // A browser's cookie without its origin, or from another site.
    assert_eq!(shake(stand.node.address, stand.session, &with).await.err(), Some(403));
    with.push(("origin", "https://kita.example".into()));
    assert_eq!(shake(stand.node.address, stand.session, &with).await.err(), Some(403));
    with.pop();
    with.push(("origin", format!("http://{}", stand.node.address)));
    let mut silent = shake(stand.node.address, stand.session, &with).await.unwrap();
    let mut closed = None;
    while let Some(Ok(message)) = futures_util::StreamExt::next(&mut silent).await {
        if let Message::Close(Some(frame)) = message {
            closed = Some(u16::from(frame.code));
        }
    }
    assert_eq!(closed, Some(1008));
});

both!(one_who_does_not_read_is_cut_off_and_nobody_else_waits, |kind| async move {
    let settings = Settings { stuck_after: Duration::from_millis(500), frames_burst: 1_000_000, ..Settings::default() };
    let stand = Stand::new(kind, settings).await;
    let mut slow = stand.join(TOMAS).await;
    let mut rasa = stand.join(RASA).await;
    // More than the buffers of the system between the two hold, while the other reads all of it.
    let text = "ilgas tekstas ".repeat(140);
    let end = Instant::now() + Duration::from_secs(60);
    while stand.node.rooms.figures().sockets.load(std::sync::atomic::Ordering::Relaxed) == 2 {
        for _ in 0..50 {
            rasa.ask(line(&text)).await;
        }
        rasa.until(|rasa| rasa.pending.is_empty()).await;
        assert!(Instant::now() < end, "never cut off");
    }
    assert!(rasa.closed.is_none());
    slow.until(|slow| slow.closed.is_some()).await;
    slow.resume(stand.node.address, &headers(TOMAS)).await.unwrap();
    slow.until(|slow| slow.seq == rasa.seq).await;
    assert_eq!(slow.texts(), rasa.texts());
});
