//! What the benchmarks of the stages read: the shipped samples, as documents.
//!
//! The benchmarks themselves are in `benches/`. Each asserts what it counted before it is timed, so that a stage which does nothing does not
//! look fast.

use std::path::Path;

use befund_core::Document;

/// The sample documents in the order of their names.
pub fn samples() -> std::io::Result<Vec<Document>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../datasets/samples");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    let read = |(sequence, path): (usize, &std::path::PathBuf)| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        std::fs::read_to_string(path).map(|text| Document::new(sequence as u64, "samples", &name, text))
    };
    paths.iter().enumerate().map(read).collect()
}

/// Bytes of text in all.
pub fn n_bytes(documents: &[Document]) -> u64 {
    documents.iter().map(|document| document.text().len() as u64).sum()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_samples_are_there() {
        let documents = super::samples().unwrap();
        assert!(documents.len() >= 40);
        assert!(super::n_bytes(&documents) > 50_000);
    }
}
