//! Typed identifiers.
//!
//! Every id is a UUIDv7 (RFC 9562, section 5.7): sortable by the time of its making, and not a secret, since its time
//! can be guessed. In JSON, in addresses and in the database it is 36 characters of canonical lower-case text.

use std::{borrow::Cow, fmt, str::FromStr};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use uuid::Uuid;

/// Any of the id types below, for the one place that makes new ids.
pub trait Id: Copy {
    fn from_uuid(uuid: Uuid) -> Self;
}

/// Declares id types, one for each noun, that cannot be mistaken for one another.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Uuid);

        impl $name {
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl Id for $name {
            fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.as_hyphenated().fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                parse(text).map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                out.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = Cow::<str>::deserialize(from)?;
                text.parse().map_err(de::Error::custom)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn inline_schema() -> bool {
                true
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "format": "uuid" })
            }
        }
    )* };
}

ids! {
    PersonId,
    /// A device on which a person is signed in; never a live session.
    SignInId,
    NetworkId,
    SchoolId,
    TeamId,
    InvitationId,
    SpaceId,
    ProblemId,
    ResponseId,
    PracticeId,
    /// A file attached to a problem or a practice.
    FileId,
    /// A live session.
    SessionId,
    /// Sessions planned together.
    SeriesId,
    /// One step of a session's agenda.
    StepId,
    /// A plan by which sessions are planned.
    PlanId,
    /// Made by the client once for each action; a repeat of it gets the first answer.
    CommandId,
    MessageId,
    /// What was agreed that somebody does.
    ActionItemId,
    /// What people agreed upon by consent.
    AgreementId,
    /// A question that everyone in a room answers at once.
    PollId,
    /// Cards in columns.
    BoardId,
    CardId,
    /// Cards of a board that belong together.
    GroupId,
    /// Anything that can be reported or hidden: the same text as the id of its kind.
    ItemId,
    ReportId,
    HidingId,
    RedactionId,
    ConnectionId,
}

/// The text is not a UUID in canonical lower-case form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnId;

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an id: expected a UUID in canonical lower-case text")
    }
}

impl std::error::Error for NotAnId {}

/// Only the canonical form is an id, so that one thing has one address and one cache key.
fn parse(text: &str) -> Result<Uuid, NotAnId> {
    let canonical = text.len() == 36 && !text.bytes().any(|byte| byte.is_ascii_uppercase());
    if !canonical {
        return Err(NotAnId);
    }
    Uuid::try_parse(text).map_err(|_| NotAnId)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_one_spelling() {
        let text = "0192f0c1-2b3c-7d4e-8f50-0123456789ab";
        assert_eq!(text.parse::<TeamId>().unwrap().to_string(), text);
        for other in [
            "0192F0C1-2B3C-7D4E-8F50-0123456789AB",
            "0192f0c12b3c7d4e8f500123456789ab",
            "{0192f0c1-2b3c-7d4e-8f50-0123456789ab}",
            "0192f0c1-2b3c-7d4e-8f50-0123456789a",
            "",
        ] {
            assert_eq!(other.parse::<TeamId>(), Err(NotAnId), "{other:?}");
        }
    }
}
