//! Who did what: an append-only log in which each row holds the hash of the one before, so that nothing is taken out unseen.

pub mod store;

pub use store::{append, broken_at};
