//! Pages as HTML made by the server: pure functions from what they show to markup. No SQL, no axum, no clock.
//!
//! Each noun has a file; the parts that pages are made of stand in [`ui`], every address in [`address`].

pub mod accounts;
pub mod actions;
pub mod address;
pub mod agreements;
pub mod attendance;
pub mod audit;
pub mod breakouts;
pub mod context;
pub mod errors;
pub mod files;
pub mod home;
pub mod kinds;
pub mod licence;
pub mod minutes;
pub mod moderation;
pub mod networks;
pub mod notes;
pub mod offline;
pub mod people;
pub mod plans;
pub mod practices;
pub mod problems;
pub mod redactions;
pub mod schools;
pub mod search;
pub mod sessions;
pub mod spaces;
pub mod teams;
pub mod ui;
mod versions;

pub use context::{Assets, Context, FormState, Theme};
