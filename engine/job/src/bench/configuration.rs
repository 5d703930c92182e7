//! The configurations of a benchmark: the lists of the specification crossed, without what a device does not do.

use std::fmt;

use befund_core::Failure;
use befund_knowledge::FoundByMode;
use befund_models::{OpenDevice, Precision};

use super::BenchSpec;
use crate::parts::Batching;
use crate::spec::ExtractSpec;

/// One way to run.
#[derive(Clone, Debug)]
pub(super) struct Configuration {
    pub(super) device: OpenDevice,
    pub(super) precision: Precision,
    pub(super) threads: usize,
    pub(super) batching: Batching,
}

impl fmt::Display for Configuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { device, precision, threads, batching } = self;
        let plural = if *threads == 1 { "" } else { "s" };
        write!(f, "{device} {}, {threads} thread{plural}, {} tokens", precision.as_str(), batching.max_batch_tokens)
    }
}

impl Configuration {
    /// The run of this configuration.
    pub(super) fn spec(&self, base: &ExtractSpec) -> ExtractSpec {
        ExtractSpec {
            device: self.device.spec(),
            precision: Some(self.precision),
            threads: self.threads,
            max_batch_tokens: Some(self.batching.max_batch_tokens),
            ..base.clone()
        }
    }

    fn key(&self) -> (String, &'static str, usize, usize) {
        (self.device.to_string(), self.precision.as_str(), self.threads, self.batching.max_batch_tokens)
    }
}

/// Crosses the lists, device first. A precision that a device does not compute in is passed over with a note; a missing device fails.
pub(super) fn configurations(spec: &BenchSpec, note: &mut dyn FnMut(&str)) -> Result<Vec<Configuration>, Failure> {
    // Rules know neither formats nor batches.
    let rules_only = spec.base.found_by == FoundByMode::Rules;
    let precisions = if rules_only { &[Precision::F32][..] } else { &spec.precisions };
    let sizes: Vec<Option<usize>> = match spec.max_batch_tokens.as_slice() {
        _ if rules_only => vec![None],
        [] => vec![None],
        sizes => sizes.iter().copied().map(Some).collect(),
    };
    let mut crossed: Vec<Configuration> = Vec::new();
    for device in &spec.devices {
        let device = device.open()?;
        for &precision in precisions {
            if !precision.runs_on(&device) {
                note(&format!("passed over: {device} does not compute in {}", precision.as_str()));
                continue;
            }
            for &threads in &spec.threads {
                for &size in &sizes {
                    let batching = Batching::of(&device, threads, size);
                    let one = Configuration { device: device.clone(), precision, threads, batching };
                    if crossed.iter().all(|other| other.key() != one.key()) {
                        crossed.push(one);
                    }
                }
            }
        }
    }
    if crossed.is_empty() {
        return Err(Failure::new(
            "none of the devices computes in any of the precisions",
            "ask for f32 and int8 on processors, f32, f16 and bf16 on CUDA",
        ));
    }
    Ok(crossed)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use befund_models::DeviceSpec;

    use super::*;

    fn spec(precisions: Vec<Precision>) -> BenchSpec {
        BenchSpec {
            base: ExtractSpec::default(),
            devices: vec![DeviceSpec::Cpu],
            precisions,
            threads: vec![2, 1, 2],
            max_batch_tokens: vec![],
            repeats: 1,
            encoder_only: false,
            scratch: PathBuf::new(),
        }
    }

    #[test]
    fn lists_are_crossed_in_their_order_and_what_comes_twice_counts_once() {
        let mut notes = Vec::new();
        let precisions = vec![Precision::Int8, Precision::Bf16, Precision::F32];
        let crossed = configurations(&spec(precisions), &mut |note| notes.push(note.to_owned())).unwrap();
        let names: Vec<String> = crossed.iter().map(ToString::to_string).collect();
        assert_eq!(
            names,
            [
                "cpu int8, 2 threads, 256 tokens",
                "cpu int8, 1 thread, 256 tokens",
                "cpu f32, 2 threads, 256 tokens",
                "cpu f32, 1 thread, 256 tokens"
            ]
        );
        assert_eq!(notes, ["passed over: cpu does not compute in bf16"]);
    }

    #[test]
    fn where_nothing_can_run_that_is_an_error() {
        assert!(configurations(&spec(vec![Precision::F16]), &mut |_| ()).is_err());
    }
}
