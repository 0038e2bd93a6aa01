//! A passage in what a file says: nothing is cut out of a file, so it is named, and goes as a whole when that is asked for.

use std::fs;

use db::{Db, sql};
use model::{address, files::*, ids::*, practices::ReadPractice, redactions::*, refusal::Code};
use server::backup::{backup, restore};
use tests::{Client, Kind, TestApp, app::BEGINNING, on_both};

use super::{found::Folder, redact};
use crate::files::made::{PDF, docx, xlsx};

const NAME: &str = "Vardenis Pavardenis";

on_both! {
    async fn files_that_hold_the_passage_are_named_and_go_when_that_is_asked_for(app) {
        let (ona, rasa) = (app.as_("Ona").await, app.as_("Rasa").await);
        let practice = app.practice("universalus_dizainas");
        let kept = files(app, &rasa, practice).await;
        let (room, data) = (Folder::new(), app.app.config.data.clone());
        let before = room.0.join("before.zip");
        backup(&app.app.db, &data, &before, BEGINNING).await.unwrap();
        let call = |files| RedactText { passage: Passage::new(NAME).unwrap(), files, ..redact(TextOf::Practice, ItemId::from_uuid(practice.uuid()), None) };
        rasa.call(call(Some(WithFiles::Remove))).await.refused(Code::Forbidden);
        let asked = ona.call(call(None)).await.refused(Code::RedactionFiles);
        assert_eq!((asked.field.as_deref(), asked.facts["files"].as_str()), (Some("files"), "planas.docx, pastabos.csv, lentele.xlsx"));
        assert_eq!(ona.call(ReadPractice { practice }).await.granted().files.len(), kept.len(), "nothing is done by asking");
        // It stands in files alone: to leave them is to do nothing.
        ona.call(call(Some(WithFiles::Leave))).await.refused_at(Code::RedactionAbsent, "passage");
        let objects = async |app: &TestApp| -> Vec<String> {
            let mut tx = app.app.read().await.unwrap();
            sql!("select object from files where item = $1 and media <> 'pdf' and name <> 'kita.txt'", practice).all(&mut tx).await.unwrap()
        };
        let lying = objects(app).await;
        assert_eq!(lying.len(), 3);
        let done = ona.call(call(Some(WithFiles::Remove))).await.granted();
        assert_eq!((done.places, done.files), (0, 3));
        let left: Vec<String> = ona.call(ReadPractice { practice }).await.granted().files.into_iter().map(|file| file.name).collect();
        assert_eq!(left, ["kita.txt", "skaitymas.pdf"]);
        for (name, file) in &kept {
            let status = if left.contains(name) { 200 } else { 404 };
            assert_eq!(rasa.get(&format!("/failai/{file}")).await.status, status, "{name}");
        }
        assert!(lying.iter().all(|object| !data.join("files").join(object).exists()));
        // Beside the text stands who and why, also where only files went.
        assert!(ona.get(&format!("/praktikos/{practice}")).await.text().contains("Rašyta apie žmogų"));
        ona.call(call(Some(WithFiles::Remove))).await.refused_at(Code::RedactionAbsent, "passage");

        // An archive from before brings back the others alone.
        let list = data.join("redactions.jsonl");
        assert!(!fs::read_to_string(&list).unwrap().contains("Pavardenis"));
        for kind in [Kind::Sqlite, Kind::Postgres] {
            let (target, into) = (db::testing::fresh_by(kind, &[]).await, Folder::new());
            let summary = restore(&before, &target.options, &into.0, Some(&list), BEGINNING).await.unwrap();
            assert_eq!(summary.again, 3);
            assert!(lying.iter().all(|object| !into.0.join("files").join(object).exists()));
            let db = Db::open(&target.options).await.unwrap();
            let names: Vec<String> = sql!("select name from files where item = $1 order by name", practice).all(&mut db.read().await.unwrap()).await.unwrap();
            assert_eq!(names, ["kita.txt", "skaitymas.pdf"]);
            db.close().await;
        }
    }

    async fn the_form_asks_what_becomes_of_the_files_without_scripts(app) {
        let (ona, rasa) = (app.as_("Ona").await, app.as_("Rasa").await);
        let practice = app.practice("universalus_dizainas");
        files(app, &rasa, practice).await;
        let path = format!("/pasalinti/practice/{practice}");
        let radio = "name=\"files\"";
        assert!(!ona.get(&path).await.text().contains(radio), "nothing is asked before it is known");
        let asked = ona.form(&path, &[("passage", NAME), ("reason", "Vardas")]).await;
        assert_eq!(asked.status, 422);
        assert!(asked.text().contains(radio) && asked.text().contains("pastabos.csv") && asked.text().contains(NAME));
        let done = ona.form(&path, &[("passage", NAME), ("reason", "Vardas"), ("files", "remove")]).await;
        assert_eq!(done.led_to(), format!("/pasalinta/practice/{practice}"));
        assert_eq!(ona.call(ReadPractice { practice }).await.granted().files.len(), 2);
    }
}

/// One of each: three that hold the name, one that does not, and one that is not looked into.
async fn files(app: &TestApp, rasa: &Client<'_>, practice: PracticeId) -> Vec<(String, FileId)> {
    let page = rasa.call(ReadPractice { practice }).await.granted();
    for file in page.files {
        rasa.call(RemoveFile { file: file.id }).await.granted();
    }
    let mut kept = Vec::new();
    let split = format!("Padėjo {}</w:t></w:r><w:r><w:t>{}", &NAME[..4], &NAME[4..]);
    for (name, bytes) in [
        ("planas.docx", docx(&split)),
        ("kita.txt", "Vardenis ir Pavardenis.\n".as_bytes().to_vec()),
        ("pastabos.csv", format!("kas;ką\n\"{NAME}\";skaitė\n").into_bytes()),
        ("lentele.xlsx", xlsx(&["Kas", NAME])),
        ("skaitymas.pdf", PDF.to_vec()),
    ] {
        app.pass(model::time::Millis::minutes(1));
        let call = AttachToPractice { practice, name: name.into(), sure: true };
        let raw = rasa.send("POST", &address::url(&call), &bytes).await;
        assert_eq!(raw.status, 200, "{name}: {}", raw.text());
        kept.push((name.to_owned(), raw.json()["id"].as_str().unwrap().parse().unwrap()));
    }
    kept
}
