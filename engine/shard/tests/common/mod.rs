//! Reads inputs to the end for the tests.
#![allow(dead_code, clippy::unwrap_used, clippy::panic)]

use std::path::{Path, PathBuf};

use befund_core::{Document, Fault, Intake, Source};
use befund_shard::{Inputs, ReadOptions, Reader};

/// Everything that comes out of the paths.
pub fn read(paths: &[&Path]) -> Vec<Intake> {
    read_with(paths, ReadOptions::default())
}

pub fn read_with(paths: &[&Path], options: ReadOptions) -> Vec<Intake> {
    let paths: Vec<PathBuf> = paths.iter().map(|path| path.to_path_buf()).collect();
    let inputs = Inputs::resolve(&paths).unwrap();
    let n_bytes = inputs.n_bytes();
    let mut reader = Reader::open(inputs, options).unwrap();
    let all = drain(&mut reader);
    if options.limit.is_none() {
        assert_eq!(reader.bytes_read(), n_bytes, "a run to the end has read every byte");
    }
    all
}

pub fn drain(reader: &mut Reader) -> Vec<Intake> {
    let mut all = Vec::new();
    while let Some(intake) = reader.next().unwrap() {
        let sequence = match &intake {
            Intake::Document(document) => document.sequence,
            Intake::Fault(fault) => fault.sequence,
        };
        assert_eq!(sequence, all.len() as u64, "sequence numbers have no gaps");
        all.push(intake);
    }
    all
}

pub fn document(intake: &Intake) -> &Document {
    match intake {
        Intake::Document(document) => document,
        Intake::Fault(fault) => panic!("a fault: {fault}"),
    }
}

pub fn fault(intake: &Intake) -> &Fault {
    match intake {
        Intake::Document(document) => panic!("a document: {}", document.doc_id),
        Intake::Fault(fault) => fault,
    }
}

/// `id=text`, or `id!kind` for a fault.
pub fn shown(all: &[Intake]) -> Vec<String> {
    all.iter()
        .map(|intake| match intake {
            Intake::Document(document) => format!("{}={}", document.doc_id, document.text()),
            Intake::Fault(fault) => format!("{}!{}", fault.doc_id, fault.kind.as_str()),
        })
        .collect()
}

/// `key=value` pairs of a document.
pub fn metadata(intake: &Intake) -> Vec<String> {
    document(intake).metadata.iter().map(|(key, value)| format!("{key}={value}")).collect()
}

/// A place of its own for one test.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }
}
