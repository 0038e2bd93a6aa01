//! Reports, hiding in place, appeals: gone for readers at once everywhere, and nothing lost.

use model::{
    ids::*,
    moderation::*,
    practices::*,
    problems::*,
    refusal::Code,
    search::Search,
    spaces::ReadSpace,
    words::{Line, Prose},
};
use tests::{Client, TestApp, on_both};

on_both! {
    async fn whoever_sees_an_item_reports_it_to_the_moderators_of_its_space(app) {
        let vilma = app.as_("Vilma").await;
        vilma.call(report(ItemKind::Problem, item(app.problem("motyvacija").uuid()))).await.granted();
        // The same person again changes the first report.
        vilma.call(report(ItemKind::Problem, item(app.problem("motyvacija").uuid()))).await.granted();
        app.anonymous().call(report(ItemKind::Problem, item(app.problem("motyvacija").uuid()))).await.refused(Code::SignInNeeded);
        vilma.call(report(ItemKind::Problem, item(app.person("Rasa").uuid()))).await.missing();
        for moderator in ["Jonas", "Ona"] {
            let queue = app.as_(moderator).await.call(ReadModeration {}).await.granted();
            assert_eq!(queue.reports.len(), 1, "{moderator}");
            let shown = &queue.reports[0];
            assert_eq!((shown.by.as_str(), shown.reason), ("Vilma Stankevičienė", ReportReason::PersonalData));
        }
        for other in ["Rasa", "Vilma", "Rūta", "Nerijus"] {
            app.as_(other).await.call(ReadModeration {}).await.refused(Code::Forbidden);
        }
        let jonas = app.as_("Jonas").await;
        let waiting = jonas.call(ReadModeration {}).await.granted().reports[0].id;
        app.as_("Rasa").await.call(DismissReport { report: waiting }).await.refused(Code::Forbidden);
        jonas.call(DismissReport { report: waiting }).await.granted();
        assert!(jonas.call(ReadModeration {}).await.granted().reports.is_empty());
        jonas.call(DismissReport { report: waiting }).await.missing();
    }

    async fn a_hidden_problem_is_gone_for_readers_at_once_everywhere(app) {
        let problem = app.problem("motyvacija");
        let (vilma, jonas, rasa) = (app.as_("Vilma").await, app.as_("Jonas").await, app.as_("Rasa").await);
        let before = vilma.call(ReadProblem { problem }).await.granted();
        vilma.call(report(ItemKind::Problem, item(problem.uuid()))).await.granted();
        // The index is fed on the side.
        for _ in 0..500 {
            if seen(&vilma, &before.card).await[4] {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        let known = seen(&vilma, &before.card).await;
        assert!(known[0] && known[3] && known[4] && known.iter().filter(|known| **known).count() >= 4, "{known:?}");

        app.as_("Rasa").await.call(hide(ItemKind::Problem, problem.uuid())).await.refused(Code::Forbidden);
        jonas.call(hide(ItemKind::Problem, problem.uuid())).await.granted();
        jonas.call(hide(ItemKind::Problem, problem.uuid())).await.refused(Code::Hidden);
        vilma.call(ReadProblem { problem }).await.missing();
        assert_eq!(vilma.get(&format!("/problemos/{problem}")).await.status, 404);
        assert_eq!(seen(&vilma, &before.card).await, [false; 5]);
        assert!(jonas.call(ReadModeration {}).await.granted().reports.is_empty(), "its reports are settled");

        // Its writers have it still, read why, and cannot show it again by themselves.
        let version = rasa.call(ReadProblem { problem }).await.granted().version;
        let text = before.text.clone();
        rasa.call(EditProblem { id: problem, version, draft: false, problem: text }).await.refused(Code::Hidden);
        let post = SetProblemState { problem, state: ProblemState::Posted, note: None };
        rasa.call(post).await.refused(Code::Hidden);

        // Shown again it is as it was, and where it was.
        let hidden = jonas.call(ReadModeration {}).await.granted().hidden;
        let decide = DecideHiding { hiding: hidden[0].id, show: true, answer: None };
        jonas.call(decide).await.granted();
        let after = vilma.call(ReadProblem { problem }).await.granted();
        assert_eq!((after.card, after.text), (before.card, before.text));
    }

    async fn the_author_reads_the_reason_and_appeals_once(app) {
        let problem = app.problem("motyvacija");
        let (jonas, author) = (app.as_("Jonas").await, author(app, problem).await);
        jonas.call(hide(ItemKind::Problem, problem.uuid())).await.granted();
        let own = author.call(ListOwnHidden {}).await.granted();
        assert_eq!((own.len(), own[0].reason.as_str(), own[0].by.as_deref()), (1, "Galima atpažinti mokinį.", None));
        let hiding = own[0].id;
        let page = author.get("/paskyra/paslepta").await;
        assert!(page.text().contains("Galima atpažinti mokinį."), "{}", page.text());
        let appeal = || AppealHiding { hiding, appeal: Prose::new("Vardą išėmiau.").unwrap() };
        app.as_("Vilma").await.call(appeal()).await.missing();
        author.call(appeal()).await.granted();
        author.call(appeal()).await.refused(Code::HiddenAppealed);
        let queue = jonas.call(ReadModeration {}).await.granted();
        assert_eq!(queue.hidden[0].appeal.as_deref(), Some("Vardą išėmiau."));
        let keep = |answer: Option<&str>| DecideHiding { hiding, show: false, answer: answer.map(|a| Prose::new(a).unwrap()) };
        jonas.call(keep(None)).await.refused_at(Code::FieldNeeded, "answer");
        jonas.call(keep(Some("Klasė vis dar atpažįstama."))).await.granted();
        let own = author.call(ListOwnHidden {}).await.granted();
        assert_eq!(own[0].answer.as_deref(), Some("Klasė vis dar atpažįstama."));
        // Every act of a moderator is in the log, and its chain holds.
        let mut tx = app.app.read().await.unwrap();
        let acts: Vec<String> = db::sql!("select act from audit order by number").all(&mut tx).await.unwrap();
        assert!(acts.ends_with(&["item.hidden".to_owned(), "item.kept_hidden".to_owned()]), "{acts:?}");
        assert_eq!(server::audit::broken_at(&mut tx).await.unwrap(), None);
    }

    async fn a_hidden_practice_leaves_the_library_and_its_counts(app) {
        let (jonas, vilma) = (app.as_("Jonas").await, app.as_("Vilma").await);
        let mut hidden = 0;
        let before = vilma.call(ListPractices::default()).await.granted();
        for card in &before.items {
            let reply = jonas.call(hide(ItemKind::Practice, card.id.uuid())).await;
            if reply.raw.status == 200 {
                hidden += 1;
                // A draft of one's own team is no longer in the library either.
                let reread = app.anonymous().call(ReadPractice { practice: card.id }).await;
                assert_eq!(reread.raw.status, 404);
            }
        }
        assert!(hidden > 0);
        let after = vilma.call(ListPractices::default()).await.granted();
        assert_eq!(after.total, before.total - hidden);
        let sum = |list: &PracticeList| list.areas.iter().map(|area| area.count).sum::<i64>();
        assert_eq!(sum(&after), sum(&before) - hidden);
        for hiding in jonas.call(ReadModeration {}).await.granted().hidden {
            jonas.call(DecideHiding { hiding: hiding.id, show: true, answer: None }).await.granted();
        }
        assert_eq!(vilma.call(ListPractices::default()).await.granted(), before);
    }

    async fn a_hidden_response_leaves_the_page_and_the_count(app) {
        let problem = app.problem("motyvacija");
        let (vilma, jonas) = (app.as_("Vilma").await, app.as_("Jonas").await);
        let path = format!("/api/v1/problems/{problem}/responses");
        let said = vilma.json("POST", &path, Some(&serde_json::json!({ "text": "Šitas atsakymas bus paslėptas." }))).await;
        let before: ProblemPage = serde_json::from_slice(&said.body).unwrap();
        let response = before.responses.last().unwrap().id;
        app.as_("Rasa").await.call(report(ItemKind::Response, item(response.uuid()))).await.granted();
        assert_eq!(jonas.call(ReadModeration {}).await.granted().reports[0].author, "Vilma Stankevičienė");
        jonas.call(hide(ItemKind::Response, response.uuid())).await.granted();
        for reader in [&vilma, &app.as_("Rasa").await] {
            let page = reader.call(ReadProblem { problem }).await.granted();
            assert_eq!(page.card.responses, before.card.responses - 1);
            assert!(page.responses.iter().all(|one| one.id != response));
        }
        let hiding = vilma.call(ListOwnHidden {}).await.granted()[0].id;
        jonas.call(DecideHiding { hiding, show: true, answer: None }).await.granted();
        assert_eq!(vilma.call(ReadProblem { problem }).await.granted().responses, before.responses);
    }

    async fn a_hidden_message_leaves_the_room_the_record_and_the_journal_and_comes_back(app) {
        let (vilma, jonas) = (app.as_("Vilma").await, app.as_("Jonas").await);
        let session = app.session("pagalba_pamokoje");
        let record = || async { app.as_("Vilma").await.call(model::sessions::ReadRecord { session }).await };
        let before = record().await.granted();
        let message = before.messages.iter().find(|message| message.by == "Rasa Jankauskienė").unwrap().clone();
        let item = item(message.id.uuid());
        let path = format!("/pranesti/message/{item}?session={session}");
        let page = vilma.get(&format!("/sesijos/{session}/irasas")).await;
        assert!(page.text().contains(&path), "each message of a record can be reported");
        assert!(!vilma.get(&path).await.text().contains("Arba paslėpti iš karto"));
        assert!(jonas.get(&path).await.text().contains("Arba paslėpti iš karto"));
        let report = ReportItem { session: Some(session), ..report(ItemKind::Message, item) };
        vilma.call(report).await.granted();
        assert_eq!(jonas.call(ReadModeration {}).await.granted().reports[0].text, message.text);
        let hide = || HideItem { session: Some(session), ..hide(ItemKind::Message, message.id.uuid()) };
        vilma.call(hide()).await.refused(Code::Forbidden);
        // What reaches everybody's screen is the event that follows the rest of the journal.
        let last = || async {
            let mut tx = app.app.read().await.unwrap();
            let last = db::sql!("select payload from session_events where session = $1 order by seq desc limit 1", session);
            last.one::<String>(&mut tx).await.unwrap()
        };
        jonas.call(hide()).await.granted();
        assert!(last().await.starts_with(r#"{"deleted""#));
        let hidden = record().await;
        assert!(!hidden.text().contains(&message.id.to_string()));
        assert_eq!(hidden.granted().messages.len(), before.messages.len() - 1);
        let mut tx = app.app.read().await.unwrap();
        let told = db::sql!("select payload from session_events where session = $1", session).all::<String>(&mut tx).await.unwrap();
        drop(tx);
        let words = serde_json::to_string(&message.text).unwrap();
        assert!(told.iter().all(|payload| !payload.contains(words.trim_matches('"'))), "nothing of it is left in the journal");
        let hiding = jonas.call(ReadModeration {}).await.granted().hidden[0].id;
        jonas.call(DecideHiding { hiding, show: true, answer: None }).await.granted();
        assert!(record().await.granted().messages.iter().any(|shown| shown.text == message.text));
    }

    async fn an_item_of_another_network_is_not_there_for_its_moderators(app) {
        // Jonas coordinates one network; the space was opened by another.
        let vilma = app.as_("Vilma").await;
        let list = vilma.call(ListProblems { space: Some(app.space("steam")), ..Default::default() }).await.granted();
        let problem = list.items[0].id;
        let reply = app.as_("Jonas").await.call(hide(ItemKind::Problem, problem.uuid())).await;
        assert!(matches!(reply.raw.status, 403 | 404), "{}", reply.raw.text());
        app.as_("Ona").await.call(hide(ItemKind::Problem, problem.uuid())).await.granted();
        assert!(app.as_("Jonas").await.call(ReadModeration {}).await.granted().hidden.is_empty());
    }

    async fn the_forms_of_reporting_and_moderating_work_without_scripts(app) {
        let problem = app.problem("motyvacija");
        let (vilma, jonas) = (app.as_("Vilma").await, app.as_("Jonas").await);
        let path = format!("/pranesti/problem/{problem}");
        assert!(vilma.get(&format!("/problemos/{problem}")).await.text().contains(&path));
        assert!(!app.anonymous().get(&format!("/problemos/{problem}")).await.text().contains("/pranesti/"));
        assert_eq!(vilma.get(&path).await.status, 200);
        assert_eq!(app.anonymous().get(&path).await.status, 401);
        assert_eq!(vilma.form(&path, &[("note", "Be priežasties")]).await.status, 422);
        assert_eq!(vilma.form(&path, &[("reason", "offensive"), ("note", "Žemina.")]).await.led_to(), "/pranesta");
        let queue = jonas.get("/prieziura").await;
        assert!(queue.text().contains("Žemina."), "{}", queue.text());
        assert_eq!(vilma.get("/prieziura").await.status, 403);
        let item = problem.to_string();
        let pairs = [("kind", "problem"), ("item", item.as_str()), ("reason", "Žemina žmogų.")];
        assert_eq!(jonas.form("/prieziura/paslepti", &pairs).await.led_to(), "/prieziura");
        assert_eq!(vilma.get(&format!("/problemos/{problem}")).await.status, 404);
        let hiding = jonas.call(ReadModeration {}).await.granted().hidden[0].id;
        let decide = format!("/prieziura/paslepta/{hiding}/sprendimas");
        assert_eq!(jonas.form(&decide, &[("show", "on")]).await.led_to(), "/prieziura");
        assert_eq!(vilma.get(&format!("/problemos/{problem}")).await.status, 200);
    }
}

/// Where a reader meets the problem: the list, the space, what happened lately, the page of the list, the search.
async fn seen(reader: &Client<'_>, card: &ProblemCard) -> [bool; 5] {
    let title = card.title.as_str();
    let list = reader.call(ListProblems::default()).await.granted();
    let page = reader.call(ReadSpace { space: card.space }).await.granted();
    let found = reader.call(Search { q: Line::new("motyvacija"), ..Default::default() }).await.granted();
    [
        list.items.iter().any(|card| card.title == title),
        page.problems.iter().any(|card| card.title == title),
        page.lately.iter().any(|happening| happening.title == title),
        reader.get("/problemos").await.text().contains(title),
        serde_json::to_string(&found.items).unwrap().contains(&card.id.to_string()),
    ]
}

async fn author(app: &TestApp, problem: ProblemId) -> Client<'_> {
    let mut tx = app.app.read().await.unwrap();
    let person: PersonId = db::sql!("select author from problems where id = $1", problem).one(&mut tx).await.unwrap();
    drop(tx);
    app.with_token(&app.sign_in(person, false).await)
}

fn item(uuid: uuid::Uuid) -> ItemId {
    ItemId::from_uuid(uuid)
}

fn report(kind: ItemKind, item: ItemId) -> ReportItem {
    ReportItem { kind, item, session: None, reason: ReportReason::PersonalData, note: None }
}

fn hide(kind: ItemKind, item: uuid::Uuid) -> HideItem {
    let reason = Prose::new("Galima atpažinti mokinį.").unwrap();
    HideItem { kind, item: ItemId::from_uuid(item), session: None, reason }
}
