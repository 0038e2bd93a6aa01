//! The register: who reads it, what it is filtered by, and how an agreement is reviewed.

use model::{
    agreements::*,
    ids::*,
    live::{Command, Outcome},
    refusal::Code,
    time::{LocalDate, Millis},
    words::{Line, Prose},
};
use serde_json::json;
use tests::{TestApp, on_both};

/// As if the session of the stage had agreed it; `review` is days from today.
async fn agreed(app: &TestApp, text: &str, review: Option<i64>) -> AgreementId {
    let id = AgreementId::from_uuid(app.app.id::<AgreementId>().uuid());
    let paper = json!({ "id": id, "text": text, "quorum": 50, "by": app.person("Rasa"), "review": review.map(|days| day(app, days)),
        "owner": { "team": app.team("azuolas"), "team_name": "Ąžuolas", "person": app.person("Tomas"), "name": "Tomas Balčiūnas" } });
    let outcome = Outcome { adopted: true, ..Outcome::default() };
    let event = json!({ "agreement": { "closed": { "at": app.now(), "by": app.person("Jonas"), "paper": paper,
        "former": ["Senas tekstas."], "outcome": outcome } } });
    let event = serde_json::from_value(event).unwrap();
    let mut tx = app.app.db.write().await.unwrap();
    let command = CommandId::from_uuid(id.uuid());
    let session = app.session("tevai_be_bedos");
    assert!(server::live::append(&mut tx, session, None, command, &[event], app.now()).await.unwrap());
    tx.commit().await.unwrap();
    id
}

fn day(app: &TestApp, days: i64) -> LocalDate {
    model::time::LocalDateTime::of(app.now().plus(Millis::minutes(days * 1440))).date()
}

fn listed(space: SpaceId) -> ListAgreements {
    serde_json::from_value(json!({ "space": space })).unwrap()
}

on_both! {
    async fn an_agreement_is_reviewed_kept_and_dropped_by_who_keeps_it(app) {
        let agreement = agreed(app, "Renkamės kas dvi savaites.", Some(0)).await;
        let jonas = app.as_("Jonas").await;
        let page = jonas.call(ReadAgreement { agreement }).await.granted();
        assert_eq!((page.card.state, page.card.overdue, page.card.may_keep), (AgreementState::Kept, true, true));
        assert_eq!(page.former, ["Senas tekstas."]);
        let review = |version, state, review| ReviewAgreement { agreement, version, state, review, reason: None };
        jonas.call(review(1, AgreementState::Dropped, None)).await.refused_at(Code::FieldNeeded, "reason");
        jonas.call(review(1, AgreementState::Changed, None)).await.refused_at(Code::FieldWrong, "state");
        jonas.call(review(1, AgreementState::Kept, Some(day(app, 0)))).await.refused_at(Code::FieldWrong, "review");
        let page = jonas.call(review(1, AgreementState::Kept, Some(day(app, 30)))).await.granted();
        assert_eq!((page.card.overdue, page.card.version, page.reviews.len()), (false, 2, 1));
        jonas.call(review(1, AgreementState::Kept, None)).await.refused(Code::Changed);
        let code = ReviewAgreement { reason: Prose::new("Kodas 50001010006"), ..review(2, AgreementState::Dropped, None) };
        jonas.call(code).await.refused_at(Code::GuardCode, "reason");
        let drop = ReviewAgreement { reason: Prose::new("Nebereikia."), ..review(2, AgreementState::Dropped, None) };
        let page = jonas.call(drop).await.granted();
        assert_eq!(page.card.state, AgreementState::Dropped);
        jonas.call(review(3, AgreementState::Kept, None)).await.refused(Code::AgreementState);
    }

    async fn the_register_is_filtered_by_state_team_session_problem_and_words(app) {
        let first = agreed(app, "Ąžuolo pamokos atviros kolegoms.", Some(0)).await;
        app.pass(Millis::minutes(1));
        let second = agreed(app, "Telefonai lieka spintelėse.", None).await;
        let jonas = app.as_("Jonas").await;
        let space = jonas.call(ReadAgreement { agreement: first }).await.granted().card.space;
        let other = app.space("dirbtuve");
        let ids = async |call: ListAgreements| -> Vec<AgreementId> {
            jonas.call(call).await.granted().items.iter().map(|card| card.id).collect()
        };
        let numbers: Vec<i64> = jonas.call(listed(space)).await.granted().items.iter().map(|card| card.number).collect();
        assert!(numbers.windows(2).all(|pair| pair[0] == pair[1] + 1), "{numbers:?}");
        assert!(ids(listed(space)).await.starts_with(&[second, first]));
        for words in ["ąžuolo", "Ąžuolo", "atviros"] {
            assert_eq!(ids(ListAgreements { words: Line::new(words), ..listed(space) }).await, [first], "{words}");
        }
        assert!(ids(ListAgreements { words: Line::new("nieko tokio"), ..listed(space) }).await.is_empty());
        let of = |state| ListAgreements { state: Some(state), words: Line::new("pamokos atviros"), ..listed(space) };
        assert_eq!(ids(of(AgreementState::Kept)).await, [first]);
        assert!(ids(of(AgreementState::Dropped)).await.is_empty());
        assert!(ids(ListAgreements { overdue: true, ..listed(space) }).await.contains(&first));
        assert!(!ids(ListAgreements { overdue: true, ..listed(space) }).await.contains(&second));
        assert!(ids(ListAgreements { team: Some(app.team("azuolas")), ..listed(space) }).await.contains(&second));
        assert!(ids(ListAgreements { session: Some(app.session("tevai_be_bedos")), ..listed(space) }).await.contains(&first));
        assert!(ids(listed(other)).await.iter().all(|id| *id != first));
        let stranger = LinkAgreement { agreement: first, problem: Some(ProblemId::from_uuid(first.uuid())) };
        jonas.call(stranger).await.refused_at(Code::FieldWrong, "problem");
    }

    async fn strangers_see_neither_people_nor_private_spaces(app) {
        let agreement = agreed(app, "Renkamės.", None).await;
        let jonas = app.as_("Jonas").await;
        let known = jonas.call(ReadAgreement { agreement }).await.granted();
        assert_eq!(known.card.owner.as_ref().and_then(|owner| owner.person), Some(app.person("Tomas")));
        let stranger = app.anonymous().call(ReadAgreement { agreement }).await;
        match stranger.status {
            200 => {
                let page = stranger.granted();
                assert!(page.card.owner.is_none_or(|owner| owner.person.is_none() && owner.name.is_empty()));
                assert!(page.reviews.is_empty() && !page.card.may_keep);
            }
            status => assert_eq!(status, 404),
        }
    }
}

#[test]
fn a_text_of_a_hundred_thousand_characters_is_no_command() {
    let long = json!({ "agreement": { "propose": { "text": "a".repeat(100_000) } } });
    assert!(serde_json::from_value::<Command>(long).is_err());
}
