//! Round trip: what is printed of a statement reads as the same statement.

mod common;

use befund_core::TnmRow;
use common::statements;
use proptest::prelude::*;

/// The columns that a formula holds.
fn columns(row: &TnmRow) -> Vec<String> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let number = |value: Option<u32>| value.map(|value| value.to_string()).unwrap_or_default();
    let mut out = vec![format!("{} {} {}", row.y, row.r_recurrence, row.a_autopsy)];
    out.extend([&row.t, &row.n, &row.m, &row.t_prefix, &row.n_prefix, &row.m_prefix].map(text));
    out.extend([&row.multiplicity, &row.t_suffix, &row.n_suffix, &row.m_suffix].map(text));
    out.extend([&row.l, &row.v, &row.pn, &row.s, &row.r, &row.grade].map(text));
    out.extend([row.nodes_positive, row.nodes_examined, row.sentinel_positive, row.sentinel_examined].map(number));
    out
}

fn prefix() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => Just("p"), 2 => Just("c"), 1 => Just("yp"), 1 => Just("yc"), 1 => Just("rp"), 1 => Just("ryp"), 1 => Just("u"),
        1 => Just("ap"), 2 => Just("")
    ]
    .prop_map(str::to_owned)
}

fn one_of(values: &'static [&'static str]) -> impl Strategy<Value = String> {
    proptest::sample::select(values).prop_map(str::to_owned)
}

fn count() -> impl Strategy<Value = (u32, u32)> {
    (0u32..30, 0u32..30).prop_map(|(positive, more)| (positive, positive + more.max(1)))
}

const T: &[&str] = &[
    "0",
    "1",
    "2",
    "3",
    "4",
    "X",
    "is",
    "a",
    "1mi",
    "1a",
    "1a1",
    "1a2",
    "1b",
    "1b1",
    "1c",
    "1c3",
    "1d",
    "2a",
    "2a2",
    "2b",
    "2c",
    "2d",
    "3a",
    "3b",
    "3c",
    "3d",
    "3e",
    "4a",
    "4b",
    "4c",
    "4d",
    "4e",
    "2-3",
    "3-4",
    "1a-1b",
    "≥2",
    "≥3",
    "is(DCIS)",
    "is(LCIS)",
    "is(Paget)",
    "is(LAMN)",
    "2(m)",
    "1c(m2)",
    "2(3)",
    "1b(is)",
];
const N: &[&str] = &[
    "0", "1", "2", "3", "X", "+", "1mi", "1a", "1b", "1c", "2a", "2b", "2c", "3a", "3b", "3c", "0(sn)", "1mi(sn)",
    "1a(sn)", "0(i+)", "0(i-)", "0(mol+)", "0(mol-)", "1-2", "X-0",
];
const M: &[&str] = &["0", "1", "X", "1a", "1b", "1c", "1d", "0(i+)", "1d(1)", "1(HEP)", "1a(PUL)"];

/// A statement as a report may write it.
fn written() -> impl Strategy<Value = String> {
    let optional = |values: &'static [&'static str]| proptest::option::of(one_of(values));
    (
        (prefix(), one_of(T), proptest::option::of(one_of(N)), optional(M)),
        (proptest::option::of(count()), any::<bool>(), one_of(&[" ", ", ", " ,", "; ", "\n"])),
        (optional(&["L0", "L1", "LX"]), optional(&["V0", "V1", "V2", "VX"]), optional(&["Pn0", "Pn1", "PnX"])),
        (optional(&["R0", "R1", "R2", "RX", "R1(is)", "R1(cy+)"]), optional(&["G1", "G2", "G3", "GX", "G-II", "G2-3"])),
        optional(&["S0", "S1", "S3", "SX"]),
    )
        .prop_map(|((prefix, t, n, m), (count, sentinel, gap), (l, v, pn), (r, g), s)| {
            let mut parts = vec![format!("{prefix}T{t}")];
            if let Some(n) = n {
                let count = count.map(|(a, b)| format!(" ({a}/{b}{})", if sentinel { " sn" } else { "" }));
                parts.push(format!("{prefix}N{n}{}", count.unwrap_or_default()));
            }
            parts.extend(m.map(|m| format!("{}M{m}", if m.starts_with('0') { "c" } else { "p" })));
            parts.extend([l, v, pn, s, r, g].into_iter().flatten());
            format!("Tumor: {}", parts.join(&gap))
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn a_printed_statement_reads_as_itself(text in written()) {
        let rows = statements(&text);
        prop_assert_eq!(rows.len(), 1, "{}", text);
        let formula = rows[0].formula.clone();
        prop_assert!(formula.is_some(), "{}", text);
        let formula = formula.unwrap_or_default();
        let again = statements(&formula);
        prop_assert_eq!(again.len(), 1, "{} -> {}", text, formula);
        prop_assert_eq!(columns(&again[0]), columns(&rows[0]), "{} -> {}", text, formula);
        prop_assert_eq!(again[0].formula.as_deref(), Some(&formula[..]));
    }
}

#[test]
fn the_formula_has_one_order_and_one_way_of_writing() {
    let cases = [
        ("G2, R0, pT3 (m), pN1 a (2 / 14), L 1, V0; cM0", "pT3(m) pN1a(2/14) cM0 L1 V0 R0 G2"),
        ("ypT3cN0(0/14)M0G2R0", "ypT3c ypN0(0/14) M0 R0 G2"),
        ("ypT2 ypN0 cM0", "ypT2 ypN0 cM0"),
        ("p N+MX G2", "pN+ pMX G2"),
        ("pT1mi pN1mi(sn)(1/3)", "pT1mi pN1mi(sn)(1/3 sn)"),
        ("Primärtumor: T2", "TNM: T2"),
    ];
    for (text, expected) in cases {
        let rows = statements(text);
        assert_eq!(rows.first().and_then(|row| row.formula.as_deref()), Some(expected), "{text}");
    }
}
