//! A call of the HTTP API is a type: its fields are the request, its constants the address, its `Response` the answer.
//!
//! The server mounts it, the client calls it, and the OpenAPI document lists it. Names in the braces of `PATH` are fields of the
//! call; the others travel in the body of a POST, PUT or PATCH and in the query of a GET or DELETE.

use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::{access::Action, refusal::Refusals};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    Get,
    Post,
    Put,
    Delete,
}

impl Method {
    pub const fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Delete => "DELETE",
        }
    }

    pub const fn has_body(self) -> bool {
        matches!(self, Method::Post | Method::Put)
    }
}

/// What a body holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Carries {
    Json,
    /// A file as it is. The fields of the call that are not in its path stand in the query then.
    Bytes,
}

pub trait Endpoint: Serialize + DeserializeOwned + JsonSchema + Send + Sync + 'static {
    const NAME: &'static str;
    const METHOD: Method;
    /// Below `/api/v1`, starting with `/`.
    const PATH: &'static str;
    /// What `may` is asked before the call is done.
    const ACTION: Action;
    /// The body of the request, when the method has one.
    const SENDS: Carries = Carries::Json;
    const ANSWERS: Carries = Carries::Json;
    type Response: Serialize + DeserializeOwned + JsonSchema + Send + Sync + 'static;

    /// What the rules of the call will refuse beside what its schema refuses in `value`, as far as can be read: told with it, so
    /// that a form is corrected in one go.
    fn lacks(_value: &Value) -> Refusals {
        Refusals::default()
    }
}

/// The text in `value` as far as it can be read, with a title of our own: its other parts may all be missing, and those that cannot be
/// read are.
pub(crate) fn readable<T: DeserializeOwned>(value: Option<&Value>) -> Option<T> {
    let titled = |part: Option<(&String, &Value)>| -> Map<String, Value> {
        let part = part.map(|(name, part)| (name.clone(), part.clone()));
        part.into_iter().chain([("title".to_owned(), Value::from("–"))]).collect()
    };
    let read = |fields: Map<String, Value>| serde_json::from_value::<T>(Value::Object(fields)).ok();
    let mut kept = titled(None);
    for part in value.and_then(Value::as_object).into_iter().flatten() {
        if part.0 != "title" && read(titled(Some(part))).is_some() {
            kept.insert(part.0.clone(), part.1.clone());
        }
    }
    read(kept)
}

/// `endpoint!(Post "/spaces/{space}/problems" PostProblem, Action::Post => Problem);`
#[macro_export]
macro_rules! endpoint {
    // The body is a file.
    ($method:ident bytes $path:literal $call:ident, $action:expr => $response:ty) => {
        impl $crate::endpoint::Endpoint for $call {
            const NAME: &'static str = stringify!($call);
            const METHOD: $crate::endpoint::Method = $crate::endpoint::Method::$method;
            const PATH: &'static str = $path;
            const ACTION: $crate::access::Action = $action;
            const SENDS: $crate::endpoint::Carries = $crate::endpoint::Carries::Bytes;
            type Response = $response;
        }
    };
    // The answer is a file.
    ($method:ident $path:literal $call:ident, $action:expr => bytes) => {
        impl $crate::endpoint::Endpoint for $call {
            const NAME: &'static str = stringify!($call);
            const METHOD: $crate::endpoint::Method = $crate::endpoint::Method::$method;
            const PATH: &'static str = $path;
            const ACTION: $crate::access::Action = $action;
            const ANSWERS: $crate::endpoint::Carries = $crate::endpoint::Carries::Bytes;
            type Response = $crate::endpoint::Done;
        }
    };
    ($method:ident $path:literal $call:ident, $action:expr => $response:ty) => {
        impl $crate::endpoint::Endpoint for $call {
            const NAME: &'static str = stringify!($call);
            const METHOD: $crate::endpoint::Method = $crate::endpoint::Method::$method;
            const PATH: &'static str = $path;
            const ACTION: $crate::access::Action = $action;
            type Response = $response;
        }
    };
    // Rules of what is written in it are told with what its schema refuses.
    ($method:ident $path:literal $call:ident, $action:expr => $response:ty, lacks $lacks:path) => {
        impl $crate::endpoint::Endpoint for $call {
            const NAME: &'static str = stringify!($call);
            const METHOD: $crate::endpoint::Method = $crate::endpoint::Method::$method;
            const PATH: &'static str = $path;
            const ACTION: $crate::access::Action = $action;
            type Response = $response;

            fn lacks(value: &serde_json::Value) -> $crate::refusal::Refusals {
                $lacks(value)
            }
        }
    };
}

/// The answer of a call that has nothing to tell.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize, JsonSchema)]
pub struct Done {}

/// One page of a list; `next` is given back as `cursor` for the page that follows, and is absent on the last one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, serde::Deserialize, JsonSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}
