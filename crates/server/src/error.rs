//! Faults: refusals, which the reader is told, and failures, which the operator reads once, under the request id that the reader sees.

use model::{
    access::Denial,
    endpoint::Endpoint,
    refusal::{Code, Refusal, Refusals},
};

/// What a verb answers.
pub type Answer<E> = Result<<E as Endpoint>::Response, Fault>;

#[derive(Debug)]
pub enum Fault {
    Refused(Refusals),
    Failed(anyhow::Error),
    /// A page that stands at another address now, for good.
    Moved(String),
}

impl Fault {
    pub fn missing() -> Self {
        Refusal::of(Code::Missing).into()
    }

    /// What the reader is told; a failure tells no more than that there was one.
    pub fn refusals(&self) -> Option<&Refusals> {
        match self {
            Fault::Refused(refusals) => Some(refusals),
            Fault::Failed(_) | Fault::Moved(_) => None,
        }
    }

    /// Whether it is this one refusal.
    pub fn is(&self, code: Code) -> bool {
        self.refusals().is_some_and(|refusals| refusals.0.len() == 1 && refusals.0[0].code == code)
    }

    pub fn status(&self) -> u16 {
        match self {
            Fault::Moved(_) => 308,
            _ => self.refusals().map_or(500, Refusals::status),
        }
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Fault::Refused(refusal.into())
    }
}

impl From<Refusals> for Fault {
    fn from(refusals: Refusals) -> Self {
        Fault::Refused(refusals)
    }
}

impl From<Code> for Fault {
    fn from(code: Code) -> Self {
        Refusal::of(code).into()
    }
}

impl From<Denial> for Fault {
    fn from(denial: Denial) -> Self {
        Refusal::of(denial.code()).into()
    }
}

impl From<db::Error> for Fault {
    fn from(error: db::Error) -> Self {
        match error {
            db::Error::DiskFull { .. } => {
                tracing::error!(%error, "the disk of the database is full");
                Refusal::of(Code::DiskFull).into()
            }
            db::Error::Unavailable { .. } => {
                tracing::error!(%error, "the database is not available");
                Refusal::of(Code::Unavailable).fact("seconds", 5).into()
            }
            db::Error::Serialization { .. } => Refusal::of(Code::Unavailable).fact("seconds", 1).into(),
            other => Fault::Failed(other.into()),
        }
    }
}

impl From<anyhow::Error> for Fault {
    fn from(error: anyhow::Error) -> Self {
        Fault::Failed(error)
    }
}

/// `find(..).await?.or_missing()?`: not there, or not for this reader to see.
pub trait OrMissing<T> {
    fn or_missing(self) -> Result<T, Fault>;
}

impl<T> OrMissing<T> for Option<T> {
    fn or_missing(self) -> Result<T, Fault> {
        self.ok_or_else(Fault::missing)
    }
}
