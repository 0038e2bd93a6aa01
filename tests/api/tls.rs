//! Whom the server speaks to over TLS has to show a certificate that is to be trusted: letters go to no other mail server, and with
//! `sslmode=verify-full` nothing is asked of another database. Both ends of the proof: refused when unknown, taken when its root is given.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use db::{Db, Options};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use server::{
    config::Config,
    mail::{Mail, Written},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpListener,
    sync::mpsc,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::ring,
        pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    },
};

/// Before TLS begins, a client of PostgreSQL asks for it in eight bytes, which are answered with an S.
#[derive(Clone, Copy, PartialEq)]
enum Peer {
    Smtp,
    Postgres,
}

/// A server under a certificate that it signed itself. Tells the first line or bytes that it was sent inside of TLS, or that there was no TLS.
async fn peer(kind: Peer) -> (SocketAddr, String, mpsc::UnboundedReceiver<Option<String>>) {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (told, heard) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            if kind == Peer::Postgres {
                let mut asks = [0; 8];
                if stream.read_exact(&mut asks).await.is_err() {
                    continue;
                }
                let _ = stream.write_all(b"S").await;
            }
            let heard = match acceptor.accept(stream).await {
                Err(_) => None,
                Ok(mut inside) => {
                    if kind == Peer::Smtp {
                        let _ = inside.write_all(b"220 here\r\n").await;
                    }
                    let mut first = vec![0; 64];
                    match inside.read(&mut first).await {
                        Ok(read) if read > 0 => Some(String::from_utf8_lossy(&first[..read]).into_owned()),
                        _ => None,
                    }
                }
            };
            let _ = told.send(heard);
        }
    });
    (address, cert.pem(), heard)
}

fn letter() -> Written {
    Written { subject: "Kvietimas".to_owned(), text: "Laukiame.".to_owned(), calendar: None }
}

#[tokio::test]
async fn no_letter_goes_to_a_mail_server_that_nobody_vouches_for() {
    for url in ["smtps://rasa:slaptas@localhost", "smtp://rasa:slaptas@localhost"] {
        let starts = url.starts_with("smtp:");
        let (address, _, mut heard) = if starts { starttls().await } else { peer(Peer::Smtp).await };
        let query = if starts { "?tls=required" } else { "" };
        let mut config = Config::new(std::env::temp_dir(), ([127, 0, 0, 1], 0).into());
        config.smtp = Some(format!("{url}:{}{query}", address.port()));
        let mail = Mail::new(&config).unwrap();
        let refused = mail.send("a", "rasa@tinklaveika.example", letter(), model::time::Timestamp(0)).await;
        assert_eq!(refused.unwrap_err().to_string(), "no safe connection to the mail server could be made", "{url}");
        assert_eq!(heard.recv().await.unwrap(), None, "nothing was said, the password least of all");
    }
}

/// The same, when TLS begins after a greeting in clear.
async fn starttls() -> (SocketAddr, String, mpsc::UnboundedReceiver<Option<String>>) {
    let (inside, pem, heard) = peer(Peer::Smtp).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let mut stream = BufReader::new(stream);
            let mut line = String::new();
            let _ = stream.write_all(b"220 here\r\n").await;
            while stream.read_line(&mut line).await.is_ok_and(|read| read > 0) {
                let begins = line.starts_with("STARTTLS");
                let answer: &[u8] = if begins { b"220 go\r\n" } else { b"250-here\r\n250 STARTTLS\r\n" };
                let _ = stream.write_all(answer).await;
                line.clear();
                if begins {
                    let mut there = tokio::net::TcpStream::connect(inside).await.unwrap();
                    let _ = tokio::io::copy_bidirectional(&mut stream, &mut there).await;
                    break;
                }
            }
        }
    });
    (address, pem, heard)
}

#[tokio::test]
async fn no_database_is_asked_that_nobody_vouches_for() {
    let (address, pem, mut heard) = peer(Peer::Postgres).await;
    let root = std::env::temp_dir().join(format!("tinklaveika-root-{}.pem", address.port()));
    std::fs::write(&root, pem).unwrap();
    let url = |host: &str, root: &str| {
        format!("postgres://rasa:slaptas@{host}:{}/tinklaveika?sslmode=verify-full{root}", address.port())
    };
    let trusted = format!("&sslrootcert={}", root.display());
    // An unknown root; a known one under another name; a known one.
    for (host, root, asked) in
        [("localhost", "", false), ("127.0.0.1", trusted.as_str(), false), ("localhost", trusted.as_str(), true)]
    {
        let options = Options { wait: Duration::from_secs(1), ..Options::url(&url(host, root)).unwrap() };
        let opening = tokio::spawn(async move { Db::open(&options).await.is_ok() });
        let said = heard.recv().await.unwrap();
        assert_eq!(said.is_some(), asked, "{host} {root}");
        // Who is not asked on, waits no longer; what is behind the right certificate is no database either.
        assert!(!opening.await.unwrap());
    }
    std::fs::remove_file(root).unwrap();
}
