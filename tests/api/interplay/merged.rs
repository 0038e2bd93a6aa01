//! Merged, and something else.

use db::sql;
use model::{
    moderation::*,
    problems::*,
    refusal::Code,
    versions::*,
    words::{Line, Prose},
};
use tests::on_both;

use super::*;

on_both! {
    async fn the_old_address_of_a_problem_merged_into_a_hidden_one_tells_nothing(app) {
        let (old, new) = (app.problem("motyvacija"), app.problem("elgesys"));
        let (jonas, vilma, kristina) = (app.as_("Jonas").await, app.as_("Vilma").await, app.as_("Kristina").await);
        let title = vilma.call(ReadProblem { problem: new }).await.granted().card.title;
        jonas.call(merge(old, new)).await.granted();
        assert_eq!(vilma.get(&format!("/problemos/{old}")).await.status, 308);
        jonas.call(hide(ItemKind::Problem, new.uuid())).await.granted();
        for problem in [old, new] {
            for path in [format!("/problemos/{problem}"), format!("/problemos/{problem}/versijos"), format!("/pranesti/problem/{problem}")] {
                let raw = vilma.get(&path).await;
                assert_eq!((raw.status, raw.header("location")), (404, None), "{path}");
                assert!(!raw.text().contains(title.as_str()));
                assert!(problem == new || !raw.text().contains(&new.to_string()), "{path}");
            }
            vilma.call(ReadProblem { problem }).await.missing();
            let said = Respond { problem, text: Prose::new("Ar čia kas?").unwrap(), practice: None, find: None };
            vilma.call(said).await.missing();
        }
        jonas.call(merge(app.problem("sup"), new)).await.refused_at(Code::FieldWrong, "into");
        // Whose it is goes on writing at it, by the old address too.
        assert_eq!(kristina.get(&format!("/problemos/{old}")).await.led_by(), (308, format!("/problemos/{new}")));
        assert_eq!(jonas.call(ReadModeration {}).await.granted().hidden.len(), 1);
        show(&jonas).await;
        assert_eq!(vilma.get(&format!("/problemos/{old}")).await.led_by(), (308, format!("/problemos/{new}")));
    }

    async fn a_merged_problem_that_is_hidden_is_named_nowhere_and_its_author_appeals(app) {
        let (old, new) = (app.problem("motyvacija"), app.problem("elgesys"));
        let (jonas, vilma) = (app.as_("Jonas").await, app.as_("Vilma").await);
        let title = vilma.call(ReadProblem { problem: old }).await.granted().card.title;
        let mut tx = app.app.read().await.unwrap();
        let author: PersonId = sql!("select author from problems where id = $1", old).one(&mut tx).await.unwrap();
        drop(tx);
        let author = app.with_token(&app.sign_in(author, false).await);
        jonas.call(merge(old, new)).await.granted();
        let named = async || vilma.get(&format!("/problemos/{new}")).await.text().contains(title.as_str());
        assert!(named().await);
        jonas.call(hide(ItemKind::Problem, old.uuid())).await.granted();
        assert!(!named().await, "its title stands in the history of the other");
        let history = vilma.call(ReadProblem { problem: new }).await.granted().history;
        assert!(history.iter().all(|change| change.other.is_none()));
        assert_eq!(vilma.get(&format!("/problemos/{old}")).await.led_by(), (308, format!("/problemos/{new}")));
        let hiding = author.call(ListOwnHidden {}).await.granted()[0].id;
        let appeal = || AppealHiding { hiding, appeal: Prose::new("Kodėl?").unwrap() };
        author.call(appeal()).await.granted();
        author.call(appeal()).await.refused(Code::HiddenAppealed);
        show(&jonas).await;
        assert!(named().await);
        let read = vilma.call(ReadProblem { problem: old }).await.granted();
        assert_eq!(read.card.id, new, "it is merged as before");
    }

    async fn a_response_hidden_before_a_merging_comes_back_where_its_problem_went(app) {
        let (old, new) = (app.problem("motyvacija"), app.problem("elgesys"));
        let (jonas, vilma) = (app.as_("Jonas").await, app.as_("Vilma").await);
        let said = Respond { problem: old, text: Prose::new("Bus paslėpta.").unwrap(), practice: None, find: None };
        let response = vilma.call(said).await.granted().responses.last().unwrap().id;
        jonas.call(hide(ItemKind::Response, response.uuid())).await.granted();
        jonas.call(merge(old, new)).await.granted();
        let there = async || vilma.call(ReadProblem { problem: new }).await.granted().responses.iter().any(|one| one.id == response);
        assert!(!there().await);
        show(&jonas).await;
        assert!(there().await);
        // It is taken back by either address.
        vilma.call(WithdrawResponse { problem: old, response }).await.granted();
    }

    async fn a_report_at_an_old_address_is_of_what_is_read_there(app) {
        let (old, new) = (app.problem("motyvacija"), app.problem("elgesys"));
        let (jonas, vilma, rasa) = (app.as_("Jonas").await, app.as_("Vilma").await, app.as_("Rasa").await);
        rasa.call(report(ItemKind::Problem, old.uuid())).await.granted();
        jonas.call(merge(old, new)).await.granted();
        vilma.call(report(ItemKind::Problem, old.uuid())).await.granted();
        let reports = jonas.call(ReadModeration {}).await.granted().reports;
        let of = |by: &str| reports.iter().find(|report| report.by.starts_with(by)).map(|report| report.item.uuid());
        assert_eq!((of("Rasa"), of("Vilma")), (Some(old.uuid()), Some(new.uuid())));
    }

    async fn versions_and_files_at_an_old_address_are_those_of_the_other(app) {
        let (old, new) = (app.problem("motyvacija"), app.problem("elgesys"));
        let (jonas, vilma) = (app.as_("Jonas").await, app.as_("Vilma").await);
        let file = attached_to_problem(&app.as_("Rasa").await, old).await;
        let own = vilma.call(ListProblemVersions { problem: old }).await.granted();
        assert!(!own.is_empty());
        let page = jonas.call(merge(old, new)).await.granted();
        assert!(page.files.iter().any(|kept| kept.id == file));
        assert_eq!(vilma.get(&format!("/failai/{file}")).await.status, 200);
        let others = vilma.call(ListProblemVersions { problem: new }).await.granted();
        assert_eq!(vilma.call(ListProblemVersions { problem: old }).await.granted(), others);
        let back = RestoreProblem { problem: old, version: page.version, number: own[0].number };
        jonas.call(back).await.refused(Code::ProblemMerged);
    }

    async fn a_redaction_reaches_what_was_merged_into_the_text(app) {
        let (old, new) = (app.problem("motyvacija"), app.problem("elgesys"));
        let (ona, jonas, rasa) = (app.as_("Ona").await, app.as_("Jonas").await, app.as_("Rasa").await);
        let page = rasa.call(ReadProblem { problem: old }).await.granted();
        let mut text = page.text.clone();
        text.title = Line::new("Vardenis Pavardenis tyli").unwrap();
        let change = EditProblem { id: old, version: page.version, draft: false, problem: text };
        rasa.call_with(change, |body| body["sure"] = true.into()).await.granted();
        let note = Prose::new("Ta pati Vardenis Pavardenis istorija.");
        jonas.call_with(MergeProblem { note, ..merge(old, new) }, |body| body["sure"] = true.into()).await.granted();
        ona.call(redact(TextOf::Problem, new.uuid(), "Vardenis Pavardenis")).await.granted();
        let mut tx = app.app.read().await.unwrap();
        let left: i64 = sql!(
            "select (select count(*) from problems where title like '%Pavardenis%')
                  + (select count(*) from problem_states where note like '%Pavardenis%')
                  + (select count(*) from versions where text like '%Pavardenis%')"
        )
        .one(&mut tx)
        .await
        .unwrap();
        assert_eq!(left, 0);
        // Each has a row of its own, by which a backup from before the merging is cut too.
        let rows: Vec<String> = sql!("select item from redactions order by number").all(&mut tx).await.unwrap();
        assert!(rows.contains(&old.to_string()) && rows.contains(&new.to_string()), "{rows:?}");
    }
}

trait LedBy {
    fn led_by(&self) -> (u16, String);
}

impl LedBy for tests::http::Raw {
    fn led_by(&self) -> (u16, String) {
        (self.status, self.header("location").unwrap_or_default().to_owned())
    }
}
