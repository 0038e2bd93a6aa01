//! One WebSocket of notes: opened, heard, closed, and silent from the moment it is dropped.

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{BinaryType, Event, MessageEvent, WebSocket};

use crate::edge;

pub enum Told {
    Opened,
    Heard(Vec<u8>),
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
    pub fn open(session: &str, tell: impl Fn(Told) + Clone + 'static) -> Option<Self> {
        let location = edge::window().location();
        let scheme = if location.protocol().ok()? == "http:" { "ws" } else { "wss" };
        let address = [scheme, "://", &location.host().ok()?, "/api/v1/sessions/", session, "/notes"].concat();
        let socket = WebSocket::new_with_str(&address, notes::SUBPROTOCOL).ok()?;
        socket.set_binary_type(BinaryType::Arraybuffer);

        let told = tell.clone();
        let opened = Closure::<dyn FnMut(Event)>::new(move |_| told(Told::Opened));
        let told = tell.clone();
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Ok(buffer) = event.data().dyn_into::<ArrayBuffer>() {
                told(Told::Heard(Uint8Array::new(&buffer).to_vec()));
            }
        });
        let lost = Closure::<dyn FnMut(Event)>::new(move |_| tell(Told::Lost));
        socket.set_onopen(Some(opened.as_ref().unchecked_ref()));
        socket.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        socket.set_onclose(Some(lost.as_ref().unchecked_ref()));
        Some(Self { socket, _heard: heard, _opened: opened, _lost: lost })
    }

    pub fn send(&self, message: &[u8]) {
        // A socket that is closing refuses: its `Lost` follows, and with it another sending.
        let _ = self.socket.send_with_u8_array(message);
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
