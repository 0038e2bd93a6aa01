//! Where a scanner for viruses is set, nothing is kept that it did not call clean.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use model::practices::ReadPractice;
use server::files::Scanner;
use tests::{Kind, TestApp, on_both};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use super::{attach, form, made::PDF};

/// The harmless text by which scanners are tried, in two halves, so that this file is none.
const EICAR: [&str; 2] = [r"X5O!P%@AP[4\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"];

/// Speaks as clamd does, to whoever comes; counts the bytes it was sent.
async fn clamd(broken: bool) -> (Scanner, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let scanner = format!("tcp://{}", listener.local_addr().unwrap()).parse().unwrap();
    let taken = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&taken);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(scan(stream, Arc::clone(&counted), broken));
        }
    });
    (scanner, taken)
}

async fn scan(mut stream: TcpStream, taken: Arc<AtomicUsize>, broken: bool) -> std::io::Result<()> {
    let mut command = [0; 10];
    stream.read_exact(&mut command).await?;
    assert_eq!(&command, b"zINSTREAM\0");
    let mut file = Vec::new();
    loop {
        let length = stream.read_u32().await? as usize;
        if length == 0 {
            break;
        }
        let begin = file.len();
        file.resize(begin + length, 0);
        stream.read_exact(&mut file[begin..]).await?;
    }
    taken.fetch_add(file.len(), Ordering::SeqCst);
    let eicar = EICAR.concat();
    let found = file.windows(eicar.len()).any(|part| part == eicar.as_bytes());
    let answer = match (broken, found) {
        (true, _) => "INSTREAM size limit exceeded. ERROR\0",
        (_, true) => "stream: Eicar-Test-Signature FOUND\0",
        _ => "stream: OK\0",
    };
    stream.write_all(answer.as_bytes()).await
}

async fn guarded(kind: Kind, scanner: Scanner) -> TestApp {
    TestApp::set(kind, true, |config| config.attachments.scanner = Some(scanner)).await
}

on_both! {
    async fn what_the_scanner_finds_is_not_kept_and_what_it_calls_clean_is(kind: Kind) {
        let (scanner, taken) = clamd(false).await;
        let app = guarded(kind, scanner).await;
        let (rasa, practice) = (app.as_("Rasa").await, app.practice("tevu_kavine"));
        let before = rasa.call(ReadPractice { practice }).await.granted().files.len();
        let bad = attach(&rasa, practice, "a.txt", EICAR.concat().as_bytes()).await;
        assert_eq!((bad.status, bad.codes()), (422, vec!["file.virus@file".to_owned()]));
        let bad = form(&rasa, practice, "a.txt", EICAR.concat().as_bytes(), &[]).await;
        assert!(bad.status == 422 && bad.text().contains("kenkėjiška programa"));
        assert_eq!(taken.load(Ordering::SeqCst), 2 * EICAR.concat().len());
        assert_eq!(attach(&rasa, practice, "a.pdf", PDF).await.status, 200);
        // More than one part of what is sent at a time.
        let long = "Ąžuolynas. ".repeat(20_000);
        assert_eq!(attach(&rasa, practice, "a.txt", long.as_bytes()).await.status, 200);
        assert_eq!(taken.load(Ordering::SeqCst), 2 * EICAR.concat().len() + PDF.len() + long.len());
        assert_eq!(rasa.call(ReadPractice { practice }).await.granted().files.len(), before + 2);
    }

    async fn nothing_is_kept_while_the_scanner_is_away_or_does_not_understand(kind: Kind) {
        let gone = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let nobody = format!("tcp://{}", gone.local_addr().unwrap()).parse().unwrap();
        drop(gone);
        for scanner in [nobody, clamd(true).await.0] {
            let app = guarded(kind, scanner).await;
            let (rasa, practice) = (app.as_("Rasa").await, app.practice("tevu_kavine"));
            let before = rasa.call(ReadPractice { practice }).await.granted().files.len();
            let refused = attach(&rasa, practice, "a.pdf", PDF).await;
            assert_eq!((refused.status, refused.codes()), (503, vec!["file.unscanned@file".to_owned()]));
            assert_eq!(rasa.call(ReadPractice { practice }).await.granted().files.len(), before);
        }
    }
}
