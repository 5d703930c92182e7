//! The one memory map of the engine, and its only `unsafe`.
//!
//! One record batch is mapped at a time, not the whole file: when the last document of a batch is dropped its pages leave the process, so
//! memory stays flat over a shard of any size. Knows nothing of Arrow's metadata.
//!
//! Why it is sound. `Mmap::map` is unsafe because another process may change or shorten the file while it is mapped. Befund opens shards
//! read-only, maps only ranges inside the length it has just seen, and documents (`FORMAT.md`) that a shard is immutable once it has its
//! name; `pack` keeps to that by writing under a temporary name. The Arrow decoder checks every offset and every byte of text on the mapped
//! pages before a `&str` is made of them. Shortening a shard during a run ends the process with SIGBUS, as in every program that maps files;
//! the ledger of the dataset makes that run resumable.
#![allow(unsafe_code)]

use std::fs::File;
use std::io;

use arrow::buffer::Buffer;
use bytes::Bytes;
use memmap2::MmapOptions;

/// Maps `length` bytes of `file` from `offset` on. The buffer owns the map. Both ends must lie within the file and `length` must not be 0.
pub(crate) fn map_range(file: &File, offset: u64, length: usize) -> io::Result<Buffer> {
    let end = offset.checked_add(length as u64);
    if length == 0 || end.is_none_or(|end| end > file.metadata().map_or(0, |metadata| metadata.len())) {
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the range lies outside the file"));
    }
    // SAFETY: see the head of this file; the range was checked against the file's length just above.
    let map = unsafe { MmapOptions::new().offset(offset).len(length).map(file)? };
    #[cfg(unix)]
    map.advise(memmap2::Advice::Sequential)?;
    Ok(Buffer::from(Bytes::from_owner(map)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_outside_the_file_is_refused_and_one_inside_is_mapped_at_any_offset() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bytes");
        std::fs::write(&path, (0..=255u8).collect::<Vec<_>>()).unwrap();
        let file = File::open(&path).unwrap();
        assert_eq!(map_range(&file, 17, 3).unwrap().as_slice(), [17, 18, 19]);
        assert!(map_range(&file, 250, 7).is_err());
        assert!(map_range(&file, u64::MAX, 7).is_err());
        assert!(map_range(&file, 0, 0).is_err());
    }
}
