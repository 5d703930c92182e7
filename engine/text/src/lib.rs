//! Where text becomes sentences, sections, tokens and windows.
//!
//! A document is read line by line: lines are joined to runs (a wrapped paragraph, a list item, a table row, a heading), runs are split into
//! sentences, and headings open sections. Sentences then become tokens and the windows that the encoder reads. Everything here depends on
//! the text alone, so that a run gives the same bytes at any thread count, and every span points into the document as it was given.
//!
//! This room knows nothing of files, models or tasks; it never copies, corrects or drops text.

mod abbreviation;
mod chars;
mod dose;
mod heading;
mod join;
mod language;
mod layout;
mod line;
mod passage;
mod split;
mod stage;
mod token;
mod window;

pub use layout::layout;
pub use stage::TextStage;
pub use window::WindowOptions;
