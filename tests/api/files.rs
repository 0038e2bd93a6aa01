//! Files: who attaches and reads them, what is taken and what is not, and that they go where their item goes.

mod kept;
pub mod made;
mod scanned;
mod stored;

use model::{
    address,
    files::*,
    ids::PracticeId,
    practices::{ReadPractice, WithdrawPractice},
    problems::ReadProblem,
    refusal::Code,
};
use server::auth::hex;
use tests::{Client, http::Raw, on_both};

use made::{PDF, PERSONAL_CODE};

on_both! {
    async fn a_file_is_attached_listed_downloaded_and_removed(app) {
        let rasa = app.as_("Rasa").await;
        let practice = app.practice("tevu_kavine");
        let file = granted(&attach(&rasa, practice, "Planas – žąsys.pdf", PDF).await);
        assert_eq!((file.name.as_str(), file.media, file.bytes), ("Planas – žąsys.pdf", Media::Pdf, PDF.len() as i64));
        assert_eq!(file.sha256, sha256(PDF));
        assert_eq!(rasa.call(ReadFile { file: file.id }).await.granted(), file);
        assert!(rasa.call(ReadPractice { practice }).await.granted().files.contains(&file));
        let sent = app.anonymous().get(&content(&file)).await;
        assert_eq!((sent.status, sent.body.as_slice()), (200, PDF));
        let removed = rasa.call(RemoveFile { file: file.id }).await.granted();
        assert_eq!(removed.item.uuid(), practice.uuid());
        rasa.call(ReadFile { file: file.id }).await.missing();
        assert_eq!(rasa.get(&content(&file)).await.status, 404);
        assert!(!rasa.call(ReadPractice { practice }).await.granted().files.contains(&file));
    }

    async fn a_file_is_read_by_those_who_see_its_item_and_changed_by_those_who_may_change_it(app) {
        let kristina = app.as_("Kristina").await;
        let practice = app.practice("penktoku_tiltas");
        let file = granted(&attach(&kristina, practice, "Planas.pdf", PDF).await);
        for (name, sees) in [("Rasa", true), ("Jonas", true), ("Ona", true), ("Vilma", false), ("Nerijus", false)] {
            let client = app.as_(name).await;
            let status = if sees { 200 } else { 404 };
            for path in [content(&file), format!("/failai/{}", file.id)] {
                assert_eq!(client.get(&path).await.status, status, "{name} {path}");
            }
            if !sees {
                client.call(ReadFile { file: file.id }).await.missing();
                client.call(RemoveFile { file: file.id }).await.missing();
                assert_eq!(attach(&client, practice, "Planas.pdf", PDF).await.codes(), ["missing"]);
            }
        }
        assert_eq!(app.anonymous().get(&content(&file)).await.status, 404);
        let public = app.practice("universalus_dizainas");
        assert_eq!(attach(&app.as_("Vilma").await, public, "a.pdf", PDF).await.codes(), ["forbidden"]);
        assert_eq!(attach(&app.anonymous(), public, "a.pdf", PDF).await.codes(), ["sign_in.needed"]);
    }

    async fn a_withdrawn_practice_takes_its_files_with_it(app) {
        let rasa = app.as_("Rasa").await;
        let practice = app.practice("tevu_kavine");
        let file = granted(&attach(&rasa, practice, "Planas.pdf", PDF).await);
        assert_eq!(app.anonymous().get(&content(&file)).await.status, 200);
        let version = rasa.call(ReadPractice { practice }).await.granted().version;
        rasa.call(WithdrawPractice { practice, version }).await.granted();
        assert_eq!(app.anonymous().get(&content(&file)).await.status, 404);
        assert_eq!(app.as_("Vilma").await.get(&content(&file)).await.status, 404);
        assert_eq!(rasa.get(&content(&file)).await.status, 200);
    }

    async fn what_is_sent_is_never_taken_for_a_page(app) {
        let rasa = app.as_("Rasa").await;
        let practice = app.practice("tevu_kavine");
        let pdf = granted(&attach(&rasa, practice, "Žąsų planas.pdf", PDF).await);
        let picture = granted(&attach(&rasa, practice, "a.jpg", &made::jpeg(900, 600)).await);
        let anyone = app.anonymous();
        for (file, kind, how) in [(&pdf, "application/pdf", "attachment"), (&picture, "image/jpeg", "inline")] {
            for path in [content(file), format!("/failai/{}", file.id)] {
                let sent = anyone.get(&path).await;
                let of = |name: &str| sent.header(name).unwrap_or_else(|| panic!("{path} has no {name}")).to_owned();
                assert_eq!(of("content-type"), kind);
                assert!(of("content-disposition").starts_with(how), "{}", of("content-disposition"));
                assert_eq!(of("content-security-policy"), "sandbox; default-src 'none'; frame-ancestors 'none'");
                assert_eq!((of("x-content-type-options"), of("cross-origin-resource-policy")), ("nosniff".into(), "same-origin".into()));
                assert_eq!(of("content-length"), file.bytes.to_string());
                assert_eq!((of("cache-control"), of("etag")), ("no-cache".into(), format!("\"{}\"", file.sha256)));
                assert_eq!(rasa.get(&path).await.header("cache-control"), Some("no-store"));
            }
        }
        let named = anyone.get(&content(&pdf)).await;
        let named = named.header("content-disposition").unwrap();
        assert_eq!(named, "attachment; filename=\"Zasu planas.pdf\"; filename*=UTF-8''%C5%BD%C4%85s%C5%B3%20planas.pdf");
        // A picture that somebody tries to frame or to run is only to be saved.
        for dest in ["iframe", "object", "script"] {
            let sent = anyone.clone().with("sec-fetch-dest", dest).get(&content(&picture)).await;
            assert!(sent.header("content-disposition").unwrap().starts_with("attachment"), "{dest}");
        }
    }

    async fn a_part_is_sent_where_a_part_is_asked_for(app) {
        let rasa = app.as_("Rasa").await;
        let file = granted(&attach(&rasa, app.practice("tevu_kavine"), "a.txt", b"0123456789").await);
        let with = async |name: &str, value: &str| app.anonymous().with(name, value).get(&content(&file)).await;
        let part = with("range", "bytes=2-4").await;
        assert_eq!((part.status, part.text(), part.header("content-range")), (206, "234", Some("bytes 2-4/10")));
        assert_eq!(with("range", "bytes=-3").await.text(), "789");
        assert_eq!(with("range", "bytes=99-").await.status, 416);
        assert_eq!(with("if-none-match", &format!("\"{}\"", file.sha256)).await.status, 304);
        assert_eq!(with("if-none-match", "\"kita\"").await.status, 200);
        let head = app.anonymous().send("HEAD", &content(&file), b"").await;
        assert_eq!((head.status, head.header("content-length"), head.body.len()), (200, Some("10"), 0));
    }

    async fn what_lies_about_its_kind_is_refused(app) {
        let rasa = app.as_("Rasa").await;
        let practice = app.practice("tevu_kavine");
        let html = b"<!DOCTYPE html><script>alert(1)</script>";
        let refused = async |name: &str, bytes: &[u8], code: Code| {
            assert_eq!(attach(&rasa, practice, name, bytes).await.codes(), [format!("{}@file", code.as_str())], "{name}");
        };
        for name in ["a.png", "a.jpg", "a.pdf", "a.docx", "a.txt", "a.csv", "a.webp"] {
            refused(name, html, Code::FileLie).await;
        }
        refused("a.png", &made::jpeg(4, 4), Code::FileLie).await;
        refused("a.xlsx", &made::docx("Sveiki"), Code::FileLie).await;
        refused("a.docx", &made::odt("Sveiki"), Code::FileLie).await;
        refused("a.docx", PDF, Code::FileLie).await;
        refused("a.docx", b"PK\x03\x04 ir nieko daugiau", Code::FileLie).await;
        refused("a.txt", PDF, Code::FileLie).await;
        refused("a.txt", b"dvejetainis \0 turinys", Code::FileLie).await;
        refused("a.csv", &[0x80, 0x1B, 0x02], Code::FileLie).await;
        for name in ["a.exe", "a.svg", "a.html", "a.pdf.exe", "a.gif", "a.zip", "a.doc"] {
            refused(name, html, Code::FileKind).await;
        }
        refused("a.docm", &made::docx("Sveiki"), Code::FileMacros).await;
        refused("a.docx", &made::docx_with("", &[("word/vbaProject.bin", b"x")]), Code::FileMacros).await;
        refused("a.pdf", b"", Code::FileEmpty).await;
        // What the sender says of it counts where it tells.
        let said = rasa.clone().with("content-type", "image/png");
        assert_eq!(attach(&said, practice, "a.pdf", PDF).await.codes(), ["file.lie@file"]);
        let said = rasa.clone().with("content-type", "application/vnd.ms-excel");
        assert_eq!(attach(&said, practice, "a.csv", "BMT;Kartu\n1;2\n".as_bytes()).await.status, 200);
    }

    async fn every_kind_that_is_taken_is_known_by_what_is_in_it(app) {
        let rasa = app.as_("Rasa").await;
        let problem = app.problem("motyvacija");
        for (name, bytes, media) in [
            ("a.pdf", PDF.to_vec(), Media::Pdf),
            ("a.docx", made::docx("Sveiki"), Media::Docx),
            ("a.xlsx", made::xlsx(&["1", "2"]), Media::Xlsx),
            ("a.pptx", made::pptx("Sveiki"), Media::Pptx),
            ("a.odt", made::odt("Sveiki"), Media::Odt),
            ("a.md", "# Sveiki, ąžuolai".into(), Media::Md),
            ("a.JPEG", made::jpeg(8, 8), Media::Jpeg),
            ("a.png", made::png(8, 8), Media::Png),
        ] {
            let call = AttachToProblem { problem, name: name.into(), sure: false };
            let file = granted(&rasa.send("POST", &address::url(&call), &bytes).await);
            assert_eq!((file.media, file.name.as_str()), (media, name));
        }
        assert_eq!(rasa.call(ReadProblem { problem }).await.granted().files.len(), 8);
        let kept = granted(&attach(&rasa, app.practice("tevu_kavine"), "a.webp", &made::webp(8, 8)).await);
        assert_eq!((kept.media, kept.name.as_str()), (Media::Jpeg, "a.jpg"));
        // What a spreadsheet on Windows writes in Lithuanian comes out as everyone reads it.
        let baltic = granted(&attach(&rasa, app.practice("tevu_kavine"), "a.csv", b"m\xEBnuo;\xFEingsniai\n1;2\n").await);
        assert_eq!(rasa.get(&content(&baltic)).await.text(), "mėnuo;žingsniai\n1;2\n");
    }

    async fn bombs_do_not_go_off(app) {
        let rasa = app.as_("Rasa").await;
        let practice = app.practice("tevu_kavine");
        let codes = async |name: &str, bytes: Vec<u8>| attach(&rasa, practice, name, &bytes).await.codes();
        assert_eq!(codes("a.docx", made::bomb()).await, ["file.bomb@file"]);
        assert_eq!(codes("a.docx", made::crowd()).await, ["file.bomb@file"]);
        let inner = made::docx("Sveiki");
        assert_eq!(codes("a.docx", made::docx_with("", &[("word/embeddings/a.bin", &inner)])).await, ["file.nested@file"]);
        assert_eq!(codes("a.png", made::ocean()).await, ["file.image@file"]);
        let mut cut = made::jpeg(64, 64);
        cut.truncate(40);
        assert_eq!(codes("a.jpg", cut).await, ["file.image@file"]);
        let mut cut = made::docx("Sveiki");
        cut.truncate(cut.len() - 30);
        assert_eq!(codes("a.docx", cut).await, ["file.lie@file"]);
    }

    async fn nothing_of_the_camera_is_left_in_a_picture(app) {
        let rasa = app.as_("Rasa").await;
        let taken = made::with_exif(&made::jpeg(900, 600));
        assert!(contains(&taken, b"Exif") && contains(&taken, b"GPS 55.2453"));
        let file = granted(&attach(&rasa, app.practice("tevu_kavine"), "IMG_0001.jpg", &taken).await);
        // Turned upright, as it was to be seen.
        assert_eq!((file.width, file.height), (Some(600), Some(900)));
        for path in [content(&file), format!("/failai/{}/mazas", file.id)] {
            let sent = app.anonymous().get(&path).await.body;
            assert!(!contains(&sent, b"Exif") && !contains(&sent, b"GPS"), "{path}");
            let picture = image::load_from_memory(&sent).unwrap().into_rgb8();
            let (width, height) = picture.dimensions();
            assert!(width < height && height <= 900);
            // The red corner was on the left above and is on the right above.
            assert!(picture.get_pixel(width - 5, 5).0[1] < 90 && picture.get_pixel(5, 5).0[1] > 200);
        }
        let sent = app.anonymous().get(&content(&file)).await.body;
        assert_eq!((file.sha256, file.bytes), (sha256(&sent), sent.len() as i64));
    }

    async fn a_name_is_cleaned_and_one_without_anything_is_refused(app) {
        let rasa = app.as_("Rasa").await;
        let practice = app.practice("tevu_kavine");
        let long = format!("{}.pdf", "ž".repeat(300));
        for (name, kept) in [
            ("../../etc/passwd.pdf", "passwd.pdf"),
            ("C:\\fakepath\\Planas.pdf", "Planas.pdf"),
            ("CON.pdf", "_CON.pdf"),
            (&long, &format!("{}.pdf", "ž".repeat(116))),
        ] {
            assert_eq!(granted(&attach(&rasa, practice, name, PDF).await).name, kept);
        }
        for name in ["a\0.pdf", "sask\u{202E}fdp.exe.pdf"] {
            assert_eq!(attach(&rasa, practice, name, PDF).await.codes(), ["text.control@name"], "{name:?}");
        }
        for name in ["..", "../", "planas", ".pdf"] {
            assert_eq!(attach(&rasa, practice, name, PDF).await.codes(), ["file.name@name"], "{name:?}");
        }
        // A browser sends the name as it stands on the disk, and its owner does not see what is wrong with it.
        let sent = form(&rasa, practice, "..\\a\u{202E}fdp.pdf", PDF, &[]).await;
        assert_eq!(sent.led_to(), format!("/praktikos/{practice}#failai"));
        let files = rasa.call(ReadPractice { practice }).await.granted().files;
        assert!(files.iter().any(|file| file.name == "afdp.pdf"));
        assert_eq!(form(&rasa, practice, "a\u{7}.pdf", PDF, &[]).await.status, 422);
    }

    async fn a_personal_code_is_found_in_names_and_in_what_is_written_inside(app) {
        let rasa = app.as_("Rasa").await;
        let practice = app.practice("tevu_kavine");
        let named = format!("{PERSONAL_CODE}.pdf");
        assert_eq!(attach(&rasa, practice, &named, PDF).await.codes(), ["guard.code@name"]);
        let text = format!("Mokinio kodas {PERSONAL_CODE}, klasė 7b.");
        let far = format!("{}{text}", "Gera diena. ".repeat(9_000));
        let split = "<w:p><w:r><w:t>38703</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>181745</w:t></w:r></w:p>";
        for (name, bytes) in [
            ("a.txt", text.clone().into_bytes()),
            ("a.csv", far.clone().into_bytes()),
            ("a.docx", made::docx(&text)),
            ("a.docx", made::docx(&far)),
            ("a.docx", made::docx_with(split, &[])),
            ("a.docx", made::docx_with("", &[("docProps/core.xml", format!("<dc:title>{PERSONAL_CODE}</dc:title>").as_bytes())])),
            ("a.xlsx", made::xlsx(&["1", PERSONAL_CODE])),
            ("a.pptx", made::pptx(&text)),
            ("a.odt", made::odt(&text)),
        ] {
            let codes = attach(&rasa, practice, name, &bytes).await.codes();
            assert!(codes.contains(&"guard.code@file".to_owned()), "{name}: {codes:?}");
            let call = AttachToPractice { practice, name: name.into(), sure: true };
            assert_eq!(rasa.send("POST", &address::url(&call), &bytes).await.codes(), ["guard.code@file"], "{name}");
        }
        // Digits of different cells are no code.
        let digits: Vec<String> = PERSONAL_CODE.chars().map(String::from).collect();
        let cells: Vec<&str> = digits.iter().map(String::as_str).collect();
        granted(&attach(&rasa, practice, "pazymiai.xlsx", &made::xlsx(&cells)).await);
        granted(&attach(&rasa, practice, "pazymiai.csv", digits.join("\n").as_bytes()).await);
        // A guess can be waved through.
        let contact = b"Rasykite: rasa.jankauskiene@mokykla.example";
        assert_eq!(attach(&rasa, practice, "a.txt", contact).await.codes(), ["guard.contact@file"]);
        let call = AttachToPractice { practice, name: "a.txt".into(), sure: true };
        granted(&rasa.send("POST", &address::url(&call), contact).await);
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    hex(&Sha256::digest(bytes))
}

fn content(file: &File) -> String {
    address::url(&DownloadFile { file: file.id })
}

async fn attach(client: &Client<'_>, practice: PracticeId, name: &str, bytes: &[u8]) -> Raw {
    let call = AttachToPractice { practice, name: name.to_owned(), sure: false };
    client.send("POST", &address::url(&call), bytes).await
}

#[track_caller]
fn granted(raw: &Raw) -> File {
    assert_eq!(raw.status, 200, "{}", raw.text());
    serde_json::from_value(raw.json()).unwrap()
}

/// The form as a browser without scripts sends it.
async fn form(client: &Client<'_>, practice: PracticeId, name: &str, bytes: &[u8], more: &[(&str, &str)]) -> Raw {
    let mut body = Vec::new();
    let mut field = |head: String, value: &[u8]| {
        body.extend_from_slice(format!("--riba\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes());
        body.extend_from_slice(value);
        body.extend_from_slice(b"\r\n");
    };
    field(format!("name=\"file\"; filename=\"{name}\""), bytes);
    for (name, value) in more {
        field(format!("name=\"{name}\""), value.as_bytes());
    }
    body.extend_from_slice(b"--riba--\r\n");
    let client = client.clone().with("content-type", "multipart/form-data; boundary=riba");
    client.send("POST", &format!("/praktikos/{practice}/failai"), &body).await
}
