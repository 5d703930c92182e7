//! Writes documents into shards of format v1.
//!
//! Shards are written under temporary names and renamed when the last one is complete: a reader never sees a half shard, and a failed
//! `pack` leaves nothing. A document that could not be read is written, too, as a row without text that says why. Knows nothing of where
//! the documents come from.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{LargeStringBuilder, MapBuilder, MapFieldNames, RecordBatch, StringBuilder};
use arrow::datatypes::{Schema, SchemaRef};
use arrow::error::ArrowError;
use arrow::ipc::writer::FileWriter;
use befund_core::{Document, Failure, Fault, Intake, Source};

use crate::schema::{FAULT_BYTE_KEY, FAULT_KEY, FAULT_SIZE_KEY, FAULT_SOURCE_KEY, MAP_NAMES, shard_schema};

/// Text after which a batch is full whatever its number of documents: what a reader maps at once.
const BATCH_BYTES: u64 = 16 << 20;

/// How to pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackOptions {
    /// Documents in one record batch.
    pub documents_per_batch: usize,
    /// Text after which a shard is full.
    pub shard_bytes: u64,
}

impl Default for PackOptions {
    fn default() -> Self {
        Self { documents_per_batch: 1024, shard_bytes: 512 << 20 }
    }
}

/// How far packing has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PackProgress {
    /// Documents and faults written.
    pub n_documents: u64,
    /// Bytes of text written.
    pub n_bytes: u64,
}

/// One shard as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackedShard {
    /// Where it is.
    pub path: PathBuf,
    /// Rows, faults included.
    pub n_documents: u64,
    /// Size of the file.
    pub n_bytes: u64,
}

/// What was packed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackReceipt {
    /// Shards in order.
    pub shards: Vec<PackedShard>,
    /// Readable documents.
    pub n_documents: u64,
    /// Documents that could not be read, written as rows without text.
    pub n_faults: u64,
    /// Bytes of text.
    pub n_text_bytes: u64,
}

/// Packs everything `source` has into `out/shard-00000.arrow`, `out/shard-00001.arrow`, ...; an empty source gives one empty shard.
///
/// # Errors
/// The folder holds shards already or cannot be written; what was begun is then removed.
pub fn pack(
    source: &mut dyn Source,
    out: &Path,
    options: PackOptions,
    on_progress: &mut dyn FnMut(PackProgress),
) -> Result<PackReceipt, Failure> {
    fs::create_dir_all(out).map_err(|error| cannot_write(out, error))?;
    clear_leftovers(out)?;
    let mut packer = Packer::new(out, options);
    let packed = packer.run(source, on_progress);
    if packed.is_err() {
        packer.open = None;
        for shard in &packer.receipt.shards {
            let _ = fs::remove_file(partial(&shard.path));
            let _ = fs::remove_file(&shard.path);
        }
        let _ = fs::remove_file(partial(&packer.path(packer.receipt.shards.len())));
    }
    packed.map(|()| packer.receipt)
}

struct Packer<'a> {
    out: &'a Path,
    options: PackOptions,
    schema: SchemaRef,
    open: Option<FileWriter<BufWriter<File>>>,
    rows: Rows,
    shard_rows: u64,
    shard_text: u64,
    receipt: PackReceipt,
}

impl<'a> Packer<'a> {
    fn new(out: &'a Path, options: PackOptions) -> Self {
        Self {
            out,
            options,
            schema: Arc::new(shard_schema()),
            open: None,
            rows: Rows::new(),
            shard_rows: 0,
            shard_text: 0,
            receipt: PackReceipt::default(),
        }
    }

    fn run(&mut self, source: &mut dyn Source, on_progress: &mut dyn FnMut(PackProgress)) -> Result<(), Failure> {
        while let Some(intake) = source.next()? {
            match &intake {
                Intake::Document(document) => {
                    self.rows.push_document(document);
                    self.receipt.n_documents += 1;
                    self.receipt.n_text_bytes += document.text().len() as u64;
                }
                Intake::Fault(fault) => {
                    self.rows.push_fault(fault);
                    self.receipt.n_faults += 1;
                }
            }
            let full = self.rows.n_rows >= self.options.documents_per_batch.max(1) || self.rows.n_bytes >= BATCH_BYTES;
            if full || self.shard_text + self.rows.n_bytes >= self.options.shard_bytes {
                self.write_batch()?;
                let n_documents = self.receipt.n_documents + self.receipt.n_faults;
                on_progress(PackProgress { n_documents, n_bytes: self.receipt.n_text_bytes });
            }
            if self.shard_text >= self.options.shard_bytes {
                self.finish_shard()?;
            }
        }
        if self.rows.n_rows > 0 || self.receipt.shards.is_empty() && self.open.is_none() {
            self.write_batch()?;
        }
        self.finish_shard()?;
        for shard in &self.receipt.shards {
            fs::rename(partial(&shard.path), &shard.path).map_err(|error| cannot_write(&shard.path, error))?;
        }
        sync_folder(self.out);
        Ok(())
    }

    fn path(&self, index: usize) -> PathBuf {
        self.out.join(format!("shard-{index:05}.arrow"))
    }

    fn write_batch(&mut self) -> Result<(), Failure> {
        let path = self.path(self.receipt.shards.len());
        let failed = |error: ArrowError| cannot_write(&path, error);
        if self.open.is_none() {
            let file = File::create(partial(&path)).map_err(|error| cannot_write(&path, error))?;
            self.open = Some(FileWriter::try_new_buffered(file, &self.schema).map_err(failed)?);
        }
        self.shard_rows += self.rows.n_rows as u64;
        self.shard_text += self.rows.n_bytes;
        let rows = std::mem::replace(&mut self.rows, Rows::new());
        if rows.n_rows > 0
            && let Some(writer) = &mut self.open
        {
            writer.write(&rows.finish(&self.schema).map_err(failed)?).map_err(failed)?;
        }
        Ok(())
    }

    fn finish_shard(&mut self) -> Result<(), Failure> {
        let Some(writer) = self.open.take() else { return Ok(()) };
        let path = self.path(self.receipt.shards.len());
        let buffered = {
            let mut writer = writer;
            writer.finish().and_then(|()| writer.into_inner())
        };
        let file = buffered.map_err(|error| cannot_write(&path, error))?.into_inner();
        let file = file.map_err(|error| cannot_write(&path, error.into_error()))?;
        file.sync_all().map_err(|error| cannot_write(&path, error))?;
        let n_bytes = file.metadata().map_err(|error| cannot_write(&path, error))?.len();
        self.receipt.shards.push(PackedShard { path, n_documents: self.shard_rows, n_bytes });
        (self.shard_rows, self.shard_text) = (0, 0);
        Ok(())
    }
}

/// The rows of one batch.
struct Rows {
    ids: StringBuilder,
    texts: LargeStringBuilder,
    metadata: MapBuilder<StringBuilder, StringBuilder>,
    n_rows: usize,
    n_bytes: u64,
}

impl Rows {
    fn new() -> Self {
        let [entry, key, value] = MAP_NAMES.map(str::to_owned);
        let names = MapFieldNames { entry, key, value };
        let metadata = MapBuilder::new(Some(names), StringBuilder::new(), StringBuilder::new());
        Self { ids: StringBuilder::new(), texts: LargeStringBuilder::new(), metadata, n_rows: 0, n_bytes: 0 }
    }

    fn push_document(&mut self, document: &Document) {
        let metadata = document.metadata.iter().map(|(key, value)| (key.as_str(), value.clone()));
        self.push(&document.doc_id, Some(document.text()), metadata);
    }

    fn push_fault(&mut self, fault: &Fault) {
        let numbers = [(FAULT_BYTE_KEY, fault.byte_offset), (FAULT_SIZE_KEY, fault.n_bytes)];
        let numbers = numbers.into_iter().filter_map(|(key, number)| Some((key, number?.to_string())));
        let said = [
            (FAULT_KEY, format!("{}: {}", fault.kind.as_str(), fault.what)),
            (FAULT_SOURCE_KEY, fault.shard.to_string()),
        ];
        self.push(&fault.doc_id, None, said.into_iter().chain(numbers));
    }

    fn push<'k>(&mut self, doc_id: &str, text: Option<&str>, metadata: impl Iterator<Item = (&'k str, String)>) {
        self.ids.append_value(doc_id);
        self.texts.append_option(text);
        for (key, value) in metadata {
            self.metadata.keys().append_value(key);
            self.metadata.values().append_value(value);
        }
        // Keys and values were appended in pairs, which is all that this call checks.
        let _ = self.metadata.append(true);
        self.n_rows += 1;
        self.n_bytes += text.map_or(0, str::len) as u64;
    }

    fn finish(mut self, schema: &Arc<Schema>) -> Result<RecordBatch, ArrowError> {
        let columns = vec![
            Arc::new(self.ids.finish()) as _,
            Arc::new(self.texts.finish()) as _,
            Arc::new(self.metadata.finish()) as _,
        ];
        RecordBatch::try_new(schema.clone(), columns)
    }
}

/// Name of a shard while it is written.
fn partial(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.partial"))
}

/// Removes what a killed `pack` left and refuses a folder that has shards.
fn clear_leftovers(out: &Path) -> Result<(), Failure> {
    for entry in fs::read_dir(out).map_err(|error| cannot_write(out, error))? {
        let path = entry.map_err(|error| cannot_write(out, error))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with("shard-") && name.ends_with(".arrow") {
            let what = format!("folder {} already holds shards", out.display());
            return Err(Failure::new(what, "pack into another folder, or remove the shards first"));
        }
        if name.starts_with(".shard-") && name.ends_with(".arrow.partial") {
            fs::remove_file(&path).map_err(|error| cannot_write(&path, error))?;
        }
    }
    Ok(())
}

/// Makes the renames last through a loss of power, where the system can sync a folder.
fn sync_folder(out: &Path) {
    if let Ok(folder) = File::open(out) {
        let _ = folder.sync_all();
    }
}

fn cannot_write(path: &Path, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Failure {
    let what = format!("cannot write {}", path.display());
    Failure::from_cause(what, "check that the folder can be written and has space left, or pack to another one", cause)
}
