//! What a device can compute at most, measured: the roof under which the encoder's speed is read.
//!
//! On a processor every thread runs a loop of its own at the same time (`kernel::peak`); elsewhere candle multiplies large squares. Knows
//! nothing of models.

use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use befund_core::Failure;
use candle_core::{DType, Device, Tensor};

use crate::device::OpenDevice;
use crate::kernel::{BytePeak, FloatPeak, Peak};
use crate::spec::Precision;

/// How long a thread measures.
const TIME: Duration = Duration::from_millis(60);

/// What a device reached.
#[derive(Clone, Debug, PartialEq)]
pub struct PeakRate {
    /// Multiplications and additions a second, over all threads.
    pub operations_per_second: f64,
    /// How it was measured.
    pub how: String,
}

/// Measures what `threads` threads of a processor, or a whole card, compute in `precision`.
///
/// # Errors
/// The device does not compute in it, or fails.
pub fn peak_rate(device: &OpenDevice, precision: Precision, threads: usize) -> Result<PeakRate, Failure> {
    let place = precision.place_on(device)?;
    if !device.is_cpu() {
        return squares(&place.device, place.dtype).map_err(|cause| {
            Failure::from_cause(format!("{device} failed on a large product"), "see whether its memory is free", cause)
        });
    }
    Ok(match precision {
        Precision::Int8 => on_threads::<BytePeak>(threads),
        _ => on_threads::<FloatPeak>(threads),
    })
}

fn on_threads<P: Peak + Default>(threads: usize) -> PeakRate {
    let start = Barrier::new(threads);
    let measure = || {
        let mut peak = P::default();
        peak.run();
        start.wait();
        let (begun, mut operations) = (Instant::now(), 0.0);
        while begun.elapsed() < TIME {
            operations += peak.run();
        }
        operations / begun.elapsed().as_secs_f64()
    };
    let operations_per_second = thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(measure)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or(0.0)).sum()
    });
    PeakRate { operations_per_second, how: P::default().how() }
}

/// Products of squares on a card.
fn squares(device: &Device, dtype: DType) -> candle_core::Result<PeakRate> {
    const SIDE: usize = 4096;
    let square = Tensor::ones((SIDE, SIDE), dtype, device)?;
    let multiply = || -> candle_core::Result<()> {
        for _ in 0..4 {
            square.matmul(&square)?;
        }
        device.synchronize()
    };
    multiply()?;
    let (begun, mut calls) = (Instant::now(), 0);
    while begun.elapsed() < TIME {
        multiply()?;
        calls += 4;
    }
    let operations = 2.0 * (SIDE as f64).powi(3) * f64::from(calls);
    Ok(PeakRate {
        operations_per_second: operations / begun.elapsed().as_secs_f64(),
        how: format!("candle's products of squares of {SIDE}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DeviceSpec;

    #[test]
    fn a_processor_has_a_peak_in_the_formats_it_computes_in() {
        let cpu = DeviceSpec::Cpu.open().unwrap();
        for precision in [Precision::F32, Precision::Int8] {
            let peak = peak_rate(&cpu, precision, 2).unwrap();
            assert!(peak.operations_per_second > 0.0 && !peak.how.is_empty());
        }
        assert!(peak_rate(&cpu, Precision::Bf16, 1).is_err());
    }
}
