//! Views as elements of the page.

use std::{cell::RefCell, rc::Rc};

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Document, Element, Event, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, Node};

use crate::{
    edge,
    view::{Handler, Tag, View},
};

/// A view that stands in the page.
pub struct Drawn {
    view: View,
    node: Node,
    handlers: Vec<Listening>,
    children: Vec<Drawn>,
}

/// One listener of an element; what it calls is replaced, the listener stays.
struct Listening {
    event: &'static str,
    calls: Rc<RefCell<Handler>>,
    _listener: Closure<dyn FnMut(Event)>,
}

impl Drawn {
    /// Draws into an empty place.
    pub fn first(place: &Element, view: View) -> Self {
        let drawn = Self::new(&edge::document(), view);
        let _ = place.append_child(&drawn.node);
        drawn
    }

    fn new(document: &Document, mut view: View) -> Self {
        match &mut view {
            View::Nothing => Self::plain(document.create_comment("").into(), view),
            View::Text(text) => Self::plain(document.create_text_node(text).into(), view),
            View::Tag(tag) => {
                let children = std::mem::take(&mut tag.children);
                let Ok(element) = document.create_element(tag.name) else {
                    unreachable!("names of elements are written in this program")
                };
                for (name, value) in &tag.attributes {
                    put(&element, name, value);
                }
                let handlers =
                    tag.handlers.drain(..).map(|(event, handler)| listen(&element, event, handler)).collect();
                let children: Vec<Drawn> = children.into_iter().map(|child| Self::new(document, child)).collect();
                for child in &children {
                    let _ = element.append_child(&child.node);
                }
                choose(&element, &tag.attributes);
                Self { view, node: element.into(), handlers, children }
            }
        }
    }

    fn plain(node: Node, view: View) -> Self {
        Self { view, node, handlers: Vec::new(), children: Vec::new() }
    }

    /// Brings what stands to what `view` says.
    pub fn draw(&mut self, view: View) {
        match (&mut self.view, view) {
            (View::Nothing, View::Nothing) => {}
            (View::Text(old), View::Text(new)) => {
                if *old != new {
                    self.node.set_text_content(Some(&new));
                    *old = new;
                }
            }
            (View::Tag(old), View::Tag(new)) if old.name == new.name && old.key == new.key => self.change(new),
            (_, view) => {
                let drawn = Self::new(&edge::document(), view);
                if let Some(parent) = self.node.parent_node() {
                    let _ = parent.replace_child(&drawn.node, &self.node);
                }
                *self = drawn;
            }
        }
    }

    fn change(&mut self, mut new: Tag) {
        let View::Tag(old) = &mut self.view else { return };
        let Some(element) = self.node.dyn_ref::<Element>() else { return };
        for (name, value) in &new.attributes {
            // What a person types changes a property behind our back, so those are always looked at.
            if matches!(*name, "value" | "checked") || !old.attributes.contains(&(name, value.clone())) {
                put(element, name, value);
            }
        }
        for (name, _) in &old.attributes {
            if !new.attributes.iter().any(|(other, _)| other == name) {
                let _ = element.remove_attribute(name);
            }
        }
        for (event, handler) in new.handlers.drain(..) {
            match self.handlers.iter().find(|listening| listening.event == event) {
                Some(listening) => *listening.calls.borrow_mut() = handler,
                None => self.handlers.push(listen(element, event, handler)),
            }
        }
        old.attributes = std::mem::take(&mut new.attributes);
        let parent = self.node.clone();
        rearrange(&parent, &mut self.children, std::mem::take(&mut new.children));
        if let (View::Tag(tag), Some(element)) = (&self.view, self.node.dyn_ref::<Element>()) {
            choose(element, &tag.attributes);
        }
    }

    fn fits(&self, view: &View) -> bool {
        match (&self.view, view) {
            (View::Tag(old), View::Tag(new)) => old.name == new.name && old.key == new.key,
            (View::Text(_), View::Text(_)) | (View::Nothing, View::Nothing) => true,
            _ => false,
        }
    }
}

/// Goes along both lists. A child that is not in its place is looked for further on: what stands between has gone. When it is
/// nowhere, it is new; an old one without a key is drawn over.
fn rearrange(parent: &Node, children: &mut Vec<Drawn>, views: Vec<View>) {
    let document = edge::document();
    let count = views.len();
    for (at, view) in views.into_iter().enumerate() {
        let keyed = matches!(&view, View::Tag(tag) if !tag.key.is_empty());
        let found =
            (at..children.len()).find(|place| children[*place].fits(&view)).filter(|place| keyed || *place == at);
        match found {
            Some(place) => {
                for gone in children.drain(at..place) {
                    let _ = parent.remove_child(&gone.node);
                }
                children[at].draw(view);
            }
            None if keyed || at >= children.len() || is_keyed(&children[at]) => {
                let drawn = Drawn::new(&document, view);
                let before = children.get(at).map(|next| &next.node);
                let _ = parent.insert_before(&drawn.node, before);
                children.insert(at, drawn);
            }
            None => children[at].draw(view),
        }
    }
    for gone in children.drain(count..) {
        let _ = parent.remove_child(&gone.node);
    }
}

fn is_keyed(drawn: &Drawn) -> bool {
    matches!(&drawn.view, View::Tag(tag) if !tag.key.is_empty())
}

/// What is chosen in a select: only once its options stand.
fn choose(element: &Element, attributes: &[(&'static str, String)]) {
    if let Some(select) = element.dyn_ref::<HtmlSelectElement>()
        && let Some((_, value)) = attributes.iter().find(|(name, _)| *name == "value")
        && select.value() != *value
    {
        select.set_value(value);
    }
}

fn put(element: &Element, name: &str, value: &str) {
    if let Some(input) = element.dyn_ref::<HtmlInputElement>().filter(|_| name == "checked") {
        return input.set_checked(value == "true");
    }
    if name == "value" {
        if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
            // Setting even the same moves the caret.
            if area.value() != value {
                area.set_value(value);
            }
            return;
        }
        if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
            if input.value() != value {
                input.set_value(value);
            }
            return;
        }
        if element.is_instance_of::<HtmlSelectElement>() {
            return;
        }
    }
    let _ = element.set_attribute(name, value);
}

fn listen(element: &Element, event: &'static str, handler: Handler) -> Listening {
    let calls = Rc::new(RefCell::new(handler));
    let called = calls.clone();
    let listener = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        // Taken out first: what it does may draw the page anew and replace it.
        let handler = called.borrow().clone();
        handler(&event);
    });
    let _ = element.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref());
    Listening { event, calls, _listener: listener }
}
