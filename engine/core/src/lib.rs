//! Words and doors: the types and ports that every room of Befund shares.
