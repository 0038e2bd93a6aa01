//! Who takes something out, by which form, and what of it rooms, browsers and the index hear.

use db::sql;
use model::{
    ids::*,
    live::Command,
    problems::ReadProblem,
    redactions::*,
    refusal::Code,
    search::Search,
    sessions::{ListMessages, ReadRecord},
    words::{Line, Prose},
};
use serde_json::json;
use tests::on_both;

use super::{MARK_LT, redact};
use crate::{
    live_client::{LiveClient, line},
    planted::{MARK, open_session, signed_in},
};

on_both! {
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
            files: None,
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
