//! Notes of sessions outside of their socket: read, as they were before, brought back, taken away with the space.

use db::sql;
use model::{
    ids::SessionId,
    notes::{ListNoteStates, ReadNotes, RestoreNotes},
    refusal::Code,
};
use tests::{TestApp, on_both};

use crate::planted::actor;

async fn write(app: &TestApp, session: SessionId, name: &str, text: &str) {
    let actor = actor(app, name).await;
    let me = actor.me().unwrap();
    let by = model::live::Participant {
        id: me.id,
        name: me.name.clone(),
        team: None,
        school: None,
        role: model::live::Standing::Participant,
    };
    app.app.notes.replace(session, &by, text.to_owned()).await.unwrap();
}

on_both! {
    async fn notes_tell_who_wrote_what_and_what_they_said_before(app) {
        let session = app.session("pirmos_minutes");
        let (rasa, ruta) = (app.as_("Rasa").await, app.as_("Rūta").await);
        let empty = rasa.call(ReadNotes { session }).await.granted();
        assert!(empty.passages.is_empty() && empty.at.is_none() && empty.may_write && !empty.may_restore);
        write(app, session, "Rūta", "Šiandien tariamės.").await;
        write(app, session, "Rasa", "Šiandien tariamės. Ąžuolas bando.").await;
        let page = ruta.call(ReadNotes { session }).await.granted();
        let told: Vec<_> = page.passages.iter().map(|passage| (&*passage.name, &*passage.text)).collect();
        assert_eq!(told, [("Rūta Kazlauskienė", "Šiandien tariamės."), ("Rasa Jankauskienė", " Ąžuolas bando.")]);
        assert_eq!(page.text(), "Šiandien tariamės. Ąžuolas bando.");
        assert!(page.at.is_some() && page.may_restore);
        let mut tx = app.app.read().await.unwrap();
        assert_eq!(server::notes::text(&mut tx, session).await.unwrap(), page.text());
        drop(tx);

        let states = rasa.call(ListNoteStates { session }).await.granted();
        assert_eq!(states[0].text, "Šiandien tariamės.");
        rasa.call(RestoreNotes { session, number: states[0].number }).await.refused(Code::Forbidden);
        ruta.call(RestoreNotes { session, number: 99 }).await.refused_at(Code::FieldWrong, "number");
        let restored = ruta.call(RestoreNotes { session, number: states[0].number }).await.granted();
        assert_eq!(restored.text(), "Šiandien tariamės.");
        let states = rasa.call(ListNoteStates { session }).await.granted();
        assert_eq!(states[0].text, "Šiandien tariamės. Ąžuolas bando.", "what stood then is a state too");

        let plain = rasa.get(&format!("/sesijos/{session}")).await.text().to_string();
        assert!(plain.contains("Bendri užrašai") && plain.contains("Šiandien tariamės."));
        let page = rasa.get(&format!("/sesijos/{session}/uzrasai")).await.text().to_string();
        assert!(page.contains("Ąžuolas bando.") && !page.contains("Grąžinti šį tekstą"));
        assert!(ruta.get(&format!("/sesijos/{session}/uzrasai")).await.text().contains("Grąžinti šį tekstą"));
    }

    async fn the_record_the_minutes_and_the_export_of_a_closed_session_have_its_notes(app) {
        let session = app.session("pagalba_pamokoje");
        let rasa = app.as_("Rasa").await;
        let page = rasa.call(ReadNotes { session }).await.granted();
        assert!(!page.may_write && !page.may_restore);
        let first = page.text().lines().next().unwrap().to_owned();
        assert!(first.len() > 10);
        for address in ["irasas", "uzrasai", "protokolas"] {
            let text = rasa.get(&format!("/sesijos/{session}/{address}")).await.text().to_string();
            assert!(text.contains(&first), "{address}");
        }
        app.as_("Rūta").await.call(RestoreNotes { session, number: 1 }).await.refused(Code::SessionState);
        let ona = actor(app, "Ona").await;
        let (space, lang, out) = (app.space("dirbtuve"), text::Lang::Lt, std::io::Cursor::new(Vec::new()));
        let export = server::export::export(&app.app, &ona, space, lang, out).await.unwrap().into_inner();
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(export)).unwrap();
        let found = (0..zip.len()).any(|at| {
            let (mut entry, mut text) = (zip.by_index(at).unwrap(), String::new());
            // A file that is no text is none of a session's.
            std::io::Read::read_to_string(&mut entry, &mut text).is_ok()
                && text.contains("## Bendri užrašai")
                && text.contains(&first)
        });
        assert!(found);
    }

    async fn nobody_reads_the_notes_of_a_session_that_is_not_theirs_to_see(app) {
        let session = app.session("pagalba_pamokoje");
        for hidden in [app.as_("Nerijus").await, app.anonymous()] {
            hidden.call(ReadNotes { session }).await.missing();
            hidden.call(ListNoteStates { session }).await.missing();
            assert_eq!(hidden.get(&format!("/sesijos/{session}/uzrasai")).await.status, 404);
        }
    }

    async fn a_personal_code_does_not_come_back_with_an_earlier_text(app) {
        let session = app.session("pirmos_minutes");
        write(app, session, "Rūta", "Pradžia").await;
        let code = "39901011238";
        let kinds: Vec<_> = (0..10).filter(|last| {
            let text = format!("{}{last}", &code[..10]);
            model::guard::scan(&text).iter().any(|found| found.kind == model::guard::Kind::Code)
        }).collect();
        let code = format!("{}{}", &code[..10], kinds[0]);
        let mut tx = app.app.db.write().await.unwrap();
        // Far behind what the server itself may number meanwhile.
        sql!("insert into note_states (session, number, text, at) values ($1, 900, $2, $3)", session, format!("Iš seno {code}"), app.now())
            .run(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let ruta = app.as_("Rūta").await;
        ruta.call(RestoreNotes { session, number: 900 }).await.refused(Code::GuardCode);
        assert_eq!(ruta.call(ReadNotes { session }).await.granted().text(), "Pradžia");
    }
}
