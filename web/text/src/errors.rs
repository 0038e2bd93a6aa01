//! Words of errors.

texts! {}
