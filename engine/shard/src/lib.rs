//! Where documents come from: Arrow shards, mapped and zero-copy, and plain files packed on the fly.
//!
//! Hospital archives hold broken records. Whatever is wrong with one document becomes a fault in its place, whatever is wrong with one
//! file becomes a fault for that file, and only what the user typed wrongly stops the run. The order of documents is the order of the
//! inputs given, folders sorted by path bytes, so that sequence numbers never change for the same input.
//!
//! Knows nothing of tokens, models or output. `FORMAT.md` beside this crate describes the shard format.

mod columns;
mod delimited;
mod digest;
mod inputs;
mod ipc;
mod jsonl;
mod map;
mod pack;
mod parquet_file;
mod plain;
mod reader;
mod record;
mod schema;

pub use digest::sha256_file;
pub use inputs::{FileKind, InputFile, Inputs};
pub use pack::{PackOptions, PackProgress, PackReceipt, PackedShard, pack};
pub use reader::{ReadOptions, Reader};
pub use schema::{FORMAT_VERSION, VERSION_KEY, shard_schema};
