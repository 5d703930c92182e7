//! Which device the model runs on, and its kernels. The one place in the workspace that asks whether CUDA was built in.
//!
//! A device that was asked for and is not there is a failure, never a reason to run elsewhere. Only `auto` may choose, and the name it
//! chose is written into the run's record.

#[cfg(not(feature = "cuda"))]
#[path = "device/absent.rs"]
mod fused;
#[cfg(feature = "cuda")]
mod fused;
#[cfg(test)]
mod on_host;
#[cfg(any(test, feature = "cuda"))]
mod source;

use std::fmt;
use std::str::FromStr;

use befund_core::Failure;
use candle_core::Device;

pub(crate) use fused::FusedKernels;

/// The device a user asks for: `cpu`, `cuda`, `cuda:N` or `auto`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DeviceSpec {
    /// CUDA where it is built in and a card answers, else the processor.
    #[default]
    Auto,
    /// The processor.
    Cpu,
    /// The CUDA card with this number.
    Cuda(usize),
}

impl FromStr for DeviceSpec {
    type Err = Failure;

    fn from_str(text: &str) -> Result<Self, Failure> {
        match text {
            "auto" => Ok(Self::Auto),
            "cpu" => Ok(Self::Cpu),
            "cuda" => Ok(Self::Cuda(0)),
            _ => text.strip_prefix("cuda:").and_then(|number| number.parse().ok()).map(Self::Cuda).ok_or_else(|| {
                Failure::new(format!("there is no device {text:?}"), "ask for auto, cpu, cuda or cuda:N")
            }),
        }
    }
}

impl fmt::Display for DeviceSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Auto => f.write_str("auto"),
            Self::Cpu => f.write_str("cpu"),
            Self::Cuda(index) => write!(f, "cuda:{index}"),
        }
    }
}

impl DeviceSpec {
    /// Opens the device. Fails where a card was asked for and CUDA is not built in or no such card answers.
    pub fn open(self) -> Result<OpenDevice, Failure> {
        match self {
            Self::Cpu => Ok(OpenDevice { spec: Self::Cpu, device: Device::Cpu }),
            Self::Cuda(index) => Ok(OpenDevice { spec: self, device: cuda(index)? }),
            Self::Auto => Self::Cuda(0).open().or_else(|_| Self::Cpu.open()),
        }
    }
}

/// A device that answered.
#[derive(Clone, Debug)]
pub struct OpenDevice {
    spec: DeviceSpec,
    pub(crate) device: Device,
}

impl OpenDevice {
    /// What was opened: never `Auto`.
    pub fn spec(&self) -> DeviceSpec {
        self.spec
    }

    /// Whether it is the processor.
    pub fn is_cpu(&self) -> bool {
        self.spec == DeviceSpec::Cpu
    }
}

impl fmt::Display for OpenDevice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.spec.fmt(f)
    }
}

/// With a stream of its own: candle's usual one is another for each thread, so a worker could overtake the thread that loads the weights.
#[cfg(feature = "cuda")]
fn cuda(index: usize) -> Result<Device, Failure> {
    let opened = Device::new_cuda_with_stream(index).and_then(|device| {
        fused::keep_memory(&device)?;
        Ok(device)
    });
    opened.map_err(|cause| {
        let cause = cause.to_string();
        // Below it candle lists the calls that led here.
        let cause = cause.lines().next().unwrap_or_default();
        Failure::new(
            format!("cuda:{index} does not answer: {cause}"),
            "see that nvidia-smi lists it, with driver 580 or later, check CUDA_VISIBLE_DEVICES, or ask for --device cpu",
        )
    })
}

#[cfg(not(feature = "cuda"))]
fn cuda(index: usize) -> Result<Device, Failure> {
    Err(Failure::new(
        format!("cuda:{index} was asked for, but this befund is built without CUDA"),
        "build one with scripts/cuda and run target/cuda/build/release/befund, or ask for --device cpu",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn device_names_are_read_and_written_alike() {
        for (text, spec) in [("auto", DeviceSpec::Auto), ("cpu", DeviceSpec::Cpu), ("cuda:3", DeviceSpec::Cuda(3))] {
            assert_eq!(text.parse::<DeviceSpec>().unwrap(), spec);
            assert_eq!(spec.to_string(), text);
        }
        assert_eq!("cuda".parse::<DeviceSpec>().unwrap(), DeviceSpec::Cuda(0));
        for wrong in ["gpu", "cuda:", "cuda:x", "CPU", ""] {
            assert!(wrong.parse::<DeviceSpec>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_missing_card_is_a_failure_and_auto_says_what_it_took() {
        // Card 99 is missing on every machine, with and without CUDA built in.
        let failure = DeviceSpec::Cuda(99).open().unwrap_err();
        assert!(failure.to_string().contains("--device cpu"), "{failure}");
        assert_ne!(DeviceSpec::Auto.open().unwrap().spec(), DeviceSpec::Auto);
    }
}
