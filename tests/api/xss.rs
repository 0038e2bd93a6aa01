//! Hostile texts in every field that people write, read on every page: each page has the same elements with the same attributes as
//! with a plain text, and leads nowhere else.

mod fields;
mod pages;
mod scene;
mod skeleton;
