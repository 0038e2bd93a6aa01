//! Plans by which sessions are planned: ready-made ones, those of networks, and sessions that begin with one.

use model::{
    live::{Speakers, StepKind},
    plans::*,
    refusal::Code,
    sessions::{PlannedStep, ReadSession},
    words::{Line, Prose},
};
use tests::{TestApp, on_both};

on_both! {
    async fn a_coordinator_writes_a_plan_for_a_network_and_others_read_it(app) {
        let (jonas, rasa) = (app.as_("Jonas").await, app.as_("Rasa").await);
        let network = app.network("bmt");
        assert_eq!(rasa.call(write(app, "Mano")).await.refused(Code::Forbidden).code, Code::Forbidden);
        jonas.call(WritePlan { steps: Vec::new(), ..write(app, "Tuščias") }).await.refused_at(Code::SessionAgenda, "steps");

        let plan = jonas.call(write(app, "Tėvų diena")).await.granted();
        assert_eq!((plan.network, plan.version, plan.steps.len()), (Some(network), 1, 2));
        assert_eq!(plan.steps[1].rules().speakers(), Speakers::Others);
        let plans = rasa.call(ListPlans {}).await.granted();
        assert_eq!(plans.iter().filter(|plan| plan.network.is_none()).count(), 6);
        assert!(plans.contains(&plan));
        assert_eq!(rasa.call(ReadPlan { plan: plan.id }).await.granted(), plan);
    }

    async fn of_two_who_change_a_plan_the_later_is_told_and_nobody_changes_a_ready_made_one(app) {
        let (jonas, rasa) = (app.as_("Jonas").await, app.as_("Rasa").await);
        let plan = jonas.call(write(app, "Tėvų diena")).await.granted();
        let change = |version, title: &str| ChangePlan {
            plan: plan.id,
            version,
            title: Line::new(title).unwrap(),
            about: None,
            steps: plan.steps.clone(),
        };
        rasa.call(change(1, "Ne mano")).await.refused(Code::Forbidden);
        assert_eq!(jonas.call(change(1, "Tėvų vakaras")).await.granted().title, "Tėvų vakaras");
        jonas.call(change(1, "Pavėluotas")).await.refused(Code::Changed);
        let ready = jonas.call(ListPlans {}).await.granted()[0].id;
        app.as_("Ona").await.call(ChangePlan { plan: ready, ..change(0, "Kitoks") }).await.refused(Code::Forbidden);
        jonas.call(DropPlan { plan: plan.id, version: 1 }).await.refused(Code::Changed);
        jonas.call(DropPlan { plan: plan.id, version: 2 }).await.granted();
        jonas.call(ReadPlan { plan: plan.id }).await.refused(Code::Missing);
    }

    async fn a_session_begins_with_the_steps_of_a_plan_without_scripts(app) {
        let rasa = app.as_("Rasa").await;
        let consultancy = rasa.call(ListPlans {}).await.granted().swap_remove(1);
        let page = format!("/erdves/{}/sesijos/nauja", crate::planted::space_of_bmt(app).await);
        let form = rasa.get(&format!("{page}?scenarijus={}", consultancy.id)).await;
        assert!(form.text().contains("Kolegos svarsto, pristačiusieji klausosi"), "{}", form.text());
        // What the page would send as it stands, with one row left empty.
        let answer = rasa
            .form(&page, &[
                ("title", "Konsultacija"),
                ("starts_at", "2026-12-01T14:00"),
                ("steps.0.title", "Dilema"),
                ("steps.0.minutes", "8"),
                ("steps.0.kind", ""),
                ("steps.0.speaks", "presenter"),
                ("steps.1.title", "Svarstymas"),
                ("steps.1.minutes", "15"),
                ("steps.1.kind", "talk"),
                ("steps.1.speaks", "others"),
                ("steps.1.without_chat", "on"),
                ("steps.2.title", ""),
                ("steps.2.minutes", ""),
                ("steps.2.kind", ""),
                ("steps.2.speaks", ""),
            ])
            .await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        let session = answer.header("location").unwrap().rsplit('/').next().unwrap().parse().unwrap();
        let steps = rasa.call(ReadSession { session }).await.granted().steps;
        assert_eq!(steps.len(), 2);
        assert_eq!((steps[0].kind, steps[0].speaks), (StepKind::Talk, Some(Speakers::Presenter)));
        assert_eq!((steps[1].speaks, steps[1].without_chat), (Some(Speakers::Others), true));
        let shown = rasa.get(&format!("/sesijos/{session}")).await;
        assert!(shown.text().contains("kas kalba: visi, išskyrus pristatančiuosius, be pokalbio"), "{}", shown.text());
    }
}

fn write(app: &TestApp, title: &str) -> WritePlan {
    let step = |title: &str, speaks| PlannedStep {
        speaks,
        ..PlannedStep::of(Line::new(title).unwrap(), 10, Default::default())
    };
    WritePlan {
        network: app.network("bmt"),
        title: Line::new(title).unwrap(),
        about: Some(Prose::new("Kai kviečiame tėvus.").unwrap()),
        steps: vec![step("Pradžia", None), step("Kolegos svarsto", Some(Speakers::Others))],
    }
}
