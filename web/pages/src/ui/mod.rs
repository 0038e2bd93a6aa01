//! The parts that pages are made of.

mod field;
mod filters;
mod form;
mod icon;
mod layout;
mod message;
mod parts;

pub use field::{Choice, Field};
pub use filters::{Filter, Filters};
pub use form::{Form, button};
pub use icon::Icon;
pub use layout::{Layout, Place};
pub use message::{refusals, sentence};
pub use parts::*;
