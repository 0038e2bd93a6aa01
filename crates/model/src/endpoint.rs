//! A call of the HTTP API is a type: its fields are the request, its constants the address, its `Response` the answer.
//!
//! The server mounts it, the client calls it, and the OpenAPI document lists it. Names in the braces of `PATH` are fields of the
//! call; the others travel in the body of a POST, PUT or PATCH and in the query of a GET or DELETE.

use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};

use crate::access::Action;

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
