//! The roof: what the devices of the configurations compute at most, measured in the same rounds, and what of it a configuration reached.

use befund_core::{Failure, Window};
use befund_models::{Model, OpenDevice, Operations, PeakRate, Precision, peak_rate};
use serde::Serialize;

use super::configuration::Configuration;

/// What the model computes for a token, on average over the windows of the benchmark.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Work {
    /// Operations of the weights behind the first layer.
    pub linear: f64,
    /// Operations of attention and of the first layer.
    pub in_f32: f64,
}

impl Work {
    /// `None` where the model does not tell, or there is no window.
    pub(super) fn of(model: &Model, windows: &[Window]) -> Option<Self> {
        let lengths = windows.iter().map(|window| window.ids.len());
        let n_tokens = lengths.clone().sum::<usize>();
        let Operations { linear, in_f32 } = model.operations(lengths)?;
        let each = |operations: f64| operations / n_tokens as f64;
        (n_tokens > 0).then(|| Self { linear: each(linear), in_f32: each(in_f32) })
    }

    /// Both together.
    pub(super) fn all(self) -> f64 {
        self.linear + self.in_f32
    }
}

/// A roof in a record.
#[derive(Clone, Debug, Serialize)]
pub struct RoofRecord {
    /// Device.
    pub device: String,
    /// Number format.
    pub precision: &'static str,
    /// Threads that computed at once.
    pub threads: usize,
    /// 10^9 multiplications and additions a second: the best round.
    pub gigaoperations_per_second: f64,
    /// How it was measured.
    pub how: String,
}

struct Roof {
    device: OpenDevice,
    precision: Precision,
    threads: usize,
    best: Option<PeakRate>,
}

/// The roofs of all configurations, each once.
pub(super) struct Roofs(Vec<Roof>);

impl Roofs {
    pub(super) fn new(configurations: &[Configuration]) -> Self {
        let mut roofs = Self(Vec::new());
        for configuration in configurations {
            let (device, threads) = (&configuration.device, threads_of(configuration));
            for precision in [configuration.precision, precision_of_the_rest(configuration)] {
                if roofs.find(device, precision, threads).is_none() {
                    roofs.0.push(Roof { device: device.clone(), precision, threads, best: None });
                }
            }
        }
        roofs
    }

    /// One round.
    pub(super) fn measure(&mut self) -> Result<(), Failure> {
        for roof in &mut self.0 {
            let rate = peak_rate(&roof.device, roof.precision, roof.threads)?;
            let better = |best: &PeakRate| rate.operations_per_second > best.operations_per_second;
            if roof.best.as_ref().is_none_or(better) {
                roof.best = Some(rate);
            }
        }
        Ok(())
    }

    /// Share of the roof that `tokens_per_second` reach: the seconds that the work of a token takes at the peaks, of those it took.
    pub(super) fn share(&self, configuration: &Configuration, work: Work, tokens_per_second: f64) -> Option<f64> {
        let peak = |precision| {
            let roof = self.find(&configuration.device, precision, threads_of(configuration))?;
            Some(roof.best.as_ref()?.operations_per_second)
        };
        let least =
            work.linear / peak(configuration.precision)? + work.in_f32 / peak(precision_of_the_rest(configuration))?;
        Some(least * tokens_per_second)
    }

    pub(super) fn records(&self) -> Vec<RoofRecord> {
        let record = |roof: &Roof| {
            let best = roof.best.as_ref()?;
            Some(RoofRecord {
                device: roof.device.to_string(),
                precision: roof.precision.as_str(),
                threads: roof.threads,
                gigaoperations_per_second: best.operations_per_second / 1e9,
                how: best.how.clone(),
            })
        };
        self.0.iter().filter_map(record).collect()
    }

    fn find(&self, device: &OpenDevice, precision: Precision, threads: usize) -> Option<&Roof> {
        let same = |roof: &&Roof| {
            roof.device.spec() == device.spec() && roof.precision == precision && roof.threads == threads
        };
        self.0.iter().find(same)
    }
}

/// Threads that compute at once; a card is measured as one.
fn threads_of(configuration: &Configuration) -> usize {
    if configuration.device.is_cpu() { configuration.batching.n_workers } else { 1 }
}

/// On a processor attention and the first layer are computed in f32 whatever the rest is in.
fn precision_of_the_rest(configuration: &Configuration) -> Precision {
    if configuration.device.is_cpu() { Precision::F32 } else { configuration.precision }
}

#[cfg(test)]
mod tests {
    use befund_models::DeviceSpec;

    use super::*;
    use crate::parts::Batching;

    #[test]
    fn a_share_counts_the_layers_in_their_precision_and_the_rest_in_f32() {
        let device = DeviceSpec::Cpu.open().unwrap();
        let batching = Batching::of(&device, 2, None);
        let configuration = Configuration { device, precision: Precision::Int8, threads: 2, batching };
        let mut roofs = Roofs::new(&[configuration.clone(), configuration.clone()]);
        let work = Work { linear: 400.0, in_f32: 10.0 };
        assert_eq!(roofs.share(&configuration, work, 1.0), None);
        for (roof, operations_per_second) in roofs.0.iter_mut().zip([4000.0, 1000.0]) {
            roof.best = Some(PeakRate { operations_per_second, how: String::new() });
        }
        let formats: Vec<_> = roofs.records().iter().map(|roof| (roof.precision, roof.threads)).collect();
        assert_eq!(formats, [("int8", 2), ("f32", 2)]);
        let share = roofs.share(&configuration, work, 5.0).unwrap();
        assert!((share - 5.0 * (400.0 / 4000.0 + 10.0 / 1000.0)).abs() < 1e-12);
    }
}
