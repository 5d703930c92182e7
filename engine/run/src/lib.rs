//! The line: documents in, rows out, in order, on every core.
//!
//! Stages run at once and are joined by bounded channels: one thread reads, a rayon pool turns text into windows and findings into rows, one
//! thread packs, one thread for each model worker encodes, one gathers, one writes. Order is restored by sequence number before writing, and
//! neither windows nor models see what else is in flight, so the output is the same at any number of threads and any batch size.
//!
//! This crate knows the ports of `befund-core` and nothing else: no file, no tensor, no grammar. Its tests run it on small hand-made parts.

mod budget;
mod cache;
mod gather;
mod line;
mod meter;
mod order;
mod pack;

pub use line::{Control, LineOptions, Outcome, Parts, run};
pub use meter::{Meter, Snapshot, Stage};
pub use pack::Packer;
