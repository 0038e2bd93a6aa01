//! Words of live.

texts! {}
