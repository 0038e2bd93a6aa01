//! Words of sessions.

texts! {}
