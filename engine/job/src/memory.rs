//! Memory of this process and of the machine, as the operating system counts it.

/// Largest resident set so far in bytes; `None` where the system does not say (it is read from procfs).
pub fn peak_memory_bytes() -> Option<u64> {
    bytes("/proc/self/status", "VmHWM:")
}

/// Main memory of the machine in bytes; `None` where the system does not say.
pub(crate) fn total_memory_bytes() -> Option<u64> {
    bytes("/proc/meminfo", "MemTotal:")
}

/// The line `name ... kB` of a file of procfs, in bytes.
fn bytes(path: &str, name: &str) -> Option<u64> {
    let text = std::fs::read_to_string(path).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kib| kib * 1024)
}
