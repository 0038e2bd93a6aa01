//! Backups: one archive for both databases, restored whole or not at all.

use std::{
    collections::BTreeMap,
    fs,
    io::{Cursor, Read, Write},
    path::{Path, PathBuf},
};

use db::{
    Db,
    migrate::MIGRATIONS,
    sql,
    testing::{Fresh, fresh_by},
};
use model::{problems::Respond, words::Prose};
use server::{
    app::Clock,
    auth::{digest, new_token},
    backup::{FILES, Manifest, backup, restore, verify},
    config::Config,
    run,
};
use tests::{Kind, TestApp, app::BEGINNING, on_both};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

on_both! {
    async fn what_is_backed_up_comes_back_on_both_databases(app) {
        let room = Folder::new();
        let first = room.backup(&app.app.db, &app.app.config.data, "a.zip").await;
        assert!(tables(&first).len() > 20 && tables(&first)["people"].0 >= 20);
        assert!(tables(&first)["session_events"].0 > 20);
        let mut from = first;
        for (kind, name) in [(Kind::Postgres, "b.zip"), (Kind::Sqlite, "c.zip"), (Kind::Postgres, "d.zip")] {
            let (target, data) = (empty(kind).await, Folder::new());
            restore(&from, &target.options, &data.0, None, BEGINNING).await.unwrap();
            let db = Db::open(&target.options).await.unwrap();
            let next = room.backup(&db, &data.0, name).await;
            let (mut before, mut after) = (tables(&from), tables(&next));
            // The epochs of live rooms and of notes have changed, and nothing else.
            assert_ne!(before.remove("site"), after.remove("site"));
            let (former, notes) = (before.remove("notes").unwrap(), after.remove("notes").unwrap());
            assert!(former.0 == notes.0 && former.1 != notes.1);
            assert_eq!(before, after);
            db.close().await;
            from = next;
        }
    }

    async fn the_drill_holds_while_writing_goes_on(app) {
        let (room, data) = (Folder::new(), Folder::new());
        let rasa = app.as_("Rasa").await;
        let say = |number: usize| Respond {
            problem: app.problem("motyvacija"),
            text: Prose::new(&format!("Atsakymas numeris {number}")).unwrap(),
            practice: None,
            find: None,
        };
        for number in 0..20 {
            rasa.call(say(number)).await.granted();
        }
        let before = count(&app.app.db).await;
        let (archive, written) = tokio::join!(room.backup(&app.app.db, &app.app.config.data, "drill.zip"), async {
            let mut written = 0;
            for number in 20..60 {
                rasa.call(say(number)).await.granted();
                written += 1;
            }
            written
        });
        assert_eq!(written, 40);
        verify(&archive, &room.0, BEGINNING).await.unwrap();
        let target = empty(Kind::Sqlite).await;
        restore(&archive, &target.options, &data.0, None, BEGINNING).await.unwrap();
        let db = Db::open(&target.options).await.unwrap();
        let held = count(&db).await;
        assert!((before..=before + 40).contains(&held), "{before} were there, {held} came back");
        assert_eq!(i64::try_from(tables(&archive)["responses"].0).unwrap(), held);
        // A site begins on it, with its people and another epoch.
        let config = Config::new(data.0.clone(), ([127, 0, 0, 1], 0).into());
        let restored = run::over(db, config, Clock::System).await.unwrap();
        let epoch = async |app: &server::app::App| server::site::store::epoch(&mut app.read().await.unwrap()).await.unwrap();
        assert_ne!(epoch(&restored).await, epoch(&app.app).await);
        restored.draining.send_replace(true);
    }

    async fn an_archive_goes_into_an_empty_database_only(app) {
        let room = Folder::new();
        let archive = room.backup(&app.app.db, &app.app.config.data, "a.zip").await;
        let before = room.backup(&app.app.db, &app.app.config.data, "b.zip").await;
        let data = Folder::new();
        told(restore(&archive, &app.fresh.options, &data.0, None, BEGINNING).await, "the database is not empty");
        let after = room.backup(&app.app.db, &app.app.config.data, "c.zip").await;
        assert_eq!(tables(&before), tables(&after));
        fs::create_dir(data.0.join(FILES)).unwrap();
        fs::write(data.0.join(FILES).join("yra"), "jau yra").unwrap();
        let target = empty(Kind::Sqlite).await;
        told(restore(&archive, &target.options, &data.0, None, BEGINNING).await, "holds files already");
        told(backup(&app.app.db, &app.app.config.data, &archive, BEGINNING).await, "there already");
    }

    async fn an_archive_that_is_cut_short_altered_or_newer_is_refused(kind: Kind) {
        let app = TestApp::with_cast(Kind::Sqlite).await;
        let (room, data) = (Folder::new(), Folder::new());
        fs::create_dir_all(app.app.config.data.join(FILES)).unwrap();
        fs::write(app.app.config.data.join(FILES).join("planas.pdf"), "planas").unwrap();
        let archive = room.backup(&app.app.db, &app.app.config.data, "a.zip").await;
        let target = empty(kind).await;
        let refused = async |path: &Path, why: &str| {
            told(verify(path, &room.0, BEGINNING).await, why);
            told(restore(path, &target.options, &data.0, None, BEGINNING).await, why);
        };
        let bytes = fs::read(&archive).unwrap();
        for length in [0, 1, bytes.len() / 2, bytes.len() - 70, bytes.len() - 1] {
            refused(&room.write("cut.zip", &bytes[..length]), "cut short").await;
        }
        for at in middles(&bytes) {
            let mut bent = bytes.clone();
            bent[at] ^= 0x55;
            refused(&room.write("bent.zip", &bent), "altered or damaged").await;
        }
        let change = |name: &str, change: &dyn Fn(String) -> String| {
            let changed = rewritten(&bytes, &|entry, text| match entry == name {
                true => Some(change(text)),
                false => Some(text),
            });
            room.write("changed.zip", &changed)
        };
        refused(&change("tables/people.jsonl", &|text| text.replace("Rasa", "Rima")), "altered").await;
        refused(&change("tables/roles.jsonl", &|_| String::new()), "altered").await;
        refused(&change("tables/people.jsonl", &|text| text.trim_end().to_owned()), "altered").await;
        refused(&change("files/planas.pdf", &|_| "kitas".to_owned()), "altered").await;
        refused(&room.write("less.zip", &rewritten(&bytes, &|name, text| (name != "tables/links.jsonl").then_some(text))), "altered").await;
        let newer = format!("\"schema\": {}", db::SCHEMA + 1);
        let schema = |text: String| text.replace(&format!("\"schema\": {}", db::SCHEMA), &newer);
        refused(&change("manifest.json", &schema), "newer than this program").await;
        refused(&change("manifest.json", &|text| text.replace("\"format\": 1", "\"format\": 2")), "newer form").await;
        refused(&change("manifest.json", &|text| text.replace("planas.pdf", "../../planas.pdf")), "altered").await;
        // Another list of migrations under the same number.
        let other = |text: String| text.replacen("\"hash\": \"", "\"hash\": \"0", 1);
        refused(&change("manifest.json", &other), "other migrations").await;
        refused(&room.write("text.zip", b"labas"), "no backup").await;
        // After all of these the place is still empty, and takes the whole one.
        restore(&archive, &target.options, &data.0, None, BEGINNING).await.unwrap();
        assert_eq!(fs::read_to_string(data.0.join(FILES).join("planas.pdf")).unwrap(), "planas");
    }
}

on_both! {
    async fn an_archive_of_an_older_schema_is_brought_up_to_this_one(kind: Kind) {
        let (room, data) = (Folder::new(), Folder::new());
        let older = fresh_by(kind, &MIGRATIONS[..9]).await;
        let mut tx = older.db.write().await.unwrap();
        let id = "0192f0c1-2b3c-7d4e-8f50-0123456789ab";
        let person = sql!(
            "insert into people (id, name, name_key, email, email_key, password, profession, created_at)
             values ($1, 'Rasa', 'rasa', 'r@a', 'r@a', '', 'teacher', 0)",
            id
        );
        person.run(&mut tx).await.unwrap();
        sql!("insert into site (number, epoch) values (1, 'a')").run(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        let archive = room.backup(&older.db, &data.0, "older.zip").await;
        assert_eq!(manifest(&archive).schema, 9);
        verify(&archive, &room.0, BEGINNING).await.unwrap();
        let target = empty(kind).await;
        restore(&archive, &target.options, &data.0, None, BEGINNING).await.unwrap();
        let next = room.backup(&target.db, &data.0, "next.zip").await;
        assert_eq!((manifest(&next).schema, tables(&next)["people"].0), (db::SCHEMA, 1));
    }
}

#[tokio::test]
async fn files_come_along_and_what_is_not_whole_does_not() {
    let app = TestApp::empty(Kind::Sqlite).await;
    let (room, data) = (Folder::new(), Folder::new());
    let files = app.app.config.data.join(FILES);
    fs::create_dir_all(files.join("ab/cd")).unwrap();
    fs::write(files.join("ab/cd/ąžuolas.bin"), [0, 255, 13, 10]).unwrap();
    fs::write(files.join("ab/.dar-rašomas"), "pusė").unwrap();
    let archive = room.backup(&app.app.db, &app.app.config.data, "a.zip").await;
    verify(&archive, &room.0, BEGINNING).await.unwrap();
    let target = empty(Kind::Sqlite).await;
    let summary = restore(&archive, &target.options, &data.0, None, BEGINNING).await.unwrap();
    assert_eq!(summary.files, 1);
    assert_eq!(fs::read(data.0.join("files/ab/cd/ąžuolas.bin")).unwrap(), [0, 255, 13, 10]);
    assert!(!data.0.join("files/ab/.dar-rašomas").exists());
}

#[tokio::test]
async fn an_archive_is_for_its_operator_alone_and_appears_whole() {
    use std::os::unix::fs::PermissionsExt;
    let app = TestApp::with_cast(Kind::Sqlite).await;
    let room = Folder::new();
    let archive = room.backup(&app.app.db, &app.app.config.data, "a.zip").await;
    assert_eq!(fs::metadata(&archive).unwrap().permissions().mode() & 0o777, 0o600);
    let names: Vec<_> = fs::read_dir(&room.0).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["a.zip"]);
}

async fn empty(kind: Kind) -> Fresh {
    fresh_by(kind, &[]).await
}

async fn count(db: &Db) -> i64 {
    sql!("select count(*) from responses").one(&mut db.read().await.unwrap()).await.unwrap()
}

#[track_caller]
fn told<T>(refused: anyhow::Result<T>, why: &str) {
    let told = format!("{:#}", refused.err().unwrap_or_else(|| panic!("it was taken, not refused for: {why}")));
    assert!(told.contains(why), "{told:?} instead of {why:?}");
}

fn manifest(path: &Path) -> Manifest {
    let mut text = String::new();
    let mut zip = ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    zip.by_name("manifest.json").unwrap().read_to_string(&mut text).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Rows and hash of each table.
fn tables(path: &Path) -> BTreeMap<String, (u64, String)> {
    manifest(path).tables.into_iter().map(|(name, part)| (name, (part.rows, part.sha256))).collect()
}

/// The middle of what each entry of some length holds.
fn middles(bytes: &[u8]) -> Vec<usize> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut middles = Vec::new();
    for at in 0..zip.len() {
        let entry = zip.by_index(at).unwrap();
        if entry.compressed_size() > 20 {
            middles.push(usize::try_from(entry.data_start().unwrap() + entry.compressed_size() / 2).unwrap());
        }
    }
    middles
}

/// The archive with its entries changed or left out, and the hash of its manifest made anew.
fn rewritten(bytes: &[u8], change: &dyn Fn(&str, String) -> Option<String>) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut entry = from.by_index(at).unwrap();
        let (name, mut text) = (entry.name().unwrap().to_string(), String::new());
        entry.read_to_string(&mut text).unwrap();
        let Some(text) = change(&name, text) else { continue };
        if name == "manifest.json" {
            to.set_comment(digest(&text)).unwrap();
        }
        to.start_file(name, SimpleFileOptions::default()).unwrap();
        to.write_all(text.as_bytes()).unwrap();
    }
    to.finish().unwrap().into_inner()
}

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("tinklaveika-room-{}", new_token()));
        fs::create_dir(&folder).unwrap();
        Self(folder)
    }

    async fn backup(&self, db: &Db, data: &Path, name: &str) -> PathBuf {
        let to = self.0.join(name);
        backup(db, data, &to, BEGINNING).await.unwrap();
        to
    }

    fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, bytes).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
