//! The limits of the live path. Every one is a setting; `docs/live-protocol.md` lists what is told beyond each.

use std::time::Duration;

#[derive(Clone, Debug)]
pub struct Settings {
    /// Bytes of one frame from a client, and of a message put together from several.
    pub frame_bytes: usize,
    /// Frames that a socket may send in the long run.
    pub frames_a_second: u32,
    /// Frames that it may send at once.
    pub frames_burst: u32,
    /// Frames that cannot be read before the socket is closed.
    pub bad_frames: u32,
    pub sockets_a_person: u32,
    /// A school shares one address.
    pub sockets_an_address: u32,
    pub sockets_a_session: u32,
    /// For the first frame.
    pub hello_within: Duration,
    pub ping_every: Duration,
    pub dead_after: Duration,
    /// Without progress of a write: the client reads too slowly.
    pub stuck_after: Duration,
    /// Events that a resume may be behind before it gets a fresh room.
    pub resume: usize,
    /// Events after which a room is kept as it stands, to open from there.
    pub snapshot_every: usize,
    pub age: Duration,
    /// Added to or taken from the age, so that sockets which came together do not go together.
    pub age_jitter: Duration,
    /// How often a socket's permission is looked at without a signal.
    pub recheck_every: Duration,
    /// From a person's last closed socket to their leave: a reload is no leave.
    pub leave_after: Duration,
    /// The shortest time between two tellings of who is here.
    pub people_every: Duration,
    /// How often the end of open intervals of attendance is written.
    pub seen_every: Duration,
    /// Over which a stopping server says goodbye.
    pub drain_spread: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self {
            frame_bytes: 64 * 1024,
            frames_a_second: 20,
            frames_burst: 60,
            bad_frames: 3,
            sockets_a_person: 8,
            sockets_an_address: 200,
            sockets_a_session: 1_000,
            hello_within: seconds(10),
            ping_every: seconds(25),
            dead_after: seconds(60),
            stuck_after: seconds(10),
            resume: 500,
            snapshot_every: 1_000,
            age: seconds(12 * 3600),
            age_jitter: seconds(30 * 60),
            recheck_every: seconds(5 * 60),
            leave_after: seconds(10),
            people_every: seconds(1),
            seen_every: seconds(60),
            drain_spread: seconds(10),
        }
    }
}
