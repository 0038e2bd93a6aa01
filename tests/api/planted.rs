//! One text that is known again, written wherever people write: for tests of what is taken out and of what is shown.

use db::sql;
use model::{
    actions::{ActionState, Owner},
    ids::*,
    live::{BoardCommand, Command, NewPoll, PollCommand, PollKind, action_id, made_on_board},
    moderation::ListOwnHidden,
    redactions::TextOf,
    sorting::sort_key,
    words::{Line, Prose},
};
use serde_json::{Value, json};
use tests::{Client, TestApp, app::BEGINNING};

use crate::live_client::{LiveClient, command_id, line};

/// Stands in every text below; as JSON spells it, it is longer.
pub const MARK: &str = "Kanarėlė \"Žvirblis\"";

pub async fn actor(app: &TestApp, name: &str) -> model::access::Actor {
    let id = app.sign_in(app.person(name), false).await;
    let mut tx = app.app.read().await.unwrap();
    let sign_in: SignInId =
        sql!("select id from sign_ins where token = $1", server::auth::digest(&id)).one(&mut tx).await.unwrap();
    drop(tx);
    server::auth::actor(&app.app.db, sign_in, app.now()).await.unwrap().unwrap()
}

pub async fn signed_in(app: &TestApp, name: &'static str) -> Vec<(&'static str, String)> {
    let token = app.as_(name).await.token.unwrap();
    vec![("cookie", format!("{}={token}", server::auth::COOKIE))]
}

pub async fn posted(client: &Client<'_>, method: &str, path: &str, body: Value) -> Value {
    let raw = client.json(method, &format!("/api/v1{path}"), Some(&body)).await;
    assert_eq!(raw.status, 200, "{method} {path}: {}", raw.text());
    raw.json()
}

pub async fn open_session(app: &TestApp) -> SessionId {
    let jonas = app.as_("Jonas").await;
    let path = format!("/spaces/{}/sessions", space_of_bmt(app).await);
    let body = json!({ "title": marked("Sesija"), "starts_at": "2026-12-01T14:00", "steps": [{ "title": marked("Žingsnis"), "minutes": 5 }] });
    let page = posted(&jonas, "POST", &path, body).await;
    page["card"]["id"].as_str().or(page["id"].as_str()).unwrap().parse().unwrap()
}

/// The one in which the problem of the cast stands.
pub async fn space_of_bmt(app: &TestApp) -> SpaceId {
    let mut tx = app.app.read().await.unwrap();
    sql!("select space from problems where id = $1", app.problem("motyvacija")).one(&mut tx).await.unwrap()
}

pub fn marked(what: &str) -> String {
    format!("{what} {MARK} ir dar")
}

pub type Planted = Vec<(TextOf, ItemId, Option<SessionId>)>;

/// Writes it wherever people write, the older and the hidden included.
pub async fn plant(app: &TestApp) -> Planted {
    let (ona, jonas, rasa, vilma) =
        (app.as_("Ona").await, app.as_("Jonas").await, app.as_("Rasa").await, app.as_("Vilma").await);
    let space = space_of_bmt(app).await;
    let id = |value: &Value| -> ItemId { value.as_str().unwrap().parse().unwrap() };
    let mut planted: Planted = Vec::new();

    // A problem that was changed, commented on when solved, and answered.
    let text = json!({
        "title": marked("Antraštė"), "area": "inclusion", "text": marked("Tekstas"), "group": marked("Grupė"),
        "goal": marked("Tikslas"), "evidence": [{ "kind": "observation", "text": marked("Įrodymas") }],
    });
    let key = rasa.clone().with("idempotency-key", "vienas");
    let page =
        posted(&key, "POST", &format!("/spaces/{space}/problems"), json!({ "problem": text, "sure": true })).await;
    let problem = id(&page["card"]["id"]);
    let mut changed = text.clone();
    changed["text"] = marked("Kitas tekstas").into();
    posted(
        &rasa,
        "PUT",
        &format!("/problems/{problem}"),
        json!({ "version": page["version"], "problem": changed, "sure": true }),
    )
    .await;
    let state = json!({ "state": "in_progress", "note": marked("Pastaba") });
    posted(&rasa, "POST", &format!("/problems/{problem}/state"), state).await;
    let said = json!({ "text": marked("Atsakymas"), "sure": true });
    let page = posted(&vilma, "POST", &format!("/problems/{problem}/responses"), said.clone()).await;
    let stands = id(&page["responses"].as_array().unwrap().last().unwrap()["id"]);
    let page = posted(&vilma, "POST", &format!("/problems/{problem}/responses"), said).await;
    let hidden =
        page["responses"].as_array().unwrap().iter().map(|one| id(&one["id"])).find(|one| *one != stands).unwrap();
    // One answer is hidden, with all that is said about it.
    let report = json!({ "kind": "response", "item": hidden, "reason": "personal_data", "note": marked("Pranešimas") });
    posted(&rasa, "POST", "/reports", report).await;
    posted(&jonas, "POST", "/hidings", json!({ "kind": "response", "item": hidden, "reason": marked("Priežastis") }))
        .await;
    let hiding = vilma.call(ListOwnHidden {}).await.granted()[0].id;
    posted(&vilma, "POST", &format!("/hidings/{hiding}/appeal"), json!({ "appeal": marked("Prieštarauju") })).await;
    posted(&jonas, "POST", &format!("/hidings/{hiding}/decision"), json!({ "answer": marked("Atsakymas") })).await;

    let text = json!({
        "title": marked("Praktika"), "summary": marked("Santrauka"), "area": "inclusion", "span": { "from": 5, "to": 6 },
        "context": marked("Aplinkybės"), "steps": [marked("Pirma"), marked("Antra")], "who": marked("Kas"), "cost": "none",
        "time": marked("Laikas"), "materials": marked("Priemonės"), "result": marked("Rezultatas"), "limits": marked("Ribos"), "licence": "CC BY 4.0",
    });
    let page = share(&rasa, space, &text).await;
    let practice = id(&page["card"]["id"]);
    let report = json!({ "kind": "practice", "item": practice, "reason": "other", "note": marked("Pranešimas") });
    posted(&vilma, "POST", "/reports", report).await;
    let attached = model::files::AttachToPractice {
        practice: PracticeId::from_uuid(practice.uuid()),
        name: "a.txt".into(),
        sure: true,
    };
    let attached = rasa.send("POST", &model::address::url(&attached), b"Labas.\n").await;
    assert_eq!(attached.status, 200, "{}", attached.text());
    planted.extend([(TextOf::Response, stands, None), (TextOf::Response, hidden, None)]);

    // Names and what is said of spaces, teams, networks, schools and people.
    let network = app.network("bmt");
    let opened = json!({ "name": marked("Erdvė"), "about": marked("Apie"), "visibility": "network" });
    let opened = posted(&jonas, "POST", &format!("/networks/{network}/spaces"), opened).await;
    planted.push((TextOf::Space, id(&opened["id"]), None));
    let school = json!({ "name": marked("Mokykla"), "municipality": "LT-53", "kind": "basic" });
    let school = posted(&jonas, "POST", &format!("/networks/{network}/schools"), school).await;
    let team = json!({ "name": marked("Komanda"), "school": school["id"] });
    let team = posted(&jonas, "POST", &format!("/networks/{network}/teams"), team).await;
    let new = json!({ "name": marked("Tinklas"), "kind": "bmt", "about": marked("Apie") });
    let new = posted(&ona, "POST", "/networks", new).await;
    let invited =
        json!({ "role": format!("expert:{network}"), "name": marked("Vardas"), "email": "kviestinis@kitur.example" });
    let invited = posted(&ona, "POST", "/role-invitations", invited).await;
    planted.push((TextOf::Team, id(&team["id"]), None));
    planted.push((TextOf::School, id(&school["id"]), None));
    planted.push((TextOf::Network, id(&new["id"]), None));
    let plan = json!({ "title": marked("Scenarijus"), "about": marked("Apie"), "steps": [{ "title": marked("Žingsnis"), "minutes": 5 }] });
    posted(&ona, "POST", &format!("/networks/{}/plans", new["id"].as_str().unwrap()), plan).await;
    planted.push((TextOf::Invitation, id(&invited["id"]), None));
    let person = ItemId::from_uuid(app.person("Tomas").uuid());
    planted.push((TextOf::Person, person, None));

    // A person renamed, and a team that meets in the space: both can own what is agreed in the room.
    let mut tx = app.app.db.write().await.unwrap();
    let name = marked("Tomas");
    sql!("update people set name = $2, name_key = $3 where id = $1", person, name, sort_key(&name))
        .run(&mut tx)
        .await
        .unwrap();
    sql!("insert into space_teams (space, team, since) values ($1, $2, 0)", space, id(&team["id"]))
        .run(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let agreed = json!({ "text": marked("Susitarėme"), "owner": format!("team:{}", app.team("azuolas")) });
    let dropped = json!({ "state": "dropped", "reason": marked("Nebereikia") });
    let mut actions = Vec::new();
    for state in [Some(dropped), None] {
        let agreed = posted(&rasa, "POST", &format!("/spaces/{space}/actions"), agreed.clone()).await;
        let action = id(&agreed["card"]["id"]);
        if let Some(state) = state {
            posted(&rasa, "POST", &format!("/actions/{action}/state"), state).await;
        }
        actions.push(action);
    }

    // A session in which it was said, edited, noted and planned.
    let session = open_session(app).await;
    let plan = json!({ "version": 1, "title": marked("Sesija kitaip"), "starts_at": "2026-12-01T14:00",
        "steps": [{ "title": marked("Žingsnis"), "minutes": 5 }] });
    posted(&jonas, "PUT", &format!("/sessions/{session}"), plan).await;
    let mut live = LiveClient::join(app.address, session, &signed_in(app, "Jonas").await).await.unwrap();
    live.done(Command::Open {}).await;
    live.done(line(&marked("Sakau"))).await;
    let message = live.room.messages[0].id;
    live.done(Command::Edit { message, text: Prose::new(&marked("Taisau")).unwrap() }).await;
    live.done(line(&marked("Ir dar"))).await;
    let step = live.room.steps[0].id;
    live.done(Command::NoteStep { step, text: Prose::new(&marked("Pastaba")) }).await;
    live.done(Command::AddStep {
        title: Line::new(&marked("Žingsnis")).unwrap(),
        minutes: 5,
        rules: Default::default(),
    })
    .await;
    // One that was open before is brought along; another is agreed, changed and dropped here.
    live.until(|live| live.room.brought).await;
    let owner = Owner::Person(app.person("Tomas"));
    let command = command_id();
    let agree = Command::AgreeAction { text: Prose::new(&marked("Susitarta")).unwrap(), owner, due: None };
    live.ask_as(command, agree).await;
    live.until(|live| live.done.contains_key(&command)).await;
    let action = action_id(app.person("Jonas"), command);
    let text = Prose::new(&marked("Susitarta kitaip")).unwrap();
    live.done(Command::ChangeAction { action, text, owner, due: None }).await;
    let reason = Prose::new(&marked("Nebereikia"));
    live.done(Command::SetAction { action, state: ActionState::Dropped, reason }).await;
    actions.push(ItemId::from_uuid(action.uuid()));
    // Asked of everyone, and written on a board.
    let poll = NewPoll {
        question: Line::new(&marked("Klausimas")).unwrap(),
        kind: PollKind::Single,
        options: vec![Line::new(&marked("Taip")).unwrap(), Line::new("Ne").unwrap()],
        each: 0,
        per_option: 0,
        sealed: false,
        anonymous: false,
        seconds: None,
        step: None,
    };
    live.done(Command::Poll(PollCommand::Ask(poll))).await;
    let command = command_id();
    let title = Line::new(&marked("Lenta")).unwrap();
    let columns = vec![Line::new(&marked("Stulpelis")).unwrap()];
    let make = BoardCommand::Make { title, columns, anonymous: false, hidden: false, step: None };
    live.ask_as(command, Command::Board(make)).await;
    live.until(|live| live.done.contains_key(&command)).await;
    let (board, text) = (made_on_board(command), Prose::new(&marked("Kortelė")).unwrap());
    live.done(Command::Board(BoardCommand::Add { board, column: 0, text })).await;
    let agreement = agree_by_consent(app, session, &mut live).await;
    let review = json!({ "version": 1, "state": "dropped", "reason": marked("Nebegalioja") });
    posted(&jonas, "POST", &format!("/agreements/{agreement}/review"), review).await;
    let me = live.you.clone().unwrap();
    drop(live);
    planted.push((TextOf::Message, ItemId::from_uuid(message.uuid()), Some(session)));
    planted.push((TextOf::Session, ItemId::from_uuid(session.uuid()), None));
    // Written together, and as it was before; in both halves by other clients.
    for text in ["Užrašai", "Kiti užrašai"] {
        app.app.notes.replace(session, &me, marked(text)).await.unwrap();
    }

    planted.extend(actions.into_iter().map(|action| (TextOf::Action, action, None)));

    // What has no form, or would need an hour of clicks: cards of those who came, what was once said of a redaction.
    let mut tx = app.app.db.write().await.unwrap();
    let card = json!({ "arrived": { "who": { "id": person, "name": name, "team": { "id": team["id"], "name": marked("Komanda") },
        "school": marked("Mokykla"), "role": "participant" }, "at": 1 } });
    let card: model::live::Event = serde_json::from_value(card).unwrap();
    let command = CommandId::from_uuid(uuid::Uuid::from_u128(77));
    server::live::append(&mut tx, session, None, command, &[card], BEGINNING).await.unwrap();
    sql!("update files set name = $2 where item = $1", practice, format!("{MARK}.txt")).run(&mut tx).await.unwrap();
    sql!("update sessions set video = $2, cancel_reason = $2 where id = $1", session, marked("Vaizdas"))
        .run(&mut tx)
        .await
        .unwrap();
    sql!(
        "insert into session_people (session, person, named, answer, note) values ($1, $2, true, 'no', $3)",
        session,
        person,
        marked("Negaliu")
    )
    .run(&mut tx)
    .await
    .unwrap();
    sql!(
        "insert into ballots (poll, key, session, choice) values ('0192f0c1-2b3c-7d4e-8f50-0123456789ad', 'a', $1, $2)",
        session,
        json!({ "text": marked("Atsakymas") }).to_string()
    )
    .run(&mut tx)
    .await
    .unwrap();
    sql!(
        "insert into attendance_corrections (id, session, person, minutes, reason, author, at)
         values ('0192f0c1-2b3c-7d4e-8f50-0123456789ac', $1, $2, 5, $3, $2, 0)",
        session,
        person,
        marked("Pamiršta")
    )
    .run(&mut tx)
    .await
    .unwrap();
    let minutes = json!({ "title": marked("Protokolas"), "facts": [], "sections": [{ "kind": "other", "title": "Kita", "text": marked("- Kas") }] });
    let minutes = minutes.to_string();
    sql!(
        "insert into minutes (session, body, hash, edited_by, edited_at) values ($1, $2, '', $3, 0)",
        session,
        minutes,
        person
    )
    .run(&mut tx)
    .await
    .unwrap();
    sql!(
        "insert into minutes_former (session, number, body, person, at) values ($1, 1, $2, $3, 0)",
        session,
        minutes,
        person
    )
    .run(&mut tx)
    .await
    .unwrap();
    sql!(
        "insert into minutes_addenda (session, number, text, hash, signed_by, signed_at, signed_hash) values ($1, 1, $2, '', $3, 0, '')",
        session,
        marked("Priedas"),
        person
    )
    .run(&mut tx)
    .await
    .unwrap();
    sql!("update hidings set title = $2 where item = $1", hidden, marked("Antraštė")).run(&mut tx).await.unwrap();
    sql!(
        "insert into redactions (id, number, kind, item, person, reason, at, length, salt, hash)
         values ('0192f0c1-2b3c-7d4e-8f50-0123456789ab', 1000, 'practice', $1, $2, $3, 0, 3, '', '')",
        practice,
        person,
        marked("Senas")
    )
    .run(&mut tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    planted.push((TextOf::Problem, problem, None));
    planted.push((TextOf::Practice, practice, None));
    planted
}

/// Shares a practice and changes it, so that there are versions.
async fn share(rasa: &Client<'_>, space: SpaceId, text: &Value) -> Value {
    let page =
        posted(rasa, "POST", &format!("/spaces/{space}/practices"), json!({ "practice": text, "sure": true })).await;
    let mut changed = text.clone();
    changed["result"] = marked("Kitas rezultatas").into();
    let path = format!("/practices/{}", page["card"]["id"].as_str().unwrap());
    posted(rasa, "PUT", &path, json!({ "version": page["version"], "practice": changed, "sure": true })).await
}

/// An agreement that was reworded, and adopted over an objection; in the register from then on.
async fn agree_by_consent(app: &TestApp, session: SessionId, jonas: &mut LiveClient) -> AgreementId {
    let mut rasa = LiveClient::join(app.address, session, &signed_in(app, "Rasa").await).await.unwrap();
    let ask = |command: serde_json::Value| {
        let command: Command = serde_json::from_value(json!({ "agreement": command })).unwrap();
        command
    };
    jonas.done(ask(json!({ "propose": { "text": marked("Susitariame") } }))).await;
    let agreement = jonas.room.agreements[0].paper.id;
    jonas.done(ask(json!({ "open": { "agreement": agreement } }))).await;
    jonas.done(ask(json!({ "amend": { "agreement": agreement, "text": marked("Susitariame kitaip") } }))).await;
    jonas.done(ask(json!({ "voice": { "agreement": agreement, "voice": "agree" } }))).await;
    rasa.done(ask(json!({ "voice": { "agreement": agreement, "voice": "object", "reason": marked("Prieštarauju") } })))
        .await;
    jonas.done(ask(json!({ "close": { "agreement": agreement, "reason": marked("Vis tiek") } }))).await;
    agreement
}
