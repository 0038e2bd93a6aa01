//! What the bench's programs share: starting a server on a core of its own and asking the kernel what it used,
//! and a load generator that drives the product and the yardstick alike.
//!
//! Nothing here is timed in a test. The bench takes its own clock: it measures, it decides nothing.
#![allow(clippy::disallowed_methods)]

pub mod http;
pub mod load;
pub mod process;
pub mod report;
pub mod seed;
pub mod target;
