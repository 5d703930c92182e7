//! One part of a dataset: six Parquet files that appear together or not at all.
//!
//! Files are written and synced under temporary names and then renamed. Their bytes depend on the rows and on befund's version alone: no
//! time, no machine. A part counts only once the ledger has its line, so what a crash leaves between two renames is swept up on resume.
//! Knows nothing of what the rows mean.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use befund_core::{Failure, Table};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;

use crate::cell::TableBuilder;

/// Folder of the files that are being written.
const TEMPORARY: &str = ".tmp";

/// Where a table's part lies in the dataset.
pub(crate) fn part_name(table: Table, part: u32) -> String {
    format!("{table}/part-{part:05}.parquet")
}

/// Writes one part out of the tables' waiting rows. After an error nothing of it is left.
pub(crate) fn write_part(dir: &Path, part: u32, tables: &mut [TableBuilder]) -> Result<(), Failure> {
    let temporary = dir.join(TEMPORARY);
    let written = write_all(dir, &temporary, part, tables);
    let _ = fs::remove_dir_all(&temporary);
    if written.is_err() {
        remove_part(dir, part);
    }
    written
}

/// Removes whatever there is of a part.
pub(crate) fn remove_part(dir: &Path, part: u32) {
    for table in Table::ALL {
        let _ = fs::remove_file(dir.join(part_name(*table, part)));
    }
}

/// Removes what a killed run left: temporary files and parts from `first` on, which the ledger does not know.
pub(crate) fn sweep(dir: &Path, first: u32) -> Result<(), Failure> {
    let temporary = dir.join(TEMPORARY);
    if temporary.exists() {
        fs::remove_dir_all(&temporary).map_err(|error| cannot_write(&temporary, error))?;
    }
    for table in Table::ALL {
        let folder = dir.join(table.as_str());
        for entry in fs::read_dir(&folder).map_err(|error| cannot_write(&folder, error))? {
            let path = entry.map_err(|error| cannot_write(&folder, error))?.path();
            if part_number(&path).is_some_and(|part| part >= first) {
                fs::remove_file(&path).map_err(|error| cannot_write(&path, error))?;
            }
        }
    }
    Ok(())
}

/// The number in `part-00012.parquet`.
pub(crate) fn part_number(path: &Path) -> Option<u32> {
    path.file_name()?.to_str()?.strip_prefix("part-")?.strip_suffix(".parquet")?.parse().ok()
}

/// A failure to write, with what to do about it.
pub(crate) fn cannot_write(path: &Path, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Failure {
    let what = format!("cannot write {}", path.display());
    let remedy = "make the folder writable or free space, then run again with --resume; parts written so far are valid";
    Failure::from_cause(what, remedy, cause)
}

/// Makes renames in a folder last through a loss of power, where the system can sync a folder.
pub(crate) fn sync_folder(folder: &Path) {
    if let Ok(open) = File::open(folder) {
        let _ = open.sync_all();
    }
}

fn write_all(dir: &Path, temporary: &Path, part: u32, tables: &mut [TableBuilder]) -> Result<(), Failure> {
    fs::create_dir_all(temporary).map_err(|error| cannot_write(temporary, error))?;
    let mut renames: Vec<(PathBuf, PathBuf)> = Vec::with_capacity(tables.len());
    for table in tables.iter_mut() {
        let begun = temporary.join(format!("{}.parquet", table.table()));
        write_table(&begun, table)?;
        renames.push((begun, dir.join(part_name(table.table(), part))));
    }
    for (begun, done) in &renames {
        fs::rename(begun, done).map_err(|error| cannot_write(done, error))?;
    }
    Table::ALL.iter().for_each(|table| sync_folder(&dir.join(table.as_str())));
    Ok(())
}

fn write_table(path: &Path, table: &mut TableBuilder) -> Result<(), Failure> {
    let batch = table.finish()?;
    let failed = |error: ParquetError| match error {
        ParquetError::External(cause) => cannot_write(path, cause),
        other => cannot_write(path, other),
    };
    let failed_io = |error: io::Error| cannot_write(path, error);
    let file = File::create(path).map_err(failed_io)?;
    let properties = properties().map_err(failed)?;
    let mut writer = ArrowWriter::try_new(file, table.schema().clone(), Some(properties)).map_err(failed)?;
    writer.write(&batch).map_err(failed)?;
    writer.into_inner().map_err(failed)?.sync_all().map_err(failed_io)
}

fn properties() -> Result<WriterProperties, ParquetError> {
    Ok(WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
        .set_created_by(format!("befund version {}", env!("CARGO_PKG_VERSION")))
        .build())
}
