//! What the operator may set about files.

use std::time::Duration;

use model::files::FileLimits;

use super::Scanner;

#[derive(Clone, Debug)]
pub struct Settings {
    pub limits: FileLimits,
    /// For sending one file as a whole.
    pub within: Duration,
    /// Files that one person may be sending.
    pub at_once: u32,
    /// Without a byte of it.
    pub silent: Duration,
    /// With less than so many of a hundred parts of the disk free, and also less than so many bytes, no file is taken: the database needs room too.
    pub free_percent: u64,
    pub free_bytes: u64,
    /// Where one is set, only what it calls clean is kept.
    pub scanner: Option<Scanner>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            limits: FileLimits::default(),
            within: Duration::from_secs(600),
            at_once: 4,
            silent: Duration::from_secs(30),
            free_percent: 10,
            free_bytes: 5 << 30,
            scanner: None,
        }
    }
}
