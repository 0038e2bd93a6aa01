//! A long session opens from what was kept of its room, and nothing that was deleted stays in that.

use db::sql;
use model::{
    ids::*,
    live::{Command, Event, Position, message_id},
    time::Timestamp,
};
use server::live::Settings;
use uuid::Uuid;

use crate::{
    both,
    live_client::line,
    stand::{EGLE, JONAS, RASA, Stand, TOMAS, headers, person},
};

fn often() -> Settings {
    Settings { snapshot_every: 20, resume: 10, frames_burst: 1_000_000, ..Settings::default() }
}

/// The last event of what is kept of the room, and the room as JSON.
async fn kept(stand: &Stand) -> Option<(i64, String)> {
    let mut tx = stand.fresh.db.read().await.unwrap();
    let row = sql!("select seq, room from session_snapshots where session = $1", stand.session);
    row.optional(&mut tx).await.unwrap()
}

both!(a_room_opens_from_what_was_kept_of_it_as_from_all_its_events, |kind| async move {
    let stand = Stand::new(kind, often()).await;
    let mut rasa = stand.join(RASA).await;
    for number in 0..65 {
        rasa.done(line(&format!("eilutė {number}"))).await;
    }
    let (seq, room) = kept(&stand).await.unwrap();
    assert!(seq >= 40 && seq <= rasa.seq - 10, "{seq} of {}", rasa.seq);
    let mut other = stand.another().await.join(stand.session, TOMAS).await;
    other.until(|other| other.room.people.len() == 2).await;
    stand.node.rooms.wake(stand.session);
    rasa.until(|rasa| rasa.seq == other.seq).await;
    assert_eq!(other.room, rasa.room);
    stand.run(sql!("delete from session_snapshots")).await;
    let mut from_all = stand.another().await.join(stand.session, RASA).await;
    assert_eq!(from_all.room, rasa.room);
    // What was due is kept before the second of two commands is answered.
    from_all.done(line("Viena.")).await;
    from_all.done(line("Dvi.")).await;

    // It is read, and nothing before it: another title in it shows.
    let put = |seq: i64, shape: &'static str| {
        let room = room.replace(r#""title":"Sesija""#, r#""title":"Kita""#);
        sql!("update session_snapshots set seq = $1, room = $2, shape = shape || $3", seq, room, shape)
    };
    assert!(kept(&stand).await.is_some(), "a long room is kept as soon as it was folded whole");
    stand.run(put(seq, "")).await;
    let mut changed = stand.another().await.join(stand.session, EGLE).await;
    assert_eq!(changed.room.title, "Kita");
    changed.until(|changed| changed.room.people.len() == 3).await;
    // All that a resume may ask for is told from there.
    let node = stand.another().await;
    let last = Position { epoch: changed.epoch.clone(), seq: changed.seq - 10 };
    changed.seq -= 10;
    changed.events.clear();
    let rooms = changed.rooms;
    changed.resume_from(node.address, &headers(EGLE), Some(last)).await.unwrap();
    changed.until(|changed| changed.events.len() == 10).await;
    assert_eq!(changed.rooms, rooms, "the gap was told");

    stand.run(put(seq, "x")).await;
    let folded = stand.another().await.join(stand.session, EGLE).await;
    assert_eq!(folded.room.title, "Sesija", "what another binary kept is not read");
});

both!(a_deleted_text_is_in_nothing_that_was_kept_of_the_room, |kind| async move {
    let stand = Stand::new(kind, often()).await;
    let mut rasa = stand.join(RASA).await;
    let secret = rasa.ask(line("slapta")).await;
    for number in 0..45 {
        rasa.done(line(&format!("eilutė {number}"))).await;
    }
    assert!(kept(&stand).await.unwrap().1.contains("slapta"));
    let message = message_id(person(RASA), secret);
    rasa.done(Command::Delete { message }).await;
    assert!(kept(&stand).await.is_none(), "it goes in the same transaction");
    for number in 0..45 {
        rasa.done(line(&format!("dar {number}"))).await;
        assert!(kept(&stand).await.is_none_or(|(_, room)| !room.contains("slapta")));
    }
    assert!(kept(&stand).await.is_some(), "another follows");
    let again = stand.another().await.join(stand.session, RASA).await;
    assert_eq!(again.room, rasa.room);
});

both!(a_passage_taken_out_by_hand_leaves_nothing_kept, |kind| async move {
    let stand = Stand::new(kind, often()).await;
    let mut rasa = stand.join(RASA).await;
    for number in 0..45 {
        rasa.done(line(&format!("eilutė {number}"))).await;
    }
    assert!(kept(&stand).await.is_some());
    let mut tx = stand.fresh.db.write().await.unwrap();
    let command = CommandId::from_uuid(Uuid::from_u128(0x777));
    let told = Event::Redacted { by: person(JONAS), at: Timestamp(5) };
    assert!(server::live::append(&mut tx, stand.session, None, command, &[told], Timestamp(5)).await.unwrap());
    tx.commit().await.unwrap();
    assert!(kept(&stand).await.is_none());
});
