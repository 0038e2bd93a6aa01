//! As much of RFC 6455 as a load generator needs: whole text frames in, masked text frames out.

/// One frame of a server: its opcode, its payload, and how many bytes it took.
pub struct Frame<'a> {
    pub opcode: u8,
    pub payload: &'a [u8],
    pub taken: usize,
}

/// `None` when more bytes are needed.
pub fn next(bytes: &[u8]) -> Option<Frame<'_>> {
    let [first, second, ..] = *bytes else { return None };
    let (length, head) = match second {
        126 => (usize::from(u16::from_be_bytes(bytes.get(2..4)?.try_into().ok()?)), 4),
        127 => (usize::try_from(u64::from_be_bytes(bytes.get(2..10)?.try_into().ok()?)).ok()?, 10),
        short => (usize::from(short), 2),
    };
    Some(Frame { opcode: first & 0x0f, payload: bytes.get(head..head + length)?, taken: head + length })
}

pub const TEXT: u8 = 1;
pub const CLOSE: u8 = 8;
pub const PING: u8 = 9;
pub const PONG: u8 = 10;

/// A masked frame. The key is zero, which leaves the bytes as they are here; the server unmasks them all the same.
pub fn write(opcode: u8, payload: &[u8], out: &mut Vec<u8>) {
    out.push(0x80 | opcode);
    match payload.len() {
        short @ 0..126 => out.push(0x80 | short as u8),
        long => {
            out.push(0x80 | 126);
            out.extend_from_slice(&(long as u16).to_be_bytes());
        }
    }
    out.extend_from_slice(&[0; 4]);
    out.extend_from_slice(payload);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_read_once_it_is_whole() {
        let long = vec![b'x'; 300];
        let mut bytes = vec![0x81, 126, 1, 44];
        bytes.extend_from_slice(&long);
        assert!(next(&bytes[..303]).is_none());
        let frame = next(&bytes).unwrap();
        assert_eq!((frame.opcode, frame.payload.len(), frame.taken), (TEXT, 300, 304));
    }
}
