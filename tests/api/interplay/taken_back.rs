//! Taken back by its writers, or changed, and something else.

use model::{practices::*, refusal::Code, versions::*, words::Prose};
use tests::on_both;

use super::*;

on_both! {
    async fn what_was_taken_back_stays_so_whatever_else_happens_to_it(app) {
        let practice = app.practice("universalus_dizainas");
        let (ona, rasa, vilma, anyone) = (app.as_("Ona").await, app.as_("Rasa").await, app.as_("Vilma").await, app.anonymous());
        let page = rasa.call(ReadPractice { practice }).await.granted();
        let page = rasa.call_with(edit(&page, |text| text.summary = Prose::new("Padėjo Vardenis Pavardenis.")), |body| body["sure"] = true.into()).await.granted();
        let page = rasa.call(edit(&page, |text| text.summary = Prose::new("Padėjo visi."))).await.granted();
        let file = attached(&rasa, practice, "planas.txt", "Labas.\n").await;
        let addresses = addresses(practice, file);
        let tags = tags(&anyone, &addresses).await;
        let page = rasa.call(WithdrawPractice { practice, version: page.version }).await.granted();
        for reader in [&vilma, &anyone] {
            assert!(answers(reader, &addresses, &tags).await.iter().all(|status| *status == 404));
        }
        assert_eq!(rasa.get(&format!("/failai/{file}")).await.status, 200);
        // There is nothing to hide or to report.
        ona.call(hide(ItemKind::Practice, practice.uuid())).await.missing();
        vilma.call(report(ItemKind::Practice, practice.uuid())).await.missing();
        // Cut by an administrator, in its versions too.
        ona.call(redact(TextOf::Practice, practice.uuid(), "Vardenis Pavardenis")).await.granted();
        let stale = RestorePractice { practice, version: page.version, number: 0 };
        rasa.call(stale).await.refused(Code::Changed);
        let page = rasa.call(ReadPractice { practice }).await.granted();
        let versions = rasa.call(ListPracticeVersions { practice }).await.granted();
        let cut = versions.iter().find(|kept| kept.text.summary.as_deref() == Some("Padėjo [pašalinta].")).unwrap();
        let back = RestorePractice { practice, version: page.version, number: cut.number };
        let page = rasa.call(back).await.granted();
        assert_eq!((page.card.state, page.text.summary.as_deref()), (PracticeState::Withdrawn, Some("Padėjo [pašalinta].")));
        assert_eq!(anyone.get(&addresses[0]).await.status, 404);
        rasa.call(EditPractice { draft: false, ..edit(&page, |_| ()) }).await.granted();
        assert!(anyone.get(&addresses[0]).await.text().contains("Padėjo [pašalinta]."));
    }
}
