//! Which model: the built-in one, a folder, or a repository on the Hugging Face hub; and in which precision.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use befund_core::Failure;
use candle_core::DType;

use crate::device::OpenDevice;
use crate::ops::{Arithmetic, Place};

/// The model a user asks for: `builtin`, `hf:ORG/NAME[@REV]`, else the path of a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ModelSpec {
    /// The model inside the program.
    #[default]
    Builtin,
    /// A folder with Befund's own format (`manifest.json`) or a Hugging Face token-classification checkpoint (`config.json`).
    Folder(PathBuf),
    /// A repository on the hub; the only thing in Befund that may use the network.
    Hub {
        /// `ORG/NAME`.
        repo: String,
        /// Branch, tag or commit; `main` where it is not given.
        revision: Option<String>,
    },
}

impl FromStr for ModelSpec {
    type Err = Failure;

    fn from_str(text: &str) -> Result<Self, Failure> {
        if text == "builtin" {
            return Ok(Self::Builtin);
        }
        let Some(name) = text.strip_prefix("hf:") else {
            return Ok(Self::Folder(PathBuf::from(text)));
        };
        let (repo, revision) = match name.split_once('@') {
            Some((repo, revision)) => (repo, Some(revision.to_string())),
            None => (name, None),
        };
        let parts: Vec<&str> = repo.split('/').collect();
        let plain = |part: &&str| {
            !part.is_empty()
                && !part.starts_with('.')
                && part.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
        };
        let traversal = revision.as_deref().is_some_and(|revision| revision.is_empty() || revision.contains(".."));
        if parts.len() != 2 || !parts.iter().all(plain) || traversal {
            return Err(Failure::new(
                format!("{text:?} names no repository of the hub"),
                "write hf:ORG/NAME or hf:ORG/NAME@REVISION",
            ));
        }
        Ok(Self::Hub { repo: repo.to_string(), revision })
    }
}

impl fmt::Display for ModelSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Builtin => f.write_str("builtin"),
            Self::Folder(path) => write!(f, "{}", path.display()),
            Self::Hub { repo, revision: None } => write!(f, "hf:{repo}"),
            Self::Hub { repo, revision: Some(revision) } => write!(f, "hf:{repo}@{revision}"),
        }
    }
}

/// The number format the encoder computes in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Precision {
    /// 32 bits.
    #[default]
    F32,
    /// Products of bytes with 32-bit sums, everything else in 32 bits; processors only.
    Int8,
    /// IEEE half precision, CUDA only.
    F16,
    /// bfloat16, CUDA only.
    Bf16,
}

impl Precision {
    /// The stable name in the run's record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::F32 => "f32",
            Self::Int8 => "int8",
            Self::F16 => "f16",
            Self::Bf16 => "bf16",
        }
    }

    /// Whether `device` computes in it.
    pub fn runs_on(self, device: &OpenDevice) -> bool {
        self.place_on(device).is_ok()
    }

    /// The fastest way to compute in it on `device`, where there is one.
    pub(crate) fn place_on(self, device: &OpenDevice) -> Result<Place, Failure> {
        let (dtype, arithmetic) = match (self, device.is_cpu()) {
            (Self::F32, true) => (DType::F32, Arithmetic::Kernels),
            (Self::Int8, true) => (DType::F32, Arithmetic::ByteKernels),
            (Self::F32, false) => (DType::F32, Arithmetic::Tensors),
            (Self::F16, false) => (DType::F16, Arithmetic::Tensors),
            (Self::Bf16, false) => (DType::BF16, Arithmetic::Tensors),
            (Self::Int8, false) | (Self::F16 | Self::Bf16, true) => {
                let what = format!("{device} does not compute in {}", self.as_str());
                return Err(Failure::new(what, "ask for f32; int8 is for processors, f16 and bf16 are for CUDA"));
            }
        };
        Ok(Place { device: device.device.clone(), dtype, arithmetic })
    }
}

impl FromStr for Precision {
    type Err = Failure;

    fn from_str(text: &str) -> Result<Self, Failure> {
        [Self::F32, Self::Int8, Self::F16, Self::Bf16]
            .into_iter()
            .find(|precision| precision.as_str() == text)
            .ok_or_else(|| Failure::new(format!("there is no precision {text:?}"), "ask for f32, int8, f16 or bf16"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn model_names_are_read_and_written_alike() {
        let hub = |repo: &str, revision: Option<&str>| ModelSpec::Hub {
            repo: repo.to_string(),
            revision: revision.map(str::to_string),
        };
        for (text, spec) in [
            ("builtin", ModelSpec::Builtin),
            ("hf:org/name", hub("org/name", None)),
            ("hf:org/name.v2@refs/pr/1", hub("org/name.v2", Some("refs/pr/1"))),
            ("./models/mine", ModelSpec::Folder("./models/mine".into())),
        ] {
            assert_eq!(text.parse::<ModelSpec>().unwrap(), spec);
            assert_eq!(spec.to_string(), text);
        }
    }

    #[test]
    fn a_processor_computes_in_f32_and_int8_only() {
        let cpu = crate::device::DeviceSpec::Cpu.open().unwrap();
        for (name, there) in [("f32", true), ("int8", true), ("f16", false), ("bf16", false)] {
            let precision: Precision = name.parse().unwrap();
            assert_eq!((precision.as_str(), precision.place_on(&cpu).is_ok()), (name, there));
        }
        assert!("int4".parse::<Precision>().is_err());
    }

    #[test]
    fn a_repository_name_cannot_leave_the_cache() {
        for wrong in ["hf:name", "hf:../x", "hf:a/..", "hf:a/b/c", "hf:a/b@", "hf:a/b@../../x", "hf:", "hf:a/b?c"] {
            assert!(wrong.parse::<ModelSpec>().is_err(), "{wrong}");
        }
    }
}
