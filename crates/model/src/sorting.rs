//! Sort keys.

/// A text that sorts as `text` does.
pub fn sort_key(text: &str) -> String {
    text.to_lowercase()
}
