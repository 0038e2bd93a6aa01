//! What practices and problems said before.

use model::{
    practices::*,
    problems::*,
    refusal::Code,
    versions::*,
    words::{Line, Prose},
};
use tests::on_both;

on_both! {
    async fn every_change_of_a_practice_keeps_the_text_before_it(app) {
        let practice = app.practice("universalus_dizainas");
        let (rasa, tomas) = (app.as_("Rasa").await, app.as_("Tomas").await);
        let list = || ListPracticeVersions { practice };
        assert!(rasa.call(list()).await.granted().is_empty());
        let first = rasa.call(ReadPractice { practice }).await.granted();
        let mut text = first.text.clone();
        text.summary = Prose::new("Viena užduotis, keturi keliai į ją.");
        app.pass(model::time::Millis::hours(1));
        let second = rasa.call(edit(&first, text.clone())).await.granted();
        // Saved once more as it stands, it is no other text.
        let third = tomas.call(edit(&second, text.clone())).await.granted();
        text.title = Line::new("Užduotys visiems").unwrap();
        app.pass(model::time::Millis::hours(1));
        let fourth = tomas.call(edit(&third, text.clone())).await.granted();
        let kept = app.anonymous().call(list()).await.granted();
        let told: Vec<_> = kept.iter().map(|kept| (kept.by.as_str(), &kept.text)).collect();
        assert_eq!(told, [
            ("Tomas Balčiūnas", &fourth.text),
            ("Rasa Jankauskienė", &second.text),
            (first.author.as_str(), &first.text),
        ]);
        assert_eq!((kept[0].at, kept[2].at), (app.now(), first.card.published_at));

        let back = RestorePractice { practice, version: fourth.version, number: kept[2].number };
        app.as_("Vilma").await.call(back.clone()).await.refused(Code::Forbidden);
        rasa.call(RestorePractice { version: third.version, ..back.clone() }).await.refused(Code::Changed);
        rasa.call(RestorePractice { number: 98, ..back.clone() }).await.refused_at(Code::FieldWrong, "number");
        assert_eq!(rasa.call(back).await.granted().text, first.text);
        let kept = rasa.call(list()).await.granted();
        assert_eq!((kept.len(), &kept[0].text, &kept[1].text), (4, &first.text, &fourth.text));
    }

    async fn the_page_of_versions_tells_the_difference_and_brings_a_text_back(app) {
        let problem = app.problem("isivertinimas");
        let rasa = app.as_("Rasa").await;
        let first = rasa.call(ReadProblem { problem }).await.granted();
        let mut text = first.text.clone();
        text.title = Line::new(&format!("{} dar kartą", &*first.text.title)).unwrap();
        let call = EditProblem { id: problem, version: first.version, draft: false, problem: text };
        let second = rasa.call(call).await.granted();
        let path = format!("/problemos/{problem}/versijos");
        let anyone = app.anonymous().get(&path).await.text().to_owned();
        assert!(anyone.contains("<ins>") && !anyone.contains("/versijos/grazinti"), "{anyone}");
        assert!(anyone.contains("dar kartą</ins>"));
        let kept = rasa.call(ListProblemVersions { problem }).await.granted();
        let (version, number) = (second.version.to_string(), kept[1].number.to_string());
        let pairs = [("version", version.as_str()), ("number", number.as_str())];
        let led = rasa.form(&format!("{path}/grazinti"), &pairs).await;
        assert_eq!(led.led_to(), format!("/problemos/{problem}"));
        assert_eq!(rasa.call(ReadProblem { problem }).await.granted().text, first.text);
    }

    async fn what_a_draft_said_is_not_kept_and_what_is_unseen_has_no_versions(app) {
        let problem = app.problem("grizimas");
        let daiva = app.as_("Daiva").await;
        let first = daiva.call(ReadProblem { problem }).await.granted();
        let mut text = first.text.clone();
        text.title = Line::new("Grįžimas po ilgos ligos").unwrap();
        let call = EditProblem { id: problem, version: first.version, draft: true, problem: text };
        daiva.call(call).await.granted();
        assert!(daiva.call(ListProblemVersions { problem }).await.granted().is_empty());
        app.as_("Rasa").await.call(ListProblemVersions { problem }).await.missing();
        app.anonymous().call(ListPracticeVersions { practice: app.practice("penktoku_tiltas") }).await.missing();
    }
}

fn edit(page: &PracticePage, practice: PracticeText) -> EditPractice {
    EditPractice { id: page.card.id, version: page.version, draft: false, practice }
}
