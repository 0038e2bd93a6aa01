//! Words of practices.

texts! {}
