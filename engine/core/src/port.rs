//! The doors between the rooms. The line (`engine/run`) sees only these; the waist (`engine/job`) puts the real parts behind them.

use crate::batch::{Batch, Prepared};
use crate::document::{Document, Intake};
use crate::fault::{Failure, Fault};
use crate::layout::Layout;
use crate::mention::{Found, Mention};
use crate::row::{RefusedRow, Rows};
use crate::span::Span;

/// Where documents come from, one after the other, in an order that never changes for the same input.
pub trait Source: Send {
    /// The next document or fault; `None` at the end.
    fn next(&mut self) -> Result<Option<Intake>, Failure>;
    /// Documents in all, where that is known before reading.
    fn n_documents(&self) -> Option<u64>;
}

/// Text to windows. Called from many threads.
pub trait Prepare: Send + Sync {
    /// Splits and tokenises one document. With `places`, only the windows that share a byte with one of them are made; they are those that
    /// would be made of the whole text.
    fn prepare(&self, document: &Document, places: Option<&[Span]>) -> Result<Prepared, Fault>;
}

/// Where a text has to be read at all. Called from many threads; depends on the text alone.
pub trait Gate: Send + Sync {
    /// Reads one text as far as it must to say where the encoder has to.
    fn look(&self, text: &str) -> Looked;
}

/// What a gate saw of a text. What it read on the way goes along, so that `Normalize` need not read it again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Looked {
    /// The places that the encoder must read, in order and apart. Whatever it would say elsewhere is not reported.
    pub places: Vec<Span>,
    /// What rules found in the whole text, as they would find it again.
    pub mentions: Vec<Mention>,
    /// What they refused.
    pub refused: Vec<RefusedRow>,
}

/// What one call of a model may be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Most tokens in one batch.
    pub max_batch_tokens: usize,
    /// Whether what is found in a window is the same, bit for bit, whatever else is in the batch: then an equal window need not be read
    /// again.
    pub batch_equals_singles: bool,
}

/// The model on one device. Owned by one thread.
pub trait Extract: Send {
    /// What one call may be given.
    fn cost(&self) -> Cost;
    /// Reads a packed batch; one `Found` for each window, in order.
    fn extract(&mut self, batch: &Batch) -> Result<Vec<Found>, Failure>;
}

/// From what was found to rows: grammars, terms, context, rules. Called from many threads; pure.
pub trait Normalize: Send + Sync {
    /// Makes the rows of one document. `looked` is what the gate of the run saw of its text; without it the rows are the same.
    fn normalize(&self, document: &Document, layout: &Layout, found: Found, looked: Option<Looked>) -> Rows;
}

/// Where rows go. Owned by one thread; rows arrive in document order.
pub trait Sink: Send {
    /// Takes the rows of one document.
    fn write(&mut self, rows: Rows) -> Result<(), Failure>;
    /// Writes what is buffered and closes.
    fn close(self: Box<Self>) -> Result<(), Failure>;
}
