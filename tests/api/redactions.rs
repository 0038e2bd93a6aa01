//! What is taken out of a text is nowhere: not in the database or its files, the index, older versions, records, exports or new
//! backups, and it does not come back with an old one.

use std::{fs, path::Path};

use db::{Db, Query, copy, sql};
use model::{
    ids::*,
    live::Command,
    moderation::*,
    problems::ReadProblem,
    redactions::*,
    refusal::Code,
    search::Search,
    sessions::{ListMessages, ReadRecord},
    sorting::sort_key,
    words::{Line, Prose},
};
use serde_json::{Value, json};
use server::{
    audit,
    backup::{backup, restore},
    redactions::store::{EXCUSED, WRITTEN},
};
use tests::{Client, Kind, TestApp, app::BEGINNING, on_both};
use text::Lang;

use crate::live_client::{LiveClient, line};

/// Stands in every text below; as JSON spells it, it is longer.
const MARK: &str = "Kanarėlė \"Žvirblis\"";
/// Letters of it that are in nothing else, as people write them and as the search index keeps them.
const TRACES: [&str; 4] = ["Kanarėl", "kanarėl", "kanarel", "Kanarel"];

on_both! {
    async fn every_column_of_text_is_cut_or_excused(app) {
        let tables = copy::tables(&mut app.app.read().await.unwrap()).await.unwrap();
        let mut open = Vec::new();
        for table in &tables {
            for column in table.texts() {
                let name = table.name.as_str();
                let cut = WRITTEN.contains(&(name, column));
                let excused = EXCUSED.iter().any(|(of, one, _)| {
                    (*of == name && (*one == "*" || *one == column)) || (*of == "*" && *one == column)
                });
                if !cut && !excused {
                    open.push(format!("{name}.{column}"));
                }
            }
        }
        assert!(open.is_empty(), "neither cut by a redaction nor excused from it: {open:?}");
        for (table, column) in WRITTEN {
            let known = tables.iter().find(|known| known.name == *table);
            assert!(known.is_some_and(|known| known.texts().any(|text| text == *column)), "there is no {table}.{column}");
        }
    }

    async fn what_is_taken_out_is_nowhere(app) {
        let planted = plant(app).await;
        let db = &app.app.db;
        // It really stands in each of the columns.
        for (table, column) in WRITTEN {
            let count = format!("select count(*) from {table} where {column} like '%Kanarėl%'");
            let count: i64 = Query::new(String::leak(count)).one(&mut db.read().await.unwrap()).await.unwrap();
            assert!(count > 0, "nothing was planted in {table}.{column}");
        }
        app.app.search.settled().await;
        assert!(app.app.search.knows("kanarele").unwrap(), "it is in the index before");

        let ona = app.as_("Ona").await;
        for (of, item, session) in &planted {
            let done = ona.call(redact(*of, *item, *session)).await.granted();
            assert!(done.places > 0, "{of:?}");
            // Once is enough.
            ona.call(redact(*of, *item, *session)).await.refused_at(Code::RedactionAbsent, "passage");
        }

        assert_eq!(rows_with_traces(db).await, Vec::<String>::new());
        app.app.search.settled().await;
        assert!(!app.app.search.knows("kanarele").unwrap());
        assert_eq!(parts_on_disk(&app.app.config.data.join("search")), app.app.search.parts());
        assert_eq!(traces_in(&app.app.config.data), Vec::<String>::new());
        if let db::Place::File(path) = &app.fresh.options.place {
            for end in ["", "-wal", "-shm"] {
                let file = format!("{}{end}", path.display());
                let bytes = fs::read(&file).unwrap_or_default();
                assert!(found(&bytes).is_none(), "{:?} is in {file}", found(&bytes));
            }
        }
        let room = Folder::new();
        let archive = room.0.join("a.zip");
        backup(db, &app.app.config.data, &archive, BEGINNING).await.unwrap();
        assert_eq!(traces_in_zip(&fs::read(&archive).unwrap()), Vec::<String>::new());
        let actor = actor(app, "Ona").await;
        let export = server::export::export(&app.app, &actor, space_of_bmt(app).await, Lang::Lt, std::io::Cursor::new(Vec::new())).await.unwrap().into_inner();
        assert_eq!(traces_in_zip(&export), Vec::<String>::new());
        // The keys by which names are sorted follow the names, and the log of acts is whole.
        let mut tx = db.read().await.unwrap();
        for table in ["people", "teams", "schools", "networks", "spaces"] {
            let names = format!("select name, name_key from {table}");
            let names: Vec<(String, String)> = Query::new(String::leak(names)).all(&mut tx).await.unwrap();
            assert!(names.iter().all(|(name, key)| sort_key(name) == *key), "{table}");
        }
        assert_eq!(audit::broken_at(&mut tx).await.unwrap(), None);
        let acts: i64 = sql!("select count(*) from audit where act = 'text.redacted'").one(&mut tx).await.unwrap();
        assert_eq!(acts, planted.len() as i64);
        drop(tx);

        // In its place stands the mark, and beside the text who, when and why.
        let of = |of: TextOf| planted.iter().find(|(other, ..)| *other == of).unwrap().1;
        let problem = ProblemId::from_uuid(of(TextOf::Problem).uuid());
        let page = ona.get(&format!("/problemos/{problem}")).await;
        let text = page.text();
        assert!(text.contains(MARK_LT) && text.contains("Ona Vaitkienė") && text.contains("Rašyta apie žmogų"));
        let english = ona.with("accept-language", "en").get(&format!("/problemos/{problem}")).await;
        assert!(english.text().contains("[removed]"));
        assert!(!english.text().contains(MARK_LT));
        let told = app.anonymous().call(ListRedactions { of: TextOf::Problem, item: of(TextOf::Problem), session: None }).await;
        assert!(told.raw.status == 404 || told.granted()[0].by.is_none());
    }

    async fn an_archive_from_before_does_not_bring_it_back(app) {
        let planted = plant(app).await;
        let (room, data) = (Folder::new(), app.app.config.data.clone());
        let before = room.0.join("before.zip");
        backup(&app.app.db, &data, &before, BEGINNING).await.unwrap();
        assert!(!traces_in_zip(&fs::read(&before).unwrap()).is_empty());
        let ona = app.as_("Ona").await;
        for (of, item, session) in &planted {
            let done = ona.call(redact(*of, *item, *session)).await;
            assert_eq!(done.raw.status, 200, "{of:?}: {}", done.raw.text());
        }
        // The list beside the database holds no passage.
        let list = data.join("redactions.jsonl");
        let told = fs::read_to_string(&list).unwrap();
        assert_eq!(told.lines().count(), planted.len() + 1);
        assert!(found(told.as_bytes()).is_none());

        for kind in [Kind::Sqlite, Kind::Postgres] {
            let (target, into) = (db::testing::fresh_by(kind, &[]).await, Folder::new());
            let summary = restore(&before, &target.options, &into.0, Some(&list), BEGINNING).await.unwrap();
            assert!(summary.again > 0, "{summary}");
            let db = Db::open(&target.options).await.unwrap();
            assert_eq!(rows_with_traces(&db).await, Vec::<String>::new());
            let mut tx = db.read().await.unwrap();
            assert_eq!(server::backup::broken_sessions(&mut tx).await.unwrap(), 0);
            let rows: i64 = sql!("select count(*) from redactions").one(&mut tx).await.unwrap();
            assert_eq!(rows, planted.len() as i64 + 1);
            drop(tx);
            // The list goes on in the new data directory.
            assert_eq!(fs::read_to_string(into.0.join("redactions.jsonl")).unwrap().lines().count(), planted.len() + 1);
            // And the archive of the restored one needs no list.
            let after = room.0.join(format!("{kind:?}.zip"));
            backup(&db, &into.0, &after, BEGINNING).await.unwrap();
            assert_eq!(traces_in_zip(&fs::read(&after).unwrap()), Vec::<String>::new());
            db.close().await;
        }
        // Without the list it would have come back: the test can fail.
        let (target, into) = (db::testing::fresh_by(Kind::Sqlite, &[]).await, Folder::new());
        restore(&before, &target.options, &into.0, None, BEGINNING).await.unwrap();
        let db = Db::open(&target.options).await.unwrap();
        assert!(!rows_with_traces(&db).await.is_empty());
        db.close().await;
    }

    async fn an_open_room_and_a_folded_record_let_go_of_it(app) {
        let session = open_session(app).await;
        let headers = signed_in(app, "Jonas").await;
        let mut jonas = LiveClient::join(app.address, session, &headers).await.unwrap();
        jonas.done(Command::Open {}).await;
        jonas.done(line(&format!("Sveiki, {MARK}"))).await;
        jonas.done(line("Kita žinutė")).await;
        let message = jonas.room.messages[0].id;
        let ona = app.as_("Ona").await;
        // The fold of the record is kept.
        let told = ona.call(ListMessages { session, cursor: None }).await.granted();
        assert!(told.items.iter().any(|message| message.text.contains("Kanarėl")));

        let (item, epoch) = (ItemId::from_uuid(message.uuid()), jonas.epoch.clone());
        ona.call(redact(TextOf::Message, item, Some(session))).await.granted();
        jonas.until(|client| client.closed.is_some()).await;
        // Whoever comes back begins anew, and nothing of it is sent.
        jonas.resume(app.address, &headers).await.unwrap();
        assert!(jonas.epoch != epoch && jonas.rooms == 2);
        let texts: Vec<_> = jonas.room.messages.iter().filter_map(|message| message.text.as_deref()).collect();
        assert_eq!(texts, [format!("Sveiki, {MARK_LT}").as_str(), "Kita žinutė"]);
        jonas.done(line("Ir toliau")).await;
        let told = ona.call(ListMessages { session, cursor: None }).await.granted();
        assert!(told.items.len() == 3 && told.items.iter().all(|message| !message.text.contains("Kanarėl")));
        jonas.done(Command::Close {}).await;
        let record = ona.call(ReadRecord { session }).await.granted();
        assert!(!serde_json::to_string(&record.messages).unwrap().contains("Kanarėl"));
        // Only the message that was named is cut.
        assert_eq!(record.messages.len(), 3);
    }

    async fn only_those_who_keep_a_text_take_something_out_of_it(app) {
        let problem = app.problem("motyvacija");
        let item = ItemId::from_uuid(problem.uuid());
        let text = app.as_("Rasa").await.call(ReadProblem { problem }).await.granted().text;
        let word = text.title.split(' ').next().unwrap().to_owned();
        let take = |passage: &str, reason: &str| RedactText {
            of: TextOf::Problem,
            item,
            session: None,
            passage: Passage::new(passage).unwrap(),
            reason: Prose::new(reason).unwrap(),
        };
        app.anonymous().call(take(&word, "Priežastis")).await.refused(Code::SignInNeeded);
        for other in ["Rasa", "Vilma", "Tomas"] {
            app.as_(other).await.call(take(&word, "Priežastis")).await.refused(Code::Forbidden);
        }
        app.as_("Nerijus").await.call(take(&word, "Priežastis")).await.missing();
        let jonas = app.as_("Jonas").await;
        jonas.call(take(&word, &format!("Nes čia {}", word.to_uppercase()))).await.refused_at(Code::RedactionRepeats, "reason");
        jonas.call(take("tokios dalies čia nėra", "Priežastis")).await.refused_at(Code::RedactionAbsent, "passage");
        jonas.call(take(&word, "Priežastis")).await.granted();
        // A form that was opened before does not bring it back.
        let rasa = app.as_("Rasa").await;
        let edit = model::problems::EditProblem { id: problem, version: 1, draft: false, problem: text };
        rasa.call(edit).await.refused(Code::Changed);
        // A personal code is what is to be taken out; elsewhere it is stopped.
        jonas.call(take("39001010077", "Kodas")).await.refused_at(Code::RedactionAbsent, "passage");
        // What coordinators of other networks keep is not theirs.
        let steam = ItemId::from_uuid(app.space("steam").uuid());
        let space = RedactText { of: TextOf::Space, item: steam, ..take("STEAM", "Priežastis") };
        assert!(matches!(jonas.call(space).await.raw.status, 403 | 404));
        let person = RedactText { of: TextOf::Person, item: ItemId::from_uuid(app.person("Rasa").uuid()), ..take("Rasa", "x y") };
        jonas.call(person).await.refused(Code::Forbidden);
    }

    async fn the_form_takes_it_out_without_scripts_and_a_browser_lets_go_of_its_copies(app) {
        let problem = app.problem("motyvacija");
        let jonas = app.as_("Jonas").await;
        let path = format!("/pasalinti/problem/{problem}");
        let page = jonas.get(&format!("/problemos/{problem}")).await;
        let kept = page.header("tinklaveika-kept").unwrap().to_owned();
        assert!(page.text().contains(&path));
        assert!(!app.as_("Vilma").await.get(&format!("/problemos/{problem}")).await.text().contains(&path));
        assert_eq!(app.as_("Vilma").await.get(&path).await.status, 403);
        assert_eq!(app.anonymous().get(&path).await.status, 401);
        let form = jonas.get(&path).await;
        assert!(form.status == 200 && !form.text().contains("data-draft"), "a draft would keep the passage in the browser");
        let refused = jonas.form(&path, &[("passage", "nėra tokios"), ("reason", "Vardas")]).await;
        assert_eq!(refused.status, 422);
        let title = jonas.call(ReadProblem { problem }).await.granted().text.title.to_string();
        let done = jonas.form(&path, &[("passage", &title), ("reason", "Vardas antraštėje")]).await;
        assert_eq!(done.led_to(), format!("/pasalinta/problem/{problem}"));
        assert_eq!(jonas.get(done.led_to()).await.status, 200);
        let page = jonas.get(&format!("/problemos/{problem}")).await;
        assert!(page.text().contains("Vardas antraštėje"));
        assert_ne!(page.header("tinklaveika-kept").unwrap(), kept);
    }

    async fn a_renamed_school_and_network_are_found_by_their_new_names(app) {
        let ona = app.as_("Ona").await;
        app.app.search.settled().await;
        let found = async |words: &str| {
            app.app.search.settled().await;
            let found = ona.call(Search { q: Line::new(words), ..Default::default() }).await.granted();
            serde_json::to_string(&found.items).unwrap().contains(&app.team("azuolas").to_string())
        };
        assert!(!found("Gervinė").await);
        let mut tx = app.app.read().await.unwrap();
        let school: (SchoolId, i64, String, String) = sql!(
            "select schools.id, schools.version, schools.municipality, schools.kind
             from schools join teams on teams.school = schools.id where teams.id = $1",
            app.team("azuolas")
        )
        .one(&mut tx)
        .await
        .unwrap();
        drop(tx);
        let body = json!({ "version": school.1, "name": "Gervinės progimnazija", "municipality": school.2, "kind": school.3 });
        assert_eq!(ona.json("PUT", &format!("/api/v1/schools/{}", school.0), Some(&body)).await.status, 200);
        assert!(found("Gervinė").await);
        let network = app.network("bmt");
        let body = json!({ "version": 1, "kind": "bmt", "name": "Tinklas „Vandenžolė“" });
        let renamed = ona.json("PUT", &format!("/api/v1/networks/{network}"), Some(&body)).await;
        assert_eq!(renamed.status, 200, "{}", renamed.text());
        assert!(found("Vandenžolė").await);
    }
}

const MARK_LT: &str = "[pašalinta]";

fn redact(of: TextOf, item: ItemId, session: Option<SessionId>) -> RedactText {
    let reason = Prose::new("Rašyta apie žmogų, kurio čia neturi būti.").unwrap();
    RedactText { of, item, session, passage: Passage::new(MARK).unwrap(), reason }
}

async fn actor(app: &TestApp, name: &str) -> model::access::Actor {
    let id = app.sign_in(app.person(name), false).await;
    let mut tx = app.app.read().await.unwrap();
    let sign_in: SignInId =
        sql!("select id from sign_ins where token = $1", server::auth::digest(&id)).one(&mut tx).await.unwrap();
    drop(tx);
    server::auth::actor(&app.app.db, sign_in, app.now()).await.unwrap().unwrap()
}

async fn signed_in(app: &TestApp, name: &'static str) -> Vec<(&'static str, String)> {
    let token = app.as_(name).await.token.unwrap();
    vec![("cookie", format!("{}={token}", server::auth::COOKIE))]
}

async fn posted(client: &Client<'_>, method: &str, path: &str, body: Value) -> Value {
    let raw = client.json(method, &format!("/api/v1{path}"), Some(&body)).await;
    assert_eq!(raw.status, 200, "{method} {path}: {}", raw.text());
    raw.json()
}

async fn open_session(app: &TestApp) -> SessionId {
    let jonas = app.as_("Jonas").await;
    let path = format!("/spaces/{}/sessions", space_of_bmt(app).await);
    let body = json!({ "title": marked("Sesija"), "starts_at": "2026-12-01T14:00", "steps": [{ "title": marked("Žingsnis"), "minutes": 5 }] });
    let page = posted(&jonas, "POST", &path, body).await;
    page["card"]["id"].as_str().or(page["id"].as_str()).unwrap().parse().unwrap()
}

/// The one in which the problem of the cast stands.
async fn space_of_bmt(app: &TestApp) -> SpaceId {
    let mut tx = app.app.read().await.unwrap();
    sql!("select space from problems where id = $1", app.problem("motyvacija")).one(&mut tx).await.unwrap()
}

fn marked(what: &str) -> String {
    format!("{what} {MARK} ir dar")
}

type Planted = Vec<(TextOf, ItemId, Option<SessionId>)>;

/// Writes it wherever people write, the older and the hidden included.
async fn plant(app: &TestApp) -> Planted {
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
    let attached = model::files::AttachToPractice {
        practice: PracticeId::from_uuid(practice.uuid()),
        name: "a.txt".into(),
        sure: true,
    };
    let attached = rasa.send("POST", &model::address::url(&attached), b"Labas.\n").await;
    assert_eq!(attached.status, 200, "{}", attached.text());
    planted.extend([(TextOf::Response, stands, None), (TextOf::Response, hidden, None)]);

    // A session in which it was said, edited, noted and planned.
    let session = open_session(app).await;
    let mut live = LiveClient::join(app.address, session, &signed_in(app, "Jonas").await).await.unwrap();
    live.done(Command::Open {}).await;
    live.done(line(&marked("Sakau"))).await;
    let message = live.room.messages[0].id;
    live.done(Command::Edit { message, text: Prose::new(&marked("Taisau")).unwrap() }).await;
    live.done(line(&marked("Ir dar"))).await;
    let step = live.room.steps[0].id;
    live.done(Command::NoteStep { step, text: Prose::new(&marked("Pastaba")) }).await;
    live.done(Command::AddStep { title: Line::new(&marked("Žingsnis")).unwrap(), minutes: 5 }).await;
    drop(live);
    planted.push((TextOf::Message, ItemId::from_uuid(message.uuid()), Some(session)));
    planted.push((TextOf::Session, ItemId::from_uuid(session.uuid()), None));

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
    planted.push((TextOf::Invitation, id(&invited["id"]), None));
    let person = ItemId::from_uuid(app.person("Tomas").uuid());
    planted.push((TextOf::Person, person, None));

    let agreed = json!({ "text": marked("Susitarėme"), "owner": format!("team:{}", app.team("azuolas")) });
    let agreed = posted(&rasa, "POST", &format!("/spaces/{space}/actions"), agreed).await;
    let action = id(&agreed["card"]["id"]);
    let dropped = json!({ "state": "dropped", "reason": marked("Nebereikia") });
    posted(&rasa, "POST", &format!("/actions/{action}/state"), dropped).await;
    planted.push((TextOf::Action, action, None));

    // What has no form, or would need an hour of clicks: a renamed person, cards of those who came, what was once said of a redaction.
    let mut tx = app.app.db.write().await.unwrap();
    let name = marked("Tomas");
    sql!(
        "update people set name = $2, name_key = $3, profession = $4 where id = $1",
        person,
        name,
        sort_key(&name),
        marked("Mokytojas")
    )
    .run(&mut tx)
    .await
    .unwrap();
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

fn found(bytes: &[u8]) -> Option<&'static str> {
    TRACES.into_iter().find(|trace| bytes.windows(trace.len()).any(|window| window == trace.as_bytes()))
}

/// Every row of every table in which something of it is left.
async fn rows_with_traces(db: &Db) -> Vec<String> {
    let mut tx = db.read().await.unwrap();
    let mut left = Vec::new();
    for table in copy::tables(&mut tx).await.unwrap() {
        let see = |row: &[u8]| {
            if found(row).is_some() {
                left.push(format!("{}: {}", table.name, String::from_utf8_lossy(row)));
            }
            true
        };
        copy::read(&mut tx, &table, see).await.unwrap();
    }
    left
}

/// Every file under the folder in which something of it is left.
fn traces_in(folder: &Path) -> Vec<String> {
    let mut left = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            left.extend(traces_in(&path));
        } else if let Some(trace) = fs::read(&path).ok().as_deref().and_then(found) {
            left.push(format!("{trace} in {}", path.display()));
        }
    }
    left
}

/// Parts of the index that have files: their names begin with 32 hexadecimal digits.
fn parts_on_disk(folder: &Path) -> usize {
    let names = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let stem = |name: String| name.split('.').next().filter(|stem| stem.len() == 32).map(str::to_owned);
    names.filter_map(stem).collect::<std::collections::BTreeSet<_>>().len()
}

fn traces_in_zip(bytes: &[u8]) -> Vec<String> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut left = Vec::new();
    for at in 0..zip.len() {
        let mut text = Vec::new();
        let mut entry = zip.by_index(at).unwrap();
        std::io::copy(&mut entry, &mut text).unwrap();
        if let Some(trace) = found(&text) {
            left.push(format!("{trace} in {}", entry.name().unwrap()));
        }
    }
    left
}

/// A folder that goes with the test.
struct Folder(std::path::PathBuf);

impl Folder {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("tinklaveika-redactions-{}", server::auth::new_token()));
        fs::create_dir(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
