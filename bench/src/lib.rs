//! How fast each stage is.
