//! The folder an export is written to: files get their names only when all of them are complete.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use befund_core::Failure;

/// Where files wait.
const TEMPORARY: &str = ".tmp";

/// A new or empty folder that is being filled.
pub(crate) struct Folder {
    out: PathBuf,
    waiting: Vec<String>,
}

impl Folder {
    /// Makes the folder.
    pub fn create(out: &Path) -> Result<Self, Failure> {
        if out.is_file() {
            let what = format!("{} is a file", out.display());
            return Err(Failure::new(what, "choose a folder with --out; the export is one or several files in it"));
        }
        let mut entries = out.read_dir().into_iter().flatten().flatten();
        if entries.any(|entry| entry.file_name() != TEMPORARY) {
            let what = format!("{} is not empty", out.display());
            return Err(Failure::new(what, "choose another --out, or empty it"));
        }
        // What a killed export left.
        let temporary = out.join(TEMPORARY);
        if temporary.exists() {
            fs::remove_dir_all(&temporary).map_err(|error| cannot_write(&temporary, error))?;
        }
        fs::create_dir_all(&temporary).map_err(|error| cannot_write(&temporary, error))?;
        Ok(Self { out: out.to_owned(), waiting: Vec::new() })
    }

    /// Begins a file.
    pub fn file(&mut self, name: &str) -> Result<BufWriter<File>, Failure> {
        let path = self.out.join(TEMPORARY).join(name);
        let file = File::create(&path).map_err(|error| cannot_write(&path, error))?;
        self.waiting.push(name.to_owned());
        Ok(BufWriter::new(file))
    }

    /// Gives the files their names, which are returned in the order in which they were begun.
    pub fn finish(mut self) -> Result<Vec<String>, Failure> {
        let waiting = std::mem::take(&mut self.waiting);
        for name in &waiting {
            let path = self.out.join(name);
            fs::rename(self.out.join(TEMPORARY).join(name), &path).map_err(|error| cannot_write(&path, error))?;
        }
        Ok(waiting)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(self.out.join(TEMPORARY));
    }
}

/// A failure to write a file of an export.
pub(crate) fn cannot_write(path: &Path, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Failure {
    Failure::from_cause(
        format!("cannot write {}", path.display()),
        "make --out writable or free space, then export again",
        cause,
    )
}
