//! The demo as a visitor finds it: as much as is promised, all of it to be reached.

use std::collections::BTreeSet;

use model::{
    practices::ListPractices,
    problems::{ListProblems, ReadProblem},
    schools::ListSchools,
    sessions::{ListSessions, SessionState},
    spaces::ListSpaces,
    versions::{ListPracticeVersions, ListProblemVersions},
    words::Line,
};
use tests::on_both;

on_both! {
    async fn the_demo_holds_what_is_promised(app) {
        let ona = app.as_("Ona").await;
        let schools = ona.call(ListSchools::default()).await.granted();
        let municipalities: BTreeSet<_> = schools.iter().map(|school| school.municipality).collect();
        assert_eq!((schools.len(), municipalities.len()), (12, 8));
        assert!(schools.iter().all(|school| school.size.is_some()));
        assert_eq!(ona.call(ListSpaces::default()).await.granted().len(), 6);
        assert_eq!(ona.call(ListPractices::default()).await.granted().total, 40);
        let (mut problems, mut call) = (0, ListProblems::default());
        loop {
            let page = ona.call(call.clone()).await.granted();
            problems += page.items.len();
            match page.next {
                Some(next) => call.cursor = Line::new(&next),
                None => break,
            }
        }
        assert_eq!(problems, 25);
        let sessions = ona.call(ListSessions::default()).await.granted().items;
        let of = |state| sessions.iter().filter(|session| session.state == state).count();
        assert!(of(SessionState::Closed) >= 5, "{sessions:?}");
        assert_eq!(of(SessionState::Open), 1);
    }

    async fn what_was_changed_in_the_demo_is_compared(app) {
        let nobody = app.anonymous();
        for (key, texts) in [("bilietas_i_pertrauka", 3), ("skaito_vadovas", 3), ("geros_zinios", 2)] {
            let practice = app.practice(key);
            let versions = nobody.call(ListPracticeVersions { practice }).await.granted();
            assert_eq!(versions.len(), texts, "{key}");
            assert!(versions.windows(2).all(|two| two[0].at > two[1].at && two[0].number > two[1].number), "{key}");
            let page = nobody.get(&format!("/praktikos/{practice}/versijos")).await;
            assert!(page.text().contains("<ins>") && page.text().contains("<del>"), "{key}");
        }
        let problem = app.problem("pokalbiu_grupe");
        assert_eq!(nobody.call(ListProblemVersions { problem }).await.granted().len(), 2);
    }

    async fn a_merged_problem_of_the_demo_leads_to_the_one_it_is_part_of(app) {
        let nobody = app.anonymous();
        let (merged, into) = (app.problem("vakaro_zinutes"), app.problem("pokalbiu_grupe"));
        let page = nobody.call(ReadProblem { problem: merged }).await.granted();
        assert_eq!(page.card.id, into);
        assert_eq!(page.card.same, 4);
        // Who edits it in the demo goes on from the version it has.
        let jurgita = app.as_("Jurgita").await;
        assert_eq!(jurgita.get(&format!("/problemos/{into}/keisti")).await.status, 200);
    }
}
