//! Bytes that no browser of ours sends, and what the guard and the limits stop.

use model::guard;
use notes::{
    Message, Notes, fresh,
    presence::{self, Entry, State},
};
use server::live::Settings;

use crate::{
    both,
    notes_client::{Writer, client_id, shake},
    stand::{JONAS, RASA, Stand, TOMAS, headers},
};

/// A personal code whose date and checksum are right, of nobody.
fn code() -> String {
    let first = "3990101123";
    let digits: Vec<u32> = first.chars().filter_map(|digit| digit.to_digit(10)).collect();
    let sum = |from: u32| {
        digits.iter().zip((0..).map(|at| (from + at - 1) % 9 + 1)).map(|(digit, by)| digit * by).sum::<u32>() % 11
    };
    let last = match (sum(1), sum(3)) {
        (10, 10) => 0,
        (10, second) => second,
        (first, _) => first,
    };
    let code = format!("{first}{last}");
    assert_eq!(guard::scan(&code)[0].kind, guard::Kind::Code);
    code
}

both!(a_personal_code_typed_digit_by_digit_is_stopped_at_its_last_digit, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let (mut rasa, mut tomas) = (Writer::join(&stand, RASA).await, Writer::join(&stand, TOMAS).await);
    let code = code();
    for (at, digit) in code[..10].chars().enumerate() {
        rasa.write(at as u32, &digit.to_string()).await;
    }
    rasa.saved().await;
    rasa.write(10, &code[10..]).await;
    assert_eq!(rasa.refusal().await, ("guard.code".to_owned(), false));
    // What builds on it is not taken either, nor does saying that one is sure help.
    rasa.send(Message::Told(r#"{"sure":{}}"#)).await;
    rasa.write(11, " toliau").await;
    tomas.text_is(&code[..10]).await;
    tomas.write(0, "Tomas ").await;
    tomas.saved().await;
    rasa.begin_anew().await;
    assert_eq!(rasa.notes.text(), format!("Tomas {}", &code[..10]));
    assert_eq!(tomas.notes.text(), rasa.notes.text());
    assert!(!stored(&stand).await.iter().any(|text| text.contains(&code)));
    // Joining its halves by deleting what stands between them.
    rasa.write(16, "x").await;
    rasa.write(17, &code[10..]).await;
    rasa.saved().await;
    let joined = rasa.notes.edit(16, 1, "").unwrap();
    rasa.send(Message::Update(&joined)).await;
    assert_eq!(rasa.refusal().await, ("guard.code".to_owned(), false));
});

async fn stored(stand: &Stand) -> Vec<String> {
    let mut tx = stand.fresh.db.read().await.unwrap();
    let rows: Vec<String> = db::sql!("select data from note_updates order by seq").all(&mut tx).await.unwrap();
    let mut notes = Notes::new(1);
    let text = |row: &String| {
        notes.apply(&notes::base64::decode(row).unwrap()).unwrap();
        notes.text()
    };
    rows.iter().map(text).collect()
}

both!(a_warning_is_passed_by_being_sure_once_and_does_not_stop_others, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let (mut rasa, mut tomas) = (Writer::join(&stand, RASA).await, Writer::join(&stand, TOMAS).await);
    rasa.write(0, "rasa@pavyzdys.lt").await;
    assert_eq!(rasa.refusal().await, ("guard.contact".to_owned(), true));
    rasa.send(Message::Told(r#"{"sure":{}}"#)).await;
    rasa.begin_anew().await;
    rasa.write(0, "rasa@pavyzdys.lt").await;
    rasa.saved().await;
    tomas.text_is("rasa@pavyzdys.lt").await;
    // All that one has, in one update, as after a loss: the letters of others in it are not barred by its refusal.
    tomas.notes.edit(0, 0, "tomas@pavyzdys.lt ");
    let whole = tomas.notes.state();
    tomas.send(Message::Update(&whole)).await;
    assert_eq!(tomas.refusal().await.0, "guard.contact");
    tomas.begin_anew().await;
    let whole = tomas.notes.state();
    tomas.send(Message::Update(&whole)).await;
    tomas.saved().await;
    tomas.write(16, " – rašykite.").await;
    tomas.saved().await;
    rasa.text_is("rasa@pavyzdys.lt – rašykite.").await;
    tomas.write(0, "tomas@pavyzdys.lt ").await;
    assert_eq!(tomas.refusal().await, ("guard.contact".to_owned(), true), "one's own assurance is one's own");
});

both!(a_text_beyond_the_limit_is_refused_and_a_full_one_can_be_shortened, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let mut rasa = Writer::join(&stand, RASA).await;
    rasa.write(0, &"ąžuolas, ".repeat(notes::TEXT_MAX / 9)).await;
    rasa.saved().await;
    rasa.write(0, &"x".repeat(100)).await;
    assert_eq!(rasa.refusal().await, ("text.long".to_owned(), false));
    rasa.begin_anew().await;
    let shorter = rasa.notes.edit(0, 9, "").unwrap();
    rasa.send(Message::Update(&shorter)).await;
    rasa.saved().await;
});

both!(nobody_writes_or_shows_a_caret_as_somebody_else, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let (mut rasa, mut tomas) = (Writer::join(&stand, RASA).await, Writer::join(&stand, TOMAS).await);
    rasa.caret(1, None).await;
    tomas.until(|tomas| tomas.here.len() == 1).await;
    let forged = rasa.notes.client();
    // Letters under Rasa's client id, which everybody sees.
    let update = fresh::update([fresh::Passage { client: forged, text: "Rasa sutinka." }]);
    tomas.send(Message::Update(&update)).await;
    assert_eq!(tomas.refusal().await, ("forbidden".to_owned(), false));
    let entry = Entry { client: forged, clock: 9, state: Some(State::default()) };
    tomas.send(Message::Presence(&presence::write(&[entry]))).await;
    let gone = Entry { client: forged, clock: 10, state: None };
    tomas.send(Message::Presence(&presence::write(&[gone]))).await;
    tomas.until(|tomas| tomas.closed.is_some()).await;
    assert_eq!(tomas.closed, Some(1008), "three such messages are enough");
    let late = Writer::join(&stand, JONAS).await;
    assert_eq!(late.here[&forged].name, "Mokytoja 2");
    assert_eq!(late.notes.text(), "");
    rasa.write(0, "Tebesu.").await;
    rasa.saved().await;
});

both!(bytes_that_are_no_message_are_counted_and_the_third_ends_the_socket, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let mut rasa = Writer::join(&stand, RASA).await;
    for bytes in [vec![], vec![0, 2, 200], vec![9; 40]] {
        rasa.raw(bytes).await;
    }
    rasa.until(|rasa| rasa.closed.is_some()).await;
    assert_eq!((rasa.closed, rasa.bye.as_deref()), (Some(1008), Some("malformed")));
    // A well-formed message whose update is none, or hides a text beside the one that is read.
    let mut tomas = Writer::join(&stand, TOMAS).await;
    let mut hidden = fresh::update([fresh::Passage { client: client_id(), text: "paslėpta" }]);
    let at = hidden.windows(5).position(|part| part == b"notes").unwrap();
    hidden[at] = b'N';
    for update in [&[1, 2, 3][..], &hidden, &[0xff; 9]] {
        tomas.send(Message::Update(update)).await;
    }
    tomas.until(|tomas| tomas.closed.is_some()).await;
    assert_eq!(tomas.closed, Some(1008));
    assert!(stored(&stand).await.is_empty());
});

both!(a_message_of_one_mebibyte_and_a_byte_ends_the_socket, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let mut rasa = Writer::join(&stand, RASA).await;
    rasa.raw(vec![9; notes::MESSAGE_MAX + 1]).await;
    rasa.until(|rasa| rasa.closed.is_some()).await;
    assert!(matches!(rasa.closed, Some(1009 | 1006)), "{:?}", rasa.closed);
    let mut again = Writer::join(&stand, RASA).await;
    again.write(0, "Gyva").await;
    again.saved().await;
});

both!(a_handshake_of_notes_needs_a_sign_in_an_origin_and_the_subprotocol, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let address = stand.node.address;
    let protocol = ("sec-websocket-protocol", notes::SUBPROTOCOL.to_owned());
    let origin = ("origin", format!("http://{address}"));
    let with = |extra: &[(&'static str, String)]| [headers(RASA), extra.to_vec()].concat();
    let answer = async |headers: Vec<(&'static str, String)>| shake(address, stand.session, &headers).await.err();
    assert_eq!(answer(vec![protocol.clone(), origin.clone()]).await, Some(401));
    assert_eq!(answer(with(&[protocol.clone(), ("origin", "https://kitur.lt".to_owned())])).await, Some(403));
    assert_eq!(answer(with(std::slice::from_ref(&protocol))).await, Some(403));
    assert_eq!(
        answer(with(&[origin.clone(), ("sec-websocket-protocol", "tinklaveika.v1".to_owned())])).await,
        Some(422)
    );
    assert_eq!(answer(with(&[origin, protocol])).await, None);
});
