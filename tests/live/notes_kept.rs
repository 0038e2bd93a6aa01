//! What is on disk: dense rows, one row for many, earlier states, and what makes a text anew.

use db::sql;
use server::{live::Settings, notes::store};

use crate::{
    both,
    notes_client::Writer,
    stand::{JONAS, RASA, Stand, TOMAS},
};

async fn seqs(stand: &Stand) -> Vec<i64> {
    let mut tx = stand.fresh.db.read().await.unwrap();
    sql!("select seq from note_updates order by seq").all(&mut tx).await.unwrap()
}

both!(rows_are_numbered_without_a_gap_and_every_200_become_one, |kind| async move {
    let stand = Stand::new(kind, Settings { frames_burst: 1_000, ..Settings::default() }).await;
    let mut rasa = Writer::join(&stand, RASA).await;
    for number in 0..199 {
        rasa.write(0, &format!("{} ", number % 10)).await;
    }
    rasa.saved().await;
    assert_eq!(seqs(&stand).await, (1..=199).collect::<Vec<_>>());
    rasa.write(0, "dušimtasis ").await;
    rasa.saved().await;
    assert_eq!(seqs(&stand).await, [200]);
    rasa.write(0, "ir dar ").await;
    rasa.saved().await;
    assert_eq!(seqs(&stand).await, [200, 201]);
    let text = rasa.notes.text();
    stand.node.stop();
    let node = stand.another().await;
    let mut tomas = Writer::at(node.address, stand.session, TOMAS).await.unwrap();
    tomas.text_is(&text).await;
    let mut tx = stand.fresh.db.read().await.unwrap();
    assert_eq!(server::notes::text(&mut tx, stand.session).await.unwrap(), text);
});

both!(when_the_last_one_leaves_deleted_letters_leave_the_rows_and_the_text_is_kept, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let mut rasa = Writer::join(&stand, RASA).await;
    rasa.write(0, "Lieka. ").await;
    rasa.write(7, "Dingsta.").await;
    let update = rasa.notes.edit(7, 8, "").unwrap();
    rasa.send(notes::Message::Update(&update)).await;
    rasa.saved().await;
    drop(rasa);
    let states = async || {
        let mut tx = stand.fresh.db.read().await.unwrap();
        store::list_states(&mut tx, stand.session, 10).await.unwrap()
    };
    // Until its task has seen that nobody is there.
    while states().await.is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(states().await[0].text, "Lieka. ");
    let mut tx = stand.fresh.db.read().await.unwrap();
    let rows: Vec<String> = sql!("select data from note_updates").all(&mut tx).await.unwrap();
    let [row] = &rows[..] else { panic!("{rows:?}") };
    let bytes = notes::base64::decode(row).unwrap();
    assert!(!String::from_utf8_lossy(&bytes).contains("Dingsta"));
});

both!(a_state_is_kept_after_five_minutes_of_writing_and_not_sooner, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let mut rasa = Writer::join(&stand, RASA).await;
    let states = async || {
        let mut tx = stand.fresh.db.read().await.unwrap();
        let states = store::list_states(&mut tx, stand.session, 10).await.unwrap();
        states.into_iter().map(|state| (state.number, state.text)).collect::<Vec<_>>()
    };
    rasa.write(0, "Pirma ").await;
    rasa.saved().await;
    stand.later(5 * 60_000 - 1);
    rasa.write(6, "antra ").await;
    rasa.saved().await;
    assert_eq!(states().await, []);
    stand.later(1);
    rasa.write(12, "trečia").await;
    rasa.saved().await;
    assert_eq!(states().await, [(1, "Pirma antra trečia".to_owned())]);
});

both!(an_earlier_text_is_brought_back_as_an_edit_that_loses_nothing, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let (mut rasa, mut jonas) = (Writer::join(&stand, RASA).await, Writer::join(&stand, JONAS).await);
    rasa.write(0, "Senas tekstas").await;
    rasa.saved().await;
    let by = model::live::Participant { id: crate::stand::person(JONAS), ..jonas_of(&stand) };
    stand.node.notes.replace(stand.session, &by, "Visai kitas tekstas".to_owned()).await.unwrap();
    rasa.text_is("Visai kitas tekstas").await;
    jonas.text_is("Visai kitas tekstas").await;
    let mut tx = stand.fresh.db.read().await.unwrap();
    let states = store::list_states(&mut tx, stand.session, 10).await.unwrap();
    assert_eq!(states[0].text, "Senas tekstas", "what stood before is a state of its own");
    rasa.write(0, "Toliau. ").await;
    rasa.saved().await;
    jonas.text_is("Toliau. Visai kitas tekstas").await;
});

fn jonas_of(_: &Stand) -> model::live::Participant {
    model::live::Participant {
        id: crate::stand::person(JONAS),
        name: "Mokytoja 1".to_owned(),
        team: None,
        school: None,
        role: model::live::Standing::Facilitator,
    }
}

both!(two_servers_over_one_database_end_with_one_text, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let other = stand.another().await;
    let mut rasa = Writer::join(&stand, RASA).await;
    let mut tomas = Writer::at(other.address, stand.session, TOMAS).await.unwrap();
    rasa.write(0, "Vienas ").await;
    rasa.saved().await;
    // The other has not heard: its first write comes too late, and it begins anew.
    tomas.write(0, "Kitas ").await;
    tomas.until(|tomas| tomas.saved == tomas.sent || tomas.closed.is_some()).await;
    while tomas.closed.is_some() {
        tomas.again(other.address, stand.session, TOMAS).await;
        tomas.until(|tomas| tomas.saved == tomas.sent || tomas.closed.is_some()).await;
    }
    let text = tomas.notes.text();
    assert!(text.contains("Vienas ") && text.contains("Kitas "), "{text}");
    rasa.text_is(&text).await;
});

both!(a_copy_of_a_text_before_the_epoch_changed_is_not_merged, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let mut rasa = Writer::join(&stand, RASA).await;
    rasa.write(0, "Iš seno. ").await;
    rasa.saved().await;
    stand.run(sql!("update notes set epoch = 'kita'")).await;
    stand.node.notes.wake(stand.session);
    rasa.until(|rasa| rasa.closed.is_some()).await;
    assert_eq!(rasa.closed, Some(1012));
    // One that goes on with its old copy all the same.
    let old = rasa.notes.edit(9, 0, "Dar iš seno.").unwrap();
    rasa.again(stand.node.address, stand.session, RASA).await;
    assert_eq!(rasa.epoch, "kita");
    rasa.text_is("Iš seno. ").await;
    rasa.send(notes::Message::Update(&old)).await;
    assert_eq!(rasa.refusal().await.0, "forbidden");
});
