//! Problems that are one, and what is taken back.

use model::{ids::*, practices::*, problems::*, refusal::Code, words::Prose};
use tests::on_both;

on_both! {
    async fn a_merged_problem_takes_along_what_was_said_and_leaves_its_address(app) {
        let (old, new) = (app.problem("motyvacija"), app.problem("elgesys"));
        let vilma = app.as_("Vilma").await;
        vilma.call(SameProblem { problem: old, team: app.team("saltinis"), same: true }).await.granted();
        let practice = app.practice("skaitymo_pusvalandis");
        let said = vilma.call(respond(old, "Padėjo pusvalandis.", Some(practice))).await.granted();
        let before = vilma.call(ReadProblem { problem: new }).await.granted();
        let jonas = app.as_("Jonas").await;
        let note = Prose::new("Ta pati klasė.");
        let merged = jonas.call(MergeProblem { problem: old, into: Some(new), find: None, note }).await.granted();
        assert_eq!(merged.card.id, new);
        assert_eq!(merged.responses.len(), said.responses.len() + before.responses.len());
        assert!(merged.responses.iter().any(|said| said.practice.as_ref().is_some_and(|card| card.id == practice)));
        // The team of the merged one has the problem as well; whose the other one is has it anyway.
        let same: Vec<_> = merged.same.iter().map(|team| team.name.as_str()).collect();
        assert_eq!(same, ["Šaltinis", "Ąžuolas"]);
        let last = merged.history.last().unwrap();
        assert_eq!((last.by.as_str(), last.other.as_deref()), ("Jonas Petraitis", Some(said.card.title.as_str())));
        assert_eq!((last.state, last.note.as_deref()), (before.card.state, Some("Ta pati klasė.")));

        let rasa = app.as_("Rasa").await;
        let moved = rasa.get(&format!("/problemos/{old}")).await;
        assert_eq!((moved.status, moved.header("location")), (308, Some(&*format!("/problemos/{new}"))));
        assert_eq!(rasa.call(ReadProblem { problem: old }).await.granted().card.id, new);
        app.as_("Nerijus").await.call(ReadProblem { problem: old }).await.missing();
        assert_eq!(app.anonymous().get(&format!("/problemos/{old}")).await.status, 404);
        let listed = rasa.call(ListProblems::default()).await.granted().items;
        assert!(listed.iter().all(|card| card.id != old) && listed.iter().any(|card| card.id == new));
        let of = rasa.call(ReadPractice { practice }).await.granted().offered_for;
        assert_eq!(of.iter().map(|card| card.id).collect::<Vec<_>>(), [new]);
        // What was being typed at the old address arrives at the new one; what changes the old text is refused.
        assert_eq!(rasa.call(respond(old, "Dar vienas.", None)).await.granted().card.id, new);
        let set = SetProblemState { problem: old, state: ProblemState::Solved, note: None };
        let refusal = jonas.call(set).await.refused(Code::ProblemMerged);
        assert_eq!(refusal.facts["into"], new.to_string());
    }

    async fn no_merging_goes_in_a_circle_or_where_others_read(app) {
        let jonas = app.as_("Jonas").await;
        let (one, two, three) = (app.problem("motyvacija"), app.problem("elgesys"), app.problem("sup"));
        jonas.call(merge(one, one)).await.refused_at(Code::MergeWrong, "into");
        jonas.call(merge(one, app.problem("isivertinimas"))).await.refused_at(Code::MergeSpace, "into");
        // A draft that one does not see is nothing; one's own is still a draft.
        jonas.call(merge(one, app.problem("grizimas"))).await.refused_at(Code::FieldWrong, "into");
        app.as_("Kristina").await.call(merge(two, app.problem("grizimas"))).await.refused_at(Code::MergeWrong, "into");
        // A lead merges what is the team's, not what is another's.
        app.as_("Rasa").await.call(merge(one, two)).await.refused(Code::Forbidden);
        app.as_("Tomas").await.call(merge(one, two)).await.refused(Code::Forbidden);
        jonas.call(merge(one, two)).await.granted();
        jonas.call(merge(two, one)).await.refused_at(Code::MergeWrong, "into");
        jonas.call(merge(one, three)).await.refused(Code::ProblemMerged);
        jonas.call(merge(two, three)).await.granted();
        // The oldest address leads to the last one at once.
        let moved = jonas.get(&format!("/problemos/{one}")).await;
        assert_eq!(moved.header("location"), Some(&*format!("/problemos/{three}")));
        assert_eq!(jonas.call(ReadProblem { problem: one }).await.granted().card.id, three);
    }

    async fn a_response_is_taken_back_by_its_author_or_team(app) {
        let problem = app.problem("motyvacija");
        let page = app.as_("Vilma").await.call(respond(problem, "Per anksti parašyta.", None)).await.granted();
        let response = page.responses.last().unwrap().id;
        let back = || WithdrawResponse { problem, response };
        let rasa = app.as_("Rasa").await;
        rasa.call(back()).await.refused(Code::Forbidden);
        app.as_("Jonas").await.call(back()).await.refused(Code::Forbidden);
        app.as_("Nerijus").await.call(back()).await.missing();
        let path = format!("/problemos/{problem}/atsakymai/{response}/atsaukti");
        app.as_("Andrius").await.form(&path, &[]).await.led_to();
        for name in ["Rasa", "Vilma"] {
            let read = app.as_(name).await.call(ReadProblem { problem }).await.granted();
            let kept = read.responses.iter().find(|said| said.id == response).unwrap();
            assert_eq!((kept.text.as_str(), kept.withdrawn, kept.may_withdraw), ("", true, false));
            assert_eq!(read.card.responses, page.card.responses - 1);
        }
        assert!(!rasa.get(&format!("/problemos/{problem}")).await.text().contains("Per anksti"));
    }

    async fn a_practice_that_is_taken_back_is_its_teams_alone_until_it_is_published_again(app) {
        let practice = app.practice("universalus_dizainas");
        let (rasa, tomas) = (app.as_("Rasa").await, app.as_("Tomas").await);
        let page = rasa.call(ReadPractice { practice }).await.granted();
        let back = WithdrawPractice { practice, version: page.version };
        app.as_("Jonas").await.call(back.clone()).await.refused(Code::Forbidden);
        app.as_("Vilma").await.call(back.clone()).await.refused(Code::Forbidden);
        rasa.call(WithdrawPractice { version: page.version + 1, ..back.clone() }).await.refused(Code::Changed);
        let total = rasa.call(ListPractices::default()).await.granted().total;
        let taken = tomas.call(back.clone()).await.granted();
        assert_eq!(taken.card.state, PracticeState::Withdrawn);
        rasa.call(back).await.refused(Code::Forbidden);
        assert_eq!(rasa.call(ListPractices::default()).await.granted().total, total - 1);
        assert!(rasa.get(&format!("/praktikos/{practice}")).await.text().contains("Ši praktika atšaukta"));
        for name in ["Vilma", "Jonas", "Nerijus"] {
            app.as_(name).await.call(ReadPractice { practice }).await.missing();
        }
        app.anonymous().call(ReadPractice { practice }).await.missing();
        let again = EditPractice { id: practice, version: taken.version, draft: false, practice: taken.text };
        assert_eq!(rasa.call(again).await.granted().card.state, PracticeState::Published);
        app.anonymous().call(ReadPractice { practice }).await.granted();
    }
}

fn merge(problem: ProblemId, into: ProblemId) -> MergeProblem {
    MergeProblem { problem, into: Some(into), find: None, note: None }
}

fn respond(problem: ProblemId, text: &str, practice: Option<PracticeId>) -> Respond {
    Respond { problem, text: Prose::new(text).unwrap(), practice, find: None }
}
