//! The record of a benchmark: everything that was measured, on what, in a shape that scripts may rely on (`FORMAT`).

use std::path::Path;

use befund_core::Failure;
use befund_sink::ModelIdentity;
use serde::Serialize;

use super::configuration::Configuration;
use super::machine::Machine;
use super::marks::Agreement;
use super::roof::{RoofRecord, Roofs, Work};
use super::statistics::{Spread, speedups};
use super::text::{TextRecord, TextTimes};
use super::{BenchSpec, Measured, plot, table};
use crate::extract::{OPENING, found_by_name};
use crate::spec::ExtractSpec;

/// Raised when a field changes its meaning or goes.
const FORMAT: u32 = 1;

/// A benchmark.
#[derive(Clone, Debug, Serialize)]
pub struct BenchRecord {
    /// Version of this shape.
    pub format: u32,
    /// Version of befund.
    pub befund: &'static str,
    /// Revision it was built from.
    pub git_revision: &'static str,
    /// When it began, RFC 3339 in UTC.
    pub started: String,
    /// The machine.
    pub machine: Machine,
    /// The model; null where only rules ran.
    pub model: Option<ModelIdentity>,
    /// Names of the inputs, without their folders.
    pub inputs: Vec<String>,
    /// Most documents that were read.
    pub limit: Option<u64>,
    /// Tasks of whole runs.
    pub tasks: Vec<&'static str>,
    /// Who found mentions in whole runs.
    pub found_by: &'static str,
    /// "whole" or "encoder".
    pub mode: &'static str,
    /// Timed rounds.
    pub repeats: usize,
    /// Operations a token.
    pub operations_per_token: Option<Work>,
    /// What the devices compute at most.
    pub roofs: Vec<RoofRecord>,
    /// The text stage alone; null where only rules ran.
    pub text: Option<TextRecord>,
    /// In the order in which they were measured; the others are compared with the first one.
    pub configurations: Vec<ConfigurationRecord>,
}

/// One configuration. Rates are over the median of `seconds`.
#[derive(Clone, Debug, Serialize)]
pub struct ConfigurationRecord {
    /// Device as it was used: "cpu", "cuda:0".
    pub device: String,
    /// Number format of the encoder.
    pub precision: &'static str,
    /// Threads for text and, on a processor, model workers.
    pub threads: usize,
    /// Most tokens in one batch.
    pub max_batch_tokens: usize,
    /// "whole" or "encoder".
    pub mode: &'static str,
    /// Documents.
    pub documents: u64,
    /// Of these, faults.
    pub faults: u64,
    /// Bytes of text.
    pub bytes: u64,
    /// Windows.
    pub windows: u64,
    /// Tokens of all windows.
    pub tokens: u64,
    /// Tokens of the windows that the encoder read; it had read the others before, or need not read them.
    pub tokens_encoded: u64,
    /// Seconds of each round. Of a whole run from opening the model to the last file.
    pub seconds: Vec<f64>,
    /// Median, least and most of `seconds`.
    pub seconds_spread: Spread,
    /// `documents` a second.
    pub documents_per_second: f64,
    /// `tokens` a second.
    pub tokens_per_second: f64,
    /// 10^6 bytes of text a second.
    pub megabytes_per_second: f64,
    /// Speed relative to the first configuration, round by round.
    pub ratio: Spread,
    /// Mentions compared with those of the first configuration.
    pub agreement: Agreement,
    /// Most memory of a whole run, over the rounds.
    pub peak_bytes: Option<u64>,
    /// Busy seconds by stage, summed over threads, medians; empty for the encoder alone.
    pub seconds_by_stage: Vec<StageSeconds>,
    /// The stage of the line that was busy longest.
    pub slowest_stage: Option<String>,
    /// Share of the line's busy seconds outside the encoder and its gate.
    pub share_outside_encoder: Option<f64>,
    /// 10^9 operations of the encoder a second of wall time.
    pub gigaoperations_per_second: Option<f64>,
    /// Share of the measured peak that is.
    pub share_of_peak: Option<f64>,
    /// As people read it.
    #[serde(skip)]
    pub name: String,
}

/// A stage and its busy seconds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StageSeconds {
    /// Name as in run.json; "open" comes before the line: model, rules, digests of the inputs.
    pub stage: String,
    /// Busy seconds over all threads.
    pub seconds: f64,
}

impl BenchRecord {
    /// As JSON.
    ///
    /// # Errors
    /// There is none: every field can be written.
    pub fn json(&self) -> Result<String, Failure> {
        serde_json::to_string_pretty(self)
            .map_err(|cause| Failure::from_cause("the record cannot be written as JSON", "report it", cause))
    }

    /// As Markdown.
    pub fn markdown(&self) -> String {
        table::markdown(self)
    }

    /// Writes bench.json, bench.md and bench.svg into `folder`.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&self, folder: &Path) -> Result<(), Failure> {
        let files =
            [("bench.json", self.json()? + "\n"), ("bench.md", self.markdown()), ("bench.svg", plot::svg(self))];
        files.into_iter().try_for_each(|(name, text)| {
            let path = folder.join(name);
            std::fs::write(&path, text).map_err(|cause| {
                let what = format!("cannot write {}", path.display());
                Failure::from_cause(what, "give --out a folder that can be written", cause)
            })
        })
    }
}

/// Everything that was measured.
pub(super) struct Results<'a> {
    pub(super) configurations: &'a [Configuration],
    /// By configuration, then by round.
    pub(super) rounds: &'a [Vec<Measured>],
    pub(super) agreements: &'a [Agreement],
    pub(super) text: Option<&'a TextTimes>,
    pub(super) work: Option<Work>,
    pub(super) roofs: &'a Roofs,
}

impl Results<'_> {
    pub(super) fn record(&self, spec: &BenchSpec, started: String, model: Option<ModelIdentity>) -> BenchRecord {
        let ExtractSpec { inputs, limit, tasks, found_by, .. } = &spec.base;
        let name = |path: &std::path::PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mode = if spec.encoder_only { "encoder" } else { "whole" };
        BenchRecord {
            format: FORMAT,
            befund: env!("CARGO_PKG_VERSION"),
            git_revision: env!("BEFUND_GIT_REVISION"),
            started,
            machine: Machine::this(),
            model,
            inputs: inputs.iter().map(name).collect(),
            limit: *limit,
            tasks: tasks.iter().map(|task| task.as_str()).collect(),
            found_by: found_by_name(*found_by),
            mode,
            repeats: spec.repeats,
            operations_per_token: self.work,
            roofs: self.roofs.records(),
            text: self.text.map(TextTimes::record),
            configurations: (0..self.configurations.len()).map(|index| self.configuration(index, mode)).collect(),
        }
    }

    fn configuration(&self, index: usize, mode: &'static str) -> ConfigurationRecord {
        let (configuration, rounds) = (&self.configurations[index], &self.rounds[index]);
        let seconds_of = |rounds: &[Measured]| rounds.iter().map(|round| round.seconds).collect::<Vec<_>>();
        let seconds = seconds_of(rounds);
        let spread = Spread::of(&seconds);
        let amounts = rounds.first().cloned().unwrap_or_default();
        let rate = |n: u64| n as f64 / spread.median;
        let stages = stages(rounds);
        let (slowest_stage, share_outside_encoder) = where_time_went(&stages);
        let encoded = rate(amounts.tokens_encoded);
        ConfigurationRecord {
            device: configuration.device.to_string(),
            precision: configuration.precision.as_str(),
            threads: configuration.threads,
            max_batch_tokens: configuration.batching.max_batch_tokens,
            mode,
            documents: amounts.documents,
            faults: amounts.faults,
            bytes: amounts.bytes,
            windows: amounts.windows,
            tokens: amounts.tokens,
            tokens_encoded: amounts.tokens_encoded,
            seconds_spread: spread,
            documents_per_second: rate(amounts.documents),
            tokens_per_second: rate(amounts.tokens),
            megabytes_per_second: rate(amounts.bytes) / 1e6,
            ratio: Spread::of(&speedups(&seconds_of(&self.rounds[0]), &seconds)),
            seconds,
            agreement: self.agreements[index],
            peak_bytes: rounds.iter().filter_map(|round| round.peak_bytes).max(),
            seconds_by_stage: stages,
            slowest_stage,
            share_outside_encoder,
            gigaoperations_per_second: self.work.map(|work| encoded * work.all() / 1e9),
            share_of_peak: self.work.and_then(|work| self.roofs.share(configuration, work, encoded)),
            name: configuration.to_string(),
        }
    }
}

/// Medians by stage, in the order of the line.
fn stages(rounds: &[Measured]) -> Vec<StageSeconds> {
    let Some(first) = rounds.first() else { return Vec::new() };
    let of = |at: usize| rounds.iter().map(|round| round.seconds_by_stage[at].1).collect::<Vec<_>>();
    let stage = |(at, (name, _)): (usize, &(String, f64))| StageSeconds {
        stage: name.clone(),
        seconds: Spread::of(&of(at)).median,
    };
    first.seconds_by_stage.iter().enumerate().map(stage).collect()
}

/// Stages of the model.
const READING: [&str; 2] = ["gate", "extract"];

/// The busiest stage of the line and the share of the line's time outside the model; opening is no stage of the line.
fn where_time_went(stages: &[StageSeconds]) -> (Option<String>, Option<f64>) {
    let line = || stages.iter().filter(|stage| stage.stage != OPENING);
    let slowest = line().max_by(|a, b| a.seconds.total_cmp(&b.seconds)).map(|stage| stage.stage.clone());
    let busy: f64 = line().map(|stage| stage.seconds).sum();
    let reading: f64 = line().filter(|stage| READING.contains(&&*stage.stage)).map(|stage| stage.seconds).sum();
    (slowest, (busy > 0.0).then(|| 1.0 - reading / busy))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slowest_stage_is_one_of_the_line() {
        let stage = |name: &str, seconds| StageSeconds { stage: name.into(), seconds };
        let stages = [stage("open", 9.0), stage("prepare", 1.0), stage("extract", 3.0)];
        assert_eq!(where_time_went(&stages), (Some("extract".into()), Some(0.25)));
        assert_eq!(where_time_went(&[]), (None, None));
    }

    #[test]
    fn stages_are_medians_over_the_rounds() {
        let round = |prepare, extract| Measured {
            seconds_by_stage: vec![("prepare".into(), prepare), ("extract".into(), extract)],
            ..Measured::default()
        };
        let stages = stages(&[round(1.0, 5.0), round(3.0, 4.0), round(2.0, 9.0)]);
        assert_eq!(stages.iter().map(|stage| stage.seconds).collect::<Vec<_>>(), [2.0, 5.0]);
    }
}
