//! Who attended a session for how long: counted as worked by hand, shown to those whom it concerns, corrected by entries alone.

use std::io::Read;

use db::sql;
use model::{
    attendance::*,
    audit::ListActs,
    ids::*,
    live::Event,
    refusal::Code,
    time::{Millis, Timestamp},
    words::{Line, Prose},
};
use tests::{TestApp, on_both};

on_both! {
    async fn minutes_count_as_worked_by_hand(app) {
        let (session, expected) = fixture(app).await;
        let ona = app.as_("Ona").await;
        let page = ona.call(ReadAttendance { session }).await.granted();
        assert_eq!((page.minutes, page.share), (90, SHARE));
        let people = page.people.unwrap();
        for (person, minutes, percent, attended) in &expected {
            let found = people.iter().find(|one| one.id == *person).unwrap();
            assert_eq!(found.counted, Counted { minutes: *minutes, percent: *percent, attended: *attended }, "{}", found.name);
        }
        // The table that one takes away says the same.
        let table = ona.get(&format!("/sesijos/{session}/lankomumas.csv")).await;
        assert_eq!(table.header("content-type"), Some("text/csv; charset=utf-8"));
        let total: i64 = table.text().lines().skip(1).map(|line| line.split("\",\"").nth(6).unwrap().parse::<i64>().unwrap()).sum();
        assert_eq!(total, expected.iter().map(|(_, minutes, ..)| minutes).sum::<i64>());
        assert_eq!(table.text().lines().count(), expected.len() + 1);
        let page = ona.get(&format!("/sesijos/{session}/lankomumas")).await;
        assert!(page.text().contains("lankė 7 žmonės") && page.text().contains("Sėdėjo prie kolegės kompiuterio"), "{}", page.text());
    }

    async fn a_workbook_holds_the_same_and_no_formula(app) {
        let (session, expected) = fixture(app).await;
        let mut tx = app.app.db.write().await.unwrap();
        sql!("update attendance_corrections set reason = '=1+1'").run(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        let ona = app.as_("Ona").await;
        let book = ona.get(&format!("/api/v1/sessions/{session}/attendance.xlsx")).await;
        assert_eq!(book.header("content-disposition"), Some("attachment; filename=\"lankomumas.xlsx\""));
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&book.body)).unwrap();
        let mut sheet = String::new();
        zip.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut sheet).unwrap();
        assert_eq!(sheet.matches("<row ").count(), 4 + expected.len());
        assert!(!sheet.contains("<f>"));
        let mut words = String::new();
        zip.by_name("xl/sharedStrings.xml").unwrap().read_to_string(&mut words).unwrap();
        assert!(words.contains("Eglė Šimkutė") && words.contains("=1+1"));
        assert_eq!(book.body, ona.get(&format!("/api/v1/sessions/{session}/attendance.xlsx")).await.body);
    }

    async fn everyone_reads_their_own_and_who_leads_reads_all(app) {
        let (session, _) = fixture(app).await;
        let tomas = app.as_("Tomas").await;
        let page = tomas.call(ReadAttendance { session }).await.granted();
        assert!(page.people.is_none() && !page.may_correct && page.others.is_empty());
        assert_eq!(page.mine.unwrap().counted.minutes, 90);
        let shown = tomas.get(&format!("/sesijos/{session}/lankomumas")).await.text().to_owned();
        assert!(shown.contains("90 min.") && !shown.contains("Eglė Šimkutė"));
        for path in ["csv", "xlsx"] {
            assert_eq!(tomas.get(&format!("/sesijos/{session}/lankomumas.{path}")).await.status, 403);
            assert_eq!(app.as_("Nerijus").await.get(&format!("/api/v1/sessions/{session}/attendance.{path}")).await.status, 404);
        }
        let refused = tomas.call(correct(session, app.person("Tomas"), 5)).await;
        refused.refused(Code::Forbidden);
        app.anonymous().call(ReadAttendance { session }).await.missing();
        let planned = app.session("pirmos_minutes");
        assert!(app.as_("Ona").await.call(ReadAttendance { session: planned }).await.granted().closed_at.is_none());
    }

    async fn a_correction_is_an_entry_with_a_reason_and_changes_nothing_recorded(app) {
        let (session, _) = fixture(app).await;
        let (ona, jonas) = (app.as_("Ona").await, app.person("Jonas"));
        let before = ona.call(ReadAttendance { session }).await.granted();
        ona.call(correct(session, jonas, 0)).await.refused_at(Code::NumberRange, "minutes");
        let wide = ona.call_with(correct(session, jonas, 1), |body| body["minutes"] = 601.into()).await;
        assert_eq!(wide.codes(), ["number.range@minutes"]);
        ona.call(correct(session, app.person("Nerijus"), 5)).await.refused_at(Code::FieldWrong, "person");
        let code = ona.call_with(correct(session, jonas, 5), |body| body["reason"] = "Asmens kodas 50001010006".into()).await;
        assert_eq!(code.codes(), ["guard.code@reason"]);

        let page = ona.call(correct(session, jonas, 1)).await.granted();
        let of = |page: &Attendance| page.people.iter().flatten().find(|one| one.id == jonas).cloned().unwrap();
        assert_eq!(of(&page).counted, Counted { minutes: 77, percent: 85, attended: true });
        assert_eq!(of(&page).intervals, of(&before).intervals);
        assert_eq!((of(&page).corrections[0].minutes, of(&page).corrections[0].by.as_str()), (1, "Ona Vaitkienė"));
        let back = ona.call(correct(session, jonas, -1)).await.granted();
        assert_eq!((of(&back).counted, of(&back).corrections.len()), (of(&before).counted, 2));
        let act = ListActs { act: Line::new("attendance.corrected"), ..ListActs::default() };
        assert_eq!(ona.call(act).await.granted().acts.len(), 2);
        // The person sees it too.
        let mine = app.as_("Jonas").await.call(ReadAttendance { session }).await.granted().mine.unwrap();
        assert_eq!(mine.corrections.len(), 2);
    }

    async fn who_was_there_when_a_server_died_counts_until_they_were_seen(app) {
        let (session, rasa) = (app.session("pirmos_minutes"), app.person("Rasa"));
        let opened_at = app.as_("Ona").await.call(ReadAttendance { session }).await.granted().opened_at;
        let mut tx = app.app.db.write().await.unwrap();
        sql!("delete from attendance where session = $1", session).run(&mut tx).await.unwrap();
        sql!(
            "insert into attendance (session, person, arrived_at, seen_at) values ($1, $2, $3, $4)",
            session,
            rasa,
            opened_at,
            opened_at.plus(Millis::minutes(5))
        )
        .run(&mut tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
        app.pass(Millis::hours(1));
        let mine = app.as_("Rasa").await.call(ReadAttendance { session }).await.granted().mine.unwrap();
        assert_eq!(mine.counted.minutes, 6);
    }

    async fn what_is_still_on_is_not_corrected_yet_and_the_share_is_set(app) {
        let ona = app.as_("Ona").await;
        let open = app.session("pirmos_minutes");
        ona.call(correct(open, app.person("Rasa"), 5)).await.refused(Code::SessionState);
        let (session, _) = fixture(app).await;
        ona.call(SetAttendanceShare { session, share: 101 }).await.refused_at(Code::NumberRange, "share");
        let page = ona.call(SetAttendanceShare { session, share: 84 }).await.granted();
        assert_eq!((page.share, page.people.unwrap().iter().filter(|one| one.counted.attended).count()), (84, 9));
        let form = ona.form(&format!("/sesijos/{session}/lankomumas/dalis"), &[("share", "100")]).await;
        assert_eq!(form.status, 303);
        let page = ona.call(ReadAttendance { session }).await.granted();
        assert_eq!(page.people.unwrap().iter().filter(|one| one.counted.attended).count(), 3);
    }
}

fn correct(session: SessionId, person: PersonId, minutes: i64) -> CorrectAttendance {
    CorrectAttendance { session, person, minutes, reason: Prose::new("Buvo salėje be kompiuterio").unwrap() }
}

type Expected = (PersonId, i64, i64, bool);

/// A closed session with the intervals of `tests/data/attendance.tsv`, and what it says of them.
async fn fixture(app: &TestApp) -> (SessionId, Vec<Expected>) {
    let session = app.session("pagalba_pamokoje");
    let mut tx = app.app.db.write().await.unwrap();
    let events: Vec<(i64, String)> =
        sql!("select seq, payload from session_events where session = $1 order by seq", session)
            .all(&mut tx)
            .await
            .unwrap();
    let mut opened_at = Timestamp(0);
    for (seq, payload) in events {
        let closed = match serde_json::from_str(&payload).unwrap() {
            Event::Opened { at, .. } => {
                opened_at = at;
                continue;
            }
            Event::Closed { by, .. } => Event::Closed { by, at: opened_at.plus(Millis::minutes(90)) },
            _ => continue,
        };
        let payload = serde_json::to_string(&closed).unwrap();
        sql!("update session_events set payload = $3 where session = $1 and seq = $2", session, seq, payload)
            .run(&mut tx)
            .await
            .unwrap();
    }
    sql!("delete from attendance where session = $1", session).run(&mut tx).await.unwrap();
    let mut expected = Vec::new();
    let lines = include_str!("../data/attendance.tsv").lines().filter(|line| !line.starts_with('#'));
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let person = app.person(cells[0]);
        for stay in cells[1].split(' ') {
            let at = |seconds: &str| opened_at.plus(Millis::seconds(seconds.parse().unwrap()));
            let (from, to) = stay[1..].split_once('-').unwrap();
            let (left_at, seen_at) = match to.strip_prefix('/') {
                Some(seen) => (None, at(seen)),
                None => (Some(at(to)), at(to)),
            };
            sql!(
                "insert into attendance (session, person, arrived_at, left_at, seen_at) values ($1, $2, $3, $4, $5)",
                session,
                person,
                at(&format!("{}{from}", &stay[..1])),
                left_at,
                seen_at
            )
            .run(&mut tx)
            .await
            .unwrap();
        }
        if !cells[2].is_empty() {
            sql!(
                "insert into attendance_corrections (id, session, person, minutes, reason, author, at) values ($1, $2, $3, $4, $5, $6, $7)",
                app.app.id::<ItemId>(),
                session,
                person,
                cells[2].parse::<i64>().unwrap(),
                "Sėdėjo prie kolegės kompiuterio",
                app.person("Ona"),
                app.now()
            )
            .run(&mut tx)
            .await
            .unwrap();
        }
        expected.push((person, cells[3].parse().unwrap(), cells[4].parse().unwrap(), cells[5] == "yes"));
    }
    tx.commit().await.unwrap();
    (session, expected)
}
