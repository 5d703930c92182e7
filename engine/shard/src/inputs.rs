//! Turns what the user typed into a list of files.
//!
//! A path that is not there, an extension that nothing here reads or a sealed shard is the user's to mend before the run begins: a failure.
//! Inside a folder unknown files are normal; they are listed as ignored, not lost silently. Knows nothing of what is in the files.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use befund_core::Failure;

/// How a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// Arrow IPC file.
    Shard,
    /// One document, plain text.
    Text,
    /// One JSON object a line.
    JsonLines,
    /// Delimited text with a header.
    Csv,
    /// Parquet.
    Parquet,
}

impl FileKind {
    /// By the file's extension, in any case.
    pub fn of(path: &Path) -> Option<Self> {
        Some(match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "arrow" => Self::Shard,
            "txt" => Self::Text,
            "jsonl" => Self::JsonLines,
            "csv" => Self::Csv,
            "parquet" => Self::Parquet,
            _ => return None,
        })
    }
}

/// One file to read.
#[derive(Clone, Debug)]
pub struct InputFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its name in the `shard` column: the path as the user gave it, `/` between folders.
    pub name: Arc<str>,
    /// How it is read.
    pub kind: FileKind,
    /// Size in bytes.
    pub n_bytes: u64,
    /// Identifier of the document in a `.txt` file: its path below the folder given, without extension.
    pub stem: Arc<str>,
}

/// The files of a run, in reading order.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    files: Vec<InputFile>,
    ignored: Vec<PathBuf>,
}

impl Inputs {
    /// Finds the files behind the paths. Order: as given; inside a folder by path bytes. Symbolic links to files are followed, links to
    /// folders and names that begin with a dot are ignored.
    ///
    /// # Errors
    /// A path that does not exist, a folder that cannot be listed or holds nothing readable, an unknown extension, a sealed shard.
    pub fn resolve(paths: &[PathBuf]) -> Result<Self, Failure> {
        let mut inputs = Self::default();
        for path in paths {
            let metadata = fs::metadata(path).map_err(|error| cannot_open(path, error))?;
            if metadata.is_dir() {
                inputs.add_folder(path)?;
            } else {
                refuse_sealed(path)?;
                let kind = FileKind::of(path).ok_or_else(|| {
                    let what = format!("input {} has an extension that befund does not read", path.display());
                    Failure::new(what, "give .arrow, .txt, .jsonl, .csv or .parquet files, or folders of them")
                })?;
                inputs.files.push(file(path, Path::new(path.file_name().unwrap_or_default()), kind, metadata.len()));
            }
        }
        if inputs.files.is_empty() {
            return Err(Failure::new("no input was given", "name at least one file or folder"));
        }
        Ok(inputs)
    }

    /// Files in reading order.
    pub fn files(&self) -> &[InputFile] {
        &self.files
    }

    /// Files in the folders given that nothing here reads.
    pub fn ignored(&self) -> &[PathBuf] {
        &self.ignored
    }

    /// Bytes of all files.
    pub fn n_bytes(&self) -> u64 {
        self.files.iter().map(|file| file.n_bytes).sum()
    }

    fn add_folder(&mut self, root: &Path) -> Result<(), Failure> {
        let mut found = Vec::new();
        let mut folders = vec![root.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).map_err(|error| cannot_open(&folder, error))? {
                let entry = entry.map_err(|error| cannot_open(&folder, error))?;
                let path = entry.path();
                let file_type = entry.file_type().map_err(|error| cannot_open(&path, error))?;
                let hidden = entry.file_name().as_encoded_bytes().first() == Some(&b'.');
                if hidden || (file_type.is_symlink() && path.is_dir()) {
                    self.ignored.push(path);
                } else if file_type.is_dir() {
                    folders.push(path);
                } else {
                    found.push(path);
                }
            }
        }
        found.sort_by(|a, b| a.as_os_str().as_encoded_bytes().cmp(b.as_os_str().as_encoded_bytes()));
        let before = self.files.len();
        for path in found {
            refuse_sealed(&path)?;
            let Some(kind) = FileKind::of(&path) else {
                self.ignored.push(path);
                continue;
            };
            let n_bytes = fs::metadata(&path).map_err(|error| cannot_open(&path, error))?.len();
            let below = path.strip_prefix(root).unwrap_or(&path);
            self.files.push(file(&path, below, kind, n_bytes));
        }
        self.ignored.sort();
        if self.files.len() == before {
            let what = format!("folder {} holds no file that befund reads", root.display());
            return Err(Failure::new(what, "it reads .arrow, .txt, .jsonl, .csv and .parquet"));
        }
        Ok(())
    }
}

fn file(path: &Path, below: &Path, kind: FileKind, n_bytes: u64) -> InputFile {
    let name = slashed(path).into();
    let stem = slashed(&below.with_extension("")).into();
    InputFile { path: path.to_owned(), name, kind, n_bytes, stem }
}

/// The path with `/` on every system, so that the same folder gives the same rows everywhere.
fn slashed(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}

fn refuse_sealed(path: &Path) -> Result<(), Failure> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    if !name.ends_with(".arrow.cms") {
        return Ok(());
    }
    let what = format!("input {} is a sealed shard, which this build cannot open", path.display());
    Err(Failure::new(what, "use a befund that opens sealed shards, or give the plain .arrow shard"))
}

fn cannot_open(path: &Path, error: std::io::Error) -> Failure {
    let what = format!("cannot read input {}", path.display());
    Failure::from_cause(what, "check the path and that you may read it", error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(path: &Path) -> Result<Inputs, Failure> {
        Inputs::resolve(&[path.to_owned()])
    }

    #[test]
    fn folders_are_walked_in_path_byte_order_and_unknown_files_are_listed() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("b/c")).unwrap();
        for name in ["b/c/z.txt", "b/a.txt", "a.TXT", "Ü.txt", "notes.docx", ".hidden.txt", "b.jsonl"] {
            fs::write(root.join(name), "x").unwrap();
        }
        let inputs = resolve(root).unwrap();
        let stems: Vec<&str> = inputs.files().iter().map(|file| &*file.stem).collect();
        assert_eq!(stems, ["a", "b", "b/a", "b/c/z", "Ü"]);
        assert_eq!(inputs.ignored(), [root.join(".hidden.txt"), root.join("notes.docx")]);
        assert_eq!(inputs.n_bytes(), 5);
    }

    #[test]
    fn what_the_user_typed_wrongly_stops_before_the_run() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        assert!(resolve(&root.join("nowhere.txt")).unwrap_err().to_string().contains("nowhere.txt"));
        assert!(resolve(root).unwrap_err().to_string().contains("holds no file"));
        fs::write(root.join("a.docx"), "x").unwrap();
        assert!(resolve(&root.join("a.docx")).unwrap_err().to_string().contains("extension"));
        fs::write(root.join("a.arrow.cms"), "x").unwrap();
        assert!(resolve(&root.join("a.arrow.cms")).unwrap_err().to_string().contains("sealed"));
        assert!(resolve(root).unwrap_err().to_string().contains("sealed"));
        assert!(Inputs::resolve(&[]).is_err());
    }
}
