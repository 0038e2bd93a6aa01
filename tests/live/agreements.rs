//! Agreements over real sockets: by consent, into the register with their event, numbered without gaps.

use db::{Db, sql};
use model::{
    ids::*,
    live::{AgreementCommand, Command, NewAgreement, Stand as Voiced, Tally, agreement_id},
    refusal::Code,
    words::Prose,
};
use server::live::Settings;
use uuid::Uuid;

use crate::{
    both,
    live_client::LiveClient,
    stand::{EGLE, JONAS, RASA, Stand, TOMAS, person},
};

fn ask(command: AgreementCommand) -> Command {
    Command::Agreement(command)
}

fn new(text: &str) -> NewAgreement {
    serde_json::from_value(serde_json::json!({ "text": text, "quorum": 1 })).unwrap()
}

fn voice(agreement: AgreementId, voice: Voiced) -> Command {
    let reason = (voice == Voiced::Object).then(|| Prose::new("Per mažai laiko.").unwrap());
    ask(AgreementCommand::Voice { agreement, voice, reason })
}

fn close(agreement: AgreementId, reason: Option<&str>) -> Command {
    ask(AgreementCommand::Close { agreement, reason: reason.and_then(Prose::new) })
}

/// Proposed and opened by Jonas.
async fn put(jonas: &mut LiveClient, new: NewAgreement) -> AgreementId {
    let id = jonas.ask(ask(AgreementCommand::Propose(new))).await;
    jonas.until(|jonas| jonas.done.contains_key(&id)).await;
    let agreement = agreement_id(person(JONAS), id);
    jonas.done(ask(AgreementCommand::Open { agreement })).await;
    agreement
}

/// Number, text and state of each.
async fn rows(db: &Db) -> Vec<(i64, String, String)> {
    let mut tx = db.read().await.unwrap();
    sql!("select number, text, state from agreements order by number").all(&mut tx).await.unwrap()
}

/// A session of the same space, planned.
async fn another(stand: &Stand, number: u128) -> SessionId {
    let next = SessionId::from_uuid(Uuid::from_u128(number));
    stand
        .run(sql!(
            "insert into sessions (id, space, title, facilitator, state, starts_at, minutes, steps, last_seq, created_at)
             select $2, space, 'Kita', facilitator, 'planned', 2, 15, steps, 0, 2 from sessions where id = $1",
            stand.session,
            next
        ))
        .await;
    next
}

both!(what_is_agreed_by_consent_is_in_the_register_once_with_its_former_words, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let (mut jonas, mut rasa) = (stand.join(JONAS).await, stand.join(RASA).await);
    jonas.until(|jonas| jonas.room.brought).await;
    let agreement = put(&mut jonas, new("Renkamės pirmadieniais.")).await;
    rasa.until(|rasa| rasa.room.open_agreement().is_some()).await;
    rasa.done(voice(agreement, Voiced::Object)).await;
    let text = Prose::new("Renkamės antradieniais.").unwrap();
    jonas.done(ask(AgreementCommand::Amend { agreement, text })).await;
    rasa.until(|rasa| rasa.room.agreement(agreement).unwrap().voices.is_empty()).await;
    rasa.done(voice(agreement, Voiced::Agree)).await;
    jonas.done(voice(agreement, Voiced::Object)).await;
    assert_eq!(jonas.refused(close(agreement, None)).await, Code::AgreementObjections);
    assert!(rows(&stand.fresh.db).await.is_empty());
    jonas.done(close(agreement, Some("Išbandysime mėnesį."))).await;
    rasa.until(|rasa| rasa.room.agreement(agreement).unwrap().outcome.is_some()).await;
    let outcome = rasa.room.agreement(agreement).unwrap().outcome.clone().unwrap();
    assert!(outcome.adopted);
    assert_eq!(outcome.people, Tally { agree: 1, aside: 0, object: 1, of: 2 });
    assert_eq!(rows(&stand.fresh.db).await, [(1, "Renkamės antradieniais.".into(), "kept".into())]);
    let mut tx = stand.fresh.db.read().await.unwrap();
    let former: Vec<String> = sql!("select text from agreement_wordings order by number").all(&mut tx).await.unwrap();
    assert_eq!(former, ["Renkamės pirmadieniais."]);
});

both!(bad_voices_are_refused_each_with_its_code, |kind| async move {
    let stand = Stand::new(kind, Settings { frames_burst: 200, ..Settings::default() }).await;
    let (mut jonas, mut rasa) = (stand.join(JONAS).await, stand.join(RASA).await);
    jonas.until(|jonas| jonas.room.brought).await;
    let agreement = put(&mut jonas, new("Renkamės.")).await;
    rasa.until(|rasa| rasa.room.open_agreement().is_some()).await;
    let object = ask(AgreementCommand::Voice { agreement, voice: Voiced::Object, reason: None });
    assert_eq!(rasa.refused(object).await, Code::FieldNeeded);
    let reason = Prose::new("Mokinio kodas 50001010006");
    let code = ask(AgreementCommand::Voice { agreement, voice: Voiced::Object, reason });
    assert_eq!(rasa.refused(code).await, Code::GuardCode);
    let other = AgreementId::from_uuid(Uuid::from_u128(5));
    assert_eq!(rasa.refused(voice(other, Voiced::Agree)).await, Code::AgreementGone);
    assert_eq!(rasa.refused(close(agreement, None)).await, Code::Forbidden);
    // 64 at once from one person are one voice.
    for _ in 0..64 {
        rasa.ask(voice(agreement, Voiced::Agree)).await;
    }
    jonas.until(|jonas| jonas.room.agreement(agreement).unwrap().voices.len() == 1).await;
    rasa.until(|rasa| rasa.done.len() >= 64).await;
    let voiced = stand.payloads().await.iter().filter(|payload| payload.contains("\"voiced\"")).count();
    assert_eq!(voiced, 1);
    jonas.done(close(agreement, None)).await;
    assert_eq!(rasa.refused(voice(agreement, Voiced::Aside)).await, Code::AgreementClosed);
});

both!(numbers_are_dense_when_twenty_are_closed_in_two_sessions_at_once, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let next = another(&stand, 0x501).await;
    let node = stand.another().await;
    let mut first = stand.join(JONAS).await;
    let mut second = node.join(next, JONAS).await;
    second.done(Command::Open {}).await;
    for room in [&mut first, &mut second] {
        room.until(|room| room.room.brought).await;
    }
    for _ in 0..10 {
        let mut ends = Vec::new();
        for room in [&mut first, &mut second] {
            let agreement = put(room, new("Renkamės.")).await;
            room.done(voice(agreement, Voiced::Agree)).await;
            ends.push(agreement);
        }
        let (one, other) = (first.ask(close(ends[0], None)).await, second.ask(close(ends[1], None)).await);
        first.until(|room| room.done.contains_key(&one)).await;
        second.until(|room| room.done.contains_key(&other)).await;
    }
    let numbers: Vec<i64> = rows(&stand.fresh.db).await.into_iter().map(|row| row.0).collect();
    assert_eq!(numbers, (1..=20).collect::<Vec<_>>());
});

both!(a_due_review_opens_the_next_session_and_is_changed_there, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let mut jonas = stand.join(JONAS).await;
    jonas.until(|jonas| jonas.room.brought).await;
    let due = NewAgreement { review: "2020-01-01".parse().ok(), ..new("Renkamės kas savaitę.") };
    for new in [due, new("Be peržiūros.")] {
        let agreement = put(&mut jonas, new).await;
        jonas.done(voice(agreement, Voiced::Agree)).await;
        jonas.done(close(agreement, None)).await;
    }
    jonas.done(Command::Close {}).await;
    let next = another(&stand, 0x501).await;
    let mut jonas = stand.node.join(next, JONAS).await;
    let mut egle = stand.node.join(next, EGLE).await;
    jonas.done(Command::Open {}).await;
    egle.until(|egle| egle.room.brought).await;
    let shown: Vec<_> = egle.room.reminders.iter().map(|one| (one.number, one.text.as_str())).collect();
    assert_eq!(shown, [(1, "Renkamės kas savaitę.")]);
    let old = egle.room.reminders[0].id;
    jonas.until(|jonas| jonas.room.brought).await;
    let agreement = put(&mut jonas, NewAgreement { replaces: Some(old), ..new("Renkamės kas dvi savaites.") }).await;
    let mut tomas = stand.node.join(next, TOMAS).await;
    tomas.done(voice(agreement, Voiced::Agree)).await;
    jonas.done(close(agreement, None)).await;
    tomas.until(|tomas| tomas.room.reminders.is_empty()).await;
    let states: Vec<_> = rows(&stand.fresh.db).await.into_iter().map(|row| row.2).collect();
    assert_eq!(states, ["changed", "kept", "kept"]);
});
