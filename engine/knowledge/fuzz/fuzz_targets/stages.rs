//! Coverage-guided fuzzing of the stage grammar: texts that libFuzzer makes, or puts together of pieces of stages, through the checks of `tests/fuzz.rs`.
//!
//! From `engine/knowledge`: `RUSTC_BOOTSTRAP=1 cargo fuzz run stages -- -max_total_time=600` (or a nightly compiler without the variable).

#![no_main]

#[path = "../../tests/common/mod.rs"]
mod common;

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;

/// One stretch of a report.
#[derive(Arbitrary, Debug)]
enum Part<'a> {
    /// As it comes.
    Text(&'a str),
    /// One of the pieces that the grammar knows.
    Piece(u8),
}

fuzz_target!(|parts: Vec<Part<'_>>| {
    let pieces = common::checks::PIECES;
    let text: String = parts
        .iter()
        .map(|part| match part {
            Part::Text(text) => text,
            Part::Piece(which) => pieces[usize::from(*which) % pieces.len()],
        })
        .collect();
    common::checks::check(&text);
});
