//! In an archived space, and something else.

use model::{moderation::*, practices::*, problems::*, refusal::Code, spaces::*, versions::*, words::Prose};
use tests::on_both;

use super::*;

on_both! {
    async fn an_archived_space_is_moderated_and_cut_and_not_written_in(app) {
        let (practice, problem) = (app.practice("universalus_dizainas"), app.problem("isivertinimas"));
        let (ona, rasa, vilma, anyone) = (app.as_("Ona").await, app.as_("Rasa").await, app.as_("Vilma").await, app.anonymous());
        let page = rasa.call(ReadPractice { practice }).await.granted();
        let page = rasa.call_with(edit(&page, |text| text.summary = Prose::new("Padėjo Vardenis Pavardenis.")), |body| body["sure"] = true.into()).await.granted();
        let file = attached(&rasa, practice, "planas.txt", "Labas.\n").await;
        let space = page.card.space;
        assert_eq!(vilma.call(ReadProblem { problem }).await.granted().card.space, space);
        ona.call(ArchiveSpace { space }).await.granted();
        for path in addresses(practice, file) {
            assert_eq!(anyone.get(&path).await.status, 200, "{path} is read on");
        }
        rasa.call(edit(&page, |_| ())).await.refused(Code::Archived);
        rasa.call(RestorePractice { practice, version: page.version, number: 0 }).await.refused(Code::Archived);
        rasa.call(WithdrawPractice { practice, version: page.version }).await.refused(Code::Archived);
        rasa.call(RemoveFile { file }).await.refused(Code::Archived);
        let attach = AttachToPractice { practice, name: "b.txt".into(), sure: true };
        assert_eq!(rasa.send("POST", &address::url(&attach), b"Labas.\n").await.codes(), ["archived"]);
        ona.call(merge(problem, app.problem("motyvacija"))).await.refused(Code::Archived);

        ona.call(redact(TextOf::Practice, practice.uuid(), "Vardenis Pavardenis")).await.granted();
        assert!(anyone.get(&format!("/praktikos/{practice}")).await.text().contains("Padėjo [pašalinta]."));
        vilma.call(report(ItemKind::Practice, practice.uuid())).await.granted();
        ona.call(hide(ItemKind::Practice, practice.uuid())).await.granted();
        for path in addresses(practice, file) {
            assert_eq!(anyone.get(&path).await.status, 404, "{path}");
        }
        rasa.call(EditPractice { draft: true, ..edit(&page, |_| ()) }).await.refused(Code::Archived);
        let mut tx = app.app.read().await.unwrap();
        let author: PersonId = db::sql!("select author from practices where id = $1", practice).one(&mut tx).await.unwrap();
        drop(tx);
        let author = app.with_token(&app.sign_in(author, false).await);
        let hiding = author.call(ListOwnHidden {}).await.granted()[0].id;
        author.call(AppealHiding { hiding, appeal: Prose::new("Niekas neatpažins.").unwrap() }).await.granted();
        show(&ona).await;
        assert_eq!(anyone.get(&format!("/praktikos/{practice}")).await.status, 200);
        rasa.call(edit(&page, |_| ())).await.refused(Code::Archived);
    }
}
