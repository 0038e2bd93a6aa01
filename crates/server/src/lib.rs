pub mod assets;
pub mod search;
