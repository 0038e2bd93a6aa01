//! What the page shows, as plain data, and how a browser's elements are brought to it.
//!
//! Views are values: they are made anew from the state, compared with what stands, and only the difference touches the page, so
//! an element that stays keeps its focus, selection and scroll position. Everything here is one type, compiled once: a
//! framework that compiles each element by itself made the bundle three times larger (`docs/decisions/`).

use std::{
    ops::{Deref, DerefMut},
    rc::Rc,
};

use web_sys::Event;

/// What a control does.
pub type Handler = Rc<dyn Fn(&Event)>;

#[derive(Clone)]
pub enum View {
    Nothing,
    Text(String),
    Tag(Tag),
}

/// One element, behind a pointer: what builds it hands on four bytes at each call, which made all views together a fifth smaller.
#[derive(Clone)]
pub struct Tag(Box<Node>);

/// What is known of an element. Siblings with keys keep their elements when others come and go between them.
#[derive(Clone)]
pub struct Node {
    pub name: &'static str,
    pub key: String,
    /// In the order in which they were set. The names `value` and `checked` (`true` or else) are properties, all
    /// others attributes.
    pub attributes: Vec<(&'static str, String)>,
    pub handlers: Vec<(&'static str, Handler)>,
    pub children: Vec<View>,
}

/// An element without anything.
pub fn tag(name: &'static str) -> Tag {
    let (key, attributes, handlers, children) = Default::default();
    Tag(Box::new(Node { name, key, attributes, handlers, children }))
}

impl Deref for Tag {
    type Target = Node;

    fn deref(&self) -> &Node {
        &self.0
    }
}

impl DerefMut for Tag {
    fn deref_mut(&mut self) -> &mut Node {
        &mut self.0
    }
}

/// A button that does something.
pub fn button(class: &'static str, words: &str, press: impl Fn() + 'static) -> Tag {
    tag("button").set("type", "button").set("class", class).on("click", move |_| press()).text(words)
}

impl Tag {
    #[must_use]
    pub fn key(mut self, key: impl std::fmt::Display) -> Self {
        self.key = key.to_string();
        self
    }

    /// An empty value of `class` and `id` sets nothing.
    #[must_use]
    pub fn set(mut self, name: &'static str, value: &str) -> Self {
        if !(value.is_empty() && matches!(name, "class" | "id")) {
            self.attributes.push((name, value.to_owned()));
        }
        self
    }

    #[must_use]
    pub fn set_if(self, yes: bool, name: &'static str, value: &str) -> Self {
        if yes { self.set(name, value) } else { self }
    }

    #[must_use]
    pub fn on(mut self, event: &'static str, work: impl Fn(&Event) + 'static) -> Self {
        self.handlers.push((event, Rc::new(work)));
        self
    }

    #[must_use]
    pub fn text(mut self, text: &str) -> Self {
        self.children.push(View::Text(text.to_owned()));
        self
    }

    #[must_use]
    pub fn add(mut self, child: impl Into<View>) -> Self {
        self.children.push(child.into());
        self
    }

    #[must_use]
    pub fn add_all(mut self, children: Vec<View>) -> Self {
        self.children.extend(children);
        self
    }
}

impl From<Tag> for View {
    fn from(tag: Tag) -> Self {
        Self::Tag(tag)
    }
}

impl From<Option<Tag>> for View {
    fn from(tag: Option<Tag>) -> Self {
        tag.map_or(Self::Nothing, Self::from)
    }
}

#[cfg(test)]
impl View {
    /// Everything that a person reads in it.
    pub fn words(&self) -> String {
        match self {
            View::Nothing => String::new(),
            View::Text(text) => text.clone(),
            View::Tag(tag) => tag.children.iter().map(View::words).collect::<Vec<_>>().concat(),
        }
    }

    /// The first element that `is` finds, in the order of reading.
    pub fn find(&self, is: &dyn Fn(&Tag) -> bool) -> Option<&Tag> {
        let View::Tag(tag) = self else { return None };
        if is(tag) { Some(tag) } else { tag.children.iter().find_map(|child| child.find(is)) }
    }
}
