//! The ledger: which parts of a dataset are complete, and of what run.
//!
//! `ledger.jsonl` begins with a header (fingerprint of inputs, model, rules and options) and has one line a part, appended and synced after
//! the part's files have their names. A part without a line does not exist; a line that was cut off by a crash is dropped. The lines add up
//! to the totals of the run. Knows nothing of Parquet.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use befund_core::{Counts, Failure, Rows, Table};
use serde::{Deserialize, Serialize};

use crate::part::{cannot_write, sync_folder};

const NAME: &str = "ledger.jsonl";
const FORMAT: u32 = 1;

/// What a run, or a part of it, amounts to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Rows in `documents`.
    pub n_documents: u64,
    /// Those with a fault.
    pub n_faults: u64,
    /// Faults by the name of their kind.
    pub faults_by_kind: BTreeMap<String, u64>,
    /// Rows by table.
    pub rows: BTreeMap<String, u64>,
    /// Tokens of all windows.
    pub n_tokens: u64,
    /// Windows.
    pub n_windows: u64,
    /// Bytes of the sentences that the gate kept from the encoder.
    #[serde(default)]
    pub n_bytes_gated: u64,
    /// Bytes of text, as far as known.
    pub n_bytes: u64,
    /// Warnings.
    pub n_warnings: u64,
}

impl Totals {
    /// Adds one document.
    pub(crate) fn count(&mut self, rows: &Rows) {
        self.n_documents += 1;
        if let Some(fault) = &rows.row.fault {
            self.n_faults += 1;
            *self.faults_by_kind.entry(fault.kind.as_str().to_owned()).or_default() += 1;
        }
        let counts = rows.counts();
        for table in Table::ALL {
            *self.rows.entry(table.as_str().to_owned()).or_default() += counts.get(*table);
        }
        self.n_tokens += rows.row.n_tokens;
        self.n_windows += u64::from(rows.row.n_windows);
        self.n_bytes_gated += rows.row.n_bytes_gated;
        self.n_bytes += rows.row.n_bytes.unwrap_or(0);
        self.n_warnings += rows.row.warnings.len() as u64;
    }

    /// Adds another stretch of the run.
    pub(crate) fn add(&mut self, other: &Self) {
        self.n_documents += other.n_documents;
        self.n_faults += other.n_faults;
        for (kind, n) in &other.faults_by_kind {
            *self.faults_by_kind.entry(kind.clone()).or_default() += n;
        }
        for (table, n) in &other.rows {
            *self.rows.entry(table.clone()).or_default() += n;
        }
        self.n_tokens += other.n_tokens;
        self.n_windows += other.n_windows;
        self.n_bytes_gated += other.n_bytes_gated;
        self.n_bytes += other.n_bytes;
        self.n_warnings += other.n_warnings;
    }

    /// Rows by table.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for table in Table::ALL {
            counts.add(*table, self.rows.get(table.as_str()).copied().unwrap_or(0));
        }
        counts
    }
}

/// The totals of the dataset in `dir`, parts written so far.
///
/// # Errors
/// There is no readable ledger.
pub fn read_totals(dir: &Path) -> Result<Totals, Failure> {
    Ok(Contents::read(dir)?.totals())
}

/// Whose ledger it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Header {
    befund_ledger: u32,
    befund: String,
    fingerprint: String,
    documents_per_part: u64,
}

impl Header {
    pub fn new(fingerprint: &str, documents_per_part: u64) -> Self {
        let befund = env!("CARGO_PKG_VERSION").to_owned();
        Self { befund_ledger: FORMAT, befund, fingerprint: fingerprint.to_owned(), documents_per_part }
    }
}

/// One complete part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Line {
    pub part: u32,
    pub first_sequence: u64,
    /// Whether the part ended because it was full. One that ended because the run did is written again on resume, so that a run that was
    /// stopped and resumed has the same parts as one that was not.
    pub full: bool,
    pub totals: Totals,
}

/// A ledger as read.
#[derive(Debug)]
pub(crate) struct Contents {
    pub header: Header,
    pub lines: Vec<Line>,
    /// Bytes up to the end of each line of `lines`, after those up to the end of the header.
    ends: Vec<u64>,
}

impl Contents {
    pub fn read(dir: &Path) -> Result<Self, Failure> {
        let path = path(dir);
        let bytes = fs::read(&path).map_err(|error| {
            let what = format!("{} has no ledger that can be read", dir.display());
            Failure::from_cause(what, "give the folder of a befund dataset", error)
        })?;
        Self::parse(&bytes).ok_or_else(|| {
            let what = format!("the ledger {} is damaged", path.display());
            Failure::new(what, "begin anew with another --out")
        })
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let mut lines = bytes.split_inclusive(|byte| *byte == b'\n').peekable();
        let first = lines.next()?;
        let header: Header = serde_json::from_slice(first).ok()?;
        if header.befund_ledger != FORMAT {
            return None;
        }
        let mut contents = Self { header, lines: Vec::new(), ends: vec![first.len() as u64] };
        let mut next_sequence = 0;
        while let Some(bytes) = lines.next() {
            let is_last = lines.peek().is_none();
            match serde_json::from_slice::<Line>(bytes) {
                Ok(line) if bytes.ends_with(b"\n") => {
                    if line.part as usize != contents.lines.len() || line.first_sequence != next_sequence {
                        return None;
                    }
                    next_sequence += line.totals.n_documents;
                    contents.ends.push(contents.n_bytes() + bytes.len() as u64);
                    contents.lines.push(line);
                }
                // Cut off while it was appended.
                _ if is_last => {}
                _ => return None,
            }
        }
        Some(contents)
    }

    /// Forgets the last part if the run, not its size, ended it.
    pub fn drop_short_part(&mut self) {
        if self.lines.last().is_some_and(|line| !line.full) {
            self.lines.pop();
            self.ends.pop();
        }
    }

    /// Bytes of what was kept.
    fn n_bytes(&self) -> u64 {
        self.ends.last().copied().unwrap_or(0)
    }

    pub fn totals(&self) -> Totals {
        let mut totals = Totals::default();
        self.lines.iter().for_each(|line| totals.add(&line.totals));
        totals
    }
}

/// An open ledger. Holds a lock, so that two runs never write one dataset.
pub(crate) struct Ledger {
    file: File,
    path: PathBuf,
    n_bytes: u64,
}

impl Ledger {
    /// Begins a ledger.
    pub fn create(dir: &Path, header: &Header) -> Result<Self, Failure> {
        let path = path(dir);
        let begun = dir.join(".ledger.jsonl.partial");
        let failed = |error: io::Error| cannot_write(&path, error);
        let line = json_line(header).map_err(failed)?;
        let write = || {
            let mut file = File::create(&begun)?;
            file.write_all(&line)?;
            file.sync_all()?;
            fs::rename(&begun, &path)
        };
        let written: io::Result<()> = write();
        if written.is_err() {
            let _ = fs::remove_file(&begun);
        }
        written.map_err(failed)?;
        sync_folder(dir);
        Self::open(path, line.len() as u64)
    }

    /// Opens the ledger of a run that goes on, cut to what `contents` kept.
    pub fn reopen(dir: &Path, contents: &Contents) -> Result<Self, Failure> {
        Self::open(path(dir), contents.n_bytes())
    }

    fn open(path: PathBuf, n_bytes: u64) -> Result<Self, Failure> {
        let failed = |error: io::Error| cannot_write(&path, error);
        let mut file = OpenOptions::new().read(true).write(true).open(&path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let what = format!("another run is writing to {}", path.display());
                return Err(Failure::new(what, "wait for it to end, or choose another --out"));
            }
            // Some network file systems have no locks; one writer is then the user's to see to.
            Err(TryLockError::Error(_)) => {}
        }
        file.set_len(n_bytes).and_then(|()| file.seek(SeekFrom::End(0))).map_err(failed)?;
        file.sync_all().map_err(failed)?;
        Ok(Self { file, path, n_bytes })
    }

    /// Appends a part. After an error the ledger is as before.
    pub fn append(&mut self, line: &Line) -> Result<(), Failure> {
        let appended = json_line(line).and_then(|bytes| {
            self.file.write_all(&bytes)?;
            self.file.sync_all()?;
            Ok(bytes.len() as u64)
        });
        match appended {
            Ok(n) => {
                self.n_bytes += n;
                Ok(())
            }
            Err(error) => {
                let _ = self.file.set_len(self.n_bytes);
                let _ = self.file.seek(SeekFrom::End(0));
                Err(cannot_write(&self.path, error))
            }
        }
    }
}

/// Whether there is a ledger.
pub(crate) fn exists(dir: &Path) -> bool {
    path(dir).exists()
}

fn path(dir: &Path) -> PathBuf {
    dir.join(NAME)
}

fn json_line(value: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec(value)?;
    bytes.push(b'\n');
    Ok(bytes)
}
