//! The dataset as a sink: takes rows in document order and writes them in parts of a fixed number of documents.
//!
//! Borders of parts depend on the rows alone, never on time or threads, so a run that was killed and resumed has the same files as one
//! that was not. Knows nothing of how rows are made.

use std::fs;
use std::path::{Path, PathBuf};

use befund_core::{Failure, Rows, Sink, Table};

use crate::cell::TableBuilder;
use crate::ledger::{self, Contents, Header, Ledger, Line, Totals};
use crate::part::{cannot_write, part_name, remove_part, sweep, write_part};
use crate::rows;

/// A part is full, too, when its tables hold this many rows or this much text: memory is bounded whatever is in the documents.
const ROWS_PER_PART: u64 = 1_000_000;
const TEXT_BYTES_PER_PART: usize = 256 << 20;

/// How to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatasetOptions {
    /// Documents in one part.
    pub documents_per_part: u64,
    /// What the rows depend on (inputs, model, rules, options), as one string: a run is resumed only with the same.
    pub fingerprint: String,
}

impl DatasetOptions {
    /// Parts of 4,096 documents.
    pub fn new(fingerprint: impl Into<String>) -> Self {
        Self { documents_per_part: 4096, fingerprint: fingerprint.into() }
    }
}

/// A dataset being written.
pub struct Dataset {
    dir: PathBuf,
    documents_per_part: u64,
    ledger: Ledger,
    tables: Vec<TableBuilder>,
    /// Parts written.
    n_parts: u32,
    /// What they hold.
    written: Totals,
    /// What waits for the next one.
    waiting: Totals,
    failed: bool,
}

impl Dataset {
    /// Begins a dataset in `dir`, which is made where it is missing.
    ///
    /// # Errors
    /// The folder holds a dataset already or cannot be written.
    pub fn create(dir: &Path, options: DatasetOptions) -> Result<Self, Failure> {
        let taken = ledger::exists(dir) || Table::ALL.iter().any(|table| dir.join(table.as_str()).exists());
        if taken || dir.join("run.json").exists() {
            let what = format!("{} already holds a dataset", dir.display());
            return Err(Failure::new(what, "go on with --resume, or choose another --out"));
        }
        make_folders(dir)?;
        let header = Header::new(&options.fingerprint, options.documents_per_part.max(1));
        let ledger = Ledger::create(dir, &header)?;
        Ok(Self::new(dir, &options, ledger, 0, Totals::default()))
    }

    /// Goes on with the dataset in `dir`: keeps its full parts, removes what a killed run left. Begins one where there is none.
    /// `next_sequence` says with which document to go on.
    ///
    /// # Errors
    /// The dataset was made from other inputs, model, rules or options, by another version, or has lost a part; another run holds it.
    pub fn resume(dir: &Path, options: DatasetOptions) -> Result<Self, Failure> {
        if !ledger::exists(dir) {
            // A run killed before its ledger was begun leaves at most empty folders.
            for table in Table::ALL {
                let _ = fs::remove_dir(dir.join(table.as_str()));
            }
            return Self::create(dir, options);
        }
        let mut contents = Contents::read(dir)?;
        if contents.header != Header::new(&options.fingerprint, options.documents_per_part.max(1)) {
            let what = format!(
                "the dataset in {} was made from other inputs, model, rules, options or version",
                dir.display()
            );
            return Err(Failure::new(what, "resume with what it was begun with, or choose another --out"));
        }
        contents.drop_short_part();
        make_folders(dir)?;
        let n_parts = contents.lines.len() as u32;
        for (part, table) in (0..n_parts).flat_map(|part| Table::ALL.iter().map(move |table| (part, *table))) {
            let path = dir.join(part_name(table, part));
            if !path.is_file() {
                let what = format!("{} is missing, though the ledger has it", path.display());
                return Err(Failure::new(what, "put it back, or begin anew with another --out"));
            }
        }
        // The ledger is cut first: a crash between the two steps leaves files without a line, which the next resume sweeps.
        let ledger = Ledger::reopen(dir, &contents)?;
        sweep(dir, n_parts)?;
        Ok(Self::new(dir, &options, ledger, n_parts, contents.totals()))
    }

    fn new(dir: &Path, options: &DatasetOptions, ledger: Ledger, n_parts: u32, written: Totals) -> Self {
        Self {
            dir: dir.to_owned(),
            documents_per_part: options.documents_per_part.max(1),
            ledger,
            tables: Table::ALL.iter().map(|table| TableBuilder::new(*table)).collect(),
            n_parts,
            written,
            waiting: Totals::default(),
            failed: false,
        }
    }

    /// Sequence number of the document that is to come next.
    pub fn next_sequence(&self) -> u64 {
        self.written.n_documents + self.waiting.n_documents
    }

    /// Totals so far, rows that wait included.
    pub fn totals(&self) -> Totals {
        let mut totals = self.written.clone();
        totals.add(&self.waiting);
        totals
    }

    fn append(&mut self, rows: Rows) -> Result<(), Failure> {
        let expected = self.next_sequence();
        if rows.row.sequence != expected {
            let what = format!("document {} came where document {expected} was due", rows.row.sequence);
            return Err(Failure::new(what, "this is a mistake in befund: please report it"));
        }
        let rows = rows::checked(rows);
        rows::append(&rows, &mut self.tables)?;
        self.waiting.count(&rows);
        let n_rows: u64 = self.waiting.rows.values().sum();
        let n_text_bytes: usize = self.tables.iter().map(TableBuilder::n_text_bytes).sum();
        let full = self.waiting.n_documents >= self.documents_per_part
            || n_rows >= ROWS_PER_PART
            || n_text_bytes >= TEXT_BYTES_PER_PART;
        if full { self.write_part(true) } else { Ok(()) }
    }

    fn write_part(&mut self, full: bool) -> Result<(), Failure> {
        let part = self.n_parts;
        write_part(&self.dir, part, &mut self.tables)?;
        let line = Line { part, first_sequence: self.written.n_documents, full, totals: self.waiting.clone() };
        if let Err(failure) = self.ledger.append(&line) {
            remove_part(&self.dir, part);
            return Err(failure);
        }
        self.written.add(&self.waiting);
        self.waiting = Totals::default();
        self.n_parts += 1;
        Ok(())
    }
}

impl Sink for Dataset {
    fn write(&mut self, rows: Rows) -> Result<(), Failure> {
        let written = if self.failed { Err(after_failure()) } else { self.append(rows) };
        self.failed |= written.is_err();
        written
    }

    /// Writes the last part.
    fn close(mut self: Box<Self>) -> Result<(), Failure> {
        if self.failed {
            return Err(after_failure());
        }
        if self.waiting.n_documents > 0 || self.n_parts == 0 {
            self.write_part(false)?;
        }
        Ok(())
    }
}

fn make_folders(dir: &Path) -> Result<(), Failure> {
    for folder in std::iter::once(dir.to_owned()).chain(Table::ALL.iter().map(|table| dir.join(table.as_str()))) {
        fs::create_dir_all(&folder).map_err(|error| cannot_write(&folder, error))?;
    }
    Ok(())
}

fn after_failure() -> Failure {
    Failure::new(
        "the dataset could not be written before",
        "mend what the first failure named, then run again with --resume",
    )
}
