//! What a session writes together: the text as it was last saved, who wrote what, and what it said before. The writing goes over a socket of
//! its own (`docs/live-protocol.md`).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{access::Action, endpoint, ids::*, sessions::SessionCard, time::Timestamp};

/// `GET /sessions/{session}/notes/text`: as they were last saved; empty when nothing was written.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReadNotes {
    pub session: SessionId,
}
endpoint!(Get "/sessions/{session}/notes/text" ReadNotes, Action::ReadRecord => NotesPage);

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NotesPage {
    pub card: SessionCard,
    /// The whole text, in order. Joined they are the text.
    pub passages: Vec<NotesPassage>,
    /// When the last of it was saved; none when nothing was written.
    pub at: Option<Timestamp>,
    /// Whether the reader may write in it now.
    pub may_write: bool,
    /// Whether the reader may bring back what it said before.
    pub may_restore: bool,
}

impl NotesPage {
    pub fn text(&self) -> String {
        self.passages.iter().map(|passage| &*passage.text).collect()
    }
}

/// What follows one another in the text and was written by one person.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NotesPassage {
    pub by: Option<PersonId>,
    /// Empty once they have left.
    pub name: String,
    pub text: String,
}

/// `GET /sessions/{session}/notes/states`: what the text said, at most once in five minutes of writing and when the last one left; the
/// latest 50, the latest first.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ListNoteStates {
    pub session: SessionId,
}
endpoint!(Get "/sessions/{session}/notes/states" ListNoteStates, Action::ReadRecord => Vec<NoteState>);

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NoteState {
    pub number: i64,
    pub at: Timestamp,
    pub text: String,
}

/// `POST /sessions/{session}/notes/restore`: the text becomes what the state `number` says, by an edit; what it says now is a state after
/// it. `field.wrong` at `number` when there is no such state, `session.state` once the session is closed or cancelled.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RestoreNotes {
    pub session: SessionId,
    pub number: i64,
}
endpoint!(Post "/sessions/{session}/notes/restore" RestoreNotes, Action::Facilitate => NotesPage);
