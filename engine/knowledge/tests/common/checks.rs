//! What must hold of every text, whatever stands in it: for the fuzzing test and the cargo-fuzz target.

use befund_core::{Document, Gate, Language};
use befund_knowledge::{Doubts, scan_tnm};

use super::{rows, rows_with, statements, with_inferred};

/// Pieces of which stages are made, and what breaks parsers.
pub const PIECES: [&str; 44] = [
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
    "(Oil)",
    "one (1) of\nsix (6) lymph nodes ",
    "(1/2 1)",
    "FIGO 2",
    "grade ",
    "N1 -# ",
    "AJCC",
    "pNO",
    "pMXDiagnosis",
    "patients with ",
    " wäre",
    "[x] ",
    "pT1: Tumor bis 2 cm\n",
    "would be\nstaged as ",
];

/// Panics where a promise of the grammar does not hold.
pub fn check(text: &str) {
    let rows = rows(text);
    let mut last = 0;
    for mention in scan_tnm(text) {
        let inside = mention.span.of(text);
        assert!(!inside.is_empty() && inside.trim() == inside && mention.span.start >= last, "{text:?}");
        last = mention.span.end;
    }
    let looked = Doubts.look(text);
    let places = looked.places.clone();
    assert!(places.iter().all(|place| !place.of(text).is_empty()), "{text:?}");
    assert!(places.windows(2).all(|pair| pair[0].end < pair[1].start), "{text:?}");
    let again = rows_with(text, Some(looked));
    assert_eq!(
        (again.mentions, again.tnm, again.refused),
        (rows.mentions.clone(), rows.tnm.clone(), rows.refused.clone()),
        "{text:?}"
    );
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
