//! Sessions outside of their room: who plans them, in what order they are listed, and the record that they leave.

use model::{
    ids::SessionId,
    live::{Event, StepRules},
    refusal::Code,
    sessions::*,
    time::{LocalDateTime, Millis, Timestamp},
    words::Line,
};
use server::live;
use tests::{TestApp, on_both};

on_both! {
    async fn a_session_is_scheduled_by_a_lead_and_not_by_a_member(app) {
        let rasa = app.as_("Rasa").await;
        let page = rasa.call(schedule(app, "dirbtuve", "2026-12-01T15:00", &[("Pradžia", 10), ("Aptarimas", 30)])).await.granted();
        assert_eq!((page.card.state, page.card.minutes), (SessionState::Planned, 40));
        assert_eq!(page.card.facilitator, "Rasa Jankauskienė");
        assert_eq!(page.card.starts_at, Timestamp(1_796_130_000_000));
        assert!(page.may_take_part && page.may_facilitate);
        let titles: Vec<_> = page.steps.iter().map(|step| (step.title.as_str(), step.minutes)).collect();
        assert_eq!(titles, [("Pradžia", 10), ("Aptarimas", 30)]);
        let read = app.as_("Tomas").await.call(ReadSession { session: page.card.id }).await.granted();
        assert!(read.may_take_part && !read.may_facilitate);
        for name in ["Jonas", "Rūta", "Kristina", "Ona"] {
            app.as_(name).await.call(schedule(app, "dirbtuve", "2026-12-01T15:00", &[("Pradžia", 10)])).await.granted();
        }
        let call = || schedule(app, "dirbtuve", "2026-12-01T15:00", &[("Pradžia", 10)]);
        app.as_("Tomas").await.call(call()).await.refused(Code::Forbidden);
        app.as_("Darius").await.call(call()).await.refused(Code::Forbidden);
        app.as_("Nerijus").await.call(call()).await.missing();
        app.anonymous().call(call()).await.missing();
    }

    async fn an_agenda_has_steps_with_times(app) {
        let rasa = app.as_("Rasa").await;
        rasa.call(schedule(app, "dirbtuve", "2026-12-01T15:00", &[])).await.refused_at(Code::SessionAgenda, "steps");
        let refused = rasa.call(schedule(app, "dirbtuve", "2026-12-01T15:00", &[("Pradžia", 0), ("Aptarimas", 241)])).await;
        assert_eq!(refused.codes(), ["number.range@steps.0.minutes", "number.range@steps.1.minutes"]);
        let at = rasa
            .call_with(schedule(app, "dirbtuve", "2026-12-01T15:00", &[("Pradžia", 10)]), |body| {
                body["starts_at"] = "2026-02-30T15:00".into();
            })
            .await;
        assert_eq!(at.status, 422);
    }

    async fn a_session_is_not_planned_into_the_past(app) {
        let rasa = app.as_("Rasa").await;
        let plan = |at: &str| schedule(app, "dirbtuve", at, &[("Pradžia", 10)]);
        // It is 14:30 of 2026-11-22; what has just begun may still be written down.
        rasa.call(plan("2026-11-22T14:14")).await.refused_at(Code::SessionPast, "starts_at");
        rasa.call(plan("2025-12-01T15:00")).await.refused_at(Code::SessionPast, "starts_at");
        rasa.call(plan("2026-11-22T14:20")).await.granted();
        let planned = rasa.call(plan("2026-12-01T15:00")).await.granted();
        let again = EditSession { starts_at: "2026-11-21T15:00".parse().unwrap(), ..crate::planning::again(&planned) };
        rasa.call(again.clone()).await.refused_at(Code::SessionPast, "starts_at");
        // Its time passes, and its plan is still corrected where it stands.
        app.pass(Millis::hours(24 * 10));
        app.as_("Jonas").await.call(EditSession { starts_at: LocalDateTime::of(planned.card.starts_at), ..again }).await.granted();
    }

    async fn open_sessions_come_first_then_the_next_then_the_past(app) {
        let rasa = app.as_("Rasa").await;
        for at in ["2026-12-03T15:00", "2026-12-01T15:00", "2027-01-10T15:00"] {
            rasa.call(schedule(app, "dirbtuve", at, &[("Pradžia", 10)])).await.granted();
        }
        let list = |space: &str| ListSessions { space: Some(app.space(space)), ..Default::default() };
        let found = rasa.call(list("dirbtuve")).await.granted().items;
        let states: Vec<_> = found.iter().map(|card| card.state).collect();
        use SessionState::{Closed, Open, Planned};
        assert_eq!(states, [Open, Planned, Planned, Planned, Closed]);
        assert!(found[1].starts_at < found[2].starts_at && found[2].starts_at < found[3].starts_at);
        // The space shows them in the same order, and nobody else sees any.
        let space = rasa.call(model::spaces::ReadSpace { space: app.space("dirbtuve") }).await.granted();
        assert_eq!(space.sessions, found);
        assert!(app.as_("Nerijus").await.call(list("dirbtuve")).await.granted().items.is_empty());
        assert!(app.anonymous().call(list("dirbtuve")).await.granted().items.is_empty());
    }

    async fn a_cursor_leads_through_one_list_of_sessions(app) {
        let rasa = app.as_("Rasa").await;
        let there = rasa.call(ListSessions::default()).await.granted().items.len();
        for number in 0..60 {
            // Three at each time: then the id decides.
            let at = format!("2026-12-{:02}T15:00", 1 + number / 3);
            rasa.call(schedule(app, "dirbtuve", &at, &[("Pradžia", 10)])).await.granted();
        }
        let first = rasa.call(ListSessions::default()).await.granted();
        assert_eq!(first.items.len(), 50);
        let cursor = || Line::new(first.next.as_deref().unwrap());
        let second = rasa.call(ListSessions { cursor: cursor(), ..Default::default() }).await.granted();
        assert_eq!((second.items.len(), &second.next), (there + 10, &None));
        let mut ids: Vec<SessionId> = first.items.iter().chain(&second.items).map(|card| card.id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), there + 60);
        let other = ListSessions { space: Some(app.space("dirbtuve")), cursor: cursor() };
        rasa.call(other).await.refused_at(Code::CursorForeign, "cursor");
    }

    async fn a_session_leaves_a_record_once_it_is_closed(app) {
        let rasa = app.as_("Rasa").await;
        let session = app.session("pirmos_minutes");
        rasa.call(ReadRecord { session }).await.refused(Code::SessionState);
        assert_eq!(rasa.get(&format!("/sesijos/{session}/irasas")).await.status, 409);
        let closed = app.session("pagalba_pamokoje");
        let record = rasa.call(ReadRecord { session: closed }).await.granted();
        assert_eq!((record.steps.len(), record.people.len()), (4, 10));
        assert!(record.steps.iter().all(|step| step.started_at < step.ended_at));
        let teams: Vec<_> = record.people.iter().map(|person| person.team.as_deref()).collect();
        assert_eq!(teams[..3], [Some("Ąžuolas"); 3]);
        assert_eq!(teams[8..], [None; 2]);
        assert!(record.messages.iter().any(|message| message.reply_to.is_some()));
        assert!(record.messages.windows(2).all(|two| two[0].at <= two[1].at));
        assert!(!record.floor.is_empty() && record.floor.iter().all(|turn| turn.to >= Some(turn.from)));
        let page = rasa.get(&format!("/sesijos/{closed}/irasas")).await;
        assert!(page.status == 200 && page.text().contains("Eglė Šimkutė"));
        for hidden in [app.as_("Nerijus").await, app.anonymous()] {
            hidden.call(ReadRecord { session: closed }).await.missing();
            hidden.call(ReadSession { session: closed }).await.missing();
            hidden.call(ListMessages { session: closed, cursor: None }).await.missing();
            assert_eq!(hidden.get(&format!("/sesijos/{closed}")).await.status, 404);
        }
    }

    async fn who_was_in_a_public_session_is_told_only_to_the_signed_in(app) {
        let jonas = app.as_("Jonas").await;
        let page = jonas.call(schedule(app, "patirtis", "2026-11-22T15:00", &[("Pradžia", 10)])).await.granted();
        let session = page.card.id;
        let (anonymous, nerijus) = (app.anonymous(), app.as_("Nerijus").await);
        let shown = anonymous.get(&format!("/sesijos/{session}")).await;
        assert_eq!(shown.status, 200);
        assert!(shown.text().contains("mato tik prisijungę") && !shown.text().contains("live-room"));
        assert!(nerijus.get(&format!("/sesijos/{session}")).await.text().contains("live-room"));
        let by = app.person("Rasa");
        let said = Event::Said { id: app.app.id(), by, at: app.now(), text: Some("Tik mums".into()), reply_to: None };
        append(app, session, &[Event::Opened { by, at: app.now() }, said]).await;
        append(app, session, &[Event::Closed { by: Some(by), at: app.now() }]).await;
        anonymous.call(ReadSession { session }).await.granted();
        anonymous.call(ReadRecord { session }).await.refused(Code::SignInNeeded);
        anonymous.call(ListMessages { session, cursor: None }).await.refused(Code::SignInNeeded);
        let record = anonymous.get(&format!("/sesijos/{session}/irasas")).await;
        assert_eq!(record.status, 401);
        assert!(record.text().contains("/prisijungti?grizti=") && !record.text().contains("Tik mums"));
        app.as_("Zita").await.call(ReadRecord { session }).await.refused(Code::Suspended);
        assert_eq!(nerijus.call(ReadRecord { session }).await.granted().messages.len(), 1);
        assert_eq!(nerijus.call(ListMessages { session, cursor: None }).await.granted().items.len(), 1);
    }

    async fn deleted_text_is_in_no_record_and_no_list(app) {
        let rasa = app.as_("Rasa").await;
        let page = rasa.call(schedule(app, "dirbtuve", "2026-11-22T15:00", &[("Pradžia", 10)])).await.granted();
        let (session, by) = (page.card.id, app.person("Rasa"));
        let say = |text: &str| {
            let (id, at) = (app.app.id(), app.now());
            (id, Event::Said { id, by, at, text: Some(text.into()), reply_to: None })
        };
        append(app, session, &[Event::Opened { by, at: app.now() }]).await;
        let mut secret = None;
        for number in 0..130 {
            app.pass(Millis(1));
            let (id, said) = say(if number == 60 { "Netyčia įklijuotas sakinys" } else { "Mintis" });
            secret = if number == 60 { Some(id) } else { secret };
            append(app, session, &[said]).await;
        }
        let (message, first) = (secret.unwrap(), ListMessages { session, cursor: None });
        let newest = rasa.call(first.clone()).await.granted();
        assert!(newest.items.len() == 100 && newest.items[0].at > newest.items[99].at);
        append(app, session, &[Event::Deleted { message, by }]).await;
        let shown = rasa.call(first).await.granted();
        let cursor = Line::new(shown.next.as_deref().unwrap());
        let older = rasa.call(ListMessages { session, cursor: cursor.clone() }).await.granted();
        assert_eq!((shown.items.len(), older.items.len(), older.next), (100, 29, None));
        let other = ListMessages { session: app.session("pagalba_pamokoje"), cursor };
        rasa.call(other).await.refused_at(Code::CursorForeign, "cursor");
        append(app, session, &[Event::Closed { by: Some(by), at: app.now() }]).await;
        let record = rasa.call(ReadRecord { session }).await;
        assert_eq!(record.granted().messages.len(), 129);
        assert!(!record.text().contains("Netyčia"));
    }

    async fn a_record_tells_reactions_actions_and_when_each_step_was(app) {
        let rasa = app.as_("Rasa").await;
        let session = app.session("pagalba_pamokoje");
        let record = rasa.call(ReadRecord { session }).await.granted();
        assert!(record.messages.iter().any(|message| message.reactions.iter().any(|(_, count)| *count > 0)));
        let actions: Vec<_> = record.actions.iter().map(|action| (action.state, action.overdue)).collect();
        use model::actions::ActionState::{Done, Dropped, Open};
        assert_eq!(actions, [(Open, true), (Open, false), (Done, false), (Dropped, false)]);
        let page = rasa.get(&format!("/sesijos/{session}/irasas")).await;
        let clock = |at: Option<Timestamp>| text::time::clock(at.expect("the step was").ms());
        let first = &record.steps[0];
        let when = format!("{}–{}", clock(first.started_at), clock(first.ended_at));
        for shown in ["Vėluoja: turėjo būti iki", "Ji galės tik pavasarį", "Pritariu", &when] {
            assert!(page.text().contains(shown), "{shown}");
        }
    }

    async fn who_left_the_team_is_shown_in_the_record_by_their_role(app) {
        let (rasa, tomas) = (app.as_("Rasa").await, app.as_("Tomas").await);
        let session = app.session("pagalba_pamokoje");
        assert!(rasa.call(ReadRecord { session }).await.text().contains("Balčiūnas"));
        tomas.call(model::teams::LeaveTeam { team: app.team("azuolas") }).await.granted();
        let record = rasa.call(ReadRecord { session }).await;
        assert!(!record.text().contains("Balčiūnas"), "{}", record.text());
        assert!(record.granted().people.iter().any(|person| person.name.is_empty() && person.team.is_some()));
        assert!(!rasa.call(ListMessages { session, cursor: None }).await.text().contains("Balčiūnas"));
        let page = rasa.get(&format!("/sesijos/{session}/irasas")).await;
        assert!(page.text().contains("buvęs (-usi) komandos narys") && !page.text().contains("Balčiūnas"));
    }

    async fn a_record_of_two_thousand_messages_is_folded(app) {
        let rasa = app.as_("Rasa").await;
        let page = rasa.call(schedule(app, "dirbtuve", "2026-11-22T15:00", &[("Pradžia", 10)])).await.granted();
        let (session, by) = (page.card.id, app.person("Rasa"));
        append(app, session, &[Event::Opened { by, at: app.now() }]).await;
        let said: Vec<Event> = (0..2_000)
            .map(|number| Event::Said { id: app.app.id(), by, at: app.now(), text: Some(format!("Mintis {number}.")), reply_to: None })
            .collect();
        append(app, session, &said).await;
        append(app, session, &[Event::Closed { by: Some(by), at: app.now() }]).await;
        let page = rasa.get(&format!("/sesijos/{session}/irasas")).await;
        assert_eq!(page.text().matches("class=\"fold\"").count(), 20);
        assert!(page.text().contains("Mintis 1999.") && page.body.len() < 2_000_000, "{}", page.body.len());
    }

    async fn the_front_page_shows_what_is_on_and_what_is_next(app) {
        let rasa = app.as_("Rasa").await;
        rasa.call(schedule(app, "dirbtuve", "2026-12-01T15:00", &[("Pradžia", 10)])).await.granted();
        let home = rasa.get("/").await;
        for shown in ["Pirmos penkios pamokos minutės", "Gruodžio aptarimas", "Įsivertinimo lapas"] {
            assert!(home.text().contains(shown), "{shown}");
        }
        assert!(!home.text().contains("Pagalba pamokoje, o ne"));
        let public = app.anonymous().get("/").await;
        assert!(!public.text().contains("Pirmos penkios") && public.text().contains("Įsivertinimo lapas"));
    }
}

/// What a room would write.
async fn append(app: &TestApp, session: SessionId, events: &[Event]) {
    let mut tx = app.app.db.write().await.unwrap();
    assert!(live::append(&mut tx, session, Some(app.person("Rasa")), app.app.id(), events, app.now()).await.unwrap());
    tx.commit().await.unwrap();
}

fn schedule(app: &TestApp, space: &str, starts_at: &str, steps: &[(&str, i64)]) -> ScheduleSession {
    let step =
        |(title, minutes): &(&str, i64)| PlannedStep::of(Line::new(title).unwrap(), *minutes, StepRules::default());
    ScheduleSession {
        space: app.space(space),
        title: Line::new("Gruodžio aptarimas").unwrap(),
        starts_at: starts_at.parse::<LocalDateTime>().unwrap(),
        steps: steps.iter().map(step).collect(),
        repeat: None,
        video: None,
        whom: Whom::AllTeams,
        teams: Vec::new(),
        people: Vec::new(),
    }
}
