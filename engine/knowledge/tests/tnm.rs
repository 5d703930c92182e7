//! What the stage grammar must read and what it must leave alone: the examples of the requirements, one case a line.

mod common;

use befund_core::{Document, Found, Label, Normalize, Span, Task, TnmRow, Validity};
use befund_knowledge::{FoundByMode, Rules, RulesOptions, scan_tnm};
use common::{lines, rows, statements};
use proptest::prelude::*;

fn found(text: &str) -> Vec<(Label, &str)> {
    scan_tnm(text).into_iter().map(|mention| (mention.label, mention.span.of(text))).collect()
}

fn said(value: &Option<String>) -> &str {
    value.as_deref().unwrap_or("-")
}

/// "t n m" with prefixes: "p2 p1a c0".
fn tnm(row: &TnmRow) -> String {
    let one =
        |prefix: &Option<String>, value: &Option<String>| format!("{}{}", prefix.as_deref().unwrap_or(""), said(value));
    format!("{} {} {}", one(&row.t_prefix, &row.t), one(&row.n_prefix, &row.n), one(&row.m_prefix, &row.m))
}

#[test]
fn every_writing_of_the_requirements_is_read() {
    let cases = [
        ("pT2 pN1a (2/14) cM0 L1 V0 Pn0 G2 R0", "p2 p1a c0"),
        ("T2 N0 M0", "2 0 0"),
        ("ycT2 ycN1", "c2 c1 -"),
        ("rpT3 rN1", "p3 p1 -"),
        ("pT3b, pN2a (5/21), L1", "p3b p2a -"),
        ("pT1a1", "p1a1 - -"),
        ("pT1b1", "p1b1 - -"),
        ("pT1mi pN1mi(sn)(1/3)", "p1mi p1mi -"),
        ("pM1d(1)", "- - p1d"),
        ("pT3 pNO pMO", "p3 p0 p0"),
        ("cT2-3", "c2-3 - -"),
        ("T3/4", "3-4 - -"),
        ("N+", "- + -"),
        ("p N+MX G2", "- p+ pX"),
        ("ypT3cN0(0/14)M0G2R0", "p3c p0 0"),
        ("cT1cN0cM0", "c1 c0 c0"),
        ("cT4, Nx, MO", "c4 cX 0"),
        ("pT1 cN1 M0", "p1 c1 0"),
        ("pT1a/b", "p1a-1b - -"),
        ("pNX/0, pT1", "p1 pX-0 -"),
        ("pT-3c pN1b", "p3c p1b -"),
        ("T 3a NOM X (pTNM)", "3a 0 X"),
        ("pT3 (T3b) pN2b", "p3b p2b -"),
        ("pT\n1 NX MO", "p1 pX 0"),
        ("PT3A N0 MX", "p3a p0 pX"),
        ("Zustand: pTis(DCIS) pN0(sn)", "pis p0 -"),
        ("uT3 uN1", "u3 u1 -"),
        ("(p)T2 (p)N0", "p2 p0 -"),
        ("cT2 c cN1", "c2c c1 -"),
        ("Primärtumor: T2", "2 - -"),
        ("T2 bladder carcinoma", "2 - -"),
        ("ypTa ypNX", "pa pX -"),
        ("pT≥2 pN0", "p≥2 p0 -"),
        ("pTl pNl", "p1 p1 -"),
        ("pT2 pNl", "p2 p1 -"),
    ];
    for (text, expected) in cases {
        let rows = statements(text);
        let read = rows.first().map_or("- - -".to_owned(), tnm);
        assert_eq!(read, expected, "{text}");
        assert!(rows.len() <= 1, "{text}: {} statements", rows.len());
    }
}

#[test]
fn spans_follow_the_annotation_guide() {
    use Label::*;
    assert_eq!(found("pT2pN0M0R0"), [(T, "pT2"), (N, "pN0"), (M, "M0"), (R, "R0")]);
    assert_eq!(
        found("pTis(DCIS), pN0(sn) (0/3 sn), cM0(i+)."),
        [(T, "pTis(DCIS)"), (N, "pN0(sn)"), (Nodes, "0/3"), (M, "cM0(i+)")]
    );
    assert_eq!(found("pT2(m) pN0(i+) R1(is)"), [(T, "pT2(m)"), (N, "pN0(i+)"), (R, "R1(is)")]);
    assert_eq!(found("Karzinom, Grading: 2, R-Status: R1 (dorsal)"), [(G, "2"), (R, "R1")]);
    assert_eq!(
        found("FIGO-Stadium II, UICC IIIB (8. Auflage)"),
        [(Stage, "II"), (Stage, "IIIB"), (Edition, "8. Auflage")]
    );
    assert_eq!(
        found("Gleason score 7, Gleason 3+4=7a, Gleason 4 + 3"),
        [(Gleason, "7"), (Gleason, "3+4=7a"), (Gleason, "4 + 3")]
    );
    assert_eq!(
        found("TNM 8: T1 N0; UICC 2017; AJCC 7th ed."),
        [(Edition, "TNM 8"), (T, "T1"), (N, "N0"), (Edition, "UICC 2017"), (Edition, "7th ed.")]
    );
}

#[test]
fn thickness_and_level_tell_a_melanoma_of_the_skin() {
    let row = &statements("Clark-Level IV, Breslow 1,8 mm, pT2a")[0];
    assert_eq!((row.site.as_deref(), row.validity), (Some("skin"), Validity::Valid));
}

#[test]
fn the_columns_beside_t_n_and_m_are_filled() {
    let text =
        "Mammakarzinom, pT2(m2), pN1a (3/13, max. 1,8 cm), L1, V0, Pn0, R0, G2 (8. Auflage, 2017), UICC-Stadium IIB";
    let row = &statements(text)[0];
    assert_eq!((row.nodes_positive, row.nodes_examined), (Some(3), Some(13)));
    assert_eq!([said(&row.l), said(&row.v), said(&row.pn), said(&row.r), said(&row.grade)], ["1", "0", "0", "0", "2"]);
    assert_eq!(
        [said(&row.stage), said(&row.stage_system), said(&row.edition), said(&row.multiplicity)],
        ["IIB", "uicc", "8", "m2"]
    );
    let row = &statements("Prostatakarzinom pT3a, Gleason 4+3=7b, ISUP-Gradgruppe 3, Pn1")[0];
    assert_eq!((row.gleason_primary, row.gleason_secondary, row.isup), (Some(4), Some(3), Some(3)));
    let row = &statements("Melanom pT2a, Tumordicke nach Breslow 1,2 mm, Clark-Level IV")[0];
    assert_eq!((row.breslow_mm, said(&row.clark)), (Some(1.2), "IV"));
    let row = &statements("pN1mi(sn) (1/3)")[0];
    assert_eq!((row.sentinel_positive, row.sentinel_examined, row.nodes_positive), (Some(1), Some(3), None));
    let row = &statements("Hodgkin-Lymphom, Ann Arbor Stadium IIIB")[0];
    assert_eq!([said(&row.stage), said(&row.stage_system)], ["IIIB", "ann_arbor"]);
    assert_eq!(said(&statements("Karzinom, G-II")[0].grade), "2");
    assert_eq!(said(&statements("Grading (1/2/3): 3")[0].grade), "3");
}

#[test]
fn flags_tell_what_was_inferred_or_doubtful() {
    let flags = |text: &str| statements(text)[0].flags.clone();
    assert_eq!(flags("pT3 pNO pMO"), ["ocr_zero"]);
    assert_eq!(flags("pT2 pNl"), ["ocr_one"]);
    assert_eq!(flags("cT2-4"), ["range"]);
    assert_eq!(flags("ypT3N1M0"), ["inherited_prefix"]);
    assert_eq!(flags("pT2cN0"), ["ambiguous_c", "inherited_prefix"]);
    let refused = &statements("pN1 (14/2)")[0];
    assert_eq!((refused.nodes_positive, refused.nodes_examined), (None, None));
    assert!(refused.flags.contains(&"nodes_refused".to_owned()));
    assert!(flags("Prostata pT2, Gleason 3+4=8").contains(&"gleason_sum".to_owned()));
}

#[test]
fn m0_does_not_inherit_a_p_from_its_neighbours() {
    assert_eq!(tnm(&statements("pT2 pN0 M0")[0]), "p2 p0 0");
}

#[test]
fn look_alikes_are_not_reported() {
    let texts = [
        "MRT: T1-gewichtete Aufnahme, in T2 hyperintens.",
        "T1w und T2w Sequenzen, FLAIR.",
        "MRI shows a T2 hyperintense lesion; T1 post contrast.",
        "Fraktur BWK 8, T8, L1, Bandscheibenvorfall L4/L5, L5/S1.",
        "Compression fracture of T12 and L1, S1 nerve root.",
        "S1-Wurzelreizung links, Dermatom L1.",
        "TSH normal, T3 und T4 im Normbereich, fT3, FT4.",
        "Thyroid function: T3 and T4 normal.",
        "CD4 T cells 350/ul, T-Zellen vermehrt.",
        "PD-L1 TPS 50 %, HER2 2+, CMT1A.",
        "Blocks T1-4: tumor; N1-2: normal; M1: margin.",
        "Cassette summary: A1, margin; T1-T6 tumor.",
        "Lymphknoten A2, Schnellschnitt N3.",
        "Aufnahme auf Station M3, Zimmer T2.",
        "Schuhgröße 43, Vitamin B12, Vitamin K1, D3.",
        "Parese des N. vagus, M. biceps 4/5, N. VI.",
        "EKG: ST-Hebung V1-V6, R-Verlust in V2, S1Q3-Typ.",
        "PCR mit 35 Zyklen, N1- und N2-Gen positiv.",
        "Zellen in der G1-Phase, G2/M-Arrest.",
        "Therapie mit R-CHOP, 6 Zyklen.",
        "NYHA Stadium III, COPD GOLD II, CKD stage 3, pAVK Stadium IIb.",
        "Dekubitus Grad 2, low grade fever, grade 3 neutropenia.",
        "High-grade dysplasia, PIN high grade.",
        "Datum 03/14/2012, Blutdruck 120/80.",
        "Lot number: T3N1M0-44.",
        "R1 = right lateral, R2 = right medial, inked blue.",
        "TO THE PATIENT. NO EVIDENCE. MO.",
        "Transcribed 01/02/2010 M1/N2",
        "G2P1, Herztöne S1 und S2 rein.",
        "tumor measures 3.0 cm; put 2 packs in.",
    ];
    for text in texts {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn a_second_t_opens_a_statement_and_history_stays_apart() {
    let rows = statements("Z. n. pT2 pN0 2011, jetzt rpT3");
    assert_eq!(rows.iter().map(tnm).collect::<Vec<_>>(), ["p2 p0 -", "p3 - -"]);
    assert_eq!(rows.iter().map(|row| row.temporality.as_str()).collect::<Vec<_>>(), ["history", "current"]);
    assert_eq!((rows[0].r_recurrence, rows[1].r_recurrence), (false, true));
    let rows = statements("Links: pT1c pN0 (0/2). Rechts: pT2 pN1 (1/12).");
    assert_eq!(rows.iter().map(tnm).collect::<Vec<_>>(), ["p1c p0 -", "p2 p1 -"]);
    assert_eq!(rows[1].nodes_examined, Some(12));
    let rows = statements("cT3 cN1 cM0, nach Therapie ypT1 ypN0");
    assert_eq!(rows.iter().map(|row| row.y).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn assertion_reaches_the_statement() {
    let cases = [
        ("Kein Anhalt für pT4.", "negated"),
        ("V. a. pT3.", "possible"),
        ("V. a. Knorpelarrosion (rcT4a).", "possible"),
        ("If she reaches ypT0 ypN0, therapy will continue.", "hypothetical"),
        ("Ein pT4 wurde ausgeschlossen.", "negated"),
        ("Keine Lymphgefäßinvasion, pT2 pN0.", "affirmed"),
        ("No lymphovascular invasion, pT2 N0.", "affirmed"),
        ("ohne Muskelinfiltration (pT1).", "affirmed"),
        ("pT2 NO MX", "affirmed"),
    ];
    for (text, expected) in cases {
        let rows = statements(text);
        assert!(!rows.is_empty() && rows.iter().all(|row| row.assertion.as_str() == expected), "{text}");
    }
}

#[test]
fn definitions_and_offered_categories_make_no_statement() {
    assert!(statements("pT1 = Tumor bis 2 cm").is_empty());
    assert!(rows("pT1 = Tumor bis 2 cm").mentions.iter().all(|mention| mention.assertion.as_str() == "hypothetical"));
    let form = "[ ] pT1: Tumor invades submucosa\n[x] pT2: Tumor invades muscularis\n[ ] pT3: Tumor invades subserosa\n[ ] pN0: none\n[X] pN1: one node\n";
    let rows = statements(form);
    assert_eq!(rows.iter().map(tnm).collect::<Vec<_>>(), ["p2 p1 -"]);
}

#[test]
fn an_impossible_category_is_kept_and_called_invalid() {
    let rows = statements("pT2 pN0b");
    assert_eq!(rows[0].validity.as_str(), "invalid");
    assert_eq!(rows[0].n.as_deref(), Some("0b"));
}

#[test]
fn model_spans_fill_the_same_columns() {
    use befund_core::{FoundBy, Mention};
    let text = "Formel: pT2 pN1 (2/14)";
    let mention = |label, start, end| Mention::by_model(Task::Tnm, label, Span::new(start, end), 0.9);
    let model = Found {
        mentions: vec![mention(Label::T, 8, 11), mention(Label::N, 12, 15), mention(Label::Nodes, 17, 21)],
        ..Found::default()
    };
    let rules = Rules::new(RulesOptions { tasks: vec![Task::Tnm], found_by: FoundByMode::Model });
    let rows = rules.normalize(&Document::new(0, "s", "d", text), &lines(text), model.clone(), None);
    assert_eq!(tnm(&rows.tnm[0]), "p2 p1 -");
    assert!(rows.mentions.iter().all(|mention| mention.found_by == FoundBy::Model));
    let both = Rules::new(RulesOptions { tasks: vec![Task::Tnm], found_by: FoundByMode::Both });
    let rows = both.normalize(&Document::new(0, "s", "d", text), &lines(text), model, None);
    assert!(rows.mentions.iter().all(|mention| mention.found_by == FoundBy::Both));
    assert_eq!(rows.mentions.len(), 3);
}

#[test]
fn tasks_that_were_not_asked_leave_no_row() {
    let rules = Rules::new(RulesOptions { tasks: vec![Task::Ade], found_by: FoundByMode::Both });
    let text = "pT2 pN0";
    let rows = rules.normalize(&Document::new(0, "s", "d", text), &lines(text), Found::default(), None);
    assert!(rows.mentions.is_empty() && rows.tnm.is_empty());
}

/// Strings made of what the grammar looks for, glued at random.
fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("pT2".to_owned()),
        Just("T".to_owned()),
        Just("N".to_owned()),
        Just("MX".to_owned()),
        Just("Pn".to_owned()),
        Just("yp".to_owned()),
        Just("(".to_owned()),
        Just(")".to_owned()),
        Just("/".to_owned()),
        Just("-".to_owned()),
        Just("–".to_owned()),
        Just("≥".to_owned()),
        Just("ü".to_owned()),
        Just("•".to_owned()),
        Just("😀".to_owned()),
        Just("a\u{301}".to_owned()),
        Just("\u{a0}".to_owned()),
        Just("\0".to_owned()),
        Just("\r\n".to_owned()),
        Just("\n\n".to_owned()),
        Just(" ".to_owned()),
        Just("Stadium ".to_owned()),
        Just("UICC".to_owned()),
        Just("Gleason".to_owned()),
        Just("3+4=7".to_owned()),
        Just("8. Auflage".to_owned()),
        Just("Lymphknoten ".to_owned()),
        Just("Grading:".to_owned()),
        Just("kein ".to_owned()),
        Just("(sn)".to_owned()),
        Just("İ".to_owned()),
        Just("ẞ".to_owned()),
        Just("K".to_owned()),
        "[TNMLVRSG][0-4XOoIl]",
        "\\PC{0,3}",
        "[0-9]{1,4}",
        "[a-e]",
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn no_text_breaks_the_scan_and_every_span_lies_on_character_borders(text in nasty()) {
        let rows = rows(&text);
        let mut last = 0;
        for mention in scan_tnm(&text) {
            let inside = mention.span.of(&text);
            prop_assert!(!inside.is_empty() && inside == inside.trim());
            prop_assert!(mention.span.start >= last);
            prop_assert!(!inside.contains("\n\n"));
            last = mention.span.end;
        }
        for row in &rows.tnm {
            prop_assert!(text.get(row.span.range()).is_some());
            prop_assert!(row.mention_ids.iter().all(|id| (*id as usize) < rows.mentions.len()));
        }
    }

    #[test]
    fn any_text_at_all_is_survived(text in "\\PC{0,200}") {
        rows(&text);
    }
}

#[test]
fn counts_grades_and_patterns_are_found_as_reports_word_them() {
    let cases: [(&str, Label, &[&str]); 16] = [
        ("No tumor present (0/4)", Label::Nodes, &["0/4"]),
        ("ONE (1) OF SIX (6) LYMPH NODES", Label::Nodes, &["ONE (1) OF SIX (6)"]),
        ("lymph nodes (0/1 submental, 0/1 midjugular and 0/2 cervical)", Label::Nodes, &["0/1", "0/1", "0/2"]),
        ("BENIGN LYMPH NODE, NEGATIVE FOR TUMOR (015)", Label::Nodes, &["015"]),
        ("metastatic carcinoma on 3/4/2012", Label::Nodes, &[]),
        ("Glioblastoma (WHO IV)", Label::G, &["IV"]),
        ("WHO performance status 1, glioma", Label::G, &[]),
        ("Analgesie nach WHO III", Label::G, &[]),
        ("hepatocellular carcinoma, grade 3/4", Label::G, &["grade 3"]),
        ("carcinoma with Fuhrman grading of 3/4", Label::G, &["3"]),
        ("The worst differentiation: 4/4", Label::G, &["4"]),
        ("tumor with high-grade nuclei", Label::G, &[]),
        ("Karzinom, G2 to 3, pT3", Label::G, &["G2 to 3"]),
        ("Primary Gleason grade: 4, secondary Gleason grade: 3", Label::Gleason, &["4", "3"]),
        ("AJCC 7th edition, 2010", Label::Edition, &["7th edition"]),
        ("tumor FIGO 3B", Label::Stage, &["3B"]),
    ];
    for (text, label, expected) in cases {
        let marked: Vec<&str> = found(text).into_iter().filter(|one| one.0 == label).map(|one| one.1).collect();
        assert_eq!(marked, expected, "{text}");
    }
}
