//! Groups of a live session outside of its room: proposed on a page, made, led, called back, and passed over by lists.

use db::sql;
use model::{
    attendance::ReadAttendance,
    breakouts::*,
    ids::*,
    live::{BoardEvent, Event, GroupWay, Participant, Standing, TeamCard},
    minutes::{ReadMinutes, SectionKind},
    redactions::{Passage, RedactText, TextOf},
    refusal::Code,
    search::Search,
    sessions::*,
    time::{Millis, Timestamp},
    words::{Line, Prose},
};
use tests::{TestApp, on_both};
use uuid::Uuid;

on_both! {
    async fn groups_are_proposed_changed_started_extended_and_called_back_on_a_page(app) {
        let session = room(app).await;
        let jonas = app.as_("Jonas").await;
        let page = jonas.call(read(session, GroupWay::Random)).await.granted();
        assert_eq!((page.people.len(), page.groups.len(), page.ends_at), (4, 2, None));
        let of = |name: &str| page.people.iter().find(|one| one.id == app.person(name)).unwrap().group;
        assert_eq!(of("Jonas"), None, "who leads is placed by hand");
        let address = format!("/sesijos/{session}/grupes");
        let shown = jonas.get(&format!("{address}?way=strangers&unit=groups&number=2")).await;
        assert!(shown.text().contains("Pradėti grupes") && shown.text().contains("1 grupė"), "{}", shown.text());

        let (rasa, tomas) = (app.person("Rasa").to_string(), app.person("Tomas").to_string());
        let mut form = vec![
            ("minutes", "10"),
            ("groups.0.number", "1"),
            ("groups.0.title", "Pirma"),
            ("groups.1.number", "2"),
            ("groups.1.title", ""),
            ("people.0.person", &rasa),
            ("people.0.group", "1"),
            ("people.1.person", &tomas),
            ("people.1.group", "2"),
        ];
        let refused = jonas.form(&format!("{address}/pradeti"), &form).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("value=\"Pirma\"") && refused.text().contains(&tomas), "what was chosen is kept");
        form[4].1 = "Antra";
        let started = jonas.form(&format!("{address}/pradeti"), &form).await;
        assert_eq!((started.status, started.header("location")), (303, Some(&*address)));
        let shown = jonas.get(&address).await;
        assert!(shown.text().contains("Grupės dirba iki") && shown.text().contains("Sušaukti visus atgal"), "{}", shown.text());

        let page = jonas.call(read(session, GroupWay::Random)).await.granted();
        let ends_at = page.ends_at.unwrap();
        let [first, second] = [0, 1].map(|at| page.groups[at].session.unwrap());
        let inside = app.as_("Rasa").await.get(&format!("/sesijos/{first}")).await;
        assert!(inside.text().contains("Grįžti į bendrą sesiją") && inside.text().contains("Pirma"), "{}", inside.text());
        assert_eq!(jonas.form(&format!("{address}/pratesti"), &[("minutes", "5")]).await.status, 303);
        let moved = jonas.call(MoveToBreakout { session, person: app.person("Rasa"), to: Some(second) }).await.granted();
        assert_eq!(moved.ends_at, Some(ends_at.plus(Millis::minutes(5))));
        assert_eq!(moved.people.iter().filter(|one| one.group == Some(2)).count(), 2);
        jonas.call(open(session, &[])).await.refused(Code::BreakoutsOpen);
        assert_eq!(jonas.form(&format!("{address}/susaukti"), &[]).await.status, 303);
        jonas.call(CloseBreakouts { session }).await.refused(Code::BreakoutsClosed);
        assert_eq!(jonas.call(ReadSession { session: first }).await.granted().card.state, SessionState::Closed);
    }

    async fn only_who_leads_an_open_session_makes_groups_of_people_who_were_there(app) {
        let session = room(app).await;
        let (jonas, tomas) = (app.as_("Jonas").await, app.as_("Tomas").await);
        tomas.call(read(session, GroupWay::Random)).await.refused(Code::Forbidden);
        tomas.call(open(session, &[])).await.refused(Code::Forbidden);
        app.as_("Nerijus").await.call(read(session, GroupWay::Random)).await.missing();
        assert_eq!(tomas.get(&format!("/sesijos/{session}/grupes")).await.status, 403);
        let stranger = app.person("Nerijus");
        jonas.call(open(session, &[(stranger, 1)])).await.refused_at(Code::FieldWrong, "people");
        jonas.call(open(session, &[(app.person("Rasa"), 7)])).await.refused_at(Code::FieldWrong, "people");
        let twice = [(app.person("Rasa"), 1), (app.person("Rasa"), 2)];
        jonas.call(open(session, &twice)).await.refused_at(Code::FieldWrong, "people");
        let page = jonas.call(open(session, &[(app.person("Rasa"), 1)])).await.granted();
        let group = page.groups[0].session.unwrap();
        jonas.call(open(group, &[])).await.refused(Code::SessionState);
        jonas.call(read(app.session("pagalba_pamokoje"), GroupWay::Random)).await.refused(Code::SessionState);
        let bad = jonas.call_with(open(session, &[]), |body| body["groups"][0]["title"] = "Kodas 38806150067".into()).await;
        assert_eq!(bad.codes(), ["guard.code@groups.0.title"]);
    }

    async fn no_list_search_or_calendar_has_a_group(app) {
        let session = room(app).await;
        let jonas = app.as_("Jonas").await;
        let before = jonas.call(ListSessions::default()).await.granted().items.len();
        jonas.call(open(session, &[(app.person("Rasa"), 1)])).await.granted();
        assert_eq!(jonas.call(ListSessions::default()).await.granted().items.len(), before);
        let meetings = jonas.call(ListMeetings {}).await.granted();
        assert!(meetings.iter().all(|meeting| meeting.card.title != "Ąžuolynas pirmas"));
        app.app.search.settled().await;
        let search = Search { q: Line::new("Ąžuolynas"), ..Search::default() };
        let found = jonas.call(search).await.granted();
        assert!(found.items.iter().all(|hit| !format!("{:?}", hit.title).contains("pirmas")));
        for path in ["/", "/sesijos"] {
            assert!(!jonas.get(path).await.text().contains("Ąžuolynas pirmas"), "{path}");
        }
    }

    async fn who_worked_in_a_group_was_in_the_session(app) {
        let session = room(app).await;
        let (jonas, rasa) = (app.as_("Jonas").await, app.person("Rasa"));
        let opened_at = jonas.call(ReadAttendance { session }).await.granted().opened_at;
        let page = jonas.call(open(session, &[(rasa, 1)])).await.granted();
        let group = page.groups[0].session.unwrap();
        // Ten minutes in the main room, a minute between the rooms, twenty in the group, both at once for five.
        stay(app, session, rasa, opened_at, 0, 10).await;
        stay(app, group, rasa, opened_at, 11, 31).await;
        stay(app, session, rasa, opened_at, 26, 36).await;
        app.pass(Millis::hours(1));
        let mine = app.as_("Rasa").await.call(ReadAttendance { session }).await.granted().mine.unwrap();
        assert_eq!((mine.counted.minutes, mine.intervals.len()), (36, 1));
    }

    async fn what_groups_made_stands_in_the_record_the_minutes_and_the_export_of_their_session(app) {
        let session = room(app).await;
        let (jonas, rasa) = (app.as_("Jonas").await, app.person("Rasa"));
        let page = jonas.call(open(session, &[(rasa, 1)])).await.granted();
        let group = page.groups[0].session.unwrap();
        let at = app.now();
        let board = BoardId::from_uuid(Uuid::from_u128(0x71));
        let card = CardId::from_uuid(Uuid::from_u128(0x72));
        let who = Participant { id: rasa, name: "Rasa".into(), team: None, school: None, role: Standing::Participant };
        let events = [
            Event::Arrived { who, at, with: None },
            Event::Said { id: MessageId::from_uuid(Uuid::from_u128(0x73)), by: rasa, at, text: Some("Pradedam.".into()), reply_to: None },
            Event::Board(BoardEvent::Made {
                board,
                title: "Mūsų mintys".into(),
                columns: vec!["Kas padėjo".into()],
                anonymous: false,
                hidden: false,
                step: None,
            }),
            Event::Board(BoardEvent::Added {
                board,
                card,
                column: 0,
                by: Some(rasa),
                text: Some("Rytinis ratas be vertinimo".into()),
                anonymous: false,
                hidden: false,
            }),
        ];
        let mut tx = app.app.db.write().await.unwrap();
        server::live::append(&mut tx, group, None, CommandId::from_uuid(Uuid::from_u128(0x998)), &events, at).await.unwrap();
        tx.commit().await.unwrap();
        jonas.call(ReadRecord { session: group }).await.refused(Code::SessionState);
        let mut tx = app.app.db.write().await.unwrap();
        let room = server::live::fold(&mut tx, session).await.unwrap();
        let closing = model::live::closing(&room, app.person("Jonas"), at.plus(Millis::minutes(5)));
        server::live::append(&mut tx, session, None, CommandId::from_uuid(Uuid::from_u128(0x999)), &closing, at).await.unwrap();
        tx.commit().await.unwrap();

        let record = jonas.call(ReadRecord { session }).await.granted();
        let made = &record.groups[0];
        assert_eq!((record.groups.len(), made.title.as_str(), made.messages, made.people.len()), (2, "Ąžuolynas pirmas", 1, 1));
        assert_eq!(made.boards[0].columns[0].cards[0].text.as_deref(), Some("Rytinis ratas be vertinimo"));
        let shown = jonas.get(&format!("/sesijos/{session}/irasas")).await;
        assert!(shown.text().contains(&format!("/sesijos/{group}/irasas")) && shown.text().contains("Rytinis ratas be vertinimo"), "{}", shown.text());
        let of_group = jonas.get(&format!("/sesijos/{group}/irasas")).await;
        assert!(of_group.text().contains("Bendros sesijos įrašas") && of_group.text().contains("Pradedam."));
        let minutes = jonas.call(ReadMinutes { session }).await.granted();
        let section = minutes.minutes.sections.iter().find(|section| section.kind == SectionKind::Groups).unwrap();
        assert!(section.text.contains("# Ąžuolynas pirmas: Mūsų mintys") && section.text.contains("- Rytinis ratas be vertinimo"), "{}", section.text);
        assert!(section.text.contains("- Dalyvavo: Rasa") && section.text.contains("- 1 žinutė"), "{}", section.text);
    }

    async fn what_is_taken_out_of_a_group_is_taken_out_of_the_session_too(app) {
        let session = room(app).await;
        let jonas = app.as_("Jonas").await;
        let page = jonas.call(open(session, &[(app.person("Rasa"), 1)])).await.granted();
        let group = page.groups[0].session.unwrap();
        let redact = RedactText {
            of: TextOf::Session,
            item: ItemId::from_uuid(session.uuid()),
            session: None,
            passage: Passage::new("Ąžuolynas").unwrap(),
            reason: Prose::new("Vietovė").unwrap(),
            files: None,
        };
        app.as_("Ona").await.call(redact).await.granted();
        let mut tx = app.app.db.read().await.unwrap();
        let left: i64 = sql!("select count(*) from session_events where payload like '%Ąžuolynas pirmas%'").one(&mut tx).await.unwrap();
        let titles: i64 = sql!("select count(*) from sessions where id = $1 and title like '%Ąžuolynas%'", group).one(&mut tx).await.unwrap();
        assert_eq!((left, titles), (0, 0));
    }

    async fn a_second_mix_keeps_apart_who_worked_together(app) {
        let session = room(app).await;
        let jonas = app.as_("Jonas").await;
        let (rasa, vilma) = (app.person("Rasa"), app.person("Vilma"));
        let page = jonas.call(open(session, &[(rasa, 1), (vilma, 1)])).await.granted();
        let group = page.groups[0].session.unwrap();
        for person in [rasa, vilma] {
            stay(app, group, person, app.now(), 0, 5).await;
        }
        jonas.call(CloseBreakouts { session }).await.granted();
        for seed in 0..10 {
            let number = Some(2);
            let call = ReadBreakouts { seed: Some(seed), number, unit: Some(GroupUnit::Groups), ..read(session, GroupWay::Strangers) };
            let page = jonas.call(call).await.granted();
            let of = |person| page.people.iter().find(|one| one.id == person).unwrap().group;
            assert_ne!(of(rasa), of(vilma), "seed {seed}");
            assert_ne!(of(rasa), of(app.person("Tomas")), "one team, seed {seed}");
        }
    }
}

fn read(session: SessionId, way: GroupWay) -> ReadBreakouts {
    ReadBreakouts { session, way: Some(way), unit: None, number: Some(2), seed: None }
}

fn open(session: SessionId, people: &[(PersonId, i64)]) -> OpenBreakouts {
    let group = |number, title: &str| NewGroup { number, title: Line::new(title).unwrap() };
    OpenBreakouts {
        session,
        minutes: 10,
        groups: vec![group(1, "Ąžuolynas pirmas"), group(2, "Ąžuolynas antras")],
        people: people.iter().map(|(person, group)| Placed { person: *person, group: Some(*group) }).collect(),
    }
}

async fn stay(app: &TestApp, session: SessionId, person: PersonId, from: Timestamp, begin: i64, end: i64) {
    let (begin, end) = (from.plus(Millis::minutes(begin)), from.plus(Millis::minutes(end)));
    let mut tx = app.app.db.write().await.unwrap();
    sql!(
        "insert into attendance (session, person, arrived_at, left_at, seen_at) values ($1, $2, $3, $4, $4)",
        session,
        person,
        begin,
        end
    )
    .run(&mut tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

/// An open session with Jonas, who leads it, Rasa and Tomas of one team, and Vilma of another.
async fn room(app: &TestApp) -> SessionId {
    let session = app.session("pirmos_minutes");
    let team = |key: &str| Some(TeamCard { id: app.team(key), name: key.to_owned() });
    let who =
        |name: &str, team, role| Participant { id: app.person(name), name: name.to_owned(), team, school: None, role };
    let people = [
        who("Jonas", None, Standing::Facilitator),
        who("Rasa", team("azuolas"), Standing::Participant),
        who("Tomas", team("azuolas"), Standing::Participant),
        who("Vilma", team("saltinis"), Standing::Participant),
    ];
    let at = app.now();
    let mut tx = app.app.db.write().await.unwrap();
    sql!("delete from attendance where session = $1", session).run(&mut tx).await.unwrap();
    let arrived: Vec<Event> = people.into_iter().map(|who| Event::Arrived { who, at, with: None }).collect();
    let command = CommandId::from_uuid(Uuid::from_u128(0x777));
    server::live::append(&mut tx, session, None, command, &arrived, at).await.unwrap();
    tx.commit().await.unwrap();
    session
}
