//! A verb is one function with two doors: JSON under `/api/v1`, and a form under the page's own address. A door reads, checks and
//! answers; what is done stands in the verb alone.

mod form;
mod json;
pub mod once;
mod page;
mod request;
mod schema;
mod verb;

use std::sync::Arc;

use axum::{
    Router,
    handler::Handler,
    routing::{MethodRouter, delete, get, post, put},
};
use maud::Markup;
use model::{
    address,
    endpoint::{Endpoint, Method},
};

pub use form::{redraw, see_other};
pub use json::{answered, problem, problem_for};
pub use page::{Visit, local_path, refused};
pub use request::{Came, Incoming, language};
pub use schema::schema;
pub use verb::{Door, Verb, read_call};

use crate::{app::App, error::Fault};

/// The calls, forms and pages of a noun, or of all of them.
#[derive(Default)]
pub struct Routes {
    pub router: Router<App>,
    pub calls: Vec<model::openapi::CallInfo>,
    /// The addresses of pages, as templates.
    pub pages: Vec<&'static str>,
    /// The addresses that forms are posted to, as templates.
    pub forms: Vec<&'static str>,
}

/// What was sent through a form: the parts of its address and its fields.
pub struct Sent<'a> {
    pub params: &'a [(String, String)],
    pub pairs: &'a [(String, String)],
}

impl Sent<'_> {
    pub fn get(&self, name: &str) -> Option<&str> {
        let pairs = self.params.iter().chain(self.pairs);
        pairs.into_iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

impl Routes {
    pub fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn merge(mut self, other: Routes) -> Self {
        self.router = self.router.merge(other.router);
        self.calls.extend(other.calls);
        self.pages.extend(other.pages);
        self.forms.extend(other.forms);
        self
    }

    /// Mounts a verb as JSON at its own method and path.
    #[must_use]
    pub fn call<E: Endpoint, M: 'static>(mut self, verb: impl Verb<E, M>) -> Self {
        let handler = move |app, request| json::answer(app, request, verb);
        let route: MethodRouter<App> = match E::METHOD {
            Method::Get => get(handler),
            Method::Post => post(handler),
            Method::Put => put(handler),
            Method::Delete => delete(handler),
        };
        self.router = self.router.route(&numbered(&format!("{}{}", address::BASE, E::PATH)), route);
        self.calls.push(model::openapi::CallInfo::of::<E>());
        self
    }

    /// Mounts a call whose body or answer is a file: `door` reads and answers by itself.
    #[must_use]
    pub fn bytes<E: Endpoint, H: Handler<T, App>, T: 'static>(mut self, door: H) -> Self {
        let route: MethodRouter<App> = match E::METHOD {
            Method::Get => get(door),
            Method::Post => post(door),
            Method::Put => put(door),
            Method::Delete => delete(door),
        };
        self.router = self.router.route(&numbered(&format!("{}{}", address::BASE, E::PATH)), route);
        self.calls.push(model::openapi::CallInfo::of::<E>());
        self
    }

    /// Mounts a form that holds a file, with a door of its own.
    #[must_use]
    pub fn posted<H: Handler<T, App>, T: 'static>(mut self, form: &'static str, door: H) -> Self {
        self.router = self.router.route(&numbered(form), post(door));
        self.forms.push(form);
        self
    }

    /// Mounts a file at an address beside the pages.
    #[must_use]
    pub fn file<H: Handler<T, App>, T: 'static>(mut self, at: &'static str, door: H) -> Self {
        self.router = self.router.route(&numbered(at), get(door));
        self
    }

    /// Mounts a verb as a form that is posted to `form`. Once done, the reader is led to what `then` says; a refused form is drawn
    /// again with all that was typed, by the page that stands at `page`.
    #[must_use]
    pub fn form<E, M, F>(
        mut self,
        form: &'static str,
        page: &'static str,
        verb: impl Verb<E, M>,
        draw: F,
        then: impl Fn(&E::Response, &Sent<'_>) -> String + Clone + Send + Sync + 'static,
    ) -> Self
    where
        E: Endpoint,
        M: 'static,
        F: page::Draw,
    {
        let draw = Arc::new(draw);
        let handler = move |app, request| form::answer(app, request, form::Form { form, page, verb, draw, then });
        self.router = self.router.route(&numbered(form), post(handler));
        self.forms.push(form);
        self
    }

    /// Like [`Routes::form`], for the rare answer that is shown once and kept nowhere: `show` draws the page with it.
    #[must_use]
    pub fn form_shown<E, M, F, S>(
        mut self,
        form: &'static str,
        page: &'static str,
        verb: impl Verb<E, M>,
        draw: F,
        show: S,
    ) -> Self
    where
        E: Endpoint,
        M: 'static,
        F: page::Draw,
        S: form::Show<E>,
    {
        let draw = Arc::new(draw);
        let handler =
            move |app, request| form::answer_shown(app, request, form::Form { form, page, verb, draw, then: show });
        self.router = self.router.route(&numbered(form), post(handler));
        self.forms.push(form);
        self
    }

    /// Mounts a page that depends on who reads it.
    #[must_use]
    pub fn page(self, at: &'static str, draw: impl page::Draw) -> Self {
        self.mount(at, draw, false)
    }

    /// Mounts a page that is the same for all anonymous readers until something changes: it is kept compressed for them.
    #[must_use]
    pub fn public_page(self, at: &'static str, draw: impl page::Draw) -> Self {
        self.mount(at, draw, true)
    }

    fn mount(mut self, at: &'static str, draw: impl page::Draw, public: bool) -> Self {
        let draw = Arc::new(draw);
        let handler = move |app, request| page::answer(app, request, at, draw, public);
        self.router = self.router.route(&numbered(at), get(handler));
        self.pages.push(at);
        self
    }
}

/// The template as the router takes it: two templates that name a part differently are one place to it, and the names are
/// read by [`address::split`] anyway.
pub fn numbered(template: &str) -> String {
    let part = |(place, segment): (usize, &str)| match segment.starts_with('{') {
        true => format!("{{p{place}}}"),
        false => segment.to_owned(),
    };
    template.split('/').enumerate().map(part).collect::<Vec<_>>().join("/")
}

/// What a page answers with.
pub type Drawn = Result<Markup, Fault>;
