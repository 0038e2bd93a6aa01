//! Words of teams.

texts! {}
