//! The API and the pages without scripts, over HTTP, each test on both databases.

mod accounts;
mod crawl;
mod doors;
mod endpoints;
mod operation;
mod problems;
mod spaces;
mod teams;
