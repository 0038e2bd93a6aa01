//! What the server and a client tell one another beside the protocol of the text.

use serde::{Deserialize, Serialize};

use crate::Wrong;

/// One JSON a message. Fields that are not known are passed over.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// First of all, from the server.
    Welcome {
        /// When it is another than the copy at hand is of, that copy is not to be merged: it is begun anew.
        epoch: String,
        /// The person that the server takes one for.
        person: String,
        /// Whether what one writes is taken.
        writes: bool,
        /// Characters that the text may have.
        limit: usize,
    },
    /// Whose client ids are whose. An empty name is of one who has left.
    Authors { authors: Vec<Author> },
    /// So many of the updates that this socket has sent are on disk, counted from its beginning.
    Saved { updates: u64 },
    /// The update was not taken, nor is any that follows of the same client id: begin anew from the server's text, under another id. The
    /// sentence of `code` is in the crate `text`.
    Refused {
        code: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        facts: Vec<(String, String)>,
        /// Whether [`Told::Sure`] lets it pass.
        passable: bool,
    },
    /// Writing has ended or begun.
    Writes { writes: bool },
    /// The socket closes; come again after so many milliseconds, or not at all without a number.
    Bye {
        reason: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<u64>,
    },
    /// From a client: what was refused last, and could be passed, is meant so.
    Sure {},
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Author {
    pub client: u64,
    pub person: String,
    pub name: String,
}

/// # Errors
/// `Unreadable` for what is none of these.
pub fn read(text: &str) -> Result<Told, Wrong> {
    serde_json::from_str(text).map_err(|_| Wrong::Unreadable)
}

impl Told {
    pub fn message(&self) -> Vec<u8> {
        crate::Message::Told(&serde_json::to_string(self).unwrap_or_default()).write()
    }
}
