//! Who is invited to a session, what they answer, and the letters and the secret address that tell them.

use std::collections::BTreeSet;

use db::sql;
use model::{refusal::Code, sessions::*, words::Line};
use tests::on_both;

use crate::planning::{again, answered, at, cancelled, link, only_azuolas, planned, queued};

on_both! {
    async fn every_team_of_the_space_is_invited_unless_others_are_chosen(app) {
        let rasa = app.as_("Rasa").await;
        let all = rasa.call(planned(app, "dirbtuve", "2026-12-02T15:00")).await.granted().invited.unwrap();
        let names: Vec<_> = all.teams.iter().map(|team| team.name.as_str()).collect();
        assert_eq!(names, ["Ąžuolas", "Pušynas", "Šaltinis"]);
        assert_eq!((all.all.sum(), all.all.waiting), (15, 15));
        let chosen = ScheduleSession {
            whom: Whom::Chosen,
            teams: vec![app.team("azuolas")],
            people: vec![app.person("Jonas"), app.person("Vilma"), app.person("Tomas")],
            ..planned(app, "dirbtuve", "2026-12-03T15:00")
        };
        let few = rasa.call(chosen).await.granted().invited.unwrap();
        // Who is in an invited team is counted once.
        assert_eq!((few.teams.len(), few.all.sum(), few.people.len()), (1, 7, 2));
        let wrong = ScheduleSession {
            whom: Whom::Chosen,
            teams: vec![app.team("azuolas"), app.team("marios")],
            people: vec![app.person("Nerijus"), app.person("Zita")],
            ..planned(app, "dirbtuve", "2026-12-03T15:00")
        };
        let refused = rasa.call(wrong).await;
        assert_eq!(refused.codes(), ["field.wrong@people.0", "field.wrong@people.1", "field.wrong@teams.1"]);
        let nobody = ScheduleSession { whom: Whom::Chosen, ..planned(app, "dirbtuve", "2026-12-04T15:00") };
        let nobody = rasa.call(nobody).await.granted();
        assert_eq!(nobody.invited.unwrap().all.sum(), 0);
        assert!(rasa.get(&format!("/sesijos/{}", nobody.card.id)).await.text().contains("Niekas nepakviestas"));
    }

    async fn who_is_invited_answers_and_the_teams_are_counted(app) {
        let rasa = app.as_("Rasa").await;
        let session = rasa.call(planned(app, "dirbtuve", "2026-12-02T15:00")).await.granted().card.id;
        let tomas = app.as_("Tomas").await;
        let noted = AnswerInvitation { note: Line::new("Vėluosiu dešimt minučių"), ..answered(session, Coming::Yes) };
        let page = tomas.call(noted).await.granted().invited.unwrap();
        assert_eq!(page.mine.unwrap().answer, Some(Coming::Yes));
        app.as_("Eglė").await.call(answered(session, Coming::No)).await.granted();
        app.as_("Vilma").await.call(answered(session, Coming::Maybe)).await.granted();
        // The coordinator is not invited, nobody outside knows of it.
        app.as_("Jonas").await.call(answered(session, Coming::Yes)).await.refused(Code::NotInvited);
        app.as_("Nerijus").await.call(answered(session, Coming::Yes)).await.missing();
        let seen = |invited: &Invited| {
            let team = invited.teams.iter().find(|team| team.name == "Ąžuolas").unwrap();
            (team.count.yes, team.count.no, team.count.waiting, invited.all.maybe)
        };
        // Notes are for those who lead it, and one's own.
        let notes = |invited: &Invited| invited.teams.iter().flat_map(|team| &team.people).filter(|one| one.note.is_some()).count();
        for (name, counted) in [("Rasa", 1), ("Jonas", 1), ("Tomas", 1), ("Vilma", 0), ("Eglė", 0)] {
            let invited = app.as_(name).await.call(ReadSession { session }).await.granted().invited.unwrap();
            assert_eq!((seen(&invited), notes(&invited)), ((1, 1, 3, 1), counted), "{name}");
        }
        // An answer may be another one, and the guard stands before the note.
        tomas.call(answered(session, Coming::No)).await.granted();
        let refused = tomas
            .call_with(answered(session, Coming::No), |body| body["note"] = "Skambinkite 8 612 34567".into())
            .await;
        assert_eq!(refused.codes(), ["guard.contact@note"]);
        let form = tomas.form(&format!("/sesijos/{session}/atsakymas"), &[("answer", "maybe"), ("note", "")]).await;
        assert_eq!(form.led_to(), format!("/sesijos/{session}"));
        let mine = tomas.call(ListMeetings {}).await.granted();
        let mine = mine.iter().find(|one| one.card.id == session).unwrap();
        assert_eq!((mine.answer, mine.leads), (Some(Coming::Maybe), false));
        let home = tomas.get("/").await;
        assert!(home.text().contains("Mano susitikimai") && home.text().contains("Gruodžio dirbtuvė"));
    }

    async fn strangers_read_of_a_public_session_neither_who_is_invited_nor_how_many(app) {
        let jonas = app.as_("Jonas").await;
        let session = jonas.call(planned(app, "patirtis", "2026-12-02T15:00")).await.granted().card.id;
        let read = app.anonymous().call(ReadSession { session }).await;
        assert!(read.granted().invited.is_none() && !read.text().contains("Tomas"));
        // Whoever is signed in and sees it reads the counts, not the names.
        let read = app.as_("Nerijus").await.call(ReadSession { session }).await;
        let invited = read.granted().invited.unwrap();
        assert!(invited.all.sum() > 0 && invited.teams.iter().all(|team| team.people.is_empty()));
        assert!(!read.text().contains("Tomas"));
    }

    async fn another_time_asks_everyone_anew(app) {
        let rasa = app.as_("Rasa").await;
        let page = rasa.call(planned(app, "dirbtuve", "2026-12-02T15:00")).await.granted();
        let session = page.card.id;
        app.as_("Tomas").await.call(answered(session, Coming::Yes)).await.granted();
        let renamed = rasa.call(EditSession { title: Line::new("Kita tema").unwrap(), ..again(&page) }).await.granted();
        assert_eq!(renamed.invited.clone().unwrap().all.yes, 1);
        let moved = rasa.call(EditSession { starts_at: at("2026-12-03T15:00"), ..again(&renamed) }).await.granted();
        assert_eq!(moved.invited.unwrap().all.yes, 0);
    }

    async fn those_invited_get_one_letter_with_the_meeting_for_their_calendar(app) {
        let rasa = app.as_("Rasa").await;
        let title = "Tema; su kableliu, brūkšniu – ir „kabutėmis“";
        let plan = ScheduleSession { title: Line::new(title).unwrap(), video: Some(link()), ..only_azuolas(app, "2026-12-02T15:00") };
        let page = rasa.call(plan).await.granted();
        let session = page.card.id;
        // Five are in the team; who plans it is told by the page.
        let letters = app.letters(4).await;
        assert_eq!(letters.len(), 4);
        let to: BTreeSet<_> = letters.iter().map(|letter| head(letter, "To")).collect();
        assert!(to.len() == 4 && !to.contains(&app.email("Rasa")), "{to:?}");
        for letter in &letters {
            let (text, file) = (part(letter, 0), part(letter, 1));
            assert!(text.contains("trečiadienis, 2026-12-02 15:00") && text.contains(&format!("/sesijos/{session}")), "{text}");
            assert!(letter.contains("text/calendar; charset=utf-8; method=REQUEST"));
            let lines = unfolded(&file);
            for line in ["METHOD:REQUEST", "DTSTART:20261202T130000Z", "DTEND:20261202T133000Z", "SEQUENCE:0", "STATUS:CONFIRMED", &format!("UID:{session}")] {
                assert!(lines.iter().any(|one| one == line), "{line}: {lines:?}");
            }
            assert!(lines.iter().any(|one| one == "SUMMARY:Tema\\; su kableliu\\, brūkšniu – ir „kabutėmis“"));
            // Of addresses it has the site's and that of who reads it.
            let mine = head(letter, "To");
            assert!(lines.iter().filter(|line| line.contains("@tinklaveika.example")).all(|line| line.contains(&mine)), "{lines:?}");
        }
        // Moved: the same meeting with a higher number. The same once more is no change, and nobody is written to.
        let moved = rasa.call(EditSession { starts_at: at("2026-12-03T15:00"), ..again(&page) }).await.granted();
        let letters = app.letters(4).await;
        for letter in &letters {
            let lines = unfolded(&part(letter, 1));
            for line in ["METHOD:REQUEST", "DTSTART:20261203T130000Z", "SEQUENCE:1", &format!("UID:{session}")] {
                assert!(lines.iter().any(|one| one == line), "{line}");
            }
        }
        let same = rasa.call(again(&moved)).await.granted();
        assert_eq!(queued(app).await, 8);
        // Another is invited: they alone get a letter.
        let more = EditSession { people: vec![app.person("Jonas")], ..again(&same) };
        let more = rasa.call(more).await.granted();
        let letters = app.letters(1).await;
        assert_eq!((letters.len(), head(&letters[0], "To")), (1, app.email("Jonas")));
        // And is not any more.
        let fewer = rasa.call(EditSession { people: Vec::new(), ..again(&more) }).await.granted();
        let letters = app.letters(1).await;
        assert_eq!((letters.len(), head(&letters[0], "To")), (1, app.email("Jonas")));
        assert!(letters[0].contains("method=CANCEL"));
        // Cancelled.
        rasa.call(cancelled(&fewer, "Nespėjame\r\nBcc: visiems")).await.granted();
        let letters = app.letters(4).await;
        for letter in &letters {
            let lines = unfolded(&part(letter, 1));
            assert!(["METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:2"].iter().all(|line| lines.iter().any(|one| one == line)));
            assert!(part(letter, 0).contains("Priežastis: Nespėjame"));
            assert_eq!(head(letter, "Bcc"), "");
        }
    }

    async fn a_series_is_one_letter_with_all_its_meetings(app) {
        let rasa = app.as_("Rasa").await;
        let weekly = Repeat { every: Every::Weekly, count: Some(12), until: None, skip: Vec::new() };
        let plan = ScheduleSession { repeat: Some(weekly), ..only_azuolas(app, "2026-12-02T15:00") };
        rasa.call(plan).await.granted();
        let letters = app.letters(4).await;
        assert_eq!(letters.len(), 4);
        assert_eq!(unfolded(&part(&letters[0], 1)).iter().filter(|line| *line == "BEGIN:VEVENT").count(), 12);
    }

    async fn an_address_that_nobody_confirmed_and_whoever_is_suspended_get_no_letter(app) {
        let mut tx = app.app.db.write().await.unwrap();
        sql!("update people set email_verified_at = null where id = $1", app.person("Tomas")).run(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        app.as_("Ona").await.call(model::people::SuspendPerson { person: app.person("Eglė") }).await.granted();
        app.as_("Rasa").await.call(only_azuolas(app, "2026-12-02T15:00")).await.granted();
        let to: BTreeSet<_> = app.letters(2).await.iter().map(|letter| head(letter, "To")).collect();
        assert_eq!(to, BTreeSet::from([app.email("Mindaugas"), app.email("Ieva")]));
    }

    async fn a_letter_that_a_later_change_overtook_is_not_sent(app) {
        let rasa = app.as_("Rasa").await;
        let page = rasa.call(only_azuolas(app, "2026-12-02T15:00")).await.granted();
        app.letters(4).await;
        // Written by hand as if it had waited: of the state before the next change.
        let moved = rasa.call(EditSession { starts_at: at("2026-12-03T15:00"), ..again(&page) }).await.granted();
        app.letters(4).await;
        let mut tx = app.app.db.write().await.unwrap();
        let late = format!(r#"{{"kind":"meeting","person":"{}","news":"changed","sessions":[["{}",0]]}}"#, app.person("Tomas"), moved.card.id);
        sql!(
            "insert into mails (id, key, letter, address, lang, tries, due_at, created_at) values ('late', 'late', $1, $2, 'lt', 0, $3, $3)",
            late,
            app.email("Tomas"),
            app.now()
        )
        .run(&mut tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(server::mail::queue::send_due(&app.app).await.unwrap(), 0);
    }

    async fn a_secret_address_tells_a_calendar_its_persons_meetings_and_can_be_ended(app) {
        let (rasa, tomas) = (app.as_("Rasa").await, app.as_("Tomas").await);
        let plan = ScheduleSession { video: Some(link()), ..only_azuolas(app, "2026-12-02T15:00") };
        let page = rasa.call(plan).await.granted();
        let other = ScheduleSession { whom: Whom::Chosen, ..planned(app, "dirbtuve", "2026-12-03T15:00") };
        let other = rasa.call(other).await.granted();
        let address = tomas.call(MakeFeed {}).await.granted().link;
        let path = format!("/kalendorius/{}", address.split("/kalendorius/").nth(1).unwrap());
        let file = app.anonymous().get(&path).await;
        assert_eq!((file.status, file.header("cache-control")), (200, Some("no-store")));
        assert!(file.text().contains(&format!("UID:{}\r\n", page.card.id)) && !file.text().contains(&other.card.id.to_string()));
        assert!(file.text().contains("DTSTART:20261202T130000Z\r\n") && file.text().contains("LOCATION:https://vaizdas"));
        // What is cancelled is struck out there.
        rasa.call(cancelled(&page, "Neįvyks")).await.granted();
        assert!(app.anonymous().get(&path).await.text().contains("STATUS:CANCELLED"));
        // The secret is kept nowhere but as its hash, and a new one ends it.
        let token = path.split('/').nth(2).unwrap().to_owned();
        let mut tx = app.app.read().await.unwrap();
        let kept: Vec<String> = sql!("select token from calendar_feeds").all(&mut tx).await.unwrap();
        let answers: Vec<String> = sql!("select body from answers").all(&mut tx).await.unwrap();
        assert!(kept.len() == 1 && kept.iter().chain(&answers).all(|text| !text.contains(&token)));
        drop(tx);
        let shown = tomas.form("/paskyra/kalendorius", &[]).await;
        let second = shown.text().split("/kalendorius/").map(|rest| rest.split('<').next().unwrap()).find(|rest| rest.ends_with("susitikimai.ics"));
        let second = format!("/kalendorius/{}", second.unwrap());
        assert_eq!((app.anonymous().get(&path).await.status, app.anonymous().get(&second).await.status), (404, 200));
        assert!(!tomas.get("/paskyra/kalendorius").await.text().contains("susitikimai.ics"));
        // Nobody else's, and nobody's once it is ended or its person is suspended.
        assert_eq!(app.anonymous().get(&format!("/kalendorius/{}/susitikimai.ics", "0".repeat(64))).await.status, 404);
        app.as_("Ona").await.call(model::people::SuspendPerson { person: app.person("Tomas") }).await.granted();
        assert_eq!(app.anonymous().get(&second).await.status, 404);
        app.as_("Ona").await.call(model::people::ReturnPerson { person: app.person("Tomas") }).await.granted();
        assert_eq!(app.anonymous().get(&second).await.status, 200);
        app.anew("Tomas").await.call(EndFeed {}).await.granted();
        assert_eq!(app.anonymous().get(&second).await.status, 404);
    }

    async fn two_hundred_who_are_invited_each_get_a_letter_and_a_place_in_the_list(app) {
        let rasa = app.as_("Rasa").await;
        let mut tx = app.app.db.write().await.unwrap();
        for number in 0..200_u32 {
            let id: model::ids::PersonId = app.app.id();
            let (name, email) = (format!("Žmogus Ilgavardis-Dvigubapavardenis {number:03}"), format!("z{number}@mokykla.example"));
            sql!(
                "insert into people (id, name, name_key, email, email_key, email_verified_at, password, profession, created_at)
                 values ($1, $2, $2, $3, $3, $4, '', 'teacher', $4)",
                id, name, email, app.now()
            )
            .run(&mut tx)
            .await
            .unwrap();
            sql!("insert into members (team, person, lead, joined_at) values ($1, $2, false, $3)", app.team("azuolas"), id, app.now())
                .run(&mut tx)
                .await
                .unwrap();
        }
        tx.commit().await.unwrap();
        let page = rasa.call(only_azuolas(app, "2026-12-02T15:00")).await.granted();
        let invited = page.invited.unwrap();
        assert_eq!((invited.all.sum(), invited.teams[0].people.len()), (205, 205));
        assert_eq!(rasa.get(&format!("/sesijos/{}", page.card.id)).await.status, 200);
        assert_eq!(queued(app).await, 204);
    }
}

/// The value of a header of a letter; empty without it.
fn head(letter: &str, name: &str) -> String {
    let head = letter.split("\r\n\r\n").next().unwrap_or_default();
    let value = head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    value.unwrap_or_default().to_owned()
}

/// One part of a letter with several, decoded.
fn part(letter: &str, number: usize) -> String {
    let boundary = letter.split("boundary=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let part = letter.split(&format!("--{boundary}")).nth(number + 1).unwrap();
    tests::app::decoded(part.trim_start())
}

fn unfolded(file: &str) -> Vec<String> {
    file.replace("\r\n ", "").lines().map(|line| line.trim_end().to_owned()).collect()
}
