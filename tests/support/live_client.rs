//! A participant of a live session as the browser is one: it folds what it is sent, counts, and comes back after a loss.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    net::SocketAddr,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use futures_util::{SinkExt, StreamExt};
use model::{
    ids::*,
    live::{ByeReason, ClientFrame, Command, Event, Participant, Position, Room, SUBPROTOCOL, ServerFrame, evolve},
    refusal::Code,
    words::Prose,
};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{self, Message, client::IntoClientRequest},
};

/// How long anything may take before a test fails.
const LIMIT: Duration = Duration::from_secs(20);

pub struct LiveClient {
    ws: WebSocketStream<TcpStream>,
    pub session: SessionId,
    pub you: Option<Participant>,
    pub epoch: String,
    pub seq: i64,
    pub room: Room,
    /// How many welcomes brought a room.
    pub rooms: usize,
    /// Every event that was told, by its number; none where it was hidden.
    pub events: BTreeMap<i64, Option<Event>>,
    pub done: HashMap<CommandId, i64>,
    pub refused: HashMap<Option<CommandId>, Code>,
    /// Sent, and neither done nor refused.
    pub pending: Vec<(CommandId, Command)>,
    /// Every text that came, byte for byte.
    pub heard: Vec<String>,
    pub here: BTreeSet<PersonId>,
    pub bye: Option<ByeReason>,
    /// When to come again after the goodbye, in milliseconds.
    pub retry_after: Option<u64>,
    pub closed: Option<u16>,
}

/// A new id of a command, as a browser makes it.
pub fn command_id() -> CommandId {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let bits = (0x0192_f0c1_2b3c_7000_u128 << 64)
        | (0x8000_0000_0000_0000_u128 + u128::from(std::process::id()) * 0x1_0000_0000 + u128::from(number));
    CommandId::from_uuid(uuid::Uuid::from_u128(bits))
}

pub fn line(text: &str) -> Command {
    Command::Say { text: Prose::new(text).unwrap(), reply_to: None }
}

fn frame(id: CommandId, command: Command) -> Message {
    frame_for(id, command, None)
}

fn frame_for(id: CommandId, command: Command, whom: Option<PersonId>) -> Message {
    Message::text(serde_json::to_string(&ClientFrame::Do { id, command, sure: true, whom }).unwrap())
}

/// The answer to a handshake, or its HTTP status when it was refused.
pub async fn shake(
    address: SocketAddr,
    session: SessionId,
    headers: &[(&str, String)],
) -> Result<WebSocketStream<TcpStream>, u16> {
    let stream = TcpStream::connect(address).await.map_err(|_| 0u16)?;
    let _ = stream.set_nodelay(true);
    let mut request = format!("ws://{address}/api/v1/sessions/{session}/live").into_client_request().unwrap();
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

impl LiveClient {
    /// Comes into the session; `headers` sign the person in.
    pub async fn join(address: SocketAddr, session: SessionId, headers: &[(&str, String)]) -> Result<Self, u16> {
        let ws = Self::knock(address, session, headers).await?;
        let mut client = Self {
            ws,
            session,
            you: None,
            epoch: String::new(),
            seq: 0,
            room: Room::default(),
            rooms: 0,
            events: BTreeMap::new(),
            done: HashMap::new(),
            refused: HashMap::new(),
            pending: Vec::new(),
            heard: Vec::new(),
            here: BTreeSet::new(),
            bye: None,
            retry_after: None,
            closed: None,
        };
        client.hello(None).await;
        client.until(|client| client.you.is_some() || client.closed.is_some()).await;
        Ok(client)
    }

    async fn knock(
        address: SocketAddr,
        session: SessionId,
        headers: &[(&str, String)],
    ) -> Result<WebSocketStream<TcpStream>, u16> {
        let origin = ("origin", format!("http://{address}"));
        let mut all = vec![("sec-websocket-protocol", SUBPROTOCOL.to_owned()), origin];
        all.extend_from_slice(headers);
        shake(address, session, &all).await
    }

    async fn hello(&mut self, last: Option<Position>) {
        let hello = ClientFrame::Hello { protocol: 1, session: self.session, last };
        self.raw(Message::text(serde_json::to_string(&hello).unwrap())).await;
    }

    /// Comes back with what it has folded, and sends again what was left without an answer.
    pub async fn resume(&mut self, address: SocketAddr, headers: &[(&str, String)]) -> Result<(), u16> {
        let last = Position { epoch: self.epoch.clone(), seq: self.seq };
        self.resume_from(address, headers, Some(last)).await
    }

    pub async fn resume_from(
        &mut self,
        address: SocketAddr,
        headers: &[(&str, String)],
        last: Option<Position>,
    ) -> Result<(), u16> {
        self.ws = Self::knock(address, self.session, headers).await?;
        (self.you, self.closed, self.bye) = (None, None, None);
        self.hello(last).await;
        self.until(|client| client.you.is_some() || client.closed.is_some()).await;
        for (id, command) in self.pending.clone() {
            self.send(id, command).await;
        }
        Ok(())
    }

    /// Closes the socket, to come back by [`LiveClient::resume`] or not at all.
    pub async fn cut(&mut self) {
        let _ = self.ws.close(None).await;
        self.until(|client| client.closed.is_some()).await;
    }

    pub async fn ask(&mut self, command: Command) -> CommandId {
        let id = command_id();
        self.ask_as(id, command).await;
        id
    }

    pub async fn ask_as(&mut self, id: CommandId, command: Command) {
        self.pending.push((id, command.clone()));
        self.send(id, command).await;
    }

    /// Asks for who sits at this device; what is left without an answer is to be asked again by the test.
    pub async fn ask_for(&mut self, id: CommandId, whom: PersonId, command: Command) {
        self.raw(frame_for(id, command, Some(whom))).await;
    }

    pub async fn done_for(&mut self, whom: PersonId, command: Command) -> i64 {
        let id = command_id();
        self.ask_for(id, whom, command).await;
        self.until(|client| client.done.contains_key(&id) || client.refused.contains_key(&Some(id))).await;
        *self.done.get(&id).unwrap_or_else(|| panic!("not done: {:?}", self.refused.get(&Some(id))))
    }

    pub async fn refused_for(&mut self, whom: PersonId, command: Command) -> Code {
        let id = command_id();
        self.ask_for(id, whom, command).await;
        self.until(|client| client.done.contains_key(&id) || client.refused.contains_key(&Some(id))).await;
        self.refused[&Some(id)]
    }

    /// Asks for all of it in as few writes as possible.
    pub async fn ask_all(&mut self, commands: impl IntoIterator<Item = Command>) {
        for command in commands {
            let id = command_id();
            self.pending.push((id, command.clone()));
            let _ = self.ws.feed(frame(id, command)).await;
        }
        let _ = self.ws.flush().await;
    }

    async fn send(&mut self, id: CommandId, command: Command) {
        self.raw(frame(id, command)).await;
    }

    pub async fn raw(&mut self, message: Message) {
        // A broken connection shows when reading.
        let _ = self.ws.send(message).await;
    }

    /// Asks, and waits for the number under which it was done.
    pub async fn done(&mut self, command: Command) -> i64 {
        let id = self.ask(command).await;
        self.until(|client| {
            client.done.contains_key(&id) || client.refused.contains_key(&Some(id)) || client.closed.is_some()
        })
        .await;
        let done = self.done.get(&id);
        *done.unwrap_or_else(|| panic!("not done: {:?}, closed {:?}", self.refused.get(&Some(id)), self.closed))
    }

    pub async fn refused(&mut self, command: Command) -> Code {
        let id = self.ask(command).await;
        self.until(|client| client.done.contains_key(&id) || client.refused.contains_key(&Some(id))).await;
        self.refused[&Some(id)]
    }

    /// Reads until it holds; fails when that takes too long.
    pub async fn until(&mut self, holds: impl Fn(&Self) -> bool) {
        let waited = timeout(LIMIT, async {
            while !holds(self) {
                if self.closed.is_some() {
                    break;
                }
                self.read().await;
            }
        });
        assert!(
            waited.await.is_ok(),
            "waited too long: seq {}, pending {:?}, here {:?}",
            self.seq,
            self.pending,
            self.here
        );
    }

    async fn read(&mut self) {
        match self.ws.next().await {
            Some(Ok(Message::Text(text))) => {
                self.heard.push(text.to_string());
                self.fold(serde_json::from_str(&text).unwrap());
            }
            Some(Ok(Message::Close(frame))) => self.closed = Some(frame.map_or(1005, |frame| frame.code.into())),
            Some(Ok(_)) => {}
            Some(Err(_)) | None => self.closed = Some(self.closed.unwrap_or(1006)),
        }
    }

    fn fold(&mut self, frame: ServerFrame) {
        match frame {
            ServerFrame::Welcome { you, epoch, seq, room, .. } => {
                (self.you, self.epoch) = (Some(you), epoch);
                if let Some(room) = room {
                    (self.room, self.seq, self.rooms) = (*room, seq, self.rooms + 1);
                }
            }
            ServerFrame::Happened { seq, event, .. } => {
                assert_eq!(seq, self.seq + 1, "numbers follow one another");
                self.seq = seq;
                if let Some(event) = &event {
                    evolve(&mut self.room, event);
                }
                assert!(self.events.insert(seq, event).is_none(), "told twice");
            }
            ServerFrame::Done { id, seq } => {
                assert!(seq <= self.seq, "done before it happened");
                if let Some(before) = self.done.insert(id, seq) {
                    assert_eq!(before, seq, "a repeat gets the first answer");
                }
                self.pending.retain(|(pending, _)| *pending != id);
            }
            ServerFrame::Refused { id, refusal } => {
                self.refused.insert(id, refusal.code);
                self.pending.retain(|(pending, _)| Some(*pending) != id);
            }
            ServerFrame::People { all, here, gone } => {
                if all {
                    self.here.clear();
                }
                self.here.extend(here.iter().map(|who| who.id));
                self.here.retain(|person| !gone.contains(person));
            }
            ServerFrame::Here { .. } => {}
            ServerFrame::Bye { reason, retry_after } => (self.bye, self.retry_after) = (Some(reason), retry_after),
        }
    }

    /// The texts of the room, in order.
    pub fn texts(&self) -> Vec<String> {
        self.room.messages.iter().map(|message| message.text.clone().unwrap_or_default()).collect()
    }
}
