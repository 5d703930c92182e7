//! Whole runs: each a process of its own that writes a dataset, whose run.json says how long it took and how much memory it had.

use std::path::Path;

use befund_core::Failure;
use befund_run::Stage;
use befund_sink::{DatasetReader, RunManifest, read_manifest};

use super::configuration::Configuration;
use super::marks::Mark;
use super::{BenchSpec, ChildRun, Measured};
use crate::extract::OPENING;
use crate::spec::ExtractSpec;

pub(super) struct Whole<'a> {
    pub(super) spec: &'a BenchSpec,
    pub(super) configurations: &'a [Configuration],
    pub(super) child: ChildRun<'a>,
}

impl Whole<'_> {
    pub(super) fn run(&mut self, index: usize, wanted: bool) -> Result<(Measured, Vec<Mark>), Failure> {
        let scratch = &self.spec.scratch;
        let folder = tempfile::Builder::new().prefix("befund-bench-").tempdir_in(scratch).map_err(|cause| {
            let what = format!("no folder for a run's dataset can be made in {}", scratch.display());
            Failure::from_cause(what, "give --out a folder that can be written", cause)
        })?;
        let out = folder.path().join("dataset");
        (self.child)(&ExtractSpec { out: out.clone(), ..self.configurations[index].spec(&self.spec.base) })?;
        let measured = measured(&read_manifest(&out)?);
        let found = if wanted { marks(&out)? } else { Vec::new() };
        Ok((measured, found))
    }
}

fn measured(manifest: &RunManifest) -> Measured {
    let stages = std::iter::once(OPENING).chain(Stage::ALL.iter().map(|stage| stage.as_str()));
    let seconds = |stage: &str| manifest.seconds_by_stage.get(stage).copied().unwrap_or(0.0);
    Measured {
        seconds: manifest.seconds,
        documents: manifest.n_documents,
        faults: manifest.n_faults,
        bytes: manifest.n_bytes,
        windows: manifest.n_windows,
        tokens: manifest.n_tokens,
        tokens_encoded: (manifest.tokens_per_second * manifest.seconds).round() as u64,
        peak_bytes: manifest.peak_memory_bytes,
        seconds_by_stage: stages.map(|stage| (stage.to_owned(), seconds(stage))).collect(),
    }
}

/// All mentions of a dataset, in order.
fn marks(dataset: &Path) -> Result<Vec<Mark>, Failure> {
    let mut marks = Vec::new();
    for (place, document) in DatasetReader::open(dataset)?.enumerate() {
        let mentions = document?.mentions;
        marks.extend(mentions.iter().map(|row| (place as u64, row.task, row.label, row.begin, row.end)));
    }
    marks.sort_unstable();
    Ok(marks)
}
