//! What is agreed in a room that somebody does: heard by all, a row with its event, and brought to the next session.

use db::{Db, sql};
use model::{
    actions::{ActionState, Owner},
    ids::*,
    live::{Command, Event, action_id},
    refusal::Code,
    words::Prose,
};
use server::live::Settings;
use uuid::Uuid;

use crate::{
    both,
    child::Ground,
    live_client::{LiveClient, command_id, line},
    stand::{EGLE, JONAS, RASA, Stand, TOMAS, headers, person},
};

/// The team of everyone in the stand.
fn team() -> TeamId {
    TeamId::from_uuid(Uuid::from_u128(0x102))
}

fn agree(text: &str, owner: Owner, due: &str) -> Command {
    Command::AgreeAction { text: Prose::new(text).unwrap(), owner, due: due.parse().ok() }
}

fn set(action: ActionItemId, state: ActionState) -> Command {
    Command::SetAction { action, state, reason: None }
}

/// Text, state and version of each action, and how many changes each has.
async fn rows(db: &Db) -> Vec<(String, String, i64, i64)> {
    let mut tx = db.read().await.unwrap();
    sql!(
        "select text, state, version,
                (select cast(count(*) as bigint) from action_changes where action_changes.action = actions.id)
         from actions order by agreed_at, id"
    )
    .all(&mut tx)
    .await
    .unwrap()
}

both!(what_is_agreed_is_heard_by_all_and_is_a_row_once, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let (mut jonas, mut rasa) = (stand.join(JONAS).await, stand.join(RASA).await);
    jonas.until(|jonas| jonas.room.brought).await;
    let id = command_id();
    for _ in 0..3 {
        jonas.ask_as(id, agree("Parengti klausimyną", Owner::Person(person(TOMAS)), "2026-12-04")).await;
    }
    jonas.until(|jonas| jonas.done.contains_key(&id)).await;
    let action = action_id(person(JONAS), id);
    rasa.until(|rasa| rasa.room.action(action).is_some()).await;
    assert_eq!(rasa.room.action(action).unwrap().owner.name, format!("Mokytoja {TOMAS}"));
    assert_eq!(rows(&stand.fresh.db).await, [("Parengti klausimyną".into(), "open".into(), 1, 1)]);

    let stranger = agree("Kitų darbas", Owner::Team(TeamId::from_uuid(Uuid::nil())), "2026-12-04");
    assert_eq!(jonas.refused(stranger).await, Code::FieldWrong);
    let other = Command::ChangeAction {
        action,
        text: Prose::new("Parengti du klausimynus").unwrap(),
        owner: Owner::Team(team()),
        due: None,
    };
    rasa.done(other).await;
    assert_eq!(rows(&stand.fresh.db).await, [("Parengti du klausimynus".into(), "open".into(), 2, 2)]);
    let past = Command::SetAction { action, state: ActionState::Dropped, reason: None };
    assert_eq!(rasa.refused(past).await, Code::FieldNeeded);
});

both!(two_ticks_at_once_have_one_effect_also_from_two_servers, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let mut jonas = stand.join(JONAS).await;
    jonas.until(|jonas| jonas.room.brought).await;
    let id = jonas.ask(agree("Parengti klausimyną", Owner::Team(team()), "2026-12-04")).await;
    jonas.until(|jonas| jonas.done.contains_key(&id)).await;
    let action = action_id(person(JONAS), id);
    let node = stand.another().await;
    let (mut rasa, mut tomas) = (stand.join(RASA).await, node.join(stand.session, TOMAS).await);
    tomas.until(|tomas| tomas.room.action(action).is_some()).await;
    let (one, other) =
        (rasa.ask(set(action, ActionState::Done)).await, tomas.ask(set(action, ActionState::Done)).await);
    rasa.until(|rasa| rasa.done.contains_key(&one)).await;
    tomas.until(|tomas| tomas.done.contains_key(&other)).await;
    rasa.until(|rasa| rasa.room.action(action).unwrap().state == ActionState::Done).await;
    let ticks = stand.payloads().await.iter().filter(|payload| payload.contains("action_set")).count();
    assert_eq!(ticks, 1);
    assert_eq!(rows(&stand.fresh.db).await, [("Parengti klausimyną".into(), "done".into(), 2, 2)]);
    // Ticked outside of the room before it is ticked in it: the row is what it was, and is not done twice.
    rasa.done(set(action, ActionState::Open)).await;
    stand.run(sql!("update actions set state = 'done', version = version + 1 where id = $1", action)).await;
    rasa.done(set(action, ActionState::Done)).await;
    assert_eq!(rows(&stand.fresh.db).await[0].2, 4);
});

both!(a_participant_commits_nobody_else, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    stand.run(sql!("delete from members where person = $1", person(EGLE))).await;
    stand
        .run(sql!(
            "insert into roles (person, role, scope, granted_at) values ($1, 'consultant', $2, 1)",
            person(EGLE),
            team()
        ))
        .await;
    let (mut rasa, mut jonas) = (stand.join(RASA).await, stand.join(JONAS).await);
    jonas.until(|jonas| jonas.room.brought).await;
    rasa.until(|rasa| rasa.room.brought).await;
    rasa.done(agree("Mūsų darbas", Owner::Team(team()), "2026-12-04")).await;
    let gone = set(ActionItemId::from_uuid(Uuid::nil()), ActionState::Done);
    assert_eq!(rasa.refused(gone).await, Code::ActionGone);
    let code = agree("Mokinio kodas 50001010006", Owner::Team(team()), "2026-12-04");
    assert_eq!(rasa.refused(code).await, Code::GuardCode);
    // Who serves the team without being of it owns nothing.
    assert_eq!(jonas.refused(agree("Kito", Owner::Person(person(EGLE)), "2026-12-04")).await, Code::FieldWrong);
});

both!(open_ones_are_brought_to_the_next_session_once_and_ticked_there, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let mut jonas = stand.join(JONAS).await;
    jonas.until(|jonas| jonas.room.brought).await;
    assert!(jonas.room.actions.is_empty() && jonas.room.owners[0].people.len() == 58);
    for (text, due) in [("Vėliau", "2027-01-10"), ("Greitai", "2026-12-01"), ("Padaryta", "2026-12-02")] {
        jonas.done(agree(text, Owner::Team(team()), due)).await;
    }
    let done = jonas.room.actions[2].id;
    jonas.done(set(done, ActionState::Done)).await;
    jonas.done(Command::Close {}).await;

    let next = SessionId::from_uuid(Uuid::from_u128(0x501));
    stand
        .run(sql!(
            "insert into sessions (id, space, title, facilitator, state, starts_at, minutes, steps, last_seq, created_at)
             select $2, space, 'Kita', facilitator, 'planned', 2, 15, steps, 0, 2 from sessions where id = $1",
            stand.session,
            next
        ))
        .await;
    let mut jonas = stand.node.join(next, JONAS).await;
    let mut rasa = stand.node.join(next, RASA).await;
    assert!(!jonas.room.brought);
    jonas.done(Command::Open {}).await;
    rasa.until(|rasa| rasa.room.brought).await;
    let shown: Vec<_> = rasa.room.actions.iter().map(|action| (action.text.as_str(), action.brought)).collect();
    assert_eq!(shown, [("Greitai", true), ("Vėliau", true)]);
    let first = rasa.room.actions[0].id;
    rasa.done(set(first, ActionState::Done)).await;

    // A server that opens the room anew brings nothing a second time, and knows what was ticked.
    let node = stand.another().await;
    let mut late = node.join(next, TOMAS).await;
    late.until(|late| late.room.brought).await;
    assert_eq!(
        late.room.actions.iter().map(|action| action.state).collect::<Vec<_>>(),
        [ActionState::Done, ActionState::Open]
    );
    late.done(line("Sveiki.")).await;
    let mut tx = stand.fresh.db.read().await.unwrap();
    let brought =
        sql!("select cast(count(*) as bigint) from session_events where session = $1 and actor = 'clock'", next);
    assert_eq!(brought.one::<i64>(&mut tx).await.unwrap(), 1);
    let open = sql!("select text from actions where state = 'open'").all::<String>(&mut tx).await.unwrap();
    assert_eq!(open, ["Vėliau"]);
});

both!(other_words_are_written_wherever_an_action_is_kept, |kind| async move {
    let stand = Stand::new(kind, Settings::default()).await;
    let mut jonas = stand.join(JONAS).await;
    jonas.until(|jonas| jonas.room.brought).await;
    let id = jonas.ask(agree("Slaptas darbas", Owner::Team(team()), "2026-12-04")).await;
    jonas.until(|jonas| jonas.done.contains_key(&id)).await;
    let action = action_id(person(JONAS), id);
    let change = Command::ChangeAction {
        action,
        text: Prose::new("Slaptesnis darbas").unwrap(),
        owner: Owner::Team(team()),
        due: None,
    };
    jonas.done(change).await;
    let mut tx = stand.fresh.db.write().await.unwrap();
    server::actions::follow::rewrite(&mut tx, action, "…").await.unwrap();
    tx.commit().await.unwrap();
    for payload in stand.payloads().await {
        assert!(!payload.contains("darbas"), "{payload}");
    }
    assert_eq!(rows(&stand.fresh.db).await[0].0, "…");
    let node = stand.another().await;
    let late = node.join(stand.session, RASA).await;
    assert_eq!(late.room.action(action).unwrap().text, "…");
});

both!(a_kill_loses_no_action_that_was_acknowledged_and_doubles_none, |kind| async move {
    let ground = Ground::new(kind).await;
    let mut client: Option<LiveClient> = None;
    for round in 0..6 {
        let server = ground.start(&[]).await;
        let jonas = match &mut client {
            None => client.insert(LiveClient::join(server.address, ground.session, &headers(JONAS)).await.unwrap()),
            Some(jonas) => {
                jonas.resume(server.address, &headers(JONAS)).await.unwrap();
                jonas
            }
        };
        jonas.until(|jonas| jonas.room.brought).await;
        jonas.ask_all((0..12).map(|n| agree(&format!("Darbas {round}.{n}"), Owner::Team(team()), "2026-12-04"))).await;
        if round % 2 == 0 {
            let before = jonas.done.len();
            jonas.until(|jonas| jonas.done.len() > before).await;
        }
        server.kill();
        jonas.until(|jonas| jonas.closed.is_some()).await;
    }
    let server = ground.start(&[]).await;
    let mut jonas = client.unwrap();
    jonas.resume(server.address, &headers(JONAS)).await.unwrap();
    jonas.until(|jonas| jonas.pending.is_empty()).await;
    assert!(jonas.refused.is_empty(), "{:?}", jonas.refused);
    assert_eq!(jonas.room.actions.len(), 72);
    server.kill();
    let db = Db::open(&ground.options).await.unwrap();
    let rows = rows(&db).await;
    assert_eq!(rows.len(), 72);
    assert!(rows.iter().all(|(_, state, version, changes)| (state.as_str(), *version, *changes) == ("open", 1, 1)));
    let mut tx = db.read().await.unwrap();
    let agreed = sql!("select payload from session_events where session = $1 order by seq", ground.session);
    let events: Vec<String> = agreed.all(&mut tx).await.unwrap();
    let agreed = events.iter().filter(|event| matches!(serde_json::from_str(event), Ok(Event::ActionAgreed(_))));
    assert_eq!(agreed.count(), 72);
    drop(tx);
    db.close().await;
});
