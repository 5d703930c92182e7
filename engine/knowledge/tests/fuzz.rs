//! Fuzzing the stage grammar: mutated reports must neither break it nor make it say what does not stand there.
//!
//! The cargo-fuzz target (`../fuzz`) applies the same checks and is led by coverage, but needs a nightly compiler and minutes. This one stays
//! beside it because it runs on the stable compiler within every `cargo test`, and begins with whole reports instead of nothing. Seeds
//! are the cases of `cases/*.tsv`; each round splices, cuts, doubles and scrambles
//! them at random places, from a fixed seed, so that a finding repeats. `BEFUND_FUZZ_SECONDS=600 cargo test --release -p befund-knowledge
//! --test fuzz` runs as long as it says; without it, a few thousand rounds.

mod common;

use std::time::{Duration, Instant};

use common::checks::{PIECES, check};

/// xorshift64* (Vigna 2016).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
}

fn seeds() -> Vec<&'static str> {
    let files = [
        include_str!("cases/german.tsv"),
        include_str!("cases/english.tsv"),
        include_str!("cases/look_alikes.tsv"),
        include_str!("cases/staging.tsv"),
        include_str!("cases/others.tsv"),
        include_str!("cases/requirements.tsv"),
        include_str!("cases/reports.tsv"),
        include_str!("cases/contexts.tsv"),
    ];
    files
        .into_iter()
        .flat_map(str::lines)
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split('\t').next())
        .collect()
}

fn mutated(random: &mut Random, seeds: &[&str]) -> String {
    let mut bytes: Vec<u8> = Vec::new();
    for _ in 0..=random.below(4) {
        bytes.extend(seeds[random.below(seeds.len())].bytes());
        bytes.extend(PIECES[random.below(PIECES.len())].bytes());
    }
    for _ in 0..random.below(12) {
        let at = random.below(bytes.len());
        match random.below(6) {
            0 if at < bytes.len() => bytes[at] = random.next() as u8,
            1 => {
                let end = (at + random.below(9)).min(bytes.len());
                bytes.drain(at..end);
            }
            2 => {
                let end = (at + random.below(20)).min(bytes.len());
                let part = bytes[at..end].to_vec();
                bytes.splice(at..at, part);
            }
            3 if at < bytes.len() => bytes[at] ^= 0x20,
            _ => {
                bytes.splice(at..at, PIECES[random.below(PIECES.len())].bytes());
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn mutated_reports_break_nothing() {
    let limit = std::env::var("BEFUND_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).map(Duration::from_secs);
    let (seeds, mut random, start) = (seeds(), Random(0x9E37_79B9_7F4A_7C15), Instant::now());
    let mut n = 0u64;
    while limit.map_or(n < 4000, |limit| start.elapsed() < limit) {
        check(&mutated(&mut random, &seeds));
        n += 1;
    }
    println!("{n} texts");
}
