//! The description of the API, made of the very calls that are mounted. It is public on purpose.

use std::sync::LazyLock;

use axum::{
    Router,
    body::Bytes,
    http::{HeaderValue, header},
    response::IntoResponse,
    routing::get,
};
use pages::address::template;

use crate::app::App;

/// Made at the first question: most runs of the server never hear one.
static DOCUMENT: LazyLock<Bytes> = LazyLock::new(|| {
    let document = model::openapi::document("Tinklaveika", env!("CARGO_PKG_VERSION"), &crate::routes().calls);
    document.to_string().into()
});

pub fn router() -> Router<App> {
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    Router::new().route(
        template::api,
        get(move || async move { ([(header::CONTENT_TYPE, kind)], DOCUMENT.clone()).into_response() }),
    )
}
