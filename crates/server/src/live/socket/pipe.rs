//! The connection of one socket: frames in through the library, bytes out past it.
//!
//! The WebSocket library reads and answers pings; everything else is written past it, straight to the stream, since frames from a
//! server are the same bytes for everyone. What the library has to write is flushed before, so frames never mix.

use std::{
    future::poll_fn,
    io::{self, IoSlice},
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use bytes::{Buf, Bytes};
use futures_util::{SinkExt, Stream};
use hyper::upgrade::Upgraded;
use hyper_util::{rt::TokioIo, server::conn::auto::upgrade};
use model::{
    ids::SessionId,
    live::{ByeReason, ClientFrame, PROTOCOL, Position, ServerFrame},
};
use tokio::{
    io::{AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        Error, Message, Utf8Bytes,
        protocol::{Role, WebSocketConfig},
    },
};

use super::{End, Step, malformed};
use crate::live::{outlet::Goodbye, settings::Settings, wire};

/// Measured at 6.9 KiB of memory for an idle socket; the library's 128 KiB would cost 2.5 GiB at 10,000.
const READ_BUFFER: usize = 2 * 1024;
/// Slices handed to one write.
const SLICES: usize = 32;
/// For the client to read the goodbye before the connection is torn down.
const LINGER: Duration = Duration::from_secs(2);

pub struct Pipe {
    ws: WebSocketStream<TcpStream>,
    /// The library has an answer to a ping or a close to write.
    unflushed: bool,
    stuck_after: Duration,
}

impl Pipe {
    /// None when what was upgraded is no connection of ours.
    pub async fn new(upgraded: Upgraded, settings: &Settings) -> Option<Self> {
        let parts = upgrade::downcast::<TokioIo<TcpStream>>(upgraded).ok()?;
        let config = WebSocketConfig::default()
            .read_buffer_size(READ_BUFFER)
            .write_buffer_size(0)
            .max_message_size(Some(settings.frame_bytes))
            .max_frame_size(Some(settings.frame_bytes));
        let (stream, read) = (parts.io.into_inner(), parts.read_buf.to_vec());
        let ws = WebSocketStream::from_partially_read(stream, read, Role::Server, Some(config)).await;
        Some(Self { ws, unflushed: false, stuck_after: settings.stuck_after })
    }

    pub fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Message, Error>>> {
        Pin::new(&mut self.ws).poll_next(cx)
    }

    /// The first frame, which is a greeting to `here`; the place in the history that the client has come to.
    pub async fn hello(&mut self, here: SessionId) -> Step<Option<Position>> {
        let text = loop {
            let read = poll_fn(|cx| self.poll_next(cx)).await;
            if let Some(text) = self.text(read).await? {
                break text;
            }
        };
        match serde_json::from_str(&text) {
            Ok(ClientFrame::Hello { protocol: PROTOCOL, session, last }) if session == here => Ok(last),
            // A page of another version of the protocol.
            Ok(ClientFrame::Hello { protocol, .. }) if protocol != PROTOCOL => {
                Err(End::Bye(Goodbye::new(4410, ByeReason::Reload, None)))
            }
            _ => Err(malformed()),
        }
    }

    /// The text that was read; none for what the library answers by itself.
    pub async fn text(&mut self, read: Option<Result<Message, Error>>) -> Step<Option<Utf8Bytes>> {
        match read {
            Some(Ok(Message::Text(text))) => Ok(Some(text)),
            Some(Ok(Message::Binary(_))) => Err(End::Bye(Goodbye::new(1003, ByeReason::Malformed, None))),
            Some(Ok(Message::Ping(_))) => {
                self.unflushed = true;
                Ok(None)
            }
            Some(Ok(Message::Pong(_) | Message::Frame(_))) => Ok(None),
            Some(Ok(Message::Close(_))) => {
                self.unflushed = true;
                let _ = self.flush().await;
                Err(End::Gone)
            }
            Some(Err(error)) => Err(broken(&error)),
            None => Err(End::Gone),
        }
    }

    async fn flush(&mut self) -> Step {
        if self.unflushed {
            let flushed = timeout(self.stuck_after, self.ws.flush()).await;
            self.unflushed = false;
            flushed.map_err(|_| End::Gone)?.map_err(|_| End::Gone)?;
        }
        Ok(())
    }

    /// Writes whole frames and leaves none in `frames`. One who reads nothing for a while is cut off in the middle of a frame, and
    /// can resume later.
    pub async fn write(&mut self, frames: &mut Vec<Bytes>) -> Step {
        if self.unflushed {
            Box::pin(self.flush()).await?;
        }
        let mut done = 0;
        while done < frames.len() {
            // Nearly always the network takes all at once; only one who has to wait needs a timer.
            let at_once = poll_fn(|cx| Poll::Ready(self.poll_write(cx, &frames[done..]))).await;
            let written = match at_once {
                Poll::Ready(written) => written,
                Poll::Pending => {
                    let stuck_after = self.stuck_after;
                    let later = poll_fn(|cx| self.poll_write(cx, &frames[done..]));
                    Box::pin(timeout(stuck_after, later)).await.map_err(|_| End::Gone)?
                }
            };
            let mut written = written.ok().filter(|written| *written > 0).ok_or(End::Gone)?;
            for frame in &mut frames[done..] {
                if written < frame.len() {
                    frame.advance(written);
                    break;
                }
                written -= frame.len();
                done += 1;
            }
        }
        frames.clear();
        Ok(())
    }

    /// One frame that only this socket is sent.
    pub async fn send(&mut self, frame: Bytes) -> Step {
        self.write(&mut vec![frame]).await
    }

    fn poll_write(&mut self, cx: &mut Context<'_>, frames: &[Bytes]) -> Poll<io::Result<usize>> {
        let stream = Pin::new(self.ws.get_mut());
        if let [only] = frames {
            return stream.poll_write(cx, only);
        }
        let mut slices = [IoSlice::new(&[]); SLICES];
        let count = frames.len().min(SLICES);
        for (slice, frame) in slices.iter_mut().zip(frames) {
            *slice = IoSlice::new(frame);
        }
        stream.poll_write_vectored(cx, &slices[..count])
    }

    /// Says goodbye, and waits a little for the client to have read it: closing with unread input would tear it off.
    pub async fn dismiss(&mut self, goodbye: Goodbye) {
        let Goodbye { code, reason, retry_after } = goodbye;
        let bye = wire::frame(&ServerFrame::Bye { reason, retry_after });
        if self.write(&mut vec![bye, wire::close(code)]).await.is_err() {
            return;
        }
        let stream = self.ws.get_mut();
        let linger = async {
            stream.shutdown().await?;
            let mut ignored = [0; 1024];
            while stream.read(&mut ignored).await? > 0 {}
            io::Result::Ok(())
        };
        let _ = timeout(LINGER, linger).await;
    }
}

fn broken(error: &Error) -> End {
    let code = match error {
        Error::Capacity(_) => 1009,
        Error::Utf8(_) => 1007,
        Error::Protocol(_) => 1002,
        _ => return End::Gone,
    };
    End::Bye(Goodbye::new(code, ByeReason::Malformed, None))
}
