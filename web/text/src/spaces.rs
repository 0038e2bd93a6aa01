//! Words of spaces.

texts! {}
