//! What travels over the socket: one JSON text a frame, `{"kind":{…}}`. The rules of their coming and going stand in
//! `docs/live-protocol.md`.

use serde::{Deserialize, Serialize};

use super::{
    command::Command,
    event::Event,
    room::{Participant, Room},
};
use crate::{ids::*, refusal::Refusal, time::Timestamp};

pub const PROTOCOL: u32 = 1;
pub const SUBPROTOCOL: &str = "tinklaveika.v1";

/// From the client. Unknown kinds and fields are refused.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ClientFrame {
    /// First of all; `last` is what the client has folded already.
    Hello {
        protocol: u32,
        session: SessionId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        last: Option<Position>,
    },
    /// `id` is made once for each action and kept when it is sent again; `sure` passes a warning of the personal-data guard.
    Do {
        id: CommandId,
        command: Command,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        sure: bool,
        /// For whom, of those who sit at one's device.
        #[serde(default, rename = "for", skip_serializing_if = "Option::is_none")]
        whom: Option<PersonId>,
    },
    /// A heartbeat that is answered by one.
    Here {},
}

/// A place in a session's history. The epoch changes when a backup is restored; then numbers mean something else.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Position {
    pub epoch: String,
    pub seq: i64,
}

/// From the server. Unknown fields are ignored.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServerFrame {
    /// With `room`, the client starts anew from it; without, it keeps its own and the gap follows, whole.
    Welcome {
        you: Participant,
        epoch: String,
        seq: i64,
        /// The server's clock, for the shared timer.
        at: Timestamp,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        room: Option<Box<Room>>,
    },
    /// Numbers follow one another without a gap. Without `event`, it was nothing that this viewer may see.
    Happened {
        seq: i64,
        /// The command that it came from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cause: Option<CommandId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        event: Option<Event>,
    },
    /// The command is on disk; `seq` is that of its last event, and the same for a repeat.
    Done { id: CommandId, seq: i64 },
    /// Without `id`, the frame itself could not be read.
    Refused {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<CommandId>,
        refusal: Refusal,
    },
    /// Who is connected now. `all` replaces what was known.
    People {
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        all: bool,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        here: Vec<Participant>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        gone: Vec<PersonId>,
    },
    /// The answer to a heartbeat.
    Here { at: Timestamp },
    /// The socket closes; come again after so many milliseconds, or not at all when there is no number.
    Bye {
        reason: ByeReason,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<u64>,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ByeReason {
    /// The server stops; another, or the same, will be there soon.
    Restart,
    /// The socket has lived long enough.
    Aged,
    /// Read too slowly.
    Slow,
    /// The sign-in is no longer valid.
    SignedOut,
    /// May no longer be in this session.
    Removed,
    /// Too many sockets.
    TooMany,
    /// Frames that cannot be read.
    Malformed,
    /// The page is older than what happens in the room: load it again.
    Reload,
    /// Something else that the server could not do.
    Failed,
}
