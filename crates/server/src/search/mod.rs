//! Search: Lithuanian analysis, and the full-text index that is fed from the database.

mod analysis;
pub mod ask;
pub mod document;
mod every;
pub mod feed;
pub mod index;
pub mod lithuanian;
mod seen;
mod similar;
pub mod snippet;
mod store;
pub mod verb;
pub mod words;

pub use feed::Search;
pub use similar::list_similar;
pub use verb::{routes, search};

#[cfg(test)]
mod tests;
