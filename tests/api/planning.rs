//! Planning sessions: alone and in a series, moved and cancelled, with people who are invited and what they answer.

use db::sql;
use model::{
    ids::SessionId,
    live::StepRules,
    refusal::Code,
    sessions::*,
    spaces::ArchiveSpace,
    time::{LocalDateTime, Millis},
    words::{Line, Prose},
};
use tests::{Client, TestApp, on_both};

on_both! {
    async fn a_video_link_is_shown_to_those_who_may_take_part_alone(app) {
        let rasa = app.as_("Rasa").await;
        let plan = ScheduleSession { video: Some(link()), ..planned(app, "patirtis", "2026-12-02T15:00") };
        let page = rasa.call(plan).await.granted();
        assert_eq!(page.video, Some(link()));
        let path = format!("/sesijos/{}", page.card.id);
        let shown = app.as_("Tomas").await.get(&path).await;
        assert!(shown.text().contains("href=\"https://vaizdas.tinklaveika.example/a?b=1\" target=\"_blank\" rel=\"noopener noreferrer\""));
        assert!(shown.text().contains("Vaizdo susitikimas: vaizdas.tinklaveika.example"));
        // The space is public: strangers and others read the plan without it, in the file for the calendar too.
        for client in [app.anonymous(), app.as_("Nerijus").await] {
            assert_eq!(client.call(ReadSession { session: page.card.id }).await.granted().video, None);
            for path in [path.clone(), format!("{path}/sesija.ics")] {
                let shown = client.get(&path).await;
                assert_eq!(shown.status, 200);
                assert!(!shown.text().contains("vaizdas.tinklaveika"), "{path}");
            }
        }
        assert!(app.as_("Tomas").await.get(&format!("{path}/sesija.ics")).await.text().contains("LOCATION:https://vaizdas"));
        let bad = rasa
            .call_with(planned(app, "patirtis", "2026-12-02T15:00"), |body| {
                body["video"] = "https://meet.example@kitur.example/".into();
            })
            .await;
        assert_eq!(bad.codes(), ["video.wrong@video"]);
    }

    async fn a_session_is_moved_by_who_may_lead_it_and_others_find_it_changed(app) {
        let rasa = app.as_("Rasa").await;
        let page = rasa.call(planned(app, "dirbtuve", "2026-12-02T15:00")).await.granted();
        let moved = EditSession { starts_at: at("2026-12-03T16:30"), ..again(&page) };
        app.as_("Tomas").await.call(moved.clone()).await.refused(Code::Forbidden);
        app.as_("Vilma").await.call(moved.clone()).await.refused(Code::Forbidden);
        app.as_("Nerijus").await.call(moved.clone()).await.missing();
        app.anonymous().call(moved.clone()).await.missing();
        let after = rasa.call(moved.clone()).await.granted();
        assert_eq!((after.card.starts_at, after.version), (at("2026-12-03T16:30").instant(), 2));
        // Two at once: the second keeps what they typed and is shown what is saved.
        rasa.call(moved).await.refused(Code::Changed);
        let form = [("version", "1"), ("title", "Kita tema"), ("starts_at", "2026-12-04T10:00"), ("steps.0.title", "Pradžia"), ("steps.0.minutes", "10"), ("whom", "chosen")];
        let refused = app.as_("Jonas").await.form(&format!("/sesijos/{}/keisti", page.card.id), &form).await;
        assert_eq!(refused.status, 409);
        assert!(refused.text().contains("Kita tema") && refused.text().contains("2026-12-03 16:30"));
        // An agenda without a step, and a time that there is not.
        let bare = EditSession { steps: Vec::new(), ..again(&after) };
        rasa.call(bare).await.refused_at(Code::SessionAgenda, "steps");
    }

    async fn a_cancelled_session_stays_with_its_reason_and_is_neither_opened_nor_changed(app) {
        let rasa = app.as_("Rasa").await;
        let page = rasa.call(planned(app, "dirbtuve", "2026-12-02T15:00")).await.granted();
        let session = page.card.id;
        let cancel = cancelled(&page, "Mokykloje paskelbtas karantinas.");
        app.as_("Tomas").await.call(cancel.clone()).await.refused(Code::Forbidden);
        app.as_("Nerijus").await.call(cancel.clone()).await.missing();
        rasa.call_with(cancel.clone(), |body| body["reason"] = "".into()).await.refused_at(Code::TextShort, "reason");
        let after = rasa.call(cancel.clone()).await.granted();
        assert_eq!(after.card.state, SessionState::Cancelled);
        assert_eq!(after.cancelled.as_deref(), Some("Mokykloje paskelbtas karantinas."));
        rasa.call(cancel).await.refused(Code::SessionCancelled);
        rasa.call(again(&after)).await.refused(Code::SessionCancelled);
        rasa.call(ReadRecord { session }).await.refused(Code::SessionState);
        rasa.call(answered(session, Coming::Yes)).await.refused(Code::SessionCancelled);
        let shown = app.as_("Tomas").await.get(&format!("/sesijos/{session}")).await;
        assert!(shown.text().contains("Mokykloje paskelbtas karantinas.") && !shown.text().contains("live-room"));
        assert_eq!(rasa.get(&format!("/sesijos/{session}/keisti")).await.status, 409);
        let list = rasa.get("/sesijos").await;
        assert!(list.text().contains("Atšauktos") && list.text().contains("Gruodžio dirbtuvė"));
        // What is open or over is not cancelled.
        let open = rasa.call(ReadSession { session: app.session("pirmos_minutes") }).await.granted();
        app.as_("Rūta").await.call(cancelled(&open, "Vėlu")).await.refused(Code::SessionState);
        let closed = rasa.call(ReadSession { session: app.session("pagalba_pamokoje") }).await.granted();
        app.as_("Rūta").await.call(cancelled(&closed, "Vėlu")).await.refused(Code::SessionState);
        app.as_("Rūta").await.call(again(&closed)).await.refused(Code::SessionState);
    }

    async fn a_session_that_is_open_keeps_its_time_and_takes_a_link(app) {
        let ruta = app.as_("Rūta").await;
        let open = ruta.call(ReadSession { session: app.session("pirmos_minutes") }).await.granted();
        let moved = EditSession { starts_at: at("2026-11-23T15:00"), ..again(&open) };
        ruta.call(moved).await.refused_at(Code::SessionState, "starts_at");
        let linked = EditSession { video: Some(link()), ..again(&open) };
        assert_eq!(ruta.call(linked).await.granted().video, Some(link()));
    }

    async fn a_series_keeps_its_time_of_day_over_the_change_of_hour(app) {
        let rasa = app.as_("Rasa").await;
        let weekly = Repeat { every: Every::Weekly, count: Some(3), until: None, skip: Vec::new() };
        let first = rasa.call(series(app, "2027-03-17T15:00", weekly)).await.granted();
        let shown = first.series.unwrap();
        assert_eq!((shown.every, shown.place, shown.of, shown.following), (Every::Weekly, 1, 3, 2));
        assert_eq!(starts(&rasa, app).await, ["2027-03-17T15:00", "2027-03-24T15:00", "2027-03-31T15:00"]);
        let file = rasa.get(&format!("/sesijos/serijos/{}/serija.ics", shown.id)).await;
        assert_eq!(file.header("content-type"), Some("text/calendar; charset=utf-8"));
        for line in ["DTSTART:20270317T130000Z", "DTSTART:20270324T130000Z", "DTSTART:20270331T120000Z"] {
            assert!(file.text().contains(&format!("{line}\r\n")), "{line}");
        }
        let middle = rasa.call(ReadSession { session: shown.next.unwrap() }).await.granted().series.unwrap();
        assert_eq!((middle.place, middle.previous, middle.next.is_some()), (2, Some(first.card.id), true));
        let page = rasa.get(&format!("/sesijos/{}", first.card.id)).await;
        assert!(page.text().contains("Kas savaitę"));
        assert!(page.text().contains("1 sesija iš\u{a0}3"));
    }

    async fn a_series_is_bounded_and_leaves_out_days(app) {
        let rasa = app.as_("Rasa").await;
        let repeat = |count, until: Option<&str>, skip: &[&str]| Repeat {
            every: Every::TwoWeekly,
            count,
            until: until.map(|day| day.parse().unwrap()),
            skip: skip.iter().map(|day| day.parse().unwrap()).collect(),
        };
        let ask = async |repeat| rasa.call(series(app, "2026-12-02T15:00", repeat)).await;
        ask(repeat(None, None, &[])).await.refused_at(Code::FieldNeeded, "repeat.count");
        ask(repeat(Some(41), None, &[])).await.refused_at(Code::NumberRange, "repeat.count");
        ask(repeat(None, Some("2030-01-01"), &[])).await.refused_at(Code::SeriesSize, "repeat.until");
        ask(repeat(None, Some("2026-12-03"), &[])).await.refused_at(Code::SeriesSize, "repeat.until");
        ask(repeat(Some(3), None, &["2026-12-16", "2026-12-17"])).await.refused_at(Code::FieldWrong, "repeat.skip.1");
        assert!(starts(&rasa, app).await.is_empty());
        ask(repeat(Some(3), None, &["2026-12-30"])).await.granted();
        assert_eq!(starts(&rasa, app).await, ["2026-12-02T15:00", "2026-12-16T15:00", "2027-01-13T15:00"]);
        // A member calls none, for this space or another.
        let weekly = || Repeat { every: Every::Weekly, count: Some(2), until: None, skip: Vec::new() };
        app.as_("Tomas").await.call(series(app, "2026-12-02T15:00", weekly())).await.refused(Code::Forbidden);
        app.as_("Nerijus").await.call(series(app, "2026-12-02T15:00", weekly())).await.missing();
    }

    async fn a_change_reaches_the_later_ones_of_its_series_and_changes_no_more_than_it_says(app) {
        let rasa = app.as_("Rasa").await;
        let weekly = Repeat { every: Every::Weekly, count: Some(4), until: None, skip: Vec::new() };
        let first = rasa.call(series(app, "2027-03-10T15:00", weekly)).await.granted();
        let second = rasa.call(ReadSession { session: first.series.unwrap().next.unwrap() }).await.granted();
        let third = rasa.call(ReadSession { session: second.series.unwrap().next.unwrap() }).await.granted();
        // The third has a topic of its own.
        let third = rasa.call(EditSession { title: Line::new("Viešnia iš universiteto").unwrap(), ..again(&third) }).await.granted();
        // From the second on a day later and an hour earlier, over the change of hour.
        let moved = EditSession { reach: Reach::Following, starts_at: at("2027-03-18T14:00"), ..again(&second) };
        rasa.call(moved).await.granted();
        assert_eq!(starts(&rasa, app).await, ["2027-03-10T15:00", "2027-03-18T14:00", "2027-03-25T14:00", "2027-04-01T14:00"]);
        let third = rasa.call(ReadSession { session: third.card.id }).await.granted();
        assert_eq!(third.card.title, "Viešnia iš universiteto");
        // Who had the third open meanwhile is told that it changed.
        rasa.call(EditSession { version: 2, ..again(&third) }).await.refused(Code::Changed);
        // The rest of the series is called off from the third on.
        rasa.call(CancelSession { reach: Reach::Following, ..cancelled(&third, "Ciklas baigtas anksčiau.") }).await.granted();
        let states = rasa.call(ListSessions { space: Some(app.space("dirbtuve")), cursor: None }).await.granted();
        let of = |state| states.items.iter().filter(|card| card.state == state).count();
        assert_eq!((of(SessionState::Planned), of(SessionState::Cancelled)), (2, 2));
        let first = rasa.call(ReadSession { session: first.card.id }).await.granted();
        assert_eq!((first.series.unwrap().of, first.series.unwrap().following), (4, 1));
    }

    async fn a_form_sent_twice_plans_one_series_and_writes_one_letter_each(app) {
        let rasa = app.as_("Rasa").await;
        let path = format!("/erdves/{}/sesijos/nauja", app.space("dirbtuve"));
        let page = rasa.get(&path).await;
        let key = page.text().split("name=\"_key\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let azuolas = app.team("azuolas").to_string();
        let form = [
            ("_key", key.as_str()),
            ("title", "Gruodžio dirbtuvė"),
            ("starts_at", "2026-12-02T15:00"),
            ("steps.0.title", "Pradžia"),
            ("steps.0.minutes", "30"),
            ("repeat.every", "two_weekly"),
            ("repeat.count", "3"),
            ("repeat.until", ""),
            ("repeat.skip.0", "2026-12-30"),
            ("repeat.skip.1", ""),
            ("video", ""),
            ("whom", "chosen"),
            ("teams", azuolas.as_str()),
        ];
        let (one, two) = (rasa.form(&path, &form).await, rasa.form(&path, &form).await);
        assert_eq!(one.led_to(), two.led_to());
        assert_eq!(starts(&rasa, app).await, ["2026-12-02T15:00", "2026-12-16T15:00", "2027-01-13T15:00"]);
        app.letters(4).await;
        assert_eq!(queued(app).await, 4);
    }

    async fn what_is_refused_of_a_plan_stands_in_the_form_as_it_was_typed(app) {
        let rasa = app.as_("Rasa").await;
        let path = format!("/erdves/{}/sesijos/nauja", app.space("dirbtuve"));
        let form = [("title", "Mintis"), ("starts_at", "2026-12-02T15:00"), ("repeat.every", "weekly"), ("video", "http://x.example"), ("whom", "chosen")];
        let refused = rasa.form(&path, &form).await;
        assert_eq!(refused.status, 422);
        for kept in ["value=\"Mintis\"", "value=\"http://x.example\"", "value=\"weekly\" selected"] {
            assert!(refused.text().contains(kept), "{kept}");
        }
        // Nothing ticked stays nothing ticked.
        assert!(!refused.text().contains("name=\"teams\" value=\"") || !refused.text().contains("checked"));
    }

    async fn a_session_whose_time_passed_unopened_says_so_and_asks_nobody(app) {
        let rasa = app.as_("Rasa").await;
        let session = rasa.call(planned(app, "dirbtuve", "2026-11-22T15:00")).await.granted().card.id;
        let path = format!("/sesijos/{session}");
        assert!(!rasa.call(ReadSession { session }).await.granted().late);
        assert!(rasa.get(&path).await.text().contains("Ar dalyvausite"));
        app.pass(Millis::minutes(61));
        assert!(rasa.call(ReadSession { session }).await.granted().late);
        let shown = rasa.get(&path).await;
        assert!(shown.text().contains("Numatytas laikas praėjo") && !shown.text().contains("Ar dalyvausite"));
        // Whoever leads it may still open it, or move it.
        assert!(shown.text().contains("live-room") && shown.text().contains("/keisti"));
    }

    async fn in_an_archive_a_plan_is_read_and_not_changed(app) {
        let rasa = app.as_("Rasa").await;
        let page = rasa.call(planned(app, "dirbtuve", "2026-12-02T15:00")).await.granted();
        let session = page.card.id;
        app.as_("Jonas").await.call(ArchiveSpace { space: app.space("dirbtuve") }).await.granted();
        rasa.call(again(&page)).await.refused(Code::Archived);
        rasa.call(cancelled(&page, "Archyvas")).await.refused(Code::Archived);
        app.as_("Tomas").await.call(answered(session, Coming::Yes)).await.refused(Code::Archived);
        rasa.call(planned(app, "dirbtuve", "2026-12-02T15:00")).await.refused(Code::Archived);
        let shown = rasa.get(&format!("/sesijos/{session}")).await;
        assert!(shown.status == 200 && !shown.text().contains("/keisti") && !shown.text().contains("/atsakymas"));
    }

    async fn a_file_for_the_calendar_is_only_for_those_who_see_the_session(app) {
        let rasa = app.as_("Rasa").await;
        let weekly = Repeat { every: Every::Weekly, count: Some(2), until: None, skip: Vec::new() };
        let page = rasa.call(series(app, "2026-12-02T15:00", weekly)).await.granted();
        let (one, all) = (format!("/sesijos/{}/sesija.ics", page.card.id), format!("/sesijos/serijos/{}/serija.ics", page.series.unwrap().id));
        for path in [&one, &all] {
            let file = app.as_("Tomas").await.get(path).await;
            assert_eq!(file.status, 200);
            assert!(file.header("content-disposition").unwrap().starts_with("attachment"));
            assert_eq!(file.header("cache-control"), Some("no-store"));
            assert!(file.text().starts_with("BEGIN:VCALENDAR\r\n") && file.text().ends_with("END:VCALENDAR\r\n"));
            assert!(file.text().split("\r\n").all(|line| line.len() <= 75));
            for client in [app.anonymous(), app.as_("Nerijus").await, app.as_("Zita").await] {
                assert_eq!(client.get(path).await.status, 404, "{path}");
            }
        }
        assert_eq!(rasa.get("/sesijos/ne-id/sesija.ics").await.status, 404);
        // The same meeting with a higher number after a change.
        let number = |text: &str| text.split("SEQUENCE:").nth(1).unwrap().split("\r\n").next().unwrap().to_owned();
        assert_eq!(number(rasa.get(&one).await.text()), "0");
        rasa.call(EditSession { starts_at: at("2026-12-02T16:00"), ..again(&page) }).await.granted();
        let file = rasa.get(&one).await;
        assert_eq!(number(file.text()), "1");
        assert!(file.text().contains(&format!("UID:{}\r\n", page.card.id)));
    }

    async fn what_was_noted_and_added_in_the_room_survives_a_change_of_the_plan(app) {
        use model::live::{Event, NewStep};
        let rasa = app.as_("Rasa").await;
        let page = rasa.call(planned(app, "dirbtuve", "2026-12-02T15:00")).await.granted();
        let session = page.card.id;
        let mut tx = app.app.db.write().await.unwrap();
        let added = NewStep { id: app.app.id(), title: "Pertrauka".into(), minutes: 5, rules: StepRules::default(), note: Some("Kava".into()) };
        let events = [Event::StepAdded { step: added }];
        server::live::append(&mut tx, session, Some(app.person("Rasa")), app.app.id(), &events, app.now()).await.unwrap();
        tx.commit().await.unwrap();
        let page = rasa.call(ReadSession { session }).await.granted();
        let titles = |page: &SessionPage| page.steps.iter().map(|step| step.title.to_string()).collect::<Vec<_>>();
        assert_eq!(titles(&page), ["Pradžia", "Pertrauka"]);
        let moved = rasa.call(EditSession { starts_at: at("2026-12-03T15:00"), ..again(&page) }).await.granted();
        assert_eq!(titles(&moved), ["Pradžia", "Pertrauka"]);
        app.pass(Millis::minutes(1));
        let mut tx = app.app.read().await.unwrap();
        let steps: String = sql!("select steps from sessions where id = $1", session).one(&mut tx).await.unwrap();
        assert!(steps.contains("Kava"), "{steps}");
    }
}

pub fn at(text: &str) -> LocalDateTime {
    text.parse().unwrap()
}

pub fn link() -> VideoLink {
    "https://vaizdas.tinklaveika.example/a?b=1".parse().unwrap()
}

pub fn planned(app: &TestApp, space: &str, starts_at: &str) -> ScheduleSession {
    ScheduleSession {
        space: app.space(space),
        title: Line::new("Gruodžio dirbtuvė").unwrap(),
        starts_at: at(starts_at),
        steps: vec![PlannedStep::of(Line::new("Pradžia").unwrap(), 30, StepRules::default())],
        repeat: None,
        video: None,
        whom: Whom::AllTeams,
        teams: Vec::new(),
        people: Vec::new(),
    }
}

pub fn only_azuolas(app: &TestApp, starts_at: &str) -> ScheduleSession {
    ScheduleSession { whom: Whom::Chosen, teams: vec![app.team("azuolas")], ..planned(app, "dirbtuve", starts_at) }
}

pub fn series(app: &TestApp, starts_at: &str, repeat: Repeat) -> ScheduleSession {
    ScheduleSession { repeat: Some(repeat), ..planned(app, "dirbtuve", starts_at) }
}

/// The plan as it stands, as its form would send it.
pub fn again(page: &SessionPage) -> EditSession {
    let invited = page.invited.clone().unwrap_or_default();
    EditSession {
        id: page.card.id,
        version: page.version,
        reach: Reach::One,
        title: Line::new(&page.card.title).unwrap(),
        starts_at: LocalDateTime::of(page.card.starts_at),
        steps: page.steps.clone(),
        video: page.video.clone(),
        whom: Whom::Chosen,
        teams: invited.teams.iter().map(|team| team.id).collect(),
        people: invited.people.iter().map(|person| person.id).collect(),
    }
}

pub fn cancelled(page: &SessionPage, reason: &str) -> CancelSession {
    let reason = Prose::new(reason).unwrap();
    CancelSession { session: page.card.id, version: page.version, reach: Reach::One, reason }
}

pub fn answered(session: SessionId, answer: Coming) -> AnswerInvitation {
    AnswerInvitation { session, answer, note: None }
}

/// When the planned sessions of the workshop begin, in their order.
pub async fn starts(client: &Client<'_>, app: &TestApp) -> Vec<String> {
    let list = client.call(ListSessions { space: Some(app.space("dirbtuve")), cursor: None }).await.granted();
    let planned = list.items.iter().filter(|card| card.state == SessionState::Planned);
    planned.map(|card| LocalDateTime::of(card.starts_at).to_string()).collect()
}

/// How many letters about sessions were ever queued.
pub async fn queued(app: &TestApp) -> i64 {
    let mut tx = app.app.read().await.unwrap();
    sql!("select count(*) from mails where key like 'meeting %'").one(&mut tx).await.unwrap()
}
