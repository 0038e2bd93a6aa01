//! What browsers report of the content security policy: counted by directive, and nothing else of it is kept or logged.
//!
//! Anybody can send such a report, so that a number that grows is a reason to look, not a proof.

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, StatusCode},
    response::{IntoResponse, Response},
    routing::post,
};
use http_body_util::{BodyExt, Limited};
use serde_json::Value;

use crate::{app::App, doors::Came};

/// Where reports are sent: named by the policy, and by `Reporting-Endpoints`.
pub const PATH: &str = "/csp";
/// The header that tells browsers of it.
pub const ENDPOINTS: HeaderValue = HeaderValue::from_static("csp=\"/csp\"");

/// The most bytes of one sending, and the most reports of one that are counted.
const BODY: usize = 16 << 10;
const REPORTS: usize = 20;

/// The directives of our policy; any other word of a report is counted as `other`, since whoever sends it may write what they like.
const DIRECTIVES: [&str; 15] = [
    "default-src",
    "script-src",
    "script-src-elem",
    "script-src-attr",
    "style-src",
    "style-src-elem",
    "style-src-attr",
    "img-src",
    "font-src",
    "connect-src",
    "worker-src",
    "form-action",
    "base-uri",
    "require-trusted-types-for",
    "trusted-types",
];

pub fn router() -> Router<App> {
    Router::new().route(PATH, post(take))
}

/// 204 for a report, 413 for a large one, 422 for what is none, 429 for too many from one address.
async fn take(State(app): State<App>, request: Request) -> Response {
    let came = request.extensions().get::<Came>().cloned().unwrap_or_default();
    let now = app.now();
    if app.throttle.report(came.ip, now).is_err() {
        return StatusCode::TOO_MANY_REQUESTS.into_response();
    }
    let body = match read(request.into_body()).await {
        Ok(body) => body,
        Err(status) => return status.into_response(),
    };
    let Some(found) = directives(&body) else { return StatusCode::UNPROCESSABLE_ENTITY.into_response() };
    for directive in found {
        app.metrics.violated(directive);
    }
    StatusCode::NO_CONTENT.into_response()
}

async fn read(body: Body) -> Result<Value, StatusCode> {
    match Limited::new(body, BODY).collect().await {
        Ok(read) => serde_json::from_slice(&read.to_bytes()).map_err(|_| StatusCode::UNPROCESSABLE_ENTITY),
        Err(error) if error.is::<http_body_util::LengthLimitError>() => Err(StatusCode::PAYLOAD_TOO_LARGE),
        Err(_) => Err(StatusCode::BAD_REQUEST),
    }
}

/// By the Reporting API a list of reports with camel-case names, by `report-uri` one with hyphens; none where it is neither.
fn directives(body: &Value) -> Option<Vec<&'static str>> {
    let known = |named: &Value| {
        let word = named.as_str()?.split(' ').next().unwrap_or_default();
        Some(DIRECTIVES.into_iter().find(|known| *known == word).unwrap_or("other"))
    };
    if let Value::Array(reports) = body {
        let of_policy = reports.iter().filter(|report| report["type"] == "csp-violation").take(REPORTS);
        return of_policy.map(|report| known(&report["body"]["effectiveDirective"])).collect();
    }
    let report = body.get("csp-report")?;
    let named = report.get("effective-directive").or(report.get("violated-directive"))?;
    known(named).map(|directive| vec![directive])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn both_kinds_of_report_are_read_by_their_directive_alone() {
        let report = |directive: &str| json!({ "type": "csp-violation", "body": { "effectiveDirective": directive, "sample": "x" } });
        let new = json!([report("script-src-elem"), { "type": "deprecation", "body": {} }, report("Petras Petraitis")]);
        assert_eq!(directives(&new), Some(vec!["script-src-elem", "other"]));
        let old = json!({ "csp-report": { "violated-directive": "img-src https://x.example" } });
        assert_eq!(directives(&old), Some(vec!["img-src"]));
        assert_eq!(directives(&Value::Array(vec![report("img-src"); 500])).unwrap().len(), REPORTS);
        for none in [json!({}), json!("x"), json!([{ "type": "csp-violation" }]), json!({ "csp-report": {} })] {
            assert_eq!(directives(&none), None, "{none}");
        }
    }
}
