//! Break-outs of live sessions outside of the room: the page on which groups are made, and what follows from them.

pub mod follow;
pub mod store;
