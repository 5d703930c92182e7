//! How right a dataset is: precision, recall and F1 against gold, by task, label and language, strict and overlapping.
//!
//! Strict: same document, task, label, begin and end. Overlapping: same document, task and label, and the spans share a character; each gold
//! mention is matched at most once. A relation is strict when its type and both mentions are; overlapping when both mentions overlap.
//! Tables (`tnm`, `medications`) are scored by column: the values that gold states for a document against the values that were written.

mod gold;
mod score;
mod table;

pub use gold::{Annotated, Mark, Pair, read_gold};
pub use score::{Evaluation, Line, Tally, evaluate};
pub use table::render;
