//! Words of problems.

texts! {}
