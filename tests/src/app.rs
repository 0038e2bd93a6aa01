//! A server with the cast, on a port and a database of its own, at a time that stands still until it is moved.

use std::{
    collections::HashMap,
    net::SocketAddr,
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
};

use db::testing::{Fresh, Kind, fresh};
use model::{
    ids::*,
    time::{Millis, Timestamp},
};
use server::{
    accounts,
    app::{App, Clock},
    auth::{digest, new_token, passwords::Cost},
    config::{Config, Limits},
    demo::{self, Cast, cast::PEOPLE},
    router, run,
    serve::serve,
};
use tokio::{net::TcpListener, task::JoinHandle};

use crate::client::Client;

/// When every test begins: 2026-11-22 14:30 in Lithuania.
pub const BEGINNING: Timestamp = Timestamp(1_795_350_600_000);

pub struct TestApp {
    pub app: App,
    pub cast: Cast,
    pub address: SocketAddr,
    clock: Arc<AtomicI64>,
    cookies: Mutex<HashMap<&'static str, String>>,
    serving: JoinHandle<anyhow::Result<()>>,
    data: PathBuf,
    /// Opens the same database again; dropped last.
    pub fresh: Fresh,
}

impl TestApp {
    /// The cast, and limits so wide that only a test of limits meets them.
    pub async fn with_cast(kind: Kind) -> Self {
        Self::set(kind, true, |_| {}).await
    }

    /// A site on which nobody has an account yet.
    pub async fn empty(kind: Kind) -> Self {
        Self::set(kind, false, |_| {}).await
    }

    pub async fn set(kind: Kind, cast: bool, set: impl FnOnce(&mut Config)) -> Self {
        let fresh = fresh(kind).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let data = std::env::temp_dir().join(format!("tinklaveika-data-{}", new_token()));
        std::fs::create_dir(&data).unwrap();
        let mut config = Config::new(data.clone(), address);
        config.password_cost = Cost::Cheap;
        config.limits = wide();
        set(&mut config);
        let clock = Arc::new(AtomicI64::new(BEGINNING.ms()));
        let app = run::over(fresh.db.clone(), config, Clock::Given(clock.clone())).await.unwrap();
        let cast = if cast { demo::load(&app).await.unwrap().unwrap() } else { Cast::default() };
        let serving = tokio::spawn(serve(app.clone(), router(&app), listener));
        Self { app, cast, address, clock, cookies: Mutex::default(), serving, data, fresh }
    }

    pub fn now(&self) -> Timestamp {
        Timestamp(self.clock.load(Ordering::SeqCst))
    }

    pub fn pass(&self, time: Millis) {
        self.clock.fetch_add(time.ms(), Ordering::SeqCst);
    }

    /// A client signed in as the one with this first name; always the same sign-in.
    pub async fn as_(&self, name: &'static str) -> Client<'_> {
        let kept = self.cookies.lock().unwrap().get(name).cloned();
        let token = match kept {
            Some(token) => token,
            None => {
                let token = self.sign_in(self.person(name), false).await;
                self.cookies.lock().unwrap().insert(name, token.clone());
                token
            }
        };
        Client::new(self, Some(token))
    }

    /// A client with a new sign-in, for when so much time has passed that the one before has ended.
    pub async fn anew(&self, name: &str) -> Client<'_> {
        Client::new(self, Some(self.sign_in(self.person(name), false).await))
    }

    /// One more sign-in of somebody, by its token; as after `POST /sign-in`.
    pub async fn sign_in(&self, person: PersonId, shared: bool) -> String {
        let token = new_token();
        let mut tx = self.app.db.write().await.unwrap();
        let (id, digest) = (self.app.id(), digest(&token));
        accounts::store::insert_sign_in(&mut tx, id, person, &digest, "?", shared, self.now()).await.unwrap();
        tx.commit().await.unwrap();
        token
    }

    /// The letters that were sent since this was asked last, decoded, once there are at least `count`: they are sent beside the
    /// call that causes them.
    pub async fn letters(&self, count: usize) -> Vec<String> {
        let folder = self.data.join("mail");
        for _ in 0..2_000 {
            let files: Vec<PathBuf> =
                std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
            let texts: Vec<String> = files.iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect();
            // A file that is still being written has no body yet.
            let whole = texts.iter().filter(|text| text.contains("\r\n\r\n") && text.ends_with('\n')).count();
            if whole >= count && whole == files.len() {
                files.iter().for_each(|path| std::fs::remove_file(path).unwrap());
                return texts.iter().map(|text| decoded(text)).collect();
            }
            tokio::task::yield_now().await;
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        panic!("no {count} letters came");
    }

    pub fn with_token(&self, token: &str) -> Client<'_> {
        Client::new(self, Some(token.to_owned()))
    }

    pub fn anonymous(&self) -> Client<'_> {
        Client::new(self, None)
    }

    pub fn email(&self, name: &str) -> String {
        PEOPLE.iter().find(|person| person.key() == name).unwrap_or_else(|| panic!("nobody is called {name}")).email()
    }

    pub fn person(&self, name: &str) -> PersonId {
        known(self.cast.people.get(name), name)
    }

    pub fn team(&self, key: &str) -> TeamId {
        known(self.cast.teams.get(key), key)
    }

    pub fn network(&self, key: &str) -> NetworkId {
        known(self.cast.networks.get(key), key)
    }

    pub fn space(&self, key: &str) -> SpaceId {
        known(self.cast.spaces.get(key), key)
    }

    pub fn problem(&self, key: &str) -> ProblemId {
        known(self.cast.problems.get(key), key)
    }

    pub fn practice(&self, key: &str) -> PracticeId {
        known(self.cast.practices.get(key), key)
    }

    pub fn session(&self, key: &str) -> SessionId {
        known(self.cast.sessions.get(key), key)
    }
}

/// A letter's text without its transfer encoding; headers stay as they are.
pub fn decoded(letter: &str) -> String {
    let (head, body) = letter.split_once("\r\n\r\n").unwrap_or((letter, ""));
    if head.contains("base64") {
        let bytes = unbase64(body);
        return format!("{head}\n\n{}", String::from_utf8_lossy(&bytes));
    }
    if !head.contains("quoted-printable") {
        return letter.to_owned();
    }
    let body = body.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = body.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let code = tail.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match code.filter(|_| *first == b'=').and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    format!("{head}\n\n{}", String::from_utf8_lossy(&bytes))
}

fn unbase64(text: &str) -> Vec<u8> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = text.bytes().filter_map(|byte| DIGITS.iter().position(|digit| *digit == byte));
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    for digit in digits {
        bits = (bits << 6) | u32::try_from(digit).unwrap();
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    bytes
}

/// The address of ours in a letter that begins with `start`.
pub fn path_in(letter: &str, start: &str) -> Option<String> {
    let at = letter.find(start)?;
    letter[at..].split_whitespace().next().map(str::to_owned)
}

fn known<T: Copy>(found: Option<&T>, key: &str) -> T {
    *found.unwrap_or_else(|| panic!("the cast has no {key}"))
}

pub fn wide() -> Limits {
    Limits { writes_a_minute: 100_000, calls_a_minute: 1_000_000, guesses_a_minute: 100_000 }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.app.draining.send_replace(true);
        self.serving.abort();
        let _ = std::fs::remove_dir_all(&self.data);
    }
}
