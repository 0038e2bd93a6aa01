//! Hidden, and something else.

use model::{moderation::*, practices::*, problems::*, refusal::Code, spaces::*, versions::*, words::Prose};
use tests::on_both;
use text::Lang;

use super::*;
use crate::planted::actor;

on_both! {
    async fn a_hidden_practice_is_at_none_of_its_addresses_and_in_no_list(app) {
        let practice = app.practice("universalus_dizainas");
        let (ona, rasa, vilma, anyone) = (app.as_("Ona").await, app.as_("Rasa").await, app.as_("Vilma").await, app.anonymous());
        let page = rasa.call(ReadPractice { practice }).await.granted();
        let page = rasa.call(edit(&page, |text| text.summary = Prose::new("Kita santrauka."))).await.granted();
        let file = attached(&rasa, practice, "planas.txt", "Labas.\n").await;
        let problem = app.problem("motyvacija");
        let said = Respond { problem, text: Prose::new("Žiūrėkite praktiką.").unwrap(), practice: Some(practice), find: None };
        assert!(vilma.call(said).await.granted().responses.last().unwrap().practice.is_some());
        let (space, id) = (page.card.space, practice.to_string());
        let addresses = addresses(practice, file);
        let tags = tags(&anyone, &addresses).await;
        assert!(tags.iter().flatten().count() >= 3, "{tags:?}");
        let before = vilma.call(ListPractices::default()).await.granted();
        assert!(told(app, &vilma, space, "universalus dizainas").await.contains(&id));

        ona.call(hide(ItemKind::Practice, practice.uuid())).await.granted();
        for reader in [&vilma, &anyone] {
            assert!(answers(reader, &addresses, &tags).await.iter().all(|status| *status == 404), "{addresses:?}");
            assert!(!told(app, reader, if reader.token.is_some() { space } else { app.space("patirtis") }, "universalus dizainas").await.contains(&id));
        }
        assert_eq!(vilma.call(ListPractices::default()).await.granted().total, before.total - 1);
        let responses = vilma.call(ReadProblem { problem }).await.granted().responses;
        assert!(responses.last().unwrap().practice.is_none(), "nothing leads to it");
        for reader in ["Vilma", "Jonas"] {
            let reader = actor(app, reader).await;
            let archive = server::export::export(&app.app, &reader, space, Lang::Lt, std::io::Cursor::new(Vec::new())).await.unwrap();
            assert!(!archive.into_inner().windows(36).any(|window| window == id.as_bytes()));
        }

        // Its writers have it as a draft, with its files and versions.
        assert_eq!(rasa.get(&format!("/failai/{file}")).await.status, 200);
        let versions = rasa.call(ListPracticeVersions { practice }).await.granted();
        assert!(versions.len() >= 2);
        let page = rasa.call(ReadPractice { practice }).await.granted();
        assert_eq!(page.card.state, PracticeState::Draft);
        rasa.call(WithdrawPractice { practice, version: page.version }).await.refused(Code::Forbidden);
        let back = RestorePractice { practice, version: page.version, number: versions.last().unwrap().number };
        let page = rasa.call(back).await.granted();
        assert_eq!(page.card.state, PracticeState::Draft, "to bring an older text back shows nothing");
        let page = rasa.call(edit(&page, |text| text.summary = Prose::new("Be vardų."))).await.granted();
        let publish = EditPractice { draft: false, ..edit(&page, |_| ()) };
        rasa.call(publish).await.refused(Code::Hidden);
        // What is decided on is the text as it stands.
        let hidden = ona.call(ReadModeration {}).await.granted().hidden;
        assert_eq!(hidden[0].text, "Be vardų.");
        show(&ona).await;
        assert!(answers(&anyone, &addresses, &vec![None; addresses.len()]).await.iter().all(|status| *status == 200));
        assert!(anyone.get(&format!("/praktikos/{practice}")).await.text().contains("Be vardų."));
    }

    async fn a_hidden_problem_takes_its_files_versions_and_mentions_with_it(app) {
        let problem = app.problem("motyvacija");
        let (jonas, rasa, vilma) = (app.as_("Jonas").await, app.as_("Rasa").await, app.as_("Vilma").await);
        let page = vilma.call(ReadProblem { problem }).await.granted();
        let file = attached_to_problem(&rasa, problem).await;
        let practice = app.practice("universalus_dizainas");
        let said = Respond { problem, text: Prose::new("Tinka.").unwrap(), practice: Some(practice), find: None };
        let response = vilma.call(said).await.granted().responses.last().unwrap().id;
        vilma.call(report(ItemKind::Response, response.uuid())).await.granted();
        let offered = async || vilma.call(ReadPractice { practice }).await.granted().offered_for.len();
        assert_eq!(offered().await, 1);
        let paths = [
            format!("/problemos/{problem}"),
            format!("/problemos/{problem}/versijos"),
            format!("/failai/{file}"),
            format!("/api/v1/problems/{problem}/versions"),
            format!("/api/v1/files/{file}/content"),
        ];
        let tags = tags(&vilma, &paths).await;
        jonas.call(hide(ItemKind::Problem, problem.uuid())).await.granted();
        assert!(answers(&vilma, &paths, &tags).await.iter().all(|status| *status == 404));
        assert_eq!(vilma.get(&format!("/pranesti/problem/{problem}")).await.status, 404);
        assert_eq!(vilma.get(&format!("/pranesti/response/{response}")).await.status, 404);
        assert_eq!(offered().await, 0);
        assert!(!told(app, &vilma, page.card.space, &page.card.title).await.contains(&problem.to_string()));
        // A report of what stands under it waits until there is something to decide on again.
        assert!(jonas.call(ReadModeration {}).await.granted().reports.is_empty());
        jonas.call(hide(ItemKind::Response, response.uuid())).await.missing();
        assert_eq!(rasa.get(&format!("/failai/{file}")).await.status, 200);
        show(&jonas).await;
        assert_eq!(jonas.call(ReadModeration {}).await.granted().reports.len(), 1);
        assert_eq!(vilma.call(ReadSpace { space: page.card.space }).await.granted().problems.iter().filter(|card| card.id == problem).count(), 1);
    }

    async fn what_is_cut_while_hidden_does_not_come_back_with_it(app) {
        let problem = app.problem("motyvacija");
        let (ona, jonas, vilma) = (app.as_("Ona").await, app.as_("Jonas").await, app.as_("Vilma").await);
        let said = Respond { problem, text: Prose::new("Mokinys Vardenis Pavardenis tyli.").unwrap(), practice: None, find: None };
        let response = vilma.call_with(said, |body| body["sure"] = true.into()).await.granted().responses.last().unwrap().id;
        jonas.call(hide(ItemKind::Response, response.uuid())).await.granted();
        ona.call(redact(TextOf::Response, response.uuid(), "Vardenis Pavardenis")).await.granted();
        let queue = jonas.call(ReadModeration {}).await;
        assert!(!queue.text().contains("Pavardenis") && queue.text().contains("[pašalinta]"));
        show(&jonas).await;
        let back = vilma.call(ReadProblem { problem }).await.granted();
        assert!(back.responses.iter().any(|one| one.id == response && one.text == "Mokinys [pašalinta] tyli."));
    }
}
