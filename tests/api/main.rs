//! The API and the pages without scripts, over HTTP, each test on both databases.

mod accounts;
mod actions;
mod acts;
mod attendance;
mod backups;
mod crawl;
mod demo;
mod doors;
mod endpoints;
mod files;
mod interplay;
mod invitations;
#[allow(dead_code, clippy::disallowed_methods)]
#[path = "../support/live_client.rs"]
mod live_client;
mod mails;
mod merging;
mod minutes;
mod moderation;
mod networks;
mod offline;
mod operation;
mod operators;
mod people;
mod planning;
mod planted;
mod practices;
mod problems;
mod redactions;
mod search;
mod sessions;
mod spaces;
mod teams;
mod tls;
mod versions;
mod xss;
