//! Verbs: `async fn post(app: App, actor: Actor, call: PostProblem) -> Answer<PostProblem>`.

use std::{future::Future, net::IpAddr, pin::Pin};

use axum::http::{HeaderName, HeaderValue, header};
use model::{
    access::{Action, Actor, Facts, may},
    endpoint::{Endpoint, Method},
    ids::SignInId,
    refusal::{Code, Refusals},
};
use serde_json::Value;
use text::Lang;

use super::{Incoming, once, request::Out, schema};
use crate::{
    app::App,
    disk,
    error::{Answer, Fault},
};

/// More of the door than the actor, for the few verbs that sign in and out.
#[derive(Clone)]
pub struct Door {
    pub actor: Actor,
    pub sign_in: Option<SignInId>,
    pub ip: IpAddr,
    pub lang: Lang,
    /// What the browser calls itself.
    pub agent: String,
    out: Out,
}

impl Door {
    pub fn set(&self, name: HeaderName, value: HeaderValue) {
        self.out.add(name, value);
    }

    pub fn of(incoming: &Incoming) -> Self {
        let agent = incoming.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Self {
            actor: incoming.caller.actor.clone(),
            sign_in: incoming.caller.sign_in,
            ip: incoming.came.ip,
            lang: incoming.lang,
            agent: agent.chars().take(400).collect(),
            out: incoming.out.clone(),
        }
    }
}

type Doing<E> = Pin<Box<dyn Future<Output = Answer<E>> + Send>>;

/// A function that does a call: of an app, an [`Actor`] or a [`Door`], and the call.
pub trait Verb<E: Endpoint, Takes>: Clone + Send + Sync + 'static {
    fn call(&self, app: App, door: Door, call: E) -> Doing<E>;
}

impl<E, F, Fut> Verb<E, Actor> for F
where
    E: Endpoint,
    F: Fn(App, Actor, E) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Answer<E>> + Send + 'static,
{
    fn call(&self, app: App, door: Door, call: E) -> Doing<E> {
        Box::pin(self(app, door.actor, call))
    }
}

impl<E, F, Fut> Verb<E, Door> for F
where
    E: Endpoint,
    F: Fn(App, Door, E) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Answer<E>> + Send + 'static,
{
    fn call(&self, app: App, door: Door, call: E) -> Doing<E> {
        Box::pin(self(app, door, call))
    }
}

/// The call that a checked value stands for.
///
/// # Errors
/// All that [`model::check`] refuses, with what the call [lacks](Endpoint::lacks) elsewhere; `malformed` for what only serde refuses.
pub fn read_call<E: Endpoint>(value: Value, sure: bool) -> Result<E, Refusals> {
    let mut refusals = model::check::check(schema::<E>(), &value, sure);
    if !refusals.0.is_empty() {
        // Told already: of the field itself, of a part of it, or of what it would stand in.
        let told = |field: &str| {
            let within = |whole: &str, part: &str| {
                part.strip_prefix(whole).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            };
            let known = refusals.0.iter().filter_map(|known| known.field.as_deref());
            known.into_iter().any(|known| within(field, known) || within(known, field))
        };
        let more = E::lacks(&value).0.into_iter().filter(|more| !more.field.as_deref().is_some_and(told));
        let more: Vec<_> = more.collect();
        refusals.0.extend(more);
        return Err(refusals);
    }
    serde_json::from_value(value).map_err(|_| model::refusal::Refusal::of(Code::Malformed).into())
}

/// Does a call for whoever came. A write runs in a task of its own: it never hangs on the browser's patience.
pub async fn perform<E: Endpoint, M: 'static>(
    app: &App,
    incoming: &Incoming,
    key: Option<once::Key>,
    verb: &impl Verb<E, M>,
    call: E,
) -> Answer<E> {
    let actor = &incoming.caller.actor;
    // What concerns the site or oneself is decided here; a subject's facts are known to the verb alone.
    if matches!(E::ACTION, Action::Visit | Action::OwnRead | Action::OwnAccount | Action::Administer) {
        may(actor, E::ACTION, &Facts::Site)?;
    }
    let door = Door::of(incoming);
    if E::METHOD == Method::Get {
        return verb.call(app.clone(), door, call).await.inspect_err(|fault| disk::note(app, fault));
    }
    if let Some(person) = actor.person() {
        app.throttle.write(person, app.now())?;
    }
    let doing = once::under(app.clone(), key, verb.call(app.clone(), door, call));
    let answer = tokio::spawn(doing).await.map_err(|error| Fault::Failed(anyhow::anyhow!("{}: {error}", E::NAME)))?;
    match &answer {
        Ok(_) => app.content.changed(),
        Err(fault) => disk::note(app, fault),
    }
    answer
}
