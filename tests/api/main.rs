//! The API and the pages without scripts, over HTTP, each test on both databases.

mod teams;
