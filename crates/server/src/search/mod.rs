//! Search: Lithuanian analysis, and the full-text index that is fed from the database.

pub mod ask;
pub mod document;
pub mod feed;
pub mod index;
pub mod lithuanian;
mod seen;
pub mod snippet;
mod store;
pub mod verb;
pub mod words;

pub use feed::Search;
pub use verb::{routes, search};

#[cfg(test)]
mod tests;
