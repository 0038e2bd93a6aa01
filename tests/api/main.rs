//! The API and the pages without scripts, over HTTP, each test on both databases.

mod accounts;
mod actions;
mod backups;
mod crawl;
mod demo;
mod doors;
mod endpoints;
mod files;
mod mails;
mod merging;
mod moderation;
mod networks;
mod offline;
mod operation;
mod operators;
mod people;
mod planning;
mod practices;
mod problems;
mod search;
mod sessions;
mod spaces;
mod teams;
mod versions;
