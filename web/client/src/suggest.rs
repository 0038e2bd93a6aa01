//! What is there already, listed while it is typed: problems like a new one, hits of a search. The page works without it.
//!
//! `[data-suggest="/api/v1/search?typing=true"]` stands below the control whose id is in `data-for`; it holds a `[role=status]`, which says how
//! many there are in the words of `data-says`, and a list. What is found of a kind is linked by `data-problem="/problemos/{problem}"` and the like.

use std::{cell::RefCell, rc::Rc};

use serde::Deserialize;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, XmlHttpRequest};

use crate::{edge, wire};

/// After the last letter, in milliseconds: a word is typed without a pause as long.
const PAUSE: i32 = 250;
/// In characters; fewer are like everything.
const LEAST: usize = 3;
const MOST: usize = 5;

/// What both calls answer with, as far as it is listed: the whole of `model::search::Hit` would weigh more here.
#[derive(Deserialize)]
struct Found {
    items: Vec<Hit>,
}

#[derive(Deserialize)]
struct Hit {
    kind: String,
    id: String,
    title: Vec<Piece>,
    school: Option<String>,
    space_name: Option<String>,
}

#[derive(Deserialize)]
struct Piece {
    text: String,
    marked: bool,
}

struct Suggesting {
    place: HtmlElement,
    input: HtmlInputElement,
    /// What was asked for last: an answer to anything else comes too late.
    asked: RefCell<String>,
}

pub fn attach() {
    let Ok(places) = edge::document().query_selector_all("[data-suggest]") else { return };
    for index in 0..places.length() {
        let place = places.get(index).and_then(|node| node.dyn_into::<HtmlElement>().ok());
        if let Some(place) = place {
            look_after(place);
        }
    }
}

fn look_after(place: HtmlElement) {
    let input = place.dataset().get("for").and_then(|id| edge::document().get_element_by_id(&id));
    let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) else { return };
    let suggesting = Rc::new(Suggesting { place, input: input.clone(), asked: RefCell::default() });
    let typed = Rc::clone(&suggesting);
    let listen = Closure::<dyn FnMut(Event)>::new(move |_| {
        let (later, words) = (Rc::clone(&typed), typed.words());
        edge::later(PAUSE, move || {
            if later.words() == words {
                later.ask(words);
            }
        });
    });
    let _ = input.add_event_listener_with_callback("input", listen.as_ref().unchecked_ref());
    // For the life of the page.
    listen.forget();
    // A form that comes back with its refusals, or gets its draft again, holds words already.
    if suggesting.place.dataset().get("atOnce").is_some() {
        let words = suggesting.words();
        suggesting.ask(words);
    }
}

impl Suggesting {
    fn words(&self) -> String {
        self.input.value().trim().to_owned()
    }

    fn ask(self: Rc<Self>, words: String) {
        if *self.asked.borrow() == words {
            return;
        }
        self.asked.replace(words.clone());
        if words.chars().count() < LEAST {
            return self.show(&[]);
        }
        let address = self.place.dataset().get("suggest").unwrap_or_default();
        let joint = if address.contains('?') { '&' } else { '?' };
        let address = format!("{address}{joint}q={}", String::from(js_sys::encode_uri_component(&words)));
        let Ok(request) = XmlHttpRequest::new() else { return };
        if request.open("GET", &address).is_err() {
            return;
        }
        let answered = request.clone();
        let work = Closure::once_into_js(move || {
            // Without an answer the page stays as it is: nothing hangs on it.
            let text = answered.response_text().ok().flatten().filter(|_| answered.status() == Ok(200));
            let found = text.and_then(|text| wire::read::<Found>(&text));
            if let Some(found) = found.filter(|_| *self.asked.borrow() == words) {
                self.show(&found.items);
            }
        });
        request.set_onload(Some(work.unchecked_ref()));
        let _ = request.send();
    }

    fn show(&self, items: &[Hit]) {
        let items = &items[..items.len().min(MOST)];
        let (Ok(Some(says)), Ok(Some(list))) =
            (self.place.query_selector("[role=status]"), self.place.query_selector("ul"))
        else {
            return;
        };
        let says_of = self.place.dataset().get("says").unwrap_or_default();
        let said = (!items.is_empty()).then(|| format!("{says_of}: {}", items.len()));
        says.set_text_content(said.as_deref());
        list.set_text_content(None);
        for hit in items {
            if let Some(item) = self.item(hit) {
                let _ = list.append_child(&item);
            }
        }
    }

    fn item(&self, hit: &Hit) -> Option<Element> {
        let document = edge::document();
        let address = self.place.dataset().get(&hit.kind)?.replace(&format!("{{{}}}", hit.kind), &hit.id);
        let link = document.create_element("a").ok()?;
        link.set_attribute("href", &address).ok()?;
        for piece in &hit.title {
            let part = document.create_element(if piece.marked { "mark" } else { "span" }).ok()?;
            part.set_text_content(Some(&piece.text));
            link.append_child(&part).ok()?;
        }
        let item = document.create_element("li").ok()?;
        item.append_child(&link).ok()?;
        let beside: Vec<&str> = [&hit.school, &hit.space_name].into_iter().filter_map(|part| part.as_deref()).collect();
        let meta = document.create_element("span").ok()?;
        meta.set_class_name("muted");
        meta.set_text_content(Some(&format!(" {}", beside.join(" · "))));
        item.append_child(&meta).ok()?;
        Some(item)
    }
}
