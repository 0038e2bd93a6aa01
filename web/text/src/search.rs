//! Words of search.

texts! {}
