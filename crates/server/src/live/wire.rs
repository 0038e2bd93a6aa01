//! Frames as bytes. What a server sends is never masked (RFC 6455, section 5.1), so a whole frame can be made once and its bytes
//! shared by everyone who is sent it.

use bytes::Bytes;
use model::{ids::CommandId, live::ServerFrame};
use serde::{Deserialize, Serialize};

pub const PING: &[u8] = &[0x89, 0];

const TEXT: u8 = 0x81;
const CLOSE: u8 = 0x88;

/// The id of a command that cannot be read, of a page that is newer than this server: so that it is answered, and not sent for ever.
pub fn command_id(text: &str) -> Option<CommandId> {
    #[derive(Deserialize)]
    struct Frame {
        r#do: Known,
    }
    #[derive(Deserialize)]
    struct Known {
        id: CommandId,
    }
    serde_json::from_str::<Frame>(text).ok().map(|frame| frame.r#do.id)
}

/// One frame of text.
pub fn frame(frame: &ServerFrame) -> Bytes {
    let mut out = Vec::with_capacity(256);
    text(&mut out, |body| json(body, frame));
    out.into()
}

/// Appends a frame of the text that `body` writes.
pub fn text(out: &mut Vec<u8>, body: impl FnOnce(&mut Vec<u8>)) {
    let start = out.len();
    // Room for the commonest header, of a text between 126 and 65,535 bytes; the others move the text a little.
    out.extend_from_slice(&[TEXT, 126, 0, 0]);
    body(out);
    let length = out.len() - start - 4;
    match (u8::try_from(length), u16::try_from(length)) {
        (Ok(short), _) if short < 126 => {
            out[start + 1] = short;
            out.drain(start + 2..start + 4);
        }
        (_, Ok(middle)) => out[start + 2..start + 4].copy_from_slice(&middle.to_be_bytes()),
        _ => {
            out[start + 1] = 127;
            out.splice(start + 2..start + 4, (length as u64).to_be_bytes());
        }
    }
}

/// Appends the frame of one event; `event` is its JSON, none when the viewer may not see it.
pub fn happened(out: &mut Vec<u8>, seq: i64, cause: Option<CommandId>, event: Option<&str>) {
    text(out, |body| {
        body.extend_from_slice(br#"{"happened":{"seq":"#);
        json(body, &seq);
        if let Some(event) = event {
            if let Some(cause) = cause {
                body.extend_from_slice(br#","cause":"#);
                json(body, &cause);
            }
            body.extend_from_slice(br#","event":"#);
            body.extend_from_slice(event.as_bytes());
        }
        body.extend_from_slice(b"}}");
    });
}

/// A close frame; what it means is told by the `bye` before it.
pub fn close(code: u16) -> Bytes {
    let [high, low] = code.to_be_bytes();
    vec![CLOSE, 2, high, low].into()
}

pub fn json<T: Serialize + ?Sized>(out: &mut Vec<u8>, value: &T) {
    // Our own types have text keys and finite numbers, and a Vec takes every byte, so this cannot fail.
    let _ = serde_json::to_writer(out, value);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_tells_the_length_in_its_three_forms() {
        for length in [0, 1, 125, 126, 127, 65_535, 65_536, 100_000] {
            let mut out = b"before".to_vec();
            text(&mut out, |body| body.extend(std::iter::repeat_n(b'a', length)));
            let frame = &out[6..];
            let (told, header) = match frame[1] {
                126 => (u64::from(u16::from_be_bytes([frame[2], frame[3]])), 4),
                127 => (u64::from_be_bytes(frame[2..10].try_into().unwrap()), 10),
                short => (u64::from(short), 2),
            };
            assert_eq!((frame[0], told, frame.len() - header), (0x81, length as u64, length));
            assert!(frame[header..].iter().all(|byte| *byte == b'a'));
        }
    }

    #[test]
    fn an_event_is_framed_as_the_model_reads_it() {
        let mut out = Vec::new();
        let cause: CommandId = "0192f0c1-2b3c-7d4e-8f50-0123456789ab".parse().unwrap();
        let event = r#"{"floor_finished":{"person":"0192f0c1-2b3c-7d4e-8f50-000000000002"}}"#;
        happened(&mut out, 7, Some(cause), Some(event));
        let read: ServerFrame = serde_json::from_slice(&out[4..]).unwrap();
        let ServerFrame::Happened { seq: 7, cause: Some(told), event: Some(_) } = read else { panic!("{read:?}") };
        assert_eq!(told, cause);
        out.clear();
        happened(&mut out, 8, Some(cause), None);
        assert_eq!(&out[2..], br#"{"happened":{"seq":8}}"#);
    }
}
