//! A socket is one small task that both reads and writes.

use std::{
    cell::RefCell,
    future::poll_fn,
    net::SocketAddr,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll},
};

use anyhow::Result;
use futures_util::{Sink, Stream};
use tokio::{
    net::{TcpListener, TcpStream},
    task::spawn_local,
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        Error, Message,
        handshake::server::{Request, Response},
        protocol::WebSocketConfig,
    },
};

use crate::hub::{Hub, ID, Room, Seat};

pub async fn serve(hub: Rc<Hub>) -> Result<()> {
    let listener = listen()?;
    println!("listening {}", listener.local_addr()?);
    let writer = hub.clone();
    let writer = spawn_local(async move { writer.write().await });
    let accept = async {
        loop {
            let (stream, _) = listener.accept().await?;
            stream.set_nodelay(true)?;
            spawn_local(greet(hub.clone(), stream));
        }
    };
    tokio::select! {
        end = writer => end?,
        end = accept => end,
    }
}

/// Ten thousand come at once: the usual backlog of 1,024 would turn some away.
fn listen() -> Result<TcpListener> {
    let socket = tokio::net::TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.bind(SocketAddr::from(([127, 0, 0, 1], 0)))?;
    Ok(socket.listen(4096)?)
}

/// The handshake is a task of its own, since its state is larger than that of the socket's whole later life.
async fn greet(hub: Rc<Hub>, stream: TcpStream) {
    let config = WebSocketConfig::default()
        .read_buffer_size(2 * 1024)
        .write_buffer_size(64 * 1024)
        .max_message_size(Some(64 * 1024))
        .max_frame_size(Some(64 * 1024));
    let path = RefCell::new(String::new());
    // The size of the refusal is given by the library's own type of callback.
    #[allow(clippy::result_large_err)]
    let note_path = |request: &Request, response: Response| {
        *path.borrow_mut() = request.uri().path().into();
        Ok(response)
    };
    if let Ok(socket) = tokio_tungstenite::accept_hdr_async_with_config(stream, note_path, Some(config)).await {
        let seat = Rc::new(Seat::default());
        let room = hub.join(&path.borrow(), &seat);
        spawn_local(converse(Life { hub, room, seat, socket, unsent: false }));
    }
}

struct Life {
    hub: Rc<Hub>,
    room: Rc<Room>,
    seat: Rc<Seat>,
    socket: WebSocketStream<TcpStream>,
    /// Frames are in the buffer that the network has not taken yet.
    unsent: bool,
}

async fn converse(mut life: Life) {
    // Whatever ended it, the seat is free.
    let _ = poll_fn(|cx| life.poll(cx)).await;
    life.room.leave(&life.seat);
}

impl Life {
    /// Ready when the socket has ended.
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        self.read(cx)?;
        self.write(cx)?;
        Poll::Pending
    }

    fn read(&mut self, cx: &mut Context<'_>) -> Result<(), Error> {
        while let Poll::Ready(next) = Pin::new(&mut self.socket).poll_next(cx) {
            match next.ok_or(Error::ConnectionClosed)?? {
                Message::Text(text) if text.is_char_boundary(ID) => self.hub.take(&self.room, &self.seat, text),
                Message::Close(_) => return Err(Error::ConnectionClosed),
                _ => {}
            }
        }
        Ok(())
    }

    /// All that waits goes into the buffer, and the buffer to the network once.
    fn write(&mut self, cx: &mut Context<'_>) -> Result<(), Error> {
        let waker = &mut *self.seat.waker.borrow_mut();
        if waker.is_none() {
            *waker = Some(cx.waker().clone());
        }
        let mut outbox = self.seat.outbox.borrow_mut();
        self.unsent |= !outbox.is_empty();
        while !outbox.is_empty() && Pin::new(&mut self.socket).poll_ready(cx)?.is_ready() {
            if let Some(frame) = outbox.pop_front() {
                Pin::new(&mut self.socket).start_send(Message::Text(frame))?;
            }
        }
        if self.unsent {
            self.unsent = Pin::new(&mut self.socket).poll_flush(cx)?.is_pending();
        }
        Ok(())
    }
}
