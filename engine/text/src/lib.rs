//! Where text becomes sentences, sections, tokens and windows.
