//! What stands around every request: where it came from, what is refused from elsewhere, what every answer carries.

pub mod cache;
mod headers;
pub mod keep;
mod outside;
pub mod reports;
mod same_site;

pub use outside::around;
