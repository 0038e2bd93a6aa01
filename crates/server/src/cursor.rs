//! Places in a list, as opaque text. A cursor belongs to one list with one set of filters; another list refuses it.

use model::{
    refusal::{Code, Refusal},
    time::Timestamp,
};

use crate::auth::digest;

/// What a list is ordered by before ids: an instant, or the key of a title.
pub trait Spot: Sized {
    fn written(&self) -> String;
    fn read(text: &str) -> Option<Self>;
}

impl Spot for Timestamp {
    fn written(&self) -> String {
        self.ms().to_string()
    }

    fn read(text: &str) -> Option<Self> {
        text.parse().ok().map(Timestamp)
    }
}

impl Spot for String {
    fn written(&self) -> String {
        self.clone()
    }

    fn read(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

/// # Errors
/// `cursor.foreign` at `cursor` for one that was not made by [`next`] for the same filter.
pub fn read<S: Spot>(cursor: Option<&str>, filter: &str) -> Result<Option<(S, String)>, Refusal> {
    let Some(cursor) = cursor else { return Ok(None) };
    let place = || {
        let mut parts = cursor.splitn(3, '.');
        let (list, at, id) = (parts.next()?, parts.next()?, parts.next()?);
        (list == mark(filter)).then_some((S::read(at)?, id.to_owned()))
    };
    place().map(Some).ok_or_else(|| Refusal::of(Code::CursorForeign).at("cursor"))
}

/// Cuts `items`, of which one more than a page was asked for, to a page, and gives the cursor of the next one if there is any.
pub fn next<T, S: Spot>(
    items: &mut Vec<T>,
    page: usize,
    filter: &str,
    place: impl Fn(&T) -> (S, String),
) -> Option<String> {
    if items.len() <= page {
        return None;
    }
    items.truncate(page);
    let (at, id) = place(items.last()?);
    Some(format!("{}.{}.{id}", mark(filter), at.written()))
}

fn mark(filter: &str) -> String {
    digest(filter)[..12].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_belongs_to_its_list() {
        let mut items = vec![3, 2, 1];
        let cursor = next(&mut items, 2, "a", |n| (Timestamp(*n), "id".into())).unwrap();
        assert_eq!(items, [3, 2]);
        assert_eq!(read(Some(&cursor), "a").unwrap(), Some((Timestamp(2), "id".into())));
        for bad in [cursor.as_str(), "", "x", "a.b.c"] {
            assert_eq!(read::<Timestamp>(Some(bad), "b").unwrap_err().code, Code::CursorForeign);
        }
        assert!(next(&mut items, 2, "a", |n| (Timestamp(*n), String::new())).is_none());
    }
}
