//! All inputs as one source of documents: sequence numbers, duplicate identifiers, the size limit.
//!
//! Files are opened one after the other, when their turn comes. A file that cannot be opened is one fault under its name and the next
//! file follows. Knows the readers of the single formats, nothing of what happens to the documents.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use befund_core::{Document, Failure, Fault, FaultKind, Intake, Source};
use sha2::{Digest, Sha256};

use crate::delimited::Delimited;
use crate::inputs::{FileKind, InputFile, Inputs};
use crate::ipc::{Shard, ShardRecords};
use crate::jsonl::JsonLines;
use crate::parquet_file::ParquetRecords;
use crate::plain::Plain;
use crate::record::{Broken, Record, Records, Refused, Whole};

/// How to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadOptions {
    /// A larger text is a fault. Spans are 32 bits wide, so 4 GiB is the most.
    pub max_document_bytes: u64,
    /// Stop after this many documents and faults.
    pub limit: Option<u64>,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { max_document_bytes: 64 << 20, limit: None }
    }
}

/// The documents of a run, in input order.
pub struct Reader {
    files: std::vec::IntoIter<InputFile>,
    current: Option<(InputFile, Box<dyn Records>)>,
    options: ReadOptions,
    sequence: u64,
    n_documents: Option<u64>,
    /// The first 128 bits of the SHA-256 of every identifier so far.
    seen: HashSet<u128>,
    bytes_of_closed_files: u64,
    bytes_read: Arc<AtomicU64>,
}

impl Reader {
    /// Begins to read. Counts the documents where every file says how many it has (shards, Parquet and text files do).
    ///
    /// # Errors
    /// A size limit that is 0 or that spans cannot hold.
    pub fn open(inputs: Inputs, options: ReadOptions) -> Result<Self, Failure> {
        if options.max_document_bytes == 0 || options.max_document_bytes > u64::from(u32::MAX) {
            let what = format!("a document limit of {} bytes is not possible", options.max_document_bytes);
            return Err(Failure::new(what, "choose a limit between 1 byte and 4 GiB"));
        }
        let counted = inputs.files().iter().map(count).sum::<Option<u64>>();
        let n_documents = match (counted, options.limit) {
            (Some(counted), Some(limit)) => Some(counted.min(limit)),
            (counted, _) => counted,
        };
        Ok(Self {
            files: inputs.files().to_vec().into_iter(),
            current: None,
            options,
            sequence: 0,
            n_documents,
            seen: HashSet::new(),
            bytes_of_closed_files: 0,
            bytes_read: Arc::default(),
        })
    }

    /// Bytes of the input files read so far; the end is `Inputs::n_bytes`.
    pub fn bytes_read(&self) -> u64 {
        self.bytes_read.load(Ordering::Relaxed)
    }

    /// The same count for a thread that shows progress.
    pub fn bytes_read_counter(&self) -> Arc<AtomicU64> {
        self.bytes_read.clone()
    }

    /// Reads past the documents before `sequence` (a resumed run has them already) and remembers their identifiers.
    ///
    /// # Errors
    /// The input has fewer documents than that.
    pub fn skip_to(&mut self, sequence: u64) -> Result<(), Failure> {
        while self.sequence < sequence {
            if self.next()?.is_none() {
                let what = format!("the input ends after {} documents, but {sequence} were read before", self.sequence);
                return Err(Failure::new(what, "resume with the same input, or begin anew with another --out"));
            }
        }
        Ok(())
    }

    fn next_record(&mut self) -> Option<(Arc<str>, Record)> {
        loop {
            if self.current.is_none() {
                let file = self.files.next()?;
                let records = open(&file, self.options.max_document_bytes);
                self.current = Some((file, records));
            }
            let (file, records) = self.current.as_mut()?;
            let record = records.next();
            let read = records.bytes_read().min(file.n_bytes);
            self.bytes_read.store(self.bytes_of_closed_files + read, Ordering::Relaxed);
            if let Some(record) = record {
                return Some((file.name.clone(), record));
            }
            self.bytes_of_closed_files += file.n_bytes;
            self.bytes_read.store(self.bytes_of_closed_files, Ordering::Relaxed);
            self.current = None;
        }
    }

    fn accept(&mut self, shard: Arc<str>, whole: Whole) -> Intake {
        let n_bytes = whole.text.as_str().len() as u64;
        if n_bytes > self.options.max_document_bytes {
            let what = format!("the text is larger than {} bytes", self.options.max_document_bytes);
            return self.fault(shard, Broken::new(whole.doc_id, FaultKind::TooLarge, what).sized(n_bytes));
        }
        if !self.seen.insert(identity(&whole.doc_id)) {
            let what = "an earlier document of this run has the same doc_id";
            return self.fault(shard, Broken::new(whole.doc_id, FaultKind::DuplicateId, what).sized(n_bytes));
        }
        Intake::Document(Document {
            sequence: self.sequence,
            shard,
            doc_id: whole.doc_id.into(),
            text: whole.text,
            metadata: whole.metadata.into(),
        })
    }

    fn fault(&self, shard: Arc<str>, broken: Broken) -> Intake {
        Intake::Fault(Fault {
            sequence: self.sequence,
            shard,
            doc_id: broken.doc_id.into(),
            kind: broken.kind,
            byte_offset: broken.byte_offset,
            n_bytes: broken.n_bytes,
            what: broken.what,
            remedy: broken.remedy,
        })
    }
}

impl Source for Reader {
    fn next(&mut self) -> Result<Option<Intake>, Failure> {
        if self.options.limit.is_some_and(|limit| self.sequence >= limit) {
            return Ok(None);
        }
        let Some((shard, record)) = self.next_record() else { return Ok(None) };
        let intake = match record {
            Record::Whole(whole) => self.accept(shard, whole),
            Record::Broken(broken) => self.fault(shard, broken),
        };
        self.sequence += 1;
        Ok(Some(intake))
    }

    fn n_documents(&self) -> Option<u64> {
        self.n_documents
    }
}

fn open(file: &InputFile, max_bytes: u64) -> Box<dyn Records> {
    let opened: Result<Box<dyn Records>, Broken> = match file.kind {
        FileKind::Shard => match Shard::open(&file.path) {
            Ok(shard) => Ok(Box::new(ShardRecords::new(shard, file.name.clone()))),
            Err(refusal) => Err(refusal.into_broken(&file.name)),
        },
        FileKind::Text => Ok(Box::new(Plain::new(file.clone(), max_bytes))),
        FileKind::JsonLines => match JsonLines::open(file, max_bytes) {
            Ok(lines) => Ok(Box::new(lines)),
            Err(error) => {
                let what = format!("the file cannot be read ({})", error.kind());
                Err(Broken::new(&*file.name, FaultKind::Unreadable, what)
                    .advising("check the file and that you may read it"))
            }
        },
        FileKind::Csv => Delimited::open(file, max_bytes).map(|csv| Box::new(csv) as _),
        FileKind::Parquet => ParquetRecords::open(file).map(|parquet| Box::new(parquet) as _),
    };
    opened.unwrap_or_else(|broken| Box::new(Refused { broken: Some(broken), n_bytes: file.n_bytes }))
}

/// Records in the file where it says so; a file that will be refused is one.
fn count(file: &InputFile) -> Option<u64> {
    match file.kind {
        FileKind::Text => Some(1),
        FileKind::Shard => Some(Shard::open(&file.path).and_then(|shard| shard.n_rows()).unwrap_or(1)),
        FileKind::Parquet => Some(ParquetRecords::open(file).map_or(1, |records| records.n_rows_in_all())),
        FileKind::JsonLines | FileKind::Csv => None,
    }
}

fn identity(doc_id: &str) -> u128 {
    let digest = Sha256::digest(doc_id.as_bytes());
    digest.iter().take(16).fold(0, |bits, byte| bits << 8 | u128::from(*byte))
}
