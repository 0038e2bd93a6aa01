//! The page door: HTML for a reader.

use std::{future::Future, net::IpAddr, pin::Pin, sync::Arc};

use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use maud::Markup;
use model::{access::Actor, address, endpoint::Endpoint, form, ids::SignInId, refusal::Code};
use pages::{Context, FormState, Theme};

use super::{Drawn, Incoming, json::retry_after, schema, verb::read_call};
use crate::{
    app::{App, random},
    assets,
    auth::{cookie, hex},
    error::Fault,
    http::{cache, keep},
};

/// A reader at a page.
#[derive(Clone)]
pub struct Visit {
    pub actor: Actor,
    pub sign_in: Option<SignInId>,
    pub ip: IpAddr,
    pub ctx: Context,
    pub params: Vec<(String, String)>,
    pub query: Vec<(String, String)>,
}

impl Visit {
    pub fn of(app: &App, incoming: &Incoming, path: String) -> Self {
        let choice = |name: &str| cookie(&incoming.headers, name);
        let query = form::pairs(incoming.uri.query().unwrap_or_default()).unwrap_or_default();
        let ctx = Context {
            lang: incoming.lang,
            theme: choice("tema").and_then(Theme::from_key).unwrap_or_default(),
            actor: incoming.caller.actor.clone(),
            acting: choice("komanda").and_then(|team| team.parse().ok()),
            path,
            origin: app.config.origin().to_owned(),
            form: None,
            key: incoming.caller.actor.me().map(|_| hex(&random::<16>())),
            done: None,
            read_only: app.disk.is_full(),
            files: app.files.settings.limits,
            redactions: Vec::new(),
            redact: None,
            assets: assets::for_pages(),
        };
        Self {
            actor: incoming.caller.actor.clone(),
            sign_in: incoming.caller.sign_in,
            ip: incoming.came.ip,
            ctx,
            params: incoming.params.clone(),
            query,
        }
    }

    /// The call that the page's address stands for; names in the query that the call does not know are ignored.
    ///
    /// # Errors
    /// `missing` when a part of the path is none, what [`model::check`] refuses in the query.
    pub fn call<E: Endpoint>(&self) -> Result<E, Fault> {
        let schema = schema::<E>();
        let pairs: Vec<_> = self.params.iter().cloned().chain(form::known(schema, &self.query)).collect();
        let value = form::from_pairs(schema, &form::known(schema, &pairs))?;
        read_call(value, true).map_err(|refusals| {
            let of_path = |field: &Option<String>| {
                field.as_ref().is_some_and(|field| self.params.iter().any(|(name, _)| name == field))
            };
            match refusals.0.iter().any(|refusal| of_path(&refusal.field)) {
                true => Fault::missing(),
                false => refusals.into(),
            }
        })
    }

    /// A part of the page's path.
    ///
    /// # Errors
    /// `missing` when it does not read as `T`.
    pub fn param<T: std::str::FromStr>(&self, name: &str) -> Result<T, Fault> {
        let found = self.params.iter().find(|(key, _)| key == name);
        found.and_then(|(_, value)| value.parse().ok()).ok_or_else(|| Code::Missing.into())
    }

    pub fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// `async fn page(app: App, visit: Visit) -> Result<Markup, Fault>`.
pub trait Draw: Send + Sync + 'static {
    fn draw(&self, app: App, visit: Visit) -> Pin<Box<dyn Future<Output = Drawn> + Send>>;
}

impl<F, Fut> Draw for F
where
    F: Fn(App, Visit) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Drawn> + Send + 'static,
{
    fn draw(&self, app: App, visit: Visit) -> Pin<Box<dyn Future<Output = Drawn> + Send>> {
        Box::pin(self(app, visit))
    }
}

pub async fn answer(
    State(app): State<App>,
    request: Request,
    at: &'static str,
    draw: Arc<impl Draw>,
    public: bool,
) -> Response {
    let version = app.content.version();
    let (incoming, _, known) = Incoming::take(&app, request, at).await;
    let path = incoming.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
    let visit = Visit::of(&app, &incoming, path);
    let ctx = visit.ctx.clone();
    let drawn = match known {
        Ok(()) => draw.draw(app.clone(), visit).await,
        Err(fault) => Err(fault),
    };
    match drawn {
        Ok(markup) if public && matches!(incoming.caller.actor, Actor::Anonymous) => {
            cache::keep_and_answer(&app, &incoming, version, markup).await
        }
        Ok(markup) => {
            let mut response = cache::answer_once(&incoming.headers, markup).await;
            if let Some(tag) = keep::tag(&incoming.caller, at, app.redactions.number()) {
                response.headers_mut().insert(keep::KEPT, tag);
            }
            response
        }
        Err(fault) => refused(&incoming, &ctx, &fault),
    }
}

/// The page that tells why there is none.
pub fn refused(incoming: &Incoming, ctx: &Context, fault: &Fault) -> Response {
    let request_id = &incoming.came.request_id;
    let typed = ctx.form.as_ref().map_or(&[][..], |form| &form.pairs);
    let markup = match fault {
        Fault::Refused(refusals) => pages::errors::refused(ctx, refusals, typed),
        Fault::Failed(error) => {
            tracing::error!(request_id = &**request_id, error = format!("{error:#}"), "failed");
            pages::errors::failed(ctx, request_id, typed)
        }
        Fault::Moved(_) => Markup::default(),
    };
    let status = StatusCode::from_u16(fault.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = html(status, markup);
    if let Fault::Moved(to) = fault
        && let Ok(to) = HeaderValue::try_from(to)
    {
        response.headers_mut().insert(header::LOCATION, to);
    }
    if let Some(seconds) = fault.refusals().and_then(retry_after) {
        response.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    response
}

pub fn html(status: StatusCode, markup: Markup) -> Response {
    let mut response = Response::new(markup.into_string().into());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response
}

/// `path` if it leads to a page of this site, whatever a browser makes of slashes, backslashes, tabs and the like.
pub fn local_path(path: &str) -> Option<&str> {
    let local = path.starts_with('/')
        && !path.starts_with("//")
        && path.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'"' | b'<' | b'>'))
        && !path.starts_with(address::BASE);
    local.then_some(path)
}

/// The state of a refused form.
pub fn form_state(call: &'static str, pairs: Vec<(String, String)>, refusals: model::refusal::Refusals) -> FormState {
    FormState { call, pairs: form::renumber(&pairs), refusals }
}

#[cfg(test)]
mod tests {
    use super::local_path;

    #[test]
    fn a_way_back_stays_on_this_site() {
        for good in ["/", "/erdves?x=1", "/praktikos/%C4%85"] {
            assert_eq!(local_path(good), Some(good));
        }
        for bad in [
            "",
            "//x.lt",
            "/\\x.lt",
            "https://x.lt",
            "/\t/x.lt",
            "javascript:alert(1)",
            "/a\r\nb",
            "/api/v1/me",
            "\\\\x",
        ] {
            assert_eq!(local_path(bad), None, "{bad}");
        }
    }
}
