//! One WebSocket: opened, heard, closed, and silent from the moment it is dropped.

use model::{
    ids::SessionId,
    live::{ClientFrame, SUBPROTOCOL, ServerFrame},
};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, MessageEvent, WebSocket};

use crate::{edge, wire};

/// What a socket tells.
pub enum Told {
    Opened,
    Heard(Box<ServerFrame>),
    /// What came is nothing that this page can read, so nothing that it could fold: the server is newer.
    Unreadable,
    Lost,
}

pub struct Socket {
    socket: WebSocket,
    // Held so that the browser's calls find them.
    _heard: Closure<dyn FnMut(MessageEvent)>,
    _opened: Closure<dyn FnMut(Event)>,
    _lost: Closure<dyn FnMut(Event)>,
}

impl Socket {
    /// None when the browser does not even try.
    pub fn open(session: SessionId, tell: impl Fn(Told) + Clone + 'static) -> Option<Self> {
        let location = edge::window().location();
        let scheme = if location.protocol().ok()? == "http:" { "ws" } else { "wss" };
        let address =
            [scheme, "://", &location.host().ok()?, "/api/v1/sessions/", &session.to_string(), "/live"].concat();
        let socket = WebSocket::new_with_str(&address, SUBPROTOCOL).ok()?;

        let told = tell.clone();
        let opened = Closure::<dyn FnMut(Event)>::new(move |_| told(Told::Opened));
        let told = tell.clone();
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let frame = event.data().as_string().and_then(|text| wire::read(&text));
            told(frame.map_or(Told::Unreadable, |frame| Told::Heard(Box::new(frame))));
        });
        let lost = Closure::<dyn FnMut(Event)>::new(move |_| tell(Told::Lost));
        socket.set_onopen(Some(opened.as_ref().unchecked_ref()));
        socket.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        socket.set_onclose(Some(lost.as_ref().unchecked_ref()));
        Some(Self { socket, _heard: heard, _opened: opened, _lost: lost })
    }

    pub fn send(&self, frame: &ClientFrame) {
        if let Ok(text) = serde_json::to_string(frame) {
            // A socket that is closing refuses: its `Lost` follows, and with it another sending.
            let _ = self.socket.send_with_str(&text);
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.socket.set_onopen(None);
        self.socket.set_onmessage(None);
        self.socket.set_onclose(None);
        let _ = self.socket.close();
    }
}
