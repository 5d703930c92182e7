//! A document and what owns its bytes.
//!
//! The text of a document may live in a memory map, in a decrypted buffer or in a plain string; the engine only sees `&str`. Cloning is
//! cheap. `Debug` never shows text: a log line must not leak what a patient's letter says.

use std::fmt;
use std::sync::Arc;

use crate::fault::Fault;

/// Whatever keeps the text of one document alive: a row of a mapped Arrow batch, a decrypted buffer, a string.
pub trait TextOwner: Send + Sync {
    /// The whole text.
    fn text(&self) -> &str;
}

impl TextOwner for String {
    fn text(&self) -> &str {
        self
    }
}

/// A shared, immutable text.
#[derive(Clone)]
pub struct Text(Arc<dyn TextOwner>);

impl Text {
    /// Wraps an owner.
    pub fn new(owner: impl TextOwner + 'static) -> Self {
        Self(Arc::new(owner))
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        self.0.text()
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} bytes redacted>", self.as_str().len())
    }
}

/// One clinical document.
#[derive(Clone, Debug)]
pub struct Document {
    /// Position in the run's input, from 0; restores order after parallel work.
    pub sequence: u64,
    /// Name of the shard or file it came from, as the user gave it.
    pub shard: Arc<str>,
    /// The user's identifier.
    pub doc_id: Arc<str>,
    /// The text.
    pub text: Text,
    /// Further fields of the input, in input order.
    pub metadata: Arc<[(String, String)]>,
}

impl Document {
    /// A document held in memory.
    pub fn new(sequence: u64, shard: &str, doc_id: &str, text: impl Into<String>) -> Self {
        Self {
            sequence,
            shard: shard.into(),
            doc_id: doc_id.into(),
            text: Text::new(text.into()),
            metadata: Arc::from(Vec::new()),
        }
    }

    /// The text itself.
    pub fn text(&self) -> &str {
        self.text.as_str()
    }

    /// The first metadata value under `key`.
    pub fn meta(&self, key: &str) -> Option<&str> {
        self.metadata.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }
}

/// What a source hands over for one input position: a document, or the written-down reason why there is none.
#[derive(Clone, Debug)]
pub enum Intake {
    /// A readable document.
    Document(Document),
    /// A document that could not be read; it still gets its row in `documents`.
    Fault(Fault),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_never_holds_text() {
        let document = Document::new(0, "a.arrow", "d1", "Patient Mustermann hat Krebs");
        assert!(!format!("{document:?}").contains("Mustermann"));
    }
}
