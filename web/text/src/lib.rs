//! Every word that a person reads, in Lithuanian and in English.
//!
//! A text is a function of the language (and of what it speaks of), one file per noun: `accounts::sign_in(lang)`,
//! `teams::members(lang, 5)`. A text without one of its languages does not compile, nor does a count without its plural
//! forms. The crate knows nothing of the others and is small enough for the browser.

#[macro_use]
mod macros;

mod lang;
pub mod plural;
pub mod time;
pub mod versions;

pub mod accounts;
pub mod actions;
pub mod agreements;
pub mod attendance;
pub mod audit;
pub mod boards;
pub mod breakouts;
pub mod common;
pub mod consent;
pub mod drafts;
pub mod errors;
pub mod files;
pub mod home;
pub mod kinds;
pub mod licence;
pub mod live;
pub mod minutes;
pub mod moderation;
pub mod networks;
pub mod notes;
pub mod offline;
pub mod people;
pub mod planning;
pub mod plans;
pub mod polls;
pub mod practices;
pub mod problems;
pub mod redactions;
pub mod refusals;
pub mod schools;
pub mod search;
pub mod sessions;
pub mod spaces;
pub mod steps;
pub mod teams;

pub use lang::Lang;
pub use plural::Number;
