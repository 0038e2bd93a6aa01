//! A writer of notes as the browser is one: it has a copy of its own, sends what it writes, and comes back after a loss.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use futures_util::{SinkExt, StreamExt};
use model::ids::SessionId;
use notes::{
    Message, Notes,
    presence::{self, Entry, State},
    told::{self, Told},
};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{self, client::IntoClientRequest},
};

use crate::stand::{Stand, headers};

const LIMIT: Duration = Duration::from_secs(20);

pub struct Writer {
    ws: WebSocketStream<TcpStream>,
    pub notes: Notes,
    pub epoch: String,
    pub writes: bool,
    /// Updates sent over this socket, and those that the server has on disk.
    pub sent: u64,
    pub saved: u64,
    pub refused: Vec<(String, bool)>,
    /// Client id to the name of the person.
    pub authors: BTreeMap<u64, String>,
    pub here: BTreeMap<u64, State>,
    pub synced: bool,
    pub bye: Option<String>,
    pub closed: Option<u16>,
}

/// A client id that no other has.
pub fn client_id() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1_000);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// The answer to a handshake, or its HTTP status when it was refused.
pub async fn shake(
    address: SocketAddr,
    session: SessionId,
    headers: &[(&str, String)],
) -> Result<WebSocketStream<TcpStream>, u16> {
    let stream = TcpStream::connect(address).await.map_err(|_| 0u16)?;
    let _ = stream.set_nodelay(true);
    let mut request = format!("ws://{address}/api/v1/sessions/{session}/notes").into_client_request().unwrap();
    for (name, value) in headers {
        let name: tungstenite::http::HeaderName = name.parse().unwrap();
        request.headers_mut().insert(name, value.parse().unwrap());
    }
    match client_async(request, stream).await {
        Ok((ws, _)) => Ok(ws),
        Err(tungstenite::Error::Http(response)) => Err(response.status().as_u16()),
        Err(_) => Err(0),
    }
}

async fn knock(address: SocketAddr, session: SessionId, number: u128) -> Result<WebSocketStream<TcpStream>, u16> {
    let mut all = headers(number);
    all.push(("sec-websocket-protocol", notes::SUBPROTOCOL.to_owned()));
    all.push(("origin", format!("http://{address}")));
    shake(address, session, &all).await
}

impl Writer {
    pub async fn join(stand: &Stand, number: u128) -> Self {
        Self::at(stand.node.address, stand.session, number).await.expect("a handshake")
    }

    pub async fn at(address: SocketAddr, session: SessionId, number: u128) -> Result<Self, u16> {
        let mut writer = Self {
            ws: knock(address, session, number).await?,
            notes: Notes::new(client_id()),
            epoch: String::new(),
            writes: false,
            sent: 0,
            saved: 0,
            refused: Vec::new(),
            authors: BTreeMap::new(),
            here: BTreeMap::new(),
            synced: false,
            bye: None,
            closed: None,
        };
        writer.until(|writer| writer.synced || writer.closed.is_some()).await;
        Ok(writer)
    }

    /// Comes back with the copy that it has.
    pub async fn again(&mut self, address: SocketAddr, session: SessionId, number: u128) {
        self.ws = knock(address, session, number).await.expect("a handshake");
        (self.sent, self.saved, self.synced, self.closed, self.bye) = (0, 0, false, None, None);
        self.until(|writer| writer.synced).await;
    }

    /// Begins anew from the server's text, as after a refusal.
    pub async fn begin_anew(&mut self) {
        self.notes = Notes::new(client_id());
        self.synced = false;
        let vector = self.notes.vector();
        self.send(Message::Step1(&vector)).await;
        self.until(|writer| writer.synced).await;
    }

    pub async fn send(&mut self, message: Message<'_>) {
        if matches!(message, Message::Update(_) | Message::Step2(_)) {
            self.sent += 1;
        }
        self.raw(message.write()).await;
    }

    pub async fn raw(&mut self, bytes: Vec<u8>) {
        // A broken connection shows when reading.
        let _ = self.ws.send(tungstenite::Message::binary(bytes)).await;
    }

    /// Writes at a place, and sends it.
    pub async fn write(&mut self, at: u32, text: &str) {
        let update = self.notes.edit(at, 0, text).unwrap();
        self.send(Message::Update(&update)).await;
    }

    pub async fn saved(&mut self) {
        self.until(|writer| writer.saved == writer.sent || !writer.refused.is_empty() || writer.closed.is_some()).await;
        assert_eq!((self.saved, &self.refused), (self.sent, &Vec::new()), "closed {:?}", self.closed);
    }

    pub async fn refusal(&mut self) -> (String, bool) {
        self.until(|writer| !writer.refused.is_empty()).await;
        self.refused.remove(0)
    }

    pub async fn caret(&mut self, clock: u32, caret: Option<(notes::Anchor, notes::Anchor)>) {
        let state = State { person: "kitas".into(), name: "Ne aš".into(), caret };
        let body = presence::write(&[Entry { client: self.notes.client(), clock, state: Some(state) }]);
        self.send(Message::Presence(&body)).await;
    }

    pub async fn text_is(&mut self, text: &str) {
        self.until(|writer| writer.notes.text() == text).await;
    }

    /// Reads until it holds; fails when that takes too long.
    pub async fn until(&mut self, holds: impl Fn(&Self) -> bool) {
        let waited = timeout(LIMIT, async {
            while !holds(self) && self.closed.is_none() {
                self.read().await;
            }
        });
        let done = waited.await.is_ok();
        assert!(
            done,
            "waited too long: {:?}, saved {} of {}, refused {:?}",
            self.notes.text(),
            self.saved,
            self.sent,
            self.refused
        );
        assert!(holds(self) || self.closed.is_some());
    }

    async fn read(&mut self) {
        let bytes = match self.ws.next().await {
            Some(Ok(tungstenite::Message::Binary(bytes))) => bytes,
            Some(Ok(tungstenite::Message::Close(frame))) => {
                self.closed = Some(frame.map_or(1005, |frame| frame.code.into()));
                return;
            }
            Some(Ok(_)) => return,
            Some(Err(_)) | None => {
                self.closed = Some(self.closed.unwrap_or(1006));
                return;
            }
        };
        match Message::read(&bytes).unwrap() {
            Message::Step1(vector) => {
                let update = self.notes.since(vector).unwrap();
                self.send(Message::Step2(&update)).await;
                let vector = self.notes.vector();
                self.send(Message::Step1(&vector)).await;
            }
            Message::Step2(update) => {
                self.notes.apply(update).unwrap();
                self.synced = true;
            }
            Message::Update(update) => drop(self.notes.apply(update)),
            Message::Presence(body) => {
                for Entry { client, state, .. } in presence::read(body).unwrap() {
                    match state {
                        Some(state) => drop(self.here.insert(client, state)),
                        None => drop(self.here.remove(&client)),
                    }
                }
            }
            Message::AskPresence => {}
            Message::Told(json) => match told::read(json).unwrap() {
                Told::Welcome { epoch, writes, .. } => {
                    if !self.epoch.is_empty() && self.epoch != epoch {
                        self.notes = Notes::new(client_id());
                    }
                    (self.epoch, self.writes) = (epoch, writes);
                }
                Told::Authors { authors } => {
                    self.authors.extend(authors.into_iter().map(|author| (author.client, author.name)));
                }
                Told::Saved { updates } => self.saved = updates,
                Told::Refused { code, passable, .. } => self.refused.push((code, passable)),
                Told::Writes { writes } => self.writes = writes,
                Told::Bye { reason, .. } => self.bye = Some(reason),
                Told::Sure {} => unreachable!("only clients say so"),
            },
        }
    }
}
