//! What machine this is, as far as the system tells: a record without it compares with nothing. No name of the machine, no path.

use std::fs;

use serde::Serialize;

use crate::memory::total_memory_bytes;

/// The machine of a record.
#[derive(Clone, Debug, Serialize)]
pub struct Machine {
    /// System and architecture: "linux x86_64".
    pub system: String,
    /// Model of the processor.
    pub processor: Option<String>,
    /// Cores that this process may use.
    pub cores: usize,
    /// Vector instructions of the processor, as the system names them.
    pub flags: Vec<String>,
    /// Main memory.
    pub memory_bytes: Option<u64>,
    /// Models of the NVIDIA cards.
    pub cards: Vec<String>,
}

impl Machine {
    pub(super) fn this() -> Self {
        let cpuinfo = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        Self {
            system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            processor: value(&cpuinfo, "model name").map(str::to_owned),
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            flags: vector_flags(&cpuinfo),
            memory_bytes: total_memory_bytes(),
            cards: cards(),
        }
    }
}

/// The value of the first line `name : value`.
fn value<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let lines = text.lines().filter_map(|line| line.split_once(':'));
    lines.filter(|(key, _)| key.trim() == name).map(|(_, value)| value.trim()).next()
}

fn vector_flags(cpuinfo: &str) -> Vec<String> {
    const BEGIN: [&str; 11] = ["sse4", "avx", "amx", "fma", "f16c", "asimd", "sve", "bf16", "i8mm", "neon", "dotprod"];
    let flags = value(cpuinfo, "flags").or_else(|| value(cpuinfo, "Features")).unwrap_or_default();
    flags.split_whitespace().filter(|flag| BEGIN.iter().any(|begin| flag.starts_with(begin))).map(Into::into).collect()
}

fn cards() -> Vec<String> {
    let Ok(folder) = fs::read_dir("/proc/driver/nvidia/gpus") else { return Vec::new() };
    let told = folder.flatten().filter_map(|card| fs::read_to_string(card.path().join("information")).ok());
    told.filter_map(|text| value(&text, "Model").map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vector_instructions_are_told_and_the_rest_is_left_out() {
        let cpuinfo = "processor\t: 0\nmodel name\t: A B\nflags\t\t: fpu sse2 sse4_2 avx2 fma avx512_vnni amx_int8\n\nprocessor: 1";
        assert_eq!(vector_flags(cpuinfo), ["sse4_2", "avx2", "fma", "avx512_vnni", "amx_int8"]);
        assert_eq!(value(cpuinfo, "model name"), Some("A B"));
        assert_eq!(vector_flags("Features : fp asimd asimddp"), ["asimd", "asimddp"]);
        assert!(vector_flags("").is_empty());
    }
}
