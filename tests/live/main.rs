//! The live session, from the stored events to the sockets of a whole team.

mod stored;
