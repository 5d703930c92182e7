//! What can go wrong: a fault concerns one document and is written down; a failure stops the run.
//!
//! Both come as a pair (what happened, what to do) and name the place. Neither ever holds document text.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// Why one document has no annotations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FaultKind {
    /// The bytes are not UTF-8.
    InvalidUtf8,
    /// An earlier document of the run has the same identifier.
    DuplicateId,
    /// The record has no identifier.
    MissingId,
    /// The record has no text (null; an empty text is a document).
    MissingText,
    /// The record cannot be parsed.
    Malformed,
    /// The text is larger than the limit.
    TooLarge,
    /// The file or batch cannot be read.
    Unreadable,
    /// A stage of the engine refused the document.
    Stage,
}

impl FaultKind {
    /// The stable name that `documents.fault` begins with.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InvalidUtf8 => "invalid_utf8",
            Self::DuplicateId => "duplicate_id",
            Self::MissingId => "missing_id",
            Self::MissingText => "missing_text",
            Self::Malformed => "malformed",
            Self::TooLarge => "too_large",
            Self::Unreadable => "unreadable",
            Self::Stage => "stage",
        }
    }
}

/// A fault: one document is lost to annotation, the run goes on.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Position in the run's input.
    pub sequence: u64,
    /// Shard or file.
    pub shard: Arc<str>,
    /// The document's identifier, or `file:record` where it has none.
    pub doc_id: Arc<str>,
    /// Kind, for counting.
    pub kind: FaultKind,
    /// Byte offset in the document, or in the file where there is no document.
    pub byte_offset: Option<u64>,
    /// Size of the text in bytes, where it is known.
    pub n_bytes: Option<u64>,
    /// What happened, lower case, without text of the document.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} (shard {}, document {}", self.kind.as_str(), self.what, self.shard, self.doc_id)?;
        if let Some(offset) = self.byte_offset {
            write!(f, ", byte {offset}")?;
        }
        write!(f, "); {}", self.remedy)
    }
}

impl Error for Fault {}

/// A failure: the run cannot go on.
#[derive(Debug)]
pub struct Failure {
    /// What happened and where, lower case, without document text.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl Failure {
    /// A failure without a deeper cause.
    pub fn new(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { what: what.into(), remedy: remedy.into(), source: None }
    }

    /// A failure with its cause.
    pub fn from_cause(
        what: impl Into<String>,
        remedy: impl Into<String>,
        cause: impl Into<Box<dyn Error + Send + Sync>>,
    ) -> Self {
        Self { what: what.into(), remedy: remedy.into(), source: Some(cause.into()) }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.what)?;
        let mut cause = self.source();
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        if self.remedy.is_empty() { Ok(()) } else { write!(f, "; {}", self.remedy) }
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|error| error as &(dyn Error + 'static))
    }
}
