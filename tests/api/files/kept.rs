//! Files in backups, exports and the eyes of the doctor; and those of the demo.

use std::{fs, path::PathBuf};

use model::{
    access::Actor,
    files::*,
    practices::ReadPractice,
    problems::{MergeProblem, ReadProblem},
};
use server::{
    auth::new_token,
    backup::{backup, restore, verify},
    demo,
    export::export,
    operate::doctor,
};
use tests::{Kind, TestApp, app::BEGINNING, on_both};
use zip::ZipArchive;

use super::{PDF, attach, content, granted, made};

on_both! {
    async fn a_backup_carries_files_and_verify_notices_one_that_is_lost_or_altered(kind: Kind) {
        let app = TestApp::with_cast(kind).await;
        let rasa = app.as_("Rasa").await;
        let practice = app.practice("tevu_kavine");
        let file = granted(&attach(&rasa, practice, "Planas.pdf", PDF).await);
        granted(&attach(&rasa, practice, "a.jpg", &made::jpeg(900, 600)).await);
        let (data, room) = (app.app.config.data.clone(), Folder::new());
        let archive = |name: &str| room.0.join(name);
        backup(&app.app.db, &data, &archive("whole.zip"), BEGINNING).await.unwrap();
        let summary = verify(&archive("whole.zip"), &room.0, BEGINNING).await.unwrap();
        assert_eq!(summary.files, 3);
        // Restored elsewhere, the file is there as it was.
        let (target, elsewhere) = (db::testing::fresh_by(kind, &[]).await, Folder::new());
        restore(&archive("whole.zip"), &target.options, &elsewhere.0, None, BEGINNING).await.unwrap();
        let mut tx = target.db.read().await.unwrap();
        let kept = server::files::store::find(&mut tx, file.id).await.unwrap().unwrap();
        assert_eq!(fs::read(elsewhere.0.join("files").join(&kept.object)).unwrap(), PDF);
        assert_eq!((kept.name.as_str(), kept.sha256.as_str()), ("Planas.pdf", file.sha256.as_str()));
        drop(tx);
        assert!(doctor::attached(&app.app.db, &data).await.is_none());
        // Altered on disk, of the same length: its hash tells.
        let object = data.join("files").join(&kept.object);
        let mut bent = PDF.to_vec();
        bent[20] ^= 1;
        fs::write(&object, &bent).unwrap();
        backup(&app.app.db, &data, &archive("bent.zip"), BEGINNING).await.unwrap();
        let told = verify(&archive("bent.zip"), &room.0, BEGINNING).await.err().unwrap().to_string();
        assert!(told.contains("1 attached files are not in the archive as they were taken"), "{told}");
        assert!(doctor::attached(&app.app.db, &data).await.is_none());
        // Cut, or gone: the doctor sees it too.
        fs::write(&object, &PDF[1..]).unwrap();
        assert!(doctor::attached(&app.app.db, &data).await.unwrap().what.starts_with("1 of 2 attached files"));
        fs::remove_file(&object).unwrap();
        assert!(doctor::attached(&app.app.db, &data).await.is_some_and(|found| found.bad));
        backup(&app.app.db, &data, &archive("lost.zip"), BEGINNING).await.unwrap();
        assert!(verify(&archive("lost.zip"), &room.0, BEGINNING).await.is_err());
        // The page stands, and the file alone fails.
        assert_eq!(rasa.get(&format!("/praktikos/{practice}")).await.status, 200);
        assert_eq!(rasa.get(&content(&file)).await.status, 500);
    }

    async fn a_space_is_taken_away_with_its_files(app) {
        let kristina = app.as_("Kristina").await;
        let file = granted(&attach(&kristina, app.practice("penktoku_tiltas"), "Palydovo atmintinė.txt", "Pirmą dieną.".as_bytes()).await);
        let found = server::auth::store::find_me(&mut app.app.read().await.unwrap(), app.person("Kristina")).await;
        let actor = Actor::Person(Box::new(found.unwrap().unwrap()));
        let out = std::io::Cursor::new(Vec::new());
        let out = export(&app.app, &actor, app.space("kiemas"), text::Lang::Lt, out).await.unwrap();
        let mut zip = ZipArchive::new(out).unwrap();
        let names: Vec<String> = (0..zip.len()).map(|at| zip.by_index(at).unwrap().name().unwrap().to_string()).collect();
        let name = names.iter().find(|name| name.starts_with("failai/penktokų-tiltas")).unwrap_or_else(|| panic!("{names:?}"));
        assert!(name.ends_with("-Palydovo atmintinė.txt"), "{name}");
        let mut text = String::new();
        std::io::Read::read_to_string(&mut zip.by_name(name).unwrap(), &mut text).unwrap();
        assert_eq!(text, "Pirmą dieną.");
        let mut json = String::new();
        std::io::Read::read_to_string(&mut zip.by_name("erdve.json").unwrap(), &mut json).unwrap();
        assert!(json.contains(&file.sha256));
    }

    async fn the_files_of_a_merged_problem_go_over(app) {
        let jonas = app.as_("Jonas").await;
        let (from, into) = (app.problem("elgesys"), app.problem("motyvacija"));
        let call = AttachToProblem { problem: from, name: "Apklausa.csv".into(), sure: false };
        let file = granted(&jonas.send("POST", &model::address::url(&call), b"a;b\n1;2\n").await);
        let merging = MergeProblem { problem: from, into: Some(into), find: None, note: None };
        jonas.call(merging).await.granted();
        assert!(jonas.call(ReadProblem { problem: into }).await.granted().files.contains(&file));
        assert_eq!(jonas.get(&content(&file)).await.status, 200);
    }

    async fn the_demo_shows_files_that_are_what_they_say(app) {
        demo::files::load(&app.app, &app.cast).await.unwrap();
        let practice = app.as_("Rasa").await.call(ReadPractice { practice: app.practice("tevu_kavine") }).await.granted();
        let problem = app.anonymous().call(ReadProblem { problem: app.problem("isivertinimas") }).await.granted();
        let media: Vec<_> = practice.files.iter().chain(&problem.files).map(|file| file.media).collect();
        assert_eq!(media, [Media::Md, Media::Png, Media::Csv, Media::Png]);
        for file in problem.files {
            let sent = app.anonymous().get(&content(&file)).await;
            assert_eq!((sent.status, sent.body.len() as i64), (200, file.bytes));
        }
    }
}

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("tinklaveika-files-{}", new_token()));
        fs::create_dir(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
