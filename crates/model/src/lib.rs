//! The model of Tinklaveika: types, rules, permission, the live core and the calls of the API.
//!
//! Pure: it asks no clock, draws no random number and does no input or output. It builds for the server and for WebAssembly,
//! so that both decide the same.

pub mod access;
pub mod accounts;
pub mod actions;
pub mod address;
pub mod agreements;
pub mod attendance;
pub mod audit;
pub mod breakouts;
pub mod calendar;
pub mod check;
pub mod endpoint;
pub mod files;
pub mod form;
pub mod guard;
pub mod ids;
pub mod keys;
pub mod letters;
pub mod live;
pub mod minutes;
pub mod moderation;
pub mod networks;
pub mod notes;
pub mod openapi;
pub mod people;
pub mod plans;
pub mod practices;
pub mod problems;
pub mod redactions;
pub mod refusal;
pub mod schools;
pub mod search;
pub mod sessions;
pub mod sorted;
pub mod sorting;
pub mod spaces;
pub mod teams;
pub mod time;
pub mod versions;
pub mod words;
