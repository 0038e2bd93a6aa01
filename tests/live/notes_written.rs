//! Several people write one text at once.

use model::{ids::SessionId, live::ByeReason};
use server::live::Settings;

use crate::{
    both,
    notes_client::Writer,
    stand::{JONAS, RASA, Stand, TOMAS, person},
};

both!(what_one_writes_the_others_read_once_it_is_saved, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let (mut rasa, mut tomas) = (Writer::join(&stand, RASA).await, Writer::join(&stand, TOMAS).await);
    rasa.write(0, "Šiandien tarėmės.").await;
    rasa.saved().await;
    tomas.text_is("Šiandien tarėmės.").await;
    tomas.write(17, " Ąžuolas 🌳").await;
    tomas.saved().await;
    rasa.text_is("Šiandien tarėmės. Ąžuolas 🌳").await;
    let mut late = Writer::join(&stand, JONAS).await;
    late.text_is("Šiandien tarėmės. Ąžuolas 🌳").await;
    // Whose letters are whose, as the server knows it.
    let by: Vec<String> = late.notes.runs().iter().map(|run| late.authors[&run.client].clone()).collect();
    assert_eq!(by, ["Mokytoja 2", "Mokytoja 3"]);
});

both!(two_who_write_at_one_place_at_once_lose_nothing, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let (mut rasa, mut tomas) = (Writer::join(&stand, RASA).await, Writer::join(&stand, TOMAS).await);
    for number in 0..20 {
        rasa.write(0, &format!("r{number} ")).await;
        tomas.write(0, &format!("t{number} ")).await;
    }
    rasa.saved().await;
    tomas.saved().await;
    let all = |writer: &Writer| {
        let text = writer.notes.text();
        (0..20).all(|number| {
            text.matches(&format!("r{number} ")).count() == 1 && text.matches(&format!("t{number} ")).count() == 1
        })
    };
    rasa.until(all).await;
    tomas.until(all).await;
    assert_eq!(rasa.notes.text(), tomas.notes.text());
});

both!(two_who_wrote_offline_over_a_restart_merge_without_loss_or_doubling, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let (mut rasa, mut tomas) = (Writer::join(&stand, RASA).await, Writer::join(&stand, TOMAS).await);
    rasa.write(0, "Pradžia\n").await;
    rasa.saved().await;
    tomas.text_is("Pradžia\n").await;
    stand.node.stop();
    // Neither hears of the other, nor of the server.
    rasa.notes.edit(8, 0, "Rasa viena\n");
    tomas.notes.edit(8, 0, "Tomas vienas\n");
    tomas.notes.edit(0, 1, "P");
    let node = stand.another().await;
    rasa.again(node.address, stand.session, RASA).await;
    rasa.saved().await;
    // The answer to what was sent before the connection broke is lost: it is sent again.
    rasa.again(node.address, stand.session, RASA).await;
    tomas.again(node.address, stand.session, TOMAS).await;
    tomas.saved().await;
    rasa.until(|rasa| rasa.notes.text().contains("Tomas")).await;
    let text = rasa.notes.text();
    assert_eq!(text, tomas.notes.text());
    for line in ["Pradžia\n", "Rasa viena\n", "Tomas vienas\n"] {
        assert_eq!(text.matches(line).count(), 1, "{text}");
    }
    node.stop();
    let mut after = Writer::at(stand.another().await.address, stand.session, JONAS).await.unwrap();
    after.text_is(&text).await;
});

both!(carets_have_the_name_that_the_server_knows_and_go_with_their_socket, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let (mut rasa, mut tomas) = (Writer::join(&stand, RASA).await, Writer::join(&stand, TOMAS).await);
    rasa.write(0, "abc").await;
    let caret = rasa.notes.anchor(2);
    rasa.caret(1, Some((caret, caret))).await;
    let client = rasa.notes.client();
    tomas.until(|tomas| tomas.here.contains_key(&client) && tomas.notes.text() == "abc").await;
    assert_eq!(tomas.here[&client].name, "Mokytoja 2", "whatever it called itself");
    assert_eq!(tomas.here[&client].person, person(RASA).to_string());
    assert_eq!(tomas.notes.place(tomas.here[&client].caret.unwrap().0), 2);
    let late = Writer::join(&stand, JONAS).await;
    assert_eq!(late.here.len(), 1);
    drop(rasa);
    tomas.until(|tomas| tomas.here.is_empty()).await;
});

both!(who_only_watches_reads_and_cannot_write, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let mut rasa = Writer::join(&stand, RASA).await;
    rasa.write(0, "Svarbu").await;
    rasa.saved().await;
    // A space of everyone in the network: one who is in no team of it sees it and takes no part.
    stand.run(db::sql!("update spaces set visibility = 'public'")).await;
    let mut watcher = Writer::join(&stand, crate::stand::NERIJUS).await;
    assert!(!watcher.writes);
    watcher.text_is("Svarbu").await;
    // Deleting everything is writing too.
    let update = watcher.notes.edit(0, 6, "").unwrap();
    watcher.send(notes::Message::Update(&update)).await;
    assert_eq!(watcher.refusal().await, ("forbidden".to_owned(), false));
    watcher.begin_anew().await;
    watcher.text_is("Svarbu").await;
    assert_eq!(rasa.notes.text(), "Svarbu");
});

both!(nothing_is_written_once_the_session_is_closed, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let mut rasa = Writer::join(&stand, RASA).await;
    rasa.write(0, "Iki galo").await;
    rasa.saved().await;
    stand.run(db::sql!("update sessions set state = 'closed' where id = $1", stand.session)).await;
    rasa.write(8, " ir po jo").await;
    assert_eq!(rasa.refusal().await.0, "session.state");
    rasa.until(|rasa| !rasa.writes).await;
    rasa.begin_anew().await;
    rasa.text_is("Iki galo").await;
    let mut later = Writer::join(&stand, TOMAS).await;
    assert!(!later.writes);
    later.text_is("Iki galo").await;
});

both!(who_is_removed_or_signed_out_loses_the_socket_of_notes, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let (mut rasa, mut tomas) = (Writer::join(&stand, RASA).await, Writer::join(&stand, TOMAS).await);
    stand.run(db::sql!("delete from members where person = $1", person(RASA))).await;
    stand.run(db::sql!("update sign_ins set ended_at = 5 where person = $1", person(TOMAS))).await;
    stand.node.notes.sockets.recheck(person(RASA));
    stand.node.notes.sockets.recheck_sign_in(model::ids::SignInId::from_uuid(person(TOMAS).uuid()));
    rasa.until(|rasa| rasa.closed.is_some()).await;
    tomas.until(|tomas| tomas.closed.is_some()).await;
    assert_eq!((rasa.closed, rasa.bye.as_deref()), (Some(4403), Some("removed")));
    assert_eq!((tomas.closed, tomas.bye.as_deref()), (Some(4401), Some("signed_out")));
    assert_eq!(Writer::at(stand.node.address, stand.session, RASA).await.err(), Some(404));
    assert_eq!(Writer::at(stand.node.address, stand.session, TOMAS).await.err(), Some(401));
    let nowhere = SessionId::from_uuid(uuid::Uuid::from_u128(0x999));
    assert_eq!(Writer::at(stand.node.address, nowhere, JONAS).await.err(), Some(404));
    assert_eq!(serde_json::to_value(ByeReason::Removed).unwrap(), "removed");
});
