//! What a file hands over, record by record, before it gets its place in the run.
//!
//! A file's reader never fails: what it cannot read it says as a broken record. Knows nothing of sequence numbers, size limits on
//! documents or duplicate identifiers; `reader.rs` adds those.

use befund_core::{FaultKind, Text};

/// A readable record.
#[derive(Debug)]
pub(crate) struct Whole {
    pub doc_id: String,
    pub text: Text,
    pub metadata: Vec<(String, String)>,
}

/// A record, or a whole file, that could not be read.
#[derive(Debug)]
pub(crate) struct Broken {
    /// Identifier, or `file:record`, or the file's name.
    pub doc_id: String,
    pub kind: FaultKind,
    pub byte_offset: Option<u64>,
    pub n_bytes: Option<u64>,
    pub what: String,
    pub remedy: String,
}

#[derive(Debug)]
pub(crate) enum Record {
    Whole(Whole),
    Broken(Broken),
}

/// The records of one file, in order.
pub(crate) trait Records: Send {
    /// The next record; `None` at the end.
    fn next(&mut self) -> Option<Record>;
    /// Bytes of the file that have been read so far.
    fn bytes_read(&self) -> u64;
}

/// A file that could not be opened: one record that says so.
pub(crate) struct Refused {
    pub broken: Option<Broken>,
    pub n_bytes: u64,
}

impl Records for Refused {
    fn next(&mut self) -> Option<Record> {
        self.broken.take().map(Record::Broken)
    }

    fn bytes_read(&self) -> u64 {
        self.n_bytes
    }
}

impl Broken {
    /// A broken record with the usual advice for its kind.
    pub fn new(doc_id: impl Into<String>, kind: FaultKind, what: impl Into<String>) -> Self {
        let remedy = remedy(kind).to_owned();
        Self { doc_id: doc_id.into(), kind, byte_offset: None, n_bytes: None, what: what.into(), remedy }
    }

    /// With the byte where it broke.
    pub fn at(mut self, byte_offset: u64) -> Self {
        self.byte_offset = Some(byte_offset);
        self
    }

    /// With the size of the text.
    pub fn sized(mut self, n_bytes: u64) -> Self {
        self.n_bytes = Some(n_bytes);
        self
    }

    /// With better advice than the usual.
    pub fn advising(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = remedy.into();
        self
    }

    /// The text of `doc_id` is not UTF-8 from byte `valid_up_to` on.
    pub fn invalid_utf8(doc_id: impl Into<String>, valid_up_to: usize, n_bytes: usize) -> Self {
        Self::new(doc_id, FaultKind::InvalidUtf8, "the text is not valid UTF-8")
            .at(valid_up_to as u64)
            .sized(n_bytes as u64)
    }
}

impl From<Broken> for Record {
    fn from(broken: Broken) -> Self {
        Self::Broken(broken)
    }
}

/// All kinds, to read their names back.
const KINDS: [FaultKind; 8] = [
    FaultKind::InvalidUtf8,
    FaultKind::DuplicateId,
    FaultKind::MissingId,
    FaultKind::MissingText,
    FaultKind::Malformed,
    FaultKind::TooLarge,
    FaultKind::Unreadable,
    FaultKind::Stage,
];

/// Reads a kind's stable name.
pub(crate) fn parse_kind(name: &str) -> Option<FaultKind> {
    KINDS.into_iter().find(|kind| kind.as_str() == name)
}

/// What to do about a fault of this kind.
pub(crate) fn remedy(kind: FaultKind) -> &'static str {
    match kind {
        FaultKind::InvalidUtf8 => "convert the text to UTF-8 (for instance with iconv) and run it again",
        FaultKind::DuplicateId => "give every document its own doc_id",
        FaultKind::MissingId => "give the record a doc_id",
        FaultKind::MissingText => "give the record a text, or leave it out",
        FaultKind::Malformed => "repair the record and run it again",
        FaultKind::TooLarge => "split the document or raise the limit",
        FaultKind::Unreadable => "check the file, or write it again with `befund pack`",
        FaultKind::Stage => "report this with the document's size and language",
    }
}
