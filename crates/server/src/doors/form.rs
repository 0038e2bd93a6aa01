//! The form door: builds the JSON of a call from the pairs of a form by the call's schema, then does what the JSON door does.

use std::{future::Future, sync::Arc};

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use model::{
    access::{Action, Actor},
    address,
    endpoint::Endpoint,
    form,
    refusal::{Code, Refusal},
};

use super::{
    Drawn, Incoming, Sent, once,
    page::{Draw, Visit, form_state, html, refused},
    request::read,
    schema,
    verb::{Verb, perform, read_call},
};
use crate::{
    app::App,
    auth::digest,
    error::{Answer, Fault},
};

pub struct Form<V, D, T> {
    pub form: &'static str,
    pub page: &'static str,
    pub verb: V,
    pub draw: Arc<D>,
    pub then: T,
}

pub async fn answer<E, M, V, D, T>(State(app): State<App>, request: Request, form: Form<V, D, T>) -> Response
where
    E: Endpoint,
    M: 'static,
    V: Verb<E, M>,
    D: Draw,
    T: Fn(&E::Response, &Sent<'_>) -> String,
{
    let (incoming, pairs, answer) = take(&app, request, &form).await;
    let mut response = match answer {
        Ok(answer) => see_other(&(form.then)(&answer, &Sent { params: &incoming.params, pairs: &pairs })),
        Err(fault) => redraw::<E>(&app, &incoming, pairs, fault, form.page, &*form.draw).await,
    };
    incoming.out.write(response.headers_mut());
    response
}

/// Draws a page with an answer: `async fn fresh(app: App, visit: Visit, answer: Invitation) -> Drawn`.
pub trait Show<E: Endpoint>: Clone + Send + Sync + 'static {
    fn show(&self, app: App, visit: Visit, answer: E::Response) -> impl Future<Output = Drawn> + Send;
}

impl<E, F, Fut> Show<E> for F
where
    E: Endpoint,
    F: Fn(App, Visit, E::Response) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Drawn> + Send,
{
    fn show(&self, app: App, visit: Visit, answer: E::Response) -> impl Future<Output = Drawn> + Send {
        self(app, visit, answer)
    }
}

pub async fn answer_shown<E, M, V, D, S>(State(app): State<App>, request: Request, form: Form<V, D, S>) -> Response
where
    E: Endpoint,
    M: 'static,
    V: Verb<E, M>,
    D: Draw,
    S: Show<E>,
{
    let (incoming, pairs, answer) = take(&app, request, &form).await;
    match answer {
        Ok(answer) => {
            let visit = Visit::of(&app, &incoming, on_page(&incoming, form.page));
            let ctx = visit.ctx.clone();
            match form.then.show(app, visit, answer).await {
                Ok(markup) => html(StatusCode::OK, markup),
                Err(fault) => refused(&incoming, &ctx, &fault),
            }
        }
        Err(fault) => redraw::<E>(&app, &incoming, pairs, fault, form.page, &*form.draw).await,
    }
}

async fn take<E, M, V, D, T>(
    app: &App,
    request: Request,
    form: &Form<V, D, T>,
) -> (Incoming, Vec<(String, String)>, Answer<E>)
where
    E: Endpoint,
    M: 'static,
    V: Verb<E, M>,
{
    let (incoming, body, known) = Incoming::take(app, request, form.form).await;
    let pairs = match known {
        Ok(()) => pairs(&incoming, body).await,
        Err(fault) => Err(fault),
    };
    match pairs {
        Ok(pairs) => {
            let answer = done(app, &incoming, &pairs, &form.verb).await;
            (incoming, pairs, answer)
        }
        Err(fault) => (incoming, Vec::new(), Err(fault)),
    }
}

/// The address of the page that a form stands on.
fn on_page(incoming: &Incoming, page: &str) -> String {
    let params = incoming.params.iter().map(|(name, value)| (name.clone(), value.clone().into())).collect();
    address::path(page, &serde_json::Value::Object(params))
}

async fn pairs(incoming: &Incoming, body: Body) -> Result<Vec<(String, String)>, Fault> {
    if !incoming.is("application/x-www-form-urlencoded") {
        return Err(Code::Malformed.into());
    }
    let bytes = read(body).await?;
    let text = std::str::from_utf8(&bytes).ok().and_then(form::pairs);
    text.ok_or_else(|| Code::Malformed.into())
}

async fn done<E: Endpoint, M: 'static>(
    app: &App,
    incoming: &Incoming,
    pairs: &[(String, String)],
    verb: &impl Verb<E, M>,
) -> Answer<E> {
    // A sign-in may end while somebody types. They are asked to sign in again, whatever they may see, and their text stays.
    if matches!(incoming.caller.actor, Actor::Anonymous) && E::ACTION != Action::Visit {
        return Err(Code::SignInNeeded.into());
    }
    let part = |name: &str| incoming.params.iter().any(|(part, _)| part == name);
    if pairs.iter().any(|(name, _)| part(name)) {
        return Err(Refusal::of(Code::FieldUnknown).into());
    }
    let named = form::known(schema::<E>(), &incoming.params);
    let all: Vec<_> = named.into_iter().chain(pairs.iter().cloned()).collect();
    let value = form::from_pairs(schema::<E>(), &all)?;
    let own = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let key = incoming.caller.actor.person().zip(own("_key"));
    // The same page may be gone back to and another text sent from it: only the same text again is a repeat.
    let key = key.and_then(|(person, key)| {
        let key = format!("{key}.{}", &digest(&value.to_string())[..16]);
        once::Key::new::<E>(person, &key, &value)
    });
    let call = read_call::<E>(value, own("sure") == Some("on"))?;
    perform(app, incoming, key, verb, call).await
}

/// The page that the form stands on, with what was typed and why it was refused; or, where the reader may not have that page,
/// the page that says so.
pub async fn redraw<E: Endpoint>(
    app: &App,
    incoming: &Incoming,
    pairs: Vec<(String, String)>,
    fault: Fault,
    page: &'static str,
    draw: &impl Draw,
) -> Response {
    let mut visit = Visit::of(app, incoming, on_page(incoming, page));
    // What holds a secret is never sent back.
    let secret = |name: &str| ["password", "current", "new", "token"].contains(&name);
    let pairs = pairs.into_iter().filter(|(name, _)| !secret(name)).collect();
    let refusals = fault.refusals().cloned().unwrap_or_default();
    visit.ctx.form = Some(form_state(E::NAME, pairs, refusals));
    let ctx = visit.ctx.clone();
    // Whoever has to sign in first, or finds the place archived meanwhile, has no such form any more: the page that says so
    // keeps what they typed.
    let gone = |code: Code| matches!(code, Code::SignInNeeded | Code::Archived);
    let says_all = fault.refusals().is_none_or(|refusals| refusals.0.iter().any(|refusal| gone(refusal.code)));
    if says_all {
        return refused(incoming, &ctx, &fault);
    }
    match draw.draw(app.clone(), visit).await {
        Ok(markup) => html(StatusCode::from_u16(fault.status()).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY), markup),
        Err(_) => refused(incoming, &ctx, &fault),
    }
}

pub fn see_other(to: &str) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    let to = HeaderValue::try_from(to).unwrap_or(HeaderValue::from_static("/"));
    response.headers_mut().insert(header::LOCATION, to);
    response
}
