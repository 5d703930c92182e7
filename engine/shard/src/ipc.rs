//! Shards: Arrow IPC files, one map and one zero-copy record batch at a time.
//!
//! The footer is read and checked first; a file that was cut off has none. Each batch's buffers are checked against its own borders before
//! it is decoded, and a decoder that panics on a damaged file is caught: a bad shard costs its own documents, not the run. Knows nothing of
//! what the rows mean.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::buffer::Buffer;
use arrow::ipc::convert::fb_to_schema;
use arrow::ipc::reader::{FileDecoder, read_footer_length};
use arrow::ipc::{Block, root_as_footer, root_as_message};
use befund_core::FaultKind;

use crate::columns::{BatchRecords, Located};
use crate::map::map_range;
use crate::record::{Broken, Record, Records};
use crate::schema::{FORMAT_VERSION, VERSION_KEY, with_strings_as_bytes};

const MAGIC: &[u8; 6] = b"ARROW1";
const TRAILER_BYTES: u64 = 10;

/// Why a shard is refused as a whole: what happened, what to do.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub what: String,
    pub remedy: String,
}

impl Refusal {
    fn new(what: impl Into<String>, remedy: &str) -> Self {
        Self { what: what.into(), remedy: remedy.to_owned() }
    }

    fn damaged(what: impl Into<String>) -> Self {
        Self::new(what, "write the shard again with `befund pack`, or copy it again")
    }

    fn io(error: std::io::Error) -> Self {
        Self::new(format!("the shard cannot be read ({})", error.kind()), "check the file and that you may read it")
    }

    /// As the one record of the shard.
    pub fn into_broken(self, name: &str) -> Broken {
        Broken::new(name, FaultKind::Unreadable, self.what).advising(self.remedy)
    }
}

/// An open shard.
pub(crate) struct Shard {
    file: File,
    blocks: Vec<Extent>,
    decoder: FileDecoder,
    located: Located,
}

/// Where a batch lies in the file: checked against the file's length.
struct Extent {
    block: Block,
    offset: u64,
    metadata: usize,
    length: usize,
}

impl Shard {
    /// Opens a shard and checks footer, version and columns.
    pub fn open(path: &Path) -> Result<Self, Refusal> {
        let opened = catch_unwind(AssertUnwindSafe(|| Self::open_checked(path)));
        opened.unwrap_or_else(|_| Err(Refusal::damaged("the shard's footer is damaged")))
    }

    fn open_checked(path: &Path) -> Result<Self, Refusal> {
        let mut file = File::open(path).map_err(Refusal::io)?;
        let n_bytes = file.metadata().map_err(Refusal::io)?.len();
        let footer_bytes = read_footer(&mut file, n_bytes)?;
        let footer = root_as_footer(&footer_bytes).map_err(|_| Refusal::damaged("the shard's footer is damaged"))?;
        let ipc_schema = footer.schema().ok_or_else(|| Refusal::damaged("the shard's footer has no schema"))?;
        if !ipc_schema.endianness().equals_to_target_endianness() {
            return Err(Refusal::new(
                "the shard was written with another byte order",
                "write it again on this kind of machine",
            ));
        }
        let schema = fb_to_schema(ipc_schema);
        check_version(schema.metadata().get(VERSION_KEY).map(String::as_str))?;
        let schema = with_strings_as_bytes(&schema);
        let located = Located::find(&schema).map_err(|what| {
            Refusal::new(what, "a shard needs a string column doc_id and a string column text (engine/shard/FORMAT.md)")
        })?;
        let mut decoder = FileDecoder::new(Arc::new(schema), footer.version());
        for block in footer.dictionaries().iter().flatten() {
            let extent = Extent::of(block, n_bytes)?;
            let buffer = map_range(&file, extent.offset, extent.length).map_err(Refusal::io)?;
            let read = decoder.read_dictionary(block, &buffer);
            read.map_err(|_| Refusal::damaged("a dictionary of the shard is damaged"))?;
        }
        let blocks = footer.recordBatches().into_iter().flatten().map(|block| Extent::of(block, n_bytes));
        let blocks = blocks.collect::<Result<Vec<_>, _>>()?;
        Ok(Self { file, blocks, decoder, located })
    }

    /// Documents in the shard, from the headers of its batches alone.
    pub fn n_rows(&self) -> Result<u64, Refusal> {
        let mut file = &self.file;
        let mut n_rows = 0;
        for extent in &self.blocks {
            let mut header = vec![0; extent.metadata];
            file.seek(SeekFrom::Start(extent.offset))
                .and_then(|_| file.read_exact(&mut header))
                .map_err(Refusal::io)?;
            n_rows += checked_rows(&header, extent)?;
        }
        Ok(n_rows)
    }

    /// Maps and decodes one batch.
    fn batch(&self, index: usize) -> Result<RecordBatch, Refusal> {
        let extent = &self.blocks[index];
        let buffer: Buffer = map_range(&self.file, extent.offset, extent.length).map_err(Refusal::io)?;
        checked_rows(&buffer[..extent.metadata], extent)?;
        let decoded = catch_unwind(AssertUnwindSafe(|| self.decoder.read_record_batch(&extent.block, &buffer)));
        match decoded {
            Ok(Ok(Some(batch))) => Ok(batch),
            // The decoder's own message could quote values.
            _ => Err(Refusal::damaged(format!("batch {index} of the shard is damaged"))),
        }
    }
}

impl Extent {
    fn of(block: &Block, n_bytes: u64) -> Result<Self, Refusal> {
        let outside = || Refusal::damaged("the shard's footer points outside the file");
        let offset = u64::try_from(block.offset()).map_err(|_| outside())?;
        let metadata = usize::try_from(block.metaDataLength()).map_err(|_| outside())?;
        let body = usize::try_from(block.bodyLength()).map_err(|_| outside())?;
        let length = metadata.checked_add(body).ok_or_else(outside)?;
        let end = offset.checked_add(length as u64).ok_or_else(outside)?;
        if end > n_bytes || metadata < 8 {
            return Err(outside());
        }
        Ok(Self { block: *block, offset, metadata, length })
    }
}

fn read_footer(file: &mut File, n_bytes: u64) -> Result<Vec<u8>, Refusal> {
    let mut head = [0; 6];
    let whole = n_bytes >= TRAILER_BYTES + 8;
    if !whole || file.read_exact(&mut head).is_err() || &head != MAGIC {
        return Err(Refusal::new(
            "this is not an Arrow IPC file",
            "write it with `befund pack` or as an Arrow IPC file, not a stream",
        ));
    }
    let mut trailer = [0; TRAILER_BYTES as usize];
    file.seek(SeekFrom::End(-(TRAILER_BYTES as i64)))
        .and_then(|_| file.read_exact(&mut trailer))
        .map_err(Refusal::io)?;
    let truncated =
        || Refusal::damaged(format!("the shard is truncated: it ends after {n_bytes} bytes without a footer"));
    let length = read_footer_length(trailer).map_err(|_| truncated())?;
    if length as u64 > n_bytes - TRAILER_BYTES - 8 {
        return Err(truncated());
    }
    let mut footer = vec![0; length];
    let start = n_bytes - TRAILER_BYTES - length as u64;
    file.seek(SeekFrom::Start(start)).and_then(|_| file.read_exact(&mut footer)).map_err(Refusal::io)?;
    Ok(footer)
}

/// A shard without a version was made by the user with other tools and is read by its columns alone.
fn check_version(version: Option<&str>) -> Result<(), Refusal> {
    let Some(version) = version else { return Ok(()) };
    match version.parse::<u32>() {
        Ok(1..=FORMAT_VERSION) => Ok(()),
        Ok(newer) if newer > FORMAT_VERSION => Err(Refusal::new(
            format!("the shard has format version {newer}, this build reads up to {FORMAT_VERSION}"),
            "use a newer befund, or write the shard again with this one",
        )),
        _ => Err(Refusal::damaged("the shard's format version is not a version")),
    }
}

/// Rows of a batch, after checking that its buffers lie within it.
fn checked_rows(header: &[u8], extent: &Extent) -> Result<u64, Refusal> {
    let damaged = || Refusal::damaged("the header of a batch is damaged");
    // Since Arrow 0.15 a message begins with a continuation mark before its length.
    let prefix = if header.get(..4) == Some(&[0xff; 4]) { 8 } else { 4 };
    let message = root_as_message(header.get(prefix..).ok_or_else(damaged)?).map_err(|_| damaged())?;
    let batch = message.header_as_record_batch().ok_or_else(damaged)?;
    let body = (extent.length - extent.metadata) as i64;
    let inside = batch.buffers().iter().flatten().all(|buffer| {
        let (offset, length) = (buffer.offset(), buffer.length());
        offset >= 0 && length >= 0 && offset.checked_add(length).is_some_and(|end| end <= body)
    });
    let rows = u64::try_from(batch.length()).map_err(|_| damaged())?;
    if inside { Ok(rows) } else { Err(damaged()) }
}

/// The records of a shard.
pub(crate) struct ShardRecords {
    shard: Shard,
    name: Arc<str>,
    batch: Option<BatchRecords>,
    next_batch: usize,
    n_rows: u64,
    n_bytes: u64,
}

impl ShardRecords {
    pub fn new(shard: Shard, name: Arc<str>) -> Self {
        Self { shard, name, batch: None, next_batch: 0, n_rows: 0, n_bytes: 0 }
    }

    fn open_batch(&self, index: usize) -> Result<BatchRecords, Refusal> {
        let batch = self.shard.batch(index)?;
        let damaged = |_| Refusal::damaged(format!("batch {index} of the shard is damaged"));
        BatchRecords::new(&batch, &self.shard.located, self.name.clone(), self.n_rows).map_err(damaged)
    }
}

impl Records for ShardRecords {
    fn next(&mut self) -> Option<Record> {
        loop {
            if let Some(batch) = &mut self.batch {
                if let Some(record) = batch.next() {
                    return Some(record);
                }
                self.n_rows += batch.n_rows();
                self.batch = None;
            }
            let index = self.next_batch;
            self.n_bytes += self.shard.blocks.get(index)?.length as u64;
            self.next_batch += 1;
            match self.open_batch(index) {
                Ok(batch) => self.batch = Some(batch),
                Err(refusal) => {
                    let id = format!("{}:batch {index}", self.name);
                    return Some(refusal.into_broken(&id).into());
                }
            }
        }
    }

    fn bytes_read(&self) -> u64 {
        self.n_bytes
    }
}
