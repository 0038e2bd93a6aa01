//! The live room: one state folded from frames ([`state`]), the socket that brings them, and views that follow from the state.

mod agenda;
mod agreements;
mod board;
mod board_lead;
mod board_moves;
mod breakouts;
mod chat;
mod client;
mod composer;
mod hands;
mod keys;
mod message;
mod people;
mod polls;
mod polls_lead;
mod polls_results;
mod recap;
mod room;
mod rounds;
mod rules;
mod scene;
mod seats;
mod socket;
mod state;
mod step;
mod tasks;

pub use client::mount;
