//! Words of accounts.

texts! {}
