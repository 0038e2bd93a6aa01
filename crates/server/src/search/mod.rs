//! Search: Lithuanian analysis, and the full-text index that is fed from the database.

pub mod ask;
pub mod document;
pub mod index;
pub mod lithuanian;
pub mod snippet;
pub mod words;

#[cfg(test)]
mod tests;
