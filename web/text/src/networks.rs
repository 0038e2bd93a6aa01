//! Words of networks.

texts! {}
