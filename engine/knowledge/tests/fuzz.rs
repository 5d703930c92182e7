//! Fuzzing the stage grammar: mutated reports must neither break it nor make it say what does not stand there.
//!
//! cargo-fuzz needs a nightly compiler; this needs none. Seeds are the cases of `cases/*.tsv`; each round splices, cuts, doubles and scrambles
//! them at random places, from a fixed seed, so that a finding repeats. `BEFUND_FUZZ_SECONDS=600 cargo test --release -p befund-knowledge
//! --test fuzz` runs as long as it says; without it, a few thousand rounds.

mod common;

use std::time::{Duration, Instant};

use befund_core::{Document, Language};
use befund_knowledge::scan_tnm;
use common::{rows, statements, with_inferred};

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

const PIECES: [&str; 30] = [
    "pT2",
    "N0",
    "(2/14)",
    "M1",
    "yp",
    "T",
    "-",
    "–",
    "/",
    "(",
    ")",
    "(sn)",
    "\n",
    "\n\n",
    "\r\n",
    "\0",
    "ü",
    "😀",
    "a\u{301}",
    "≥",
    "8. Auflage",
    "Stadium IV",
    "C50.4",
    "Mamma",
    "O",
    "l",
    " ",
    "%",
    "Gleason 4+3",
    "İ",
];

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

fn check(text: &str) {
    let rows = rows(text);
    let mut last = 0;
    for mention in scan_tnm(text) {
        let inside = mention.span.of(text);
        assert!(!inside.is_empty() && inside.trim() == inside && mention.span.start >= last, "{text:?}");
        last = mention.span.end;
    }
    for one in &rows.refused {
        assert!(!one.span.of(text).is_empty(), "{text:?}");
    }
    let inferred = with_inferred(&Document::new(0, "s", "d", text), Language::En, 0.0);
    assert_eq!(inferred.tnm[..rows.tnm.len()], rows.tnm, "{text:?}");
    for row in &inferred.tnm[rows.tnm.len()..] {
        assert!(!row.span.of(text).is_empty() && row.flags.iter().any(|flag| flag == "inferred"), "{text:?}");
    }
    for row in &rows.tnm {
        assert!(!row.span.of(text).is_empty(), "{text:?}");
        assert!(row.nodes_positive <= row.nodes_examined && row.sentinel_positive <= row.sentinel_examined, "{text:?}");
        assert!(row.derived_stage.is_none() || row.site.is_some(), "{text:?}");
        // What is printed is at least one statement again, with the same T, N and M.
        let Some(formula) = &row.formula else { continue };
        let again = statements(formula);
        let same = again.first().is_some_and(|other| (&other.t, &other.n, &other.m) == (&row.t, &row.n, &row.m));
        assert!(same, "{text:?} -> {formula:?}");
    }
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
