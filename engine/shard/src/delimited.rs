//! CSV with a header that names `doc_id` and `text`; further columns become metadata.
//!
//! The delimiter is the first of comma, semicolon (what a German Excel writes) and tab under which the header has both columns. A quote
//! that is never closed would swallow the rest of the file, so the bytes of one record are bounded. A byte order mark at the head of the
//! file is skipped. An empty field is an empty text.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use befund_core::{FaultKind, Text};
use csv::{ByteRecord, ReaderBuilder};

use crate::inputs::InputFile;
use crate::record::{Broken, Record, Records, Whole};

const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];
/// A header longer than this is no header.
const HEADER_BYTES: u64 = 1 << 16;
/// What the CSV reader may have read ahead, and room for the other columns.
const SLACK_BYTES: u64 = 1 << 20;

/// Counts bytes as they are read and stops when one record has taken too many.
struct Bounded {
    file: File,
    n_read: Arc<AtomicU64>,
    ceiling: Arc<AtomicU64>,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.n_read.load(Ordering::Relaxed) > self.ceiling.load(Ordering::Relaxed) {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "one record is larger than the limit"));
        }
        let n = self.file.read(buffer)?;
        self.n_read.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// The records of a CSV file.
pub(crate) struct Delimited {
    reader: csv::Reader<Bounded>,
    name: String,
    header: Vec<String>,
    doc_id: usize,
    text: usize,
    max_bytes: u64,
    n_read: Arc<AtomicU64>,
    ceiling: Arc<AtomicU64>,
    record: ByteRecord,
    n_records: u64,
    done: bool,
}

impl Delimited {
    /// Opens the file and reads its header.
    pub fn open(file: &InputFile, max_bytes: u64) -> Result<Self, Broken> {
        let unreadable = |error: io::Error| {
            let what = format!("the file cannot be read ({})", error.kind());
            Broken::new(&*file.name, FaultKind::Unreadable, what).advising("check the file and that you may read it")
        };
        let open = File::open(&file.path).map_err(unreadable)?;
        let mut first_line = Vec::new();
        BufReader::new(open.take(HEADER_BYTES)).read_until(b'\n', &mut first_line).map_err(unreadable)?;
        let Some((delimiter, header, doc_id, text)) =
            DELIMITERS.into_iter().find_map(|delimiter| columns(&first_line, delimiter))
        else {
            let what = "the first line does not name the columns doc_id and text";
            let remedy = "write a header with doc_id and text, separated by comma, semicolon or tab";
            return Err(Broken::new(&*file.name, FaultKind::Unreadable, what).advising(remedy));
        };
        let n_read = Arc::new(AtomicU64::new(0));
        let ceiling = Arc::new(AtomicU64::new(u64::MAX));
        let open = File::open(&file.path).map_err(unreadable)?;
        let bounded = Bounded { file: open, n_read: n_read.clone(), ceiling: ceiling.clone() };
        let reader =
            ReaderBuilder::new().delimiter(delimiter).flexible(true).buffer_capacity(1 << 18).from_reader(bounded);
        let name = file.name.to_string();
        let record = ByteRecord::new();
        Ok(Self { reader, name, header, doc_id, text, max_bytes, n_read, ceiling, record, n_records: 0, done: false })
    }

    fn record_id(&self) -> String {
        format!("{}:{}", self.name, self.n_records)
    }

    fn parse(&self) -> Record {
        let start = self.record.position().map_or(0, |position| position.byte());
        if self.record.len() != self.header.len() {
            let what = format!("the record has {} fields, the header {}", self.record.len(), self.header.len());
            return Broken::new(self.record_id(), FaultKind::Malformed, what).at(start).into();
        }
        let field = |index: usize| self.record.get(index).unwrap_or_default();
        let doc_id = match std::str::from_utf8(field(self.doc_id)) {
            Ok("") => {
                return Broken::new(self.record_id(), FaultKind::MissingId, "the record has no doc_id")
                    .at(start)
                    .into();
            }
            Ok(id) => id.to_owned(),
            Err(_) => {
                let what = "doc_id is not valid UTF-8";
                return Broken::new(self.record_id(), FaultKind::InvalidUtf8, what).at(start).into();
            }
        };
        let bytes = field(self.text);
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(error) => return Broken::invalid_utf8(doc_id, error.valid_up_to(), bytes.len()).into(),
        };
        let further = (0..self.header.len()).filter(|index| *index != self.doc_id && *index != self.text);
        let metadata = further.filter(|index| !field(*index).is_empty());
        let metadata =
            metadata.map(|index| (self.header[index].clone(), String::from_utf8_lossy(field(index)).into_owned()));
        Record::Whole(Whole { doc_id, text: Text::new(text), metadata: metadata.collect() })
    }
}

impl Records for Delimited {
    fn next(&mut self) -> Option<Record> {
        if self.done {
            return None;
        }
        let start = self.reader.position().byte();
        let most = self.max_bytes.saturating_mul(2).saturating_add(SLACK_BYTES);
        self.ceiling.store(start.saturating_add(most), Ordering::Relaxed);
        self.n_records += 1;
        let mut record = std::mem::take(&mut self.record);
        let read = self.reader.read_byte_record(&mut record);
        self.record = record;
        match read {
            Ok(true) => Some(self.parse()),
            Ok(false) => {
                self.done = true;
                None
            }
            Err(error) => {
                self.done = true;
                let too_large =
                    matches!(error.kind(), csv::ErrorKind::Io(io) if io.kind() == io::ErrorKind::FileTooLarge);
                let broken = if too_large {
                    let what = "a record is larger than the limit, the rest of the file was not read";
                    Broken::new(self.record_id(), FaultKind::TooLarge, what)
                        .advising("look for a quote that is never closed")
                } else {
                    Broken::new(self.record_id(), FaultKind::Unreadable, "the rest of the file cannot be read")
                };
                Some(broken.at(start).into())
            }
        }
    }

    fn bytes_read(&self) -> u64 {
        self.n_read.load(Ordering::Relaxed)
    }
}

/// The header's fields and the places of `doc_id` and `text`, if this delimiter shows both.
fn columns(first_line: &[u8], delimiter: u8) -> Option<(u8, Vec<String>, usize, usize)> {
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(first_line);
    let mut record = ByteRecord::new();
    reader.read_byte_record(&mut record).ok()?;
    let header: Vec<String> = record.iter().map(|field| String::from_utf8_lossy(field).trim().to_owned()).collect();
    let place = |name: &str| header.iter().position(|field| field == name);
    let (doc_id, text) = (place("doc_id")?, place("text")?);
    Some((delimiter, header, doc_id, text))
}
