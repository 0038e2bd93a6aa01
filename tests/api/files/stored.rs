//! How much is taken, for how long, and where it lies.

use std::{fs, path::Path, time::Duration};

use model::{files::*, practices::ReadPractice};
use server::files::store;
use tests::{Kind, TestApp, on_both};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::{PDF, attach, content, form, granted, made};

on_both! {
    async fn a_file_above_the_limit_is_refused_early_and_leaves_nothing(kind: Kind) {
        let app = TestApp::set(kind, true, |config| config.attachments.limits.file = 2 << 20).await;
        let rasa = app.as_("Rasa").await;
        let practice = app.practice("tevu_kavine");
        let mut large = PDF.to_vec();
        large.resize((2 << 20) + 1, b' ');
        let refused = attach(&rasa, practice, "a.pdf", &large).await;
        assert_eq!((refused.status, refused.codes()), (413, vec!["file.large@file".to_owned()]));
        assert_eq!(refused.refusals()[0].facts["mib"], "2");
        let redrawn = form(&rasa, practice, "a.pdf", &large, &[]).await;
        assert_eq!(redrawn.status, 413);
        assert!(redrawn.text().contains("daugiausia 2 MB"), "{}", redrawn.text());
        large.truncate(2 << 20);
        granted(&attach(&rasa, practice, "a.pdf", &large).await);
        let before = objects(&app);
        assert_eq!(before.len(), 1);
        assert_eq!(fs::read_dir(app.app.files.incoming()).map_or(0, Iterator::count), 0);
    }

    async fn a_body_of_unknown_length_is_cut_at_the_limit_and_one_that_never_ends_by_time(kind: Kind) {
        let app = TestApp::set(kind, true, |config| {
            config.attachments.limits.file = 1 << 20;
            config.attachments.silent = Duration::from_millis(300);
            config.attachments.within = Duration::from_millis(900);
        })
        .await;
        let rasa = app.as_("Rasa").await;
        let path = model::address::url(&AttachToPractice { practice: app.practice("tevu_kavine"), name: "a.pdf".into(), sure: false });
        let cookie = format!("{}={}", server::auth::COOKIE, rasa.token.clone().unwrap());
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: {0}\r\ncookie: {cookie}\r\nsec-fetch-site: same-origin\r\ntransfer-encoding: chunked\r\n\r\n",
            app.address
        );
        let chunk = |size: usize| [format!("{size:x}\r\n").into_bytes(), vec![b' '; size], b"\r\n".to_vec()].concat();
        // Endless and quick: cut by its length. Then silent, and then as slow as can be: cut by time.
        for (size, pause, status) in [(64 << 10, 0, 413), (5, 5_000, 408), (1, 60, 408)] {
            let mut stream = TcpStream::connect(app.address).await.unwrap();
            stream.write_all(head.as_bytes()).await.unwrap();
            stream.write_all(&[b"5\r\n".as_slice(), b"%PDF-", b"\r\n"].concat()).await.unwrap();
            let (mut read, mut write) = stream.split();
            let mut answer = vec![0; 12];
            let sending = async {
                while write.write_all(&chunk(size)).await.is_ok() {
                    tokio::time::sleep(Duration::from_millis(pause)).await;
                }
                std::future::pending::<()>().await;
            };
            tokio::select! {
                () = sending => unreachable!(),
                told = read.read_exact(&mut answer) => { told.unwrap(); }
            }
            assert_eq!(String::from_utf8_lossy(&answer), format!("HTTP/1.1 {status}"));
        }
        assert!(objects(&app).is_empty());
    }

    async fn a_person_sends_so_many_files_at_once_and_no_more(kind: Kind) {
        let app = TestApp::set(kind, true, |config| config.attachments.at_once = 2).await;
        let rasa = app.as_("Rasa").await;
        let practice = app.practice("tevu_kavine");
        let path = model::address::url(&AttachToPractice { practice, name: "a.pdf".into(), sure: false });
        let cookie = format!("{}={}", server::auth::COOKIE, rasa.token.clone().unwrap());
        let mut open = Vec::new();
        for _ in 0..2 {
            let mut stream = TcpStream::connect(app.address).await.unwrap();
            let head = format!(
                "POST {path} HTTP/1.1\r\nhost: {}\r\ncookie: {cookie}\r\nsec-fetch-site: same-origin\r\ncontent-length: 99\r\nexpect: 100-continue\r\n\r\n",
                app.address
            );
            stream.write_all(head.as_bytes()).await.unwrap();
            // It asks for the body once it has found that there may be one.
            let mut asked = [0; 12];
            stream.read_exact(&mut asked).await.unwrap();
            assert_eq!(&asked, b"HTTP/1.1 100");
            open.push(stream);
        }
        let refused = attach(&rasa, practice, "a.pdf", PDF).await;
        assert_eq!((refused.status, refused.codes()), (429, vec!["too_many".to_owned()]));
        granted(&attach(&app.as_("Tomas").await, practice, "a.pdf", PDF).await);
        // One that breaks off is one less.
        drop(open);
        let mut status = 429;
        for _ in 0..400 {
            status = attach(&rasa, practice, "a.pdf", PDF).await.status;
            if status == 200 {
                break;
            }
            tokio::task::yield_now().await;
        }
        assert_eq!(status, 200);
    }

    async fn an_item_has_so_many_files_and_so_many_bytes(kind: Kind) {
        let app = TestApp::set(kind, true, |config| {
            let limits = &mut config.attachments.limits;
            (limits.files, limits.item, limits.space) = (3, 2 << 20, 3 << 20);
        })
        .await;
        let rasa = app.as_("Rasa").await;
        let practice = app.practice("tevu_kavine");
        let mut mib = PDF.to_vec();
        mib.resize(1 << 20, b' ');
        let codes = async |practice, bytes: &[u8]| attach(&rasa, practice, "a.pdf", bytes).await.codes();
        assert_eq!(codes(practice, &mib).await, Vec::<String>::new());
        assert_eq!(codes(practice, &mib).await, Vec::<String>::new());
        assert_eq!(codes(practice, PDF).await, ["file.room@file"]);
        let files = rasa.call(ReadPractice { practice }).await.granted().files;
        rasa.call(RemoveFile { file: files[0].id }).await.granted();
        assert_eq!(codes(practice, PDF).await, Vec::<String>::new());
        assert_eq!(codes(practice, PDF).await, Vec::<String>::new());
        assert_eq!(codes(practice, PDF).await, ["file.many@file"]);
    }

    async fn no_file_is_taken_when_little_of_the_disk_is_free(kind: Kind) {
        let app = TestApp::set(kind, true, |config| {
            (config.attachments.free_percent, config.attachments.free_bytes) = (101, u64::MAX);
        })
        .await;
        let rasa = app.as_("Rasa").await;
        let refused = attach(&rasa, app.practice("tevu_kavine"), "a.pdf", PDF).await;
        assert_eq!((refused.status, refused.codes()), (507, vec!["file.disk@file".to_owned()]));
        assert!(!app.app.disk.is_full());
    }

    async fn the_same_file_sent_twice_by_one_form_is_kept_once(app) {
        let rasa = app.as_("Rasa").await;
        let practice = app.practice("tevu_kavine");
        for (bytes, count) in [(PDF, 1), (PDF, 1), (b"%PDF-1.7 kitas".as_slice(), 2)] {
            assert_eq!(form(&rasa, practice, "a.pdf", bytes, &[("_key", "raktas")]).await.status, 303);
            assert_eq!(rasa.call(ReadPractice { practice }).await.granted().files.len(), count);
        }
        assert_eq!(objects(app).len(), 2);
    }

    async fn a_refused_form_says_why_at_the_field_and_a_guess_is_waved_through(app) {
        let rasa = app.as_("Rasa").await;
        let practice = app.practice("tevu_kavine");
        let contact = b"Rasykite: rasa.jankauskiene@mokykla.example";
        let asked = form(&rasa, practice, "a.txt", contact, &[]).await;
        assert_eq!(asked.status, 422);
        assert!(!asked.text().contains("rasa.jankauskiene"));
        assert_eq!(form(&rasa, practice, "a.txt", contact, &[("sure", "on")]).await.status, 303);
        let none = form(&rasa, practice, "", b"", &[]).await;
        assert_eq!(none.status, 422);
        let unknown = form(&rasa, practice, "a.pdf", PDF, &[("kita", "x")]).await;
        assert_eq!(unknown.status, 422);
        // What is around the file is no way into memory.
        let long = "x".repeat(8 << 10);
        assert_eq!(form(&rasa, practice, "a.pdf", PDF, &[("sure", &long)]).await.status, 422);
        let broken = rasa.clone().with("content-type", "multipart/form-data; boundary=riba");
        let path = format!("/praktikos/{practice}/failai");
        assert_eq!(broken.send("POST", &path, &vec![b'x'; 1 << 20]).await.status, 422);
        assert_eq!(app.anonymous().with("content-type", "multipart/form-data; boundary=riba").send("POST", &path, b"").await.status, 401);
    }

    async fn objects_lie_under_keys_of_their_own_and_only_those_without_a_file_are_swept(app) {
        let rasa = app.as_("Rasa").await;
        let practice = app.practice("tevu_kavine");
        let file = granted(&attach(&rasa, practice, "Planas.pdf", PDF).await);
        let picture = granted(&attach(&rasa, practice, "nuotrauka.jpg", &made::jpeg(900, 600)).await);
        let there = objects(app);
        assert_eq!(there.len(), 3, "{there:?}");
        assert!(there.iter().all(|key| !key.contains("lanas") && !key.contains("nuotrauka")));
        let folder = app.app.config.data.join("files");
        fs::create_dir_all(folder.join("zz")).unwrap();
        fs::write(folder.join("zz/likutis"), "x").unwrap();
        assert_eq!(app.app.files.sweep(&app.app).await.unwrap(), 1);
        assert_eq!(objects(app), there);
        rasa.call(RemoveFile { file: picture.id }).await.granted();
        assert_eq!(objects(app).len(), 1);
        // While a backup is written no object goes; the sweeping after it finds what is left.
        let held = server::files::hold(&app.app.config.data).unwrap();
        rasa.call(RemoveFile { file: file.id }).await.granted();
        assert_eq!((objects(app).len(), app.app.files.sweep(&app.app).await.unwrap()), (1, 0));
        drop(held);
        assert_eq!(app.app.files.sweep(&app.app).await.unwrap(), 1);
        assert!(objects(app).is_empty());
    }

    async fn all_files_of_an_item_go_at_once(app) {
        let rasa = app.as_("Rasa").await;
        let practice = app.practice("tevu_kavine");
        granted(&attach(&rasa, practice, "a.pdf", PDF).await);
        let file = granted(&attach(&rasa, practice, "a.txt", b"Sveiki").await);
        let mut tx = app.app.db.write().await.unwrap();
        let item = model::ids::ItemId::from_uuid(practice.uuid());
        let gone = store::delete_all(&mut tx, FileOf::Practice, item).await.unwrap();
        tx.commit().await.unwrap();
        app.app.files.drop_objects(&gone).await;
        assert!(gone.len() == 2 && objects(app).is_empty());
        assert_eq!(rasa.get(&content(&file)).await.status, 404);
    }
}

/// The names of all objects.
fn objects(app: &TestApp) -> Vec<String> {
    fn walk(folder: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.path().is_dir() {
                true => walk(&entry.path(), found),
                false => found.push(entry.path().display().to_string()),
            }
        }
    }
    let mut found = Vec::new();
    walk(&app.app.config.data.join("files"), &mut found);
    found.sort();
    found
}
