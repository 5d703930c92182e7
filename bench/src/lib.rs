//! What the benchmarks of the stages read: the shipped samples, or the documents at the path in `BEFUND_BENCH_TEXT`.
//!
//! The benchmarks themselves are in `benches/`. Each asserts what it counted in the samples before it is timed, so that a stage which does
//! nothing does not look fast.

use std::path::{Path, PathBuf};

use befund_core::{Document, Failure, Intake, Source};
use befund_shard::{Inputs, ReadOptions, Reader};

/// The documents that the stages are fed.
pub struct Corpus {
    /// In input order, numbered from 0.
    pub documents: Vec<Document>,
    /// Whether they are the samples of this repository.
    pub is_samples: bool,
}

impl Corpus {
    /// Any input of `befund extract` that `BEFUND_BENCH_TEXT` names, else the samples.
    ///
    /// # Errors
    /// The input cannot be read.
    pub fn of_environment() -> Result<Self, Failure> {
        match std::env::var_os("BEFUND_BENCH_TEXT") {
            Some(path) => Ok(Self { documents: read(PathBuf::from(path))?, is_samples: false }),
            None => Self::samples(),
        }
    }

    /// The shipped samples.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn samples() -> Result<Self, Failure> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../datasets/samples");
        Ok(Self { documents: read(folder)?, is_samples: true })
    }

    /// Bytes of text in all.
    pub fn n_bytes(&self) -> u64 {
        self.documents.iter().map(|document| document.text().len() as u64).sum()
    }

    /// Whether a stage that counted `n` did its work: at least `least` in the samples, of which that is known.
    pub fn is_plausible(&self, n: usize, least: usize) -> bool {
        !self.is_samples || n >= least
    }
}

/// The readable documents of an input.
fn read(path: PathBuf) -> Result<Vec<Document>, Failure> {
    let mut reader = Reader::open(Inputs::resolve(&[path])?, ReadOptions::default())?;
    let mut documents = Vec::new();
    while let Some(intake) = reader.next()? {
        if let Intake::Document(document) = intake {
            documents.push(Document { sequence: documents.len() as u64, ..document });
        }
    }
    Ok(documents)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_samples_are_there() {
        let samples = super::Corpus::samples().unwrap();
        assert!(samples.documents.len() >= 40 && samples.n_bytes() > 50_000);
        assert!(samples.documents.iter().enumerate().all(|(i, document)| document.sequence == i as u64));
    }
}
